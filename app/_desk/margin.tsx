'use client';
/**
 * The margin: a one-line stub beside each claim's line, the chosen card in its true place, tied to its words by a
 * hairline. It scrolls with the text by itself; only what is near the viewport is in the DOM.
 */
import { clsx } from 'clsx';
import { ChevronDown } from 'lucide-react';
import { useEffect, useLayoutEffect, useMemo, useRef, useState, type ReactNode, type RefObject } from 'react';
import type { ThreadRecord } from '#core/records.ts';
import { reportStrings as words } from '../_strings/en-report.ts';
import { Button } from '../_ui/button.tsx';
import { ClaimCard } from './claim-card.tsx';
import { isUnplaced } from './claim-filters.ts';
import { ClaimStub, STUB_HEIGHT, ThreadStub } from './claim-stub.tsx';
import { useDesk, useDeskData, useDeskUi } from './desk-context.tsx';
import { layMargin, rowsBetween, type MarginItem, type PlacedItem } from './margin-layout.ts';
import { NewThreadCard, ThreadCard } from './thread-card.tsx';
import { useCounts, useShownClaims, useShownThreads } from './use-shown.ts';

const GAP = 4;
const MAX_DRIFT = 320;
/** A stub's middle is its line's. */
const STUB_LIFT = 4;
/** The open card begins a little above its line, as the eye expects from a note. */
const CARD_LIFT = 44;
const FIRST_CARD_HEIGHT = 320;
const NEW_COMMENT = 'new-comment';
const SCROLL_STEP = 240;

export function Margin({ textHost }: { textHost: RefObject<HTMLElement | null> }) {
  const aside = useRef<HTMLElement>(null);
  const loose = useRef<HTMLDivElement>(null);
  const [cardHeight, setCardHeight] = useState(FIRST_CARD_HEIGHT);
  const places = useDeskUi((state) => state.places);
  const activeId = useDeskUi((state) => state.activeId);
  const hoverId = useDeskUi((state) => state.hoverId);
  const commentOn = useDeskUi((state) => state.commentOn);
  const claims = useShownClaims();
  const threads = useShownThreads();
  const looseClaims = useMemo(() => claims.filter(isUnplaced), [claims]);
  const looseThreads = useMemo(() => threads.filter(isLoose), [threads]);
  const frame = useFrame(aside, textHost, loose, places, looseClaims.length + looseThreads.length);
  const span = useVisibleSpan(aside);
  const chosenId = commentOn === null ? activeId : NEW_COMMENT;

  const items = useMemo(() => {
    const found: MarginItem[] = [];
    const add = (id: string, top: number): void => {
      const isChosen = id === chosenId;
      const lift = isChosen ? CARD_LIFT : STUB_LIFT;
      found.push({ id, wanted: top + frame.textTop - lift, height: isChosen ? cardHeight : STUB_HEIGHT });
    };
    for (const { id } of [...claims.filter((claim) => !isUnplaced(claim)), ...threads]) {
      const place = places.get(id);
      if (place !== undefined) add(id, place.top);
    }
    if (commentOn !== null) add(NEW_COMMENT, commentOn.top);
    // By line; the chosen card's lift must not change the order.
    const lineOf = (item: MarginItem): number => item.wanted + (item.id === chosenId ? CARD_LIFT : STUB_LIFT);
    return found.toSorted((a, b) => lineOf(a) - lineOf(b));
  }, [claims, threads, places, commentOn, chosenId, cardHeight, frame]);
  const rows = useMemo(
    () => layMargin(items, chosenId, { gap: GAP, minTop: frame.minTop, maxDrift: MAX_DRIFT }),
    [items, chosenId, frame.minTop],
  );
  const near = rowsBetween(rows, span.top, span.bottom);
  const last = rows.at(-1);
  const chosenPlace = chosenId === null ? undefined : places.get(chosenId);
  const chosenRow = rows.find((row) => row.id === chosenId);
  const threadsById = useMemo(() => new Map(threads.map((thread) => [thread.id, thread])), [threads]);

  return (
    <aside
      ref={aside}
      aria-label={words.margin}
      className="relative hidden border-l border-line min-[900px]:block"
      style={{ minHeight: last === undefined ? undefined : last.top + last.height + 80 }}
    >
      <NothingFits />
      <Gone />
      <div ref={loose}>
        {looseClaims.length === 0 ? null : (
          <section aria-label={words.looseHeading(looseClaims.length)} className="px-4 pt-5 pb-2">
            <h2 className="mb-1 text-2xs font-semibold text-ink-3">
              {words.looseHeading(looseClaims.length)}
            </h2>
            {looseClaims.map((claim) =>
              claim.id === activeId ? (
                <Floating key={claim.id} className="my-1">
                  <ClaimCard claimId={claim.id} />
                </Floating>
              ) : (
                <ClaimStub key={claim.id} claimId={claim.id} />
              ),
            )}
          </section>
        )}
        <LooseThreads threads={looseThreads} />
      </div>
      {chosenRow !== undefined && chosenPlace !== undefined ? (
        <div
          aria-hidden
          className="pointer-events-none absolute h-px bg-line-strong"
          style={{
            top: chosenPlace.top + frame.textTop + 25,
            insetInlineStart: -frame.gutter,
            width: frame.gutter + 8,
          }}
        />
      ) : null}
      {near.map((row) =>
        row.id === chosenId ? (
          <Chosen key={row.id} row={row} onHeight={setCardHeight}>
            {commentOn !== null ? (
              <NewThreadCard selection={commentOn.words} />
            ) : threadsById.has(row.id) ? (
              <ThreadOf id={row.id} threads={threadsById} />
            ) : (
              <ClaimCard claimId={row.id} />
            )}
          </Chosen>
        ) : (
          <div
            key={row.id}
            className={clsx(
              'absolute inset-x-4',
              frame.isSettled && 'transition-[top] duration-150 ease-out',
            )}
            data-hovered={row.cluster.includes(hoverId ?? '') || undefined}
            style={{ top: row.top }}
          >
            <Row row={row} threads={threadsById} />
          </div>
        ),
      )}
    </aside>
  );
}

