'use client';
/** A thread on plain words: which words, what was said; and the card that waits for a first comment. */
import { Check, MessageSquare, PencilLine, RotateCcw, X } from 'lucide-react';
import { useState } from 'react';
import type { ThreadRecord } from '#core/records.ts';
import { newId } from '../_data/ids.ts';
import type { SelectedWords } from '../_editor/marks.ts';
import { reportStrings as words } from '../_strings/en-report.ts';
import { strings } from '../_strings/en.ts';
import { IconButton } from '../_ui/button.tsx';
import { Composer } from './composer.tsx';
import { useDesk, useMay } from './desk-context.tsx';
import { SuggestionPart } from './suggestion-part.tsx';
import { ThreadBody } from './talk.tsx';

export function ThreadCard({ thread }: { thread: ThreadRecord }) {
  const { actions, store } = useDesk();
  const mayWrite = useMay('comment.write');
  const mayResolve = useMay('thread.resolve');
  const isOpen = thread.state === 'open';
  const turn = (): void => {
    store.do({ kind: 'set_thread_state', threadId: thread.id, state: isOpen ? 'resolved' : 'open' });
    if (isOpen) actions.close();
  };
  return (
    <article aria-label={words.threadLabel} data-card={thread.id}>
      <header className="flex min-h-[26px] items-center gap-2">
        <span className="inline-flex items-center gap-[5px] text-xs text-ink-3">
          {thread.suggestion === null ? (
            <MessageSquare size={14} aria-hidden />
          ) : (
            <PencilLine size={14} aria-hidden />
          )}{' '}
          {thread.suggestion === null ? words.commentOnWords : words.suggestion.label}
        </span>
        <span className="flex-1" />
        {mayResolve && thread.suggestion?.state !== 'pending' ? (
          <IconButton size="sm" label={isOpen ? words.resolve : words.reopen} onClick={turn}>
            {isOpen ? <Check size={15} aria-hidden /> : <RotateCcw size={14} aria-hidden />}
          </IconButton>
        ) : null}
        <IconButton
          size="sm"
          label={strings.ui.close}
          kbd="Esc"
          onClick={() => actions.close()}
          className="-mr-1.5"
        >
          <X size={15} aria-hidden />
        </IconButton>
      </header>
      <ThreadWords thread={thread} />
      {thread.anchor?.state === 'orphaned' && thread.suggestion?.state !== 'accepted' ? (
        <p className="mb-2 text-xs text-ink-3">{words.wordsGone}</p>
      ) : null}
      <SuggestionPart thread={thread} />
      <ThreadBody thread={thread} isAlone />
      {mayWrite ? (
        <Composer
          draftKey={`thread-${thread.id}`}
          label={words.writeComment}
          placeholder={words.reply}
          onSend={(body) => {
            const comment = { commentId: newId(), parentId: null, body, deskOnly: thread.deskOnly };
            store.do({ kind: 'add_comment', claimId: null, threadId: thread.id, ...comment });
          }}
        />
      ) : null}
    </article>
  );
}

function ThreadWords({ thread }: { thread: ThreadRecord }) {
  if (thread.suggestion !== null) return null;
  if (thread.quote === null) return <p className="my-2 text-xs text-ink-3">{words.aboutReport}</p>;
  return (
    <blockquote
      dir="auto"
      className="my-2 line-clamp-4 font-text text-[15px] leading-[1.45] break-words text-ink-2"
    >
      “{thread.quote.exact}”
    </blockquote>
  );
}

export function NewThreadCard({ selection }: { selection: SelectedWords }) {
  const { actions, text } = useDesk();
  const [deskOnly, setDeskOnly] = useState(false);
  return (
    <article aria-label={words.newComment}>
      <blockquote dir="auto" className="mb-2 line-clamp-3 font-text text-[15px] leading-[1.45] text-ink-2">
        “{selection.exact}”
      </blockquote>
      <Composer
        draftKey={`words-${selection.start}-${selection.end}`}
        label={words.newComment}
        placeholder={words.comment}
        takesFocus
        deskOnly={deskOnly}
        onDeskOnly={setDeskOnly}
        onSend={(body) => actions.openThread(selection, body, deskOnly)}
        onEscape={() => {
          actions.close();
          text.current?.focusText();
        }}
      />
    </article>
  );
}
