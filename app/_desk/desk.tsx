'use client';
/** The report screen: one store of records, one shared document, and the parts that show them. */
import './desk.css';
import { clsx } from 'clsx';
import { useRouter, useSearchParams } from 'next/navigation';
import {
  lazy,
  Suspense,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import { useStore } from 'zustand';
import type { Rating } from '#core/domain/rating-scale.ts';
import type { Role } from '#core/domain/words.ts';
import { DeskStore, type DeskStart, type Refusal } from '../_data/desk-store.ts';
import { editorCode, fetchSoon, rationaleCode, textEditingCode } from '../_editor/editor-code.ts';
import type { TextEditorHandle, TextNodeJson } from '../_editor/marks.ts';
import { useDocumentSession } from '../_editor/use-document-session.ts';
import { ExportHost } from '../_export/export-host.tsx';
import { useSession } from '../_session/session.tsx';
import { reportStrings as words } from '../_strings/en-report.ts';
import { notifyProblem } from '../_ui/toast.tsx';
import { AnswersHost } from './answers-host.tsx';
import { sentenceFor } from './announce.ts';
import { filterNamed } from './claim-filters.ts';
import { DeskActions } from './desk-actions.ts';
import { DeskProvider, useDeskUi, type DeskValue } from './desk-context.tsx';
import { createDeskUi } from './desk-ui.ts';
import { Margin } from './margin.tsx';
import { Notices } from './notices.tsx';
import { Paper } from './paper.tsx';
import { Rail, Strip } from './rail.tsx';
import { Sheet } from './sheet.tsx';
import { TopBar } from './top-bar.tsx';
import { useDeskKeys } from './use-desk-keys.ts';
import { useDeskPalette } from './use-desk-palette.tsx';

// Before this screen is made interactive, which takes as long as this takes to come.
if (typeof window !== 'undefined') fetchSoon(editorCode);

const ShortcutsDialog = lazy(() => import('./shortcuts-dialog.tsx'));

export interface DeskProps {
  /** JSON of a DeskStart: as a text it is neither walked by React's serializer nor by its parser, value by value. */
  start: string;
  role: Role;
  ratings: readonly Rating[];
  /** Of the document, as the server has it. */
  epoch: number;
  /** JSON of the report's text. */
  doc: string;
  /** From the address bar. */
  claimId: string | null;
  filter: string | null;
}

export function Desk({ start: startJson, role, ratings, epoch, doc: docJson, claimId, filter }: DeskProps) {
  const { memberId, name, color, workspace } = useSession();
  // Both were made by our server, from its own types.
  const start = useMemo(() => JSON.parse(startJson) as DeskStart, [startJson]);
  const doc = useMemo(() => JSON.parse(docJson) as TextNodeJson, [docJson]);
  const reportId = start.report.id;
  const text = useRef<TextEditorHandle>(null);
  const textHost = useRef<HTMLDivElement>(null);
  const { session, reopen } = useDocumentSession({ reportId, workspaceId: workspace.id, memberId, epoch });
  const [parts] = useState(() => {
    const viewer = { id: memberId, role };
    const storage = typeof window === 'undefined' ? null : window.localStorage;
    const store = new DeskStore({ start, me: { id: memberId, name, workspaceId: workspace.id }, storage });
    const ui = createDeskUi({ activeId: claimId, filter: filterNamed(filter) });
    return { viewer, store, ui, actions: new DeskActions(store, ui, { text, viewer }) };
  });
  const desk = useMemo<DeskValue>(
    () => ({
      ...parts,
      reportId,
      session,
      text,
      me: { id: memberId, name, color },
      ratings,
      isDemo: workspace.isDemo,
    }),
    [parts, reportId, session, memberId, name, color, ratings, workspace.isDemo],
  );
  useOpenStore(desk, start);
  useRest(desk);
  useAddressBar(desk);
  useDeskKeys(desk);
  useDeskPalette(desk);
  useFirstScroll(desk);
  const isNarrow = useIsNarrow();
  return (
    <DeskProvider value={desk}>
      <a
        href="#text"
        className="fixed top-2 left-2 z-50 -translate-y-20 rounded-1 bg-ink px-3 py-2 text-paper focus:translate-y-0"
      >
        {words.skipToText}
      </a>
      <TopBar />
      <Notices reopen={reopen} />
      <div
        className={clsx(
          'grid min-h-[calc(100dvh-52px)] grid-cols-[minmax(0,1fr)]',
          'min-[900px]:grid-cols-[minmax(0,1fr)_340px] min-[1200px]:grid-cols-[224px_minmax(0,1fr)_372px]',
        )}
      >
        <Rail doc={doc} textHost={textHost} />
        <main id="text" className="min-w-0 bg-paper">
          <Strip />
          <Paper initialDoc={doc} host={textHost} />
        </main>
        {isNarrow ? null : <Margin textHost={textHost} />}
      </div>
      {isNarrow ? <Sheet /> : null}
      <Shortcuts />
      <ExportHost />
      <AnswersHost />
      <Said />
    </DeskProvider>
  );
}

/** Stays once it was asked for, so that it can also go with its motion. */
function Shortcuts() {
  const isOpen = useDeskUi((ui) => ui.shortcutsOpen);
  const [isWanted, setWanted] = useState(false);
  if (isOpen && !isWanted) setWanted(true);
  return isWanted ? (
    <Suspense>
      <ShortcutsDialog />
    </Suspense>
  ) : null;
}

function Said() {
  const said = useDeskUi((ui) => ui.said);
  return (
    <p aria-live="polite" className="sr-only">
      {said}
    </p>
  );
}

const SAY_AFTER_MS = 1_500;

/** Opens the store for as long as the screen is shown, and takes over what the server renders anew. */
function useOpenStore({ store, ui, viewer }: DeskValue, start: DeskStart): void {
  const router = useRouter();
  useEffect(() => {
    let waiting: string[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    const say = (): void => {
      timer = undefined;
      const [only] = waiting;
      ui.setState({
        said: waiting.length === 1 && only !== undefined ? only : words.said.several(waiting.length),
      });
      waiting = [];
    };
    const close = store.open({
      onOthers: (event) => {
        const sentence = sentenceFor(event, ui.getState().activeId);
        if (sentence === null) return;
        waiting.push(sentence);
        timer ??= setTimeout(say, SAY_AFTER_MS);
      },
      onRefused: tellRefusal,
      onIncomplete: () => router.refresh(),
    });
    return () => {
      clearTimeout(timer);
      close();
    };
  }, [store, ui, viewer, router]);
  const [loaded, setLoaded] = useState(start);
  useEffect(() => {
    if (loaded === start) return;
    setLoaded(start);
    store.load(start);
  }, [store, start, loaded]);
}

/** After the text, before anybody misses it. */
const REST_MS = 200;
/** Without the text (no WebSocket gets through) the rest must not wait for ever. */
const LONGEST_WAIT_MS = 4_000;

/**
 * What the first view does without comes when the text stands: the records of the page are as old as the page, and
 * writing begins with a selection or a card.
 */
function useRest({ store, ui }: DeskValue): void {
  const isTextHere = useStore(ui, (state) => state.isTextHere);
  const [isTime, setTime] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setTime(true), isTextHere ? REST_MS : LONGEST_WAIT_MS);
    return () => clearTimeout(timer);
  }, [isTextHere]);
  useEffect(() => {
    if (!isTime) return undefined;
    fetchSoon(rationaleCode, textEditingCode);
    return store.listen();
  }, [store, isTime]);
}

