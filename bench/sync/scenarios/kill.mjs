/**
 * kill -9 in the middle of writing. Lost is what the writer had been told is kept, or what somebody else had already
 * seen, and what is not in the document after a restart.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { enter, gather, leave, seed } from '../gather.mjs';
import { markText, newMark } from '../marks.mjs';
import { makePages, type } from '../typing.mjs';

/** Below what this server reads of a socket at full speed. */
const PER_SOCKET = 50;
const LOAD_TRIES = 40;

export const kill = (perSecond, { documents, runs, seconds, goals }) => ({
  title: `kill -9 at ${perSecond} a second`,
  needsDocuments: true,
  figures: {
    lost: { name: `delivered or acknowledged updates lost, kill -9 at ${perSecond}/s`, unit: '', goals },
    at: { name: `of so many, at ${perSecond}/s`, unit: '', isBetter: null },
  },
  async measure(server, { short }) {
    const total = { lost: 0, at: 0 };
    for (let run = 0; run < (short ? 1 : runs); run++) {
      const { lost, at } = await once(server, { perSecond, documents, seconds: short ? 2 : seconds });
      total.lost += lost;
      total.at += at;
    }
    return total;
  },
});

async function once(server, { perSecond, documents, seconds }) {
  const writersEach = Math.ceil(perSecond / documents / PER_SOCKET);
  const content = makePages(writersEach);
  const rooms = [];
  for (let i = 0; i < documents; i++) {
    const id = await seed(server, content);
    const people = await gather(server, id, writersEach + 1, 1 + i * (writersEach + 1));
    rooms.push(openRoom(id, people, content, (perSecond / documents / writersEach) * (seconds + 1)));
  }
  const stopWriting = write(rooms, perSecond / documents / writersEach);
  await delay(seconds * 1_000);
  await server.kill();
  stopWriting();
  await leave(rooms.flatMap(({ people }) => people));
  await server.start();
  let [lost, at] = [0, 0];
  for (const { id, promised } of rooms) {
    const kept = await marksAfter(server, id, promised);
    at += promised.size;
    lost += [...promised].filter((mark) => !kept.has(mark)).length;
  }
  return { lost, at };
}

/** The last of the people only reads. `promised`: the marks that were seen by it, or acknowledged. */
function openRoom(id, people, content, each) {
  const promised = new Set();
  const reader = people.at(-1);
  reader.onMark = (mark) => promised.add(mark);
  const writers = people.slice(0, -1).map((person, page) => {
    const marks = Array.from({ length: Math.ceil(each) }, newMark);
    const frames = type(content, page, marks.map(markText)).map((update) => person.frame(update));
    const before = person.acknowledged;
    person.onAck = (count) => {
      for (const mark of marks.slice(0, count - before)) promised.add(mark);
    };
    return { person, frames, sent: 0 };
  });
  return { id, people, writers, promised };
}

function write(rooms, perWriter) {
  const started = performance.now();
  const timer = setInterval(() => {
    const due = ((performance.now() - started) / 1_000) * perWriter;
    for (const { writers } of rooms)
      for (const writer of writers)
        while (writer.sent < Math.min(due, writer.frames.length)) {
          writer.person.send(writer.frames[writer.sent]);
          writer.sent += 1;
        }
  }, 5);
  return () => clearInterval(timer);
}

/** The marks in the document, after a while when it loads late: some servers answer before they have loaded. */
async function marksAfter(server, id, promised) {
  const person = enter(server, id, 0);
  const kept = new Set();
  person.onMark = (mark) => kept.add(mark);
  await person.ready();
  for (let tries = 0; tries < LOAD_TRIES && [...promised].some((mark) => !kept.has(mark)); tries++) {
    await delay(25);
    if (tries % 20 === 19) person.askAgain();
  }
  await person.leave();
  return kept;
}
