/** The reading thread: reads the one source that it was given, answers, and is done. */
import { parentPort, workerData } from 'node:worker_threads';
import { isAppError } from '#core/errors.ts';
import { readSourceHere, type SourceInput } from './reader.ts';
import type { FromReader } from './source.ts';
import { threadName } from './thread-watch.ts';

async function answer(): Promise<FromReader> {
  try {
    // Given by source.ts, the only one that starts this thread.
    return { imported: await readSourceHere(workerData as SourceInput) };
  } catch (error) {
    if (isAppError(error)) return { failure: { code: error.code, detail: error.message } };
    return { fault: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

// The code is loaded: from now on time and memory are the source's.
parentPort?.postMessage({ started: true, thread: threadName() } satisfies FromReader);
parentPort?.postMessage(await answer());
