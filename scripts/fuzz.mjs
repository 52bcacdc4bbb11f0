/**
 * `npm run test:fuzz -- --seeds 1000`: the seeded tests of sync with that many seeds. `--long` also kills a server a
 * hundred times on each database and sends a million changed frames, which takes about an hour.
 */
import './node-version.mjs';
import { tool } from './checks.mjs';
import { run, stopOnSignals } from './child.mjs';
import { ensureInstalled, main, root, StepFailed, toStdout } from './ensure.mjs';
import { ensurePrograms } from './programs.mjs';

const LONG = { FUZZ_KILLS: '100', FUZZ_FRAMES: '1000000' };
const LIMIT_MS = 6 * 60 * 60_000;

function readArguments(args) {
  const at = args.indexOf('--seeds');
  const seeds = at === -1 ? '1000' : args[at + 1];
  if (!/^[1-9]\d{0,6}$/.test(seeds ?? ''))
    throw new StepFailed('Reading the arguments', '--seeds takes a number, as in: --seeds 1000');
  return { seeds, isLong: args.includes('--long') };
}

stopOnSignals();
await main(async () => {
  const { seeds, isLong } = readArguments(process.argv.slice(2));
  await ensureInstalled(toStdout);
  const missing = await ensurePrograms(toStdout);
  if (missing !== null) throw new StepFailed('Looking for the programs', missing);
  const paths = ['tests/fuzz', ...(isLong ? ['tests/protocol/sync-crash'] : [])];
  const env = { ...process.env, FUZZ_SEEDS: seeds, ...(isLong ? LONG : {}) };
  const { code } = await run(...tool('vitest', 'run', ...paths), {
    cwd: root,
    env,
    show: true,
    timeoutMs: LIMIT_MS,
  });
  process.exitCode = code === 0 ? 0 : 1;
});
