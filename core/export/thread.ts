/**
 * A thread as exports show it: comments in the order in which they are read, people as names. The list is flat, with a
 * depth for each: answers go as deep as people and programs make them, and nothing here or after calls itself.
 */
import { groupBy } from '../grouping.ts';
import type { AnchorRecord, CommentRecord, Person, QuoteRecord, ThreadRecord } from '../records.ts';
import type { Names } from './names.ts';
import { byTime, compare } from './order.ts';
import { suggestionSentence } from './suggestion.ts';

/**
 * How far answers are set in where that is shown; those below stand in one line. Nobody follows further, and each step
 * in is a cost on every line below it, so that a file could grow with the square of what was said.
 */
export const MAX_SHOWN_DEPTH = 12;

/** A change of the thread's words that somebody proposes. */
export interface ExportSuggestion {
  readonly kind: NonNullable<ThreadRecord['suggestion']>['kind'];
  readonly text: string;
  readonly state: NonNullable<ThreadRecord['suggestion']>['state'];
  readonly by: string;
  readonly decidedBy: string | null;
}

export interface ExportComment {
  readonly id: string;
  readonly parentId: string | null;
  /** How many comments stand above it, each an answer to the one before; 0 for what answers none. */
  readonly depth: number;
  /** Mentions are `@name`. Empty when deleted. */
  readonly body: string;
  readonly author: string;
  readonly at: string;
  readonly editedAt: string | null;
  readonly deleted: boolean;
  readonly reactions: readonly { readonly name: string; readonly by: readonly string[] }[];
}

export interface ExportThread {
  readonly id: string;
  readonly state: ThreadRecord['state'];
  readonly resolvedBy: string | null;
  readonly createdAt: string;
  readonly anchor: AnchorRecord | null;
  readonly quote: QuoteRecord | null;
  /** Its sentence stands first in the first comment's body, so that every format shows it. */
  readonly suggestion: ExportSuggestion | null;
  /** Each before its answers, and those before the next one; what is answered by the same comment, oldest first. */
  readonly comments: readonly ExportComment[];
}

export function projectThread(thread: ThreadRecord, names: Names): ExportThread {
  const { id, state, createdAt } = thread;
  const suggestion = projectSuggestion(thread, names);
  const comments = inReadingOrder(thread.comments).map((placed) => projectComment(placed, names));
  return {
    id,
    state,
    createdAt,
    resolvedBy: thread.resolvedBy === null ? null : names.of(thread.resolvedBy),
    anchor: thread.anchor === null ? null : { ...thread.anchor },
    quote: thread.quote === null ? null : { ...thread.quote },
    suggestion,
    comments:
      suggestion === null
        ? comments
        : withSentence(comments, suggestionSentence(suggestion, wordsOf(thread))),
  };
}

function projectSuggestion({ suggestion }: ThreadRecord, names: Names): ExportSuggestion | null {
  if (suggestion === null) return null;
  const { kind, text, state, by, decidedBy } = suggestion;
  return { kind, text, state, by: names.of(by), decidedBy: decidedBy === null ? null : names.of(decidedBy) };
}

function wordsOf({ quote, anchor }: ThreadRecord): string {
  return quote?.exact ?? anchor?.exact ?? '';
}

function withSentence(comments: readonly ExportComment[], sentence: string): readonly ExportComment[] {
  const [first, ...others] = comments;
  if (first === undefined || first.deleted) return comments;
  const body = first.body === '' ? sentence : `${sentence}\n${first.body}`;
  return [{ ...first, body }, ...others];
}

interface PlacedComment {
  readonly comment: CommentRecord;
  /** What it answers, when that is in the thread. */
  readonly parentId: string | null;
  readonly depth: number;
}

/** Each comment before its answers, oldest first; a deleted one stays only where something hangs on it. */
function inReadingOrder(comments: readonly CommentRecord[]): PlacedComment[] {
  const known = new Set(comments.map((comment) => comment.id));
  const sorted = [...comments].sort(byTime((each) => each.at));
  const answers = groupBy(sorted, ({ id, parentId }) =>
    parentId !== null && known.has(parentId) && parentId !== id ? parentId : null,
  );
  const placed: PlacedComment[] = [];
  const waiting: PlacedComment[] = [];
  const wait = (parentId: string | null, depth: number): void => {
    for (const comment of (answers.get(parentId) ?? []).toReversed())
      waiting.push({ comment, parentId, depth });
  };
  wait(null, 0);
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    placed.push(next);
    wait(next.comment.id, next.depth + 1);
  }
  return withoutEmptyEnds(placed);
}

/** From the last to the first, so that what hung on a deleted comment is decided before it is. */
function withoutEmptyEnds(placed: readonly PlacedComment[]): PlacedComment[] {
  const answered = new Set<string>();
  const kept = placed.toReversed().filter(({ comment, parentId }) => {
    if (comment.deleted && !answered.has(comment.id)) return false;
    if (parentId !== null) answered.add(parentId);
    return true;
  });
  return kept.reverse();
}

function projectComment({ comment, parentId, depth }: PlacedComment, names: Names): ExportComment {
  const { id, at, editedAt, deleted } = comment;
  const sorted = [...comment.reactions].sort((one, other) => compare(one.name, other.name));
  const reactions = sorted.map((reaction) => ({
    name: reaction.name,
    by: [...reaction.by]
      .sort(byName)
      .map((person) => names.of(person))
      .sort(compare),
  }));
  return {
    id,
    parentId,
    depth,
    body: deleted ? '' : names.in(comment.body),
    author: names.of(comment.author),
    at,
    editedAt,
    deleted,
    reactions,
  };
}

function byName(one: Person, other: Person): number {
  return compare(one.name, other.name) || compare(one.id ?? '', other.id ?? '');
}

/** In the order of the text; threads without a place last. */
export function byPlace(one: ThreadRecord, other: ThreadRecord): number {
  const place = (thread: ThreadRecord): number => thread.anchor?.start ?? Number.MAX_SAFE_INTEGER;
  return place(one) - place(other) || compare(one.createdAt, other.createdAt) || compare(one.id, other.id);
}
