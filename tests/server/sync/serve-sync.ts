/**
 * A process that serves sync on a database until it is killed: `DATA_DIR IDS [DATABASE_URL]`. Prints its address, and
 * for each line that it reads, how it is (`ServerHealth`).
 */
import { createInterface } from 'node:readline';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { openDatabase } from '#db/open.ts';
import { SyncWorld } from './sync-world.ts';

export interface ServerHealth {
  readonly rooms: number;
  readonly connections: number;
  /** Bytes in use after a collection. */
  readonly memory: number;
}

setFlagsFromString('--expose-gc');
const collect: unknown = runInNewContext('gc');

const [dataDir = '', ids = '{}', databaseUrl] = process.argv.slice(2);
const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const database = await openDatabase({ dataDir, databaseUrl, log });
const node = await SyncWorld.attach(database, JSON.parse(ids)).startNode();
process.stdout.write(`${node.url}\n`);

createInterface({ input: process.stdin }).on('line', () => {
  if (typeof collect === 'function') collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  const health: ServerHealth = { ...node.rooms.stats(), memory: heapUsed + arrayBuffers };
  process.stdout.write(`${JSON.stringify(health)}\n`);
});
