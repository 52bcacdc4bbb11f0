'use client';
/**
 * Keeps the home screen as the server has it: who is in which report comes as it happens; any change of a record
 * asks for the list anew, at most once in a while, however many changes came. What waits for me is rendered by
 * the server, so it is refreshed only after the list answered: a refresh without a server would leave the page.
 */
import type { ForMe } from '../../_server/home.ts';
import type { ReportRecord } from '#core/records.ts';
import { useRouter } from 'next/navigation';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { StackedPerson } from '../../_ui/avatar.tsx';
import { ask } from '../../_session/request.ts';
import { listen } from './home-events.ts';

const restMs = 300;
const forMeEvents = /^(notification|claim|evidence|report)\./;

type Presence = ReadonlyMap<string, readonly StackedPerson[]>;

export interface LiveHome {
  reports: readonly ReportRecord[];
  forMe: ForMe;
  presence: Presence;
  /** The list could not be refreshed: what is shown may be old. */
  failed: boolean;
  replace: (report: ReportRecord) => void;
  remove: (reportId: string) => void;
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

export function useLiveHome(initialReports: readonly ReportRecord[], forMe: ForMe): LiveHome {
  const router = useRouter();
  const [reports, setReports] = useFromServer(initialReports);
  const [presence, setPresence] = useState<Presence>(new Map());
  const [failed, setFailed] = useState(false);
  const wantsForMe = useRef(false);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = new AbortController();
    const refetch = async () => {
      timer = undefined;
      try {
        const { items } = await ask.get<{ items: ReportRecord[] }>('/api/v1/reports?limit=200', stop.signal);
        setReports(() => items);
        setFailed(false);
        if (wantsForMe.current) router.refresh();
        wantsForMe.current = false;
      } catch {
        if (!stop.signal.aborted) setFailed(true);
      }
    };
    const soon = (name: string) => {
      if (forMeEvents.test(name)) wantsForMe.current = true;
      timer ??= setTimeout(() => void refetch(), restMs);
    };
    const end = listen({
      onPresence: ({ reportId, people }) => setPresence((before) => new Map(before).set(reportId, people)),
      onRecord: soon,
      onBack: () => {
        setPresence(new Map());
        soon('report.');
      },
    });
    return () => {
      clearTimeout(timer);
      stop.abort();
      end();
    };
  }, [router, setReports]);

  const replace = useCallback(
    (report: ReportRecord) =>
      setReports((before) => before.map((one) => (one.id === report.id ? report : one))),
    [setReports],
  );
  const remove = useCallback(
    (reportId: string) => setReports((before) => before.filter((one) => one.id !== reportId)),
    [setReports],
  );
  return { reports, forMe, presence, failed, replace, remove };
}
