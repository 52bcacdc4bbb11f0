/**
 * Suggestions: changes of the text that somebody proposes and an editor takes or leaves. One is a thread on the words
 * it would change. Taking it is an edit by the server, as small as the change itself, with a checkpoint before it; it
 * needs an unlocked text and the very words that it was made for.
 */
import { eq } from 'drizzle-orm';
import * as Y from 'yjs';
import { prosemirrorJSONToYXmlFragment, yXmlFragmentToProseMirrorRootNode } from 'y-prosemirror';
import type { AddSuggestion } from '#core/commands.ts';
import { resolvePlace } from '#core/anchor/place.ts';
import { AppError } from '#core/errors.ts';
import type { SuggestionRecord, ThreadRecord } from '#core/records.ts';
import { changedDocument } from '#core/text/change-words.ts';
import { flatten } from '#core/text/flatten.ts';
import { BODY_ROOT, reportSchema } from '#core/text/schema.ts';
import type { DbOrTx } from '#db/open.ts';
import { holdDocument } from '#db/queries/document-log.ts';
import { holdReport } from '#db/queries/reports.ts';
import {
  getThread,
  holdThread,
  placeOfThread,
  reportOfThread,
  threadsOfReport,
  type ThreadRow,
} from '#db/queries/threads.ts';
import { comments, threads } from '#db/schema.ts';
import type { Principal } from '#server/principal.ts';
import type { Runtime } from '#server/runtime.ts';
import { demand } from './access.ts';
import { threadPlaceColumns } from './brought-rows.ts';
import { runCommand, type Change } from './command.ts';
import { keepMoment, revision } from './history.ts';
import { anchorColumns, findPlace } from './places.ts';
import { sayThread } from './say-thread.ts';

export async function suggestionsOfReport(
  runtime: Runtime,
  principal: Principal,
  reportId: string,
): Promise<SuggestionRecord[]> {
  await demand(runtime, principal, reportId, 'report.read');
  const all = await threadsOfReport(runtime.database.db, principal.workspaceId, reportId);
  return all.flatMap((thread) => (thread.suggestion === null ? [] : [recordOf(thread)]));
}

/** Suggests a change of words; sent again with the same id, it answers the same. */
export async function suggestChange(
  runtime: Runtime,
  principal: Principal,
  reportId: string,
  input: AddSuggestion,
): Promise<SuggestionRecord> {
  await demand(runtime, principal, reportId, 'comment.write');
  const { workspaceId, memberId } = principal;
  const threadId = input.id ?? runtime.newId();
  const made = await alreadyMade(runtime.database.db, principal, reportId, threadId);
  if (made !== null) return made;
  const found = await findPlace(runtime, { workspaceId, reportId }, input.selector);
  return runCommand(runtime, principal, async (change) => {
    const inserted = await change.tx
      .insert(threads)
      .values({
        id: threadId,
        workspaceId,
        reportId,
        ...threadPlaceColumns(found),
        state: 'open',
        deskOnly: false,
        suggestionKind: input.kind,
        suggestionText: input.text ?? '',
        suggestionState: 'pending',
        createdBy: memberId,
        createdAt: change.at,
      })
      .onConflictDoNothing()
      .returning({ id: threads.id });
    if (inserted.length === 0) {
      const meanwhile = await alreadyMade(change.tx, principal, reportId, threadId);
      if (meanwhile === null) throw new Error('the thread that took the id is gone');
      return meanwhile;
    }
    await change.tx.insert(comments).values({
      id: runtime.newId(),
      workspaceId,
      reportId,
      threadId,
      body: '',
      authorId: memberId,
      at: change.at,
    });
    const { kind, text = '' } = input;
    change.audit(
      'suggestion.made',
      { type: 'thread', id: threadId },
      { reportId, after: { kind, text, words: found.quote.exact } },
    );
    return recordOf(await sayThread(change, threadId, 'thread.opened'));
  });
}

/** The caller's suggestion with this id; null when there is none. Throws id_taken when it is something else's. */
async function alreadyMade(
  db: DbOrTx,
  principal: Principal,
  reportId: string,
  threadId: string,
): Promise<SuggestionRecord | null> {
  const [row] = await db.select().from(threads).where(eq(threads.id, threadId));
  if (row === undefined) return null;
  if (row.reportId !== reportId || row.suggestionKind === null || row.createdBy !== principal.memberId)
    throw new AppError('id_taken', `id: ${threadId} is used already`);
  return recordOf(await getThread(db, principal.workspaceId, threadId));
}

