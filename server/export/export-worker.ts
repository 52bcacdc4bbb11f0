/** The exporting thread: makes the one file that it was asked for, answers, and is done. */
import { parentPort, workerData } from 'node:worker_threads';
import { heavyFormats } from './heavy-formats.ts';
import type { FromExporter, ToExporter } from './in-thread.ts';

async function answer(): Promise<FromExporter> {
  try {
    // Given by in-thread.ts, the only one that starts this thread.
    const { name, projection } = workerData as ToExporter;
    return { bytes: await heavyFormats[name](projection) };
  } catch (error) {
    return { fault: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

parentPort?.postMessage(await answer());
