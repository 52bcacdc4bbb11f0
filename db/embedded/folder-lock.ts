/**
 * One process at a time in a data folder. The lock is the kernel's, so it goes when its holder dies, however it
 * dies, and is never taken away on a time-out.
 *
 * On Linux it is a listening abstract socket named after the folder's device and inode: the same folder by
 * another path is the same lock. (Abstract names belong to a network namespace: two containers that share a
 * folder but not a network do not see each other.) On macOS, which has none, it is a file opened with O_EXLOCK,
 * and a socket beside it that says who holds it.
 */
import { closeSync, constants, existsSync, openSync, rmSync, statSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { AppError } from '#core/errors.ts';

const RETRY_MILLISECONDS = 50;
const ANSWER_MILLISECONDS = 1000;

/** BSD's open flag for an exclusive `flock` in the same call; Node passes it on but has no name for it. */
const O_EXLOCK = 0x20;

/** `address` is where the holder serves, null while it does not (yet). */
export type FolderLockHolder = { pid: number; address: string | null };

export type FolderLock = { release(): Promise<void> };

/**
 * Takes the lock, or rejects with `data_dir_locked` and who holds it when that does not end within `waitMs`.
 * `describe` is asked each time somebody wants to know. The folder must exist.
 */
export async function acquireFolderLock(
  folder: string,
  { waitMs = 2000, describe }: { waitMs?: number; describe: () => FolderLockHolder },
): Promise<FolderLock> {
  const deadline = performance.now() + waitMs;
  for (;;) {
    const lock = await tryLock(folder, describe);
    if (lock !== null) return lock;
    if (performance.now() >= deadline) break;
    await delay(RETRY_MILLISECONDS);
  }
  const holder = await readFolderLockHolder(folder);
  throw new AppError('data_dir_locked', `${folder} is held by ${nameOf(holder)}`, { holder });
}

/** Who holds the folder; null when nobody does, there is no such folder, or the holder does not answer. */
export async function readFolderLockHolder(folder: string): Promise<FolderLockHolder | null> {
  if (!existsSync(folder)) return null;
  return new Promise((resolve) => {
    const socket = connect(socketName(folder));
    let answer = '';
    socket.setTimeout(ANSWER_MILLISECONDS, () => socket.destroy());
    socket.setEncoding('utf8');
    socket.on('data', (text: string) => (answer += text));
    socket.once('error', () => resolve(null));
    socket.once('close', () => resolve(parseHolder(answer)));
  });
}

async function tryLock(folder: string, describe: () => FolderLockHolder): Promise<FolderLock | null> {
  if (process.platform !== 'darwin') {
    const server = await listen(socketName(folder), describe);
    return server && { release: () => stop(server) };
  }
  const file = openExclusively(path.join(folder, 'lock'));
  if (file === null) return null;
  const socket = socketName(folder);
  rmSync(socket, { force: true });
  const server = await listen(socket, describe);
  return {
    async release() {
      if (server !== null) await stop(server);
      closeSync(file);
    },
  };
}

function openExclusively(file: string): number | null {
  try {
    return openSync(file, constants.O_RDWR | constants.O_CREAT | constants.O_NONBLOCK | O_EXLOCK, 0o600);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EAGAIN') return null;
    throw error;
  }
}

function socketName(folder: string): string {
  const { dev, ino } = statSync(folder, { bigint: true });
  const name = `proofdesk-${dev}-${ino}`;
  // A socket's path has about 100 characters at most, so it cannot be in the folder itself.
  return process.platform === 'darwin' ? path.join(tmpdir(), `${name}.sock`) : `\0${name}`;
}

/** Null when the name is taken. */
function listen(name: string, describe: () => FolderLockHolder): Promise<Server | null> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => {
      socket.on('error', () => socket.destroy());
      socket.end(JSON.stringify(describe()));
    });
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(null);
      else reject(error);
    });
    server.listen(name, () => resolve(server.unref()));
  });
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}

/** Anybody on the machine could have answered, with anything. */
function parseHolder(answer: string): FolderLockHolder | null {
  try {
    const { pid, address } = JSON.parse(answer) as Partial<FolderLockHolder>;
    return typeof pid === 'number' ? { pid, address: typeof address === 'string' ? address : null } : null;
  } catch {
    return null;
  }
}

function nameOf(holder: FolderLockHolder | null): string {
  if (holder === null) return 'another process';
  return ['Proofdesk', `pid ${holder.pid}`, holder.address].filter((part) => part !== null).join(', ');
}
