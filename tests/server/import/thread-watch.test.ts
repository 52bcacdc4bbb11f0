import { Worker } from 'node:worker_threads';
import { afterEach, expect, test, vi } from 'vitest';
import { openWorkMeter, threadName } from '#server/import/thread-watch.ts';

let worker: Worker | null = null;
afterEach(async () => {
  await worker?.terminate();
});

/** Says its name and works without an end, or waits for ever. */
function start(isBusy: boolean): Promise<string> {
  const code = `
    const { parentPort } = require('node:worker_threads');
    parentPort.postMessage(require('node:fs').readlinkSync('/proc/thread-self'));
    if (${isBusy}) for (;;);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);`;
  const started = (worker = new Worker(code, { eval: true }));
  return new Promise((resolve, reject) => started.once('message', resolve).once('error', reject));
}

function workHere(milliseconds: number): void {
  const before = process.cpuUsage();
  for (let done = 0; done < milliseconds;) {
    const { user, system } = process.cpuUsage(before);
    done = (user + system) / 1_000;
  }
}

const onLinux = test.runIf(process.platform === 'linux');

onLinux('IM133: what the server works meanwhile counts for no reader', async () => {
  const meter = openWorkMeter(await start(false));
  workHere(400);
  expect(meter()).toBeLessThan(200);
});

onLinux('IM133: what a reader works counts, though it answers nothing', { timeout: 40_000 }, async () => {
  const meter = openWorkMeter(await start(true));
  await vi.waitFor(() => expect(meter()).toBeGreaterThan(100), { timeout: 30_000 });
});

test('IM133: where the system does not say, what the process works is shared out', () => {
  const meter = openWorkMeter(null);
  workHere(50);
  expect(meter()).toBeGreaterThanOrEqual(50);
  const ofNone = openWorkMeter('self/task/0');
  workHere(50);
  expect(ofNone()).toBeGreaterThanOrEqual(50);
});

onLinux('IM133: a thread knows its name', () => {
  expect(threadName()).toMatch(/^\d+\/task\/\d+$/);
});
