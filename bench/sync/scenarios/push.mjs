/**
 * 100,000 updates of one letter into one document, until a reader has the last of them. This server reads a socket at
 * full speed only for its first 200 messages, so they come from 500 sockets, two at a time; only the time in which
 * updates are under way counts. The others do the same, and once more as one client on one socket would. And what a
 * client sends that typed as much while it was offline: one SyncStep2.
 */
import { countMarks, gather, leave, openWithReader } from '../gather.mjs';
import { markText, newMark } from '../marks.mjs';
import { makePages, type, typedOffline } from '../typing.mjs';

const UPDATES = 100_000;
const PATIENCE_MILLISECONDS = 180_000;
const WRITERS = 2;
const EACH = 200;
const PLACES = 20_000;
const PLACES_ON_PAGE = 100;

export const push = {
  title: 'pushing 100,000 updates',
  figures: {
    waves: {
      name: '100,000 updates pushed by two sockets at a time, 200 each',
      unit: 's',
      goals: [{ least: 2.2, aim: 1.5 }],
      note: 'this server limits a socket to 60 a second after its first 200 messages',
    },
    offline: { name: '100,000 letters in 20,000 places typed offline, sent as one update', unit: 'ms' },
    single: { name: '100,000 updates pushed on one socket', unit: 's' },
  },
  async measure(server, { short }) {
    const share = short ? 5 : 1;
    const waves = (await pushInWaves(server, UPDATES / share)) * share;
    const offline = await pushOffline(server);
    if (server.acknowledges === 'durably') return { waves, offline };
    return { waves, offline, single: (await pushOnOne(server, UPDATES / share)) * share };
  },
};

async function pushInWaves(server, updates) {
  const content = makePages(WRITERS);
  const { id, reader } = await openWithReader(server, content, 1);
  let seconds = 0;
  for (let sent = 0; sent < updates; sent += WRITERS * EACH) {
    const writers = await gather(server, id, WRITERS, 2);
    const bursts = writers.map((person, page) => burst(person, content, page, EACH));
    seconds += await sendAndWait(writers, bursts, reader);
    await leave(writers);
  }
  await leave([reader]);
  return seconds;
}

async function pushOnOne(server, updates) {
  const content = makePages(1);
  const { id, reader } = await openWithReader(server, content, 1);
  const [writer] = await gather(server, id, 1, 2);
  const seconds = await sendAndWait([writer], [burst(writer, content, 0, updates)], reader);
  await leave([reader, writer]);
  return seconds;
}

async function pushOffline(server) {
  const content = makePages(PLACES / PLACES_ON_PAGE);
  const { id, reader } = await openWithReader(server, content, 1);
  const [writer] = await gather(server, id, 1, 2);
  const mark = newMark();
  const letters = UPDATES / PLACES;
  const frames = [writer.frame(typedOffline(content, PLACES_ON_PAGE, letters, markText(mark)))];
  const seconds = await sendAndWait([writer], [{ mark, frames }], reader);
  await leave([reader, writer]);
  return seconds * 1_000;
}

function burst(person, content, page, each) {
  const mark = newMark();
  const texts = [...Array.from({ length: each - 1 }, () => 'k'), markText(mark)];
  return { mark, frames: type(content, page, texts).map((update) => person.frame(update)) };
}

async function sendAndWait(writers, bursts, reader) {
  const count = countMarks(
    [reader],
    bursts.map(({ mark }) => mark),
  );
  const started = performance.now();
  for (const [i, { frames }] of bursts.entries()) writers[i].sendAll(frames);
  return ((await count.all(PATIENCE_MILLISECONDS)) - started) / 1_000;
}
