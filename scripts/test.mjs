/**
 * `npm test`: everything, from a bare checkout. `npm test -- lint core e2e` runs parts: names of checks, `build`,
 * `e2e` (the browser stories), or paths under tests/. The last line is always `N passed, N failed`.
 */
import './node-version.mjs';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKS, report, runSteps, runTwoAtATime, tool } from './checks.mjs';
import { run, stopOnSignals } from './child.mjs';
import { ensureBuilt, ensureInstalled, root, toStdout } from './ensure.mjs';
import { readOrNull } from './fingerprint.mjs';
import { ensurePrograms, findChromium } from './programs.mjs';
import { sum, tallyPlaywright, tallyVitest } from './results.mjs';

/** Folders of tests/ (and files in it, without their ending) in which at least one test must have run. */
const SUITES = ['app', 'architecture', 'core', 'db', 'fuzz', 'protocol', 'scripts', 'server'];
/** A runner that hangs must not use up what CI may take; a machine that others use too needs twice the usual time. */
const RUNNER_LIMIT_MS = 30 * 60_000;
const reports = join(root, 'test-results');

const environment = () => ({
  ...process.env,
  NEXT_TELEMETRY_DISABLED: '1',
  CHROMIUM: findChromium() ?? '',
  ...(process.stdout.isTTY ? {} : { NO_COLOR: '1', FORCE_COLOR: undefined }),
});

/** Runs a test runner with its output shown; `file` is where it writes its report. */
async function runner(name, file, args, env) {
  toStdout(`\n${name}`);
  rmSync(file, { force: true });
  const exit = await run(...tool(...args), { cwd: root, env, show: true, timeoutMs: RUNNER_LIMIT_MS });
  return { text: readOrNull(file), exit };
}

async function vitest(filters) {
  const file = join(reports, 'vitest.json');
  const args = ['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const paths = filters.map((filter) => `tests/${filter}`);
  const { text, exit } = await runner('Tests', file, [...args, ...paths], environment());
  return tallyVitest(text, exit, filters.length === 0 ? SUITES : []);
}

async function playwright() {
  // Playwright empties its own folder in test-results/ when it starts, so the report lies beside that.
  const file = join(reports, 'playwright.json');
  const env = { ...environment(), PLAYWRIGHT_JSON_OUTPUT_NAME: file };
  const { text, exit } = await runner('Browser', file, ['playwright', 'test', '--reporter=list,json'], env);
  return tallyPlaywright(text, exit);
}

async function builds() {
  const started = performance.now();
  const result = { name: 'build', passed: true, output: '', seconds: 0 };
  try {
    await ensureBuilt(toStdout);
  } catch (error) {
    Object.assign(result, { passed: false, output: error.message });
  }
  result.seconds = (performance.now() - started) / 1000;
  report(toStdout, result);
  return result;
}

const tallyChecks = (results) => {
  const failed = results.filter(({ passed }) => !passed);
  const problems = failed.map(({ name }) => `${name} failed`);
  return { passed: results.length - failed.length, failed: failed.length, problems };
};

const failure = (problem) => ({ passed: 0, failed: 1, problems: [problem] });

/** Which of the parts these arguments ask for; none asks for all. */
function choose(args) {
  const all = args.length === 0;
  const known = new Set([...CHECKS.map(({ name }) => name), 'build', 'e2e']);
  const filters = args.filter((arg) => !known.has(arg));
  const checks = CHECKS.filter(({ name }) => all || args.includes(name));
  const tests = all || filters.length > 0;
  const browser = all || args.includes('e2e');
  return { checks, filters, tests, browser, build: tests || browser || args.includes('build') };
}

async function runAll(args) {
  const part = choose(args);
  await ensureInstalled(toStdout);
  if (part.tests || part.browser) {
    const missing = await ensurePrograms(toStdout);
    if (missing !== null) return failure(missing);
  }
  mkdirSync(reports, { recursive: true });
  const jobs = part.checks.map(
    ({ name, steps }) =>
      () =>
        runSteps(name, steps),
  );
  const tallies = [tallyChecks(await runTwoAtATime(toStdout, jobs))];
  if (part.build) tallies.push(tallyChecks([await builds()]));
  if (part.tests) tallies.push(await vitest(part.filters));
  if (part.browser) tallies.push(await playwright());
  return sum(tallies);
}

stopOnSignals();
const { passed, failed, problems } = await runAll(process.argv.slice(2)).catch((error) =>
  failure(error.message),
);
toStdout('');
for (const problem of problems) toStdout(problem);
toStdout(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
