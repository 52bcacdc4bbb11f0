'use client';
/**
 * The reports of the workspace: what waits for me on top, then the list, live. The address bar keeps the view;
 * filtering and sorting happen here, at once, while a search also asks the server what is inside the texts.
 */
import type { ForMe } from '../../_server/home.ts';
import type { ReportRecord } from '#core/records.ts';
import { Plus, Search, WifiOff, X } from 'lucide-react';
import { useSearchParams } from 'next/navigation';
import { useDeferredValue, useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import { ExportHost } from '../../_export/export-host.tsx';
import { openExport } from '../../_export/open-export.ts';
import { ImportHost } from '../../_import/import-host.tsx';
import { openImport } from '../../_import/open-import.ts';
import { Header } from '../../_session/header.tsx';
import { OpenBesideButton } from '../../_session/open-beside-button.tsx';
import { useCan, useSession } from '../../_session/session.tsx';
import { useOnline } from '../../_session/use-online.ts';
import { homeStrings as words } from '../../_strings/en-home.ts';
import { Button } from '../../_ui/button.tsx';
import { inputClass } from '../../_ui/field.tsx';
import { Segmented } from '../../_ui/segmented.tsx';
import { FirstUse, NothingFound } from './empty.tsx';
import { ForYou } from './for-you.tsx';
import { ListHead } from './list-head.tsx';
import { ReportRow } from './report-row.tsx';
import { SelectionBar } from './selection-bar.tsx';
import { useFound } from './use-found.ts';
import { useHomePalette } from './use-home-palette.tsx';
import { useLiveHome } from './use-live-home.ts';
import { useRowKeys } from './use-row-keys.ts';
import { useSelection } from './use-selection.ts';
import { addressOf, defaultView, filters, shownReports, viewFrom, type View } from './view.ts';

function SearchField({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const field = useRef<HTMLInputElement>(null);
  // What was typed before the page's code arrived: nobody heard it.
  const takeEarlyWords = useEffectEvent(() => {
    const early = field.current?.value ?? '';
    if (early !== value) onChange(early);
  });
  useEffect(() => takeEarlyWords(), []);
  return (
    <div className="relative min-w-0 flex-1 sm:w-[200px] sm:flex-none">
      <Search
        size={14}
        aria-hidden
        className="pointer-events-none absolute top-1/2 left-2.5 -translate-y-1/2 text-ink-3"
      />
      <input
        ref={field}
        type="text"
        role="searchbox"
        aria-label={words.search}
        placeholder={words.search}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && value !== '') onChange('');
        }}
        className={`${inputClass} h-8 !border-line !pr-8 !pl-8 hover:!border-line-strong focus-visible:!border-focus pointer-coarse:h-10`}
      />
      {value === '' ? null : (
        <button
          type="button"
          aria-label={words.clearSearch}
          onClick={() => onChange('')}
          className="absolute top-1/2 right-1 grid size-6 -translate-y-1/2 place-items-center rounded-1 text-ink-3 hover:text-ink"
        >
          <X size={14} aria-hidden />
        </button>
      )}
    </div>
  );
}

/** Lies over the corner: what one reads does not move. */
function Notice({ text }: { text: string }) {
  return (
    <p
      role="status"
      className="fixed inset-x-4 bottom-4 z-30 flex items-center gap-2 rounded-2 border border-line-strong bg-card px-4 py-2.5 text-ink-2 shadow-float sm:right-auto sm:max-w-[420px]"
    >
      <WifiOff size={15} aria-hidden />
      {text}
    </p>
  );
}

/**
 * The view, which the address bar keeps. It changes here at once and the address follows; an address that is not
 * one of ours (a link, the back button) is taken over.
 */
function useView(): [View, (change: Partial<View>) => void] {
  const params = useSearchParams();
  const [view, setView] = useState(() => viewFrom(params));
  const written = useRef<string[]>([]);
  const seen = useRef(params);
  useEffect(() => {
    if (seen.current === params) return;
    seen.current = params;
    const arrived = viewFrom(params);
    const at = written.current.lastIndexOf(addressOf(arrived));
    written.current = at < 0 ? [] : written.current.slice(at + 1);
    if (at < 0) setView(arrived);
  }, [params]);
  const change = (part: Partial<View>) => {
    const next = { ...view, ...part };
    setView(next);
    written.current.push(addressOf(next));
    window.history.replaceState(null, '', addressOf(next));
  };
  return [view, change];
}

