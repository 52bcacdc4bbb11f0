/**
 * Databases for tests, fresh and migrated. A suite of rules about data runs on both engines:
 *
 *   describeOnEveryDatabase('the document log', (open) => {
 *     it('keeps …', async () => { const { db } = await open(); … });
 *   });
 *
 * What was opened is closed and removed after the suite. Making the first embedded database takes seconds, so a
 * migrated one is kept in node_modules/.cache and copied, for as long as the migrations stay the same.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe } from 'vitest';
import { migrate } from '#db/migrate.ts';
import { openDatabase, type Database, type DatabaseLog } from '#db/open.ts';
import { createPostgresDatabase, type PostgresDatabase } from './postgres.ts';
import { alone, oncePerRun, testRunFolder } from './test-run.ts';

const root = path.resolve(import.meta.dirname, '../..');

export const silentLog: DatabaseLog = {
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

export type Engine = Database['engine'];

/** Runs a suite on the embedded engine and on PostgreSQL. Each call of `open` opens another fresh database. */
export function describeOnEveryDatabase(
  name: string,
  suite: (open: () => Promise<Database>, engine: Engine) => void,
): void {
  describe.each(['embedded', 'postgres'] as const)(`${name} (%s)`, (engine) => {
    const opened: Database[] = [];
    afterAll(async () => {
      await Promise.all(opened.map((database) => database.close()));
    });
    suite(async () => {
      const database = await (engine === 'embedded' ? openTestDatabase() : openTestPostgres());
      opened.push(database);
      return database;
    }, engine);
  });
}

/** A fresh, migrated embedded database; closing it removes its folder. */
export async function openTestDatabase(): Promise<Database & { dataDir: string }> {
  const dataDir = await createTestDataDir();
  const database = await openDatabase({ dataDir, log: silentLog });
  return {
    ...database,
    dataDir,
    async close() {
      await database.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** A fresh data folder with a migrated database in it, for a server that a test starts. Removed with the run. */
export async function createTestDataDir(): Promise<string> {
  const template = await embeddedTemplate();
  const dataDir = await mkdtemp(path.join(testRunFolder(), 'data-'));
  // Node's own recursive copy takes four times as long.
  await promisify(execFile)('cp', ['-R', path.join(template, 'database'), dataDir]);
  return dataDir;
}

/** Where a fresh, migrated database is, for processes that a test starts and kills. Removed with the run. */
export async function createTestStore(engine: Engine): Promise<{ dataDir: string; databaseUrl?: string }> {
  if (engine === 'embedded') return { dataDir: await createTestDataDir() };
  const { url } = await createTestPostgres();
  return { dataDir: testRunFolder(), databaseUrl: url };
}

async function createTestPostgres(): Promise<PostgresDatabase> {
  return createPostgresDatabase(await oncePerRun('postgres-template', migratedPostgres));
}

export async function openTestPostgres(): Promise<Database> {
  const { url, drop } = await createTestPostgres();
  const database = await openDatabase({ dataDir: testRunFolder(), databaseUrl: url, log: silentLog });
  return {
    ...database,
    async close() {
      await database.close();
      await drop();
    },
  };
}

/** Returns the name of a migrated database that nobody is connected to. */
async function migratedPostgres(): Promise<string> {
  const { url } = await createPostgresDatabase();
  const database = await openDatabase({ dataDir: testRunFolder(), databaseUrl: url, log: silentLog });
  await migrate(database);
  await database.close();
  return new URL(url).pathname.slice(1);
}

function embeddedTemplate(): Promise<string> {
  const cache = path.join(root, 'node_modules/.cache/proofdesk-test-database');
  const template = path.join(cache, templateKey());
  return alone(cache, async () => {
    if (existsSync(template)) return template;
    for (const old of readdirSync(cache)) rmSync(path.join(cache, old), { recursive: true, force: true });
    const half = `${template}.new`;
    const database = await openDatabase({ dataDir: half, log: silentLog });
    await migrate(database);
    await dropTemplates(database);
    await database.close();
    renameSync(half, template);
    return template;
  });
}

/** Two thirds of the files belong to databases that only CREATE DATABASE would need. */
async function dropTemplates({ pool }: Database): Promise<void> {
  await pool.query('UPDATE pg_database SET datistemplate = false');
  await pool.query('DROP DATABASE template0');
  await pool.query('DROP DATABASE template1');
}

/** Changes with everything that decides what a new migrated database looks like. */
function templateKey(): string {
  const migrations = readdirSync(path.join(root, 'db/migrations')).filter((name) => name.endsWith('.sql'));
  const files = [
    ...migrations.sort().map((name) => path.join('db/migrations', name)),
    'db/embedded/cluster.ts',
    'db/migrate.ts',
    'tests/support/database.ts',
    'node_modules/@electric-sql/pglite/package.json',
  ];
  const hash = createHash('sha256');
  for (const file of files) hash.update(file).update(readFileSync(path.join(root, file)));
  return hash.digest('hex').slice(0, 16);
}
