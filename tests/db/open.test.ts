import { sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { openDatabase, type Database } from '#db/open.ts';
import { describeOnEveryDatabase, silentLog } from '#tests/support/database.ts';
import { createPostgresDatabase } from '#tests/support/postgres.ts';

async function withNumbers(open: () => Promise<Database>): Promise<Database> {
  const database = await open();
  await database.pool.query('CREATE TABLE numbers (n int PRIMARY KEY, data bytea, note jsonb)');
  return database;
}

async function count({ pool }: Database): Promise<number> {
  const { rows } = await pool.query<{ count: number }>('SELECT count(*)::int AS count FROM numbers');
  return rows[0]?.count ?? -1;
}

describeOnEveryDatabase('an open database', (open, engine) => {
  it('says which engine it is, takes writes and has all migrations', async () => {
    const database = await open();
    expect(database.engine).toBe(engine);
    await database.checkWritable();
    expect(await database.migrationsCurrent()).toBe(true);
  });

  it('goes on after a query that failed', async () => {
    const { pool } = await open();
    await expect(pool.query('SELECT 1 / $1::int', [0])).rejects.toMatchObject({ code: '22012' });
    await expect(pool.query('SELECT nothing_here')).rejects.toMatchObject({ code: '42703' });
    await expect(pool.query('SELEC 1')).rejects.toMatchObject({ code: '42601' });
    const { rows } = await pool.query('SELECT $1::int + 1 AS sum', [1]);
    expect(rows).toEqual([{ sum: 2 }]);
  });

  it('rolls back a transaction that failed in the database or in the caller', async () => {
    const database = await withNumbers(open);
    const failing = database.db.transaction(async (tx) => {
      await tx.execute(sql`INSERT INTO numbers (n) VALUES (1)`);
      await tx.execute(sql`INSERT INTO numbers (n) VALUES (1)`);
    });
    await expect(failing).rejects.toThrow();
    const refused = database.db.transaction(async (tx) => {
      await tx.execute(sql`INSERT INTO numbers (n) VALUES (2)`);
      throw new Error('the caller changed its mind');
    });
    await expect(refused).rejects.toThrow('the caller changed its mind');
    expect(await count(database)).toBe(0);
  });

  it('keeps transactions that run at the same time apart', async () => {
    const database = await withNumbers(open);
    const insert = (n: number): Promise<unknown> =>
      database.db.transaction(async (tx) => {
        await tx.execute(sql`INSERT INTO numbers (n) VALUES (${n})`);
        await tx.execute(sql`UPDATE numbers SET note = '{"seen": true}' WHERE n = ${n}`);
        if (n % 5 === 0) throw new Error('every fifth fails');
      });
    const done = await Promise.allSettled(Array.from({ length: 20 }, (_, n) => insert(n)));
    expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(16);
    expect(await count(database)).toBe(16);
  });

  it('forgets what a connection left behind when it ends', async () => {
    const database = await withNumbers(open);
    const leaving = await database.pool.connect();
    await leaving.query({ name: 'left', text: 'SELECT 1' });
    await leaving.query("SET search_path = 'pg_catalog'");
    await leaving.query('SELECT pg_advisory_lock(1)');
    await leaving.query('BEGIN');
    await leaving.query('INSERT INTO public.numbers (n) VALUES (1)');
    leaving.release(true);

    const { rows } = await database.pool.query<{ path: string; locks: number; prepared: number }>(
      `SELECT current_setting('search_path') AS path,
              (SELECT count(*)::int FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()) AS locks,
              (SELECT count(*)::int FROM pg_prepared_statements WHERE name = 'left') AS prepared`,
    );
    expect(rows[0]).toMatchObject({ locks: 0, prepared: 0 });
    expect(rows[0]?.path).toContain('public');
    expect(await count(database)).toBe(0);
  });

  it('carries bytes and JSON of several megabytes both ways', async () => {
    const { pool } = await withNumbers(open);
    const data = Buffer.alloc(5_000_000, 'proofdesk');
    await pool.query('INSERT INTO numbers VALUES (1, $1, $2)', [
      data,
      JSON.stringify({ text: 'ü'.repeat(1_000_000) }),
    ]);
    const { rows } = await pool.query<{ data: Buffer; note: { text: string } }>(
      'SELECT data, note FROM numbers',
    );
    expect(rows[0]?.data.equals(data)).toBe(true);
    expect(rows[0]?.note.text).toHaveLength(1_000_000);
  });

  it('runs a named statement again and again', async () => {
    const { pool } = await withNumbers(open);
    for (let n = 0; n < 50; n++) {
      await pool.query({ name: 'insert', text: 'INSERT INTO numbers (n) VALUES ($1)', values: [n] });
    }
    const { rows } = await pool.query('SELECT sum(n)::int AS sum FROM numbers');
    expect(rows).toEqual([{ sum: 1225 }]);
  });

  it('searches words and similar spellings', async () => {
    const { pool } = await open();
    const { rows } = await pool.query(
      `SELECT to_tsvector('english', 'claims were checked') @@ websearch_to_tsquery('english', 'check claim') AS words,
              similarity('proofdesk', 'profdesk') > 0.3 AS spelling`,
    );
    expect(rows).toEqual([{ words: true, spelling: true }]);
  });

  it('closes once, however often it is asked to', async () => {
    const database = await open();
    await Promise.all([database.close(), database.close()]);
    await database.close();
    await expect(database.pool.query('SELECT 1')).rejects.toThrow();
  });
});

describe('a PostgreSQL that ends a connection', () => {
  it('fails the transaction on it, and nothing else', async () => {
    const { url } = await createPostgresDatabase();
    const { db, pool, close } = await openDatabase({ dataDir: 'unused', databaseUrl: url, log: silentLog });
    const ended = db.transaction((tx) => tx.execute(sql`SELECT pg_terminate_backend(pg_backend_pid())`));
    await expect(ended).rejects.toThrow();
    expect((await pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
    await close();
  });
});

describe('a PostgreSQL that cannot be written to', () => {
  it('is not ready', async () => {
    const { url } = await createPostgresDatabase();
    const address = `${url}?options=${encodeURIComponent('-c default_transaction_read_only=on')}`;
    const database = await openDatabase({ dataDir: 'unused', databaseUrl: address, log: silentLog });
    await expect(database.checkWritable()).rejects.toMatchObject({ code: 'not_ready' });
    await database.close();
  });

  it('is refused when it is not there', async () => {
    const opening = openDatabase({
      dataDir: 'unused',
      databaseUrl: 'postgres://127.0.0.1:1/none',
      log: silentLog,
    });
    await expect(opening).rejects.toThrow('ECONNREFUSED');
  });
});
