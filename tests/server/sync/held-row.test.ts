/** Somebody holds the row of one report's log, as an operator with a transaction of their own may. */
import { randomUUID } from 'node:crypto';
import type { PoolClient } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { appendGroup, type Written } from '#db/queries/document-append.ts';
import { setLocked } from '#db/queries/document-log.ts';
import type { Database } from '#db/open.ts';
import { CommitQueue, type Committed } from '#server/sync/commit-queue.ts';
import { openTestPostgres } from '#tests/support/database.ts';
import { silent, SyncWorld, until } from './sync-world.ts';

let database: Database;
let world: SyncWorld;
beforeAll(async () => {
  database = await openTestPostgres();
  world = await SyncWorld.create(database);
});
afterAll(() => database.close());

it('SY65 commits the other reports meanwhile, and that one in order once it is free', async () => {
  const [held, other] = [world.reportId, randomUUID()];
  await world.addReport(other);
  const origin = { nodeId: 'test', at: new Date('2026-01-02T03:04:05.678Z') };
  const queue = new CommitQueue(
    (entries, clients) => appendGroup(database, entries, clients, origin),
    silent,
  );
  const commit = (docId: string, text: string): Promise<Committed> =>
    queue.commit({
      docId,
      entries: [{ docId, memberId: world.memberId('ed'), data: new TextEncoder().encode(text) }],
      clients: [],
    });
  const holder = await database.pool.connect();
  try {
    await holder.query('BEGIN');
    await holder.query('SELECT 1 FROM doc_heads WHERE doc_id = $1 FOR UPDATE', [held]);
    const first = commit(held, 'first');
    for (const text of ['a', 'b', 'c'])
      expect(await commit(other, text)).toMatchObject({ kind: 'committed' });
    await holder.query('COMMIT');
    expect(await first).toEqual({ kind: 'committed', firstSeq: 2 });
    expect(await commit(held, 'second')).toEqual({ kind: 'committed', firstSeq: 3 });
  } finally {
    holder.release(true);
  }
});

it('SY7 appends nothing that waited for the row while the text was locked', async () => {
  const docId = world.reportId;
  const origin = { nodeId: 'test', at: new Date('2026-01-02T03:04:05.678Z') };
  const append = (docIds: readonly string[]): Promise<Written> =>
    appendGroup(
      database,
      docIds.map((id) => ({
        docId: id,
        memberId: world.memberId('ed'),
        data: new TextEncoder().encode('late'),
        unlessLocked: id === docId,
      })),
      [],
      origin,
    );
  const holder = await database.pool.connect();
  try {
    await holder.query('BEGIN');
    await holder.query('UPDATE doc_heads SET locked = true WHERE doc_id = $1', [docId]);
    const late = append([docId]);
    await until(() => isSomebodyWaiting(holder), 'the append waits');
    await holder.query('COMMIT');
    expect(await late).toMatchObject({ kind: 'written', locked: new Set([docId]) });
  } finally {
    holder.release(true);
  }
  await database.db.transaction((tx) => setLocked(tx, docId, false));
});

async function isSomebodyWaiting(client: PoolClient): Promise<boolean> {
  const { rows } = await client.query(`SELECT FROM pg_locks WHERE NOT granted`);
  return rows.length > 0;
}
