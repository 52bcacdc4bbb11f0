/**
 * What bounds every durable figure: an fsync of this disk, and one edit of one writer with nobody else there, sent and
 * acknowledged (the network, the examination, one commit).
 */
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { median, percentile } from '../../measure.mjs';
import { acknowledged, gather, leave, seed } from '../gather.mjs';
import { temporaryFolder } from '../processes.mjs';
import { makePages, type } from '../typing.mjs';

const BYTES = 8192;
const FSYNCS = 200;
const BETWEEN_EDITS = 20;
const WARM_UP = 20;

export const fsync = {
  title: 'fsync',
  only: ['relay'],
  figures: { disk: { name: 'one fsync of this disk, median', unit: 'ms' } },
  measure: async () => ({ disk: median(fsyncTimes()) }),
};

function fsyncTimes() {
  const folder = temporaryFolder();
  const file = openSync(join(folder, 'log'), 'a');
  const times = Array.from({ length: FSYNCS }, () => {
    const started = performance.now();
    writeSync(file, Buffer.alloc(BYTES));
    fsyncSync(file);
    return performance.now() - started;
  });
  closeSync(file);
  return times;
}

export const oneCommit = {
  title: 'one commit',
  only: ['ours', 'oursOnPostgres'],
  figures: {
    p50: { name: 'one edit acknowledged, nobody else there, p50', unit: 'ms' },
    p95: { name: 'one edit acknowledged, nobody else there, p95', unit: 'ms' },
  },
  async measure(server, { short }) {
    const edits = short ? 60 : 200;
    const content = makePages(1);
    const id = await seed(server, content);
    const [writer] = await gather(server, id, 1);
    const times = [];
    const updates = type(
      content,
      0,
      Array.from({ length: edits }, () => 'k'),
    );
    for (const [i, update] of updates.entries()) {
      const started = performance.now();
      writer.send(writer.frame(update));
      await acknowledged(writer, i + 1);
      times.push(performance.now() - started);
      await delay(BETWEEN_EDITS);
    }
    await leave([writer]);
    const counted = times.slice(WARM_UP);
    return { p50: percentile(counted, 50), p95: percentile(counted, 95) };
  },
};
