/**
 * Once around a whole run of vitest: gives the test files a folder to share, and afterwards stops what they
 * started there. What a killed run left behind goes with the next one.
 */
import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { acquireFolderLock, readFolderLockHolder } from '#db/embedded/folder-lock.ts';
import { stopPostgres } from './postgres-server.ts';

const PREFIX = 'proofdesk-tests-';
const ONE_MINUTE = 60_000;

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await removeAbandoned();
  const folder = mkdtempSync(path.join(tmpdir(), PREFIX));
  // PostgreSQL runs as somebody else when we are root, and has its folder in here.
  chmodSync(folder, 0o755);
  const lock = await acquireFolderLock(folder, { describe: () => ({ pid: process.pid, address: null }) });
  project.provide('testRunFolder', folder);
  return async () => {
    remove(folder);
    await lock.release();
  };
}

async function removeAbandoned(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(PREFIX))) {
    const folder = path.join(tmpdir(), name);
    const isYoung =
      Date.now() - (statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? Infinity) < ONE_MINUTE;
    if (!isYoung && (await readFolderLockHolder(folder)) === null) remove(folder);
  }
}

function remove(folder: string): void {
  stopPostgres(path.join(folder, 'postgres'));
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
