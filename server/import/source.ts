/**
 * Reads a source for import. Small ones are read at once. Large ones are read in a thread of their own with a cap
 * on time and memory: readers are linear, but 20 MB of anything would hold up everybody's keystrokes, and a
 * parser's bad case that nobody knows yet must end with a sentence and not with a dead server.
 */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { AppError, type ErrorCode } from '#core/errors.ts';
import { settleFigures } from './figures.ts';
import { READ_MEMORY_MB, READ_TIMEOUT_MS, THREAD_FROM_BYTES } from './limits.ts';
import { readSourceHere, type ImportedText, type SourceInput } from './reader.ts';

/** What the thread answers: the text, or the expected failure by its parts (errors do not cross threads whole). */
export type FromReader =
  | { readonly imported: ImportedText }
  | { readonly failure: { readonly code: ErrorCode; readonly detail: string } }
  | { readonly fault: string };

/**
 * Throws `too_large`, `undecodable`, `unsupported_kind`, `empty_text`, `invalid_input` or `refused_content`, each
 * with a sentence. `limits` are for tests.
 */
export async function readSource(
  input: SourceInput,
  limits = { threadFromBytes: THREAD_FROM_BYTES, timeoutMs: READ_TIMEOUT_MS },
): Promise<ImportedText> {
  return settleFigures(await readAnywhere(input, limits));
}

async function readAnywhere(
  input: SourceInput,
  limits: { threadFromBytes: number; timeoutMs: number },
): Promise<ImportedText> {
  if (input.bytes.length < limits.threadFromBytes) return readSourceHere(input);
  const answer = await readInThread(input, limits.timeoutMs);
  if ('imported' in answer) return answer.imported;
  if ('failure' in answer) throw new AppError(answer.failure.code, answer.failure.detail);
  throw new Error(`The reading thread failed: ${answer.fault}`);
}

function readInThread(input: SourceInput, timeoutMs: number): Promise<FromReader> {
  return new Promise((resolve) => {
    const worker = startWorker(input);
    const finish = (answer: FromReader): void => {
      clearTimeout(timer);
      resolve(answer);
      void worker.terminate();
    };
    const timer = setTimeout(
      () => finish(tooHard(`reading it took more than ${timeoutMs / 1_000} seconds`)),
      timeoutMs,
    );
    worker.once('message', (answer: FromReader) => finish(answer));
    worker.once('error', (error: Error & { code?: string }) =>
      finish(
        error.code === 'ERR_WORKER_OUT_OF_MEMORY'
          ? tooHard('reading it took too much memory')
          : { fault: error.message },
      ),
    );
    worker.once('exit', (code) => finish({ fault: `it ended with code ${code}` }));
  });
}

function tooHard(why: string): FromReader {
  return {
    failure: {
      code: 'too_large',
      detail: `The source is too intricate: ${why}. Save it as plain text and import that.`,
    },
  };
}

/** From the built server the worker is the bundle beside it; from the sources it is TypeScript. */
function startWorker(workerData: SourceInput): Worker {
  const here = fileURLToPath(import.meta.url);
  const entry = here.endsWith('.ts') ? 'import-worker-from-sources.mjs' : 'import-worker.js';
  return new Worker(path.join(path.dirname(here), entry), {
    workerData,
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: READ_MEMORY_MB },
  });
}
