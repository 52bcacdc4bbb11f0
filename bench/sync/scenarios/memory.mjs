/**
 * Resident memory: of a fresh server, then with documents of 10 KB open and one person in each, then with further
 * people in them. The smallest of several looks, so that what is only not yet collected counts less.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { gather, leave, seed } from '../gather.mjs';
import { residentKb } from '../processes.mjs';
import { makeDocument } from '../typing.mjs';

const BYTES = 10_000;
const LOOKS = 8;
const BETWEEN_LOOKS = 250;

export const memory = {
  title: 'memory',
  figures: {
    idle: { name: 'memory of a fresh server', unit: 'MB' },
    document: {
      name: 'memory for an open 10 KB document with one person',
      unit: 'KB',
      goals: [{ least: 90, aim: 65 }],
    },
    connection: { name: 'memory for a further connection', unit: 'KB', goals: [{ least: 21, aim: 10 }] },
  },
  async measure(server, { short }) {
    const documents = short ? 100 : 170;
    const content = makeDocument(BYTES);
    const ids = [];
    for (let i = 0; i < documents; i++) ids.push(await seed(server, content));
    await server.stop();
    await server.start();
    // What the first visitors make it load is not theirs.
    const warmUp = await gatherEach(server, [ids[0], await server.open()], 1);
    const idle = await settledKb(server);
    const first = await gatherEach(server, ids, 3);
    const open = await settledKb(server);
    const further = [
      ...(await gatherEach(server, ids, 3 + documents)),
      ...(await gatherEach(server, ids, 3 + 2 * documents)),
    ];
    const full = await settledKb(server);
    await leave([...warmUp, ...first, ...further]);
    return {
      idle: idle / 1024,
      document: (open - idle) / documents,
      connection: (full - open) / further.length,
    };
  },
};

async function gatherEach(server, ids, firstIndex) {
  const people = [];
  for (const [i, id] of ids.entries()) people.push(...(await gather(server, id, 1, firstIndex + i)));
  return people;
}

async function settledKb(server) {
  let least = Number.POSITIVE_INFINITY;
  for (let look = 0; look < LOOKS; look++) {
    await delay(BETWEEN_LOOKS);
    least = Math.min(least, residentKb(server.pids()));
  }
  return least;
}
