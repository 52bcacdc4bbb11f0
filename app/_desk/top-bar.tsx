'use client';
/** The bar on top of a report: where I am, whether it is saved, who else is here, what can be taken along. */
import {
  ChevronLeft,
  CircleCheckBig,
  Columns2,
  Download,
  Ellipsis,
  FileInput,
  Keyboard,
  Lock,
  LockOpen,
  Search,
} from 'lucide-react';
import Link from 'next/link';
import { lazy, Suspense, useMemo, useState } from 'react';
import type { FormatName } from '../_export/export-choice.ts';
import { openExport } from '../_export/open-export.ts';
import { companionOf, openBeside } from '../_session/demo.ts';
import { openPalette } from '../_palette/palette-host.tsx';
import { reportStrings as words } from '../_strings/en-report.ts';
import { strings } from '../_strings/en.ts';
import { Avatar } from '../_ui/avatar.tsx';
import { Button, IconButton } from '../_ui/button.tsx';
import { Logo } from '../_ui/logo.tsx';
import { Menu, MenuItem, MenuSeparator } from '../_ui/menu.tsx';
import { notify } from '../_ui/toast.tsx';
import { usePeers } from '../_editor/use-peers.ts';
import { useDesk, useDeskData, useDeskUi, useMay, type DeskValue } from './desk-context.tsx';
import { SaveChip } from './save-state.tsx';
import { useProgress } from './use-shown.ts';

const LockDialog = lazy(() => import('./lock-dialog.tsx'));

export function TopBar() {
  return (
    <header className="sticky top-0 z-20 flex h-[52px] items-center gap-2.5 border-b border-line bg-paper px-1 sm:px-4">
      <Link href="/reports" aria-label={strings.header.home} className="hidden rounded-[8px] sm:flex">
        <Logo />
      </Link>
      <Link
        href="/reports"
        aria-label={strings.header.home}
        className="grid size-9 place-items-center rounded-1 text-ink-2 sm:hidden"
      >
        <ChevronLeft size={20} aria-hidden />
      </Link>
      <div className="flex min-w-0 flex-1 items-center gap-2">
        <Link href="/reports" className="hidden rounded-1 text-ink-3 no-underline hover:text-ink md:inline">
          {strings.header.reports}
        </Link>
        <span aria-hidden className="hidden text-ink-3 md:inline">
          /
        </span>
        <Title />
        <LockChip />
      </div>
      <SaveChip />
      <People />
      <OpenBeside />
      <span className="hidden items-center gap-2 sm:flex">
        <ExportButton />
        <LeftButton />
      </span>
      <MoreMenu />
    </header>
  );
}

/** Renamed in place by those who may. */
function Title() {
  const { store } = useDesk();
  const title = useDeskData((data) => data.shown.report.title);
  const mayRename = useMay('report.change');
  const [draft, setDraft] = useState<string | null>(null);
  if (draft === null) {
    return (
      <p className="min-w-0 truncate font-semibold">
        {mayRename ? (
          <button
            type="button"
            dir="auto"
            title={words.rename}
            onClick={() => setDraft(title)}
            className="max-w-full truncate rounded-1 py-0.5 font-semibold hover:bg-hover"
          >
            {title}
          </button>
        ) : (
          <span dir="auto">{title}</span>
        )}
      </p>
    );
  }
  const save = (): void => {
    const next = draft.trim();
    setDraft(null);
    if (next !== '' && next !== title) store.do({ kind: 'change_report', changes: { title: next } });
  };
  return (
    <input
      dir="auto"
      // Opened by pressing on the title.
      autoFocus
      aria-label={words.rename}
      maxLength={300}
      value={draft}
      onChange={(event) => setDraft(event.target.value)}
      onFocus={(event) => event.target.select()}
      onBlur={save}
      onKeyDown={(event) => {
        if (event.key === 'Enter') save();
        else if (event.key === 'Escape') setDraft(null);
        else return;
        event.preventDefault();
        event.stopPropagation();
      }}
      className="h-8 max-w-[480px] min-w-0 flex-1 rounded-1 border border-field-line bg-card px-2 font-semibold outline-none focus:border-focus"
    />
  );
}

function LockChip() {
  const locked = useDeskData((data) => data.shown.report.locked);
  const mayChange = useMay('report.change');
  const [isAsking, setAsking] = useState(false);
  const Icon = locked ? Lock : LockOpen;
  const label = locked ? words.locked : words.unlocked;
  const chip =
    'hidden h-[22px] shrink-0 items-center gap-[5px] rounded-full border px-2 text-xs font-[550] whitespace-nowrap min-[1000px]:inline-flex ' +
    (locked
      ? 'border-line text-ink-2'
      : 'border-[color-mix(in_oklab,var(--marker)_70%,var(--line))] bg-[color-mix(in_oklab,var(--marker)_28%,var(--card))] text-ink');
  if (!mayChange) {
    return (
      <span className={chip}>
        <Icon size={12} aria-hidden /> {label}
      </span>
    );
  }
  return (
    <>
      <button type="button" className={`${chip} hover:border-line-strong`} onClick={() => setAsking(true)}>
        <Icon size={12} aria-hidden /> {label}
      </button>
      {isAsking ? (
        <Suspense>
          <LockDialog locked={locked} onClose={() => setAsking(false)} />
        </Suspense>
      ) : null}
    </>
  );
}

