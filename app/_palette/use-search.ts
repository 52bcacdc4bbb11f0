'use client';
/** Asks the server while one types: after a short rest, and only the newest question counts. */
import type { MemberRecord, ReportRecord, SearchHit } from '#core/records.ts';
import { useEffect, useState } from 'react';
import { ask } from '../_session/request.ts';

const restMs = 120;

export interface SearchState {
  query: string;
  hits: readonly SearchHit[];
  failed: boolean;
}

const empty: SearchState = { query: '', hits: [], failed: false };

export function useSearch(text: string): SearchState & { pending: boolean } {
  const query = text.trim();
  const [state, setState] = useState<SearchState>(empty);
  useEffect(() => {
    if (query.length < 2) return undefined;
    const stop = new AbortController();
    const load = async () => {
      try {
        const { items } = await ask.get<{ items: SearchHit[] }>(
          `/api/v1/search?q=${encodeURIComponent(query)}`,
          stop.signal,
        );
        setState({ query, hits: items, failed: false });
      } catch {
        if (!stop.signal.aborted) setState({ query, hits: [], failed: true });
      }
    };
    const timer = setTimeout(() => void load(), restMs);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [query]);
  if (query.length < 2) return { ...empty, pending: false };
  return { ...state, pending: state.query !== query };
}

export interface Known {
  /** Asked and answered, or not to be had. */
  isHere: boolean;
  reports: readonly ReportRecord[];
  members: readonly MemberRecord[];
}

/** Reports and people, loaded each time the palette opens; what was known before shows meanwhile. */
export function useKnown(open: boolean): Known {
  const [known, setKnown] = useState<Known>({ isHere: false, reports: [], members: [] });
  useEffect(() => {
    if (!open) return undefined;
    const stop = new AbortController();
    const load = async () => {
      const [reports, members] = await Promise.allSettled([
        ask.get<{ items: ReportRecord[] }>('/api/v1/reports?limit=200', stop.signal),
        ask.get<{ items: MemberRecord[] }>('/api/v1/members?limit=200', stop.signal),
      ]);
      if (stop.signal.aborted) return;
      setKnown((before) => ({
        isHere: true,
        reports: reports.status === 'fulfilled' ? reports.value.items : before.reports,
        members: members.status === 'fulfilled' ? members.value.items : before.members,
      }));
    };
    void load();
    return () => stop.abort();
  }, [open]);
  return known;
}