/** Carries the change out. Throws report_locked, conflict when its words are others now, wrong_state when it was decided. */
export async function acceptSuggestion(
  runtime: Runtime,
  principal: Principal,
  threadId: string,
): Promise<SuggestionRecord> {
  const { workspaceId, memberId } = principal;
  const reportId = await reportOfThread(runtime.database.db, workspaceId, threadId);
  await demand(runtime, principal, reportId, 'body.write');
  return runCommand(runtime, principal, async (change) => {
    await holdReport(change.tx, workspaceId, reportId);
    const row = await holdSuggestion(change, threadId);
    if (row.suggestionState === 'accepted')
      return recordOf(await getThread(change.tx, workspaceId, threadId));
    refuseDecided(row);
    if ((await holdDocument(change.tx, reportId)).locked)
      throw new AppError(
        'report_locked',
        'The text is locked, so nothing in it can be changed; unlock it first, or leave the suggestion open',
      );
    const ref = { workspaceId, reportId };
    const update = editOf(await runtime.rooms.fork(ref, change.tx), row);
    await keepMoment(change, reportId, 'before_suggestion');
    if (update !== null) await change.edit(ref, update, memberId);
    return decide(change, row, 'accepted');
  });
}

/** An editor leaves it; whoever made it takes it back. */
export async function rejectSuggestion(
  runtime: Runtime,
  principal: Principal,
  threadId: string,
): Promise<SuggestionRecord> {
  const { db } = runtime.database;
  const reportId = await reportOfThread(db, principal.workspaceId, threadId);
  const { suggestion } = await getThread(db, principal.workspaceId, threadId);
  const isOwn = suggestion?.by.id === principal.memberId;
  await demand(runtime, principal, reportId, isOwn ? 'comment.write' : 'body.write');
  return runCommand(runtime, principal, async (change) => {
    const row = await holdSuggestion(change, threadId);
    const state = isOwn ? 'withdrawn' : 'rejected';
    if (row.suggestionState === state)
      return recordOf(await getThread(change.tx, principal.workspaceId, threadId));
    refuseDecided(row);
    return decide(change, row, state);
  });
}

async function holdSuggestion(change: Change<Principal>, threadId: string): Promise<ThreadRow> {
  const row = await holdThread(change.tx, change.actor.workspaceId, threadId);
  if (row.suggestionKind === null) throw new AppError('not_found', 'There is no such suggestion');
  return row;
}

function refuseDecided({ suggestionState }: ThreadRow): void {
  if (suggestionState !== 'pending')
    throw new AppError('wrong_state', `The suggestion was ${suggestionState} already`);
}

/** Its words are gone: what is left of them here, or equal ones elsewhere, are not what it was about. */
const withoutPlace = {
  startPosition: null,
  endPosition: null,
  ...anchorColumns({ start: null, end: null, exact: null, state: 'orphaned', confidence: 0 }),
};

async function decide(
  change: Change<Principal>,
  row: ThreadRow,
  state: 'accepted' | 'rejected' | 'withdrawn',
): Promise<SuggestionRecord> {
  const { memberId } = change.actor;
  await change.tx
    .update(threads)
    .set({
      suggestionState: state,
      suggestionDecidedBy: memberId,
      state: 'resolved',
      resolvedBy: memberId,
      importedResolver: null,
      ...(state === 'accepted' ? withoutPlace : {}),
    })
    .where(eq(threads.id, row.id));
  change.audit(
    `suggestion.${state}`,
    { type: 'thread', id: row.id },
    {
      reportId: row.reportId,
      after: { kind: row.suggestionKind, text: row.suggestionText, words: row.exact },
    },
  );
  return recordOf(await sayThread(change, row.id, 'thread.resolved'));
}

/** The edit that a suggestion asks for, of a private copy of the document; null when nothing would change. */
function editOf(doc: Y.Doc, row: ThreadRow): Uint8Array | null {
  const fragment = doc.getXmlFragment(BODY_ROOT);
  const place = placeOfThread(row);
  const found = place === null ? null : resolvePlace(flatten(fragment), doc, place, place.quote);
  if (found === null || found.state !== 'anchored') {
    doc.destroy();
    throw new AppError(
      'conflict',
      'The words that the suggestion was made for have changed since; change the text by hand, or reject it',
    );
  }
  const target = new Y.Doc();
  const changed = changedDocument(yXmlFragmentToProseMirrorRootNode(fragment, reportSchema), {
    kind: row.suggestionKind ?? 'replace',
    text: row.suggestionText ?? '',
    start: found.start,
    end: found.end,
  });
  prosemirrorJSONToYXmlFragment(reportSchema, changed.toJSON(), target.getXmlFragment(BODY_ROOT));
  const update = revision(doc, target);
  target.destroy();
  return update;
}

function recordOf(thread: ThreadRecord): SuggestionRecord {
  const { id, reportId, anchor, quote, createdAt, suggestion } = thread;
  if (suggestion === null) throw new AppError('not_found', 'There is no such suggestion');
  return { ...suggestion, id, reportId, anchor, quote, createdAt };
}
