'use client';
/**
 * The command palette: reports, claims, talk, people and actions in one list. Names match at once in the browser;
 * what is inside the texts comes from the server's search.
 */
import type { SearchHit } from '#core/records.ts';
import { can } from '#core/domain/roles.ts';
import { Dialog } from '@base-ui/react/dialog';
import { Command } from 'cmdk';
import { CornerDownLeft, FileText, MessageSquare, Paperclip, Quote, Search } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useMemo, type ReactNode } from 'react';
import { openImport } from '../_import/open-import.ts';
import { useSession } from '../_session/session.tsx';
import { paletteStrings as words } from '../_strings/en-home.ts';
import { strings } from '../_strings/en.ts';
import { Avatar } from '../_ui/avatar.tsx';
import { Kbd } from '../_ui/kbd.tsx';
import { useScreenActions } from './actions.ts';
import { generalActions } from './general-actions.tsx';
import { Marked, plainExcerpt } from './marked.tsx';
import { useKnown, useSearch } from './use-search.ts';

const itemClass =
  'flex min-h-9 cursor-pointer items-center gap-2.5 rounded-1 px-2.5 py-1.5 text-base select-none data-[selected=true]:bg-selected pointer-coarse:min-h-11';
const groupClass =
  'px-2 pb-1 [&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-2xs [&_[cmdk-group-heading]]:font-semibold [&_[cmdk-group-heading]]:text-ink-3';

interface EntryProps {
  id: string;
  icon: ReactNode;
  children: ReactNode;
  end?: ReactNode;
  onSelect: () => void;
}

function Entry({ id, icon, children, end, onSelect }: EntryProps) {
  return (
    <Command.Item value={id} onSelect={onSelect} className={itemClass}>
      <span className="grid size-5 shrink-0 place-items-center text-ink-3">{icon}</span>
      <span className="min-w-0 flex-1 truncate">{children}</span>
      {end}
    </Command.Item>
  );
}

const hitIcons = { report: FileText, claim: Quote, comment: MessageSquare, evidence: Paperclip };

/** A claim opens in its report. */
export function addressOf(hit: SearchHit): string {
  return hit.claimId === null ? `/reports/${hit.reportId}` : `/reports/${hit.reportId}?claim=${hit.claimId}`;
}

function Hits({
  heading,
  hits,
  onGo,
}: {
  heading: string;
  hits: readonly SearchHit[];
  onGo: (address: string) => void;
}) {
  if (hits.length === 0) return null;
  return (
    <Command.Group heading={heading} className={groupClass}>
      {hits.map((hit) => {
        const Icon = hitIcons[hit.kind];
        return (
          <Entry
            key={hit.id}
            id={`${hit.kind}:${hit.id}`}
            icon={<Icon size={15} aria-hidden />}
            onSelect={() => onGo(addressOf(hit))}
            end={
              plainExcerpt(hit.excerpt) === hit.title ? null : (
                <span className="max-w-[36%] shrink-0 truncate text-xs text-ink-3">{hit.title}</span>
              )
            }
          >
            <span className={hit.kind === 'comment' ? undefined : 'font-text text-[14px]'}>
              <Marked excerpt={hit.excerpt} />
            </span>
          </Entry>
        );
      })}
    </Command.Group>
  );
}

function folded(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
}

/** Every word of the query begins a word of the text; looser matches put strangers on top. */
function matches(query: string, text: string, keywords: readonly string[] = []): boolean {
  const words = folded([text, ...keywords].join(' ')).split(/[^\p{L}\p{N}@.]+/u);
  return folded(query)
    .split(/\s+/)
    .every((part) => words.some((word) => word.startsWith(part)));
}

interface ListProps {
  text: string;
  open: boolean;
  onDone: () => void;
}

