'use client';
/**
 * On a narrow screen the chosen card is a sheet at half height: pull it up, pull it down to close; the claim before
 * and after are on it. The text above stays readable and scrollable.
 */
import { ChevronDown, ChevronUp } from 'lucide-react';
import { useEffect, useRef, useState, type PointerEvent } from 'react';
import { reportStrings as words } from '../_strings/en-report.ts';
import { IconButton } from '../_ui/button.tsx';
import { ClaimCard } from './claim-card.tsx';
import { useDesk, useDeskData, useDeskUi } from './desk-context.tsx';
import { NewThreadCard, ThreadCard } from './thread-card.tsx';
import { useShownClaims } from './use-shown.ts';

const HALF = 0.47;
const WHOLE = 0.9;
const FLICK_PX = 60;

export function Sheet() {
  const { actions, text } = useDesk();
  const activeId = useDeskUi((ui) => ui.activeId);
  const commentOn = useDeskUi((ui) => ui.commentOn);
  const thread = useDeskData((data) => data.shown.threads.get(activeId ?? ''));
  const [isWhole, setWhole] = useState(false);
  const [drag, setDrag] = useState(0);
  const from = useRef<number | null>(null);
  const scroller = useRef<HTMLDivElement>(null);
  useEffect(() => {
    scroller.current?.scrollTo({ top: 0 });
    if (activeId !== null && !isAboveSheet(activeId)) text.current?.scrollTo(activeId);
  }, [activeId, text]);
  if (activeId === null && commentOn === null) return null;

  const grab = (event: PointerEvent<HTMLElement>): void => {
    from.current = event.clientY;
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  const pull = (event: PointerEvent): void => {
    if (from.current !== null) setDrag(event.clientY - from.current);
  };
  const letGo = (): void => {
    const pulled = drag;
    from.current = null;
    setDrag(0);
    if (pulled < -FLICK_PX) setWhole(true);
    else if (pulled > FLICK_PX && isWhole) setWhole(false);
    else if (pulled > FLICK_PX) actions.close();
  };
  const height = `calc(${(isWhole ? WHOLE : HALF) * 100}dvh - ${Math.round(drag)}px)`;
  return (
    <section
      aria-label={words.card}
      style={{ height, maxHeight: '92dvh' }}
      className="desk-sheet fixed inset-x-0 bottom-0 z-30 flex flex-col rounded-t-[16px] bg-card text-md shadow-[0_-10px_40px_rgb(29_28_26/0.18)]"
      data-dragging={drag !== 0 || undefined}
    >
      <button
        type="button"
        aria-label={isWhole ? words.sheetDown : words.sheetUp}
        aria-expanded={isWhole}
        onClick={() => Math.abs(drag) < 4 && setWhole(!isWhole)}
        onPointerDown={grab}
        onPointerMove={pull}
        onPointerUp={letGo}
        onPointerCancel={letGo}
        className="grid h-6 w-full shrink-0 touch-none place-items-center"
      >
        <span className="h-1 w-9 rounded-[2px] bg-line-strong" />
      </button>
      {thread === undefined && activeId !== null ? <Steps activeId={activeId} /> : null}
      <div
        ref={scroller}
        className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-4 pb-[max(16px,env(safe-area-inset-bottom))]"
      >
        {commentOn !== null ? (
          <NewThreadCard selection={commentOn.words} />
        ) : thread !== undefined ? (
          <ThreadCard key={thread.id} thread={thread} />
        ) : (
          <ClaimCard key={activeId} claimId={activeId ?? ''} />
        )}
      </div>
    </section>
  );
}

/** Whether the words stand in the part of the window that the sheet leaves free. */
function isAboveSheet(id: string): boolean {
  const rect = document
    .querySelector(`[data-claim="${CSS.escape(id)}"], [data-comment="${CSS.escape(id)}"]`)
    ?.getBoundingClientRect();
  return rect !== undefined && rect.top > 100 && rect.bottom < window.innerHeight * (1 - HALF);
}

function Steps({ activeId }: { activeId: string }) {
  const { actions } = useDesk();
  const claims = useShownClaims();
  const at = claims.findIndex((claim) => claim.id === activeId);
  return (
    <nav aria-label={words.steps} className="flex items-center justify-between px-2 text-[12px] text-ink-3">
      <IconButton size="sm" label={words.previousClaim} disabled={at <= 0} onClick={() => actions.step(-1)}>
        <ChevronUp size={18} aria-hidden />
      </IconButton>
      <span className="num">{words.nth(at + 1, claims.length)}</span>
      <IconButton
        size="sm"
        label={words.nextClaim}
        disabled={at === -1 || at >= claims.length - 1}
        onClick={() => actions.step(1)}
      >
        <ChevronDown size={18} aria-hidden />
      </IconButton>
    </nav>
  );
}
