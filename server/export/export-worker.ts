/** The exporting thread: makes the one file that it was asked for, answers, and is done. */
import { parentPort, workerData } from 'node:worker_threads';
import type { FromExporter, ToExporter } from './in-thread.ts';
import { formatHere } from './thread-formats.ts';

async function answer(): Promise<FromExporter> {
  try {
    // Given by in-thread.ts, the only one that starts this thread.
    const { name, projection } = workerData as ToExporter;
    return { bytes: await formatHere(name, projection) };
  } catch (error) {
    return { fault: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

parentPort?.postMessage(await answer());
