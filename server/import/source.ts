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
import { isPdf, isZip } from './kind.ts';
import { PAGE_THREAD_FROM_BYTES, READ_MEMORY_MB, READ_TIMEOUT_MS, THREAD_FROM_BYTES } from './limits.ts';
import { readSourceHere, type ImportedText, type SourceInput } from './reader.ts';
import { watchThread } from './thread-watch.ts';
import { isMhtml } from './web/mhtml.ts';

/** What the thread answers: the text, or the expected failure by its parts (errors do not cross threads whole). */
export type FromReader =
  /** `thread`: see thread-watch.ts. */
  | { readonly started: true; readonly thread: string | null }
  | { readonly imported: ImportedText }
  | { readonly failure: { readonly code: ErrorCode; readonly detail: string } }
  | { readonly fault: string };

interface ReadLimits {
  threadFromBytes: number;
  timeoutMs: number;
  workMs?: number;
}

/**
 * Throws `too_large`, `undecodable`, `unsupported_kind`, `empty_text`, `invalid_input` or `refused_content`, each
 * with a sentence. `limits` are for tests.
 */
export async function readSource(
  input: SourceInput,
  limits: ReadLimits = { threadFromBytes: THREAD_FROM_BYTES, timeoutMs: READ_TIMEOUT_MS },
): Promise<ImportedText> {
  return settleFigures(await readAnywhere(input, limits));
}

async function readAnywhere(input: SourceInput, limits: ReadLimits): Promise<ImportedText> {
  if (!needsThread(input, limits.threadFromBytes)) return readSourceHere(input);
  const answer = await readInThread(input, limits);
  if ('imported' in answer) return answer.imported;
  if ('failure' in answer) throw new AppError(answer.failure.code, answer.failure.detail);
  throw new Error(`The reading thread failed: ${'fault' in answer ? answer.fault : 'it said nothing'}`);
}

/** A packed file or a PDF of a few bytes may keep its reader busy for long, and a page longer than other text. */
function needsThread(input: SourceInput, fromBytes: number): boolean {
  const { bytes, declared } = input;
  if (bytes.length >= fromBytes || (declared === 'file' && (isZip(bytes) || isPdf(bytes)))) return true;
  return bytes.length >= PAGE_THREAD_FROM_BYTES && isPage(input);
}

function isPage({ bytes, declared }: SourceInput): boolean {
  if (declared !== 'file') return declared === 'html';
  const head = Buffer.from(bytes.subarray(0, 1_024)).toString('latin1');
  return /<(!doctype|html|head|body|div|meta|article)\b/i.test(head) || isMhtml(bytes);
}

function readInThread(input: SourceInput, { timeoutMs, workMs }: ReadLimits): Promise<FromReader> {
  return new Promise((resolve) => {
    const worker = startWorker(input);
    const slow = (): void => finish(tooHard(`reading it took more than ${timeoutMs / 1_000} seconds`));
    let timer = setTimeout(slow, timeoutMs);
    let stopWatching = (): void => {};
    let isDone = false;
    const finish = (answer: FromReader): void => {
      isDone = true;
      clearTimeout(timer);
      stopWatching();
      resolve(answer);
      void worker.terminate();
    };
    const begin = (thread: string | null): void => {
      if (isDone) return;
      clearTimeout(timer);
      timer = setTimeout(slow, timeoutMs);
      stopWatching = watchThread(thread, (why) => finish(tooHard(why)), workMs);
    };
    worker.on('message', (answer: FromReader) =>
      'started' in answer ? begin(answer.thread) : finish(answer),
    );
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
