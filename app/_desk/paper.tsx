'use client';
/** What is read: where it came from, its title, its text with the claims drawn in. */
import { FileCheck2 } from 'lucide-react';
import { useCallback, useLayoutEffect, useMemo, useState, type RefObject } from 'react';
import { can } from '#core/domain/roles.ts';
import type { CommentMark, MarkPlace, TextNodeJson } from '../_editor/marks.ts';
import { SelectionBar } from '../_editor/selection-bar.tsx';
import { TextEditor } from '../_editor/text-editor.tsx';
import { reportStrings as words } from '../_strings/en-report.ts';
import { strings } from '../_strings/en.ts';
import { DayOf } from '../_ui/clock.tsx';
import { MarkCache } from './claim-mark.ts';
import { useDesk, useDeskData, useDeskUi, useMay } from './desk-context.tsx';
import { useClaimsInOrder, useCounts, useShownThreads } from './use-shown.ts';

export function Paper({
  initialDoc,
  host,
}: {
  initialDoc: TextNodeJson;
  host: RefObject<HTMLDivElement | null>;
}) {
  const { session, me, text, ui, actions, viewer } = useDesk();
  const report = useDeskData((data) => data.shown.report);
  const activeId = useDeskUi((state) => state.activeId);
  const hoverId = useDeskUi((state) => state.hoverId);
  const selection = useDeskUi((state) => state.selection);
  const claims = useMarks();
  const comments = useCommentMarks();
  useStaticPlaces(host);

  const onLayout = useCallback((places: ReadonlyMap<string, MarkPlace>) => ui.setState({ places }), [ui]);
  const onStands = useCallback(() => ui.setState({ isTextHere: true }), [ui]);
  const onActivate = useCallback((id: string) => actions.choose(id), [actions]);
  const onHover = useCallback((id: string | null) => ui.setState({ hoverId: id }), [ui]);
  const onSelection = useCallback((next: typeof selection) => ui.setState({ selection: next }), [ui]);
  return (
    <div className="px-5 pt-[18px] pb-[40vh] min-[900px]:px-10 min-[900px]:pt-11">
      <PaperHead />
      <div ref={host}>
        <TextEditor
          ref={text}
          session={session}
          me={me}
          editable={!report.locked && can(viewer.role, 'body.write')}
          claims={claims}
          comments={comments}
          activeId={activeId}
          hoverId={hoverId}
          onActivate={onActivate}
          onHover={onHover}
          onSelection={onSelection}
          onLayout={onLayout}
          onStands={onStands}
          initialDoc={initialDoc}
          label={words.textOf(report.title)}
        />
      </div>
      <SelectionBar
        selection={selection}
        read={() => text.current?.currentSelection() ?? null}
        locked={report.locked || !can(viewer.role, 'body.write')}
        canClaim={can(viewer.role, 'claim.propose')}
        canComment={can(viewer.role, 'comment.write')}
        onClaim={(chosen) => actions.claim(chosen)}
        onComment={(chosen) => {
          const top =
            (chosen.measure()?.first.top ?? chosen.rect.top) -
            (host.current?.getBoundingClientRect().top ?? 0);
          actions.comment(chosen, top);
        }}
        onDismiss={() => text.current?.clearSelection()}
        onReturn={() => text.current?.focusText()}
      />
    </div>
  );
}

function PaperHead() {
  const report = useDeskData((data) => data.shown.report);
  const { source } = report;
  const { publisher = null, byline = null } = source.meta ?? {};
  const from = publisher ?? source.from ?? source.name ?? strings.sourceKinds[source.kind] ?? source.kind;
  return (
    <header className="mx-auto max-w-[68ch] font-text text-[17.5px] leading-[1.62] sm:text-[18px]">
      <p className="flex flex-wrap items-center gap-x-1.5 font-ui text-[12px] leading-[18px] text-ink-3">
        <span className="max-w-[48ch] truncate" title={source.from ?? undefined}>
          {from}
        </span>
        <span aria-hidden>·</span>
        {byline !== null && (
          <>
            <span className="max-w-[32ch] truncate">{byline}</span>
            <span aria-hidden>·</span>
          </>
        )}
        <span>
          {words.received} <DayOf at={source.takenAt} />
        </span>
        <span aria-hidden>·</span>
        <span className="inline-flex items-center gap-1" title={`SHA-256 ${source.sha256}`}>
          <FileCheck2 size={13} aria-hidden /> {words.originalKept}
        </span>
      </p>
      <h1
        dir="auto"
        className="mt-2 mb-4 text-[25px] leading-[1.18] font-[620] tracking-[-0.012em] text-balance break-words sm:mb-[26px] sm:text-[31px]"
      >
        {report.title}
      </h1>
      <HowToBegin />
    </header>
  );
}

/** First use: no claims yet. */
function HowToBegin() {
  const counts = useCounts();
  const mayPropose = useMay('claim.propose');
  if (counts.all > 0 || counts.dismissed > 0) return null;
  return (
    <div className="mb-6 rounded-2 border border-line px-3.5 py-3 font-ui text-base">
      <p className="font-semibold">{words.noClaims}</p>
      <p className="text-ink-2">{mayPropose ? words.howToBegin : words.noClaimsYet}</p>
    </div>
  );
}

/** Dismissed claims are drawn only while they are looked for. */
function useMarks() {
  const { ratings } = useDesk();
  const claims = useClaimsInOrder();
  const filter = useDeskUi((ui) => ui.filter);
  const activeId = useDeskUi((ui) => ui.activeId);
  const [cache] = useState(() => new MarkCache());
  return useMemo(() => {
    const isDrawn = (claim: (typeof claims)[number]): boolean =>
      claim.status !== 'dismissed' || filter === 'dismissed' || claim.id === activeId;
    return cache.marksOf(claims.filter(isDrawn), ratings);
  }, [claims, ratings, filter, activeId, cache]);
}

function useCommentMarks(): readonly CommentMark[] {
  const threads = useShownThreads();
  return useMemo(
    () =>
      threads.flatMap(({ id, anchor }) =>
        anchor === null || anchor.start === null || anchor.end === null || anchor.state === 'orphaned'
          ? []
          : [{ id, anchor: { start: anchor.start, end: anchor.end } }],
      ),
    [threads],
  );
}

/** Until the editor measures by itself, the margin takes its places from the text that the server rendered. */
function useStaticPlaces(host: RefObject<HTMLDivElement | null>): void {
  const { ui } = useDesk();
  useLayoutEffect(() => {
    const element = host.current;
    if (element === null || ui.getState().places.size > 0) return;
    const top = element.getBoundingClientRect().top;
    const places = new Map<string, MarkPlace>();
    for (const mark of element.querySelectorAll<HTMLElement>('.hl[data-claim]')) {
      const id = mark.dataset['claim'] ?? '';
      const rect = mark.getBoundingClientRect();
      const known = places.get(id);
      places.set(id, {
        top: Math.min(known?.top ?? Infinity, rect.top - top),
        bottom: Math.max(known?.bottom ?? -Infinity, rect.bottom - top),
      });
    }
    ui.setState({ places });
  }, [host, ui]);
}
