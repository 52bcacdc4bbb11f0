/**
 * Once around a run of the browser stories: a folder for the data of their servers, and in it a migrated database
 * that each server begins with, because making one takes seconds. Playwright calls this (playwright.config.ts).
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { makeOwner, environment } from '#tests/support/server-client.ts';
import { runBuiltServer } from './built-server.ts';

const VARIABLE = 'PROOFDESK_STORIES_FOLDER';

export default async function setup(): Promise<() => void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'proofdesk-stories-'));
  process.env[VARIABLE] = folder;
  const env = environment(path.join(folder, 'template'), makeOwner());
  const server = await runBuiltServer(
    Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('PROOFDESK_OWNER'))),
  );
  await server.stop();
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

/** Where this run keeps the data of its servers. */
export function runFolder(): string {
  const folder = process.env[VARIABLE];
  if (folder === undefined)
    throw new Error('the stories run under playwright.config.ts, which makes their folder');
  return folder;
}
