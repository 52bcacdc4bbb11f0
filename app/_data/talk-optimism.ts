/** The same as optimism.ts for what people say: threads, comments, reactions and suggestions. */
import type { CommentRecord, ThreadRecord } from '#core/records.ts';
import type { DeskCommand } from './desk-command.ts';
import { putComment, putThread, type DeskState } from './desk-state.ts';
import { anchorOf, person, type Me } from './optimism-parts.ts';

type Talk = Extract<
  DeskCommand,
  {
    kind:
      | 'add_comment'
      | 'change_comment'
      | 'remove_comment'
      | 'react'
      | 'open_thread'
      | 'set_thread_state'
      | 'decide_suggestion';
  }
>;

/** Lays a command about threads over the records. */
export function layTalk(state: DeskState, command: Talk, reportId: string, at: string, me: Me): DeskState {
  switch (command.kind) {
    case 'add_comment':
      return addComment(state, command, reportId, at, me);
    case 'change_comment':
      return changeComment(state, command, (comment) => ({ ...comment, body: command.body, editedAt: at }));
    case 'remove_comment':
      return changeComment(state, command, (comment) => ({ ...comment, body: '', deleted: true }));
    case 'react':
      return changeComment(state, command, (comment) => reacted(comment, command.name, command.on, me));
    case 'open_thread':
      return state.threads.has(command.threadId)
        ? state
        : putThread(state, newThread(command, reportId, at, me));
    case 'decide_suggestion':
      return decideSuggestion(state, command, me);
    case 'set_thread_state': {
      const thread = state.threads.get(command.threadId);
      if (thread === undefined) return state;
      return putThread(state, {
        ...thread,
        state: command.state,
        resolvedBy: command.state === 'resolved' ? person(me) : null,
      });
    }
  }
}

/** The words themselves change when the server's edit of the text comes. */
function decideSuggestion(
  state: DeskState,
  { threadId, decision }: Extract<DeskCommand, { kind: 'decide_suggestion' }>,
  me: Me,
): DeskState {
  const thread = state.threads.get(threadId);
  if (thread === undefined || thread.suggestion?.state !== 'pending') return state;
  const left = thread.suggestion.by.id === me.id ? 'withdrawn' : 'rejected';
  return putThread(state, {
    ...thread,
    state: 'resolved',
    resolvedBy: person(me),
    suggestion: {
      ...thread.suggestion,
      state: decision === 'accept' ? 'accepted' : left,
      decidedBy: person(me),
    },
  });
}

function newComment(
  command: { commentId: string; body: string; parentId?: string | null },
  place: { threadId: string; claimId: string | null; reportId: string },
  at: string,
  me: Me,
): CommentRecord {
  return {
    ...place,
    id: command.commentId,
    parentId: command.parentId ?? null,
    body: command.body,
    author: person(me),
    at,
    editedAt: null,
    deleted: false,
    reactions: [],
  };
}

function newThread(
  command: Extract<DeskCommand, { kind: 'open_thread' }>,
  reportId: string,
  at: string,
  me: Me,
): ThreadRecord {
  const { exact, prefix, suffix } = command.words;
  return {
    id: command.threadId,
    reportId,
    claimId: null,
    anchor: anchorOf(command.words),
    quote: { exact, prefix, suffix },
    state: 'open',
    resolvedBy: null,
    deskOnly: command.deskOnly,
    createdAt: at,
    suggestion: null,
    comments: [newComment(command, { threadId: command.threadId, claimId: null, reportId }, at, me)],
  };
}

/** A claim's thread begins with its first comment; until the server names it, it bears the claim's id. */
function addComment(
  state: DeskState,
  command: Extract<DeskCommand, { kind: 'add_comment' }>,
  reportId: string,
  at: string,
  me: Me,
): DeskState {
  const known = threadFor(state, command);
  if (known !== undefined) {
    const place = { threadId: known.id, claimId: known.claimId, reportId };
    return known.comments.some((one) => one.id === command.commentId)
      ? state
      : putComment(state, newComment(command, place, at, me));
  }
  if (command.claimId === null) return state;
  const threadId = `pending-${command.claimId}-${String(command.deskOnly)}`;
  return putThread(state, {
    id: threadId,
    reportId,
    claimId: command.claimId,
    anchor: null,
    quote: null,
    state: 'open',
    resolvedBy: null,
    deskOnly: command.deskOnly,
    createdAt: at,
    suggestion: null,
    comments: [newComment(command, { threadId, claimId: command.claimId, reportId }, at, me)],
  });
}

function threadFor(
  state: DeskState,
  command: Extract<DeskCommand, { kind: 'add_comment' }>,
): ThreadRecord | undefined {
  if (command.threadId !== null && state.threads.has(command.threadId))
    return state.threads.get(command.threadId);
  for (const thread of state.threads.values()) {
    if (
      command.claimId !== null &&
      thread.claimId === command.claimId &&
      thread.deskOnly === command.deskOnly
    )
      return thread;
  }
  return undefined;
}

function changeComment(
  state: DeskState,
  { threadId, commentId }: { threadId: string; commentId: string },
  change: (comment: CommentRecord) => CommentRecord,
): DeskState {
  const thread = state.threads.get(threadId);
  if (thread === undefined) return state;
  return putThread(state, {
    ...thread,
    comments: thread.comments.map((one) => (one.id === commentId ? change(one) : one)),
  });
}

function reacted(comment: CommentRecord, name: string, on: boolean, me: Me): CommentRecord {
  const others = comment.reactions.map((one) =>
    one.name === name ? { name, by: one.by.filter((who) => who.id !== me.id) } : one,
  );
  const known = others.find((one) => one.name === name) ?? { name, by: [] };
  const mine = on ? { name, by: [...known.by, person(me)] } : known;
  return {
    ...comment,
    reactions: [...others.filter((one) => one.name !== name), mine].filter((one) => one.by.length > 0),
  };
}
