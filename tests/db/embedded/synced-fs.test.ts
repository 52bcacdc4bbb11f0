import { fsyncSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { Backend } from '#db/embedded/backend.ts';
import { startCluster } from '#db/embedded/cluster.ts';
import { SyncedNodeFS } from '#db/embedded/synced-fs.ts';
import { createTestDataDir } from '#tests/support/database.ts';

it('every commit puts the log on the disk before it is acknowledged', async () => {
  const folder = path.join(await createTestDataDir(), 'database');
  let syncs = 0;
  const database = await startCluster(
    new SyncedNodeFS(folder, (file) => {
      syncs++;
      fsyncSync(file);
    }),
  );
  await database.exec('CREATE TABLE synced (n int)');
  const before = syncs;
  for (let n = 1; n <= 10; n++) {
    await database.query('INSERT INTO synced VALUES ($1)', [n]);
    expect(syncs).toBeGreaterThanOrEqual(before + n);
  }
  const { rows } = await database.query("SELECT current_setting('full_page_writes') AS setting");
  expect(rows).toEqual([{ setting: 'on' }]);
  await database.close();
});

it('a commit that did not reach the disk is not acknowledged, and ends the backend', async () => {
  const folder = path.join(await createTestDataDir(), 'database');
  let isDiskBroken = false;
  const database = await startCluster(
    new SyncedNodeFS(folder, (file) => {
      if (isDiskBroken) throw new Error('EIO');
      fsyncSync(file);
    }),
  );
  const deaths: string[] = [];
  const backend = new Backend(
    database,
    () => performance.now(),
    (reason) => {
      deaths.push(reason);
      throw new Error(reason);
    },
  );
  const query = (sql: string): Uint8Array => {
    const text = new TextEncoder().encode(`${sql}\0`);
    return Uint8Array.of(0x51, 0, 0, 0, text.length + 4, ...text);
  };
  let answer = '';
  const run = async (sql: string): Promise<void> => {
    await backend.run(
      { bytes: query(sql), isComplete: true },
      (bytes) => (answer += Buffer.from(bytes).toString('latin1')),
    );
  };
  await run('CREATE TABLE synced (n int)');
  expect(answer).toContain('CREATE TABLE');
  answer = '';
  isDiskBroken = true;
  await run('INSERT INTO synced VALUES (1)').catch((error: unknown) => deaths.push(String(error)));
  expect(deaths).not.toHaveLength(0);
  expect(answer).not.toContain('INSERT 0 1');
});
