'use client';
/** The way of one file with answers: none yet, on its way, taken in, or refused. */
import { useCallback, useEffect, useRef, useState } from 'react';
import { RequestProblem } from '../_session/request.ts';
import { answersWords as words } from '../_strings/en-answers.ts';
import { answersSentence, takeAnswers, type Taken } from './take-answers.ts';

export type Course =
  | { readonly state: 'none' }
  | { readonly state: 'sending'; readonly name: string; readonly sent: number | null }
  | { readonly state: 'done'; readonly name: string; readonly taken: Taken }
  | { readonly state: 'refused' | 'cancelled'; readonly name: string; readonly sentence: string };

export interface Answers {
  readonly course: Course;
  take(this: void, file: File): void;
  cancel(this: void): void;
}

/** `given`: a file that is taken at once. */
export function useAnswers(reportId: string, given: File | null): Answers {
  const [course, setCourse] = useState<Course>({ state: 'none' });
  const stop = useRef<AbortController | null>(null);
  const cancel = useCallback((): void => stop.current?.abort(), []);

  const take = useCallback(
    (file: File): void => {
      stop.current?.abort();
      const mine = new AbortController();
      stop.current = mine;
      const { name } = file;
      const show = (next: Course): void => {
        if (stop.current === mine) setCourse(next);
      };
      const onProgress = (sent: number | null): void => show({ state: 'sending', name, sent });
      onProgress(0);
      takeAnswers(reportId, file, { signal: mine.signal, onProgress }).then(
        (taken) => show({ state: 'done', name, taken }),
        (error: unknown) => {
          const isMine = error instanceof RequestProblem && error.code === 'cancelled';
          if (isMine) show({ state: 'cancelled', name, sentence: words.cancelled });
          else show({ state: 'refused', name, sentence: answersSentence(error) });
        },
      );
    },
    [reportId],
  );

  useEffect(() => {
    if (given === null) setCourse((now) => (now.state === 'sending' ? now : { state: 'none' }));
    else take(given);
  }, [given, take]);
  return { course, take, cancel };
}
