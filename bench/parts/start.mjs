/**
 * How long until /readyz answers: the first start on a new data folder (with and without the demo), and every later
 * one. With `--bare` also `npm start` in a fresh clone: install, build, database, serve.
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { figure, median } from '../measure.mjs';
import { startServer } from '../server.mjs';
import { root } from '../../scripts/ensure.mjs';

const RUNS = 3;

export async function run({ bare }) {
  const [first, second, withDemo] = [[], [], []];
  for (let i = 0; i < RUNS; i++) {
    const fresh = await startServer({ keep: true });
    first.push(fresh.readyMs);
    await fresh.stop();
    const again = await startServer({ dataDir: fresh.dataDir });
    second.push(again.readyMs);
    await again.stop();
    const demo = await startServer({ demo: true });
    withDemo.push(demo.readyMs);
    await demo.stop();
  }
  const figures = [
    figure('second start, ready', median(second), 'ms', { goal: 3_000, runs: RUNS }),
    figure('first start on a new folder, ready', median(first), 'ms', { runs: RUNS }),
    figure('first start with the demo, ready', median(withDemo), 'ms', { runs: RUNS }),
  ];
  return bare ? [...figures, await bareCheckout()] : figures;
}

/** What is committed, in an empty folder, with nothing installed. */
async function bareCheckout() {
  const folder = mkdtempSync(join(tmpdir(), 'proofdesk-bench-'));
  try {
    execFileSync('git', ['clone', '--quiet', root, join(folder, 'checkout')]);
    const started = performance.now();
    const child = spawn('npm', ['start'], {
      cwd: join(folder, 'checkout'),
      env: {
        ...process.env,
        PORT: '0',
        DATA_DIR: join(folder, 'data'),
        NODE_ENV: undefined,
        PROOFDESK_DEMO: 'on',
      },
      stdio: ['ignore', 'pipe', 'inherit'],
      detached: true,
    });
    const kill = () => process.kill(-child.pid, 'SIGKILL');
    process.once('exit', kill);
    const ended = once(child, 'exit');
    await new Promise((resolve, reject) => {
      let output = '';
      child.stdout.on('data', (chunk) => {
        output += chunk;
        if (output.includes('serves on')) resolve();
      });
      child.once('exit', () => reject(new Error(`npm start ended:\n${output}`)));
    });
    const ms = performance.now() - started;
    process.removeListener('exit', kill);
    child.kill('SIGTERM');
    await ended;
    return figure('npm start in a bare clone, ready', ms / 1000, 's', { goal: 120, runs: 1 });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
