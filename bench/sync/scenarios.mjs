/** The scenarios in their order, with what this product has to reach: at least, and better. */
import { acks } from './scenarios/acks.mjs';
import { manyDocuments, oneDocument } from './scenarios/bursts.mjs';
import { fanOut } from './scenarios/fan-out.mjs';
import { hostile } from './scenarios/hostile.mjs';
import { inspectBesideApply } from './scenarios/inspect.mjs';
import { join } from './scenarios/join.mjs';
import { keystroke } from './scenarios/keystroke.mjs';
import { kill } from './scenarios/kill.mjs';
import { fsync, oneCommit } from './scenarios/limits-of-the-disk.mjs';
import { memory } from './scenarios/memory.mjs';
import { push } from './scenarios/push.mjs';
import { typingCpu } from './scenarios/typing-cpu.mjs';

const NOTHING = [{ least: 0, aim: 0 }];

/** `on`: the goal is of that server only. `to`: the goal is a ratio to that server's figure; without it, an absolute figure. */
export const scenarios = [
  fsync,
  oneCommit,
  // Crowds first, and long enough: after them every server is compiled, as one that has run for a day is.
  oneDocument(20, {
    rounds: 16,
    goals: [
      { to: 'relay', least: 3.5, aim: 5 },
      { to: 'hocuspocus', least: 1, aim: 1.7 },
    ],
  }),
  oneDocument(100, { each: 30, rounds: 6, goals: [{ to: 'relay', least: 8, aim: 12 }] }),
  manyDocuments(200, { each: 120, rounds: 2, goals: [{ to: 'relay', least: 0.5, aim: 0.7 }] }),
  keystroke(300, 10),
  keystroke(10_000, 300, ['ours']),
  fanOut(20),
  fanOut(100, { p50: [{ to: 'relay', least: 2, aim: 1.3 }] }),
  typingCpu(20, 10, [{ to: 'relay', least: 2, aim: 1.4 }]),
  typingCpu(100, 2, [{ to: 'relay', least: 2, aim: 1.4 }]),
  push,
  acks(50, 6, [
    { on: 'ours', least: 50, aim: 20 },
    { on: 'oursOnPostgres', least: 20, aim: 8 },
  ]),
  inspectBesideApply,
  join,
  kill(80, { documents: 1, runs: 2, seconds: 4, goals: NOTHING }),
  kill(2_000, { documents: 10, runs: 1, seconds: 4, goals: NOTHING }),
  memory,
  hostile,
];
