/** The exporting thread: makes one file after the other, each as it was asked for, and never knows of another. */
import { parentPort } from 'node:worker_threads';
import { answerOf } from '#server/thread.ts';
import type { ToExporter } from './in-thread.ts';
import { formatHere } from './thread-formats.ts';

parentPort?.on('message', ({ name, projection }: ToExporter) => {
  void answerOf(() => formatHere(name, projection)).then((answer) => parentPort?.postMessage(answer));
});
