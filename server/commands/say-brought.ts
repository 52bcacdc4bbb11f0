/** Tells sockets what an import put into a report that people may have open. */
import { and, eq } from 'drizzle-orm';
import { among } from '#db/queries/among.ts';
import { claimsByIds } from '#db/queries/claims.ts';
import { touchReport } from '#db/queries/reports.ts';
import { commentsByIds, threadsByIds } from '#db/queries/threads.ts';
import { threads } from '#db/schema.ts';
import type { Principal } from '#server/principal.ts';
import type { BroughtRows } from './brought-rows.ts';
import type { Change } from './command.ts';

export interface BroughtCounts {
  readonly claims: number;
  readonly threads: number;
  readonly comments: number;
}

/** After the rows are stored. Answers how many there were; null: none. */
export async function sayBrought(
  change: Change<Principal>,
  reportId: string,
  rows: BroughtRows,
): Promise<BroughtCounts | null> {
  const { tx, actor } = change;
  const counts = { claims: rows.claims.length, threads: rows.threads.length, comments: rows.comments.length };
  if (counts.claims + counts.threads + counts.comments === 0) return null;
  const opened = new Set(rows.threads.map(({ id }) => id));
  const added = rows.comments.filter(({ threadId }) => !opened.has(threadId));
  const reopened = await reopen(change, [...new Set(added.map(({ threadId }) => threadId))]);
  const to = { reportId };
  for (const claim of await claimsByIds(
    tx,
    actor.workspaceId,
    rows.claims.map(({ id }) => id),
  ))
    change.emit('claim.added', { claim }, to);
  for (const thread of await threadsByIds(tx, actor.workspaceId, [...opened]))
    change.emit('thread.opened', { thread }, to);
  for (const thread of await threadsByIds(tx, actor.workspaceId, reopened))
    change.emit('thread.reopened', { thread }, to);
  for (const comment of await commentsByIds(
    tx,
    actor.workspaceId,
    added.map(({ id }) => id),
  ))
    change.emit('comment.added', { comment }, to);
  await touchReport(tx, reportId, actor.memberId, change.at);
  return counts;
}

/** What is answered is open again. Answers which were not. */
async function reopen(change: Change<Principal>, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await change.tx
    .update(threads)
    .set({ state: 'open', resolvedBy: null, importedResolver: null })
    .where(and(among(threads.id, ids), eq(threads.state, 'resolved')))
    .returning({ id: threads.id });
  return rows.map(({ id }) => id);
}
