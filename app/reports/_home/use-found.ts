'use client';
/** Which reports the server's search names for the words typed: it looks into their texts, the browser cannot. */
import type { ReportRecord } from '#core/records.ts';
import { useEffect, useState } from 'react';
import { ask } from '../../_session/request.ts';

const restMs = 200;
const nobody: ReadonlySet<string> = new Set();

export function useFound(text: string): { ids: ReadonlySet<string>; pending: boolean } {
  const query = text.trim();
  const [found, setFound] = useState<{ query: string; ids: ReadonlySet<string> }>({ query: '', ids: nobody });
  useEffect(() => {
    if (query === '') return undefined;
    const stop = new AbortController();
    const load = async () => {
      let ids = nobody;
      try {
        const { items } = await ask.get<{ items: ReportRecord[] }>(
          `/api/v1/reports?q=${encodeURIComponent(query)}`,
          stop.signal,
        );
        ids = new Set(items.map((report) => report.id));
      } catch {
        // The titles were searched here already; what the server would have added is only more.
        if (stop.signal.aborted) return;
      }
      setFound({ query, ids });
    };
    const timer = setTimeout(() => void load(), restMs);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [query]);
  if (query === '') return { ids: nobody, pending: false };
  return { ids: found.query === query ? found.ids : nobody, pending: found.query !== query };
}
