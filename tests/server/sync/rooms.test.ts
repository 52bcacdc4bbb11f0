/** The document as the rest of the server uses it: commands' edits, several nodes, a failing database, snapshots. */
import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import * as Y from 'yjs';
import { BODY_ROOT, CLAIMS_ROOT } from '#core/text/schema.ts';
import { documentHead, loadDocument, type StoredDocument } from '#db/queries/document-log.ts';
import type { Database } from '#db/open.ts';
import type { Rooms } from '#server/sync/rooms.ts';
import { FaultyDatabase } from '#tests/fuzz/faulty-database.ts';
import { describeOnEveryDatabase } from '#tests/support/database.ts';
import { failingWrites } from './flaky-database.ts';
import { LossyBus } from './lossy-bus.ts';
import { RawClient } from './raw-client.ts';
import {
  addParagraph,
  rationaleOf,
  SyncWorld,
  textOf,
  until,
  wordsOf,
  type Node,
  type PersonName,
} from './sync-world.ts';
import { onlyWhere } from '#tests/support/only-where.ts';

describeOnEveryDatabase('rooms', (open, engine) => {
  let database: Database;
  let world: SyncWorld;
  let node: Node;
  let clients: RawClient[];
  beforeAll(async () => {
    database = await open();
  });
  beforeEach(async () => {
    world = await SyncWorld.create(database);
    node = await world.startNode();
    clients = [];
  });
  afterEach(async () => {
    for (const client of clients) client.close();
    await world.close();
  });

  const raw = (name: PersonName, on = node, reportId = world.reportId): RawClient => {
    const client = new RawClient(on, name, reportId);
    clients.push(client);
    return client;
  };

  /** A command: edits a copy and commits the edit. */
  const command = async (
    rooms: Rooms,
    change: (doc: Y.Doc) => void,
    name: PersonName = 'olga',
  ): Promise<void> => {
    const copy = await rooms.fork(world.ref);
    const before = Y.encodeStateVector(copy);
    copy.transact(() => change(copy));
    const update = Y.encodeStateAsUpdate(copy, before);
    const appended = await database.db.transaction((tx) =>
      rooms.append(tx, world.ref, update, world.memberId(name)),
    );
    rooms.deliver(world.ref, appended);
  };

  it('SY22 brings a command’s edit to sockets after its commit, beyond what a socket may write', async () => {
    const vera = await raw('vera').synced();
    await command(node.rooms, (doc) =>
      doc.getMap(CLAIMS_ROOT).set('new-claim', new Y.Map([['start', new Uint8Array([1])]])),
    );
    await until(() => vera.doc.getMap(CLAIMS_ROOT).has('new-claim'), 'the claim is here');
  });

  it('SY22 does so while sockets write, each in its turn', async () => {
    const [ed, eve] = [await raw('ed').synced(), await raw('eve').synced()];
    for (let i = 0; i < 15; i++) {
      ed.edit((doc) => textOf(doc).insert(0, 'e'));
      await command(node.rooms, (doc) => textOf(doc).insert(0, 'c'));
      eve.edit((doc) => textOf(doc).insert(0, 'v'));
    }
    await until(() => ed.acknowledged === 15 && eve.acknowledged === 15, 'all is committed');
    const words = await node.rooms.read(world.ref, wordsOf);
    await until(() => wordsOf(ed.doc) === words && wordsOf(eve.doc) === words, 'all have the same');
    expect(words.length).toBe('The talks lasted 75 minutes.'.length + 45);
  });

  it('SY22 reads and forks inside a transaction, what it has appended there too when no room is open', async () => {
    const other = await world.startNode();
    await database.db.transaction(async (tx) => {
      expect(await other.rooms.read(world.ref, wordsOf, tx)).toBe('The talks lasted 75 minutes.');
      const copy = await other.rooms.fork(world.ref, tx);
      expect(wordsOf(copy)).toBe('The talks lasted 75 minutes.');
      expect(await other.rooms.rationaleAuthors(world.ref, world.claimId, tx)).toEqual([]);
    });
  });

  it('SY22 answers not_found for a report of another workspace, open or not', async () => {
    const foreign = { workspaceId: randomUUID(), reportId: world.reportId };
    await expect(node.rooms.read(foreign, wordsOf)).rejects.toMatchObject({ code: 'not_found' });
    await node.rooms.read(world.ref, wordsOf);
    await expect(node.rooms.read(foreign, wordsOf)).rejects.toMatchObject({ code: 'not_found' });
    await expect(node.rooms.fork({ ...world.ref, reportId: randomUUID() })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  it('SY23 names who wrote what stands in a rationale, and not whose words are gone', async () => {
    const [ed, eve, rick] = [await raw('ed').synced(), await raw('eve').synced(), await raw('rick').synced()];
    ed.edit((doc) => addParagraph(rationaleOf(doc, world.claimId), 'Ed wrote this.'));
    eve.edit((doc) => addParagraph(rationaleOf(doc, world.claimId), 'Eve wrote that.'));
    rick.edit((doc) => textOf(doc).insert(0, 'Rick wrote elsewhere. '));
    await until(() => [ed, eve, rick].every(({ acknowledged }) => acknowledged === 1), 'all is committed');
    const authors = (): Promise<string[]> => node.rooms.rationaleAuthors(world.ref, world.claimId);
    expect((await authors()).toSorted()).toEqual([world.memberId('ed'), world.memberId('eve')].toSorted());
    await until(() => rationaleOf(rick.doc, world.claimId).length === 2, 'Rick sees both');
    rick.edit((doc) => rationaleOf(doc, world.claimId).delete(0, 1));
    await until(() => rick.acknowledged === 2, 'it is committed');
    expect((await authors()).length).toBe(1);
  });

  it('SY22 says who changed the body, by socket or command, and is silent on rationales', async () => {
    const said: (string | null)[] = [];
    node.rooms.onBodyCommitted((_ref, memberId) => said.push(memberId));
    const ed = await raw('ed').synced();
    ed.edit((doc) => addParagraph(rationaleOf(doc, world.claimId), 'Because.'));
    await command(node.rooms, (doc) => doc.getMap(CLAIMS_ROOT).set('new-claim', new Y.Map()));
    await until(() => ed.acknowledged === 1, 'it is committed');
    ed.edit((doc) => textOf(doc).insert(0, 'x'));
    await until(() => said.length === 1, 'Ed is said');
    await command(node.rooms, (doc) => textOf(doc).delete(0, 1));
    await until(() => said.length === 2, 'the command is said');
    expect(said).toEqual([world.memberId('ed'), world.memberId('olga')]);
  });

  it('SY20 takes a snapshot of a long log and loses nothing of it', async () => {
    const ed = await raw('ed').synced();
    const words = 'w'.repeat(300_000);
    for (let i = 0; i < 5; i++) {
      await command(node.rooms, (doc) => textOf(doc).insert(0, 'c'));
      ed.edit((doc) => textOf(doc).insert(0, words));
      await until(() => ed.acknowledged === i + 1, 'it is committed');
    }
    const stored = async (): Promise<StoredDocument> => {
      const document = await loadDocument(database.db, world.reportId);
      if (document === null) throw new Error('no document');
      return document;
    };
    await until(async () => (await stored()).snapshotSeq > 0, 'a snapshot is there');
    const { headSeq, snapshotSeq, tailBytes, entries } = await stored();
    expect(entries.length).toBe(1 + headSeq - snapshotSeq);
    expect(tailBytes).toBeLessThan(1_000_000);
    const other = await world.startNode();
    await until(
      async () => (await other.rooms.read(world.ref, wordsOf)) === wordsOf(ed.doc),
      'another node has the same',
    );
  });

  it('SY34 counts each commit with its entries and its time', async () => {
    const commits: { entries: number; seconds: number }[] = [];
    node.rooms.onCommit((commit) => commits.push(commit));
    const before = await documentHead(database.db, world.reportId);
    const [ed, eve] = [await raw('ed').synced(), await raw('eve').synced()];
    ed.edit((doc) => textOf(doc).insert(0, 'Ed. '));
    eve.edit((doc) => textOf(doc).insert(0, 'Eve. '));
    await until(() => ed.acknowledged + eve.acknowledged >= 2, 'both are acknowledged');
    const entries = commits.reduce((sum, one) => sum + one.entries, 0);
    expect(entries).toBe((await documentHead(database.db, world.reportId)) - before);
    expect(entries).toBeGreaterThan(0);
    expect(commits.every(({ seconds }) => seconds > 0)).toBe(true);
  });

  it('SY19 acknowledges and shows nothing while the database fails, and goes on by itself', async () => {
    const flaky = failingWrites(database);
    const away = await world.startNode({ database: flaky.database });
    const [ed, eve] = [await raw('ed', away).synced(), await raw('eve', away).synced()];
    flaky.fails = true;
    ed.edit((doc) => textOf(doc).insert(0, 'Waiting. '));
    await until(() => flaky.failures > 1, 'it has been tried');
    expect([ed.acknowledged, wordsOf(eve.doc), ed.isOpen]).toEqual([0, 'The talks lasted 75 minutes.', true]);
    flaky.fails = false;
    await until(() => ed.acknowledged === 1 && wordsOf(eve.doc).startsWith('Waiting. '), 'it goes on');
  });

  it('SY19 reads a socket no further while too much of it waits for the database', async () => {
    const flaky = failingWrites(database);
    const away = await world.startNode({ database: flaky.database });
    const ed = await raw('ed', away).synced();
    flaky.fails = true;
    const words = 'w'.repeat(400_000);
    for (let i = 0; i < 30; i++) ed.edit((doc) => textOf(doc).insert(0, words));
    await until(() => flaky.failures > 1, 'it has been tried');
    expect(ed.socket.bufferedAmount).toBeGreaterThan(0);
    flaky.fails = false;
    await until(() => ed.acknowledged === 30, 'all is taken in the end');
  });

  onlyWhere(engine === 'postgres')('SY18 serves one report from several nodes as if from one', async () => {
    const second = await world.startNode();
    const [ed, eve] = [await raw('ed').synced(), await raw('eve', second).synced()];
    ed.edit((doc) => textOf(doc).insert(0, 'Ed. '));
    eve.edit((doc) => textOf(doc).insert(textOf(doc).length, ' Eve.'));
    await until(
      () => wordsOf(ed.doc) === wordsOf(eve.doc) && wordsOf(ed.doc).endsWith('Eve.'),
      'both have both',
    );
    ed.sendAwareness(7, 1, { at: 1 });
    await until(() => eve.stateOf(7)?.['at'] === 1, 'Eve sees Ed');
    expect(
      second.rooms
        .people(world.reportId)
        .map(({ name }) => name)
        .toSorted(),
    ).toEqual(['ed', 'eve']);
    ed.close();
    await until(
      () => eve.stateOf(7) === null && second.rooms.people(world.reportId).length === 1,
      'Eve sees him leave',
    );
  });

  onlyWhere(engine === 'postgres')(
    'SY18 lets a command, a lock and a cut on one node reach the other',
    async () => {
      const second = await world.startNode();
      const eve = await raw('eve', second).synced();
      await command(node.rooms, (doc) => textOf(doc).insert(0, 'Command. '));
      await until(() => wordsOf(eve.doc).startsWith('Command. '), 'the edit is here');
      await world.setLocked(node, true);
      await until(() => {
        const probe = raw('rick', second);
        return probe.synced().then(async () => {
          probe.edit((doc) => textOf(doc).insert(0, 'x'));
          await until(() => probe.acknowledged === 1 || !probe.isOpen, 'it is answered');
          return probe.closed?.reason === 'report_locked';
        });
      }, 'the lock is here');
      node.rooms.cut({ memberId: world.memberId('eve') }, 4403);
      expect((await eve.refusedWith()).code).toBe(4403);
    },
  );

  onlyWhere(engine === 'postgres')('SY18 reads from the log what the bus has lost', async () => {
    const bus = new LossyBus(world.hub.connect());
    const second = await world.startNode({ bus });
    const [ed, eve] = [await raw('ed').synced(), await raw('eve', second).synced()];
    bus.loses = true;
    ed.edit((doc) => textOf(doc).insert(0, 'Lost. '));
    await until(() => ed.acknowledged === 1, 'it is committed');
    // Somebody who reads on the other node sees it although nothing was said.
    expect(await second.rooms.read(world.ref, wordsOf)).toBe('Lost. The talks lasted 75 minutes.');
    ed.edit((doc) => textOf(doc).insert(0, 'Lost again. '));
    await until(() => ed.acknowledged === 2, 'it is committed');
    bus.loses = false;
    ed.edit((doc) => textOf(doc).insert(0, 'Heard. '));
    await until(
      () => wordsOf(eve.doc).startsWith('Heard. Lost again. Lost. '),
      'a later message shows the hole',
    );
    bus.loses = true;
    ed.edit((doc) => textOf(doc).insert(0, 'Gap. '));
    await until(() => ed.acknowledged === 4, 'it is committed');
    bus.tellGap();
    await until(() => wordsOf(eve.doc).startsWith('Gap. '), 'the gap is filled');
  });

  onlyWhere(engine === 'postgres')(
    'SY18 takes an update that builds on what the node has not heard of yet',
    async () => {
      const bus = new LossyBus(world.hub.connect());
      const second = await world.startNode({ bus });
      await raw('eve', second).synced();
      const ed = await raw('ed').synced();
      bus.loses = true;
      ed.edit((doc) => textOf(doc).insert(0, 'One. '));
      await until(() => ed.acknowledged === 1, 'it is committed');
      const moved = await raw('ed', second).open();
      Y.applyUpdate(moved.doc, Y.encodeStateAsUpdate(ed.doc));
      moved.doc.clientID = ed.doc.clientID;
      moved.edit((doc) => textOf(doc).insert(0, 'Two. '));
      await until(() => moved.acknowledged === 1, 'it is taken');
      expect(await node.rooms.read(world.ref, wordsOf)).toBe('Two. One. The talks lasted 75 minutes.');
    },
  );

  /** A node that has not heard of Eve's words and of a claim that a command removed, and who was shown both elsewhere. */
  const missing = async (second: Node, bus: LossyBus): Promise<Uint8Array> => {
    await raw('carl', second).synced();
    const [eve, reader] = [await raw('eve').synced(), await raw('vera').synced()];
    bus.loses = true;
    eve.edit((doc) => textOf(doc).insert(0, 'Eve. '));
    await until(() => eve.acknowledged === 1, 'it is committed');
    await command(node.rooms, (doc) => doc.getMap(CLAIMS_ROOT).delete(world.claimId));
    await until(() => reader.doc.getMap(CLAIMS_ROOT).size === 0, 'it is shown');
    return Y.encodeStateAsUpdate(reader.doc);
  };

  it.each(['rick', 'vera'] as const)(
    'SY63 refuses nothing of %s that another node committed',
    async (name) => {
      const bus = new LossyBus(world.hub.connect());
      const second = await world.startNode({ bus });
      const shown = await missing(second, bus);
      const moved = await raw(name, second).synced();
      moved.sendSync(1, shown);
      await until(() => moved.acknowledged === 1 || !moved.isOpen, 'it is answered');
      expect(moved.closed).toBeNull();
    },
  );

  it('SY63 takes from an editor the words of somebody who has only written on another node', async () => {
    const bus = new LossyBus(world.hub.connect());
    const second = await world.startNode({ bus });
    await raw('carl', second).synced();
    const eve = await raw('eve').synced();
    bus.loses = true;
    eve.edit((doc) => textOf(doc).insert(0, 'Eve. '));
    await until(() => eve.acknowledged === 1, 'it is committed');
    const moved = await raw('rick', second).synced();
    // Nothing in it tells whose they are: only the database knows.
    moved.sendSync(1, Y.encodeStateAsUpdate(eve.doc));
    await until(() => moved.acknowledged === 1 || !moved.isOpen, 'it is answered');
    expect(moved.closed).toBeNull();
    expect(await node.rooms.read(world.ref, wordsOf)).toBe('Eve. The talks lasted 75 minutes.');
  });

  it('SY63 has who brings it come again while the log cannot be read', async () => {
    const bus = new LossyBus(world.hub.connect());
    const faulty = new FaultyDatabase(database);
    const second = await world.startNode({ bus, database: faulty.database });
    const shown = await missing(second, bus);
    const moved = await raw('vera', second).synced();
    faulty.failingReads = Number.POSITIVE_INFINITY;
    moved.sendSync(1, shown);
    expect((await moved.refusedWith()).code).toBe(1013);
  });

  onlyWhere(engine === 'postgres')(
    'SY8 gives a client id to one of two who use it on two nodes at once',
    async () => {
      const second = await world.startNode();
      const [ed, eve] = [await raw('ed').synced(), await raw('eve', second).synced()];
      ed.doc.clientID = 4711;
      eve.doc.clientID = 4711;
      ed.edit((doc) => textOf(doc).insert(0, 'Ed. '));
      eve.edit((doc) => textOf(doc).insert(0, 'Eve. '));
      await until(() => [ed, eve].every((one) => one.acknowledged === 1 || !one.isOpen), 'both are answered');
      expect([ed, eve].filter(({ isOpen }) => isOpen).length).toBe(1);
      const loser = [ed, eve].find(({ isOpen }) => !isOpen);
      expect(loser?.closed).toEqual({ code: 4422, reason: 'foreign_client' });
    },
  );

  onlyWhere(engine === 'postgres')('SY17 follows a change of rights that nobody told it of', async () => {
    const vera = await raw('vera').synced();
    const ed = await raw('ed').synced();
    const eve = await raw('eve').synced();
    // Its first look must have happened before the change.
    const raise = (): Promise<unknown> =>
      database.db.execute(
        sql`UPDATE workspaces SET rights_version = rights_version + 1 WHERE id = ${world.workspaceId}`,
      );
    world.given.set('ed', 'viewer');
    world.given.set('vera', 'editor');
    world.removed.add('eve');
    await until(async () => {
      await raise();
      return !ed.isOpen && !eve.isOpen;
    }, 'both are cut');
    expect([ed.closed?.code, eve.closed?.code]).toEqual([4403, 4401]);
    vera.edit((doc) => textOf(doc).insert(0, 'Promoted. '));
    await until(() => vera.acknowledged === 1, 'Vera may write');
  });

  it('SY61 lets at most 20 sockets of a person in, on each node', async () => {
    const many = Array.from({ length: 21 }, () => raw('ed'));
    await until(() => many.filter((one) => one.last('step1') !== undefined).length === 20, '20 are in');
    await until(() => many.some(({ isOpen }) => !isOpen), 'one is out');
    expect(many.flatMap(({ closed }) => closed?.code ?? [])).toEqual([1013]);
    await raw('ed', await world.startNode()).synced();
  });

  it('SY12 serves a report whose id comes in large letters as the one that it is', async () => {
    const eve = await raw('eve').synced();
    const ed = await raw('ed', node, world.reportId.toUpperCase()).synced();
    expect(node.rooms.stats().rooms).toBe(1);
    ed.edit((doc) => textOf(doc).insert(0, 'Large. '));
    await until(() => ed.acknowledged === 1, 'it is committed');
    await until(() => wordsOf(eve.doc).startsWith('Large. '), 'the others see it');
  });

  it('SY7 refuses of a text that was locked meanwhile what waits for its commit, and nothing else', async () => {
    const flaky = failingWrites(database);
    const away = await world.startNode({ database: flaky.database });
    const [ed, eve] = [await raw('ed', away).synced(), await raw('eve', away).synced()];
    flaky.fails = true;
    ed.edit((doc) => textOf(doc).insert(0, 'Late. '));
    eve.edit((doc) => addParagraph(rationaleOf(doc, world.claimId), 'Because.'));
    await until(() => flaky.failures > 0, 'it was tried');
    await world.setLocked(away, true);
    flaky.fails = false;
    expect(await ed.refusedWith()).toEqual({ code: 4422, reason: 'report_locked' });
    await until(() => eve.acknowledged === 1, 'the rationale is committed');
    expect(await node.rooms.read(world.ref, wordsOf)).toBe('The talks lasted 75 minutes.');
    await world.setLocked(away, false);
    const again = await raw('ed', away).synced();
    again.edit((doc) => textOf(doc).insert(0, 'Again. '));
    await until(() => again.acknowledged === 1, 'the room goes on');
    expect(wordsOf(await node.rooms.fork(world.ref))).toBe('Again. The talks lasted 75 minutes.');
  });

  it('SY9 leaves the body alone that holds nothing a socket may reach otherwise', async () => {
    const ed = await raw('ed').synced();
    ed.edit((doc) => doc.getXmlFragment(BODY_ROOT).delete(0, 1));
    await until(() => ed.acknowledged === 1, 'emptying the text is allowed');
    expect(await node.rooms.read(world.ref, wordsOf)).toBe('');
  });
});
