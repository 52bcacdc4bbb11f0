/** What typing costs: everybody types evenly, and the server's processor time is counted until all is delivered. */
import { atPace, countMarks, gather, leave, seed } from '../gather.mjs';
import { markText, newMark } from '../marks.mjs';
import { cpuSeconds } from '../processes.mjs';
import { makePages, type } from '../typing.mjs';

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
    const each = perSecond * (short ? 2 : 6);
    const content = makePages(people);
    const id = await seed(server, content);
    const all = await gather(server, id, people);
    const typed = all.map((person, page) => {
      const marks = Array.from({ length: each }, newMark);
      person.own = new Set(marks);
      return type(content, page, marks.map(markText)).map((update) => person.frame(update));
    });
    const deliveries = people * each * (people - 1);
    const count = countMarks(
      all,
      all.flatMap(({ own }) => [...own]),
    );
    const before = cpuSeconds(server.pids());
    await atPace(people * perSecond, people * each, (i) => {
      all[i % people].send(typed[i % people][Math.floor(i / people)]);
    });
    await count.all();
    const used = cpuSeconds(server.pids()) - before;
    await leave(all);
    return { cpu: (used / deliveries) * 100_000 };
  },
});
