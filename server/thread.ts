/**
 * Work in a thread of its own: how one of ours is started, and how it ends. It ends with its answer, at a cap on time or
 * memory, by a fault, or because nobody waits for it any more; whichever comes first, the thread is gone then.
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
}

/** Waits for the end of a thread that was just started. Throws `cancelled`. */
export function untilEnd<Said, Answer>(
  worker: Worker,
  { timeoutMs, signal, hear }: ThreadCourse<Said, Answer>,
): Promise<ThreadEnd<Answer>> {
  return new Promise((resolve, reject) => {
    let isDone = false;
    const stop = (): void => {
      isDone = true;
      clearTimeout(timer);
      signal?.removeEventListener('abort', cancel);
      void worker.terminate();
    };
    const finish = (end: ThreadEnd<Answer>): void => {
      stop();
      resolve(end);
    };
    const cancel = (): void => {
      stop();
      reject(new AppError('cancelled'));
    };
    const startClock = (): NodeJS.Timeout => setTimeout(() => finish({ exceeded: 'time' }), timeoutMs);
    let timer = startClock();
    const restartClock = (): void => {
      clearTimeout(timer);
      timer = startClock();
    };
    worker.on('message', (said: Said) => {
      // What it still said while it was being ended counts for nothing.
      if (!isDone) hear(said, { finish, restartClock });
    });
    worker.once('error', (error: Error & { code?: string }) =>
      finish(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? { exceeded: 'memory' } : { fault: error.message }),
    );
    worker.once('exit', (code) => finish({ fault: `it ended with code ${code}` }));
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