/** About the report as a whole, or about words that are gone. */
function isLoose({ anchor, suggestion }: ThreadRecord): boolean {
  return suggestion?.state !== 'accepted' && (anchor === null || anchor.state === 'orphaned');
}

function LooseThreads({ threads }: { threads: readonly ThreadRecord[] }) {
  const activeId = useDeskUi((state) => state.activeId);
  if (threads.length === 0) return null;
  return (
    <section aria-label={words.looseThreads(threads.length)} className="px-4 pt-5 pb-2">
      <h2 className="mb-1 text-2xs font-semibold text-ink-3">{words.looseThreads(threads.length)}</h2>
      {threads.map((thread) =>
        thread.id === activeId ? (
          <Floating key={thread.id} className="my-1">
            <ThreadCard thread={thread} />
          </Floating>
        ) : (
          <ThreadStub key={thread.id} thread={thread} />
        ),
      )}
    </section>
  );
}

type Threads = ReadonlyMap<string, ReturnType<typeof useShownThreads>[number]>;

function Row({ row, threads }: { row: PlacedItem; threads: Threads }) {
  const { actions } = useDesk();
  const hidden = row.cluster.length - 1;
  const thread = threads.get(row.id);
  const next = row.cluster[1];
  return (
    <div className="flex items-center">
      <div className="min-w-0 flex-1">
        {thread === undefined ? <ClaimStub claimId={row.id} /> : <ThreadStub thread={thread} />}
      </div>
      {hidden > 0 && next !== undefined ? (
        <button
          type="button"
          title={words.moreHere(hidden)}
          aria-label={words.moreHere(hidden)}
          onClick={() => actions.choose(next, { scroll: true })}
          className="num inline-flex h-6 shrink-0 items-center gap-0.5 rounded-full bg-selected px-2 text-2xs text-ink-2 hover:text-ink"
        >
          +{hidden} <ChevronDown size={11} aria-hidden />
        </button>
      ) : null}
    </div>
  );
}

/** The chosen claim was deleted, or a link led to none. */
function Gone() {
  const activeId = useDeskUi((ui) => ui.activeId);
  const isKnown = useDeskData(
    ({ shown }) => activeId === null || shown.claims.has(activeId) || shown.threads.has(activeId),
  );
  if (isKnown || activeId === null) return null;
  return (
    <div className="sticky top-[72px] z-10 h-0 px-3">
      <Floating>
        <ClaimCard claimId={activeId} />
      </Floating>
    </div>
  );
}

