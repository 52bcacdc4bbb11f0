/** What every scenario begins with: a document on a server, and people in it. */
import { setTimeout as delay } from 'node:timers/promises';
import { Person, within } from './person.mjs';

const ACK_POLL_MILLISECONDS = 5;

/** `index` tells the people of one scenario apart. */
export const enter = (server, id, index) => new Person(server.doorOf(id, index));

/** Opens a new document and puts the content there, as one client would. Resolves when the server has it. */
export async function seed(server, content) {
  const id = await server.open();
  if (!server.hasDocuments) return id;
  const author = enter(server, id, 0);
  await author.ready();
  await write(server, author, content);
  await author.leave();
  return id;
}

/**
 * A new document with the content, and its author, who stays: y-websocket's server loses a document whose last reader
 * leaves while LevelDB still has much to write, and shows it empty to the next.
 */
export async function openWithReader(server, content, index) {
  const id = await server.open();
  const [reader] = await gather(server, id, 1, index);
  await write(server, reader, content);
  return { id, reader };
}

async function write(server, author, { updates }) {
  if (!server.hasDocuments) return;
  for (const update of updates) author.send(author.frame(update));
  if (server.acknowledges === 'durably') await acknowledged(author, updates.length);
  else {
    // A server answers in the order in which it is asked, so its answer has all of it.
    author.askAgain();
    await author.nextStep2();
  }
}

export async function acknowledged(person, count) {
  const reached = new Promise((resolve) => {
    person.onAck = (acked) => acked >= count && resolve();
    if (person.acknowledged >= count) resolve();
  });
  await Promise.race([within(reached, 'not everything was acknowledged'), rejectedWhenClosed(person)]);
}

async function rejectedWhenClosed(person) {
  await person.closed;
  person.throwIfClosed();
}

/** So many people in a document, all in step. `first` tells them from the others of the scenario. */
export async function gather(server, id, people, first = 1) {
  const all = Array.from({ length: people }, (_, i) => enter(server, id, first + i));
  await Promise.all(all.map((person) => person.ready()));
  return all;
}

export async function leave(people) {
  await Promise.all(people.map((person) => person.leave()));
}

/** Watches for marks; `all()` resolves with the time when each person has each of them but their own. */
export function countMarks(people, marks) {
  const wanted = people.map((person) => new Set(marks.filter((mark) => !person.own.has(mark))));
  const expected = wanted.reduce((sum, { size }) => sum + size, 0);
  let seen = 0;
  let finish;
  const finished = new Promise((resolve) => (finish = resolve));
  for (const [i, person] of people.entries()) {
    person.onMark = (mark, now) => {
      if (!wanted[i].delete(mark)) return;
      seen += 1;
      if (seen === expected) finish(now);
    };
  }
  return {
    all: (milliseconds) =>
      within(finished, 'not everything was delivered', milliseconds).catch((error) => {
        throw new Error(`${error.message}: ${seen} of ${expected} marks came`, { cause: error });
      }),
  };
}

/** Calls `send(i)` for i = 0 … count-1 at an even pace, catching up after a late timer. Resolves after the last. */
export async function atPace(perSecond, count, send) {
  const started = performance.now();
  for (let sent = 0; sent < count;) {
    const due = Math.min(count, Math.floor(((performance.now() - started) / 1_000) * perSecond) + 1);
    for (; sent < due; sent++) send(sent);
    await delay(Math.max(1, Math.min(ACK_POLL_MILLISECONDS, 1_000 / perSecond)));
  }
}
