/**
 * A throw-away PostgreSQL from the machine's own binaries, with its own settings as installed: every commit reaches the
 * disk. It refuses to run as root, so then it runs as its own user. Null where there is none.
 */
import { execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, readFileSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '../inspector.mjs';
import { temporaryFolder } from '../processes.mjs';

const DEBIAN_FOLDER = '/usr/lib/postgresql';
const TRIES = 200;

export async function startPostgres({ onServerCore }) {
  const bin = findBinaries();
  if (bin === null) return null;
  const folder = temporaryFolder();
  const owner = serverUser();
  if (owner !== null) chownSync(folder, owner.uid, owner.gid);
  const data = join(folder, 'data');
  const options = { ...owner, cwd: '/', stdio: 'ignore' };
  const initial = ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8'];
  execFileSync(join(bin, 'initdb'), initial, options);
  const port = await freePort();
  const settings = { port, listen_addresses: '127.0.0.1', unix_socket_directories: folder };
  const args = Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`]);
  const [program, ...words] = [...onServerCore, join(bin, 'postgres'), '-D', data, ...args];
  const child = spawn(program, words, options);
  const ended = new Promise((resolve) => child.once('exit', resolve));
  // SIGQUIT is PostgreSQL's immediate end, of its children too.
  const endNow = () => child.kill('SIGQUIT');
  process.once('exit', endNow);
  await isUp(bin, port, options);
  return {
    pid: child.pid,
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    async stop() {
      process.removeListener('exit', endNow);
      child.kill('SIGINT');
      await ended;
    },
  };
}

async function isUp(bin, port, options) {
  for (let tries = 0; ; tries++) {
    try {
      execFileSync(join(bin, 'pg_isready'), ['-h', '127.0.0.1', '-p', String(port)], options);
      return;
    } catch (error) {
      if (tries === TRIES) throw error;
      await delay(50);
    }
  }
}

function findBinaries() {
  const debian = existsSync(DEBIAN_FOLDER)
    ? readdirSync(DEBIAN_FOLDER).sort((a, b) => Number(b) - Number(a))
    : [];
  const folders = [
    ...debian.map((version) => join(DEBIAN_FOLDER, version, 'bin')),
    ...(process.env.PATH ?? '').split(delimiter),
  ];
  return folders.find((folder) => existsSync(join(folder, 'initdb'))) ?? null;
}

function serverUser() {
  if (process.getuid?.() !== 0) return null;
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith('postgres:'));
  if (line === undefined) throw new Error('PostgreSQL refuses root, and there is no user postgres');
  const [, , uid, gid] = line.split(':');
  return { uid: Number(uid), gid: Number(gid) };
}
