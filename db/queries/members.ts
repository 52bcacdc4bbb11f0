/** Members and invitations. A former member keeps the row: what they did still names them, and they may come back. */
import { and, asc, count, eq, gt, isNull, sql } from 'drizzle-orm';
import type { Role } from '#core/domain/words.ts';
import type { Rating } from '#core/domain/rating-scale.ts';
import type { MemberRecord } from '#core/records.ts';
import type { DbOrTx, Tx } from '#db/open.ts';
import { apiTokens, invitations, members, reportRoles, users, workspaces } from '#db/schema.ts';

const columns = {
  id: members.id,
  userId: members.userId,
  name: users.name,
  email: users.email,
  role: members.role,
  color: members.color,
  joinedAt: members.joinedAt,
  removedAt: members.removedAt,
  /** Has an invitation and did not follow it yet. */
  invited: sql<boolean>`exists (select 1 from ${invitations} where ${invitations.memberId} = ${members.id} and ${invitations.usedAt} is null)`,
};

interface MemberRow {
  id: string;
  userId: string;
  name: string;
  email: string;
  role: Role;
  color: string;
  joinedAt: Date;
  removedAt: Date | null;
  invited: boolean;
}

/** A member with what the record does not say. */
export interface FoundMember {
  record: MemberRecord;
  userId: string;
  isRemoved: boolean;
}

/** Oldest first. `after` is the id of the last of the page before. */
export async function listMembers(
  db: DbOrTx,
  workspaceId: string,
  { limit, after }: { limit?: number; after?: string | undefined } = {},
): Promise<MemberRecord[]> {
  const conditions = [eq(members.workspaceId, workspaceId), isNull(members.removedAt)];
  if (after !== undefined) {
    conditions.push(
      sql`(${members.joinedAt}, ${members.id}) > (select m.joined_at, m.id from members m where m.id::text = ${after} and m.workspace_id = ${workspaceId})`,
    );
  }
  const query = db
    .select(columns)
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .where(and(...conditions))
    .orderBy(asc(members.joinedAt), asc(members.id));
  const rows = await (limit === undefined ? query : query.limit(limit));
  return rows.map(toRecord);
}

/** Former members too; null when the id is not of this workspace. */
export async function findMember(
  db: DbOrTx,
  workspaceId: string,
  memberId: string,
): Promise<FoundMember | null> {
  return found(db, and(eq(members.workspaceId, workspaceId), eq(members.id, memberId)));
}

/** The person's newest membership here, former ones too. */
export async function findMemberOfUser(
  db: DbOrTx,
  workspaceId: string,
  userId: string,
): Promise<FoundMember | null> {
  return found(db, and(eq(members.workspaceId, workspaceId), eq(members.userId, userId)));
}

async function found(db: DbOrTx, which: ReturnType<typeof and>): Promise<FoundMember | null> {
  const [row] = await db
    .select(columns)
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .where(which)
    .orderBy(sql`${members.removedAt} is not null`, sql`${members.joinedAt} desc`)
    .limit(1);
  return row === undefined
    ? null
    : { record: toRecord(row), userId: row.userId, isRemoved: row.removedAt !== null };
}

function toRecord({ id, name, email, role, color, joinedAt, invited }: MemberRow): MemberRecord {
  return { id, name, email, role, color, joinedAt: joinedAt.toISOString(), invited };
}

/** Whether an id of a member is used at all, in whichever workspace. */
export async function isMemberIdTaken(db: DbOrTx, memberId: string): Promise<boolean> {
  const rows = await db.select({ id: members.id }).from(members).where(eq(members.id, memberId));
  return rows.length > 0;
}

export interface NewMember {
  id: string;
  workspaceId: string;
  userId: string;
  role: Role;
  color: string;
  at: Date;
}

export async function insertMember(tx: Tx, { at, ...member }: NewMember): Promise<void> {
  await tx.insert(members).values({ ...member, joinedAt: at });
}

