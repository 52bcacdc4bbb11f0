/**
 * Brings the database to the schema of this build, one node at a time.
 *
 * The migrations are files that drizzle-kit wrote into `db/migrations`; the build copies that folder beside the
 * server. A database that a newer Proofdesk has migrated is refused: this one does not know what changed.
 */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { sql } from 'drizzle-orm';
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import { migrate as applyMigrations } from 'drizzle-orm/node-postgres/migrator';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import type pg from 'pg';
import { AppError } from '#core/errors.ts';

/** Any number, the same in every version: who holds this advisory lock is migrating. */
const LOCK_KEY = 5_763_022_014;

const bookkeeping = { migrationsSchema: 'proofdesk', migrationsTable: 'migrations' };

type Queryable = Pick<NodePgDatabase<Record<string, unknown>>, 'execute'>;

interface Patient {
  withPatience<T>(work: (client: pg.Client | pg.PoolClient) => Promise<T>): Promise<T>;
}

/** Applies what is missing, in one transaction. Waits for another node that is at it. */
export async function migrate({ withPatience }: Patient): Promise<void> {
  await withPatience(async (client) => {
    // Let go of with the connection, also after an error.
    await client.query('SELECT pg_advisory_lock($1)', [LOCK_KEY]);
    const db = drizzle(client);
    await refuseNewer(db);
    await applyMigrations(db, { ...bookkeeping, migrationsFolder: migrationsFolder() });
  });
}

/** Whether every migration of this build has been applied. A newer database counts as current. */
export async function areMigrationsCurrent(db: Queryable): Promise<boolean> {
  const applied = await lastApplied(db);
  return applied !== null && applied >= lastKnown();
}

async function refuseNewer(db: Queryable): Promise<void> {
  const applied = await lastApplied(db);
  if (applied === null || applied <= lastKnown()) return;
  throw new AppError('not_ready', 'The database was migrated by a newer Proofdesk; start that version');
}

/** When the newest applied migration was written, in milliseconds; null when there is none. */
async function lastApplied(db: Queryable): Promise<number | null> {
  const { rows: tables } = await db.execute<{ name: string | null }>(
    sql`SELECT to_regclass('proofdesk.migrations')::text AS name`,
  );
  if (tables[0]?.name == null) return null;
  const { rows } = await db.execute<{ last: string | null }>(
    sql`SELECT max(created_at)::text AS last FROM proofdesk.migrations`,
  );
  return rows[0]?.last == null ? null : Number(rows[0].last);
}

function lastKnown(): number {
  const written = readMigrationFiles({ migrationsFolder: migrationsFolder() }).map(
    ({ folderMillis }) => folderMillis,
  );
  return Math.max(0, ...written);
}

function migrationsFolder(): string {
  return path.join(path.dirname(fileURLToPath(import.meta.url)), 'migrations');
}
