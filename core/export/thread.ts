/** A thread as exports show it: comments under what they answer, people as names. */
import type { AnchorRecord, CommentRecord, QuoteRecord, ThreadRecord } from '../records.ts';
import type { NameOf } from './options.ts';
import { byTime, compare } from './order.ts';

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
  readonly comments: readonly ExportComment[];
}

export function projectThread(thread: ThreadRecord, nameOf: NameOf): ExportThread {
  const { id, state, createdAt } = thread;
  return {
    id,
    state,
    createdAt,
    resolvedBy: thread.resolvedBy === null ? null : nameOf(thread.resolvedBy),
    anchor: thread.anchor === null ? null : { ...thread.anchor },
    quote: thread.quote === null ? null : { ...thread.quote },
    comments: nested(thread.comments, nameOf),
  };
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
    body: deleted
      ? ''
      : comment.body.replace(
          /@\[([^\]\n]{1,200})\]\(member:([^)\s]{1,100})\)/g,
          (_mention, name: string, member: string) => `@${nameOf({ id: member, name })}`,
        ),
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
