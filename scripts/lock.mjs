/**
 * One holder at a time for "prepare this checkout" (install, build). The holder listens on a Unix socket whose
 * name comes from the folder's device and inode; the kernel frees it when the holder dies, however it dies, so
 * nothing is ever stolen on a time-out. Those who wait connect, and wake when the connection closes.
 */
import { createHash } from 'node:crypto';
import { rmSync, statSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Linux has names that are no files and vanish with their holder; elsewhere a file is left by a kill -9. */
function addressOf(folder) {
  const { dev, ino } = statSync(folder);
  const name = `proofdesk-prepare-${createHash('sha256').update(`${dev}:${ino}`).digest('hex').slice(0, 16)}`;
  return process.platform === 'linux' ? `\0${name}` : join(tmpdir(), `${name}.sock`);
}

/** A function that frees the lock, or null when another process has it. */
function tryTake(address) {
  return new Promise((resolve, reject) => {
    const waiters = new Set();
    const server = createServer((socket) => {
      waiters.add(socket);
      socket.on('error', () => socket.destroy());
      socket.once('close', () => waiters.delete(socket));
    });
    server.once('error', (error) => (error.code === 'EADDRINUSE' ? resolve(null) : reject(error)));
    server.listen(address, () =>
      resolve(() => {
        server.close();
        for (const socket of waiters) socket.destroy();
      }),
    );
  });
}

/** Resolves when the present holder may be gone. */
function holderLeft(address) {
  return new Promise((resolve) => {
    const socket = connect(address);
    socket.on('error', (error) => {
      const leftBehind = error.code === 'ECONNREFUSED' && !address.startsWith('\0');
      if (leftBehind) rmSync(address, { force: true });
    });
    socket.once('close', resolve);
    socket.resume();
  });
}

/** Runs `work` while no other process in this folder does; `onWait` is called once if it has to wait. */
export async function withLock(folder, onWait, work) {
  const address = addressOf(folder);
  let release = await tryTake(address);
  if (release === null) onWait();
  while (release === null) {
    await holderLeft(address);
    release = await tryTake(address);
  }
  try {
    return await work();
  } finally {
    release();
  }
}
