'use client';
/** What was said about a claim or about words: comments with their replies, and where the next one is written. */
import { Check, Ellipsis, Lock, RotateCcw, SmilePlus } from 'lucide-react';
import { memo, useLayoutEffect, useState } from 'react';
import { commentParts } from '#core/mentions.ts';
import type { CommentRecord, ThreadRecord } from '#core/records.ts';
import { newId } from '../_data/ids.ts';
import { reportStrings as words } from '../_strings/en-report.ts';
import { Avatar } from '../_ui/avatar.tsx';
import { Button, IconButton } from '../_ui/button.tsx';
import { RelativeTime } from '../_ui/clock.tsx';
import { Menu, MenuItem } from '../_ui/menu.tsx';
import { Composer } from './composer.tsx';
import { useColorOf, useDesk, useDeskData, useDeskUi, useMay } from './desk-context.tsx';

export const reactions = {
  thumbs_up: '👍',
  thumbs_down: '👎',
  eyes: '👀',
  check: '✅',
  question: '❓',
  heart: '❤️',
} as const;
type ReactionName = keyof typeof reactions;
const reactionNames: readonly ReactionName[] = [
  'thumbs_up',
  'thumbs_down',
  'eyes',
  'check',
  'question',
  'heart',
];

/** Both threads of a claim: what may leave the desk, and what may not. */
export function ClaimTalk({ claimId }: { claimId: string }) {
  const { store } = useDesk();
  const mayWrite = useMay('comment.write');
  const threads = useDeskData((data) => data.shown.threads);
  const [deskOnly, setDeskOnly] = useState(false);
  const wish = useDeskUi((ui) =>
    ui.wish?.part === 'talk' && ui.wish.claimId === claimId ? ui.wish.turn : 0,
  );
  const mine = [...threads.values()].filter((thread) => thread.claimId === claimId);
  useLayoutEffect(() => {
    if (wish > 0) document.querySelector<HTMLElement>(`[data-composer="claim-${claimId}"]`)?.focus();
  }, [wish, claimId]);
  if (mine.length === 0 && !mayWrite) return null;
  return (
    <section aria-label={words.talk} className="border-t border-line pt-2.5">
      {mine
        .toSorted((a, b) => Number(a.deskOnly) - Number(b.deskOnly))
        .map((thread) => (
          <ThreadBody key={thread.id} thread={thread} />
        ))}
      {mayWrite ? (
        <Composer
          draftKey={`claim-${claimId}`}
          label={deskOnly ? words.writeDeskOnly : words.writeComment}
          placeholder={deskOnly ? words.deskOnlyPlaceholder : mine.length > 0 ? words.reply : words.comment}
          deskOnly={deskOnly}
          onDeskOnly={setDeskOnly}
          onSend={(body) =>
            store.do({
              kind: 'add_comment',
              claimId,
              threadId: null,
              commentId: newId(),
              parentId: null,
              body,
              deskOnly,
            })
          }
        />
      ) : null}
    </section>
  );
}

/** The first comment of a suggestion may have no words: then it only says who made it. */
function saidIn({ comments, suggestion }: ThreadRecord): readonly CommentRecord[] {
  const [first] = comments;
  const isSilent = suggestion !== null && first?.body === '' && !first.deleted;
  return isSilent ? comments.slice(1) : comments;
}

