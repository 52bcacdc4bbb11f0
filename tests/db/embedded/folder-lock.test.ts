import { mkdtempSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { acquireFolderLock, readFolderLockHolder } from '#db/embedded/folder-lock.ts';
import { startChild } from '#tests/support/child.ts';
import { testRunFolder } from '#tests/support/test-run.ts';

const me = { pid: process.pid, address: null };
const describeMe = (): typeof me => me;

function newFolder(): string {
  return mkdtempSync(path.join(testRunFolder(), 'lock-'));
}

describe('the lock of a data folder', () => {
  it('keeps a second one out until it is released', async () => {
    const folder = newFolder();
    const lock = await acquireFolderLock(folder, { describe: describeMe });
    const second = acquireFolderLock(folder, { waitMs: 0, describe: describeMe });
    await expect(second).rejects.toMatchObject({ code: 'data_dir_locked' });
    await lock.release();
    await (await acquireFolderLock(folder, { waitMs: 0, describe: describeMe })).release();
  });

  it('is the same by another path', async () => {
    const folder = newFolder();
    const link = `${folder}-link`;
    symlinkSync(folder, link);
    const lock = await acquireFolderLock(folder, { describe: describeMe });
    const second = acquireFolderLock(link, { waitMs: 0, describe: describeMe });
    await expect(second).rejects.toMatchObject({ code: 'data_dir_locked' });
    await lock.release();
  });

  it('tells who holds it now', async () => {
    const folder = newFolder();
    expect(await readFolderLockHolder(folder)).toBeNull();
    expect(await readFolderLockHolder(path.join(folder, 'nowhere'))).toBeNull();
    let address: string | null = null;
    const lock = await acquireFolderLock(folder, { describe: () => ({ pid: 7, address }) });
    expect(await readFolderLockHolder(folder)).toEqual({ pid: 7, address: null });
    address = 'http://localhost:3000';
    expect(await readFolderLockHolder(folder)).toEqual({ pid: 7, address });
    await lock.release();
    expect(await readFolderLockHolder(folder)).toBeNull();
  });

  it('waits for a holder that lets go in time', async () => {
    const folder = newFolder();
    const lock = await acquireFolderLock(folder, { describe: describeMe });
    const second = acquireFolderLock(folder, { waitMs: 10_000, describe: describeMe });
    await lock.release();
    await (await second).release();
  });

  it('goes to one of many that want it at the same time', async () => {
    const folder = newFolder();
    const tries = Array.from({ length: 20 }, () =>
      acquireFolderLock(folder, { waitMs: 0, describe: describeMe }),
    );
    const got = (await Promise.allSettled(tries)).filter((result) => result.status === 'fulfilled');
    expect(got).toHaveLength(1);
    await got[0]?.value.release();
  });

  it('names the other process, and is free when that is killed', async () => {
    const folder = newFolder();
    const child = startChild('hold-folder.ts', folder, 'http://localhost:3000');
    expect((await child.lines.next()).value).toBe('held');
    const refused = acquireFolderLock(folder, { waitMs: 0, describe: describeMe });
    await expect(refused).rejects.toThrow(
      `held by Proofdesk, pid ${child.process.pid}, http://localhost:3000`,
    );
    await child.kill();
    await (await acquireFolderLock(folder, { waitMs: 0, describe: describeMe })).release();
  });
});
