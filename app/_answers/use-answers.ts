'use client';
/** The way of one file with answers: none yet, on its way, looked at, taken in, or refused. */
import { useCallback, useEffect, useRef, useState } from 'react';
import { RequestProblem } from '../_session/request.ts';
import { answersWords as words } from '../_strings/en-answers.ts';
import { answersSentence, lookAtAnswers, takeAnswers, type Taken } from './take-answers.ts';

export type Course =
  | { readonly state: 'none' }
  | { readonly state: 'sending'; readonly name: string; readonly sent: number | null }
  /** What would come of it; nothing is taken in yet. */
  | { readonly state: 'found'; readonly name: string; readonly file: File; readonly taken: Taken }
  | { readonly state: 'done'; readonly name: string; readonly taken: Taken }
  | { readonly state: 'refused' | 'cancelled'; readonly name: string; readonly sentence: string };

export interface Answers {
  readonly course: Course;
  /** Asks what would come of it. */
  look(this: void, file: File): void;
  /** Takes in what was looked at. */
  take(this: void, file: File): void;
  cancel(this: void): void;
}

/** `given`: a file that is looked at at once. */
export function useAnswers(reportId: string, given: File | null): Answers {
  const [course, setCourse] = useState<Course>({ state: 'none' });
  const stop = useRef<AbortController | null>(null);
  const cancel = useCallback((): void => stop.current?.abort(), []);

  const send = useCallback(
    (file: File, way: typeof takeAnswers, arrived: (taken: Taken) => Course): void => {
      stop.current?.abort();
      const mine = new AbortController();
      stop.current = mine;
      const { name } = file;
      const show = (next: Course): void => {
        if (stop.current === mine) setCourse(next);
      };
      const onProgress = (sent: number | null): void => show({ state: 'sending', name, sent });
      onProgress(0);
      way(reportId, file, { signal: mine.signal, onProgress }).then(
        (taken) => show(arrived(taken)),
        (error: unknown) => {
          const isMine = error instanceof RequestProblem && error.code === 'cancelled';
          const cancelled = way === lookAtAnswers ? words.cancelledLook : words.cancelled;
          if (isMine) show({ state: 'cancelled', name, sentence: cancelled });
          else show({ state: 'refused', name, sentence: answersSentence(error) });
        },
      );
    },
    [reportId],
  );

  const look = useCallback(
    (file: File): void =>
      send(file, lookAtAnswers, (taken) => ({
        state: taken.hasNews ? 'found' : 'done',
        name: file.name,
        file,
        taken,
      })),
    [send],
  );
  const take = useCallback(
    (file: File): void => send(file, takeAnswers, (taken) => ({ state: 'done', name: file.name, taken })),
    [send],
  );

  useEffect(() => {
    if (given === null) setCourse((now) => (now.state === 'sending' ? now : { state: 'none' }));
    else look(given);
  }, [given, look]);
  return { course, look, take, cancel };
}
