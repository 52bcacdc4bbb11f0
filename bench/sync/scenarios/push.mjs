/**
 * 100,000 updates of one letter into one document, until a reader has the last of them. This server reads a socket at
 * full speed only for its first 200 messages, of which a newcomer's greeting takes some, so they come from 527 sockets:
 * twenty at a time, which is how much it can take, and two at a time, which is how long 264 bursts take one after the
 * other. Only the time in which updates are under way counts. The others do the same, and once more as one client on
 * one socket would. And what a client sends that typed as much while it was offline: one SyncStep2.
 */
import { countMarks, gather, leave, openWithReader } from '../gather.mjs';
import { markText, newMark } from '../marks.mjs';
import { makePages, type, typedOffline } from '../typing.mjs';

const UPDATES = 100_000;
const PATIENCE_MILLISECONDS = 180_000;
const FEW = 2;
const MANY = 20;
const EACH = 190;
const PLACES = 20_000;
const PLACES_ON_PAGE = 100;

export const push = {
  title: 'pushing 100,000 updates',
  figures: {
    crowd: {
      name: '100,000 updates pushed by twenty sockets at a time, 190 each',
      unit: 's',
      goals: [{ least: 2.2, aim: 1.5 }],
      note: 'this server limits a socket to 60 a second after its first 200 messages',
    },
    waves: {
      name: '100,000 updates pushed by two sockets at a time, 190 each',
      unit: 's',
      goals: [{ least: 2.2, aim: 1.5 }],
      note: '264 bursts, each seen before the next',
    },
    offline: { name: '100,000 letters in 20,000 places typed offline, sent as one update', unit: 'ms' },
    single: { name: '100,000 updates pushed on one socket', unit: 's' },
  },
  async measure(server, { short }) {
    const share = short ? 5 : 1;
    const crowd = (await pushInWaves(server, UPDATES / share, MANY)) * share;
    const waves = (await pushInWaves(server, UPDATES / share, FEW)) * share;
    const offline = await pushOffline(server);
    if (server.acknowledges === 'durably') return { crowd, waves, offline };
    return { crowd, waves, offline, single: (await pushOnOne(server, UPDATES / share)) * share };
  },
};

async function pushInWaves(server, updates, writersAtOnce) {
  const content = makePages(writersAtOnce);
  const { id, reader } = await openWithReader(server, content, 1);
  let seconds = 0;
  for (let left = updates / writersAtOnce; left > 0; left -= EACH) {
    const writers = await gather(server, id, writersAtOnce, 2);
    const bursts = writers.map((person, page) => burst(person, content, page, Math.min(left, EACH)));
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
