/** Comments: on a claim or in a thread, answered, changed, taken back, reacted to. */
import { and, eq } from 'drizzle-orm';
import type { AddComment } from '#core/commands.ts';
import { AppError } from '#core/errors.ts';
import { mentionedMembers } from '#core/mentions.ts';
import type { CommentRecord } from '#core/records.ts';
import type { Tx } from '#db/open.ts';
import { reportOfClaim } from '#db/queries/claims.ts';
import { missingMembers } from '#db/queries/people.ts';
import { touchReport } from '#db/queries/reports.ts';
import {
  getComment,
  holdComment,
  holdThread,
  reportOfThread,
  threadsOfClaim,
  type ThreadRow,
} from '#db/queries/threads.ts';
import { comments, reactions, threads } from '#db/schema.ts';
import type { Principal } from '#server/principal.ts';
import type { Runtime } from '#server/runtime.ts';
import { demand } from './access.ts';
import { runCommand, type Change } from './command.ts';
import { notify } from './notify.ts';
import { sayThread } from './say-thread.ts';

export interface NewComment {
  id: string;
  body: string;
  parentId: string | null;
}

/** Adds a comment to the claim's thread, which begins with it. */
export async function commentOnClaim(
  runtime: Runtime,
  principal: Principal,
  claimId: string,
  input: AddComment,
): Promise<CommentRecord> {
  const reportId = await reportOfClaim(runtime.database.db, principal.workspaceId, claimId);
  await demand(runtime, principal, reportId, 'comment.write');
  return runCommand(runtime, principal, async (change) => {
    const made =
      input.id === undefined ? null : await alreadySaid(change.tx, principal, input.id, { claimId });
    if (made !== null) return made;
    const { thread, begun } = await claimThread(change, principal, reportId, claimId, input);
    const comment = await putComment(change, principal, thread, fresh(runtime, input));
    if (begun) await sayThread(change, thread.id, 'thread.opened');
    return comment;
  });
}

/** A comment as it is asked for, with an id of its own where the client made none. */
export function fresh(
  runtime: Runtime,
  input: { id?: string | undefined; body: string; parentId?: string | null | undefined },
): NewComment {
  return { id: input.id ?? runtime.newId(), body: input.body, parentId: input.parentId ?? null };
}

/** A reply goes where its parent is; else to the public or the desk-only thread, begun when missing. */
async function claimThread(
  change: Change,
  principal: Principal,
  reportId: string,
  claimId: string,
  input: AddComment,
): Promise<{ thread: ThreadRow; begun: boolean }> {
  if (input.parentId != null) {
    const parent = await holdComment(change.tx, principal.workspaceId, input.parentId);
    if (parent.claimId !== claimId)
      throw new AppError('invalid_input', 'parentId: the comment belongs to another claim');
    return { thread: await holdThread(change.tx, principal.workspaceId, parent.threadId), begun: false };
  }
  const deskOnly = input.deskOnly ?? false;
  const inserted = await change.tx
    .insert(threads)
    .values({
      id: change.runtime.newId(),
      workspaceId: principal.workspaceId,
      reportId,
      claimId,
      state: 'open',
      deskOnly,
      createdBy: principal.memberId,
      createdAt: change.at,
    })
    .onConflictDoNothing()
    .returning({ id: threads.id });
  const [row] = await change.tx
    .select()
    .from(threads)
    .where(and(eq(threads.claimId, claimId), eq(threads.deskOnly, deskOnly)))
    .for('update');
  if (row === undefined) throw new Error('the claim has no thread');
  return { thread: row, begun: inserted.length > 0 };
}

export async function commentOnThread(
  runtime: Runtime,
  principal: Principal,
  threadId: string,
  input: { id?: string | undefined; body: string; parentId?: string | null | undefined },
): Promise<CommentRecord> {
  const reportId = await reportOfThread(runtime.database.db, principal.workspaceId, threadId);
  await demand(runtime, principal, reportId, 'comment.write');
  return runCommand(runtime, principal, async (change) => {
    const thread = await holdThread(change.tx, principal.workspaceId, threadId);
    const made =
      input.id === undefined ? null : await alreadySaid(change.tx, principal, input.id, { threadId });
    if (made !== null) return made;
    return putComment(change, principal, thread, fresh(runtime, input));
  });
}

