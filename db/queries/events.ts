/** The events of a workspace as they are kept, for clients that were away and for nodes that missed a message. */
import { and, asc, eq, gt, lte } from 'drizzle-orm';
import type { EventName } from '#core/events.ts';
import type { DbOrTx } from '#db/open.ts';
import { events, members, users } from '#db/schema.ts';

export interface EventRow {
  version: number;
  name: EventName;
  reportId: string | null;
  onlyMemberId: string | null;
  actor: { id: string; name: string } | null;
  at: Date;
  data: Record<string, unknown>;
}

/** Versions after `after` up to and with `upTo`, in order. */
export async function readEvents(
  db: DbOrTx,
  workspaceId: string,
  { after, upTo, limit }: { after: number; upTo?: number; limit: number },
): Promise<EventRow[]> {
  const conditions = [eq(events.workspaceId, workspaceId), gt(events.version, after)];
  if (upTo !== undefined) conditions.push(lte(events.version, upTo));
  const rows = await db
    .select({
      version: events.version,
      name: events.name,
      reportId: events.reportId,
      onlyMemberId: events.onlyMemberId,
      actorId: events.actorId,
      actorName: users.name,
      at: events.at,
      data: events.data,
    })
    .from(events)
    .leftJoin(members, eq(members.id, events.actorId))
    .leftJoin(users, eq(users.id, members.userId))
    .where(and(...conditions))
    .orderBy(asc(events.version))
    .limit(limit);
  return rows.map(({ actorId, actorName, name, ...row }) => ({
    ...row,
    // Only `writeHappening` writes names, and it takes them from the registry.
    name: name as EventName,
    actor: actorId === null ? null : { id: actorId, name: actorName ?? 'Former member' },
  }));
}
