/** The thread that makes snapshots, one after the other: a long document would hold up everybody's keystrokes. */
import { parentPort } from 'node:worker_threads';
import type { DocumentTail } from '#db/queries/document-history.ts';
import { makeSnapshot, type MadeSnapshot } from './snapshot.ts';

/** What the thread answers: one for each tail that it was given, in order. */
export type FromSnapshotWorker = { readonly made: MadeSnapshot } | { readonly fault: string };

parentPort?.on('message', (tail: DocumentTail) => {
  parentPort?.postMessage(answer(tail));
});

function answer(tail: DocumentTail): FromSnapshotWorker {
  try {
    return { made: makeSnapshot(tail) };
  } catch (error) {
    return { fault: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
