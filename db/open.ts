/**
 * Opens the database: the PostgreSQL at `databaseUrl`, or else the embedded one in the data folder. Nothing above
 * this file knows which it is.
 *
 * The embedded database has one connection. `pool.query` or `db` inside a transaction therefore waits for the
 * transaction, and the transaction for it, until the pool gives up: inside one, use the `tx` it hands out.
 */
import { chmodSync, existsSync, mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import { AppError } from '#core/errors.ts';
import { withinTime } from '#core/within-time.ts';
import { startEngine, type EngineLog } from './embedded/engine.ts';
import { acquireFolderLock, type FolderLockHolder } from './embedded/folder-lock.ts';
import { areMigrationsCurrent } from './migrate.ts';
import * as schema from './schema.ts';

export type Db = NodePgDatabase<typeof schema>;
export type Tx = Parameters<Parameters<Db['transaction']>[0]>[0];
export type DbOrTx = Db | Tx;

export type DatabaseLog = EngineLog;

type AnyClient = pg.Client | pg.PoolClient;

export type Database = {
  db: Db;
  pool: pg.Pool;
  engine: 'embedded' | 'postgres';
  /** Commits a record to the disk; rejects when the database cannot (gone, read-only, disk full). */
  checkWritable(): Promise<void>;
  /** Whether every migration of this build has been applied. */
  migrationsCurrent(): Promise<boolean>;
  /** A connection for `work` alone, whose statements take as long as they take. */
  withPatience<T>(work: (client: AnyClient) => Promise<T>): Promise<T>;
  /** Waits a little for running statements, then closes. Calling it again returns the same promise. */
  close(): Promise<void>;
};

export type DatabaseSettings = {
  /** Where the embedded database lives; made when missing, readable by its owner only. */
  dataDir: string;
  databaseUrl?: string | undefined;
  log: DatabaseLog;
  /** Connections to PostgreSQL; the embedded database has one whatever this says. */
  poolSize?: number | undefined;
  /** How long PostgreSQL may be silent during a statement; for tests. */
  silenceMilliseconds?: number | undefined;
  /** Told to a second process that wants the data folder. */
  describeHolder?: () => FolderLockHolder;
};

const APPLICATION_NAME = 'proofdesk';
const OLDEST_POSTGRES = 15;
const POOL_SIZE = 10;
const STATEMENT_MILLISECONDS = 30_000;
/**
 * A connection that is silent for longer during a statement is dead and does not know it: a network that was cut says
 * nothing, and TCP alone would wait for a quarter of an hour. Idle ones are closed sooner anyway.
 */
const SILENCE_MILLISECONDS = STATEMENT_MILLISECONDS + 5_000;
/** How long a caller waits for a free connection. It also ends the deadlock described above. */
const CONNECTION_MILLISECONDS = 20_000;
/** How long closing waits for connections that are in use. */
const CLOSE_MILLISECONDS = 4_000;

export function openDatabase(settings: DatabaseSettings): Promise<Database> {
  const { databaseUrl } = settings;
  return databaseUrl === undefined ? openEmbedded(settings) : openPostgres(settings, databaseUrl);
}

async function openPostgres(
  { log, poolSize = POOL_SIZE, silenceMilliseconds = SILENCE_MILLISECONDS }: DatabaseSettings,
  databaseUrl: string,
): Promise<Database> {
  const basics = { connectionString: databaseUrl, application_name: APPLICATION_NAME, keepAlive: true };
  const settings = {
    ...basics,
    max: poolSize,
    statement_timeout: STATEMENT_MILLISECONDS,
    idle_in_transaction_session_timeout: STATEMENT_MILLISECONDS,
    stream: () => endedWhenSilent(silenceMilliseconds),
  };
  const pool = createPool(settings, log);
  try {
    await requireRecentServer(pool);
  } catch (error) {
    await pool.end();
    throw error;
  }
  return describeDatabase('postgres', pool, log, {
    closeEngine: () => Promise.resolve(),
    connect: async () => {
      const client = listenedTo(new pg.Client(basics), log);
      await client.connect();
      return { client, end: () => client.end() };
    },
  });
}

function endedWhenSilent(milliseconds: number): Socket {
  const socket = new Socket();
  return socket.setTimeout(milliseconds, () =>
    socket.destroy(new Error(`the database was silent for ${milliseconds / 1_000} s`)),
  );
}

/** Folder by folder: Node's own `recursive` never ends where the system refuses new folders with ENOENT (/proc). */
function makeFolder(folder: string): void {
  if (!existsSync(path.dirname(folder))) makeFolder(path.dirname(folder));
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    if (!existsSync(folder) || !statSync(folder).isDirectory()) throw error;
  }
}

