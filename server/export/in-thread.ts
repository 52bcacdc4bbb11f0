/**
 * Makes a file in a thread of its own, with a cap on time and memory: a long report as Word or PDF takes a second, and
 * nobody's keystrokes wait for it. A few at once; more wait for their turn.
 */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { AppError } from '#core/errors.ts';
import type { ExportProjection } from '#core/export/projection.ts';
import { Gate } from '#server/gate.ts';
import type { ThreadFormatName } from './thread-formats.ts';

export interface ToExporter {
  readonly name: ThreadFormatName;
  readonly projection: ExportProjection;
}

export type FromExporter = { readonly bytes: Uint8Array } | { readonly fault: string };

/** The largest report that there can be takes about a tenth of it. */
const TIMEOUT_MS = 60_000;
/** For 2,000,000 characters with 5,000 claims and their comments; an honest report takes a tenth. */
const MEMORY_MB = 1_024;
/** Two cores make two files; a third would only make all of them slower. */
const AT_ONCE = 2;

const turns = new Gate(AT_ONCE);

/** Throws `too_large` where the caps are met. `timeoutMs` is for tests. */
export async function formatInThread(
  name: ThreadFormatName,
  projection: ExportProjection,
  timeoutMs = TIMEOUT_MS,
): Promise<Uint8Array> {
  const answer = await turns.run(() => answered({ name, projection }, timeoutMs));
  if (answer === 'too_large')
    throw new AppError(
      'too_large',
      `The report is too large for this format.${name === 'html' ? '' : ' Export it as a web page.'}`,
    );
  if ('fault' in answer) throw new Error(`The exporting thread failed: ${answer.fault}`);
  return answer.bytes;
}

function answered(workerData: ToExporter, timeoutMs: number): Promise<FromExporter | 'too_large'> {
  return new Promise((resolve) => {
    const worker = startWorker(workerData);
    const finish = (answer: FromExporter | 'too_large'): void => {
      clearTimeout(timer);
      resolve(answer);
      void worker.terminate();
    };
    const timer = setTimeout(() => finish('too_large'), timeoutMs);
    worker.once('message', (answer: FromExporter) => finish(answer));
    worker.once('error', (error: Error & { code?: string }) =>
      finish(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'too_large' : { fault: error.message }),
    );
    worker.once('exit', (code) => finish({ fault: `it ended with code ${code}` }));
  });
}

/** From the built server the worker is the bundle beside it; from the sources it is TypeScript. */
function startWorker(workerData: ToExporter): Worker {
  const here = fileURLToPath(import.meta.url);
  const entry = here.endsWith('.ts') ? 'export-worker-from-sources.mjs' : 'export-worker.js';
  return new Worker(path.join(path.dirname(here), entry), {
    workerData,
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
  });
}
