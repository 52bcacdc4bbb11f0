/** A process that serves sync on a data folder until it is killed: `DATA_DIR IDS`. Prints its address. */
import { openDatabase } from '#db/open.ts';
import { SyncWorld } from './sync-world.ts';

const [dataDir = '', ids = '{}'] = process.argv.slice(2);
const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const database = await openDatabase({ dataDir, log });
const node = await SyncWorld.attach(database, JSON.parse(ids)).startNode();
process.stdout.write(`${node.url}\n`);
