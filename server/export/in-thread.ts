/**
 * Makes a file in a thread of its own, with a cap on time and memory: a long report as Word or PDF takes a second, and
 * nobody's keystrokes wait for it. A few at once; more wait for their turn.
 */
import type { Worker } from 'node:worker_threads';
import { AppError } from '#core/errors.ts';
import type { ExportProjection } from '#core/export/projection.ts';
import { Gate } from '#server/gate.ts';
import { startThread, untilEnd, type ThreadAnswer } from '#server/thread.ts';
import type { ThreadFormatName } from './thread-formats.ts';

export interface ToExporter {
  readonly name: ThreadFormatName;
  readonly projection: ExportProjection;
}

export type FromExporter = ThreadAnswer<Uint8Array>;

/** The largest report that there can be takes about a tenth of it. */
const TIMEOUT_MS = 60_000;
/** For 2,000,000 characters with 5,000 claims and their comments; an honest report takes a tenth. */
const MEMORY_MB = 1_024;
/** Two cores make two files; a third would only make all of them slower. */
const AT_ONCE = 2;
/** Who exports one file often exports the next, and the code takes longer to load than most files to make. */
const REST_MS = 30_000;

const turns = new Gate(AT_ONCE);
/** Threads that made a file and wait for another, with what ends them; they keep no process alive. */
const resting = new Map<Worker, NodeJS.Timeout>();

/** Throws `too_large` where the caps are met. `timeoutMs` is for tests. */
export async function formatInThread(
  name: ThreadFormatName,
  projection: ExportProjection,
  timeoutMs = TIMEOUT_MS,
): Promise<Uint8Array> {
  const end = await turns.run(() => {
    const worker = takeThread();
    worker.postMessage({ name, projection } satisfies ToExporter);
    return untilEnd<FromExporter, Uint8Array>(worker, {
      timeoutMs,
      hear: (said, { finish }) => finish(said),
      keep: rest,
    });
  });
  if ('answer' in end) return end.answer;
  if ('fault' in end) throw new Error(`The exporting thread failed: ${end.fault}`);
  throw new AppError(
    'too_large',
    `The report is too large for this format.${name === 'html' ? '' : ' Export it as a web page.'}`,
  );
}

function takeThread(): Worker {
  const [rested] = resting;
  if (rested === undefined) {
    const limits = { maxOldGenerationSizeMb: MEMORY_MB };
    const worker = startThread(import.meta.url, 'export-worker', { resourceLimits: limits });
    return worker.once('exit', () => resting.delete(worker)).on('error', () => undefined);
  }
  const [worker, ending] = rested;
  clearTimeout(ending);
  resting.delete(worker);
  worker.ref();
  return worker;
}

function rest(worker: Worker): void {
  worker.unref();
  resting.set(worker, setTimeout(() => void worker.terminate(), REST_MS).unref());
}