function Results({ text, open, onDone }: ListProps) {
  const router = useRouter();
  const session = useSession();
  const known = useKnown(open);
  const search = useSearch(text);
  const screen = useScreenActions();
  const query = text.trim();
  const go = (address: string) => {
    onDone();
    router.push(address);
  };
  const general = useMemo(
    () =>
      generalActions({
        go: (address) => router.push(address),
        canImport: can(session.role, 'report.import'),
        openImport: () => {
          router.push('/reports');
          openImport();
        },
        demoName: session.workspace.isDemo ? session.name : null,
      }),
    [router, session],
  );
  const reports = known.reports
    .filter((report) => report.status !== 'archived' && matches(query, report.title))
    .slice(0, query === '' ? 5 : 8);
  const reportIds = new Set(reports.map((report) => report.id));
  const foundReports = search.hits.filter((hit) => hit.kind === 'report' && !reportIds.has(hit.reportId));
  const members =
    query === ''
      ? []
      : known.members.filter((member) => matches(query, member.name, [member.email])).slice(0, 4);
  const here = screen.filter((action) => matches(query, action.label, action.keywords));
  const actions = general.filter((action) => matches(query, action.label, action.keywords));
  const of = (kind: SearchHit['kind']) => search.hits.filter((hit) => hit.kind === kind).slice(0, 6);

  // The first line is the chosen one: actions alone would take that from the reports that come a moment later.
  if (!known.isHere && query === '') return null;
  return (
    <>
      {here.length === 0 ? null : (
        <Command.Group heading={words.here} className={groupClass}>
          {here.map((action) => (
            <Entry
              key={action.id}
              id={`here:${action.id}`}
              icon={action.icon}
              end={action.kbd === undefined ? null : <Kbd>{action.kbd}</Kbd>}
              onSelect={() => {
                onDone();
                action.run();
              }}
            >
              {action.label}
            </Entry>
          ))}
        </Command.Group>
      )}
      {reports.length === 0 ? null : (
        <Command.Group heading={words.reports} className={groupClass}>
          {reports.map((report) => (
            <Entry
              key={report.id}
              id={`report:${report.id}`}
              icon={<FileText size={15} aria-hidden />}
              onSelect={() => go(`/reports/${report.id}`)}
              end={
                <span className="num shrink-0 text-xs text-ink-3">
                  {strings.progress.decided(report.claims.decided, report.claims.total)}
                </span>
              }
            >
              <span className="font-text text-[14px] font-[550]">{report.title}</span>
            </Entry>
          ))}
        </Command.Group>
      )}
      <Hits heading={words.reports} hits={foundReports} onGo={go} />
      <Hits heading={words.claims} hits={of('claim')} onGo={go} />
      <Hits heading={words.comments} hits={of('comment')} onGo={go} />
      <Hits heading={words.evidence} hits={of('evidence')} onGo={go} />
      {members.length === 0 ? null : (
        <Command.Group heading={words.people} className={groupClass}>
          {members.map((member) => (
            <Entry
              key={member.id}
              id={`member:${member.id}`}
              icon={<Avatar name={member.name} color={member.color} size="xs" decorative />}
              onSelect={() => go('/settings/people')}
              end={<span className="text-xs text-ink-3">{strings.roles[member.role]}</span>}
            >
              {member.name}
            </Entry>
          ))}
        </Command.Group>
      )}
      {actions.length === 0 ? null : (
        <Command.Group heading={words.actions} className={groupClass}>
          {actions.map((action) => (
            <Entry
              key={action.id}
              id={`do:${action.id}`}
              icon={action.icon}
              onSelect={() => {
                onDone();
                action.run();
              }}
            >
              {action.label}
            </Entry>
          ))}
        </Command.Group>
      )}
      {search.failed ? <p className="px-5 py-2 text-sm text-ink-3">{words.failed}</p> : null}
      <Command.Empty className="px-5 py-10 text-center text-ink-2">
        {search.pending ? words.searching : words.none(query)}
        <span className="mt-1 block text-sm text-ink-3">{words.noneHint}</span>
      </Command.Empty>
    </>
  );
}

export interface PaletteProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  text: string;
  onText: (text: string) => void;
}

export function Palette({ open, onOpenChange, text, onText }: PaletteProps) {
  return (
    <Dialog.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-50 min-h-dvh bg-scrim transition-opacity duration-100 data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Dialog.Popup className="fixed inset-x-3 top-[max(12px,10vh)] z-50 mx-auto flex max-h-[min(560px,80dvh)] max-w-[620px] flex-col overflow-hidden rounded-[12px] border border-line bg-card shadow-lifted outline-none transition-[opacity,scale] duration-100 data-ending-style:scale-[0.99] data-ending-style:opacity-0 data-starting-style:scale-[0.99] data-starting-style:opacity-0">
          <Dialog.Title className="sr-only">{words.title}</Dialog.Title>
          <Command shouldFilter={false} loop label={words.title} className="flex min-h-0 flex-col">
            <div className="flex items-center gap-2.5 border-b border-line px-4">
              <Search size={17} aria-hidden className="text-ink-3" />
              <Command.Input
                value={text}
                onValueChange={onText}
                placeholder={words.placeholder}
                className="h-[52px] min-w-0 flex-1 bg-transparent text-[15px] outline-none focus-visible:outline-none"
              />
              <Kbd>Esc</Kbd>
            </div>
            <Command.List className="min-h-0 scroll-py-2 overflow-y-auto py-1.5">
              <Results text={text} open={open} onDone={() => onOpenChange(false)} />
            </Command.List>
            <footer
              aria-hidden
              className="flex items-center gap-4 border-t border-line px-4 py-2 text-xs text-ink-3 pointer-coarse:hidden"
            >
              <span className="flex items-center gap-1.5">
                <Kbd>↑</Kbd>
                <Kbd>↓</Kbd> {words.move}
              </span>
              <span className="flex items-center gap-1.5">
                <Kbd>
                  <CornerDownLeft size={11} className="inline" />
                </Kbd>{' '}
                {words.open}
              </span>
            </footer>
          </Command>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
