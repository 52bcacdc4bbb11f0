/**
 * Work in a thread of its own: how one of ours is started, and how it ends. It ends with its answer, at a cap on time or
 * memory, by a fault, or because nobody waits for it any more; whichever comes first, the thread is gone then, unless one
 * that answered is kept.
 */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker, type WorkerOptions } from 'node:worker_threads';
import { AppError } from '#core/errors.ts';

/**
 * Starts the worker `name` that lies beside the caller, whose `import.meta.url` is `from`: in the built server it is the
 * bundle beside the caller's, among the sources it is TypeScript.
 */
export function startThread(
  from: string,
  name: string,
  options: Pick<WorkerOptions, 'workerData' | 'resourceLimits'> = {},
): Worker {
  const here = fileURLToPath(from);
  const entry = here.endsWith('.ts') ? `${name}-from-sources.mjs` : `${name}.js`;
  return new Worker(path.join(path.dirname(here), entry), { ...options, execArgv: [] });
}

/** What a thread says last. */
export type ThreadAnswer<Answer> = { readonly answer: Answer } | { readonly fault: string };
/** How its work ended: as it said, or because a cap was met. */
export type ThreadEnd<Answer> = ThreadAnswer<Answer> | { readonly exceeded: 'time' | 'memory' };

export interface RunningThread<Answer> {
  /** Ends the thread. */
  finish(end: ThreadEnd<Answer>): void;
  /** The time that it may take begins anew. */
  restartClock(): void;
}

export interface ThreadCourse<Said, Answer> {
  readonly timeoutMs: number;
  /** Aborted when nobody waits for the answer any more. */
  readonly signal?: AbortSignal | undefined;
  /** Each message of the thread until it ends. */
  readonly hear: (said: Said, running: RunningThread<Answer>) => void;
  /** Keeps the thread that answered for other work; without it, that one ends too. */
  readonly keep?: (worker: Worker) => void;
}

/** Waits for the end of a thread's work that was just begun. Throws `cancelled`. */
export function untilEnd<Said, Answer>(
  worker: Worker,
  { timeoutMs, signal, hear, keep }: ThreadCourse<Said, Answer>,
): Promise<ThreadEnd<Answer>> {
  return new Promise((resolve, reject) => {
    let isDone = false;
    const stop = (end: (worker: Worker) => unknown): void => {
      if (isDone) return;
      isDone = true;
      clearTimeout(timer);
      signal?.removeEventListener('abort', cancel);
      worker.off('message', listen).off('error', fail).off('exit', exited);
      end(worker);
    };
    // One that is being ended may still fail.
    const terminate = (): Promise<number> => worker.on('error', () => undefined).terminate();
    const finish = (end: ThreadEnd<Answer>): void => {
      stop('answer' in end && keep !== undefined ? keep : terminate);
      resolve(end);
    };
    const cancel = (): void => {
      stop(terminate);
      reject(new AppError('cancelled'));
    };
    const startClock = (): NodeJS.Timeout => setTimeout(() => finish({ exceeded: 'time' }), timeoutMs);
    let timer = startClock();
    const restartClock = (): void => {
      clearTimeout(timer);
      timer = startClock();
    };
    const listen = (said: Said): void => hear(said, { finish, restartClock });
    const fail = (error: Error & { code?: string }): void =>
      finish(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? { exceeded: 'memory' } : { fault: error.message });
    const exited = (code: number): void => finish({ fault: `it ended with code ${code}` });
    worker.on('message', listen).once('error', fail).once('exit', exited);
    if (signal?.aborted === true) cancel();
    else signal?.addEventListener('abort', cancel, { once: true });
  });
}

/** What a worker made, or the fault that it met, as its last message. */
export async function answerOf<Answer>(make: () => Promise<Answer>): Promise<ThreadAnswer<Answer>> {
  try {
    return { answer: await make() };
  } catch (error) {
    return { fault: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
