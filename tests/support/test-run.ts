/**
 * What the test files of one run share, each being a process of its own: a folder, and things that are made by
 * the first file that needs them.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { inject } from 'vitest';
import { acquireFolderLock } from '#db/embedded/folder-lock.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Made and removed by global-setup.ts. */
    testRunFolder: string;
  }
}

/** The longest that making something may take while others wait for it. */
const MAKE_MILLISECONDS = 60_000;

export function testRunFolder(): string {
  return inject('testRunFolder');
}

/** Lets one process at a time work in a folder, which is made when missing. */
export async function alone<T>(folder: string, work: () => Promise<T>): Promise<T> {
  mkdirSync(folder, { recursive: true });
  const describe = (): { pid: number; address: null } => ({ pid: process.pid, address: null });
  const lock = await acquireFolderLock(folder, { waitMs: MAKE_MILLISECONDS, describe });
  try {
    return await work();
  } finally {
    await lock.release();
  }
}

/** Makes something once in this run, by whoever needs it first; the name of what was made is kept in a file. */
export function oncePerRun(name: string, make: (folder: string) => Promise<string>): Promise<string> {
  const folder = path.join(testRunFolder(), name);
  const record = path.join(folder, 'made');
  return alone(folder, async () => {
    if (existsSync(record)) return readFileSync(record, 'utf8');
    const made = await make(folder);
    writeFileSync(record, made);
    return made;
  });
}
