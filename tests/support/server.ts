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
import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { readConfig, type Config } from '#server/config.ts';
import { openLog } from '#server/log.ts';
import type { Role } from '#core/domain/words.ts';
import type { Runtime } from '#server/runtime.ts';
import { start, type RunningServer } from '#server/start.ts';
import { bundledProgram } from './bundled-program.ts';
import { createTestDataDir } from './database.ts';

export interface ApiInit {
  method?: string;
  /** Sent as JSON. */
  json?: unknown;
  body?: NonNullable<RequestInit['body']>;
  headers?: Record<string, string>;
}

export interface ApiAnswer {
  status: number;
  headers: Headers;
  /** The parsed JSON; null for an empty body, the text for anything else. */
  // oxlint-disable-next-line typescript/no-explicit-any -- tests look into whatever came
  body: any;
  text: string;
}

export interface TestMember {
  id: string;
  token: string;
  email: string;
  password: string;
  name: string;
}

export interface TestClient {
  readonly url: string;
  readonly ownerToken: string;
  readonly owner: { email: string; password: string };
  /** Under /api/v1, as the owner unless another token (or null: nobody) is given. */
  api(path: string, init?: ApiInit, token?: string | null): Promise<ApiAnswer>;
  addMember(role: Role, name?: string): Promise<TestMember>;
  /** Signs in by password; answers the value for a Cookie header. */
  signIn(email: string, password: string): Promise<string>;
}

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

interface Owner {
  email: string;
  password: string;
  token: string;
}

function makeOwner(): Owner {
  return {
    email: 'owner@example.org',
    password: 'correct horse battery',
    token: `pd_test_${randomBytes(24).toString('base64url')}`,
  };
}

function environment(dataDir: string, owner: Owner): Record<string, string> {
  return {
    PORT: '0',
    DATA_DIR: dataDir,
    PROOFDESK_DEMO: 'off',
    PROOFDESK_OWNER_EMAIL: owner.email,
    PROOFDESK_OWNER_PASSWORD: owner.password,
    PROOFDESK_OWNER_TOKEN: owner.token,
  };
}

function clientOf(url: string, owner: Owner): TestClient {
  let members = 0;
  const api = async (
    where: string,
    { json, headers, ...init }: ApiInit = {},
    token: string | null = owner.token,
  ): Promise<ApiAnswer> => {
    const response = await fetch(`${url}/api/v1${where}`, {
      ...init,
      headers: {
        ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
        ...(json === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(json === undefined ? {} : { body: JSON.stringify(json) }),
    });
    const text = await response.text();
    const isJson = (response.headers.get('content-type') ?? '').includes('json');
    return {
      status: response.status,
      headers: response.headers,
      body: text === '' ? null : isJson ? JSON.parse(text) : text,
      text,
    };
  };
  const signIn = async (email: string, password: string): Promise<string> => {
    const response = await fetch(`${url}/api/auth/sign-in/email`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ email, password }),
    });
    if (!response.ok) throw new Error(`sign-in answered ${response.status}: ${await response.text()}`);
    return response.headers
      .getSetCookie()
      .map((cookie) => cookie.split(';', 1)[0])
      .join('; ');
  };
  const addMember = async (role: Role, name = `${role} ${++members}`): Promise<TestMember> => {
    const email = `${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '.')}@example.org`;
    const password = `${name} has a password`;
    const added = await api('/members', { method: 'POST', json: { email, name, role, password } });
    if (added.status !== 201) throw new Error(`adding a member answered ${added.status}: ${added.text}`);
    const cookie = await signIn(email, password);
    const made = await api(
      '/tokens',
      { method: 'POST', json: { name: 'test' }, headers: { Cookie: cookie } },
      null,
    );
    if (made.status !== 201) throw new Error(`making a token answered ${made.status}: ${made.text}`);
    return { id: String(added.body.id), token: String(made.body.secret), email, password, name };
  };
  return {
    url,
    ownerToken: owner.token,
    owner: { email: owner.email, password: owner.password },
    api,
    addMember,
    signIn,
  };
}
