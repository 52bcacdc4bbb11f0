/** A PostgreSQL that is there and says nothing: the network was cut without a word. */
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDatabase, type Database } from '#db/open.ts';
import { cutNetworkTo, type CutNetwork } from '#tests/support/cut-network.ts';
import { silentLog } from '#tests/support/database.ts';
import { createPostgresDatabase, type PostgresDatabase } from '#tests/support/postgres.ts';
import { testRunFolder } from '#tests/support/test-run.ts';

const SILENCE = 300;

let postgres: PostgresDatabase;
let network: CutNetwork;
let database: Database;
beforeAll(async () => {
  postgres = await createPostgresDatabase();
  network = await cutNetworkTo(postgres.url);
  database = await openDatabase({
    dataDir: testRunFolder(),
    databaseUrl: network.url,
    silenceMilliseconds: SILENCE,
    log: silentLog,
  });
});
afterAll(async () => {
  await database.close();
  await network.close();
  await postgres.drop();
});

it('SY66 ends what waits on a connection that the network has lost, and takes another when it is back', async () => {
  const { db, pool } = database;
  await pool.query('SELECT 1');
  const inTransaction = db.transaction(async (tx) => {
    await tx.execute(sql`SELECT 1`);
    network.isCut = true;
    await tx.execute(sql`SELECT 2`);
  });
  await expect(inTransaction).rejects.toThrow();
  await expect(pool.query('SELECT 3')).rejects.toThrow();
  network.isCut = false;
  await expect(pool.query('SELECT 4 AS four')).resolves.toMatchObject({ rows: [{ four: 4 }] });
  await expect(db.transaction((tx) => tx.execute(sql`SELECT 5 AS five`))).resolves.toMatchObject({
    rows: [{ five: 5 }],
  });
});

it('SY66 leaves work alone that may take its time', async () => {
  const slept = database.withPatience((client) => client.query(`SELECT pg_sleep(${(SILENCE * 2) / 1_000})`));
  await expect(slept).resolves.toMatchObject({ rowCount: 1 });
});
