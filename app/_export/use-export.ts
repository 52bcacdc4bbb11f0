'use client';
/**
 * The course of an export: one report as a file, several as one zip. Either is fetched here, so that it can be counted
 * and stopped, and a refusal is read by a person; whatever goes wrong, the choice stays as it was.
 */
import { useEffect, useRef, useState } from 'react';
import { sentenceOf } from '../_session/request.ts';
import { exportWords as words } from '../_strings/en-export.ts';
import { notify } from '../_ui/toast.tsx';
import { exportAddress, keepChoice, lastChoice, zipAddress, type ExportChoice } from './export-choice.ts';
import { fetchFile, fetchZip, type FileProgress } from './fetch-file.ts';
import type { ExportOrder } from './open-export.ts';
import { saveBlob } from './save-file.ts';

export interface ExportCourse {
  choice: ExportChoice;
  change: (part: Partial<ExportChoice>) => void;
  /** Null: nothing is under way. */
  running: FileProgress | 'starting' | null;
  problem: string | null;
  /** Of what was stopped. */
  said: string | null;
  submit: () => void;
  cancel: () => void;
}

export function useExport(order: ExportOrder, onDone: () => void): ExportCourse {
  const [choice, setChoice] = useState<ExportChoice>(() => {
    const last = lastChoice(window.localStorage);
    return order.format === undefined ? last : { ...last, format: order.format };
  });
  const [running, setRunning] = useState<ExportCourse['running']>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  const stop = useRef<AbortController | null>(null);
  useEffect(() => () => stop.current?.abort(), []);

  const run = async (): Promise<void> => {
    const { signal } = (stop.current = new AbortController());
    const [only] = order.reports;
    keepChoice(window.localStorage, choice);
    setRunning('starting');
    setProblem(null);
    setSaid(null);
    try {
      if (isOne(order) && only !== undefined) {
        const asking = { signal, onProgress: setRunning };
        const file = await fetchFile(exportAddress(only.id, choice), asking);
        saveBlob(file.blob, file.name);
        notify(words.begun(words.names[choice.format]), { detail: words.begunHint });
      } else {
        const ids = order.isAll === true ? 'all' : order.reports.map(({ id }) => id);
        const zip = await fetchZip(zipAddress(ids, choice), { signal, onProgress: setRunning });
        saveBlob(zip.blob, zip.name);
        notify(words.saved(zip.reports), { detail: words.begunHint });
      }
      onDone();
    } catch (error) {
      if (signal.aborted) setSaid(words.cancelled);
      else setProblem(sentenceOf(error));
    } finally {
      setRunning(null);
    }
  };
  return {
    choice,
    change: (part) => {
      setProblem(null);
      setSaid(null);
      setChoice((before) => ({ ...before, ...part }));
    },
    running,
    problem,
    said,
    submit: () => {
      if (running === null) void run();
    },
    cancel: () => stop.current?.abort(),
  };
}

export function isOne(order: ExportOrder): boolean {
  return order.reports.length === 1 && order.isAll !== true;
}