/** A former member comes back as the same one, so that they cannot review what they did before. */
export async function bringBack(tx: Tx, memberId: string, role: Role, at: Date): Promise<void> {
  await tx.update(members).set({ role, removedAt: null, joinedAt: at }).where(eq(members.id, memberId));
}

export async function setRole(tx: Tx, memberId: string, role: Role): Promise<void> {
  await tx.update(members).set({ role }).where(eq(members.id, memberId));
}

/** Ends the membership, its tokens, its open invitations and its roles for single reports. */
export async function removeMember(tx: Tx, memberId: string, at: Date): Promise<void> {
  await tx.update(members).set({ removedAt: at }).where(eq(members.id, memberId));
  await tx
    .update(apiTokens)
    .set({ revokedAt: at })
    .where(and(eq(apiTokens.memberId, memberId), isNull(apiTokens.revokedAt)));
  await tx
    .update(invitations)
    .set({ usedAt: at })
    .where(and(eq(invitations.memberId, memberId), isNull(invitations.usedAt)));
  // Else whoever comes back as a viewer would still be the editor of a report.
  await tx.delete(reportRoles).where(eq(reportRoles.memberId, memberId));
}

/**
 * Members there ever were, for the next one's colour, and owners there are. Locks the workspace, so that two
 * owners who remove each other at once cannot both succeed.
 */
export async function countMembers(tx: Tx, workspaceId: string): Promise<{ ever: number; owners: number }> {
  await tx.select({ id: workspaces.id }).from(workspaces).where(eq(workspaces.id, workspaceId)).for('update');
  const [row] = await tx
    .select({
      ever: count(),
      owners: sql<number>`(count(*) filter (where ${members.role} = 'owner' and ${members.removedAt} is null))::int`,
    })
    .from(members)
    .where(eq(members.workspaceId, workspaceId));
  return row ?? { ever: 0, owners: 0 };
}

export interface NewInvitation {
  id: string;
  workspaceId: string;
  memberId: string;
  hash: string;
  expiresAt: Date;
  at: Date;
}

/** The newest invitation is the only one that works. */
export async function insertInvitation(tx: Tx, { at, ...invitation }: NewInvitation): Promise<void> {
  const open = and(eq(invitations.memberId, invitation.memberId), isNull(invitations.usedAt));
  await tx.update(invitations).set({ usedAt: at }).where(open);
  await tx.insert(invitations).values({ ...invitation, createdAt: at });
}

export async function findOpenInvitation(
  db: DbOrTx,
  by: { hash: string } | { memberId: string },
  now: Date,
): Promise<{ id: string; workspaceId: string; memberId: string; userId: string; expiresAt: Date } | null> {
  const which = 'hash' in by ? eq(invitations.hash, by.hash) : eq(invitations.memberId, by.memberId);
  const [row] = await db
    .select({
      id: invitations.id,
      workspaceId: invitations.workspaceId,
      memberId: invitations.memberId,
      userId: members.userId,
      expiresAt: invitations.expiresAt,
    })
    .from(invitations)
    .innerJoin(members, and(eq(members.id, invitations.memberId), isNull(members.removedAt)))
    .where(and(which, isNull(invitations.usedAt), gt(invitations.expiresAt, now)));
  return row ?? null;
}

/** Answers false when somebody used it meanwhile. */
export async function useInvitation(tx: Tx, invitationId: string, at: Date): Promise<boolean> {
  const used = await tx
    .update(invitations)
    .set({ usedAt: at })
    .where(and(eq(invitations.id, invitationId), isNull(invitations.usedAt)))
    .returning({ id: invitations.id });
  return used.length > 0;
}

export interface NewWorkspace {
  id: string;
  name: string;
  isDemo: boolean;
  ratingScale: Rating[];
  at: Date;
}

export async function insertWorkspace(tx: Tx, { at, ...workspace }: NewWorkspace): Promise<void> {
  await tx.insert(workspaces).values({ ...workspace, createdAt: at });
}

export async function findDemoWorkspace(db: DbOrTx): Promise<string | null> {
  const [row] = await db.select({ id: workspaces.id }).from(workspaces).where(eq(workspaces.isDemo, true));
  return row?.id ?? null;
}
