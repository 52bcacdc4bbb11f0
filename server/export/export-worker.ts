/** The exporting thread: makes the one file that it was asked for, answers, and is done. */
import { parentPort, workerData } from 'node:worker_threads';
import { answerOf } from '#server/thread.ts';
import type { FromExporter, ToExporter } from './in-thread.ts';
import { formatHere } from './thread-formats.ts';

// Given by in-thread.ts, the only one that starts this thread.
const { name, projection } = workerData as ToExporter;
const answer: FromExporter = await answerOf(async () => formatHere(name, projection));
parentPort?.postMessage(answer);