async function openEmbedded(settings: DatabaseSettings): Promise<Database> {
  const { dataDir, log, describeHolder = () => ({ pid: process.pid, address: null }) } = settings;
  makeFolder(path.resolve(dataDir));
  chmodSync(dataDir, 0o700);
  const lock = await acquireFolderLock(dataDir, { describe: describeHolder });
  try {
    const engine = await startEngine({ clusterDir: path.resolve(dataDir, 'database') }, log);
    const stream = (): Duplex => engine.connect();
    const one = { user: 'postgres', database: 'postgres', ssl: false, max: 1, idleTimeoutMillis: 0, stream };
    const pool = createPool(one, log);
    return describeDatabase('embedded', pool, log, {
      closeEngine: async () => {
        try {
          await engine.close();
        } finally {
          await lock.release();
        }
      },
      connect: async () => {
        const client = await pool.connect();
        // Ending the connection gives back its locks and settings, also after an error.
        return { client, end: () => Promise.resolve(client.release(true)) };
      },
    });
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/**
 * A connection that breaks says so to whoever waits for its answer and to its listeners, and without a listener
 * it ends the process. The pool itself listens to idle ones only.
 */
function createPool(settings: pg.PoolConfig, log: DatabaseLog): pg.Pool {
  const pool = new pg.Pool({
    application_name: APPLICATION_NAME,
    connectionTimeoutMillis: CONNECTION_MILLISECONDS,
    ...settings,
  });
  pool.on('connect', (client) => void listenedTo(client, log));
  pool.on('error', () => undefined);
  return pool;
}

function listenedTo<Client extends pg.ClientBase>(client: Client, log: DatabaseLog): Client {
  return client.on('error', (error) => log.warn({ reason: error.message }, 'a database connection broke'));
}

/** What differs between the engines. */
interface Engine {
  closeEngine(): Promise<void>;
  /** A connection outside of all limits; `end` lets go of it. */
  connect(): Promise<{ client: AnyClient; end(): Promise<void> }>;
}

function describeDatabase(
  engine: Database['engine'],
  pool: pg.Pool,
  log: DatabaseLog,
  { closeEngine, connect }: Engine,
): Database {
  const db = drizzle(pool, { schema });
  let closed: Promise<void> | null = null;
  const close = async (): Promise<void> => {
    if (!(await withinTime(pool.end(), CLOSE_MILLISECONDS)))
      log.warn({}, 'closing the database under statements that are still running');
    await closeEngine();
  };
  return {
    db,
    pool,
    engine,
    checkWritable: () => checkWritable(pool),
    migrationsCurrent: () => areMigrationsCurrent(db),
    async withPatience(work) {
      const { client, end } = await connect();
      try {
        return await work(client);
      } finally {
        await end();
      }
    },
    close: () => (closed ??= close()),
  };
}

/** A message in the log of the database is the smallest thing that must reach the disk, and needs no table. */
async function checkWritable(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ read_only: string }>(
    `SELECT current_setting('transaction_read_only') AS read_only, pg_logical_emit_message(true, 'proofdesk', 'ready')`,
  );
  if (rows[0]?.read_only !== 'off') throw new AppError('not_ready', 'The database is read-only');
}

async function requireRecentServer(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ version: number; name: string }>(
    `SELECT current_setting('server_version_num')::int AS version, current_setting('server_version') AS name`,
  );
  const server = rows[0];
  if (server !== undefined && server.version >= OLDEST_POSTGRES * 10_000) return;
  throw new AppError(
    'not_ready',
    `PostgreSQL ${OLDEST_POSTGRES} or newer is needed; the server has ${server?.name ?? 'none'}`,
  );
}
