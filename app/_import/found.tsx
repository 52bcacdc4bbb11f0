'use client';
/** What was found in a source, before it is kept: its title, where it is from, what comes along, what does not. */
import { ChevronRight, TriangleAlert } from 'lucide-react';
import { MAX_TITLE_LENGTH } from '#core/limits.ts';
import { importWords as words } from '../_strings/en-import.ts';
import { DayOf } from '../_ui/clock.tsx';
import { TextField } from '../_ui/field.tsx';
import { Skeleton } from '../_ui/states.tsx';
import type { ImportPreview } from './send-source.ts';

/** So few are read at once; more open on demand. */
const SHOWN_AT_ONCE = 3;

/** "12 comments and 3 tracked changes"; empty when nothing comes along. */
export function notesIn({ notes, kind }: Pick<ImportPreview, 'notes' | 'kind'>): string {
  return words.notes(notes, kind === 'docx');
}

export function LeftOut({ sentences, label }: { sentences: readonly string[]; label: string }) {
  if (sentences.length === 0) return null;
  return (
    <details
      open={sentences.length <= SHOWN_AT_ONCE}
      className="group rounded-1 border border-[color-mix(in_oklab,var(--marker)_60%,var(--line))] bg-[color-mix(in_oklab,var(--marker)_16%,var(--card))]"
    >
      <summary className="flex min-h-8 cursor-pointer list-none items-center gap-2 px-2.5 text-sm font-[550] [&::-webkit-details-marker]:hidden">
        <TriangleAlert size={14} aria-hidden />
        {label}
        <ChevronRight size={14} aria-hidden className="ml-auto transition-transform group-open:rotate-90" />
      </summary>
      <ul className="grid max-h-36 list-disc gap-1 overflow-y-auto pr-2.5 pb-2 pl-8 text-sm text-ink-2">
        {sentences.map((sentence) => (
          <li key={sentence} dir="auto" className="break-words">
            {sentence}
          </li>
        ))}
      </ul>
    </details>
  );
}

/** "by Ana Ruiz · The Harbour Post · 28 Dec" */
function Origin({ meta }: Pick<ImportPreview, 'meta'>) {
  if (meta === null) return null;
  const { byline, publisher, publishedAt, canonicalUrl } = meta;
  const host =
    canonicalUrl !== null && URL.canParse(canonicalUrl)
      ? new URL(canonicalUrl).hostname.replace(/^www\./, '')
      : null;
  const from = publisher ?? host;
  const parts = [
    byline === null ? null : <bdi key="by">{words.by(byline)}</bdi>,
    from === null ? null : <bdi key="from">{from}</bdi>,
    publishedAt === null || Number.isNaN(Date.parse(publishedAt)) ? null : (
      <DayOf key="at" at={publishedAt} />
    ),
  ].filter((part) => part !== null);
  if (parts.length === 0) return null;
  return (
    <p className="text-sm break-words text-ink-2">
      {parts.flatMap((part, index) => (index === 0 ? [part] : [' · ', part]))}
    </p>
  );
}

export interface FoundProps {
  found: ImportPreview;
  title: string;
  disabled: boolean;
  onTitle: (title: string) => void;
}

export function Found({ found, title, disabled, onTitle }: FoundProps) {
  const notes = notesIn(found);
  const facts = [
    words.words(found.wordCount),
    found.figures === 0 ? null : words.figures(found.figures),
    notes === '' ? null : words.comeAlong(notes),
  ].filter((fact) => fact !== null);
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-2.5">
      <TextField
        label={words.reportTitle}
        value={title}
        dir="auto"
        maxLength={MAX_TITLE_LENGTH}
        disabled={disabled}
        onChange={(event) => onTitle(event.target.value)}
      />
      <div>
        <Origin meta={found.meta} />
        <p className="num text-sm text-ink-2">{facts.join(' · ')}</p>
      </div>
      <LeftOut sentences={found.unreadable} label={words.leftOut(found.unreadable.length)} />
      <Excerpt text={found.excerpt} language={found.meta?.language ?? null} />
    </div>
  );
}

function Excerpt({ text, language }: { text: string; language: string | null }) {
  const paragraphs = text.split('\n').filter((line) => line.trim() !== '');
  if (paragraphs.length === 0) return null;
  return (
    <div
      role="group"
      aria-label={words.preview}
      {...(language === null ? {} : { lang: language })}
      // As much as tells whether it is the right text, fading out below.
      className="grid max-h-60 grid-cols-[minmax(0,1fr)] gap-2 overflow-hidden rounded-1 border border-line bg-paper px-4 py-3 font-text text-[15px] leading-[1.55] mask-[linear-gradient(#000_78%,transparent)]"
    >
      {paragraphs.map((paragraph, index) => (
        // Paragraphs have no other name, and never move.
        <p key={index} dir="auto" className="break-words">
          {paragraph}
        </p>
      ))}
    </div>
  );
}

/** Of the size of what is about to be found. */
export function FoundSoon() {
  return (
    <div aria-hidden className="grid gap-2.5">
      <div className="grid gap-1.5">
        <Skeleton className="h-[18px] w-10 rounded-1" />
        <Skeleton className="h-8 rounded-1 pointer-coarse:h-10" />
      </div>
      <Skeleton className="h-[18px] w-2/3 rounded-1" />
      <Skeleton className="h-60 rounded-1" />
    </div>
  );
}
