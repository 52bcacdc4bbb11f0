/** Threads: opened on plain words, resolved and reopened. A claim's two (public and desk only) begin with a comment. */
import { eq } from 'drizzle-orm';
import type { OpenThread } from '#core/commands.ts';
import { AppError } from '#core/errors.ts';
import type { ThreadRecord } from '#core/records.ts';
import type { DbOrTx } from '#db/open.ts';
import { reportOfClaim } from '#db/queries/claims.ts';
import {
  getThread,
  holdThread,
  reportOfThread,
  threadsOfClaim,
  type ThreadRow,
} from '#db/queries/threads.ts';
import { threads } from '#db/schema.ts';
import type { Principal } from '#server/principal.ts';
import type { Runtime } from '#server/runtime.ts';
import { demand } from './access.ts';
import { runCommand, type Change } from './command.ts';
import { fresh, storeComment } from './comments.ts';
import { anchorColumns, findPlace } from './places.ts';
import { sayThread } from './say-thread.ts';

/** Opens a thread on plain words. */
export async function openThread(
  runtime: Runtime,
  principal: Principal,
  reportId: string,
  input: OpenThread,
): Promise<ThreadRecord> {
  await demand(runtime, principal, reportId, 'comment.write');
  const threadId = input.id ?? runtime.newId();
  // First of all: the words may have changed since the first request.
  const made = await alreadyOpened(runtime.database.db, principal, reportId, threadId);
  if (made !== null) return made;
  const { quote, anchor, place } = await findPlace(
    runtime,
    { workspaceId: principal.workspaceId, reportId },
    input.selector,
  );
  return runCommand(runtime, principal, async (change) => {
    const inserted = await change.tx
      .insert(threads)
      .values({
        id: threadId,
        workspaceId: principal.workspaceId,
        reportId,
        ...quote,
        startPosition: place.start,
        endPosition: place.end,
        ...anchorColumns(anchor),
        state: 'open',
        deskOnly: input.deskOnly ?? false,
        createdBy: principal.memberId,
        createdAt: change.at,
      })
      .onConflictDoNothing()
      .returning({ id: threads.id });
    if (inserted.length === 0) {
      const meanwhile = await alreadyOpened(change.tx, principal, reportId, threadId);
      if (meanwhile === null) throw new Error('the thread that took the id is gone');
      return meanwhile;
    }
    const row = await holdThread(change.tx, principal.workspaceId, threadId);
    const first = fresh(runtime, { id: input.commentId, body: input.body });
    if (!(await storeComment(change, principal, row, first)))
      throw new AppError('id_taken', `commentId: ${first.id} is used already`);
    return sayThread(change, threadId, 'thread.opened');
  });
}

/** The caller's thread with this id; null when there is none. Throws id_taken when it is something else's. */
async function alreadyOpened(
  db: DbOrTx,
  principal: Principal,
  reportId: string,
  threadId: string,
): Promise<ThreadRecord | null> {
  const [row] = await db.select().from(threads).where(eq(threads.id, threadId));
  if (row === undefined) return null;
  if (row.reportId !== reportId || row.claimId !== null || row.createdBy !== principal.memberId)
    throw new AppError('id_taken', `id: ${threadId} is used already`);
  return getThread(db, principal.workspaceId, threadId);
}

/** Resolves or reopens; the state that it has already changes nothing. */
export async function setThreadState(
  runtime: Runtime,
  principal: Principal,
  threadId: string,
  state: 'open' | 'resolved',
): Promise<ThreadRecord> {
  const reportId = await reportOfThread(runtime.database.db, principal.workspaceId, threadId);
  await demand(runtime, principal, reportId, 'thread.resolve');
  return runCommand(runtime, principal, (change) => putState(change, threadId, state));
}

async function putState(change: Change, threadId: string, state: ThreadRow['state']): Promise<ThreadRecord> {
  const { workspaceId, memberId } = change.actor;
  const row = await holdThread(change.tx, workspaceId, threadId);
  if (row.state === state) return getThread(change.tx, workspaceId, threadId);
  const resolvedBy = state === 'resolved' ? memberId : null;
  await change.tx
    .update(threads)
    .set({ state, resolvedBy, importedResolver: null })
    .where(eq(threads.id, threadId));
  return sayThread(change, threadId, state === 'resolved' ? 'thread.resolved' : 'thread.reopened');
}

/** The claim's public thread and its desk-only one, together. Throws not_found when nobody said anything yet. */
export async function setClaimThreadState(
  runtime: Runtime,
  principal: Principal,
  claimId: string,
  state: 'open' | 'resolved',
): Promise<ThreadRecord> {
  const reportId = await reportOfClaim(runtime.database.db, principal.workspaceId, claimId);
  await demand(runtime, principal, reportId, 'thread.resolve');
  return runCommand(runtime, principal, async (change) => {
    const found = await threadsOfClaim(change.tx, principal.workspaceId, claimId);
    const changed: ThreadRecord[] = [];
    for (const thread of found) changed.push(await putState(change, thread.id, state));
    const first = changed.find((thread) => !thread.deskOnly) ?? changed[0];
    if (first === undefined) throw new AppError('not_found', 'The claim has no thread yet');
    return first;
  });
}
