/**
 * Resident memory: of a fresh server, then with documents of 10 KB open and one person in each, then with further
 * people in them. Each time after a garbage collection, so that what is only not collected yet does not count; of
 * several looks the smallest. Without PostgreSQL's processes, which share their memory.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { gather, leave, seed } from '../gather.mjs';
import { freePort, inspectorAt, openInspector } from '../inspector.mjs';
import { residentKb } from '../processes.mjs';
import { makeDocument } from '../typing.mjs';

const BYTES = 10_000;
const LOOKS = 6;
const BETWEEN_LOOKS = 400;
/** The embedded database gives 17 MB of its start back after five seconds, all at once. */
const AFTER_START = 8_000;

export const memory = {
  title: 'memory',
  figures: {
    idle: { name: 'memory of a server with nothing open', unit: 'MB' },
    document: {
      name: 'memory for an open 10 KB document with one person',
      unit: 'KB',
      goals: [{ least: 90, aim: 65 }],
    },
    connection: { name: 'memory for a further connection', unit: 'KB', goals: [{ least: 21, aim: 10 }] },
  },
  async measure(server, { short }) {
    const documents = short ? 80 : 200;
    const content = makeDocument(BYTES);
    const ids = [];
    for (let i = 0; i < documents; i++) ids.push(await seed(server, content));
    await server.stop();
    const port = await freePort();
    await server.start(inspectorAt(port));
    const inspector = await openInspector(port);
    try {
      return await grow(server, ids, inspector);
    } finally {
      inspector.close();
      await server.stop();
      await server.start();
    }
  },
};

/** A start leaves memory that goes back by and by, so documents are weighed between two lots of them, not from nothing. */
async function grow(server, ids, inspector) {
  const lot = Math.floor(ids.length / 4);
  const warmUp = await gatherEach(server, [await server.open()], 1);
  await delay(AFTER_START);
  const idle = await settledKb(server, inspector);
  const first = await gatherEach(server, ids.slice(0, lot), 2);
  const few = await settledKb(server, inspector);
  const second = await gatherEach(server, ids.slice(lot), 2 + lot);
  const many = await settledKb(server, inspector);
  const further = await gatherEach(server, ids, 2 + ids.length);
  const full = await settledKb(server, inspector);
  await leave([...warmUp, ...first, ...second, ...further]);
  return {
    idle: idle / 1024,
    document: (many - few) / second.length,
    connection: (full - many) / further.length,
  };
}

async function gatherEach(server, ids, firstIndex) {
  const people = [];
  for (const [i, id] of ids.entries()) people.push(...(await gather(server, id, 1, firstIndex + i)));
  return people;
}

async function settledKb(server, inspector) {
  let least = Number.POSITIVE_INFINITY;
  for (let look = 0; look < LOOKS; look++) {
    await inspector.collectGarbage();
    await delay(BETWEEN_LOOKS);
    least = Math.min(least, residentKb([server.pids()[0]]));
  }
  return least;
}
