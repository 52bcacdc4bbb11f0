/** Floods against the real process: it answers others meanwhile, and is afterwards what it was before. */
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDatabase } from '#db/open.ts';
import { encodeStep1, encodeUpdate } from '#server/sync/frame.ts';
import { startChild, type Child } from '#tests/support/child.ts';
import { createTestDataDir, silentLog } from '#tests/support/database.ts';
import { changeBytes } from '#tests/fuzz/forging.ts';
import { randomFrom } from '#tests/fuzz/random.ts';
import { changeOf, RawClient } from '#tests/server/sync/raw-client.ts';
import type { ServerHealth } from '#tests/server/sync/serve-sync.ts';
import { SyncWorld, textOf, until, type PersonName, type WorldIds } from '#tests/server/sync/sync-world.ts';

/** What a flood may leave behind in memory: caches, and what the database keeps. Leaks of these floods are larger. */
const LEFT_BEHIND_BYTES = 32 * 1024 * 1024;
/** What a bomb may take while it goes off; each declares gigabytes. */
const BOMB_BYTES = 64 * 1024 * 1024;

let child: Child;
let url: string;
let ids: WorldIds;
let eve: RawClient;
let before: ServerHealth;
const open: RawClient[] = [];

beforeAll(async () => {
  const dataDir = await createTestDataDir();
  const seeded = await openDatabase({ dataDir, log: silentLog });
  ({ ids } = await SyncWorld.create(seeded));
  await seeded.close();
  child = startChild('../server/sync/serve-sync.ts', dataDir, JSON.stringify(ids));
  url = String((await child.lines.next()).value);
  eve = await new RawClient({ url }, 'eve', ids.reportId).synced();
  await answersEve();
  before = await health();
});
afterAll(async () => {
  eve.close();
  await child.kill();
});

async function health(): Promise<ServerHealth> {
  child.process.stdin?.write('\n');
  return JSON.parse(String((await child.lines.next()).value));
}

/** Somebody else's work is taken and acknowledged. */
async function answersEve(): Promise<void> {
  const next = eve.acknowledged + 1;
  eve.edit((doc) => textOf(doc).insert(0, 'e'));
  await until(() => eve.acknowledged >= next, 'Eve is acknowledged');
}

function come(name: PersonName): RawClient {
  const client = new RawClient({ url }, name, ids.reportId);
  open.push(client);
  return client;
}

/** All who came are gone, and so is what they cost. */
async function isAsBefore(): Promise<void> {
  for (const client of open.splice(0)) client.close();
  await answersEve();
  let now = await health();
  await until(async () => {
    now = await health();
    return now.connections === before.connections && now.memory < before.memory + LEFT_BEHIND_BYTES;
  }, 'the server is as before').catch(() => undefined);
  expect(now.connections).toBe(before.connections);
  expect(now.memory).toBeLessThan(before.memory + LEFT_BEHIND_BYTES);
}

it('SY16 cuts readers that do not read, and the others go on', async () => {
  const stalled = await Promise.all(Array.from({ length: 8 }, () => come('vera').synced()));
  for (const { socket } of stalled) socket.pause();
  const ed = await come('ed').synced();
  const words = 'w'.repeat(400_000);
  // More than a reader's share and what the kernels of both sides take.
  for (let i = 0; i < 50; i++) {
    ed.edit((doc) => textOf(doc).insert(0, words));
    ed.edit((doc) => textOf(doc).delete(0, words.length));
    await until(() => ed.acknowledged === 2 * (i + 1), 'it is taken');
    if (i % 10 === 0) await answersEve();
  }
  await until(async () => (await health()).connections === 2, 'the stalled ones are cut');
  await isAsBefore();
}, 60_000);

it('SY12 outlives a flood of sockets that come and go, and of upgrades that never end', async () => {
  const halves: Socket[] = [];
  for (let i = 0; i < 200; i++) {
    const half = connect(Number(new URL(url).port), '127.0.0.1');
    half.on('error', () => undefined);
    half.write(
      i % 2 === 0
        ? 'GET /sync/'
        : `GET /sync/${ids.reportId} HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n`,
    );
    halves.push(half);
  }
  for (let i = 0; i < 400; i++) {
    const client = come(i % 2 === 0 ? 'rick' : 'carl');
    // Some go before they are let in, some after.
    client.socket.on('open', () => (i % 3 === 0 ? client.close() : client.askForState()));
    if (i % 50 === 0) await answersEve();
  }
  await answersEve();
  for (const half of halves) half.destroy();
  await isAsBefore();
}, 60_000);

it('SY14 closes floods of SyncStep1, and answers others meanwhile', async () => {
  const flooders = await Promise.all(Array.from({ length: 15 }, () => come('rick').synced()));
  const step1 = encodeStep1(new Uint8Array([0]));
  for (const flooder of flooders) for (let i = 0; i < 500; i++) flooder.sendFrame(step1);
  await answersEve();
  for (const flooder of flooders) expect((await flooder.refusedWith()).code).toBe(4429);
  await isAsBefore();
}, 60_000);

const HUGE = [255, 255, 255, 255, 7];
const BODY = [4, 98, 111, 100, 121];
const rest = (length: number, byte: number): number[] => Array.from({ length }, () => byte);

it.each<[string, number[]]>([
  ['clients without number', [...HUGE, ...rest(12_000, 0)]],
  ['items without number', [1, ...HUGE, 5, 0, ...rest(12_000, 0)]],
  ['empty items', [1, ...HUGE, 5, 0, ...rest(500_000, 0)]],
  ['values without number', [1, 1, 5, 0, 8, 1, ...BODY, ...HUGE, ...rest(500_000, 127)]],
  [
    'a value without bottom',
    [1, 1, 5, 0, 8, 1, ...BODY, 1, ...Array.from({ length: 500_000 }, (_, i) => (i % 2 === 0 ? 117 : 1))],
  ],
  [
    'documents',
    [
      1,
      ...HUGE,
      5,
      0,
      ...Array.from({ length: 90_000 }, () => [9, 1, ...BODY, 0, 118, 0])
        .flat()
        .slice(0, 500_000),
    ],
  ],
  ['deletions without number', [0, ...HUGE, ...rest(500_000, 1)]],
])(
  'SY11 is not filled by %s',
  async (_what, bytes) => {
    const bombers = await Promise.all(Array.from({ length: 5 }, () => come('rick').synced()));
    for (const bomber of bombers) bomber.sendFrame(encodeUpdate(new Uint8Array(bytes)));
    await answersEve();
    expect((await health()).memory).toBeLessThan(before.memory + BOMB_BYTES);
    for (const bomber of bombers) expect((await bomber.refusedWith()).code).toBe(4422);
    await isAsBefore();
  },
  60_000,
);

it('SY11 outlives frames of changed bytes on one socket after the other', async () => {
  const random = randomFrom(11);
  for (let round = 0; round < 60; round++) {
    const client = await come('ed').synced();
    const honest = changeOf(client.doc, (doc) => textOf(doc).insert(0, 'x'));
    for (let i = 0; i < 5; i++) client.sendFrame(changeBytes(encodeUpdate(honest), random));
    if (round % 10 === 0) await answersEve();
    client.close();
  }
  await isAsBefore();
}, 60_000);
