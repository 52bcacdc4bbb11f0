'use client';
/** One report: what it is, how far, who is in it, what happened last. The whole row is the link. */
import type { ReportRecord } from '#core/records.ts';
import { clsx } from 'clsx';
import { Check } from 'lucide-react';
import Link, { useLinkStatus } from 'next/link';
import { useSession } from '../../_session/session.tsx';
import { homeStrings as words } from '../../_strings/en-home.ts';
import { strings } from '../../_strings/en.ts';
import { AvatarStack, type StackedPerson } from '../../_ui/avatar.tsx';
import { DayOf, RelativeTime } from '../../_ui/clock.tsx';
import { ProgressBar } from '../../_ui/progress-bar.tsx';
import { columns } from './list-head.tsx';
import { ReportActions } from './report-actions.tsx';
import { StatusChip } from './status-chip.tsx';

export interface ReportRowProps {
  report: ReportRecord;
  people: readonly StackedPerson[];
  isChosen: boolean;
  /** Boxes stand on every row. */
  isChoosing: boolean;
  onChoose: (reportId: string, isRange: boolean) => void;
  onChanged: (report: ReportRecord) => void;
  onRemoved: (reportId: string) => void;
}

/** "Transcript · 27 Dec · 9,420 words" */
function Source({ report }: { report: ReportRecord }) {
  const kind =
    report.purpose === 'draft'
      ? strings.reportPurposes.draft
      : (report.source.from ?? strings.reportGenres[report.genre]);
  return (
    <span className="block truncate text-[12px] leading-[18px] text-ink-3">
      <bdi>{kind}</bdi> · <DayOf at={report.createdAt} /> · {words.words(report.wordCount)}
    </span>
  );
}

/**
 * A line along the row while its report is fetched, if that takes longer than a moment. Not a page of its own: React
 * holds back what takes the place of one for 300 ms, also when somebody comes straight to the report.
 */
function Opening() {
  const { pending } = useLinkStatus();
  return (
    <span
      aria-hidden
      className={clsx(
        'pointer-events-none absolute inset-x-0 bottom-0 h-0.5 rounded-2 bg-marker transition-opacity',
        pending ? 'animate-pulse opacity-100 delay-300 motion-reduce:animate-none' : 'opacity-0',
      )}
    />
  );
}

function Progress({ report }: { report: ReportRecord }) {
  const { workspace } = useSession();
  const { claims } = report;
  return (
    <div className="min-w-0">
      <p className="num flex items-baseline gap-2 whitespace-nowrap text-[12px] leading-[18px] text-ink-3">
        <span>{strings.progress.decided(claims.decided, claims.total)}</span>
        {claims.needsRecheck > 0 ? (
          <b className="font-[600] normal-nums text-ink underline decoration-wavy decoration-marker decoration-1 underline-offset-3">
            {strings.progress.needsRecheck(claims.needsRecheck)}
          </b>
        ) : null}
      </p>
      <ProgressBar counts={claims} scale={workspace.ratingScale} className="mt-[5px]" />
    </div>
  );
}

/** Beside the list, where there is room for it without moving anything; inside on a phone that asked for it. */
function Box({ report, isChosen, isChoosing, onChoose }: ReportRowProps) {
  return (
    <label
      className={clsx(
        'z-10 grid size-6 cursor-pointer place-items-center sm:absolute sm:top-0 sm:right-full sm:bottom-0 sm:my-auto sm:h-full',
        isChoosing
          ? 'max-sm:absolute max-sm:top-3.5 max-sm:left-2.5'
          : 'opacity-0 group-hover:opacity-100 focus-within:opacity-100 max-sm:hidden [@media(hover:none)]:opacity-100',
      )}
    >
      <input
        type="checkbox"
        aria-label={words.selection.choose(report.title)}
        checked={isChosen}
        // A click tells whether Shift was held; the space bar is a click too.
        onClick={(event) => onChoose(report.id, event.shiftKey)}
        onChange={ignore}
        className="peer col-start-1 row-start-1 m-0 size-4 cursor-pointer appearance-none rounded-[4px] border border-field-line bg-card checked:border-accent checked:bg-accent"
      />
      <Check
        size={12}
        strokeWidth={3}
        aria-hidden
        className="pointer-events-none relative col-start-1 row-start-1 text-on-accent opacity-0 peer-checked:opacity-100"
      />
    </label>
  );
}

function ignore(): void {
  // Told by the click already.
}

export function ReportRow(props: ReportRowProps) {
  const { report, people, isChosen, isChoosing, onChanged, onRemoved } = props;
  return (
    <li
      data-report-row={report.id}
      className={clsx(
        isChosen && '!bg-selected',
        isChoosing && 'max-sm:pl-10',
        'group relative grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-3 gap-y-2.5 border-t border-line px-[18px] py-3.5 first:border-t-0 last:rounded-b-2 hover:bg-[color-mix(in_oklab,var(--ink)_3%,var(--card))] focus-within:bg-[color-mix(in_oklab,var(--ink)_3%,var(--card))]',
        'wide:min-h-[68px] wide:py-2.5',
        columns,
      )}
    >
      <Box {...props} />
      <div className="min-w-0 max-wide:col-start-1 max-wide:row-start-1">
        <h2 className="flex items-center gap-1.5 font-text text-lg font-semibold">
          <Link
            href={`/reports/${report.id}`}
            dir="auto"
            className="min-w-0 text-ink no-underline after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:rounded-2 focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-focus wide:truncate max-wide:line-clamp-2"
          >
            {report.title}
            <Opening />
          </Link>
        </h2>
        <Source report={report} />
      </div>
      <div className="max-wide:col-span-2 max-wide:row-start-2">
        <Progress report={report} />
      </div>
      <div
        className={clsx(
          'relative max-wide:order-2 max-wide:row-start-3 max-wide:justify-self-end',
          people.length === 0 && 'max-wide:hidden',
        )}
      >
        {people.length === 0 ? null : (
          <>
            <span className="sr-only">{words.sort.here}: </span>
            <AvatarStack people={people} max={3} />
          </>
        )}
      </div>
      <p className="num truncate text-[12px] leading-[18px] text-ink-3 max-wide:col-start-1 max-wide:row-start-3">
        <RelativeTime at={report.updatedAt} />
        <bdi>{words.changedBy(firstName(report.updatedBy.name))}</bdi>
      </p>
      <div className="max-wide:col-start-2 max-wide:row-start-1 max-wide:mr-8 max-wide:self-start">
        <StatusChip status={report.status} />
      </div>
      <div className="z-10 max-wide:absolute max-wide:top-2.5 max-wide:right-2">
        <ReportActions report={report} onChanged={onChanged} onRemoved={onRemoved} />
      </div>
    </li>
  );
}

function firstName(name: string): string {
  return name.split(' ')[0] ?? name;
}
