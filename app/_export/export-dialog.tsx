'use client';
/** Export: what for, what goes into it, and what its reader will see. Enter exports as last time. */
import { ChevronRight, Download, ShieldCheck } from 'lucide-react';
import { useEffect, useId, useRef, useState, useSyncExternalStore } from 'react';
import { exportWords as words } from '../_strings/en-export.ts';
import { Button } from '../_ui/button.tsx';
import { Dialog } from '../_ui/dialog.tsx';
import { FormatList, Include } from './export-options.tsx';
import { ExportPreview } from './export-preview.tsx';
import type { ExportOrder } from './open-export.ts';
import { isOne, useExport, type ExportCourse } from './use-export.ts';

export interface ExportDialogProps {
  order: ExportOrder;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** From here on the preview has room beside the choice. */
const WIDE = '(min-width: 900px)';

function subscribe(changed: () => void): () => void {
  const query = window.matchMedia(WIDE);
  query.addEventListener('change', changed);
  return () => query.removeEventListener('change', changed);
}

function useIsWide(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => window.matchMedia(WIDE).matches,
    () => true,
  );
}

function titleOf(order: ExportOrder): string {
  const [only] = order.reports;
  if (order.isAll === true) return words.titleAll;
  return isOne(order) && only !== undefined
    ? words.titleOf(only.title)
    : words.titleMany(order.reports.length);
}

function progressWords(running: Exclude<ExportCourse['running'], null>, order: ExportOrder): string {
  if (running === 'starting') return isOne(order) ? words.startingOne : words.starting;
  const { of, done, all } = running;
  return of === 'bytes' ? words.arriving(done, all) : words.making(done, all);
}

export function ExportDialog({ order, open, onOpenChange }: ExportDialogProps) {
  const course = useExport(order, () => onOpenChange(false));
  const { choice, running, problem } = course;
  const chosen = useRef<HTMLInputElement>(null);
  const problemLine = useRef<HTMLParagraphElement>(null);
  const formId = useId();
  const isWide = useIsWide();
  const isBusy = running !== null;
  useEffect(() => {
    if (problem !== null) problemLine.current?.focus();
  }, [problem]);
  const change = (next: boolean) => {
    if (!next) course.cancel();
    onOpenChange(next);
  };
  return (
    <Dialog
      open={open}
      onOpenChange={change}
      title={titleOf(order)}
      initialFocus={chosen}
      size="xl"
      footer={<Footer order={order} course={course} formId={formId} onClose={() => change(false)} />}
    >
      <div className="grid gap-5 min-[900px]:h-full min-[900px]:grid-cols-[340px_minmax(0,1fr)]">
        <form
          id={formId}
          onSubmit={(event) => {
            event.preventDefault();
            course.submit();
          }}
          className="grid content-start gap-5 min-[900px]:-ml-2.5 min-[900px]:overflow-y-auto min-[900px]:pr-1 min-[900px]:pl-px"
        >
          <FormatList choice={choice} disabled={isBusy} onChange={course.change} chosenRef={chosen} />
          <div className="grid gap-4 min-[900px]:pl-2.5">
            <Include choice={choice} disabled={isBusy} onChange={course.change} />
            <p
              ref={problemLine}
              role="alert"
              tabIndex={-1}
              className="text-sm text-danger outline-none empty:hidden"
            >
              {problem}
            </p>
          </div>
        </form>
        {isWide ? <Preview order={order} course={course} /> : <FoldedPreview order={order} course={course} />}
      </div>
    </Dialog>
  );
}

interface PreviewProps {
  order: ExportOrder;
  course: ExportCourse;
}

function Preview({ order, course: { choice } }: PreviewProps) {
  const [first] = order.reports;
  return (
    <section
      aria-label={words.preview}
      className="flex min-h-0 flex-col overflow-hidden rounded-2 border border-line bg-bg max-[899px]:h-[60dvh]"
    >
      <header className="flex flex-wrap items-baseline gap-x-3 border-b border-line px-3.5 py-2">
        <h3 className="text-sm font-[550] max-[899px]:sr-only">{words.preview}</h3>
        <p className="text-xs text-ink-3">
          {choice.format === 'claimreview' ? words.onlySigned : words.sameWords}
        </p>
        {isOne(order) || first === undefined ? null : (
          <p dir="auto" className="w-full truncate text-xs text-ink-3">
            {words.previewOf(first.title)}
          </p>
        )}
      </header>
      <div className="min-h-0 flex-1">
        {first === undefined ? (
          <p className="p-6 text-center text-ink-2">{words.noPreview}</p>
        ) : (
          <ExportPreview reportId={first.id} options={choice} />
        )}
      </div>
    </section>
  );
}

/** Fetched when it is opened. */
function FoldedPreview(props: PreviewProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)} className="group grid">
      <summary className="flex min-h-11 cursor-pointer list-none items-center gap-2 rounded-1 border border-line px-3 font-[550] group-open:mb-2 [&::-webkit-details-marker]:hidden">
        {words.preview}
        <ChevronRight size={16} aria-hidden className="ml-auto transition-transform group-open:rotate-90" />
      </summary>
      {isOpen ? <Preview {...props} /> : null}
    </details>
  );
}

interface FooterProps {
  order: ExportOrder;
  course: ExportCourse;
  formId: string;
  onClose: () => void;
}

function Footer({ order, course, formId, onClose }: FooterProps) {
  const { running, said, choice } = course;
  const what = running === null ? said : progressWords(running, order);
  return (
    <>
      <div className="min-w-[220px] flex-1">
        {what === null ? (
          <p className="flex gap-2 text-sm text-ink-2">
            <ShieldCheck size={16} aria-hidden className="mt-px shrink-0 text-ok" />
            {words.neverDeskOnly}
          </p>
        ) : null}
        <p role="status" className="num truncate text-sm text-ink-2">
          {what}
        </p>
        {running === null ? null : (
          <progress
            aria-label={what ?? words.starting}
            {...(running === 'starting' || running.all === null
              ? {}
              : { value: running.done, max: Math.max(1, running.all) })}
            className="mt-1 block h-1 w-full appearance-none overflow-hidden rounded-full bg-line [&::-moz-progress-bar]:bg-ink [&::-webkit-progress-bar]:bg-line [&::-webkit-progress-value]:bg-ink"
          />
        )}
      </div>
      <Button onClick={running === null ? onClose : course.cancel}>{words.cancel}</Button>
      <Button
        variant="primary"
        type="submit"
        form={formId}
        busy={running !== null}
        icon={<Download size={15} aria-hidden />}
      >
        {words.submit(words.names[choice.format])}
      </Button>
    </>
  );
}
