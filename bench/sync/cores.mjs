/**
 * Servers on one core and the driver on another, so that neither takes the other's time. Without `taskset`, or with
 * one core only, they share what there is, and the results say so.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** The cores that this process may use. */
function allowedCores() {
  const list = /Cpus_allowed_list:\s*(\S+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '';
  return list.split(',').flatMap((range) => {
    const [first, last = first] = range.split('-').map(Number);
    return Array.from({ length: last - first + 1 }, (_, i) => first + i);
  });
}

/** Puts this process (every thread of it) on the first core; answers the words before a server's command, and a note. */
export function splitCores() {
  try {
    const [driver, server] = allowedCores();
    if (server === undefined) return { onServerCore: [], note: 'one core for the servers and the driver' };
    execFileSync('taskset', ['-a', '-c', '-p', String(driver), String(process.pid)], { stdio: 'ignore' });
    return {
      onServerCore: ['taskset', '-c', String(server)],
      note: 'servers on one core, the driver on another',
    };
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
    return { onServerCore: [], note: 'not pinned to cores: taskset is missing' };
  }
}
