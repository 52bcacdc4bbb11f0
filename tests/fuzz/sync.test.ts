/**
 * Seeded fuzz over real sockets: people on two nodes write, delete, format, go away and come back to either, while
 * commands edit, the bus loses messages and forgers try their luck. In the end everybody has what the log has, nothing
 * forged is in it, and only the forgers were turned away.
 * `FUZZ_SEEDS=400` runs more; a seed that once failed stays in `KNOWN`.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { BODY_ROOT, CLAIMS_ROOT } from '#core/text/schema.ts';
import { loadDocument, type StoredDocument } from '#db/queries/document-log.ts';
import type { Database } from '#db/open.ts';
import { decodeMessage } from '#server/sync/frame.ts';
import { CommittedDocument } from '#server/sync/document.ts';
import { Draft } from '#server/sync/draft.ts';
import { openTestDatabase } from '#tests/support/database.ts';
import { changeOf, RawClient } from '#tests/server/sync/raw-client.ts';
import { LossyBus, mendAll } from './lossy-bus.ts';
import { pick, randomFrom, seedsFor, type Random } from './random.ts';
import {
  addParagraph,
  firstUpdate,
  rationaleOf,
  SyncWorld,
  until,
  type Node,
  type PersonName,
} from '#tests/server/sync/sync-world.ts';

const KNOWN: readonly number[] = [184, 463];
const seeds = seedsFor(40, KNOWN);

/** Some honest change of the text or a rationale, as an editor makes it. */
function edit(doc: Y.Doc, claimId: string, random: Random): void {
  const fragment = random(4) === 0 ? rationaleOf(doc, claimId) : doc.getXmlFragment(BODY_ROOT);
  if (fragment.length === 0 || random(6) === 0)
    return addParagraph(fragment, 'abcdef'.slice(0, 1 + random(6)));
  if (random(8) === 0) return fragment.delete(random(fragment.length), 1);
  const paragraph = fragment.get(random(fragment.length));
  const text = paragraph instanceof Y.XmlElement ? paragraph.get(0) : null;
  if (!(text instanceof Y.XmlText)) return;
  const at = random(text.length + 1);
  const length = Math.min(1 + random(5), text.length - at);
  if (length === 0 || random(3) > 0) text.insert(at, 'xyz'.slice(random(3)));
  else if (random(2) === 0) text.delete(at, length);
  else text.format(at, length, random(2) === 0 ? { strong: {} } : { strong: null });
}

const forgeries: readonly ((doc: Y.Doc, claimId: string) => void)[] = [
  (doc) => doc.getMap(CLAIMS_ROOT).set('forged', 'forged'),
  (doc, claimId) => doc.getMap(CLAIMS_ROOT).delete(claimId),
  (doc) => doc.getText('forged').insert(0, 'forged'),
  (doc) => doc.getXmlFragment(BODY_ROOT).insert(0, [new Y.XmlElement('forged')]),
];

