/**
 * What anyone has seen, a crash cannot lose: writers write on and on, the process that serves them is killed at a
 * moment that a seed draws, the next one starts on the same database. `FUZZ_KILLS` kills more often.
 */
import { expect, it } from 'vitest';
import type * as Y from 'yjs';
import { openDatabase } from '#db/open.ts';
import { startChild } from '#tests/support/child.ts';
import { createTestStore, silentLog } from '#tests/support/database.ts';
import { countMissing } from '#tests/fuzz/document-content.ts';
import { randomFrom, type Random } from '#tests/fuzz/random.ts';
import { RawClient } from '#tests/server/sync/raw-client.ts';
import { SyncWorld, textOf, until, type WorldIds } from '#tests/server/sync/sync-world.ts';

const KILLS = Number(process.env['FUZZ_KILLS'] ?? 3);
/** The longest that one round may take on a busy machine. */
const ROUND_MILLISECONDS = 60_000;
/** Milliseconds between the keystrokes of each writer: 80 and 500 a second together with a slow one. */
const PACES = [
  ['ed', 12],
  ['eve', 2],
  ['rick', 40],
] as const;

interface Store {
  readonly dataDir: string;
  readonly databaseUrl?: string;
}

it.each(['embedded', 'postgres'] as const)(
  'SY2 has after every kill all that was acknowledged or seen (%s)',
  async (engine) => {
    const store = await createTestStore(engine);
    const seeded = await openDatabase({ ...store, log: silentLog });
    const { ids } = await SyncWorld.create(seeded);
    await seeded.close();
    const random = randomFrom(KILLS);
    const promised: Uint8Array[] = [];
    for (let round = 0; round <= KILLS; round++) {
      const more = await withServer(store, ids, async (url) => {
        const newcomer = await new RawClient({ url }, 'olga', ids.reportId).synced();
        const missing = countMissing(newcomer.doc, promised);
        expect(missing, `after ${round} kills, of ${promised.length}`).toBe(0);
        newcomer.close();
        return round === KILLS ? null : writeALot(url, ids, random);
      });
      promised.push(...((await more?.collect()) ?? []));
    }
    expect(promised.length).toBeGreaterThan(KILLS * 10);
  },
  KILLS * ROUND_MILLISECONDS,
);

/** Starts the server for as long as it is used, and kills it. */
async function withServer<T>(store: Store, ids: WorldIds, work: (url: string) => Promise<T>): Promise<T> {
  const { dataDir, databaseUrl } = store;
  const more = databaseUrl === undefined ? [] : [databaseUrl];
  const child = startChild('../server/sync/serve-sync.ts', dataDir, JSON.stringify(ids), ...more);
  try {
    const { value: url } = await child.lines.next();
    return await work(url);
  } finally {
    await child.kill();
  }
}

interface Writing {
  /** After the kill: all that was acknowledged or shown until then. */
  collect(): Promise<Uint8Array[]>;
}

/** Lets people write, who go on until the kill, and resolves at a moment in the middle. */
async function writeALot(url: string, ids: WorldIds, random: Random): Promise<Writing> {
  const reader = await new RawClient({ url }, 'vera', ids.reportId).synced();
  const writers = await Promise.all(
    PACES.map(async ([name, pace]) => {
      const client = await new RawClient({ url }, name, ids.reportId).synced();
      const sent: Uint8Array[] = [];
      const timer = setInterval(() => sent.push(client.edit((doc) => write(doc, random))), pace);
      return { client, sent, timer };
    }),
  );
  const enough = 20 + random(200);
  await until(() => writers.some(({ client }) => client.acknowledged >= enough), 'enough is acknowledged');
  return {
    async collect() {
      for (const { timer } of writers) clearInterval(timer);
      const everybody = [reader, ...writers.map(({ client }) => client)];
      await until(() => everybody.every(({ isOpen }) => !isOpen), 'all have noticed the kill');
      const shown = reader.received.flatMap((message) => ('update' in message ? [message.update] : []));
      return [...shown, ...writers.flatMap(({ client, sent }) => sent.slice(0, client.acknowledged))];
    },
  };
}

function write(doc: Y.Doc, random: Random): void {
  const text = textOf(doc);
  if (random(5) === 0 && text.length > 10) text.delete(random(text.length), 1);
  else text.insert(random(text.length + 1), 'x');
}