/**
 * What an earlier request with this id said; null when there was none. Asked before anything else is looked at: the
 * comment that it answers, or somebody whom it mentions, may be gone since.
 */
async function alreadySaid(
  tx: Tx,
  principal: Principal,
  id: string,
  where: { claimId?: string; threadId?: string },
): Promise<CommentRecord | null> {
  const [row] = await tx.select().from(comments).where(eq(comments.id, id));
  if (row === undefined) return null;
  const isSame =
    row.authorId === principal.memberId &&
    row.importedAuthor === null &&
    (where.claimId === undefined || row.claimId === where.claimId) &&
    (where.threadId === undefined || row.threadId === where.threadId);
  if (!isSame) throw new AppError('id_taken', `id: ${id} is used already`);
  return getComment(tx, principal.workspaceId, id);
}

/** Stores and announces a comment; the same id again answers the same and makes nothing. */
async function putComment(
  change: Change,
  principal: Principal,
  thread: ThreadRow,
  input: NewComment,
): Promise<CommentRecord> {
  if (!(await storeComment(change, principal, thread, input))) {
    const made = await alreadySaid(change.tx, principal, input.id, { threadId: thread.id });
    if (made === null) throw new Error('the comment that took the id is gone');
    return made;
  }
  if (thread.state === 'resolved') {
    await change.tx
      .update(threads)
      .set({ state: 'open', resolvedBy: null, importedResolver: null })
      .where(eq(threads.id, thread.id));
    await sayThread(change, thread.id, 'thread.reopened');
  }
  const comment = await getComment(change.tx, principal.workspaceId, input.id);
  change.emit('comment.added', { comment }, { reportId: thread.reportId });
  return comment;
}

/** Answers false when the id is taken already (by a retry, or by something else). */
export async function storeComment(
  change: Change,
  principal: Principal,
  thread: ThreadRow,
  input: NewComment,
): Promise<boolean> {
  const parent =
    input.parentId === null ? null : await holdComment(change.tx, principal.workspaceId, input.parentId);
  if (parent !== null && parent.threadId !== thread.id)
    throw new AppError('invalid_input', 'parentId: the comment belongs to another thread');
  const mentioned = mentionedMembers(input.body);
  const strangers = await missingMembers(change.tx, principal.workspaceId, mentioned);
  if (strangers.length > 0)
    throw new AppError('invalid_input', `body: ${strangers.join(', ')} is no member to mention`);
  const inserted = await change.tx
    .insert(comments)
    .values({
      id: input.id,
      workspaceId: principal.workspaceId,
      reportId: thread.reportId,
      threadId: thread.id,
      claimId: thread.claimId,
      parentId: input.parentId,
      body: input.body,
      authorId: principal.memberId,
      at: change.at,
    })
    .onConflictDoNothing()
    .returning({ id: comments.id });
  if (inserted.length === 0) return false;
  await touchReport(change.tx, thread.reportId, principal.memberId, change.at);
  change.audit(
    'comment.added',
    { type: 'comment', id: input.id },
    { reportId: thread.reportId, after: { body: input.body } },
  );
  const about = {
    reportId: thread.reportId,
    claimId: thread.claimId,
    commentId: input.id,
    excerpt: input.body,
  };
  await notify(change, { ...about, kind: 'mention', memberIds: mentioned });
  // An imported comment is nobody's here: the member beside it only brought it.
  const asked = parent === null || parent.importedAuthor !== null ? [] : [parent.authorId];
  const untold = asked.filter((id) => !mentioned.includes(id));
  await notify(change, { ...about, kind: 'reply', memberIds: untold });
  return true;
}

