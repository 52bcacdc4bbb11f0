import { watch } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isAlive, isGroupAlive, SmallCheckout } from './small-checkout.ts';

let checkout: SmallCheckout;
beforeEach(() => {
  checkout = new SmallCheckout();
});
afterEach(() => checkout.dispose());

/** Resolves when `count` processes have taken part in a build. */
function builders(count: number): Promise<number[]> {
  return new Promise((resolve) => {
    const watcher = watch(checkout.folder, look);
    function look(): void {
      const found = checkout.builders();
      if (found.length < count) return;
      watcher.close();
      resolve(found);
    }
    look();
  });
}

/** Starts, waits for the server, stops it, and answers all that was printed. */
async function startAndStop(): Promise<string> {
  const run = checkout.npm(['start']);
  await run.printed(' pid ');
  process.kill(run.pid, 'SIGTERM');
  expect(await run.ended).toBe(0);
  return run.output();
}

describe('npm start', () => {
  test('installs, builds and serves from a bare checkout, and does neither the second time', async () => {
    const first = await startAndStop();
    expect(first).toContain('Installing dependencies (first start): done in ');
    expect(first).toContain('Building the pages: done in ');
    expect(first).toContain('hello production');
    expect(checkout.has('dist/server/pglite-worker.js')).toBe(true);
    expect(checkout.has('dist/server/squeeze-worker.js')).toBe(true);
    expect(checkout.has('dist/cli/migrations/0000.sql')).toBe(true);
    expect(checkout.has('.next/static/chunks/page.js.br')).toBe(true);
    expect(checkout.has('.next/static/chunks/page.js.gz')).toBe(true);

    const second = await startAndStop();
    expect(second).not.toContain('Installing');
    expect(second).not.toContain('Building');
  });

  test('builds again after a source changed and installs again after the lock file changed', async () => {
    await startAndStop();
    checkout.write('core/greeting.ts', `export const greeting: string = 'good day';`);
    const rebuilt = await startAndStop();
    expect(rebuilt).toContain('good day');
    expect(rebuilt).not.toContain('Installing');

    checkout.addPackage('another');
    expect(await startAndStop()).toContain('Installing dependencies (package-lock.json changed)');
  });

  test('accepts what `npm ci` installed', async () => {
    expect(await checkout.npm(['ci']).ended).toBe(0);
    expect(await startAndStop()).not.toContain('Installing');
  });

  test('hands a signal to the server once, also to the whole group, and leaves nothing running', async () => {
    const run = checkout.npm(['start']);
    await run.printed(' pid ');
    const server = Number(/pid (\d+)/.exec(run.output())?.[1]);
    process.kill(-run.pid, 'SIGINT');
    process.kill(-run.pid, 'SIGINT');
    expect(await run.ended).toBe(0);
    expect(run.output()).toContain('signal 1');
    expect([isGroupAlive(run.pid), isAlive(server)]).toEqual([false, false]);
  });

  test('ends with the exit code of the server', async () => {
    const run = checkout.npm(['start'], { EXIT: '3' });
    await run.printed(' pid ');
    process.kill(run.pid, 'SIGTERM');
    expect(await run.ended).toBe(3);
  });

  test('builds once when two start at the same time', async () => {
    const runs = [checkout.npm(['start']), checkout.npm(['start'])];
    for (const run of runs) await run.printed('hello production');
    expect(checkout.builders()).toHaveLength(1);
    for (const run of runs) process.kill(run.pid, 'SIGTERM');
    for (const run of runs) expect(await run.ended).toBe(0);
  });

  test('stops a build with all its processes, and does the build again the next time', async () => {
    checkout.write('slow', '');
    const run = checkout.npm(['start']);
    const building = await builders(2);
    process.kill(run.pid, 'SIGTERM');
    expect(await run.ended).toBe(0);
    expect(building.map(isAlive)).toEqual([false, false]);

    checkout.remove('slow');
    expect(await startAndStop()).toContain('Building the pages: done in ');
  });

  test('says what went wrong when the build fails, and ends with code 1', async () => {
    checkout.write('server/main.ts', `import { nothing } from '#core/nothing.ts';\nnothing();`);
    const run = checkout.npm(['start']);
    expect(await run.ended).toBe(1);
    expect(run.output()).toContain('Building the server failed.');
    expect(run.output()).toContain('core/nothing.ts');
  });
});

describe('npm run proofdesk', () => {
  test('passes arguments and exit code on and keeps stdout for the command', async () => {
    expect(await checkout.npm(['run', '-s', 'proofdesk', '--', 'warm', 'up']).ended).toBe(2);
    const run = checkout.npm(['run', '-s', 'proofdesk', '--', 'export', 'a b', '--json']);
    expect(await run.ended).toBe(2);
    expect(run.output()).toBe('["export","a b","--json"]\n');
  });
});
