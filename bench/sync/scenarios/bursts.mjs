/**
 * Most deliveries a second: everybody sends at once, as fast as the sockets take it, until everyone has everything. In
 * rounds on fresh sockets, since this server reads a socket at full speed only for its first 200 messages. One of them
 * only reads and stays, so that the document stays open.
 */
import { countMarks, gather, leave, seed } from '../gather.mjs';
import { markText, newMark } from '../marks.mjs';
import { median } from '../../measure.mjs';
import { cpuSeconds } from '../processes.mjs';
import { makePages, type } from '../typing.mjs';

const BURST = 190;

export const oneDocument = (people, { each = BURST, rounds, goals = [] }) => ({
  title: `everybody of ${people} at once`,
  figures: figuresOf(`${people} people on one document`, goals),
  measure: (server, { short }) =>
    measure(server, { documents: 1, people, each, rounds: short ? Math.ceil(rounds / 2) : rounds }),
});

export const manyDocuments = (documents, { each, rounds, goals }) => ({
  title: `${documents} documents of two`,
  figures: figuresOf(`${documents} documents with 2 people each`, goals),
  measure: (server, { short }) => measure(server, { documents, people: 2, each, rounds: short ? 1 : rounds }),
});

function figuresOf(words, goals) {
  return {
    rate: { name: `most deliveries a second, ${words}`, unit: '/s', isBetter: 'more', goals },
    cpu: { name: `CPU for 100,000 deliveries at that speed, ${words}`, unit: 's' },
  };
}

async function measure(server, { documents, people, each, rounds }) {
  const content = makePages(people);
  const ids = [];
  for (let i = 0; i < documents; i++) ids.push(await seed(server, content));
  const hosts = await gatherAll(server, ids, 1, 1);
  const deliveries = documents * (people - 1) * each * (people - 1);
  const [seconds, cpu] = [[], []];
  for (let round = 0; round < rounds; round++) {
    const rooms = await gatherAll(server, ids, people - 1, 1 + documents);
    const writers = rooms.flatMap((room) => room.map((person, page) => writer(person, content, page, each)));
    const counts = rooms.map((room, i) => countMarks([...hosts[i], ...room], marksOf(room)));
    const before = cpuSeconds(server.pids());
    const started = performance.now();
    for (const { person, frames } of writers) person.sendAll(frames);
    const ends = await Promise.all(counts.map((count) => count.all()));
    seconds.push((Math.max(...ends) - started) / 1_000);
    cpu.push(cpuSeconds(server.pids()) - before);
    await leave(rooms.flat());
  }
  await leave(hosts.flat());
  return { rate: deliveries / median(seconds), cpu: (median(cpu) / deliveries) * 100_000 };
}

const marksOf = (room) => room.flatMap(({ own }) => [...own]);

/** One letter an update, and a mark in the last: who has that has all before it. */
function writer(person, content, page, each) {
  const mark = newMark();
  person.own.add(mark);
  const texts = [...Array.from({ length: each - 1 }, () => 'k'), markText(mark)];
  return { person, frames: type(content, page, texts).map((update) => person.frame(update)) };
}

async function gatherAll(server, ids, people, first) {
  const rooms = [];
  for (const [i, id] of ids.entries()) rooms.push(await gather(server, id, people, first + i * people));
  return rooms;
}