/** One's own only. */
export async function changeComment(
  runtime: Runtime,
  principal: Principal,
  commentId: string,
  body: string,
): Promise<CommentRecord> {
  const before = await ownComment(runtime, principal, commentId);
  return runCommand(runtime, principal, async (change) => {
    await holdComment(change.tx, principal.workspaceId, commentId);
    const mentioned = mentionedMembers(body);
    const strangers = await missingMembers(change.tx, principal.workspaceId, mentioned);
    if (strangers.length > 0)
      throw new AppError('invalid_input', `body: ${strangers.join(', ')} is no member to mention`);
    await change.tx.update(comments).set({ body, editedAt: change.at }).where(eq(comments.id, commentId));
    const added = mentioned.filter((id) => !mentionedMembers(before.body).includes(id));
    await notify(change, {
      kind: 'mention',
      memberIds: added,
      reportId: before.reportId,
      claimId: before.claimId,
      commentId,
      excerpt: body,
    });
    return sayComment(change, commentId, 'comment.edited', before);
  });
}

/** One's own only; replies to it stay, its place says that it was deleted. */
export async function removeComment(
  runtime: Runtime,
  principal: Principal,
  commentId: string,
): Promise<void> {
  const before = await ownComment(runtime, principal, commentId);
  await runCommand(runtime, principal, async (change) => {
    await holdComment(change.tx, principal.workspaceId, commentId);
    await change.tx.update(comments).set({ deletedAt: change.at }).where(eq(comments.id, commentId));
    await sayComment(change, commentId, 'comment.removed', before);
  });
}

async function ownComment(runtime: Runtime, principal: Principal, commentId: string): Promise<CommentRecord> {
  const comment = await getComment(runtime.database.db, principal.workspaceId, commentId);
  await demand(runtime, principal, comment.reportId, 'comment.write');
  if (comment.deleted) throw new AppError('not_found', 'There is no such comment');
  if (comment.author.id !== principal.memberId)
    throw new AppError('forbidden', 'Only its author changes or deletes a comment');
  return comment;
}

export async function react(
  runtime: Runtime,
  principal: Principal,
  commentId: string,
  name: string,
  on: boolean,
): Promise<CommentRecord> {
  const { reportId, deleted } = await getComment(runtime.database.db, principal.workspaceId, commentId);
  await demand(runtime, principal, reportId, 'comment.write');
  if (deleted) throw new AppError('not_found', 'There is no such comment');
  return runCommand(runtime, principal, async (change) => {
    const { workspaceId, memberId } = principal;
    if (on)
      await change.tx
        .insert(reactions)
        .values({ workspaceId, commentId, memberId, name, at: change.at })
        .onConflictDoNothing();
    else {
      await change.tx
        .delete(reactions)
        .where(
          and(
            eq(reactions.commentId, commentId),
            eq(reactions.memberId, memberId),
            eq(reactions.name, name),
            eq(reactions.importedAuthor, ''),
          ),
        );
    }
    const comment = await getComment(change.tx, workspaceId, commentId);
    change.emit('comment.reacted', { comment }, { reportId });
    return comment;
  });
}

/** The comments of a claim's threads, oldest first. */
export async function commentsOfClaim(
  runtime: Runtime,
  principal: Principal,
  claimId: string,
): Promise<CommentRecord[]> {
  const { db } = runtime.database;
  const reportId = await reportOfClaim(db, principal.workspaceId, claimId);
  await demand(runtime, principal, reportId, 'report.read');
  const all = (await threadsOfClaim(db, principal.workspaceId, claimId)).flatMap((thread) => thread.comments);
  return all.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

async function sayComment(
  change: Change,
  commentId: string,
  name: 'comment.edited' | 'comment.removed',
  before: CommentRecord,
): Promise<CommentRecord> {
  const comment = await getComment(change.tx, change.actor.workspaceId, commentId);
  change.emit(name, { comment }, { reportId: comment.reportId });
  change.audit(
    name,
    { type: 'comment', id: commentId },
    { reportId: comment.reportId, before: { body: before.body }, after: { body: comment.body } },
  );
  return comment;
}
