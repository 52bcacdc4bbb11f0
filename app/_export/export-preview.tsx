'use client';
/**
 * What the recipient will see: the page that the server would hand out with these options, in a frame in which nothing
 * runs. A frame cannot tell why it stayed empty, so the report is asked for first.
 */
import { useEffect, useState } from 'react';
import { ask, sentenceOf } from '../_session/request.ts';
import { exportWords as words } from '../_strings/en-export.ts';
import { Button } from '../_ui/button.tsx';
import { Skeleton } from '../_ui/states.tsx';
import { previewAddress, type ExportOptions } from './export-choice.ts';

export interface ExportPreviewProps {
  reportId: string;
  options: ExportOptions;
}

export function ExportPreview({ reportId, options }: ExportPreviewProps) {
  const [turn, setTurn] = useState(0);
  const reach = useReach(reportId, turn);
  const address = previewAddress(reportId, options);
  const [shown, setShown] = useState<string | null>(null);
  if (reach.problem !== null) {
    return (
      <div
        role="alert"
        className="grid h-full place-content-center justify-items-center gap-3 p-6 text-center"
      >
        <p className="max-w-[36ch] text-ink-2">
          {words.previewFailed} {reach.problem}
        </p>
        <Button size="sm" onClick={() => setTurn(turn + 1)}>
          {words.retry}
        </Button>
      </div>
    );
  }
  const isLoading = !reach.isThere || shown !== address;
  return (
    <div className="relative h-full" aria-busy={isLoading}>
      {reach.isThere ? (
        <iframe
          // Nothing at all is allowed in it: no script, no form, no way out.
          sandbox=""
          title={words.preview}
          src={address}
          onLoad={() => setShown(address)}
          className="block size-full bg-white"
        />
      ) : null}
      {isLoading ? <Soon isFirst={shown === null} /> : null}
      <span role="status" className="sr-only">
        {isLoading ? words.previewLoading : ''}
      </span>
    </div>
  );
}

/** The first time a page of grey lines; afterwards the old page stays until the new one is there. */
function Soon({ isFirst }: { isFirst: boolean }) {
  if (!isFirst) return null;
  return (
    <div aria-hidden className="absolute inset-0 grid content-start gap-3 bg-paper p-8">
      <Skeleton className="mb-3 h-7 w-3/5 rounded-1" />
      {['w-full', 'w-11/12', 'w-full', 'w-4/5', 'w-full', 'w-10/12', 'w-2/3'].map((width, index) => (
        <Skeleton key={index} className={`h-4 rounded-1 ${width}`} />
      ))}
    </div>
  );
}

interface Reach {
  isThere: boolean;
  problem: string | null;
}

const unknown: Reach = { isThere: false, problem: null };

/** Whether this report can be had at all, now. */
function useReach(reportId: string, turn: number): Reach {
  const [reach, setReach] = useState(unknown);
  useEffect(() => {
    const stop = new AbortController();
    setReach(unknown);
    const look = async () => {
      try {
        await ask.get(`/api/v1/reports/${reportId}`, stop.signal);
        setReach({ isThere: true, problem: null });
      } catch (error) {
        if (!stop.signal.aborted) setReach({ isThere: false, problem: sentenceOf(error) });
      }
    };
    void look();
    return () => stop.abort();
  }, [reportId, turn]);
  return reach;
}
