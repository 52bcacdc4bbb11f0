/** What waits for a member: notifications, and the counts on the home screen. */
import { and, desc, eq, inArray, isNull, ne, notInArray, sql, type SQL } from 'drizzle-orm';
import type { NotificationRecord } from '#core/records.ts';
import type { DbOrTx } from '#db/open.ts';
import { claims, notifications, reports, verdicts } from '#db/schema.ts';
import { claimIsThere } from './claims.ts';
import { loadPeople } from './people.ts';

export async function listNotifications(
  db: DbOrTx,
  workspaceId: string,
  memberId: string,
  options: { limit: number; after?: string | undefined },
): Promise<NotificationRecord[]> {
  const conditions = [
    eq(notifications.workspaceId, workspaceId),
    eq(notifications.memberId, memberId),
    leadsSomewhere(),
  ];
  if (options.after !== undefined) {
    conditions.push(
      sql`(${notifications.at}, ${notifications.id}) < (select n.at, n.id from notifications n where n.id = ${options.after} and n.member_id = ${memberId})`,
    );
  }
  const rows = await db
    .select()
    .from(notifications)
    .where(and(...conditions))
    .orderBy(desc(notifications.at), desc(notifications.id))
    .limit(options.limit);
  const people = await loadPeople(db, workspaceId);
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    reportId: row.reportId,
    claimId: row.claimId,
    commentId: row.commentId,
    actor: people.maybe(row.actorId),
    excerpt: row.excerpt,
    at: row.at.toISOString(),
    readAt: row.readAt?.toISOString() ?? null,
  }));
}

/** Not while its report or claim is removed; it comes back with them. */
function leadsSomewhere(): SQL {
  return sql`not exists (select 1 from reports r where r.id = ${notifications.reportId} and r.deleted_at is not null)
    and ${claimIsThere(notifications.claimId)}`;
}

export async function countUnread(
  db: DbOrTx,
  workspaceId: string,
  memberId: string,
): Promise<{ unread: number; mentions: number }> {
  const [row] = await db
    .select({
      unread: sql<number>`count(*)::int`,
      mentions: sql<number>`(count(*) filter (where ${notifications.kind} = 'mention'))::int`,
    })
    .from(notifications)
    .where(
      and(
        eq(notifications.workspaceId, workspaceId),
        eq(notifications.memberId, memberId),
        isNull(notifications.readAt),
        leadsSomewhere(),
      ),
    );
  return { unread: row?.unread ?? 0, mentions: row?.mentions ?? 0 };
}

/** Claims whose open verdict this member could sign off: neither proposed nor co-written by them. */
export async function countAwaitingSignOff(
  db: DbOrTx,
  workspaceId: string,
  memberId: string,
): Promise<number> {
  const [row] = await db
    .select({ n: sql<number>`count(distinct ${verdicts.claimId})::int` })
    .from(verdicts)
    .innerJoin(claims, eq(claims.id, verdicts.claimId))
    .innerJoin(reports, eq(reports.id, claims.reportId))
    .where(
      and(
        eq(verdicts.workspaceId, workspaceId),
        eq(verdicts.state, 'proposed'),
        ne(verdicts.proposedBy, memberId),
        sql`not (${memberId}::uuid = any(${verdicts.rationaleAuthors}))`,
        eq(claims.status, 'in_review'),
        isNull(claims.deletedAt),
        isNull(reports.deletedAt),
      ),
    );
  return row?.n ?? 0;
}

export async function countToRecheck(db: DbOrTx, workspaceId: string): Promise<number> {
  const [row] = await db
    .select({ n: sql<number>`count(*)::int` })
    .from(claims)
    .innerJoin(reports, eq(reports.id, claims.reportId))
    .where(
      and(
        eq(claims.workspaceId, workspaceId),
        eq(claims.status, 'needs_recheck'),
        isNull(claims.deletedAt),
        isNull(reports.deletedAt),
        notInArray(reports.status, ['archived']),
      ),
    );
  return row?.n ?? 0;
}

/** Answers the ids that were unread. */
export async function markRead(
  db: DbOrTx,
  memberId: string,
  ids: readonly string[] | 'all',
  at: Date,
): Promise<string[]> {
  const conditions = [eq(notifications.memberId, memberId), isNull(notifications.readAt)];
  if (ids !== 'all') conditions.push(inArray(notifications.id, [...ids]));
  const rows = await db
    .update(notifications)
    .set({ readAt: at })
    .where(and(...conditions))
    .returning({ id: notifications.id });
  return rows.map((row) => row.id);
}
