/**
 * What typing costs: everybody types evenly, and the server's processor time is counted until all is delivered. Before
 * it is counted they type for a while, so that no server is charged for compiling itself and for first meetings.
 */
import { atPace, countMarks, gather, leave, seed } from '../gather.mjs';
import { markText, newMark } from '../marks.mjs';
import { cpuSeconds } from '../processes.mjs';
import { makePages, type } from '../typing.mjs';

const WARM_UP_SECONDS = 3;

export const typingCpu = (people, perSecond, goals) => ({
  title: `CPU while ${people} type`,
  figures: {
    cpu: {
      name: `CPU for 100,000 deliveries, ${people} typing ${perSecond} a second`,
      unit: 's',
      goals,
    },
  },
  async measure(server, { short }) {
    const early = perSecond * WARM_UP_SECONDS;
    const each = perSecond * (short ? 3 : 8);
    const content = makePages(people);
    const id = await seed(server, content);
    const all = await gather(server, id, people);
    const marksOf = all.map(() => Array.from({ length: early + each }, newMark));
    const typed = all.map((person, page) => {
      person.own = new Set(marksOf[page]);
      return type(content, page, marksOf[page].map(markText)).map((update) => person.frame(update));
    });
    const typeAll = async (from, to) => {
      const count = countMarks(
        all,
        marksOf.flatMap((marks) => marks.slice(from, to)),
      );
      await atPace(people * perSecond, people * (to - from), (i) => {
        all[i % people].send(typed[i % people][from + Math.floor(i / people)]);
      });
      await count.all();
    };
    await typeAll(0, early);
    const deliveries = people * each * (people - 1);
    const before = cpuSeconds(server.pids());
    await typeAll(early, early + each);
    const used = cpuSeconds(server.pids()) - before;
    await leave(all);
    return { cpu: (used / deliveries) * 100_000 };
  },
});