describe('sync under random use', () => {
  let database: Database;
  beforeAll(async () => {
    database = await openTestDatabase();
  });
  afterAll(() => database.close());

  it.each(seeds)('SY1 brings all to the same document as the log (seed %i)', async (seed) => {
    const random = randomFrom(seed);
    const world = await SyncWorld.create(database);
    // Drawn apart: what is said when depends on the database too.
    const buses = [1, 2].map((nth) => new LossyBus(world.hub.connect(), randomFrom(seed * 1_000 + nth)));
    const nodes = await Promise.all(buses.map((bus) => world.startNode({ bus })));
    const names: readonly PersonName[] = ['ed', 'eve', 'rick', 'olga'];
    const clients = await Promise.all(
      names.map((name) => new RawClient(pick(random, nodes), name, world.reportId).synced()),
    );
    try {
      for (let step = 0; step < 60; step++) {
        const who = random(clients.length);
        const client = clients[who];
        if (client === undefined) continue;
        const choice = random(20);
        if (choice === 0) {
          clients[who] = await comeBack(client, pick(random, nodes), world);
        } else if (choice === 1) await forge(pick(random, nodes), world, random);
        else if (choice === 2) await command(pick(random, nodes), world, random);
        else client.edit((doc) => edit(doc, world.claimId, random));
        if (random(5) === 0) await new Promise((resolve) => setImmediate(resolve));
      }
      const isSettled = (): boolean => clients.every(({ acknowledged, sent }) => acknowledged >= sent);
      await until(isSettled, 'all is acknowledged');
      mendAll(buses);
      // What was said last may make others tidy.
      let log = await storedNow(world);
      await until(
        async () => {
          log = await storedNow(world);
          return isSettled() && clients.every(({ doc }) => shapeOf(doc) === shapeOf(log.doc));
        },
        `all have ${shapeOf(log.doc)}`,
      );
      const expected = shapeOf(log.doc);
      // Nodes on the embedded database, which has one in life, do not ask the log before they read.
      for (const { rooms } of nodes)
        await until(async () => (await rooms.read(world.ref, shapeOf)) === expected, `it reads ${expected}`);
      expect(expected).not.toContain('forged');
      expect(clients.map(({ closed }) => closed)).toEqual(clients.map(() => null));
      expect(log.doc.store.pendingStructs).toBeNull();
    } finally {
      for (const client of clients) client.close();
      await world.close();
    }
  });

  async function storedNow(world: SyncWorld): Promise<CommittedDocument> {
    const stored = await loadDocument(database.db, world.reportId);
    if (stored === null) throw new Error('no document');
    return new CommittedDocument(stored);
  }

  /** Writes while away, and returns with everything in its SyncStep2. */
  async function comeBack(client: RawClient, node: Node, world: SyncWorld): Promise<RawClient> {
    await until(() => client.received.some(({ kind }) => kind === 'step2'), 'it was here');
    expect(client.closed).toBeNull();
    client.close();
    client.doc.transact(() => addParagraph(client.doc.getXmlFragment(BODY_ROOT), 'offline'));
    const again = new RawClient(node, client.name, world.reportId, { doc: client.doc });
    await again.synced();
    again.sendSync(1, Y.encodeStateAsUpdate(again.doc, again.last('step1')?.stateVector));
    return again;
  }

  async function forge(node: Node, world: SyncWorld, random: Random): Promise<void> {
    const forger = await new RawClient(node, 'eve', world.reportId).synced();
    const forgery = forgeries[random(forgeries.length)];
    forger.sendUpdate(changeOf(forger.doc, (doc) => forgery?.(doc, world.claimId)));
    expect((await forger.refusedWith()).code).toBe(4422);
  }

  async function command(node: Node, world: SyncWorld, random: Random): Promise<void> {
    const copy = await node.rooms.fork(world.ref);
    const before = Y.encodeStateVector(copy);
    copy.transact(() => edit(copy, world.claimId, random));
    const update = Y.encodeStateAsUpdate(copy, before);
    const appended = await database.db.transaction((tx) =>
      node.rooms.append(tx, world.ref, update, world.memberId('olga')),
    );
    node.rooms.deliver(world.ref, appended);
  }
});

describe('hostile bytes', () => {
  const claimId = '00000000-0000-4000-8000-000000000001';
  const stored = (): StoredDocument => ({
    workspaceId: '',
    locked: false,
    epoch: 1,
    headSeq: 1,
    snapshotSeq: 0,
    tailBytes: 0,
    entries: [{ seq: 1, data: firstUpdate('The talks lasted 75 minutes.', claimId) }],
  });

  it.each(seeds)('SY11 never break a document, whatever is changed in an honest update (seed %i)', (seed) => {
    const random = randomFrom(seed);
    const document = new CommittedDocument(stored());
    const draft = new Draft(() => document.copy());
    const sender = { memberId: 'ed', rights: { body: true, rationale: true, locked: false } };
    for (let i = 0; i < 40; i++) {
      const copy = document.copy();
      const update = changeOf(copy, (doc) => edit(doc, claimId, random)).slice();
      for (let flips = random(4); flips > 0; flips--) update[random(update.length)] = random(256);
      const bytes = random(5) === 0 ? update.slice(0, random(update.length + 1)) : update;
      const trial = draft.try(
        bytes,
        sender,
        () => undefined,
        () => true,
      );
      if (trial.kind !== 'applied') continue;
      // What is taken stands by itself: the next document has it without anything pending.
      const next = document.copy();
      Y.applyUpdate(next, trial.update);
      expect([next.store.pendingStructs, next.store.pendingDs]).toEqual([null, null]);
      expect([...next.share.keys()].toSorted()).toEqual([BODY_ROOT, CLAIMS_ROOT].toSorted());
      expect(rationaleOf(next, claimId)).toBeInstanceOf(Y.XmlFragment);
      draft.restart();
    }
  });

  it.each(seeds)('SY11 are a message or none (seed %i)', (seed) => {
    const random = randomFrom(seed);
    const bytes = Uint8Array.from({ length: random(40) }, () => random(random(2) === 0 ? 4 : 256));
    expect(() => decodeMessage(bytes)).not.toThrow();
  });
});

/** A document as text, the same for the same content however it came about. */
function shapeOf(doc: Y.Doc): string {
  const claims = [...doc.getMap(CLAIMS_ROOT).entries()].map(([id, entry]) => {
    const rationale = entry instanceof Y.Map ? entry.get('rationale') : null;
    return `${id}=${rationale instanceof Y.XmlFragment ? rationale.toString() : 'none'}`;
  });
  return `${doc.getXmlFragment(BODY_ROOT).toString()} | ${claims.toSorted().join()}`;
}
