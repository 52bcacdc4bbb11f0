'use client';
/** The course of an import: what is looked at, what is asked before it is sent, and how it ended. */
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { ReportPurpose } from '#core/domain/words.ts';
import { newId } from '../_data/ids.ts';
import { importWords as words } from '../_strings/en-import.ts';
import { ImportQueue, isLeft, type ImportItem } from './import-queue.ts';
import {
  addressFrom,
  emptyDraft,
  keyOf,
  sourcesOf,
  withAddress,
  without,
  type ImportDraft,
} from './pasted.ts';
import { importSource, lookAt, type ImportedReport } from './send-source.ts';
import { keepLeftOut } from './left-out.ts';
import { onProgress } from './reading-progress.ts';

export interface Problem {
  where: 'source' | 'address' | 'whose';
  text: string;
}

export interface UseImportOptions {
  draft: ImportDraft;
  onDraft: (draft: ImportDraft) => void;
  /** Some are kept now. */
  onImported: (reports: ImportedReport[]) => void;
  /** All are, and there is nothing to be read here. */
  onDone: (reports: ImportedReport[]) => void;
}

export interface ImportCourse {
  items: readonly ImportItem[];
  isRunning: boolean;
  /** How it ended, for people; null before. */
  outcome: string | null;
  problem: Problem | null;
  address: string;
  purpose: ReportPurpose | null;
  /** Of a pasted text; picked ones have their own. */
  title: string;
  queue: ImportQueue;
  change: (part: { address?: string; purpose?: ReportPurpose; title?: string }) => void;
  setDraft: (draft: ImportDraft) => void;
  refuse: (problem: Problem | null) => void;
  submit: () => void;
  /** The dialog closes: what is done leaves the draft, the rest is still there next time. */
  leave: () => void;
}

const start = { address: '', purpose: null as ReportPurpose | null, title: '' };

function reportsOf(items: readonly ImportItem[]): ImportedReport[] {
  return items.flatMap(({ keeping }) => (keeping.state === 'done' ? [keeping.report] : []));
}

/** What is said when not all went through, or when there is something to be read. */
function outcomeOf(items: readonly ImportItem[]): string {
  const done = reportsOf(items).length;
  const refused = items.filter(
    ({ look, keeping }) =>
      keeping.state === 'refused' || (keeping.state !== 'done' && look.state === 'refused'),
  ).length;
  if (done === items.length) return words.allDone(done);
  return refused > 0 ? words.someRefused(done, refused) : words.cancelled(done, items.length);
}

export function useImport({ draft, onDraft, onImported, onDone }: UseImportOptions): ImportCourse {
  const [queue] = useState(() => new ImportQueue({ lookAt, importSource, newId }));
  const { items, isRunning } = useStore(queue.state);
  const [form, setForm] = useState(start);
  const [problem, refuse] = useState<Problem | null>(null);
  const [outcome, setOutcome] = useState<string | null>(null);
  useEffect(() => onProgress((progress) => queue.progressed(progress)), [queue]);
  const { files, addresses } = draft;
  useEffect(() => {
    queue.show(sourcesOf({ ...emptyDraft, files, addresses }));
  }, [queue, files, addresses]);

  const setDraft = (next: ImportDraft): void => {
    refuse(null);
    setOutcome(null);
    onDraft(next);
  };
  const finish = (): void => {
    const { items: after } = queue.state.getState();
    const reports = reportsOf(after);
    for (const { id, source, notes, unreadable } of reports)
      keepLeftOut(id, { kind: source.kind, notes, sentences: unreadable });
    if (reports.length > 0) onImported(reports);
    const isQuiet = reports.length === 1 || reports.every(({ unreadable }) => unreadable.length === 0);
    if (reports.length === after.length && isQuiet) {
      setForm(start);
      onDraft(emptyDraft);
      queue.show([]);
      return onDone(reports);
    }
    const [only] = after;
    if (after.length === 1 && only?.keeping.state === 'refused')
      return refuse({ where: 'source', text: only.keeping.sentence });
    setOutcome(outcomeOf(after));
  };
  const submit = (): void => {
    const typed = form.address.trim() === '' ? null : addressFrom(form.address);
    if (form.address.trim() !== '' && typed === null)
      return refuse({ where: 'address', text: words.badAddress });
    const whole = typed === null ? draft : withAddress(draft, typed);
    const sources = sourcesOf(whole);
    if (sources.length === 0) return refuse({ where: 'source', text: words.nothing });
    if (form.purpose === null) return refuse({ where: 'whose', text: words.chooseWhose });
    if (typed !== null) {
      setForm({ ...form, address: '' });
      onDraft(whole);
    }
    queue.show(sources, false);
    const [first] = sources;
    if (first !== undefined && (first.kind === 'text' || first.kind === 'html'))
      queue.setTitle(keyOf(first), form.title);
    if (!queue.state.getState().items.some(isLeft)) return refuse({ where: 'source', text: words.noneLeft });
    refuse(null);
    setOutcome(null);
    void queue.send(form.purpose).then(finish);
  };
  return {
    items,
    isRunning,
    outcome,
    problem,
    ...form,
    queue,
    change: (part) => {
      refuse(null);
      setForm((before) => ({ ...before, ...part }));
    },
    setDraft,
    refuse,
    submit,
    leave: () => {
      queue.cancel();
      refuse(null);
      setOutcome(null);
      const done = items.filter(({ keeping }) => keeping.state === 'done');
      if (done.length > 0) onDraft(done.reduce((rest, { key }) => without(rest, key), draft));
    },
  };
}
