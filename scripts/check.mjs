/** `npm run check`: the fast half of `npm test`, under a minute once installed. */
import './node-version.mjs';
import { CHECKS, runSteps, runTwoAtATime } from './checks.mjs';
import { stopOnSignals } from './child.mjs';
import { ensureInstalled, main, toStdout } from './ensure.mjs';

const UNIT = ['vitest', 'run', '--reporter=dot', 'tests/core', 'tests/architecture'];

stopOnSignals();
await main(async () => {
  await ensureInstalled(toStdout);
  const jobs = CHECKS.map(
    ({ name, steps }) =>
      () =>
        runSteps(name, steps),
  );
  const results = await runTwoAtATime(toStdout, [() => runSteps('unit tests', [UNIT]), ...jobs]);
  process.exitCode = results.every(({ passed }) => passed) ? 0 : 1;
});
