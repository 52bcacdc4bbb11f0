/** From a request to another person's screen: the command, its commit, and the event at another socket.io client. */
import { setTimeout as delay } from 'node:timers/promises';
import { makeReport } from '../content.mjs';
import { openEvents } from '../live.mjs';
import { latency } from '../measure.mjs';
import { ask, startServer } from '../server.mjs';

const RUNS = 100;
const WARM_UP = 10;
const PAUSE = 50;
const GOAL = 150;

export async function run() {
  const server = await startServer();
  try {
    const { id, claimIds, claimTimes } = await makeReport(server, { words: 2_000, claims: 40 });
    const listener = await openEvents(server);
    const comments = await timesOf(listener, 'comment.added', (i) =>
      ask(server, 'POST', `/claims/${claimIds[i % claimIds.length]}/comments`, {
        body: `Note ${i}: where is this from?`,
      }),
    );
    const verdicts = await timesOf(
      listener,
      'claim.judged',
      (i) =>
        ask(server, 'PUT', `/claims/${claimIds[i % claimIds.length]}/verdict`, {
          rating: 'false',
          summary: `Attempt ${i}`,
        }).catch((error) => {
          if (!error.message.includes('409')) throw error;
        }),
      claimIds.length - WARM_UP,
    );
    const reads = await timesOf(null, null, () => ask(server, 'GET', `/reports/${id}/claims?limit=100`));
    listener.close();
    return [
      ...latency('comment seen', comments, { goal: GOAL, note: 'commit included' }),
      ...latency('verdict seen', verdicts, { goal: GOAL, note: 'commit included' }),
      ...latency('claim made, answered', claimTimes.slice(5)),
      ...latency('list of 40 claims', reads),
    ];
  } finally {
    await server.stop();
  }
}

/** How long until the event came; without one, until the answer. */
async function timesOf(listener, name, act, runs = RUNS) {
  const times = [];
  for (let i = 0; i < WARM_UP + runs; i++) {
    const seen = listener?.next(name);
    const started = performance.now();
    const answered = act(i);
    await (seen ?? answered);
    if (i >= WARM_UP) times.push(performance.now() - started);
    await answered;
    await delay(PAUSE);
  }
  return times;
}
