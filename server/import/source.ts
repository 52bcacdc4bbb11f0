/**
 * Reads a source for import. Small ones are read at once. Large ones are read in a thread of their own with a cap
 * on time and memory: readers are linear, but 20 MB of anything would hold up everybody's keystrokes, and a
 * parser's bad case that nobody knows yet must end with a sentence and not with a dead server. A few at once; more wait
 * for their turn. Who waits hears how far it is; when nobody waits any more, nothing goes on reading.
 */
import { AppError, type ErrorCode } from '#core/errors.ts';
import type { ReadingStep } from '#core/events.ts';
import { Gate } from '#server/gate.ts';
import { startThread, untilEnd, type ThreadAnswer } from '#server/thread.ts';
import { settleFigures } from './figures.ts';
import { isPdf, isZip } from './kind.ts';
import {
  PAGE_THREAD_FROM_BYTES,
  READ_MEMORY_MB,
  READ_TIMEOUT_MS,
  READERS_AT_ONCE,
  THREAD_FROM_BYTES,
} from './limits.ts';
import { readSourceHere, type ImportedText, type SourceInput } from './reader.ts';
import type { TellStep } from './steps.ts';
import { watchThread } from './thread-watch.ts';
import { isMhtml } from './web/mhtml.ts';

/** What a reading comes to: the text, or the expected failure by its parts (errors do not cross threads whole). */
export type Read =
  | { readonly imported: ImportedText }
  | { readonly failure: { readonly code: ErrorCode; readonly detail: string } };

/** What the thread says. */
export type FromReader =
  /** `thread`: see thread-watch.ts. */
  | { readonly started: true; readonly thread: string | null }
  | { readonly at: ReadingStep }
  | ThreadAnswer<Read>;

/** Who waits for a reading. */
export interface Reading {
  readonly onStep?: TellStep | undefined;
  /** Aborted when they do so no more. */
  readonly signal?: AbortSignal | undefined;
}

interface ReadLimits {
  readonly threadFromBytes: number;
  readonly timeoutMs: number;
  readonly workMs?: number;
}

const turns = new Gate(READERS_AT_ONCE);

/**
 * Throws `too_large`, `undecodable`, `unsupported_kind`, `empty_text`, `invalid_input` or `refused_content`, each
 * with a sentence, and `cancelled`. `limits` are for tests.
 */
export async function readSource(
  input: SourceInput,
  reading: Reading = {},
  limits: ReadLimits = { threadFromBytes: THREAD_FROM_BYTES, timeoutMs: READ_TIMEOUT_MS },
): Promise<ImportedText> {
  demandSomebody(reading);
  return settleFigures(await readAnywhere(input, reading, limits));
}

async function readAnywhere(input: SourceInput, reading: Reading, limits: ReadLimits): Promise<ImportedText> {
  if (!needsThread(input, limits.threadFromBytes)) return readSourceHere(input);
  if (turns.isFull) reading.onStep?.({ step: 'waiting' });
  const read = await turns.run(() => readInThread(input, reading, limits));
  if ('imported' in read) return read.imported;
  throw new AppError(read.failure.code, read.failure.detail);
}

function demandSomebody({ signal }: Reading): void {
  if (signal?.aborted === true) throw new AppError('cancelled');
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

async function readInThread(
  input: SourceInput,
  reading: Reading,
  { timeoutMs, workMs }: ReadLimits,
): Promise<Read> {
  const { onStep, signal } = reading;
  // Its turn may have come too late.
  demandSomebody(reading);
  onStep?.({ step: 'reading' });
  const worker = startThread(import.meta.url, 'import-worker', {
    workerData: input,
    resourceLimits: { maxOldGenerationSizeMb: READ_MEMORY_MB },
  });
  let stopWatching = (): void => {};
  const end = await untilEnd<FromReader, Read>(worker, {
    timeoutMs,
    signal,
    hear: (said, { finish, restartClock }) => {
      if ('at' in said) onStep?.(said.at);
      else if ('started' in said) {
        restartClock();
        stopWatching = watchThread(said.thread, (why) => finish({ answer: tooHard(why) }), workMs);
      } else finish(said);
    },
  }).finally(() => stopWatching());
  if ('answer' in end) return end.answer;
  if ('fault' in end) throw new Error(`The reading thread failed: ${end.fault}`);
  if (end.exceeded === 'memory') return tooHard(TOO_MUCH_MEMORY);
  return tooHard(`reading it took more than ${timeoutMs / 1_000} seconds`);
}

const TOO_MUCH_MEMORY = 'reading it took too much memory';

function tooHard(why: string): Read {
  return {
    failure: {
      code: 'too_large',
      detail: `The source is too intricate: ${why}. Save it as plain text and import that.`,
    },
  };
}
