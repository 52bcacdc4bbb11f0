'use client';
/**
 * What the recipient will see: the page that the server would hand out with these options, in a frame in which nothing
 * runs. It is fetched here, since a frame would show a refusal as the page.
 */
import { useEffect, useState } from 'react';
import { sentenceOf } from '../_session/request.ts';
import { exportWords as words } from '../_strings/en-export.ts';
import { Button } from '../_ui/button.tsx';
import { Skeleton } from '../_ui/states.tsx';
import { previewAddress, type ExportOptions } from './export-choice.ts';
import { fetchPage } from './fetch-file.ts';

export interface ExportPreviewProps {
  reportId: string;
  options: ExportOptions;
}

export function ExportPreview({ reportId, options }: ExportPreviewProps) {
  const [turn, setTurn] = useState(0);
  const address = previewAddress(reportId, options);
  const { page, problem, isLoading } = usePage(address, turn);
  if (problem !== null) {
    return (
      <div
        role="alert"
        className="grid h-full place-content-center justify-items-center gap-3 p-6 text-center"
      >
        <p className="max-w-[36ch] text-ink-2">
          {words.previewFailed} {problem}
        </p>
        <Button size="sm" onClick={() => setTurn(turn + 1)}>
          {words.retry}
        </Button>
      </div>
    );
  }
  return (
    <div className="relative h-full" aria-busy={isLoading}>
      {page === null ? null : (
        <iframe
          // Nothing at all is allowed in it: no script, no form, no way out.
          sandbox=""
          title={words.preview}
          srcDoc={page}
          className="block size-full bg-white"
        />
      )}
      {page === null && isLoading ? <Soon /> : null}
      <span role="status" className="sr-only">
        {isLoading ? words.previewLoading : ''}
      </span>
    </div>
  );
}

/** The first time a page of grey lines; afterwards the old page stays until the new one is there. */
function Soon() {
  return (
    <div aria-hidden className="absolute inset-0 grid content-start gap-3 bg-paper p-8">
      <Skeleton className="mb-3 h-7 w-3/5 rounded-1" />
      {['w-full', 'w-11/12', 'w-full', 'w-4/5', 'w-full', 'w-10/12', 'w-2/3'].map((width, index) => (
        <Skeleton key={index} className={`h-4 rounded-1 ${width}`} />
      ))}
    </div>
  );
}

interface Page {
  /** The last one that came. */
  page: string | null;
  problem: string | null;
  isLoading: boolean;
}

function usePage(address: string, turn: number): Page {
  const [shown, setShown] = useState<Page>({ page: null, problem: null, isLoading: true });
  useEffect(() => {
    const stop = new AbortController();
    setShown(({ page }) => ({ page, problem: null, isLoading: true }));
    const look = async () => {
      try {
        const page = await fetchPage(address, stop.signal);
        setShown({ page, problem: null, isLoading: false });
      } catch (error) {
        if (!stop.signal.aborted) setShown({ page: null, problem: sentenceOf(error), isLoading: false });
      }
    };
    void look();
    return () => stop.abort();
  }, [address, turn]);
  return shown;
}
