/**
 * What honest people notice of hostile ones. Two type to each other in a document of their own, while others flood the
 * server: with SyncStep1 on a document of 1.5 MB, with frames that are too large, with few bytes that declare much,
 * and with readers that ask for all and read nothing. The longest wait of the two is the longest stall of the server.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { countMarks, enter, gather, leave, openWithReader, seed } from '../gather.mjs';
import { markText, newMark } from '../marks.mjs';
import { residentKb } from '../processes.mjs';
import { makeDocument, makePages, type } from '../typing.mjs';

const BYTES = 1_500_000;
const PROBES_A_SECOND = 40;
const BETWEEN_LOOKS = 50;

export const hostile = {
  title: 'hostile clients',
  needsDocuments: true,
  figures: {
    stall: {
      name: 'longest wait of honest people under hostile ones',
      unit: 'ms',
      goals: [{ least: 250, aim: 100 }],
    },
    memory: {
      name: 'memory above idle under hostile clients',
      unit: 'MB',
      goals: [{ least: 64, aim: 32 }],
    },
  },
  async measure(server, { short }) {
    const seconds = short ? 4 : 8;
    const victim = await seed(server, makeDocument(BYTES));
    const content = makePages(2);
    const { id, reader } = await openWithReader(server, content, 1);
    const [writer] = await gather(server, id, 1, 2);
    const pair = [writer, reader];
    const idle = residentKb([server.pids()[0]]);
    const watch = watchMemory(server);
    const probe = startProbe(pair, content, seconds);
    await delay(500);
    const hostiles = await attack(server, victim);
    const stall = await probe;
    const peak = watch.stop();
    await leave([...pair, ...hostiles]);
    return { stall, memory: (peak - idle) / 1024 };
  },
};

async function startProbe([writer, reader], content, seconds) {
  const marks = Array.from({ length: seconds * PROBES_A_SECOND }, newMark);
  const frames = type(content, 0, marks.map(markText)).map((update) => writer.frame(update));
  const sentAt = new Map();
  let longest = 0;
  const count = countMarks([reader], marks);
  const note = reader.onMark;
  reader.onMark = (mark, now) => {
    longest = Math.max(longest, now - sentAt.get(mark));
    note(mark, now);
  };
  for (const [i, frame] of frames.entries()) {
    sentAt.set(marks[i], performance.now());
    writer.send(frame);
    await delay(1_000 / PROBES_A_SECOND);
  }
  await count.all();
  return longest;
}

function watchMemory(server) {
  let peak = 0;
  const look = () => (peak = Math.max(peak, residentKb([server.pids()[0]])));
  const timer = setInterval(look, BETWEEN_LOOKS);
  return {
    stop() {
      clearInterval(timer);
      look();
      return peak;
    },
  };
}

/** Each in turn, so that a stall has one cause; all have what they ask for within the time of the probe. */
async function attack(server, id) {
  const people = [];
  const come = async (count) => {
    const some = await gather(server, id, count, 10 + people.length);
    people.push(...some);
    return some;
  };
  for (const person of await come(10)) for (let i = 0; i < 15; i++) person.askAgain();
  await delay(500);
  for (const person of await come(10)) {
    person.socket.pause();
    for (let i = 0; i < 15; i++) person.askAgain();
  }
  for (const update of BOMBS) {
    for (const person of await come(3)) person.send(person.frame(update));
  }
  for (const person of await come(5)) person.send(Buffer.alloc(4 * 1024 * 1024));
  // One that floods after it was let in, with more than anybody types.
  const flooder = enter(server, id, 200);
  people.push(flooder);
  await flooder.ready();
  for (let i = 0; i < 5_000; i++) flooder.send(flooder.dialect.step1);
  return people;
}

/** Updates of a few bytes that declare four billion clients, or as many structs, or a text as long. */
const FOUR_BILLION = [0xff, 0xff, 0xff, 0xff, 0x0f];
const BOMBS = [
  [...FOUR_BILLION, 0],
  [1, ...FOUR_BILLION, 1, 0],
  [1, 1, 1, 0, 4, 1, 1, 0x61, ...FOUR_BILLION, 0],
  [0, ...FOUR_BILLION],
].map((bytes) => Uint8Array.from(bytes));
