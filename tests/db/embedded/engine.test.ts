import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { startEngine, type Engine } from '#db/embedded/engine.ts';
import { openDatabase } from '#db/open.ts';
import { startChild } from '#tests/support/child.ts';
import { createTestDataDir, openTestDatabase, silentLog } from '#tests/support/database.ts';
import { testRunFolder } from '#tests/support/test-run.ts';

function poolOf(engine: Engine): pg.Pool {
  const pool = new pg.Pool({
    user: 'postgres',
    database: 'postgres',
    stream: () => engine.connect(),
    max: 1,
  });
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

async function numbersIn(dataDir: string): Promise<number[]> {
  const { pool, close } = await openDatabase({ dataDir, log: silentLog });
  const { rows } = await pool.query<{ n: number }>('SELECT n FROM appended ORDER BY n');
  await close();
  return rows.map(({ n }) => n);
}

describe('the embedded database', () => {
  it('makes a folder that only its owner may enter, anew after a first start that was killed half-way', async () => {
    const dataDir = path.join(mkdtempSync(path.join(testRunFolder(), 'new-')), 'deep', 'data');
    const half = path.join(dataDir, 'database.new');
    mkdirSync(half, { recursive: true });
    writeFileSync(path.join(half, 'PG_VERSION'), '18\n');
    const { close, checkWritable, migrationsCurrent } = await openDatabase({ dataDir, log: silentLog });
    await checkWritable();
    expect(await migrationsCurrent()).toBe(false);
    expect(statSync(dataDir).mode & 0o777).toBe(0o700);
    expect(existsSync(half)).toBe(false);
    await close();
  });

  it('refuses the files of another PostgreSQL and leaves the folder free', async () => {
    const dataDir = await createTestDataDir();
    writeFileSync(path.join(dataDir, 'database', 'PG_VERSION'), '17\n');
    await expect(openDatabase({ dataDir, log: silentLog })).rejects.toThrow('was made by PostgreSQL 17');
    writeFileSync(path.join(dataDir, 'database', 'PG_VERSION'), '18\n');
    await (await openDatabase({ dataDir, log: silentLog })).close();
  });

  it('says why files that are damaged do not open', async () => {
    const dataDir = await createTestDataDir();
    const control = path.join(dataDir, 'database', 'global', 'pg_control');
    renameSync(control, `${control}.away`);
    await expect(openDatabase({ dataDir, log: silentLog })).rejects.toThrow('pg_control');
  });

  it('keeps what was committed over a close', async () => {
    const dataDir = await createTestDataDir();
    const first = await openDatabase({ dataDir, log: silentLog });
    await first.pool.query('CREATE TABLE appended (n int)');
    await first.pool.query('INSERT INTO appended VALUES (1), (2)');
    await first.close();
    expect(await numbersIn(dataDir)).toEqual([1, 2]);
  });

  it('refuses a second opener and says who holds it', async () => {
    const first = await openTestDatabase();
    const second = openDatabase({ dataDir: first.dataDir, log: silentLog });
    await expect(second).rejects.toMatchObject({ code: 'data_dir_locked' });
    await expect(second).rejects.toThrow(`Proofdesk, pid ${process.pid}`);
    await first.close();
  });

  it('ends a wait for the one connection from inside a transaction', async () => {
    const { db, pool, close } = await openTestDatabase();
    await pool.query('SELECT 1');
    pool.options.connectionTimeoutMillis = 100;
    const deadlock = db.transaction(async () => {
      await pool.query('SELECT 1');
    });
    await expect(deadlock).rejects.toThrow('timeout exceeded');
    expect((await pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
    await close();
  });

  it('does not keep the event loop waiting during a query', async () => {
    const { pool, close } = await openTestDatabase();
    let turns = 0;
    const count = setInterval(() => turns++, 1);
    await pool.query('SELECT count(*) FROM generate_series(1, 1000000)');
    clearInterval(count);
    expect(turns).toBeGreaterThan(10);
    await close();
  });

  it('starts again after a statement that does not end, with all that was committed', async () => {
    const clusterDir = path.join(await createTestDataDir(), 'database');
    const engine = await startEngine({ clusterDir }, silentLog, 2000);
    const pool = poolOf(engine);
    await pool.query('CREATE TABLE kept AS SELECT 1 AS n');
    await expect(pool.query('SELECT pg_sleep(3600)')).rejects.toThrow('The embedded database stopped');
    expect((await pool.query('SELECT n FROM kept')).rows).toEqual([{ n: 1 }]);
    await pool.end();
    await engine.close();
  });

  it('closes in time under a statement that does not end', async () => {
    const clusterDir = path.join(await createTestDataDir(), 'database');
    const engine = await startEngine({ clusterDir }, silentLog);
    const pool = poolOf(engine);
    const client = await pool.connect();
    const endless = expect(client.query('SELECT pg_sleep(3600)')).rejects.toThrow();
    await setImmediate();
    await engine.close();
    await endless;
    client.release(true);
    await pool.end();
  });

  it('has every acknowledged row after its process was killed, and again', async () => {
    const dataDir = await createTestDataDir();
    const acknowledged: number[] = [];
    for (const wanted of [150, 300]) {
      const child = startChild('append-rows.ts', dataDir);
      for await (const line of child.lines) {
        if (line !== 'open') acknowledged.push(Number(line));
        if (acknowledged.length >= wanted) break;
      }
      await child.kill();
    }
    const kept = new Set(await numbersIn(dataDir));
    expect(acknowledged.filter((n) => !kept.has(n))).toEqual([]);
    rmSync(dataDir, { recursive: true });
  }, 60_000);
});
