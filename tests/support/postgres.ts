/**
 * Real PostgreSQL for tests: one server a run, started by the first file that asks, and a database of its own for
 * whoever wants one.
 */
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { startPostgres } from './postgres-server.ts';
import { oncePerRun } from './test-run.ts';

export type PostgresDatabase = {
  url: string;
  /** Also when somebody is still connected. */
  drop(): Promise<void>;
};

/** A fresh, empty database, or a copy of another one that nobody is connected to. */
export async function createPostgresDatabase(template = 'template0'): Promise<PostgresDatabase> {
  const server = await oncePerRun('postgres', startPostgres);
  const name = `test_${randomBytes(6).toString('hex')}`;
  await administer(server, `CREATE DATABASE ${name} TEMPLATE ${template}`);
  return {
    url: Object.assign(new URL(server), { pathname: name }).href,
    drop: () => administer(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}

async function administer(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
