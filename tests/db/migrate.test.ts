import { expect, it } from 'vitest';
import { migrate } from '#db/migrate.ts';
import { openDatabase } from '#db/open.ts';
import { describeOnEveryDatabase, silentLog } from '#tests/support/database.ts';
import { createPostgresDatabase } from '#tests/support/postgres.ts';

describeOnEveryDatabase('migrations', (open) => {
  it('are applied once', async () => {
    const database = await open();
    const applied = 'SELECT count(*)::int AS count FROM proofdesk.migrations';
    const before = await database.pool.query(applied);
    await migrate(database);
    expect((await database.pool.query(applied)).rows).toEqual(before.rows);
  });

  it('are not current when one is missing', async () => {
    const database = await open();
    await database.pool.query(
      'DELETE FROM proofdesk.migrations WHERE created_at = (SELECT max(created_at) FROM proofdesk.migrations)',
    );
    expect(await database.migrationsCurrent()).toBe(false);
  });

  it('of a newer version are left alone and refused', async () => {
    const database = await open();
    await database.pool.query(
      `INSERT INTO proofdesk.migrations (hash, created_at) VALUES ('newer', 9999999999999)`,
    );
    await expect(migrate(database)).rejects.toThrow('newer Proofdesk');
    expect(await database.migrationsCurrent()).toBe(true);
  });
});

it('several nodes that start at the same time migrate one database once', async () => {
  const { url } = await createPostgresDatabase();
  const open = () => openDatabase({ dataDir: 'unused', databaseUrl: url, log: silentLog });
  const nodes = await Promise.all([open(), open(), open()]);
  expect(await nodes[0].migrationsCurrent()).toBe(false);
  await Promise.all(nodes.map((node) => migrate(node)));
  expect(await nodes[2].migrationsCurrent()).toBe(true);
  await Promise.all(nodes.map((node) => node.close()));
});
