/**
 * Makes a file in a thread of its own, with a cap on time and memory: a long report as Word or PDF takes a second, and
 * nobody's keystrokes wait for it. A few at once; more wait for their turn.
 */
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

const turns = new Gate(AT_ONCE);

/** Throws `too_large` where the caps are met. `timeoutMs` is for tests. */
export async function formatInThread(
  name: ThreadFormatName,
  projection: ExportProjection,
  timeoutMs = TIMEOUT_MS,
): Promise<Uint8Array> {
  const workerData: ToExporter = { name, projection };
  const end = await turns.run(() =>
    untilEnd<FromExporter, Uint8Array>(
      startThread(import.meta.url, 'export-worker', {
        workerData,
        resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
      }),
      { timeoutMs, hear: (said, { finish }) => finish(said) },
    ),
  );
  if ('answer' in end) return end.answer;
  if ('fault' in end) throw new Error(`The exporting thread failed: ${end.fault}`);
  throw new AppError(
    'too_large',
    `The report is too large for this format.${name === 'html' ? '' : ' Export it as a web page.'}`,
  );
}