function NothingFits() {
  const { actions } = useDesk();
  const filter = useDeskUi((ui) => ui.filter);
  const counts = useCounts();
  if (filter === 'all' || counts[filter] > 0) return null;
  return (
    <div className="sticky top-[72px] z-[5] flex h-0 items-start gap-2 px-5">
      <p className="flex-1 pt-1 text-ink-2">{words.nothingFits(words.filters[filter])}</p>
      <Button size="sm" onClick={() => actions.show('all')}>
        {words.showAll}
      </Button>
    </div>
  );
}

function ThreadOf({ id, threads }: { id: string; threads: Threads }) {
  const thread = threads.get(id);
  return thread === undefined ? null : <ThreadCard thread={thread} />;
}

function Floating({ children, className }: { children: ReactNode; className?: string }) {
  return (
    <div className={clsx('rounded-2 border border-line-strong bg-card px-3.5 py-3 shadow-float', className)}>
      {children}
    </div>
  );
}

function Chosen({
  row,
  onHeight,
  children,
}: {
  row: PlacedItem;
  onHeight: (height: number) => void;
  children: ReactNode;
}) {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    const measure = (): void => onHeight(Math.ceil(element.getBoundingClientRect().height));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [onHeight]);
  return (
    <div ref={box} className="desk-card absolute right-3 left-2 z-10" style={{ top: row.top }}>
      <Floating>{children}</Floating>
    </div>
  );
}

interface Frame {
  /** The text's top, from the margin's. */
  readonly textTop: number;
  /** From the text's right edge to the margin. */
  readonly gutter: number;
  readonly minTop: number;
  /** Measured with the text in place: from now on changes move instead of jumping. */
  readonly isSettled: boolean;
}

const unmeasured: Frame = { textTop: 0, gutter: 0, minTop: 8, isSettled: false };

function useFrame(
  aside: RefObject<HTMLElement | null>,
  textHost: RefObject<HTMLElement | null>,
  loose: RefObject<HTMLElement | null>,
  places: unknown,
  looseCount: number,
): Frame {
  const [frame, setFrame] = useState(unmeasured);
  useLayoutEffect(() => {
    const measure = (): void => {
      if (aside.current === null || textHost.current === null) return;
      const margin = aside.current.getBoundingClientRect();
      const host = textHost.current.getBoundingClientRect();
      const text = textHost.current.querySelector('.text')?.getBoundingClientRect() ?? host;
      const next: Frame = {
        textTop: host.top - margin.top,
        gutter: Math.max(0, margin.left - text.right),
        minTop: (loose.current?.offsetHeight ?? 0) + 8,
        isSettled: true,
      };
      setFrame((before) => (isSameFrame(before, next) ? before : next));
    };
    measure();
    window.addEventListener('resize', measure);
    const observer = new ResizeObserver(measure);
    if (loose.current !== null) observer.observe(loose.current);
    return () => {
      window.removeEventListener('resize', measure);
      observer.disconnect();
    };
  }, [aside, textHost, loose, places, looseCount]);
  return frame;
}

function isSameFrame(a: Frame, b: Frame): boolean {
  return (
    a.textTop === b.textTop && a.gutter === b.gutter && a.minTop === b.minTop && a.isSettled === b.isSettled
  );
}

/** The stretch of the margin that is near the viewport, in steps, so that scrolling renders seldom. */
function useVisibleSpan(aside: RefObject<HTMLElement | null>): { top: number; bottom: number } {
  const [step, setStep] = useState(0);
  const [height, setHeight] = useState(1_200);
  useEffect(() => {
    const read = (): void => {
      const top = -(aside.current?.getBoundingClientRect().top ?? 0);
      setStep(Math.floor(top / SCROLL_STEP));
      setHeight(window.innerHeight);
    };
    read();
    window.addEventListener('scroll', read, { passive: true });
    window.addEventListener('resize', read);
    return () => {
      window.removeEventListener('scroll', read);
      window.removeEventListener('resize', read);
    };
  }, [aside]);
  return { top: step * SCROLL_STEP - height, bottom: (step + 1) * SCROLL_STEP + 2 * height };
}
