/** The servers' processes: started, looked at through /proc, ended by their own id, also when the bench is interrupted. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const TICKS_PER_SECOND = 100;
const START_MILLISECONDS = 30_000;
const STOP_MILLISECONDS = 12_000;

/** Goes when the bench ends, however it ends. */
export function temporaryFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'proofdesk-bench-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  return folder;
}

/**
 * Starts a program that prints `port N`. `kill()` is a kill -9, `stop()` a polite end. Both resolve when it is gone.
 */
export async function startProgram(command, { env = {}, cwd } = {}) {
  const [file, ...args] = command;
  const child = spawn(file, args, {
    cwd,
    env: { ...process.env, NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const killNow = () => child.kill('SIGKILL');
  process.once('exit', killNow);
  void ended.then(() => process.removeListener('exit', killNow));
  const port = await portOf(child, killNow);
  return {
    pid: child.pid,
    port,
    hasEnded: () => child.exitCode !== null || child.signalCode !== null,
    async kill() {
      killNow();
      await ended;
    },
    async stop() {
      child.kill('SIGTERM');
      const impatience = setTimeout(() => killNow(), STOP_MILLISECONDS);
      await ended;
      clearTimeout(impatience);
    },
  };
}

async function portOf(child, killNow) {
  let output = '';
  const found = new Promise((resolve, reject) => {
    child.stdout.on('data', (chunk) => {
      output += chunk;
      const port = /^port (\d+)$/m.exec(output)?.[1];
      if (port !== undefined) resolve(Number(port));
    });
    child.stderr.on('data', (chunk) => (output = `${output}${chunk}`.slice(-4_000)));
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`it ended with ${code}: ${output}`)));
  });
  const late = setTimeout(() => killNow(), START_MILLISECONDS);
  try {
    return await found;
  } finally {
    clearTimeout(late);
  }
}

/** Processor seconds of processes, with all their threads and all children, those that ended too. */
export function cpuSeconds(pids) {
  return sumOver(pids, (pid) => {
    // After the name, which may hold anything: state is field 3, utime 14, stime 15, and those of ended children 16 and 17.
    const fields = read(pid, 'stat').split(') ').at(-1)?.split(' ') ?? [];
    return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) / TICKS_PER_SECOND;
  });
}

/** Resident memory in KB of processes and their children. */
export function residentKb(pids) {
  return sumOver(pids, (pid) => Number(/VmRSS:\s+(\d+)/.exec(read(pid, 'status'))?.[1] ?? 0));
}

function sumOver(pids, measure) {
  const queue = [...pids];
  let total = 0;
  for (const pid of queue) {
    total += measure(pid);
    queue.push(...childrenOf(pid));
  }
  return total;
}

function childrenOf(pid) {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
      read(pid, `task/${thread}/children`).split(' ').filter(Boolean).map(Number),
    );
  } catch (error) {
    if (error.code === 'ENOENT') return [];
    throw error;
  }
}

function read(pid, file) {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch (error) {
    // It ended between the listing and the look.
    if (error.code === 'ENOENT' || error.code === 'ESRCH') return '';
    throw error;
  }
}
