'use client';
/** The left rail: how far we are, what to show, where in the text one is. On narrower screens a strip on top. */
import { clsx } from 'clsx';
import { ListFilter } from 'lucide-react';
import { useEffect, useMemo, useState, type ReactNode, type RefObject } from 'react';
import type { TextNodeJson } from '../_editor/marks.ts';
import { openPalette } from '../_palette/palette-host.tsx';
import { reportStrings as words } from '../_strings/en-report.ts';
import { strings } from '../_strings/en.ts';
import { Button } from '../_ui/button.tsx';
import { Kbd } from '../_ui/kbd.tsx';
import { Menu, MenuItem } from '../_ui/menu.tsx';
import { ProgressBar } from '../_ui/progress-bar.tsx';
import { claimFilters, type ClaimFilter } from './claim-filters.ts';
import { useDesk, useDeskUi, useMay } from './desk-context.tsx';
import { outlineOf, type OutlineEntry } from './outline.ts';
import { useCounts, useProgress } from './use-shown.ts';

export function Rail({ doc, textHost }: { doc: TextNodeJson; textHost: RefObject<HTMLElement | null> }) {
  const { ui } = useDesk();
  const outline = useMemo(() => outlineOf(doc), [doc]);
  return (
    <nav
      aria-label={words.rail}
      className="sticky top-[52px] hidden h-[calc(100dvh-52px)] flex-col gap-6 overflow-y-auto border-r border-line px-4 pt-5 pb-4 min-[1200px]:flex"
    >
      <Progress />
      <Filters />
      {outline.length > 1 ? <Outline entries={outline} textHost={textHost} /> : null}
      <div className="mt-auto flex shrink-0 items-center gap-1.5 text-[12px] text-ink-3">
        <button
          type="button"
          className="flex min-h-6 items-center gap-1.5 rounded-1 hover:text-ink"
          onClick={() => ui.setState({ shortcutsOpen: true })}
        >
          <Kbd>?</Kbd> {words.shortcuts}
        </button>
        <button
          type="button"
          className="ml-auto flex min-h-6 items-center gap-1.5 rounded-1 hover:text-ink"
          onClick={() => openPalette()}
        >
          <Kbd>ModK</Kbd> {words.find}
        </button>
      </div>
    </nav>
  );
}

function Heading({ children }: { children: ReactNode }) {
  return <h2 className="mb-2 text-2xs font-semibold text-ink-3">{children}</h2>;
}

function Progress() {
  const { ratings } = useDesk();
  const counts = useProgress();
  return (
    <section>
      <Heading>{words.decided}</Heading>
      <p className="num text-[26px] leading-[1.2] font-semibold tracking-[-0.02em]">
        {counts.decided}{' '}
        <small className="text-[12.5px] font-[450] tracking-normal text-ink-3">
          {words.ofClaims(counts.total)}
        </small>
      </p>
      <ProgressBar counts={counts} scale={ratings} className="mt-2.5" />
    </section>
  );
}

/** Those that are always there, and those that show themselves when they hold something. */
function useFilters(): { filter: ClaimFilter; count: number }[] {
  const counts = useCounts();
  const chosen = useDeskUi((ui) => ui.filter);
  const mayReview = useMay('verdict.review');
  const always: readonly ClaimFilter[] = mayReview
    ? ['all', 'mine', 'left', 'awaiting', 'recheck', 'unplaced']
    : ['all', 'mine', 'left', 'recheck', 'unplaced'];
  return claimFilters
    .filter(
      (filter) =>
        always.includes(filter) || filter === chosen || (filter !== 'awaiting' && counts[filter] > 0),
    )
    .map((filter) => ({ filter, count: counts[filter] }));
}

