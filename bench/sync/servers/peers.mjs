/**
 * Other servers for Yjs, each as its own documentation starts it, with its own storage. They live in bench/peers, with
 * a package.json of their own, which is installed when they are first needed.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startProgram, temporaryFolder } from '../processes.mjs';
import { hocuspocusDialect, plainDialect } from '../wire.mjs';

const FOLDER = fileURLToPath(new URL('../../peers', import.meta.url));

/** Installs them as their lock file says; SQLite's binding is built from source where no ready one can be fetched. */
export async function installPeers() {
  const lock = readFileSync(join(FOLDER, 'package-lock.json'), 'utf8');
  const stamp = join(FOLDER, 'node_modules/.stamp');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  process.stderr.write('Installing the servers to compare with; the first time takes minutes …\n');
  const child = spawn('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: FOLDER,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const stop = () => child.kill();
  process.once('exit', stop);
  const code = await new Promise((resolve) => child.once('exit', resolve));
  process.removeListener('exit', stop);
  if (code !== 0) throw new Error(`npm ci in bench/peers ended with ${code}`);
  writeFileSync(stamp, lock);
}

/** What both have in common. `command` and `env` are made of the folder that it may write to. */
function peer({ onServerCore }, { program, dialectFor, args = () => [], env = () => ({}), ...about }) {
  let running = null;
  let folder = null;
  let made = 0;
  return {
    ...about,
    hasDocuments: true,
    async start(more = {}) {
      folder ??= temporaryFolder();
      running = await startProgram(
        [...onServerCore, process.execPath, join(FOLDER, program), ...args(folder)],
        { env: { ...env(folder), ...more } },
      );
    },
    pids: () => [running.pid],
    open: async () => `document-${(made += 1)}`,
    doorOf: (id) => ({
      address: `ws://127.0.0.1:${running.port}/${id}`,
      dialect: dialectFor(id),
      answersStep1: true,
    }),
    stop: async () => running?.stop(),
    kill: async () => running?.kill(),
  };
}

const plain = plainDialect();

export function yWebsocket(options) {
  return peer(options, {
    name: 'yWebsocket',
    title: 'y-websocket server, LevelDB',
    acknowledges: null,
    program: 'y-websocket.mjs',
    dialectFor: () => plain,
    env: (folder) => ({ YPERSISTENCE: join(folder, 'level') }),
  });
}

export function hocuspocus(options) {
  return peer(options, {
    name: 'hocuspocus',
    title: 'Hocuspocus, SQLite',
    acknowledges: 'in memory',
    program: 'hocuspocus.mjs',
    dialectFor: hocuspocusDialect,
    args: (folder) => [join(folder, 'documents.sqlite')],
  });
}
