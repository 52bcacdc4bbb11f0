/**
 * The notes of a source as rows: comments become threads on their words, marked words claims, tracked changes
 * suggestions. Authors are names as the source has them, times are kept, answers stay under what they answer.
 */
import { MAX_TAG_LENGTH, MAX_TAGS } from '#core/limits.ts';
import type { NewEntry } from '#core/text/claim-entry.ts';
import type { ReadComment } from '#server/import/notes.ts';
import type { PlannedNote } from '#server/import/plan-notes.ts';
import { storable } from '#server/import/storable.ts';
import type { Principal } from '#server/principal.ts';
import type { DocRef } from '#server/sync/rooms.ts';
import {
  authorName,
  bodyText,
  momentOf,
  threadPlaceColumns,
  type BroughtRows,
  type PlaceMaker,
} from './brought-rows.ts';
import type { Change } from './command.ts';
import { anchorColumns } from './places.ts';

export interface NotesTarget {
  readonly change: Change;
  readonly principal: Principal;
  readonly ref: DocRef;
  readonly places: PlaceMaker;
  readonly rows: BroughtRows;
  /** Names of new things: of a claim or thread by what the source calls it, of its comments in order. */
  readonly ids: NoteIds;
}

export interface NoteIds {
  /** Whether ids of one thread sort in the order of its talk: what was said in one moment is listed by id. */
  readonly areSorted: boolean;
  note(note: PlannedNote): string;
  comments(comments: readonly ReadComment[]): string[];
}

/** Names that nothing remembers, for a report that is being made. */
export function freshIds(newId: () => string): NoteIds {
  return { areSorted: true, note: newId, comments: (comments) => comments.map(newId).toSorted() };
}

/** Names that follow from what the source calls a comment, so that it is found again. */
export function namedIds(newId: () => string, comments: NoteIds['comments']): NoteIds {
  return { areSorted: false, note: newId, comments };
}

/** Adds the rows of all notes; answers the claims' entries for the report's document. */
export function takeNotes(target: NotesTarget, notes: readonly PlannedNote[]): NewEntry[] {
  return notes.flatMap((note) => takeNote(target, note).entry ?? []);
}

export interface TakenNote {
  readonly claimId: string | null;
  readonly threadId: string | null;
  /** Of a claim, for the report's document. */
  readonly entry: NewEntry | null;
}

/** Adds the rows of a note. */
export function takeNote(target: NotesTarget, note: PlannedNote): TakenNote {
  if (note.kind === 'claim' && note.range !== null) {
    const { claimId, entry } = takeClaim(target, note, note.range);
    const threadId = note.comments.length === 0 ? null : target.change.runtime.newId();
    if (threadId !== null) takeThread(target, note, { threadId, claimId });
    return { claimId, threadId, entry };
  }
  const threadId = target.ids.note(note);
  takeThread(target, note, { threadId, claimId: null });
  return { claimId: null, threadId, entry: null };
}

function takeClaim(
  { change, principal, ref, places, rows, ids }: NotesTarget,
  note: PlannedNote,
  { start, end }: { start: number; end: number },
): { claimId: string; entry: NewEntry } {
  const claimId = ids.note(note);
  const { quote, anchor, place } = places.at(start, end);
  const at = momentOf(note.made?.at ?? null) ?? change.at;
  rows.claims.push({
    id: claimId,
    ...ref,
    ...quote,
    ...anchorColumns(anchor),
    type: 'other',
    priority: 'normal',
    status: 'open',
    tags: tagsOf(note.tags),
    attributionState: 'unchecked',
    createdBy: principal.memberId,
    importedAuthor: note.made === null ? null : authorName(note.made.author),
    createdAt: at,
    updatedAt: at,
  });
  return { claimId, entry: { claimId, place, rationale: null } };
}

function takeThread(
  target: NotesTarget,
  note: PlannedNote,
  { threadId, claimId }: { threadId: string; claimId: string | null },
): void {
  const { change, principal, ref, places, rows } = target;
  const { suggestion, range } = note;
  rows.threads.push({
    id: threadId,
    ...ref,
    claimId,
    ...(claimId !== null || range === null ? {} : threadPlaceColumns(places.at(range.start, range.end))),
    state: note.isResolved ? 'resolved' : 'open',
    ...(suggestion === null
      ? {}
      : {
          suggestionKind: suggestion.kind,
          suggestionText: storable(suggestion.text),
          suggestionState: 'pending' as const,
        }),
    deskOnly: false,
    createdBy: principal.memberId,
    createdAt: momentOf(note.made?.at ?? null) ?? change.at,
  });
  const said = suggestion === null || note.comments.length > 0 ? note.comments : [silent];
  takeComments(target, said, { threadId, claimId, under: null });
}

/** A suggestion whose author the source does not know. */
const silent: ReadComment = { originId: null, parent: null, author: null, at: null, body: '' };

/** Adds comments to a thread; `under` is the comment that those answer which answer none of each other. */
export function takeComments(
  { change, principal, ref, rows, ids }: NotesTarget,
  said: readonly ReadComment[],
  { threadId, claimId, under }: { threadId: string; claimId: string | null; under: string | null },
): string[] {
  const names = ids.comments(said);
  said.forEach((comment, i) => {
    rows.comments.push({
      id: names[i] ?? change.runtime.newId(),
      ...ref,
      threadId,
      claimId,
      parentId: comment.parent === null ? under : (names[comment.parent] ?? under),
      body: bodyText(comment.body),
      authorId: principal.memberId,
      importedAuthor: authorName(comment.author),
      originId: comment.originId === null ? null : storable(comment.originId),
      at: rows.timeIn(threadId, momentOf(comment.at), { fallback: change.at, inOrder: !ids.areSorted }),
    });
  });
  return names;
}

function tagsOf(tags: readonly string[]): string[] {
  const words = tags.map((tag) => Array.from(storable(tag).replaceAll(/\s+/g, ' ').trim()));
  const known = new Set(words.map((tag) => tag.slice(0, MAX_TAG_LENGTH).join('').trim()));
  known.delete('');
  return [...known].slice(0, MAX_TAGS);
}
