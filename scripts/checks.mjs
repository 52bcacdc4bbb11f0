/**
 * The checks that need no running program: format, lint, types, dead code. Each is one line with its time; one
 * that fails also shows its output.
 */
import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './child.mjs';
import { root } from './ensure.mjs';

/** The program of a package in node_modules, run by this very Node. */
export function tool(name, ...args) {
  return [process.execPath, [realpathSync(join(root, 'node_modules/.bin', name)), ...args]];
}

/** Collected output is text for any log, so without colours. */
const environment = { ...process.env, NEXT_TELEMETRY_DISABLED: '1', NO_COLOR: '1', FORCE_COLOR: undefined };

/** `steps` run one after the other until one fails. */
export const CHECKS = [
  { name: 'format', steps: [['oxfmt', '--check', '.']] },
  { name: 'lint', steps: [['oxlint']] },
  {
    name: 'types',
    steps: [
      ['next', 'typegen'],
      ['tsc', '--noEmit', '-p', '.'],
    ],
  },
  { name: 'dead code', steps: [['knip', '--no-progress']] },
];

/** Answers `{name, passed, output, seconds}`. */
export async function runSteps(name, steps) {
  const started = performance.now();
  let output = '';
  let passed = true;
  for (const step of steps) {
    const result = await run(...tool(...step), { cwd: root, env: environment, timeoutMs: 5 * 60_000 });
    output += result.output;
    passed = result.code === 0;
    if (!passed) break;
  }
  return { name, passed, output, seconds: (performance.now() - started) / 1000 };
}

/** One line on a result, and all that was said if it failed. */
export function report(log, { name, passed, output, seconds }) {
  log(`${passed ? 'ok    ' : 'FAILED'}  ${name.padEnd(12)} ${seconds.toFixed(1)} s`);
  if (!passed) log(output.trimEnd());
}

/** Runs jobs (functions that answer a result), two at a time, reporting each as it ends. */
export async function runTwoAtATime(log, jobs) {
  const waiting = [...jobs];
  const results = [];
  const work = async () => {
    for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) {
      const result = await job();
      report(log, result);
      results.push(result);
    }
  };
  await Promise.all([work(), work()]);
  return results;
}
