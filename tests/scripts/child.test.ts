import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { run } from '../../scripts/child.mjs';
import { isAlive } from './small-checkout.ts';

const node = (script: string, options = {}): ReturnType<typeof run> =>
  run(process.execPath, ['-e', script], options);

test('collects what a program prints on both streams, and its exit code', async () => {
  const result = await node(`console.log('out'); console.error('err'); process.exitCode = 4`);
  expect(result.code).toBe(4);
  expect(result.output.split('\n').sort()).toEqual(['', 'err', 'out']);
});

test('answers a program that is not there like one that failed, with its name', async () => {
  const { code, output } = await run('no-such-program-here', []);
  expect(code).not.toBe(0);
  expect(output).toContain('no-such-program-here');
});

test('stops a program that takes too long, with those it started', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'proofdesk-child-'));
  const file = path.join(folder, 'pids');
  const forever = `require('node:fs').appendFileSync(${JSON.stringify(file)}, process.pid + '\\n'); setInterval(() => {}, 1000);`;
  const parent = `require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(forever)}], { stdio: 'inherit' });${forever}`;
  const { timedOut, code } = await node(parent, { timeoutMs: 1500 });
  expect([timedOut, code]).toEqual([true, 1]);
  const pids = readFileSync(file, 'utf8').trim().split('\n').map(Number);
  expect(pids.map(isAlive)).toEqual([false, false]);
  rmSync(folder, { recursive: true });
});

test('does not wait for a grandchild that outlives its parent with our pipe in hand', async () => {
  const grandchild = `require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' }).unref(); console.log('done');`;
  expect(await node(grandchild)).toMatchObject({ code: 0, output: 'done\n' });
});
