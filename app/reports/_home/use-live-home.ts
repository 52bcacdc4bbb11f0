'use client';
/**
 * Keeps the home screen as the server has it: who is in which report comes as it happens; any change of a record
 * asks for the list, and for what waits for me, anew: at most once in a while, however many changes came.
 */
import type { ForMe } from '../../_server/home.ts';
import type { ReportRecord } from '#core/records.ts';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { StackedPerson } from '../../_ui/avatar.tsx';
import { tellProgress } from '../../_import/reading-progress.ts';
import { ask } from '../../_session/request.ts';
import { listen } from './home-events.ts';

const restMs = 300;
const firstRetryMs = 2_000;
const lastRetryMs = 30_000;

type Presence = ReadonlyMap<string, readonly StackedPerson[]>;

export interface LiveHome {
  reports: readonly ReportRecord[];
  forMe: ForMe;
  presence: Presence;
  /** The list could not be refreshed: what is shown may be old. */
  failed: boolean;
  replace: (report: ReportRecord) => void;
  remove: (reportId: string) => void;
  /** Asks anew, soon. */
  refresh: () => void;
}

/** State that starts anew whenever the server renders it anew. */
function useFromServer<T>(value: T): [T, (next: (before: T) => T) => void] {
  const [base, setBase] = useState(value);
  const [state, setState] = useState(value);
  if (base !== value) {
    setBase(value);
    setState(value);
  }
  return [base === value ? state : value, setState];
}

export function useLiveHome(initialReports: readonly ReportRecord[], initialForMe: ForMe): LiveHome {
  const [reports, setReports] = useFromServer(initialReports);
  const [forMe, setForMe] = useFromServer(initialForMe);
  const [presence, setPresence] = useState<Presence>(new Map());
  const [failed, setFailed] = useState(false);
  const asksAnew = useRef<() => void>(() => undefined);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let retryMs = firstRetryMs;
    const stop = new AbortController();
    const refetch = async () => {
      timer = undefined;
      try {
        const [list, waiting] = await Promise.all([
          ask.get<{ items: ReportRecord[] }>('/api/v1/reports?limit=200', stop.signal),
          ask.get<ForMe>('/api/v1/notifications/waiting', stop.signal),
        ]);
        setReports(() => list.items);
        setForMe(() => waiting);
        setFailed(false);
        retryMs = firstRetryMs;
      } catch {
        if (stop.signal.aborted) return;
        setFailed(true);
        timer ??= setTimeout(() => void refetch(), retryMs);
        retryMs = Math.min(lastRetryMs, retryMs * 2);
      }
    };
    const soon = () => {
      timer ??= setTimeout(() => void refetch(), restMs);
    };
    const atOnce = () => {
      clearTimeout(timer);
      void refetch();
    };
    window.addEventListener('online', atOnce, { signal: stop.signal });
    asksAnew.current = soon;
    const end = listen({
      onPresence: ({ reportId, people }) => setPresence((before) => new Map(before).set(reportId, people)),
      onImportProgress: tellProgress,
      onRecord: soon,
      onBack: () => {
        setPresence(new Map());
        soon();
      },
      onEnded: () => window.location.assign(`/sign-in?next=${encodeURIComponent('/reports')}`),
    });
    return () => {
      clearTimeout(timer);
      stop.abort();
      end();
    };
  }, [setReports, setForMe]);

  const replace = useCallback(
    (report: ReportRecord) =>
      setReports((before) => before.map((one) => (one.id === report.id ? report : one))),
    [setReports],
  );
  const remove = useCallback(
    (reportId: string) => setReports((before) => before.filter((one) => one.id !== reportId)),
    [setReports],
  );
  const refresh = useCallback(() => asksAnew.current(), []);
  return { reports, forMe, presence, failed, replace, remove, refresh };
}
