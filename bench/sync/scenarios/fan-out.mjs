/**
 * One person writes, and everybody else has it: from the send to the arrival on each other socket. Where a commit
 * comes before that, its time is shown apart.
 */
import { percentile } from '../../measure.mjs';
import { atPace, countMarks, gather, leave, seed } from '../gather.mjs';
import { markText, newMark } from '../marks.mjs';
import { makePages, type } from '../typing.mjs';

const PER_SECOND = 25;
const WARM_UP = 20;

export const fanOut = (people, goals = {}) => ({
  title: `fan-out to ${people} people`,
  figures: {
    p50: { name: `an edit seen by each of ${people}, p50`, unit: 'ms', goals: goals.p50 },
    p99: { name: `an edit seen by each of ${people}, p99`, unit: 'ms', goals: goals.p99 },
    besides: { name: 'that p50 without the median commit', unit: 'ms', goals: goals.p50 },
  },
  async measure(server, { short }) {
    const edits = short ? 60 : 200;
    const content = makePages(people);
    const id = await seed(server, content);
    const all = await gather(server, id, people);
    const [author, ...others] = all;
    const marks = Array.from({ length: edits }, newMark);
    const frames = type(content, 0, marks.map(markText)).map((update) => author.frame(update));
    const sentAt = new Map();
    const times = [];
    const count = countMarks(others, marks);
    for (const person of others) {
      const note = person.onMark;
      person.onMark = (mark, now) => {
        if (mark >= marks[WARM_UP]) times.push(now - sentAt.get(mark));
        note(mark, now);
      };
    }
    const commits = await server.commitTimes?.();
    await atPace(PER_SECOND, edits, (i) => {
      sentAt.set(marks[i], performance.now());
      author.send(frames[i]);
    });
    await count.all();
    await leave(all);
    const p50 = percentile(times, 50);
    const commit = commits === undefined ? 0 : medianBetween(commits, await server.commitTimes());
    return { p50, p99: percentile(times, 99), besides: p50 - commit };
  },
});

/** The median of what came between two looks at a histogram, in ms; even within its bucket. */
function medianBetween(before, after) {
  const counts = after.map(({ upTo, count }, i) => ({ upTo, count: count - before[i].count }));
  const half = counts.at(-1).count / 2;
  const at = counts.findIndex(({ count }) => count >= half);
  const [low, below] = at === 0 ? [0, 0] : [counts[at - 1].upTo, counts[at - 1].count];
  return low + ((half - below) / (counts[at].count - below)) * (counts[at].upTo - low);
}
