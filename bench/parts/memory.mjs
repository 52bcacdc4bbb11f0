/** Resident memory of everything that `npm start` leaves running: idle, after one page was looked at, and with a long report open. */
import { setTimeout as delay } from 'node:timers/promises';
import { makeReport } from '../content.mjs';
import { openDocument } from '../live.mjs';
import { figure } from '../measure.mjs';
import { startServer } from '../server.mjs';

const SETTLE = 5_000;
const GOAL = 400;

export async function run() {
  const first = await startServer({ demo: true, keep: true });
  await first.stop();
  const server = await startServer({ demo: true, dataDir: first.dataDir });
  try {
    await delay(SETTLE);
    const idle = server.residentMb();
    await (await fetch(`${server.url}/sign-in`)).text();
    await delay(SETTLE);
    const visited = server.residentMb();
    const { id } = await makeReport(server, { words: 10_000, claims: 50 });
    const open = await openDocument(server, id);
    await delay(SETTLE);
    const working = server.residentMb();
    open.close();
    return [
      figure('resident, idle after a start', idle, 'MB', { goal: GOAL }),
      figure('resident, after a page', visited, 'MB'),
      figure('resident, 10,000 words imported and open', working, 'MB'),
    ];
  } finally {
    await server.stop();
  }
}
