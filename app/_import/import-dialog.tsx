'use client';
/**
 * Import by paste, address or file. What a file or a page holds is shown as soon as it was given; nothing has to be
 * waited for or confirmed: "Import" works from the first moment. It asks once whose text it is, shows how far it is,
 * can be cancelled, and says in words what was wrong or left out while everything typed stays.
 */
import { MAX_TITLE_LENGTH } from '#core/limits.ts';
import { clsx } from 'clsx';
import { useEffect, useId, useRef } from 'react';
import { importStrings } from '../_strings/en-home.ts';
import { importWords as words } from '../_strings/en-import.ts';
import { Button } from '../_ui/button.tsx';
import { Dialog } from '../_ui/dialog.tsx';
import { TextField } from '../_ui/field.tsx';
import { isLeft } from './import-queue.ts';
import { withAddress, without, type ImportDraft } from './pasted.ts';
import type { ImportedReport } from './send-source.ts';
import { AddressField, ChooseFiles, PasteField } from './source-field.tsx';
import { SourceRow } from './source-row.tsx';
import { useImport, type ImportCourse } from './use-import.ts';
import { WhoseText } from './whose-text.tsx';

export interface ImportDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  draft: ImportDraft;
  onDraft: (draft: ImportDraft) => void;
  onImported: (reports: ImportedReport[]) => void;
  onDone: (reports: ImportedReport[]) => void;
}

/** The longest double click that systems take for one, in milliseconds. */
const DOUBLE_CLICK = 600;

export function ImportDialog({ open, onOpenChange, draft, onDraft, ...told }: ImportDialogProps) {
  const course = useImport({ draft, onDraft, ...told });
  const { items, isRunning, problem, outcome } = course;
  const area = useRef<HTMLTextAreaElement>(null);
  const form = useRef<HTMLFormElement>(null);
  const done = useRef<HTMLButtonElement>(null);
  const formId = useId();
  const isPicked = draft.files.length + draft.addresses.length > 0;
  const isOver = isPicked && items.length > 0 && !items.some(isLeft);
  const hasDone = items.some(({ keeping }) => keeping.state === 'done');

  const change = (next: boolean) => {
    if (!next) course.leave();
    onOpenChange(next);
  };
  useFocusOnProblem(course, { form, area, done });

  return (
    <Dialog
      open={open}
      onOpenChange={change}
      title={importStrings.title}
      initialFocus={area}
      size="lg"
      footer={
        <Footer
          course={course}
          formId={formId}
          isFinished={isOver && hasDone}
          doneRef={done}
          onClose={() => change(false)}
        />
      }
    >
      <form
        id={formId}
        ref={form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!isRunning) course.submit();
        }}
        className="grid grid-cols-[minmax(0,1fr)] gap-4"
      >
        {isPicked ? (
          <ul aria-label={words.sources} className="grid grid-cols-[minmax(0,1fr)] gap-1.5">
            {items.map((item) => (
              <SourceRow
                key={item.key}
                item={item}
                isAlone={items.length === 1}
                isRunning={isRunning}
                onTitle={(title) => course.queue.setTitle(item.key, title)}
                onRemove={() => course.setDraft(without(draft, item.key))}
                onLookAgain={() => course.queue.lookAgain(item.key)}
              />
            ))}
          </ul>
        ) : (
          <PasteField areaRef={area} draft={draft} disabled={isRunning} onDraft={course.setDraft} />
        )}
        <p
          role="alert"
          tabIndex={-1}
          data-source-problem
          className={clsx(
            'text-sm outline-none empty:hidden',
            problem === null ? 'text-ink-2' : 'text-danger',
          )}
        >
          {problem?.where === 'source' ? problem.text : outcome}
        </p>
        {isOver && hasDone ? null : (
          <>
            <More course={course} draft={draft} isPicked={isPicked} />
            <WhoseText
              value={course.purpose}
              disabled={isRunning}
              isOfMany={items.length > 1}
              error={problem?.where === 'whose' ? problem.text : undefined}
              onChange={(purpose) => course.change({ purpose })}
            />
          </>
        )}
        {isPicked ? null : (
          <TextField
            label={words.reportTitle}
            optional
            hint={words.titleHint}
            value={course.title}
            maxLength={MAX_TITLE_LENGTH}
            disabled={isRunning}
            onChange={(event) => course.change({ title: event.target.value })}
          />
        )}
      </form>
    </Dialog>
  );
}