function Filters() {
  const { actions } = useDesk();
  const chosen = useDeskUi((ui) => ui.filter);
  const filters = useFilters();
  return (
    <section>
      <Heading>{words.show}</Heading>
      <ul>
        {filters.map(({ filter, count }) => (
          <li key={filter}>
            <button
              type="button"
              aria-pressed={chosen === filter}
              data-filter={filter}
              onClick={() => actions.show(filter)}
              className="-mx-2 flex min-h-[29px] w-[calc(100%+16px)] items-center justify-between gap-2 rounded-1 px-2 text-left text-ink-2 hover:bg-hover aria-pressed:bg-selected aria-pressed:font-[550] aria-pressed:text-ink"
            >
              {words.filters[filter]}
              <span className="num font-[450] text-ink-3">{words.number(count)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Outline({
  entries,
  textHost,
}: {
  entries: readonly OutlineEntry[];
  textHost: RefObject<HTMLElement | null>;
}) {
  const here = useHeadingInView(textHost);
  const current = entries.findLast((entry) => entry.index <= here)?.index ?? entries[0]?.index;
  return (
    <section className="-mx-2 min-h-32 flex-1 overflow-y-auto px-2">
      <Heading>{words.inThisReport}</Heading>
      <ul>
        {entries.map(({ index, text, depth }) => (
          <li key={index}>
            <button
              type="button"
              aria-current={current === index ? 'location' : undefined}
              onClick={() =>
                headingsIn(textHost)[index]?.scrollIntoView({ block: 'start', behavior: 'smooth' })
              }
              style={{ paddingInlineStart: 8 + depth * 12 }}
              className="-mx-2 block min-h-[29px] w-[calc(100%+16px)] truncate rounded-1 px-2 text-left text-ink-2 hover:bg-hover aria-[current]:bg-selected aria-[current]:font-[550] aria-[current]:text-ink"
            >
              {text}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function headingsIn(host: RefObject<HTMLElement | null>): HTMLElement[] {
  return [...(host.current?.querySelectorAll<HTMLElement>('.text :is(h1,h2,h3,h4,h5,h6)') ?? [])];
}

/** The last heading that has passed the upper third of the window; -1 before the first. */
function useHeadingInView(host: RefObject<HTMLElement | null>): number {
  const [here, setHere] = useState(-1);
  useEffect(() => {
    let frame = 0;
    const read = (): void => {
      frame = 0;
      const line = window.innerHeight / 3;
      setHere(headingsIn(host).findLastIndex((heading) => heading.getBoundingClientRect().top < line));
    };
    const soon = (): void => {
      if (frame === 0) frame = requestAnimationFrame(read);
    };
    read();
    window.addEventListener('scroll', soon, { passive: true });
    return () => {
      window.removeEventListener('scroll', soon);
      cancelAnimationFrame(frame);
    };
  }, [host]);
  return here;
}

/** Below 1200 px: progress as a thin bar, and the filters in a menu. */
export function Strip() {
  const { ratings, actions } = useDesk();
  const counts = useProgress();
  const chosen = useDeskUi((ui) => ui.filter);
  const filters = useFilters();
  const left = counts.total - counts.decided;
  return (
    <div className="sticky top-[52px] z-10 flex h-10 items-center gap-2 border-b border-line bg-paper px-3.5 text-sm text-ink-2 min-[1200px]:hidden">
      <p className="num whitespace-nowrap">
        <b className="font-semibold text-ink">{counts.decided}</b> {words.ofDecided(counts.total)}
      </p>
      <ProgressBar counts={counts} scale={ratings} className="min-w-8 flex-1" />
      <Menu
        trigger={
          <Button
            size="sm"
            icon={<ListFilter size={14} aria-hidden />}
            className={clsx('pointer-coarse:h-8', chosen !== 'all' && 'border-ink-3')}
          >
            {chosen === 'all' ? strings.progress.left(left) : words.filters[chosen]}
          </Button>
        }
      >
        {filters.map(({ filter, count }) => (
          <MenuItem
            key={filter}
            onSelect={() => actions.show(filter)}
            end={<span className="num text-ink-3">{count}</span>}
          >
            {words.filters[filter]}
          </MenuItem>
        ))}
      </Menu>
    </div>
  );
}