const MOST_SHOWN = 4;

/** Me first, then everybody else who has it open, each person once; pressing one goes to where they are. */
function People() {
  const { session, me, text } = useDesk();
  const peers = usePeers(session);
  const others = useMemo(() => {
    const byId = new Map<string, (typeof peers)[number]>();
    for (const peer of peers)
      if (peer.user.id !== me.id && !byId.has(peer.user.id)) byId.set(peer.user.id, peer);
    return [...byId.values()];
  }, [peers, me.id]);
  const shown = others.slice(0, others.length < MOST_SHOWN ? MOST_SHOWN - 1 : MOST_SHOWN - 2);
  const rest = others.slice(shown.length);
  const disc = '-ml-1 rounded-full shadow-[0_0_0_2px_var(--paper)]';
  return (
    <ul aria-label={words.hereNow} className="mx-1.5 flex pl-1 max-sm:[&>li:nth-child(n+3)]:hidden">
      <li className={`${disc} flex`}>
        <Avatar name={me.name} color={me.color} size="lg" />
      </li>
      {shown.map(({ clientId, user }) => (
        <li key={user.id} className={`${disc} flex`}>
          <button
            type="button"
            aria-label={words.goTo(user.name)}
            title={words.goTo(user.name)}
            className="flex rounded-full"
            onClick={() => {
              if (text.current?.scrollToPeer(clientId) !== true) notify(words.notInText(user.name));
            }}
          >
            <Avatar name={user.name} color={user.color} size="lg" decorative />
          </button>
        </li>
      ))}
      {rest.length > 0 ? (
        <li
          title={rest.map((peer) => peer.user.name).join(', ')}
          className={`${disc} num inline-grid size-[26px] place-items-center bg-line-strong text-[9.5px] font-[650] text-ink`}
        >
          <span aria-hidden>+{rest.length}</span>
          <span className="sr-only">{strings.ui.others(rest.length)}</span>
        </li>
      ) : null}
    </ul>
  );
}

function OpenBeside() {
  const { isDemo, me } = useDesk();
  if (!isDemo) return null;
  const other = companionOf(me.name);
  return (
    <IconButton
      label={strings.beside(other.name)}
      className="max-[899px]:hidden"
      onClick={() => openBeside(other, location.pathname + location.search)}
    >
      <Columns2 size={17} aria-hidden />
    </IconButton>
  );
}

/** The dialog with this report. */
export function exportReport({ reportId, store }: DeskValue, format?: FormatName): void {
  const { title } = store.data.getState().shown.report;
  openExport({ reports: [{ id: reportId, title }], ...(format === undefined ? {} : { format }) });
}

function ExportButton() {
  const desk = useDesk();
  return (
    <Button
      icon={<Download size={15} aria-hidden />}
      aria-haspopup="dialog"
      className="max-lg:px-2"
      onClick={() => exportReport(desk)}
    >
      <span className="max-lg:sr-only">{words.export}</span>
    </Button>
  );
}

function LeftButton() {
  const { actions } = useDesk();
  const counts = useProgress();
  const filter = useDeskUi((ui) => ui.filter);
  const left = counts.total - counts.decided;
  return (
    <Button
      className="max-[1199px]:hidden"
      aria-pressed={filter === 'left'}
      icon={<CircleCheckBig size={15} aria-hidden />}
      onClick={() => actions.show(filter === 'left' ? 'all' : 'left')}
    >
      <span className="num">
        {counts.total > 0 && left === 0 ? words.allDecided : strings.progress.left(left)}
      </span>
    </Button>
  );
}

/** What is rarely needed; on a phone also what has no room in the bar. */
function MoreMenu() {
  const desk = useDesk();
  const mayTake = useMay('report.import');
  return (
    <Menu
      className="w-72"
      trigger={
        <IconButton label={words.moreOfReport}>
          <Ellipsis size={19} aria-hidden />
        </IconButton>
      }
    >
      <MenuItem icon={<Search size={15} aria-hidden />} onSelect={() => openPalette()}>
        {words.findAnything}
      </MenuItem>
      <MenuItem
        icon={<Keyboard size={15} aria-hidden />}
        onSelect={() => desk.ui.setState({ shortcutsOpen: true })}
      >
        {words.shortcutsTitle}
      </MenuItem>
      <MenuSeparator />
      {mayTake ? (
        <MenuItem
          icon={<FileInput size={15} aria-hidden />}
          onSelect={() => desk.ui.setState({ answers: { file: null } })}
        >
          {words.answers} …
        </MenuItem>
      ) : null}
      <MenuItem
        icon={<Download size={15} aria-hidden />}
        className="sm:hidden"
        onSelect={() => exportReport(desk)}
      >
        {words.export}
      </MenuItem>
    </Menu>
  );
}
