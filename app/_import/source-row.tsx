'use client';
/** One source of the import: what it is, how far, what was found or wrong. Two lines whatever happens, so nothing jumps. */
import { Check, ChevronRight, FileText, Globe, RotateCw, TriangleAlert, X } from 'lucide-react';
import Link from 'next/link';
import { useId, useState } from 'react';
import { importWords as words } from '../_strings/en-import.ts';
import { strings } from '../_strings/en.ts';
import { buttonClass } from '../_ui/button-class.ts';
import { Button, IconButton } from '../_ui/button.tsx';
import { ProgressLine } from '../_ui/progress-line.tsx';
import { Found, FoundSoon, LeftOut, notesIn } from './found.tsx';
import type { ImportItem } from './import-queue.ts';
import { nameOf } from './pasted.ts';
import type { ImportPreview } from './send-source.ts';

function sizeOf(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 * 1024 ? `${Math.round(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

function foundLine(found: ImportPreview): string {
  const notes = notesIn(found);
  const kind = strings.sourceKinds[found.kind] ?? found.kind;
  return [kind, words.words(found.wordCount), notes].filter((part) => part !== '').join(' · ');
}

/** What is wrong with it, if something is. */
function problemOf({ look, keeping }: ImportItem): string | null {
  if (keeping.state === 'refused') return keeping.sentence;
  return keeping.state === 'waiting' && look.state === 'refused' ? look.sentence : null;
}

function readingLine(at: ImportItem['at']): string {
  switch (at?.step) {
    case 'fetching':
      return words.fetching;
    case 'waiting':
      return words.waiting;
    case 'page':
      return words.readingPage(at.page, at.pages);
    case 'arranging':
      return words.arranging;
    default:
      return words.reading;
  }
}

/** How far it is, in words. */
function stateLine({ source, look, keeping, at }: ImportItem): string {
  const size = source.kind === 'file' ? sizeOf(source.file.size) : '';
  const step = (sent: number | null): string =>
    sent === null ? readingLine(at) : words.sending(Math.round(sent * 100));
  if (keeping.state === 'sending') return step(keeping.sent);
  if (keeping.state === 'done') {
    const { notes, source: kept } = keeping.report;
    const along = words.notes(notes, kept.kind === 'docx');
    return along === '' ? words.imported : `${words.imported} · ${words.cameAlong(along)}`;
  }
  if (look.state === 'reading') return [size, step(look.sent)].filter((part) => part !== '').join(' · ');
  return look.state === 'found' ? foundLine(look.found) : size;
}

function leftOutOf({ look, keeping }: ImportItem): readonly string[] {
  if (keeping.state === 'done') return keeping.report.unreadable;
  return look.state === 'found' ? look.found.unreadable : [];
}

export interface SourceRowProps {
  item: ImportItem;
  /** The only one: it stands open, and needs no second way to say so. */
  isAlone: boolean;
  isRunning: boolean;
  onTitle: (title: string) => void;
  onRemove: () => void;
  onLookAgain: () => void;
}

export function SourceRow(props: SourceRowProps) {
  const { item, isAlone, isRunning, onRemove, onLookAgain } = props;
  const [isOpen, setOpen] = useState(false);
  const panel = useId();
  const name = nameOf(item.source);
  const problem = problemOf(item);
  const isDone = item.keeping.state === 'done';
  const leftOut = leftOutOf(item);
  const hasDetails = item.look.state === 'found' || (isDone && leftOut.length > 0);
  const isShown = isAlone || (isOpen && hasDetails);
  return (
    <li
      data-source
      className="overflow-hidden rounded-1 border border-line has-[[data-problem]]:border-danger"
    >
      <div className="relative flex min-h-[52px] items-center gap-2.5 py-1.5 pr-1.5 pl-3">
        <Sign item={item} hasProblem={problem !== null} />
        <div className="min-w-0 flex-1">
          <p className="truncate font-[550]" title={name}>
            <bdi>{name === '' ? words.paste : name}</bdi>
          </p>
          {problem === null ? (
            <p className="num truncate text-xs text-ink-3">{stateLine(item)}</p>
          ) : (
            <p data-problem tabIndex={-1} className="text-sm text-danger outline-none">
              {problem}
            </p>
          )}
        </div>
        {!isAlone && leftOut.length > 0 ? (
          <span className="hidden shrink-0 items-center gap-1 text-xs font-[550] sm:flex">
            <TriangleAlert size={13} aria-hidden />
            {words.leftOutShort(leftOut.length)}
          </span>
        ) : null}
        {item.keeping.state === 'done' ? (
          <Link
            href={`/reports/${item.keeping.report.id}`}
            aria-label={words.openReport(item.keeping.report.title)}
            className={buttonClass('ghost', 'sm', 'no-underline')}
          >
            {words.open}
          </Link>
        ) : null}
        {item.look.state === 'refused' &&
        item.look.mayPass &&
        item.keeping.state === 'waiting' &&
        !isRunning ? (
          <Button size="sm" icon={<RotateCw size={13} aria-hidden />} onClick={onLookAgain}>
            {words.tryAgain}
          </Button>
        ) : null}
        {isAlone || !hasDetails ? null : (
          <button
            type="button"
            aria-expanded={isShown}
            aria-controls={panel}
            aria-label={words.details(name)}
            onClick={() => setOpen(!isOpen)}
            className="grid size-[26px] shrink-0 place-items-center rounded-1 text-ink-3 hover:bg-hover hover:text-ink pointer-coarse:size-9"
          >
            <ChevronRight
              size={15}
              aria-hidden
              className={isShown ? 'rotate-90 transition-transform' : 'transition-transform'}
            />
          </button>
        )}
        {isRunning || isDone ? null : (
          <IconButton size="sm" label={words.remove(name)} onClick={onRemove}>
            <X size={14} aria-hidden />
          </IconButton>
        )}
        <Line item={item} />
      </div>
      {isShown ? (
        <div id={panel} className="border-t border-line px-3 py-3 empty:hidden">
          <Details {...props} leftOut={leftOut} />
        </div>
      ) : null}
    </li>
  );
}

function Sign({ item, hasProblem }: { item: ImportItem; hasProblem: boolean }) {
  if (hasProblem) return <TriangleAlert size={16} aria-hidden className="shrink-0 text-danger" />;
  if (item.keeping.state === 'done') return <Check size={16} aria-hidden className="shrink-0 text-ok" />;
  const Kind = item.source.kind === 'url' ? Globe : FileText;
  return <Kind size={16} aria-hidden className="shrink-0 text-ink-3" />;
}

function Details({ item, isRunning, onTitle, leftOut }: SourceRowProps & { leftOut: readonly string[] }) {
  if (item.keeping.state === 'done')
    return <LeftOut sentences={leftOut} label={words.wasLeftOut(leftOut.length)} />;
  if (item.look.state === 'reading') return <FoundSoon />;
  if (item.look.state !== 'found') return null;
  const { found } = item.look;
  return <Found found={found} title={item.title ?? found.title} disabled={isRunning} onTitle={onTitle} />;
}

/** How far, along the foot of the row. */
function Line({ item: { look, keeping, source, at } }: { item: ImportItem }) {
  const now =
    keeping.state === 'sending'
      ? keeping
      : keeping.state === 'waiting' && look.state === 'reading'
        ? look
        : null;
  if (now === null) return null;
  const part = now.sent ?? (at?.step === 'page' ? at.page / at.pages : null);
  return <ProgressLine label={nameOf(source)} part={part} />;
}
