/**
 * Opening a document of 1.5 MB, from the socket to the last byte of its SyncStep2: while others have it open, by 500
 * people at once (over three documents, since this server takes 200 sockets a report), and as the first one after a
 * restart. A SyncStep2 that lacks the text is counted: a client is told "in step" by it.
 */
import { median } from '../../measure.mjs';
import { enter, gather, leave, seed } from '../gather.mjs';
import { newcomer } from '../newcomer.mjs';
import { within } from '../person.mjs';
import { makeDocument } from '../typing.mjs';

const BYTES = 1_500_000;
const CROWD = 500;
const DOCUMENTS = 3;

export const join = {
  title: 'joining 1.5 MB',
  needsDocuments: true,
  figures: {
    warm: { name: 'joining 1.5 MB, warm', unit: 'ms', goals: [{ least: 6, aim: 3 }] },
    crowd: { name: `joining 1.5 MB, ${CROWD} at once`, unit: 'ms', goals: [{ least: 1_000, aim: 400 }] },
    cold: { name: 'joining 1.5 MB, cold after a restart', unit: 'ms', goals: [{ least: 300, aim: 150 }] },
    early: {
      name: 'cold joins that were told "in step" without the text',
      unit: '%',
      goals: [{ least: 0, aim: 0 }],
    },
  },
  async measure(server, { short }) {
    const content = makeDocument(BYTES);
    const ids = [];
    for (let i = 0; i < DOCUMENTS; i++) ids.push(await seed(server, content));
    const warm = await joinWarm(server, ids, content, short ? 8 : 100);
    const crowd = [];
    for (let run = 0; run < (short ? 1 : 2); run++) crowd.push(await joinAtOnce(server, ids, content));
    return { warm, crowd: median(crowd), ...(await joinCold(server, ids, content, short ? 1 : 4)) };
  },
};

async function joinWarm(server, [id], content, runs) {
  const present = await gather(server, id, 1);
  const times = [];
  for (let run = 0; run < runs; run++) times.push((await joinOnce(server, id, 2 + run, content)).ms);
  await leave(present);
  return median(times);
}

/** `isEarly`: a SyncStep2 came that had not even half of the document. */
async function joinOnce(server, id, index, { state }) {
  const started = performance.now();
  const person = enter(server, id, index);
  await person.ready();
  const isEarly = person.firstStep2 < state.length / 2;
  if (isEarly) await person.received(state.length / 2);
  const ms = performance.now() - started;
  await person.leave();
  return { ms, isEarly };
}

async function joinAtOnce(server, ids, { state }) {
  const present = [];
  for (const [i, id] of ids.entries()) present.push(...(await gather(server, id, 1, 1 + i)));
  const started = performance.now();
  const crowd = await Promise.all(
    Array.from({ length: CROWD }, (_, i) =>
      within(newcomer(server.doorOf(ids[i % ids.length], 4 + i), state.length / 2), 'not all had the text'),
    ),
  );
  const ms = Math.max(...crowd.map(({ at }) => at)) - started;
  for (const one of crowd) one.leave();
  await leave(present);
  return ms;
}

async function joinCold(server, ids, content, runs) {
  const times = [];
  let early = 0;
  for (let run = 0; run < runs; run++) {
    await server.stop();
    await server.start();
    // A server that has served nothing yet also loads its own code; that is not what a cold document costs.
    const [warmUp] = await gather(server, await server.open(), 1, 1);
    const { ms, isEarly } = await joinOnce(server, ids[run % ids.length], 2, content);
    times.push(ms);
    if (isEarly) early += 1;
    await warmUp.leave();
  }
  return { cold: median(times), early: (early / runs) * 100 };
}