/** Where else a text may come from: an address, files. */
function More({ course, draft, isPicked }: { course: ImportCourse; draft: ImportDraft; isPicked: boolean }) {
  const { problem, isRunning } = course;
  if (draft.pasted.text !== '') return null;
  return (
    <div className="grid gap-2">
      <div className="flex flex-wrap items-start gap-2.5">
        <AddressField
          value={course.address}
          label={isPicked ? words.anotherAddress : words.address}
          disabled={isRunning}
          error={problem?.where === 'address' ? problem.text : undefined}
          onChange={(address) => course.change({ address })}
          onAddress={(address) => {
            course.change({ address: '' });
            course.setDraft(withAddress(draft, address));
          }}
          onBad={() => course.refuse({ where: 'address', text: words.badAddress })}
        />
        <div className="mt-6">
          <ChooseFiles draft={draft} disabled={isRunning} onDraft={course.setDraft} isMore={isPicked} />
        </div>
      </div>
      <p className="text-xs text-ink-3 pointer-coarse:hidden">{words.orDrop}</p>
    </div>
  );
}

interface FooterProps {
  course: ImportCourse;
  formId: string;
  isFinished: boolean;
  doneRef: React.RefObject<HTMLButtonElement | null>;
  onClose: () => void;
}

function Footer({ course, formId, isFinished, doneRef, onClose }: FooterProps) {
  const { items, isRunning, queue } = course;
  const beganAt = useRef(0);
  useEffect(() => {
    if (isRunning) beganAt.current = performance.now();
  }, [isRunning]);
  const left = items.filter(isLeft).length;
  const hasDone = items.some(({ keeping }) => keeping.state === 'done');
  const submit =
    items.length < 2 || left < 2 ? words.submit : hasDone ? words.submitRest(left) : words.submitMany(left);
  // Cancel stands where Import stood: the second half of a double click is not meant for it.
  const cancel = () => {
    if (performance.now() - beganAt.current > DOUBLE_CLICK) queue.cancel();
  };
  return (
    <>
      <p role="status" className="num min-w-0 flex-1 truncate text-sm text-ink-2">
        <Status course={course} />
      </p>
      {isRunning ? (
        <Button onClick={cancel}>{words.cancel}</Button>
      ) : isFinished ? (
        <Button ref={doneRef} variant="primary" onClick={onClose}>
          {words.done}
        </Button>
      ) : (
        <>
          <Button onClick={onClose}>{words.cancel}</Button>
          <Button variant="primary" type="submit" form={formId}>
            {submit}
          </Button>
        </>
      )}
    </>
  );
}

/** For screen readers all that changes; for the eye what does not stand in a row. */
function Status({ course: { items, isRunning } }: { course: ImportCourse }) {
  const all = items.length;
  if (isRunning) {
    const at = items.findIndex(({ keeping }) => keeping.state === 'sending');
    return words.importing(Math.max(0, at) + 1, all);
  }
  const looked = items.filter(({ look }) => look.state === 'found' || look.state === 'refused').length;
  const [only] = items;
  if (all > 1 && looked < all) return words.readSoFar(looked, all);
  if (all !== 1 || only?.look.state !== 'found') return null;
  const { title, wordCount, unreadable } = only.look.found;
  return (
    <span className="sr-only">
      {words.found(title, words.words(wordCount))}
      {unreadable.length > 0 ? ` ${words.leftOut(unreadable.length)}` : null}
    </span>
  );
}

interface Places {
  form: React.RefObject<HTMLFormElement | null>;
  area: React.RefObject<HTMLTextAreaElement | null>;
  done: React.RefObject<HTMLButtonElement | null>;
}

/** The focus goes to what is wrong, and to the way on when it is over. */
function useFocusOnProblem({ problem, outcome }: ImportCourse, { form, area, done }: Places): void {
  useEffect(() => {
    const find = (selector: string) => form.current?.querySelector<HTMLElement>(selector);
    if (problem?.where === 'whose') find('[role="radiogroup"] input')?.focus();
    else if (problem?.where === 'address') find('[inputmode="url"]')?.focus();
    else if (problem?.text === words.nothing) area.current?.focus();
    else if (problem !== null || outcome !== null)
      (find('[data-problem]') ?? done.current ?? find('[data-source-problem]'))?.focus();
  }, [problem, outcome, form, area, done]);
}
