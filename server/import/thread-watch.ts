/**
 * Watches what a reading thread costs, from outside: a thread in the midst of its work answers nothing.
 *
 * - Work: Linux says of each thread how long the processor ran it, so whatever else the server does counts for none.
 *   (V8 collects garbage in threads of its own; what they work is left out, and the reader's time bounds it.) Where no
 *   system says so, it is the work of the whole process, shared out among the readers, and an honest source may be
 *   refused for what others do meanwhile.
 * - Memory: the limit of a thread's memory leaves out its buffers, and of those no system knows whose they are. So it
 *   is what the whole process grew by since it began to read, less what this thread's own objects and buffers grew by:
 *   close to what the readers take. An export in a thread meanwhile counts as theirs.
 */
import { readFileSync, readlinkSync } from 'node:fs';
import { READ_RESIDENT_MB, READ_WATCH_MS, READ_WORK_MS } from './limits.ts';

/** USER_HZ, which Linux promises to programs whatever its clock is. */
const TICKS_A_SECOND = 100;

/** What the process had when it began to read, and how many sources it reads. */
const reading = { threads: 0, before: memory() };

/** Asked by a thread of itself: its name to `watchThread`; null where the system has none. */
export function threadName(): string | null {
  try {
    return readlinkSync('/proc/thread-self');
  } catch {
    return null;
  }
}

/** Calls back, more than once if it is not stopped, when the thread takes too much. Gives the way to stop. */
export function watchThread(
  thread: string | null,
  onTooMuch: (why: string) => void,
  workMs = READ_WORK_MS,
): () => void {
  if (reading.threads === 0) reading.before = memory();
  reading.threads += 1;
  const work = openWorkMeter(thread);
  const watch = setInterval(() => {
    if (grownElsewhere() > READ_RESIDENT_MB * reading.threads * 1_048_576)
      onTooMuch('reading it took too much memory');
    if (work() > workMs) onTooMuch(`reading it took more than ${workMs / 1_000} seconds of work`);
  }, READ_WATCH_MS);
  let isStopped = false;
  return () => {
    if (isStopped) return;
    isStopped = true;
    clearInterval(watch);
    reading.threads -= 1;
  };
}

/** Bytes that the process grew by since it began to read, without what this thread's objects and buffers did. */
function grownElsewhere(): number {
  const { resident, own } = memory();
  return resident - reading.before.resident - Math.max(0, own - reading.before.own);
}

function memory(): { resident: number; own: number } {
  const { rss, heapTotal, external } = process.memoryUsage();
  return { resident: rss, own: heapTotal + external };
}

/** Milliseconds that the processor worked for the thread since the meter was opened. */
export function openWorkMeter(thread: string | null): () => number {
  const before = thread === null ? null : workOf(thread);
  const ofAll = process.cpuUsage();
  return () => {
    const now = thread === null ? null : workOf(thread);
    if (before !== null && now !== null) return now - before;
    const { user, system } = process.cpuUsage(ofAll);
    return (user + system) / 1_000 / Math.max(1, reading.threads);
  };
}

/** Null: it has ended, or the system does not say. */
function workOf(thread: string): number | null {
  try {
    const line = readFileSync(`/proc/${thread}/stat`, 'latin1');
    // Behind the name, which may hold anything, fields 14 and 15 of proc(5) are the 12th and the 13th.
    const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
    const ticks = Number(fields[11]) + Number(fields[12]);
    return Number.isFinite(ticks) ? (ticks * 1_000) / TICKS_A_SECOND : null;
  } catch {
    return null;
  }
}
