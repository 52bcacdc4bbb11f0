/** The reading thread: reads the one source that it was given, tells how far it is, answers, and is done. */
import { parentPort, workerData } from 'node:worker_threads';
import { isAppError } from '#core/errors.ts';
import { answerOf } from '#server/thread.ts';
import { readSourceHere, type SourceInput } from './reader.ts';
import type { FromReader, Read } from './source.ts';
import { seldom } from './steps.ts';
import { threadName } from './thread-watch.ts';

const say = (said: FromReader): void => parentPort?.postMessage(said);

async function read(): Promise<Read> {
  try {
    // Given by source.ts, the only one that starts this thread.
    const input = workerData as SourceInput;
    return {
      imported: await readSourceHere(
        input,
        seldom((at) => say({ at }), Date.now),
      ),
    };
  } catch (error) {
    if (isAppError(error)) return { failure: { code: error.code, detail: error.message } };
    throw error;
  }
}

// The code is loaded: from now on time and memory are the source's.
say({ started: true, thread: threadName() });
say(await answerOf(read));
