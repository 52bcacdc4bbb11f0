/**
 * A checkout small enough to be installed and built in a moment: our own scripts, npm and esbuild, around a
 * server of a few lines and a `next` that only writes down that it built.
 */
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const repository = path.dirname(path.dirname(import.meta.dirname));
const esbuild = path.join(repository, 'node_modules/esbuild/lib/main.js');

const SERVER = `
import { greeting } from '#core/greeting.ts';
import { createServer } from 'node:http';
const server = createServer().listen(0, () => console.log(greeting, process.env.NODE_ENV, 'pid', process.pid));
let signals = 0;
for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => {
  signals += 1;
  console.log('signal', signals);
  if (signals === 1) setTimeout(() => server.close(() => (process.exitCode = Number(process.env.EXIT ?? 0))), 300);
});
`;

/** Writes its id and a line for each build, and one script for browsers; with a file called "slow" beside it, never comes to an end. */
const NEXT = `#!/usr/bin/env node
const { appendFileSync, existsSync, mkdirSync, writeFileSync } = require('node:fs');
appendFileSync('builds.log', process.pid + '\\n');
mkdirSync('.next/static/chunks', { recursive: true });
writeFileSync('.next/static/chunks/page.js', '// for browsers');
if (existsSync('slow')) require('node:child_process').fork(__filename + '.child.js');
`;

const DEPENDENCIES = { esbuild: 'file:vendor/esbuild', next: 'file:vendor/next' };
const MANIFEST = {
  name: 'small',
  version: '1.0.0',
  type: 'module',
  imports: { '#core/*': './core/*' },
  scripts: { start: 'exec node scripts/start.mjs', proofdesk: 'exec node scripts/proofdesk.mjs' },
  dependencies: DEPENDENCIES,
};

const FILES = {
  'package.json': JSON.stringify(MANIFEST),
  'vendor/esbuild/package.json':
    '{"name":"esbuild","version":"1.0.0","type":"module","exports":"./index.js"}',
  'vendor/esbuild/index.js': `export * from ${JSON.stringify(esbuild)};`,
  'vendor/next/package.json': '{"name":"next","version":"1.0.0"}',
  'vendor/next/dist/bin/next': NEXT,
  'vendor/next/dist/bin/next.child.js': `require('node:fs').appendFileSync('builds.log', process.pid + '\\n');
setInterval(() => undefined, 1000);`,
  'core/greeting.ts': `export const greeting: string = 'hello';`,
  'server/main.ts': SERVER,
  'server/cli/main.ts': `console.log(JSON.stringify(process.argv.slice(2)));\nprocess.exitCode = 2;`,
  'server/sync/squeeze-worker.ts': 'export {};',
  'db/embedded/worker.ts': 'export {};',
  'db/migrations/0000.sql': 'SELECT 1;',
};

export type Run = {
  readonly pid: number;
  /** Everything printed so far, both streams. */
  output(): string;
  /** Resolves when this text has been printed; fails when the program ends before. */
  printed(text: string): Promise<void>;
  readonly ended: Promise<number | null>;
};

export class SmallCheckout {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'proofdesk-checkout-'));
  readonly #runs: Run[] = [];

  constructor() {
    for (const [name, text] of Object.entries(FILES)) this.write(name, text);
    cpSync(path.join(repository, 'scripts'), path.join(this.folder, 'scripts'), { recursive: true });
    this.lock();
  }

  write(name: string, text: string): void {
    mkdirSync(path.dirname(path.join(this.folder, name)), { recursive: true });
    writeFileSync(path.join(this.folder, name), text);
  }

  remove(name: string): void {
    rmSync(path.join(this.folder, name), { recursive: true, force: true });
  }

  has(name: string): boolean {
    return existsSync(path.join(this.folder, name));
  }

  /** Makes package-lock.json agree with package.json, without installing anything. */
  lock(): void {
    const args = ['install', '--package-lock-only', '--offline', '--no-audit', '--no-fund'];
    const { status, stderr } = spawnSync('npm', args, { cwd: this.folder, encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
  }

  /** Makes the program depend on one more package, as a pulled change would. */
  addPackage(name: string): void {
    this.write(`vendor/${name}/package.json`, JSON.stringify({ name, version: '1.0.0' }));
    const dependencies = { ...DEPENDENCIES, [name]: `file:vendor/${name}` };
    this.write('package.json', JSON.stringify({ ...MANIFEST, dependencies }));
    this.lock();
  }

  /** The process ids of everything that took part in a build of the pages, in order. */
  builders(): number[] {
    if (!this.has('builds.log')) return [];
    return readFileSync(path.join(this.folder, 'builds.log'), 'utf8').trim().split('\n').map(Number);
  }

  /** Starts `npm <args>` as the leader of a process group of its own. */
  npm(args: readonly string[], env: Record<string, string> = {}): Run {
    const child = spawn('npm', args, {
      cwd: this.folder,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...env },
    });
    let text = '';
    const listeners = new Set<() => void>();
    const hear = (chunk: Buffer): void => {
      text += chunk.toString();
      for (const listener of listeners) listener();
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
    const run: Run = {
      pid: child.pid ?? 0,
      output: () => text,
      printed: (wanted) =>
        new Promise((resolve, reject) => {
          const look = (): void => (text.includes(wanted) ? resolve() : undefined);
          listeners.add(look);
          look();
          void ended.then(() => reject(new Error(`ended without printing "${wanted}":\n${text}`)));
        }),
      ended,
    };
    this.#runs.push(run);
    return run;
  }

  /** Ends whatever a failed test left running, and removes the folder. */
  async dispose(): Promise<void> {
    for (const { pid, ended } of this.#runs) {
      if (isGroupAlive(pid)) process.kill(-pid, 'SIGKILL');
      await ended;
    }
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Is any process of the group left? */
export function isGroupAlive(pid: number): boolean {
  return answers(-pid);
}

/** Does the process run? One that is dead and not yet buried by its new parent does not. */
export function isAlive(pid: number): boolean {
  const status = `/proc/${pid}/status`;
  if (process.platform === 'linux')
    return existsSync(status) && !/^State:\sZ/m.test(readFileSync(status, 'utf8'));
  return answers(pid);
}

function answers(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return false;
    throw error;
  }
}