/** A thread's comments, and whether it is dealt with. */
export function ThreadBody({ thread, isAlone = false }: { thread: ThreadRecord; isAlone?: boolean }) {
  const { store } = useDesk();
  const mayResolve = useMay('thread.resolve');
  const [isUnfolded, setUnfolded] = useState(false);
  const isFolded = thread.state === 'resolved' && !isUnfolded && !isAlone;
  const said = saidIn(thread);
  const tops = said.filter(
    (one) => one.parentId === null || !said.some((other) => other.id === one.parentId),
  );
  const setState = (state: 'open' | 'resolved'): void => {
    store.do({ kind: 'set_thread_state', threadId: thread.id, state });
  };
  return (
    <div className="mb-2.5">
      {thread.deskOnly ? (
        <p className="mb-1.5 flex items-center gap-1.5 text-xs text-ink-3">
          <Lock size={12} aria-hidden /> {words.deskOnlyThread}
        </p>
      ) : null}
      {thread.state === 'resolved' ? (
        <p className="mb-1.5 flex min-h-6 items-center gap-1.5 text-xs text-ink-3">
          <Check size={13} aria-hidden />
          {words.resolvedBy(thread.resolvedBy?.name ?? null)}
          {isFolded ? (
            <Button variant="ghost" size="sm" onClick={() => setUnfolded(true)}>
              {words.showComments(thread.comments.length)}
            </Button>
          ) : null}
          {mayResolve ? (
            <IconButton size="sm" label={words.reopen} onClick={() => setState('open')} className="ml-auto">
              <RotateCcw size={13} aria-hidden />
            </IconButton>
          ) : null}
        </p>
      ) : null}
      {isFolded ? null : (
        <ol className="flex flex-col gap-[9px]">
          {tops.map((comment, index) => (
            <Comment
              key={comment.id}
              comment={comment}
              thread={thread}
              replies={said.filter((one) => one.parentId === comment.id)}
              resolve={
                index === 0 && thread.state === 'open' && thread.suggestion?.state !== 'pending' && mayResolve
                  ? () => setState('resolved')
                  : undefined
              }
            />
          ))}
        </ol>
      )}
    </div>
  );
}

interface CommentProps {
  comment: CommentRecord;
  thread: ThreadRecord;
  replies?: readonly CommentRecord[];
  resolve?: (() => void) | undefined;
}

const Comment = memo(function Comment({ comment, thread, replies = [], resolve }: CommentProps) {
  const { store, viewer } = useDesk();
  const mayWrite = useMay('comment.write');
  const color = useColorOf(comment.author.id);
  const [mode, setMode] = useState<'read' | 'edit' | 'reply'>('read');
  const isMine = comment.author.id === viewer.id;
  const place = { threadId: thread.id, commentId: comment.id };
  if (comment.deleted && replies.length === 0) return null;
  return (
    <li className="group/comment flex gap-[9px]">
      <Avatar name={comment.author.name} color={color} size="sm" decorative className="mt-px" />
      <div className="min-w-0 flex-1">
        <p className="flex min-h-6 items-center gap-1.5">
          <b className="truncate font-semibold">{comment.author.name}</b>
          <RelativeTime at={comment.at} className="text-xs whitespace-nowrap text-ink-3" />
          {comment.editedAt === null || comment.deleted ? null : (
            <span className="text-xs text-ink-3">{words.edited}</span>
          )}
          {comment.deleted ? null : (
            <span className="ml-auto flex opacity-0 group-focus-within/comment:opacity-100 group-hover/comment:opacity-100 pointer-coarse:opacity-100 has-data-popup-open:opacity-100">
              {mayWrite ? <ReactionMenu comment={comment} threadId={thread.id} /> : null}
              {resolve === undefined ? null : (
                <IconButton size="sm" label={words.resolve} onClick={resolve}>
                  <Check size={14} aria-hidden />
                </IconButton>
              )}
              {mayWrite ? (
                <Menu
                  trigger={
                    <IconButton size="sm" label={words.commentActions(comment.author.name)}>
                      <Ellipsis size={14} aria-hidden />
                    </IconButton>
                  }
                >
                  {comment.parentId === null ? (
                    <MenuItem onSelect={() => setMode('reply')}>{words.replyTo}</MenuItem>
                  ) : null}
                  {isMine ? <MenuItem onSelect={() => setMode('edit')}>{words.editComment}</MenuItem> : null}
                  {isMine ? (
                    <MenuItem danger onSelect={() => store.do({ kind: 'remove_comment', ...place })}>
                      {words.deleteComment}
                    </MenuItem>
                  ) : null}
                </Menu>
              ) : null}
            </span>
          )}
        </p>
        {mode === 'edit' ? (
          <Composer
            draftKey={`edit-${comment.id}`}
            label={words.editComment}
            placeholder=""
            initial={comment.body}
            takesFocus
            onEscape={() => setMode('read')}
            onSend={(body) => {
              store.do({ kind: 'change_comment', ...place, body });
              setMode('read');
            }}
          />
        ) : (
          <CommentText comment={comment} />
        )}
        <Reactions comment={comment} threadId={thread.id} />
        {replies.length > 0 ? (
          <ol className="mt-2 flex flex-col gap-2">
            {replies.map((reply) => (
              <Comment key={reply.id} comment={reply} thread={thread} />
            ))}
          </ol>
        ) : null}
        {mode === 'reply' ? (
          <div className="mt-2">
            <Composer
              draftKey={`reply-${comment.id}`}
              label={words.replyLabel(comment.author.name)}
              placeholder={words.replyLabel(comment.author.name)}
              takesFocus
              onEscape={() => setMode('read')}
              onSend={(body) => {
                const reply = { commentId: newId(), parentId: comment.id, body, deskOnly: thread.deskOnly };
                store.do({ kind: 'add_comment', claimId: null, threadId: thread.id, ...reply });
                setMode('read');
              }}
            />
          </div>
        ) : null}
      </div>
    </li>
  );
});

