/** The exporting thread: makes the one file that it was asked for, answers, and is done. */
import { parentPort, workerData } from 'node:worker_threads';
import { answerOf } from '#server/thread.ts';
import { heavyFormats } from './heavy-formats.ts';
import type { FromExporter, ToExporter } from './in-thread.ts';

// Given by in-thread.ts, the only one that starts this thread.
const { name, projection } = workerData as ToExporter;
const answer: FromExporter = await answerOf(async () => heavyFormats[name](projection));
parentPort?.postMessage(answer);
