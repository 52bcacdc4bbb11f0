'use client';
/**
 * A file that came back with answers, or annotations of others: chosen or dropped, looked at, and taken in. Before and
 * after that it says what comes of it: how many join their threads, what has no place in the text, what is left out.
 */
import { Check, FileText, TriangleAlert, Upload } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { LeftOut } from '../_import/found.tsx';
import { answersWords as words } from '../_strings/en-answers.ts';
import { reportStrings } from '../_strings/en-report.ts';
import { Button } from '../_ui/button.tsx';
import { Dialog } from '../_ui/dialog.tsx';
import { ProgressLine } from '../_ui/progress-line.tsx';
import { type Taken } from './take-answers.ts';
import { useAnswers, type Course } from './use-answers.ts';

const accepted =
  '.docx,.pdf,.json,.jsonld,application/pdf,application/json,application/ld+json,' +
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

export interface AnswersDialogProps {
  reportId: string;
  open: boolean;
  /** Dropped on the screen already. */
  file: File | null;
  onClose: () => void;
}

export function AnswersDialog({ reportId, open, file, onClose }: AnswersDialogProps) {
  const { course, look, take, cancel } = useAnswers(reportId, file);
  const end = useRef<HTMLButtonElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const next = useRef<HTMLButtonElement>(null);
  const { state } = course;
  useEffect(() => {
    if (state === 'found') next.current?.focus();
    if (state === 'done' || state === 'refused') end.current?.focus();
  }, [state]);
  const close = (): void => {
    cancel();
    onClose();
  };
  const isBusy = state === 'sending';
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !next && close()}
      title={reportStrings.answers}
      size="md"
      footer={
        <>
          <Button
            ref={end}
            variant={state === 'done' ? 'primary' : 'secondary'}
            onClick={isBusy ? cancel : close}
          >
            {isBusy || state === 'found' ? words.cancel : state === 'done' ? words.done : words.close}
          </Button>
          {isBusy ? null : (
            <Button
              variant={state === 'done' || state === 'found' ? 'secondary' : 'primary'}
              icon={<Upload size={15} aria-hidden />}
              onClick={() => input.current?.click()}
            >
              {state === 'none' ? words.choose : words.another}
            </Button>
          )}
          {course.state === 'found' ? (
            <Button ref={next} variant="primary" onClick={() => take(course.file)}>
              {words.takeIn}
            </Button>
          ) : null}
        </>
      }
    >
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
        <p className="text-ink-2 text-pretty">{words.what}</p>
        <input
          ref={input}
          type="file"
          hidden
          accept={accepted}
          aria-label={words.file}
          onChange={(event) => {
            const [chosen] = event.target.files ?? [];
            event.target.value = '';
            if (chosen !== undefined) look(chosen);
          }}
        />
        <FileRow course={course} />
        {course.state === 'done' || course.state === 'found' ? <Outcome taken={course.taken} /> : null}
      </div>
    </Dialog>
  );
}

function FileRow({ course }: { course: Course }) {
  if (course.state === 'none') return null;
  const isBad = course.state === 'refused';
  const Sign = isBad ? TriangleAlert : course.state === 'done' ? Check : FileText;
  return (
    <div className="relative flex min-h-[52px] items-center gap-2.5 overflow-hidden rounded-1 border border-line px-3 py-1.5">
      <Sign size={16} aria-hidden className={isBad ? 'shrink-0 text-danger' : 'shrink-0 text-ink-3'} />
      <div className="min-w-0 flex-1">
        <p className="truncate font-[550]" title={course.name}>
          <bdi>{course.name}</bdi>
        </p>
        <p
          role={isBad ? 'alert' : 'status'}
          className={isBad ? 'text-sm text-danger' : 'num text-sm text-ink-2'}
        >
          {lineOf(course)}
        </p>
      </div>
      {course.state === 'sending' ? <ProgressLine label={course.name} part={course.sent} /> : null}
    </div>
  );
}

function lineOf(course: Exclude<Course, { state: 'none' }>): string {
  switch (course.state) {
    case 'sending':
      return course.sent === null ? words.reading : words.sending(Math.round(course.sent * 100));
    case 'found':
      return words.ready(course.taken.summary);
    case 'done':
      return course.taken.summary;
    default:
      return course.sentence;
  }
}

function Outcome({ taken }: { taken: Taken }) {
  const { placeless, isKept, leftOut } = taken;
  return (
    <>
      {placeless.length === 0 ? null : (
        <Part
          title={isKept ? words.toPlace(placeless.length) : words.notPlaced(placeless.length)}
          hint={isKept ? words.toPlaceHint : null}
        >
          {placeless.map(({ key, quote, author, words: said }) => (
            <li key={key} dir="auto" className="break-words">
              {quote === null ? null : <q className="font-text text-ink-2">{quote}</q>}{' '}
              {author === null ? null : <span className="font-[550]">{words.said(author)}</span>} {said}
            </li>
          ))}
        </Part>
      )}
      <LeftOut sentences={leftOut} label={words.leftOut(leftOut.length)} />
    </>
  );
}

function Part({ title, hint, children }: { title: string; hint: string | null; children: React.ReactNode }) {
  return (
    <section>
      <h3 className="text-sm font-[550]">{title}</h3>
      {hint === null ? null : <p className="text-xs text-ink-3">{hint}</p>}
      <ul className="mt-1 grid max-h-[32dvh] list-disc gap-1 overflow-y-auto pl-5 text-sm">{children}</ul>
    </section>
  );
}
