/**
 * The built server as a process of its own, on a free port, with a data folder of its own that goes with it. What
 * is measured is what `npm start` runs.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { root } from '../scripts/ensure.mjs';

export const TOKEN = 'bench-token-of-the-owner-0123456789abcdef';

export const OWNER = {
  PROOFDESK_OWNER_EMAIL: 'owner@bench.example',
  PROOFDESK_OWNER_PASSWORD: 'a password for the bench',
  PROOFDESK_OWNER_TOKEN: TOKEN,
};

const POLL_MILLISECONDS = 5;
const START_MILLISECONDS = 120_000;

export function makeDataDir() {
  return mkdtempSync(join(tmpdir(), 'proofdesk-bench-'));
}

/**
 * Starts it and resolves when /readyz answers. `readyMs` counts from the start of the process. `stop()` drains it
 * and, unless `keep`, removes its data folder.
 */
export async function startServer({
  dataDir = makeDataDir(),
  demo = false,
  withOwner = true,
  keep = false,
  env = {},
  /** Words before the command, such as those that choose a core. */
  before = [],
} = {}) {
  const started = performance.now();
  const [program, ...args] = [...before, process.execPath, join(root, 'scripts/start.mjs')];
  const child = spawn(program, args, {
    cwd: root,
    env: { ...process.env, ...settings(dataDir, demo), ...(withOwner ? OWNER : {}), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const kill = () => process.kill(-child.pid, 'SIGKILL');
  process.once('exit', kill);
  try {
    const url = await addressOf(child);
    const readyMs = await readyAfter(url, started);
    return {
      url,
      readyMs,
      pid: child.pid,
      dataDir,
      residentMb: () => residentMb(child.pid),
      async stop() {
        process.removeListener('exit', kill);
        child.kill('SIGTERM');
        await ended;
        if (!keep) rmSync(dataDir, { recursive: true, force: true });
      },
      /** kill -9; the data folder stays. */
      async kill() {
        process.removeListener('exit', kill);
        if (child.exitCode === null) kill();
        await ended;
      },
    };
  } catch (error) {
    process.removeListener('exit', kill);
    if (child.exitCode === null) kill();
    await ended;
    throw error;
  }
}

function settings(dataDir, demo) {
  return {
    PORT: '0',
    HOST: '127.0.0.1',
    DATA_DIR: dataDir,
    PROOFDESK_DEMO: demo ? 'on' : 'off',
    LOG_LEVEL: 'warn',
    NODE_ENV: 'production',
  };
}

/** The address that the server prints. */
function addressOf(child) {
  let output = '';
  return new Promise((resolve, reject) => {
    const read = (chunk) => {
      output += chunk;
      const url = /serves on (http:\/\/[\w.:[\]-]+)/.exec(output)?.[1];
      if (url !== undefined) resolve(url);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', (chunk) => (output += chunk));
    child.once('exit', (code) => reject(new Error(`The server ended with ${code}:\n${output}`)));
  });
}

async function readyAfter(url, started) {
  for (;;) {
    const response = await fetch(`${url}/readyz`);
    await response.arrayBuffer();
    if (response.ok) return performance.now() - started;
    if (performance.now() - started > START_MILLISECONDS) throw new Error('The server is not ready');
    await delay(POLL_MILLISECONDS);
  }
}

/** Resident memory of a process and all that it started, in MB; NaN where /proc is missing. */
function residentMb(pid) {
  const children = childrenByParent();
  let total = 0;
  const queue = [pid];
  for (const each of queue) {
    total += Number(/VmRSS:\s+(\d+)/.exec(readProc(each, 'status'))?.[1] ?? 0) / 1024;
    queue.push(...(children.get(each) ?? []));
  }
  return total === 0 ? Number.NaN : total;
}

function childrenByParent() {
  const children = new Map();
  for (const name of readdirSync('/proc').filter((each) => /^\d+$/.test(each))) {
    const parent = Number(/PPid:\s+(\d+)/.exec(readProc(name, 'status'))?.[1] ?? 0);
    children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  return children;
}

function readProc(pid, file) {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch (error) {
    // It ended between the listing and the look.
    if (error.code === 'ENOENT' || error.code === 'ESRCH') return '';
    throw error;
  }
}

/** A request as the owner; throws unless the answer is a good one. */
export async function ask(server, method, path, body) {
  const request = { method, headers: { Authorization: `Bearer ${TOKEN}` } };
  if (body !== undefined) {
    request.headers['Content-Type'] = 'application/json';
    request.body = JSON.stringify(body);
  }
  const response = await fetch(`${server.url}/api/v1${path}`, request);
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  const isJson = response.headers.get('content-type')?.startsWith('application/json');
  return isJson ? response.json() : response.text();
}
