'use client';
/**
 * Import by paste or file. It asks once whose text it is, shows how far the sending is, can be cancelled, and
 * says in words what was wrong while everything typed stays.
 */
import type { ReportPurpose } from '#core/domain/words.ts';
import type { ReportRecord } from '#core/records.ts';
import { MAX_TITLE_LENGTH } from '#core/limits.ts';
import { useId, useRef, useState } from 'react';
import { RequestProblem } from '../_session/request.ts';
import { importStrings as words } from '../_strings/en-home.ts';
import { Button } from '../_ui/button.tsx';
import { Dialog } from '../_ui/dialog.tsx';
import { TextField } from '../_ui/field.tsx';
import { emptyDraft, type ImportDraft } from './pasted.ts';
import { ImportProgress } from './import-progress.tsx';
import { importSentence, sendImport, type ImportSource } from './send-import.ts';
import { SourceField } from './source-field.tsx';
import { WhoseText } from './whose-text.tsx';

function sourcesOf({ pasted, files }: ImportDraft): ImportSource[] {
  if (files.length > 0) return files.map((file) => ({ kind: 'file', file }));
  if (pasted.text.trim() === '') return [];
  return [pasted.html === null ? { kind: 'text', text: pasted.text } : { kind: 'html', html: pasted.html }];
}

export interface ImportDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  draft: ImportDraft;
  onDraft: (draft: ImportDraft) => void;
  onImported: (reports: ReportRecord[]) => void;
}

/** The longest double click that systems take for one, in milliseconds. */
const DOUBLE_CLICK = 600;

export function ImportDialog({ open, onOpenChange, draft, onDraft, onImported }: ImportDialogProps) {
  const [title, setTitle] = useState('');
  const [purpose, setPurpose] = useState<ReportPurpose | null>(null);
  const [progress, setProgress] = useState<{ sent: number | null; index: number } | null>(null);
  const [problem, setProblem] = useState<{ where: 'source' | 'whose'; text: string } | null>(null);
  const running = useRef<AbortController | null>(null);
  const beganAt = useRef(0);
  const area = useRef<HTMLTextAreaElement>(null);
  const formId = useId();
  const many = draft.files.length > 1;

  const change = (next: boolean) => {
    if (!next) running.current?.abort();
    setProblem(null);
    onOpenChange(next);
  };

  const sendAll = async (sources: ImportSource[], as: ReportPurpose) => {
    const stop = new AbortController();
    running.current = stop;
    beganAt.current = performance.now();
    setProblem(null);
    const done: ReportRecord[] = [];
    try {
      for (const [index, source] of sources.entries()) {
        setProgress({ sent: 0, index });
        const report = await sendImport({
          source,
          title: many ? '' : title.trim(),
          purpose: as,
          signal: stop.signal,
          onProgress: (sent) => setProgress({ sent, index }),
        });
        done.push(report);
      }
      onDraft(emptyDraft);
      setTitle('');
      setPurpose(null);
    } catch (error) {
      const cancelled = error instanceof RequestProblem && error.code === 'cancelled';
      const failed = sources[done.length];
      const name = many && failed?.kind === 'file' ? `${failed.file.name}: ` : '';
      if (!cancelled) setProblem({ where: 'source', text: name + importSentence(error) });
      if (done.length > 0) onDraft({ ...draft, files: draft.files.slice(done.length) });
    } finally {
      setProgress(null);
      running.current = null;
      if (done.length > 0) onImported(done);
    }
  };

  const submit = () => {
    const sources = sourcesOf(draft);
    if (sources.length === 0) {
      setProblem({ where: 'source', text: words.nothing });
      area.current?.focus();
    } else if (purpose === null) {
      setProblem({ where: 'whose', text: words.chooseWhose });
    } else {
      void sendAll(sources, purpose);
    }
  };

  return (
    <Dialog
      open={open}
      onOpenChange={change}
      title={words.title}
      initialFocus={area}
      size="md"
      footer={
        progress === null ? (
          <>
            <Button onClick={() => change(false)}>{words.cancel}</Button>
            <Button variant="primary" type="submit" form={formId}>
              {many ? words.submitMany(draft.files.length) : words.submit}
            </Button>
          </>
        ) : (
          <ImportProgress
            sent={progress.sent}
            index={progress.index}
            total={Math.max(1, draft.files.length)}
            // Cancel stands where Import stood: the second half of a double click is not meant for it.
            onCancel={() => performance.now() - beganAt.current > DOUBLE_CLICK && running.current?.abort()}
          />
        )
      }
    >
      <form
        id={formId}
        onSubmit={(event) => {
          event.preventDefault();
          if (progress === null) submit();
        }}
        className="grid gap-4"
      >
        <SourceField
          areaRef={area}
          draft={draft}
          disabled={progress !== null}
          onDraft={(next) => {
            setProblem(null);
            onDraft(next);
          }}
          error={problem?.where === 'source' ? problem.text : undefined}
        />
        <WhoseText
          value={purpose}
          disabled={progress !== null}
          error={problem?.where === 'whose' ? problem.text : undefined}
          onChange={(next) => {
            setProblem(null);
            setPurpose(next);
          }}
        />
        {many ? null : (
          <TextField
            label={words.reportTitle}
            optional
            hint={words.titleHint}
            value={title}
            maxLength={MAX_TITLE_LENGTH}
            disabled={progress !== null}
            onChange={(event) => setTitle(event.target.value)}
          />
        )}
      </form>
    </Dialog>
  );
}