/** A review that was refused is explained in its card; everything else by a toast. */
function tellRefusal({ given, code, sentence }: Refusal): void {
  const { kind } = given.command;
  if (kind === 'review') return;
  notifyProblem(words.refused[kind], words.refusals[code] ?? sentence);
}

/**
 * "Back", "forward" and links to a claim of this report open and close cards. The hook only tells that something
 * changed; the address itself is read from the browser, which our own changes reach first.
 */
function useAddressBar({ actions, ui }: DeskValue): void {
  const query = useSearchParams();
  useEffect(() => {
    const follow = (): void => {
      const now = new URLSearchParams(location.search);
      const [activeId, filter] = [now.get('claim'), filterNamed(now.get('show'))];
      const chosen = ui.getState();
      if (activeId !== chosen.activeId || filter !== chosen.filter) actions.followAddress(activeId, filter);
    };
    follow();
    // A claim that was opened before the router was up is in the browser's history and not in the router's.
    window.addEventListener('popstate', follow);
    return () => window.removeEventListener('popstate', follow);
  }, [query, actions, ui]);
}

/** A link to a claim opens it in place: once its words stand somewhere. */
function useFirstScroll({ ui, text }: DeskValue): void {
  const isDone = useRef(false);
  const tryIt = useCallback((): void => {
    const { activeId, places } = ui.getState();
    if (isDone.current || activeId === null || places.size === 0) return;
    const element = document.querySelector(`.hl[data-claim="${CSS.escape(activeId)}"]`);
    const isScrolled = text.current?.scrollTo(activeId) === true;
    if (!isScrolled && element === null) return;
    if (!isScrolled) element?.scrollIntoView({ block: 'center' });
    isDone.current = isScrolled;
  }, [ui, text]);
  useLayoutEffect(() => {
    if (ui.getState().activeId === null) {
      isDone.current = true;
      return;
    }
    tryIt();
    return ui.subscribe(tryIt);
  }, [ui, tryIt]);
}

const narrow = '(max-width: 899.98px)';

function subscribeToWidth(changed: () => void): () => void {
  const query = window.matchMedia(narrow);
  query.addEventListener('change', changed);
  return () => query.removeEventListener('change', changed);
}

function useIsNarrow(): boolean {
  return useSyncExternalStore(
    subscribeToWidth,
    () => window.matchMedia(narrow).matches,
    () => false,
  );
}
