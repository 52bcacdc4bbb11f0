/** What anyone has seen, a crash cannot lose. */
import { expect, it } from 'vitest';
import * as Y from 'yjs';
import { openDatabase } from '#db/open.ts';
import { startChild } from '#tests/support/child.ts';
import { createTestDataDir, silentLog } from '#tests/support/database.ts';
import { RawClient } from '#tests/server/sync/raw-client.ts';
import { SyncWorld, textOf, until, wordsOf } from '#tests/server/sync/sync-world.ts';

it('SY2 has after a kill everything that was acknowledged or seen', async () => {
  const dataDir = await createTestDataDir();
  const seeded = await openDatabase({ dataDir, log: silentLog });
  const { ids } = await SyncWorld.create(seeded);
  await seeded.close();

  const child = startChild('../server/sync/serve-sync.ts', dataDir, JSON.stringify(ids));
  const { value: url } = await child.lines.next();
  const ed = await new RawClient({ url }, 'ed', ids.reportId).synced();
  const eve = await new RawClient({ url }, 'eve', ids.reportId).synced();
  // Ed writes on and on; the kill comes at whatever moment it is.
  const writing = setInterval(() => ed.edit((doc) => textOf(doc).insert(0, 'x')), 2);
  await until(() => ed.acknowledged > 60, 'a good part is acknowledged');
  await child.kill();
  clearInterval(writing);
  await until(() => !ed.isOpen && !eve.isOpen, 'both have noticed');

  const database = await openDatabase({ dataDir, log: silentLog });
  const world = SyncWorld.attach(database, ids);
  const node = await world.startNode();
  const kept = await node.rooms.fork(world.ref);
  const keptLength = wordsOf(kept).length;
  const start = 'The talks lasted 75 minutes.'.length;
  expect(keptLength - start).toBeGreaterThanOrEqual(ed.acknowledged);
  expect(keptLength).toBeGreaterThanOrEqual(wordsOf(eve.doc).length);
  Y.applyUpdate(kept, Y.encodeStateAsUpdate(eve.doc));
  expect(wordsOf(kept).length).toBe(keptLength);
  await world.close();
  await database.close();
}, 60_000);
