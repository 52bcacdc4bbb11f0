'use client';
/** A closed card: one line, beside its line of the text. Sign, quotation, talk, person. */
import { CloudOff, MessageSquare, PencilLine, Plus } from 'lucide-react';
import { memo } from 'react';
import type { ClaimRecord, ThreadRecord } from '#core/records.ts';
import { plainComment } from '#core/mentions.ts';
import { reportStrings as words } from '../_strings/en-report.ts';
import { Avatar } from '../_ui/avatar.tsx';
import { markStateOf, toneOfClaim } from './claim-mark.ts';
import { isPending } from '../_data/desk-store.ts';
import { ClaimSign } from './claim-sign.tsx';
import { useClaim, useColorOf, useDesk, useDeskData } from './desk-context.tsx';
import { suggestionLine } from './suggestion-line.ts';

export const STUB_HEIGHT = 30;

const frame =
  'flex h-[30px] w-full items-center gap-2 rounded-1 pr-2 pl-[9px] text-left hover:bg-hover data-hover:bg-hover';

export const ClaimStub = memo(function ClaimStub({ claimId, more = 0 }: { claimId: string; more?: number }) {
  const { actions, ui, ratings } = useDesk();
  const claim = useClaim(claimId);
  const talk = useTalkCount(claimId);
  const isKept = useDeskData((data) => data.live === 'away' && isPending(data, claimId));
  if (claim === undefined) return null;
  const state = markStateOf(claim);
  return (
    <button
      type="button"
      data-stub={claimId}
      className={frame}
      onClick={() => actions.choose(claimId, { scroll: true })}
      onPointerEnter={() => ui.setState({ hoverId: claimId })}
      onPointerLeave={() => ui.setState({ hoverId: null })}
      onFocus={() => ui.setState({ hoverId: claimId })}
      onBlur={() => ui.setState({ hoverId: null })}
    >
      <ClaimSign state={state} tone={toneOfClaim(claim, ratings)} />
      <span
        dir="auto"
        className="min-w-0 flex-1 truncate font-text text-[13.5px] leading-[1.4] text-ink-2 [text-decoration:inherit]"
      >
        {claim.quote.exact}
      </span>
      <span className="sr-only">
        {words.markLabel(words.markStates[state], claim.verdict?.label ?? null)}
      </span>
      {isKept ? <CloudOff size={13} aria-label={words.keptHere} className="text-ink-3" /> : null}
      {talk > 0 ? <TalkCount count={talk} /> : null}
      {more > 0 ? <More count={more} /> : <StubPerson claim={claim} />}
    </button>
  );
});

function More({ count }: { count: number }) {
  return (
    <span className="num inline-flex h-[18px] items-center rounded-full bg-selected px-1.5 text-2xs text-ink-2">
      <Plus size={10} aria-hidden />
      {count}
      <span className="sr-only">{words.moreHere(count)}</span>
    </span>
  );
}

function TalkCount({ count }: { count: number }) {
  return (
    <span className="num inline-flex shrink-0 items-center gap-[3px] text-xs text-ink-3">
      <MessageSquare size={12} aria-hidden />
      {count}
      <span className="sr-only">{words.commentsSuffix(count)}</span>
    </span>
  );
}

/** Who has it: whom it was given to, else who rated it, else nobody. */
function StubPerson({ claim }: { claim: ClaimRecord }) {
  const assigned = claim.assignments.findLast((one) => one.status !== 'declined')?.member;
  const person = assigned ?? claim.verdict?.proposedBy ?? null;
  const color = useColorOf(person?.id ?? null);
  return person === null ? null : <Avatar name={person.name} color={color} size="xs" decorative />;
}

export function useTalkCount(claimId: string): number {
  return useDeskData((data) => {
    let count = 0;
    for (const thread of data.shown.threads.values()) {
      if (thread.claimId === claimId && thread.state === 'open')
        count += thread.comments.filter((one) => !one.deleted).length;
    }
    return count;
  });
}

export const ThreadStub = memo(function ThreadStub({ thread }: { thread: ThreadRecord }) {
  const { actions, ui } = useDesk();
  const last = thread.comments.findLast((one) => !one.deleted);
  const color = useColorOf(last?.author.id ?? null);
  return (
    <button
      type="button"
      data-stub={thread.id}
      className={frame}
      onClick={() => actions.choose(thread.id, { scroll: true })}
      onPointerEnter={() => ui.setState({ hoverId: thread.id })}
      onPointerLeave={() => ui.setState({ hoverId: null })}
    >
      {thread.suggestion === null ? (
        <MessageSquare size={14} aria-hidden className="text-ink-3" />
      ) : (
        <PencilLine size={14} aria-hidden className="text-ink-3" />
      )}
      <span className="min-w-0 flex-1 truncate text-sm text-ink-2">
        {thread.suggestion !== null
          ? suggestionLine(thread.suggestion, thread.quote?.exact ?? '')
          : last === undefined
            ? ''
            : plainComment(last.body)}
      </span>
      {thread.comments.length > 1 ? <TalkCount count={thread.comments.length} /> : null}
      {last === undefined ? null : <Avatar name={last.author.name} color={color} size="xs" decorative />}
    </button>
  );
});
