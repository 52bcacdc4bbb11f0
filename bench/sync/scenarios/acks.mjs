/**
 * How long until a writer knows. With this server: until its acknowledgement, which says that the update is on the
 * disk. The others have none that says so: for them it is the time until somebody else has it, which a crash undoes.
 */
import { percentile } from '../../measure.mjs';
import { acknowledged, atPace, countMarks, gather, leave, seed } from '../gather.mjs';
import { markText, newMark } from '../marks.mjs';
import { makePages, type } from '../typing.mjs';

const WARM_UP_SHARE = 0.1;

export const acks = (writers, perSecond, goals) => ({
  title: `${writers} writers wait`,
  figures: {
    p50: {
      name: `known to be kept (others: relayed), ${writers} writing ${perSecond} a second, p50`,
      unit: 'ms',
    },
    p95: {
      name: `known to be kept (others: relayed), ${writers} writing ${perSecond} a second, p95`,
      unit: 'ms',
      goals,
    },
  },
  async measure(server, { short }) {
    const each = perSecond * (short ? 2 : 6);
    const content = makePages(writers);
    const id = await seed(server, content);
    const all = await gather(server, id, writers + 1);
    const reader = all.at(-1);
    const typists = all.slice(0, -1).map((person, page) => typist(person, content, page, each));
    const times =
      server.acknowledges === 'durably'
        ? await untilAcknowledged(typists, perSecond)
        : await untilRelayed(typists, reader, perSecond);
    await leave(all);
    const counted = times.slice(Math.floor(times.length * WARM_UP_SHARE));
    return { p50: percentile(counted, 50), p95: percentile(counted, 95) };
  },
});

function typist(person, content, page, each) {
  const marks = Array.from({ length: each }, newMark);
  const frames = type(content, page, marks.map(markText)).map((update) => person.frame(update));
  return { person, marks, frames, sentAt: [] };
}

const writeAll = (typists, perSecond) =>
  atPace(typists.length * perSecond, typists.length * typists[0].frames.length, (i) => {
    const { person, frames, sentAt } = typists[i % typists.length];
    const frame = frames[sentAt.length];
    sentAt.push(performance.now());
    person.send(frame);
  });

async function untilAcknowledged(typists, perSecond) {
  const times = [];
  for (const { person, sentAt } of typists) {
    let known = 0;
    person.onAck = (count, now) => {
      for (; known < count; known++) times.push(now - sentAt[known]);
    };
  }
  await writeAll(typists, perSecond);
  await Promise.all(typists.map(({ person, frames }) => rest(person, frames.length)));
  return times;
}

/** Waits for the last acknowledgement without losing the times of those under way. */
async function rest(person, count) {
  const note = person.onAck;
  const waiting = acknowledged(person, count);
  const finish = person.onAck;
  person.onAck = (acked, now) => {
    note(acked, now);
    finish(acked);
  };
  await waiting;
}

async function untilRelayed(typists, reader, perSecond) {
  const times = [];
  const sender = new Map(typists.flatMap((one) => one.marks.map((mark, i) => [mark, { one, i }])));
  const count = countMarks([reader], [...sender.keys()]);
  const note = reader.onMark;
  reader.onMark = (mark, now) => {
    const { one, i } = sender.get(mark);
    times.push(now - one.sentAt[i]);
    note(mark, now);
  };
  await writeAll(typists, perSecond);
  await count.all();
  return times;
}
