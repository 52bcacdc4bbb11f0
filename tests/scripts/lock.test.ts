import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { withLock } from '../../scripts/lock.mjs';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'proofdesk-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Another process that holds the lock until it dies. */
async function holder(): Promise<ChildProcess> {
  const program = path.join(folder, 'holder.mjs');
  const lock = path.resolve(import.meta.dirname, '../../scripts/lock.mjs');
  writeFileSync(
    program,
    `import { withLock } from ${JSON.stringify(lock)};
     await withLock(${JSON.stringify(folder)}, () => {}, () => { process.send('held'); return new Promise(() => {}); });`,
  );
  const child = fork(program);
  await once(child, 'message');
  return child;
}

test('lets one at a time work, in turn', async () => {
  const events: string[] = [];
  const work = (name: string) => async (): Promise<void> => {
    events.push(`${name} begins`);
    await new Promise(setImmediate);
    events.push(`${name} ends`);
  };
  const waits = (): void => void events.push('waits');
  await Promise.all([withLock(folder, waits, work('one')), withLock(folder, waits, work('two'))]);
  expect(events).toEqual(['one begins', 'waits', 'one ends', 'two begins', 'two ends']);
});

test('is free again when the work failed', async () => {
  const fails = withLock(
    folder,
    () => undefined,
    () => Promise.reject(new Error('no')),
  );
  await expect(fails).rejects.toThrow('no');
  expect(
    await withLock(
      folder,
      () => undefined,
      () => Promise.resolve('yes'),
    ),
  ).toBe('yes');
});

test('passes to the one who waits when its holder is killed', async () => {
  const child = await holder();
  let killed = false;
  const mine = withLock(
    folder,
    () => (killed = child.kill('SIGKILL')),
    () => Promise.resolve('mine'),
  );
  expect(await mine).toBe('mine');
  expect(killed).toBe(true);
});
