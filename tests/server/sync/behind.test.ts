/** What nobody tells a node, it finds in the database: entries, locks and epochs that the bus has lost. */
import { eq, sql } from 'drizzle-orm';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { Database } from '#db/open.ts';
import { readTail, replaceTail } from '#db/queries/document-history.ts';
import { setLocked } from '#db/queries/document-log.ts';
import * as schema from '#db/schema.ts';
import { makeSnapshot } from '#server/sync/snapshot.ts';
import { openTestPostgres } from '#tests/support/database.ts';
import { failingReads, withReads } from './flaky-database.ts';
import { LossyBus } from './lossy-bus.ts';
import { RawClient } from './raw-client.ts';
import { SyncWorld, textOf, until, wordsOf, type Node, type PersonName } from './sync-world.ts';

describe('a node that nobody tells', () => {
  let database: Database;
  let world: SyncWorld;
  let node: Node;
  let bus: LossyBus;
  let clients: RawClient[];
  beforeAll(async () => {
    database = await openTestPostgres();
    return () => database.close();
  });
  beforeEach(async () => {
    world = await SyncWorld.create(database);
    node = await world.startNode();
    bus = new LossyBus(world.hub.connect());
    clients = [];
  });
  afterEach(async () => {
    for (const client of clients) client.close();
    await world.close();
  });

  const raw = (name: PersonName, on: Node, query?: string): RawClient => {
    const client = new RawClient(on, name, world.reportId, query === undefined ? {} : { query });
    clients.push(client);
    return client;
  };
  /** Commits an edit on the first node that the second does not hear of. */
  const commitUnheard = async (words: string): Promise<RawClient> => {
    const ed = await raw('ed', node).synced();
    bus.loses = true;
    ed.edit((doc) => textOf(doc).insert(0, words));
    await until(() => ed.acknowledged === 1, 'it is committed');
    return ed;
  };

  it('SY18 shows an entry that the bus has lost without a word', async () => {
    const second = await world.startNode({ bus });
    const eve = await raw('eve', second).synced();
    await commitUnheard('Lost. ');
    await until(() => wordsOf(eve.doc).startsWith('Lost. '), 'it is here');
  });

  it('SY18 tries again when the log could not be read after a gap', async () => {
    const flaky = failingReads(database);
    const second = await world.startNode({ bus, database: flaky.database });
    const eve = await raw('eve', second).synced();
    flaky.fails = true;
    await commitUnheard('Lost. ');
    bus.loses = false;
    const before = flaky.failures;
    bus.tellGap();
    await until(() => flaky.failures > before, 'it was tried');
    flaky.fails = false;
    await until(() => wordsOf(eve.doc).startsWith('Lost. '), 'it is here');
  });

  it('SY7 learns of a lock, and of its end, that the bus has lost', async () => {
    const second = await world.startNode({ bus });
    await raw('vera', second).synced();
    bus.loses = true;
    const isRefused = async (): Promise<boolean> => {
      const probe = await raw('eve', second).synced();
      probe.edit((doc) => textOf(doc).insert(0, 'x'));
      await until(() => probe.acknowledged === 1 || !probe.isOpen, 'it is answered');
      probe.close();
      return probe.acknowledged === 0;
    };
    await world.setLocked(node, true);
    await until(isRefused, 'it is locked');
    await world.setLocked(node, false);
    await until(async () => !(await isRefused()), 'it is open again');
  });

  it('SY7 ends with what the database has, in whatever order nodes tell of locks', async () => {
    const second = await world.startNode({ bus });
    const eve = await raw('eve', second).synced();
    await database.db.transaction((tx) => setLocked(tx, world.reportId, true));
    // Of a command that committed before.
    node.rooms.lockChanged(world.ref, false);
    await until(async () => {
      const probe = await raw('rick', second).synced();
      probe.edit((doc) => textOf(doc).insert(0, 'x'));
      await until(() => probe.acknowledged === 1 || !probe.isOpen, 'it is answered');
      probe.close();
      return probe.acknowledged === 0;
    }, 'it is locked');
    expect(eve.isOpen).toBe(true);
  });

  it('SY11 closes with 1013, and calls it no gap, what builds on what cannot be read now', async () => {
    const flaky = failingReads(database);
    const second = await world.startNode({ bus, database: flaky.database });
    await raw('eve', second).synced();
    const moved = await raw('ed', second).synced();
    flaky.fails = true;
    const ed = await commitUnheard('One. ');
    Y.applyUpdate(moved.doc, Y.encodeStateAsUpdate(ed.doc));
    moved.doc.clientID = ed.doc.clientID;
    moved.edit((doc) => textOf(doc).insert(0, 'Two. '));
    expect((await moved.refusedWith()).code).toBe(1013);
    expect(moved.last('refused')).toBeUndefined();
    // And takes it when it comes again.
    flaky.fails = false;
    const again = await raw('ed', second).synced();
    again.sendSync(1, Y.encodeStateAsUpdate(moved.doc));
    await until(() => again.acknowledged === 1, 'it is taken');
  });

  it('SY2 reads all that was acknowledged, also past a room that cannot follow the log', async () => {
    const flaky = failingReads(database, 'LEFT JOIN doc_updates');
    const second = await world.startNode({ bus, database: flaky.database });
    await raw('eve', second).synced();
    flaky.fails = true;
    await commitUnheard('Lost. ');
    expect(await second.rooms.read(world.ref, wordsOf)).toMatch(/^Lost\. /);
    expect(flaky.failures).toBeGreaterThan(0);
  });

  it('SY2 reads all that was acknowledged when a snapshot has swallowed it', async () => {
    const second = await world.startNode({ bus });
    await raw('eve', second).synced();
    await commitUnheard('Lost. ');
    const tail = await readTail(database.db, world.reportId);
    if (tail === null) throw new Error('no document');
    await replaceTail(database, {
      docId: world.reportId,
      afterSeq: tail.snapshotSeq,
      uptoSeq: tail.entries.at(-1)?.seq ?? 0,
      ...makeSnapshot(tail),
      at: new Date(),
    });
    expect(await second.rooms.read(world.ref, wordsOf)).toMatch(/^Lost\. /);
  });

  it('SY2 reads what was acknowledged while an older reading of the log is under way', async () => {
    let arrives = (): void => undefined;
    let answers = (): void => undefined;
    let late: Promise<void> | null = null;
    const slow = withReads(database, async (statement, run) => {
      const answer = await run();
      if (late === null || !statement.includes('LEFT JOIN doc_updates')) return answer;
      const wait = late;
      late = null;
      arrives();
      await wait;
      return answer;
    });
    const second = await world.startNode({ bus, database: slow });
    await second.rooms.read(world.ref, wordsOf);
    late = new Promise((resolve) => {
      answers = resolve;
    });
    const arrived = new Promise<void>((resolve) => {
      arrives = resolve;
    });
    await commitUnheard('First. ');
    const older = second.rooms.read(world.ref, wordsOf);
    await arrived;
    await commitUnheard('Second. ');
    const reading = second.rooms.read(world.ref, wordsOf);
    await node.rooms.read(world.ref, wordsOf);
    answers();
    expect(await reading).toMatch(/^Second\. /);
    await older;
  });

  it('SY17 cuts who lost a right before the first look, and whose check failed at first', async () => {
    const auth = world.authenticator();
    let failures = 0;
    const second = await world.startNode({
      bus,
      auth: {
        ...auth,
        authenticate: (headers) => {
          if (!world.removed.has('ed') || failures > 0) return auth.authenticate(headers);
          failures += 1;
          return Promise.reject(new Error('the database is away'));
        },
      },
    });
    const ed = await raw('ed', second).synced();
    world.removed.add('ed');
    await world.raiseRights();
    expect((await ed.refusedWith()).code).toBe(4401);
    expect(failures).toBe(1);
  });

  it('SY17 cuts who lost a right while being admitted', async () => {
    const auth = world.authenticator();
    let letIn = (): void => undefined;
    const gate = new Promise<void>((resolve) => {
      letIn = resolve;
    });
    let isAsked = false;
    let forgotten = 0;
    const second = await world.startNode({
      bus,
      auth: {
        ...auth,
        forget: () => (forgotten += 1),
        roleFor: async (principal, reportId) => {
          const role = await auth.roleFor(principal, reportId);
          if (principal.name !== 'ed' || isAsked) return role;
          isAsked = true;
          await gate;
          return role;
        },
      },
    });
    const vera = await raw('vera', second).synced();
    await until(() => forgotten > 0, 'there was a look');
    const ed = await raw('ed', second).open();
    await until(() => isAsked, 'he was asked for');
    world.given.set('ed', 'viewer');
    await world.raiseRights();
    const before = forgotten;
    await until(() => forgotten > before, 'the change was seen');
    letIn();
    expect((await ed.refusedWith()).code).toBe(4403);
    expect(vera.isOpen).toBe(true);
  });

  it('SY17 cuts the sockets of a removed report that nobody told of', async () => {
    const second = await world.startNode({ bus });
    const eve = await raw('eve', second).synced();
    bus.loses = true;
    await database.db
      .update(schema.reports)
      .set({ deletedAt: new Date() })
      .where(eq(schema.reports.id, world.reportId));
    await world.raiseRights();
    node.rooms.cut({ reportId: world.reportId }, 4404);
    expect((await eve.refusedWith()).code).toBe(4404);
  });

  it('SY8 leaves a client id to its owner, also where somebody else tried to use it', async () => {
    const second = await world.startNode({ bus });
    const [ed, eve] = [await raw('ed', node).synced(), await raw('eve', second).synced()];
    ed.edit((doc) => textOf(doc).insert(0, 'Ed. '));
    await until(() => wordsOf(eve.doc).startsWith('Ed. '), 'Eve reads it');
    eve.doc.clientID = ed.doc.clientID;
    eve.edit((doc) => textOf(doc).insert(0, 'Eve. '));
    expect(await eve.refusedWith()).toEqual({ code: 4422, reason: 'foreign_client' });
    const moved = await raw('ed', second).synced();
    moved.doc.clientID = ed.doc.clientID;
    moved.edit((doc) => textOf(doc).insert(0, 'Again. '));
    await until(() => moved.acknowledged === 1 || !moved.isOpen, 'it is answered');
    expect(moved.closed).toBeNull();
  });

  it('SY25 loads a report anew when another epoch of it began', async () => {
    const eve = await raw('eve', node, '?ack=1&epoch=1').synced();
    await database.db.execute(sql`UPDATE doc_heads SET epoch = 2 WHERE doc_id = ${world.reportId}`);
    expect((await eve.refusedWith()).code).toBe(1012);
    expect(await raw('eve', node, '?ack=1&epoch=1').refusedWith()).toEqual({
      code: 4409,
      reason: 'epoch_changed',
    });
  });

  it('SY18 reads a report only when it hears what is said of it', async () => {
    let listens = (): void => undefined;
    bus.gate = new Promise((resolve) => {
      listens = resolve;
    });
    const second = await world.startNode({ bus });
    let isRead = false;
    const reading = second.rooms.read(world.ref, wordsOf).finally(() => {
      isRead = true;
    });
    // Long enough to have read it: another does.
    await node.rooms.read(world.ref, wordsOf);
    await commitUnheard('Before. ');
    expect(isRead).toBe(false);
    listens();
    expect(await reading).toContain('Before. ');
  });
});
