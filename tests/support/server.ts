/**
 * A whole real server for a test: its own data folder (or PostgreSQL), a free port, an owner and the owner's token.
 *
 *   const server = await startServer();
 *   const { status, body } = await server.api('/reports', { method: 'POST', json: { text: '…' } });
 *   const ben = await server.addMember('editor');
 *   await server.api('/me', {}, ben.token);
 *   await server.stop();
 *
 * `startServer` runs it from the sources in this process, without pages; `spawnServer` as a process of its own, to
 * be killed or signalled.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { readConfig, type Config } from '#server/config.ts';
import type { AddressPolicy } from '#server/import/web/address-policy.ts';
import { openLog } from '#server/log.ts';
import type { Runtime } from '#server/runtime.ts';
import { start, type RunningServer } from '#server/start.ts';
import { bundledProgram } from './bundled-program.ts';
import { createTestDataDir } from './database.ts';
import { clientOf, environment, makeOwner, type TestClient } from './server-client.ts';

export type { ApiAnswer, ApiInit, TestMember } from './server-client.ts';

export interface TestServer extends TestClient {
  readonly runtime: Runtime;
  readonly dataDir: string;
  stop(): Promise<void>;
}

export interface ServerOptions {
  /** More settings, as environment variables. */
  env?: Record<string, string>;
  /** An existing folder, kept when the server stops. */
  dataDir?: string;
  now?: () => Date;
  /** Which addresses pages may be fetched from; the public ones by default, as in production. */
  addresses?: AddressPolicy;
}

export async function startServer(options: ServerOptions = {}): Promise<TestServer> {
  const dataDir = options.dataDir ?? (await createTestDataDir());
  const secrets = makeOwner();
  const config: Config = readConfig({ ...environment(dataDir, secrets), ...options.env });
  const running: RunningServer = await start({
    config,
    log: openLog({ level: process.env['TEST_LOG'] ?? 'silent', json: true }),
    pages: false,
    checkAnswers: true,
    ...(options.now === undefined ? {} : { now: options.now }),
    ...(options.addresses === undefined ? {} : { addresses: options.addresses }),
  });
  return {
    ...clientOf(`http://127.0.0.1:${running.runtime.config.port}`, secrets),
    runtime: running.runtime,
    dataDir,
    async stop() {
      await running.stop();
      if (options.dataDir === undefined) await rm(dataDir, { recursive: true, force: true });
    },
  };
}

export interface SpawnedServer extends TestClient, SpawnedMain {
  readonly dataDir: string;
}

/** As a process of its own, from the sources and without pages. Waits until it serves. */
export async function spawnServer(options: ServerOptions = {}): Promise<SpawnedServer> {
  const dataDir = options.dataDir ?? (await createTestDataDir());
  const secrets = makeOwner();
  const spawned = await spawnMain({ ...environment(dataDir, secrets), ...options.env });
  const found = await Promise.race([spawned.waitFor(/serves on (http:\/\/[^\s"\\]+)/), spawned.ended]);
  if (!Array.isArray(found)) throw new Error(`the server ended with ${found}:\n${spawned.output()}`);
  const port = new URL(found[1] ?? '').port;
  return { ...clientOf(`http://127.0.0.1:${port}`, secrets), ...spawned, dataDir };
}

export interface SpawnedMain {
  readonly child: ChildProcess;
  /** What it wrote so far, to both. */
  output(): string;
  waitFor(pattern: RegExp): Promise<RegExpExecArray>;
  /** Resolves with the exit code, or the signal's name. */
  readonly ended: Promise<number | NodeJS.Signals>;
}

/** The program with exactly these settings; it need not come up. */
export async function spawnMain(env: Record<string, string>): Promise<SpawnedMain> {
  const child = spawn(process.execPath, ['--enable-source-maps', await bundledProgram()], {
    // Where no .env is read.
    cwd: import.meta.dirname,
    env: { NODE_ENV: 'production', PATH: process.env['PATH'], HOME: process.env['HOME'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let written = '';
  const watchers = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      written += text;
      for (const look of watchers) look();
    });
  }
  const ended = new Promise<number | NodeJS.Signals>((resolve) => {
    child.once('close', (code, signal) => resolve(code ?? signal ?? 1));
  });
  const waitFor = (pattern: RegExp): Promise<RegExpExecArray> =>
    new Promise((resolve) => {
      const look = (): void => {
        const found = pattern.exec(written);
        if (found === null) return;
        watchers.delete(look);
        resolve(found);
      };
      watchers.add(look);
      look();
    });
  return { child, output: () => written, waitFor, ended };
}