function CommentText({ comment }: { comment: CommentRecord }) {
  const { viewer } = useDesk();
  if (comment.deleted) return <p className="text-ink-3 italic">{words.deletedComment}</p>;
  return (
    <p dir="auto" className="break-words whitespace-pre-wrap">
      {commentParts(comment.body).map((part, index) =>
        part.kind === 'text' ? (
          part.text
        ) : (
          <span
            key={index}
            className={
              part.memberId === viewer.id ? 'rounded-[3px] bg-selected px-0.5 font-semibold' : 'font-semibold'
            }
          >
            @{part.name}
          </span>
        ),
      )}
    </p>
  );
}

function ReactionMenu({ comment, threadId }: { comment: CommentRecord; threadId: string }) {
  const { store } = useDesk();
  return (
    <Menu
      className="min-w-0"
      trigger={
        <IconButton size="sm" label={words.react}>
          <SmilePlus size={14} aria-hidden />
        </IconButton>
      }
    >
      {reactionNames.map((name) => (
        <MenuItem
          key={name}
          onSelect={() => store.do({ kind: 'react', threadId, commentId: comment.id, name, on: true })}
        >
          <span aria-hidden>{reactions[name]}</span> {words.reactionNames[name]}
        </MenuItem>
      ))}
    </Menu>
  );
}

function Reactions({ comment, threadId }: { comment: CommentRecord; threadId: string }) {
  const { store, viewer } = useDesk();
  const mayWrite = useMay('comment.write');
  if (comment.reactions.length === 0 || comment.deleted) return null;
  return (
    <ul className="mt-1 flex flex-wrap gap-1">
      {comment.reactions.map(({ name, by }) => {
        const isMine = by.some((one) => one.id === viewer.id);
        const known = reactionNames.find((one) => one === name);
        if (known === undefined) return null;
        return (
          <li key={name}>
            <button
              type="button"
              disabled={!mayWrite}
              aria-pressed={isMine}
              title={by.map((one) => one.name).join(', ')}
              aria-label={words.reactionCount(words.reactionNames[known], by.length)}
              onClick={() => store.do({ kind: 'react', threadId, commentId: comment.id, name, on: !isMine })}
              className="num inline-flex h-6 items-center gap-1 rounded-full border border-line px-1.5 text-xs text-ink-2 aria-pressed:border-line-strong aria-pressed:bg-selected"
            >
              <span aria-hidden className="text-[11px]">
                {reactions[known]}
              </span>
              {by.length}
            </button>
          </li>
        );
      })}
    </ul>
  );
}