export function Home({
  initialReports,
  initialForMe,
}: {
  initialReports: ReportRecord[];
  initialForMe: ForMe;
}) {
  const session = useSession();
  const canImport = useCan('report.import');
  const online = useOnline();
  const { reports, forMe, presence, failed, replace, remove, refresh } = useLiveHome(
    initialReports,
    initialForMe,
  );
  const [view, changeView] = useView();
  const query = useDeferredValue(view.query);
  const found = useFound(query);
  const shown = useMemo(
    () => shownReports(reports, { ...view, query }, found.ids),
    [reports, view, query, found.ids],
  );
  const list = useRowKeys(shown.length);
  const selection = useSelection(shown);
  useHomePalette(shown);
  const hasArchived = reports.some((report) => report.status === 'archived');

  const options = filters
    .filter((filter) => filter !== 'archived' || hasArchived || view.filter === 'archived')
    .map((filter) => ({ value: filter, label: words.filters[filter] }));

  return (
    <>
      <Header unread={forMe.unread} />
      <main
        id="page"
        tabIndex={-1}
        className="mx-auto max-w-[1120px] px-4 pt-6 pb-16 outline-none sm:px-6 sm:pt-10"
      >
        {online ? failed ? <Notice text={words.stale} /> : null : <Notice text={words.offline} />}
        <div className="mb-4 flex flex-wrap items-center gap-2.5 sm:mb-5">
          <h1 className="text-2xl font-[640] tracking-[-0.012em]">{words.title}</h1>
          <div className="flex-1" />
          {reports.length === 0 ? null : (
            <div className="order-last flex w-full min-w-0 flex-wrap items-center gap-2.5 md:order-none md:w-auto">
              <SearchField value={view.query} onChange={(text) => changeView({ query: text })} />
              <Segmented
                label={words.filters.label}
                value={view.filter}
                onChange={(filter) => changeView({ filter })}
                options={options}
                className="max-sm:w-full max-sm:[&>*]:flex-1 max-sm:[&>*]:justify-center"
              />
            </div>
          )}
          {canImport && reports.length > 0 ? (
            <Button variant="primary" icon={<Plus size={15} aria-hidden />} onClick={openImport}>
              <span className="max-sm:hidden">{words.importButton}</span>
              <span className="sm:hidden">{words.importShort}</span>
            </Button>
          ) : null}
        </div>
        {reports.length === 0 ? null : <ForYou forMe={forMe} canImport={canImport} />}
        {reports.length === 0 ? (
          <FirstUse canImport={canImport} />
        ) : (
          <section aria-label={words.list} className="rounded-2 border border-line bg-card">
            <ListHead
              view={view}
              onChange={changeView}
              isChoosing={selection.isChoosing}
              onChoosing={selection.setChoosing}
            />
            {shown.length === 0 ? (
              <NothingFound
                view={{ ...view, query }}
                pending={found.pending}
                onShowAll={() => changeView(defaultView)}
              />
            ) : (
              <ul ref={list}>
                {shown.map((report) => (
                  <ReportRow
                    key={report.id}
                    report={report}
                    people={presence.get(report.id) ?? []}
                    isChosen={selection.has(report.id)}
                    isChoosing={selection.isChoosing}
                    onChoose={selection.toggle}
                    onChanged={replace}
                    onRemoved={remove}
                  />
                ))}
              </ul>
            )}
          </section>
        )}
        {session.workspace.isDemo ? (
          <p className="mt-5 flex flex-wrap items-center justify-center gap-x-3 gap-y-2 text-sm text-ink-3">
            {words.demoNote}
            <OpenBesideButton size="sm" />
          </p>
        ) : null}
        <SelectionBar
          count={selection.chosen.length}
          areAll={selection.chosen.length === shown.length}
          onAll={selection.all}
          onExport={() => openExport({ reports: selection.chosen.map(({ id, title }) => ({ id, title })) })}
          onClear={selection.clear}
        />
        {canImport ? <ImportHost onImported={refresh} /> : null}
        <ExportHost />
      </main>
    </>
  );
}
