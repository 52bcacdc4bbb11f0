/**
 * Child processes that cannot outlive us by accident. Each gets a process group of its own, so that stopping it
 * also stops what it started (npm and next start several). Whoever ends this process by SIGTERM or SIGINT,
 * by its id or by its group, ends them all.
 */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';

const GRACE_MS = 5_000;
const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'];

/** The children that run now, each with a function that ends it and its group. */
const live = new Set();

function signalGroup(pid, signal) {
  try {
    process.kill(-pid, signal);
    return true;
  } catch (error) {
    // Nobody is left in the group: that is what we wanted.
    if (error.code === 'ESRCH' || error.code === 'EPERM') return false;
    throw error;
  }
}

/**
 * Runs a program to its end. `show`: its output goes straight to ours; otherwise it is collected.
 * Answers `{code, output, timedOut}`; `code` is 1 for a program that could not be started or was killed.
 */
export function run(command, args, { cwd, env = process.env, show = false, timeoutMs } = {}) {
  return new Promise((resolve) => {
    const stdio = show ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'];
    const child = spawn(command, args, { cwd, env, stdio, detached: true });
    const chunks = [];
    child.stdout?.on('data', (chunk) => chunks.push(chunk));
    child.stderr?.on('data', (chunk) => chunks.push(chunk));

    let timedOut = false;
    let grace;
    const stop = (signal) => {
      if (child.pid === undefined) return;
      signalGroup(child.pid, signal);
      grace ??= setTimeout(() => signalGroup(child.pid, 'SIGKILL'), GRACE_MS);
    };
    const limit = timeoutMs && setTimeout(() => ((timedOut = true), stop('SIGTERM')), timeoutMs);
    const ended = new Promise((done) => child.once('close', done));
    const entry = { stop, ended };
    live.add(entry);

    child.once('error', (error) => chunks.push(Buffer.from(`${command}: ${error.message}\n`)));
    // A grandchild that keeps our pipe open would hold back 'close' for ever, so its group ends with 'exit'.
    child.once('exit', () => signalGroup(child.pid, 'SIGKILL'));
    child.once('close', (code) => {
      clearTimeout(limit);
      clearTimeout(grace);
      live.delete(entry);
      resolve({ code: code ?? 1, output: Buffer.concat(chunks).toString(), timedOut });
    });
  });
}

/**
 * From now on SIGTERM, SIGINT and SIGHUP end the children, then this process; the same signal again changes
 * nothing. `exitCode` decides what is reported (default 128 + the signal's number). Once somebody else listens to
 * the signal too (the server that this process became), it is theirs.
 */
export function stopOnSignals({ exitCode = (number) => 128 + number } = {}) {
  let stopping = false;
  for (const signal of SIGNALS) {
    process.on(signal, async () => {
      if (stopping || process.listenerCount(signal) > 1) return;
      stopping = true;
      const all = [...live];
      for (const entry of all) entry.stop('SIGTERM');
      await Promise.all(all.map((entry) => entry.ended));
      process.exit(exitCode(constants.signals[signal]));
    });
  }
}
