/** Threads are ended whatever happens; held with one of ours that never ends by itself. */
import { once } from 'node:events';
import type { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { startThread, untilEnd } from '#server/thread.ts';

const LONG = 60_000;

/** It waits for documents, which never come. */
function startIdle(): { worker: Worker; ended: Promise<unknown> } {
  const worker = startThread(import.meta.resolve('#server/sync/compactor.ts'), 'snapshot-worker');
  return { worker, ended: once(worker, 'exit') };
}

test('IM95 a thread is ended at once when nobody waits for it any more', async () => {
  const { worker, ended } = startIdle();
  const stop = new AbortController();
  const end = untilEnd(worker, { timeoutMs: LONG, signal: stop.signal, hear: () => {} });
  stop.abort();
  await expect(end).rejects.toMatchObject({ code: 'cancelled' });
  await ended;
});

test('IM95 a thread that nobody waited for from the start is ended too', async () => {
  const { worker, ended } = startIdle();
  const end = untilEnd(worker, { timeoutMs: LONG, signal: AbortSignal.abort(), hear: () => {} });
  await expect(end).rejects.toMatchObject({ code: 'cancelled' });
  await ended;
});

test('IM8 a thread is ended when its time is over', async () => {
  const { worker, ended } = startIdle();
  expect(await untilEnd(worker, { timeoutMs: 0, hear: () => {} })).toEqual({ exceeded: 'time' });
  await ended;
});

test('IM8 a thread that ends without an answer is a fault', async () => {
  const { worker } = startIdle();
  const end = untilEnd(worker, { timeoutMs: LONG, hear: () => {} });
  await worker.terminate();
  expect(await end).toEqual({ fault: expect.stringContaining('it ended') });
});
