/**
 * Starts and stops a throw-away PostgreSQL from the machine's own binaries, tuned to be fast and forgetful.
 * PostgreSQL refuses to run as root, so then it runs as its own user.
 */
import { execFileSync } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { freePort } from './free-port.ts';

const DEBIAN_FOLDER = '/usr/lib/postgresql';

const settings = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  shared_buffers: '64MB',
  max_connections: '200',
  listen_addresses: '127.0.0.1',
};

/** Makes a cluster in `folder` and starts it. Returns the address of its `postgres` database. */
export async function startPostgres(folder: string): Promise<string> {
  const bin = findBinaries();
  const data = path.join(folder, 'data');
  const port = await freePort();
  mkdirSync(folder, { recursive: true });
  const owner = serverUser();
  if (owner !== null) chownSync(folder, owner.uid, owner.gid);
  run(path.join(bin, 'initdb'), [
    '-D',
    data,
    '-U',
    'postgres',
    '-A',
    'trust',
    '-E',
    'UTF8',
    '--locale=C.UTF-8',
    '--no-sync',
  ]);
  const options = Object.entries({ ...settings, port, unix_socket_directories: folder }).map(
    ([key, value]) => `-c ${key}=${value}`,
  );
  run(path.join(bin, 'pg_ctl'), [
    'start',
    '-w',
    '-D',
    data,
    '-l',
    path.join(folder, 'log'),
    '-o',
    options.join(' '),
  ]);
  return `postgres://postgres@127.0.0.1:${port}/postgres`;
}

/** Stops the cluster in `folder`, if one runs there. */
export function stopPostgres(folder: string): void {
  const data = path.join(folder, 'data');
  if (!existsSync(path.join(data, 'postmaster.pid'))) return;
  run(path.join(findBinaries(), 'pg_ctl'), ['stop', '-w', '-m', 'immediate', '-D', data]);
}

function findBinaries(): string {
  const debian = existsSync(DEBIAN_FOLDER)
    ? readdirSync(DEBIAN_FOLDER).sort((a, b) => Number(b) - Number(a))
    : [];
  const candidates = [
    ...debian.map((version) => path.join(DEBIAN_FOLDER, version, 'bin')),
    ...(process.env['PATH'] ?? '').split(path.delimiter),
  ];
  const found = candidates.find((folder) => existsSync(path.join(folder, 'initdb')));
  if (found !== undefined) return found;
  throw new Error(
    'These tests need PostgreSQL 15 or newer: apt-get install postgresql, or brew install postgresql',
  );
}

/** PostgreSQL's own user when we are root, else null: ourselves. */
function serverUser(): { uid: number; gid: number } | null {
  if (process.getuid?.() !== 0) return null;
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith('postgres:'));
  const [, , uid, gid] = line?.split(':') ?? [];
  if (uid === undefined || gid === undefined)
    throw new Error('PostgreSQL refuses root, and there is no user postgres');
  return { uid: Number(uid), gid: Number(gid) };
}

function run(program: string, parameters: readonly string[]): void {
  // A pipe would stay open for as long as the server that pg_ctl leaves running.
  execFileSync(program, parameters, { ...serverUser(), cwd: '/', stdio: 'ignore' });
}
