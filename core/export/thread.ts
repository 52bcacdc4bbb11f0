/** A thread as exports show it: comments under what they answer, people as names. */
import { plainComment } from '../mentions.ts';
import type { AnchorRecord, CommentRecord, QuoteRecord, ThreadRecord } from '../records.ts';
import type { NameOf } from './options.ts';
import { byTime, compare } from './order.ts';
import { suggestionSentence } from './suggestion.ts';

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
  /** Mentions are `@name`. Empty when deleted. */
  readonly body: string;
  readonly author: string;
  readonly at: string;
  readonly editedAt: string | null;
  readonly deleted: boolean;
  readonly reactions: readonly { readonly name: string; readonly by: readonly string[] }[];
  readonly replies: readonly ExportComment[];
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
  readonly comments: readonly ExportComment[];
}

export function projectThread(thread: ThreadRecord, nameOf: NameOf): ExportThread {
  const { id, state, createdAt } = thread;
  const suggestion = projectSuggestion(thread, nameOf);
  const comments = nested(thread.comments, nameOf);
  return {
    id,
    state,
    createdAt,
    resolvedBy: thread.resolvedBy === null ? null : nameOf(thread.resolvedBy),
    anchor: thread.anchor === null ? null : { ...thread.anchor },
    quote: thread.quote === null ? null : { ...thread.quote },
    suggestion,
    comments:
      suggestion === null
        ? comments
        : withSentence(comments, suggestionSentence(suggestion, wordsOf(thread))),
  };
}

function projectSuggestion({ suggestion }: ThreadRecord, nameOf: NameOf): ExportSuggestion | null {
  if (suggestion === null) return null;
  const { kind, text, state, by, decidedBy } = suggestion;
  return { kind, text, state, by: nameOf(by), decidedBy: decidedBy === null ? null : nameOf(decidedBy) };
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

/** Comments under what they answer, oldest first; a deleted one stays only where something hangs on it. */
function nested(comments: readonly CommentRecord[], nameOf: NameOf): ExportComment[] {
  const known = new Set(comments.map((comment) => comment.id));
  const children = new Map<string | null, CommentRecord[]>();
  for (const comment of [...comments].sort(byTime((each) => each.at))) {
    const parent =
      comment.parentId !== null && known.has(comment.parentId) && comment.parentId !== comment.id
        ? comment.parentId
        : null;
    const siblings = children.get(parent);
    if (siblings === undefined) children.set(parent, [comment]);
    else siblings.push(comment);
  }
  const under = (parent: string | null): ExportComment[] =>
    (children.get(parent) ?? []).flatMap((comment) => {
      const replies = under(comment.id);
      return comment.deleted && replies.length === 0
        ? []
        : [projectComment(comment, parent, replies, nameOf)];
    });
  return under(null);
}

function projectComment(
  comment: CommentRecord,
  parentId: string | null,
  replies: readonly ExportComment[],
  nameOf: NameOf,
): ExportComment {
  const { id, at, editedAt, deleted } = comment;
  const reactions = comment.reactions.map((reaction) => ({
    name: reaction.name,
    by: reaction.by.map(nameOf).sort(compare),
  }));
  return {
    id,
    parentId,
    body: deleted ? '' : plainComment(comment.body, nameOf),
    author: nameOf(comment.author),
    at,
    editedAt,
    deleted,
    reactions: reactions.sort((one, other) => compare(one.name, other.name)),
    replies,
  };
}

/** In the order of the text; threads without a place last. */
export function byPlace(one: ThreadRecord, other: ThreadRecord): number {
  const place = (thread: ThreadRecord): number => thread.anchor?.start ?? Number.MAX_SAFE_INTEGER;
  return place(one) - place(other) || compare(one.createdAt, other.createdAt) || compare(one.id, other.id);
}
