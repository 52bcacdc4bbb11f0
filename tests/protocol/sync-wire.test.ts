/** The rules of the wire: numbering, refusals, the door, limits. Spoken by hand, on both databases where it matters. */
import * as encoding from 'lib0/encoding';
import { sql } from 'drizzle-orm';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { BODY_ROOT, CLAIMS_ROOT } from '#core/text/schema.ts';
import type { Database } from '#db/open.ts';
import { describeOnEveryDatabase } from '#tests/support/database.ts';
import { changeOf, RawClient } from '#tests/server/sync/raw-client.ts';
import {
  addParagraph,
  rationaleOf,
  SyncWorld,
  textOf,
  until,
  wordsOf,
  type Node,
  type PersonName,
} from '#tests/server/sync/sync-world.ts';
import { onlyWhere } from '#tests/support/only-where.ts';

describeOnEveryDatabase('the sync wire', (open, engine) => {
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

  const raw = (
    name: PersonName | 'nobody',
    options: ConstructorParameters<typeof RawClient>[3] & { reportId?: string } = {},
  ): RawClient => {
    const client = new RawClient(node, name, options.reportId ?? world.reportId, options);
    clients.push(client);
    return client;
  };
  const committed = (): Promise<string> => node.rooms.read(world.ref, wordsOf);

  describe('durability', () => {
    it('SY2 shows an update to nobody before its commit', async () => {
      const ed = await raw('ed').synced();
      const eve = await raw('eve').synced();
      const newcomer = await raw('carl').open();
      await until(() => newcomer.last('step1') !== undefined, 'the newcomer is let in');
      const hold = await holdHead(database, world.reportId);
      ed.edit((doc) => textOf(doc).insert(0, 'Held. '));
      newcomer.askForState();
      await until(() => newcomer.last('step2') !== undefined, 'the newcomer has the document');
      // The server has read the update, since it answered what came after it; still nobody has it.
      ed.askForState();
      await until(
        () => ed.received.filter(({ kind }) => kind === 'step2').length === 2,
        'Ed is answered again',
      );
      expect([ed.acknowledged, wordsOf(eve.doc), wordsOf(newcomer.doc)]).toEqual([
        0,
        'The talks lasted 75 minutes.',
        'The talks lasted 75 minutes.',
      ]);
      expect(await committed()).toBe('The talks lasted 75 minutes.');
      await hold.release();
      await until(() => [eve, newcomer].every(({ doc }) => wordsOf(doc).startsWith('Held. ')), 'both see it');
      await until(() => ed.acknowledged === 1, 'Ed has the acknowledgement');
      expect(await committed()).toBe('Held. The talks lasted 75 minutes.');
    });

    it('SY2 has what it showed after the room was lost', async () => {
      const ed = await raw('ed').synced();
      for (let i = 0; i < 20; i++) ed.edit((doc) => textOf(doc).insert(0, `${i} `));
      await until(() => ed.acknowledged === 20, 'all are acknowledged');
      const other = await world.startNode();
      expect(await other.rooms.read(world.ref, wordsOf)).toBe(wordsOf(ed.doc));
    });

    it('SY3 counts every SyncStep2 and Update, empty ones too, and acknowledges up to the last', async () => {
      const ed = await raw('ed').synced();
      ed.sendSync(1, new Uint8Array([0, 0]));
      ed.sendUpdate(new Uint8Array([0, 0]));
      ed.edit((doc) => textOf(doc).insert(0, 'x'));
      ed.askForState();
      ed.sendUpdate(new Uint8Array([0, 0]));
      await until(() => ed.acknowledged === 4, 'four are acknowledged');
      const counts = ed.received.flatMap((message) => (message.kind === 'ack' ? [message.count] : []));
      expect(counts).toEqual(counts.toSorted((a, b) => a - b));
    });

    it('SY3 sends no acknowledgement to a client that did not ask', async () => {
      const ed = await raw('ed', { query: '' }).synced();
      ed.edit((doc) => textOf(doc).insert(0, 'x'));
      await until(async () => (await committed()).startsWith('x'), 'it is committed');
      ed.askForState();
      await until(
        () => ed.received.filter(({ kind }) => kind === 'step2').length === 2,
        'a later answer is here',
      );
      expect(ed.last('ack')).toBeUndefined();
    });

    it('SY4 answers a client that has everything with the empty update', async () => {
      const ed = await raw('ed').synced();
      ed.askForState();
      await until(
        () => ed.received.filter(({ kind }) => kind === 'step2').length === 2,
        'the second answer is here',
      );
      expect([...(ed.last('step2')?.update ?? [])]).toEqual([0, 0]);
    });

    it('SY4 brings deletions before the empty update, which no state vector tells of', async () => {
      const ed = await raw('ed').synced();
      const eve = await raw('eve').synced();
      const before = Y.encodeStateAsUpdate(eve.doc);
      ed.edit((doc) => textOf(doc).delete(0, 4));
      await until(() => ed.acknowledged === 1, 'the deletion is committed');
      const again = raw('eve');
      Y.applyUpdate(again.doc, before);
      await again.synced();
      expect([...(again.last('step2')?.update ?? [])]).toEqual([0, 0]);
      expect(wordsOf(again.doc)).toBe('talks lasted 75 minutes.');
    });
  });

  describe('refusals', () => {
    /** Sends an update as Ed, and expects that it is refused, named, and in nobody's document. */
    const expectRefused = async (
      make: (doc: Y.Doc) => Uint8Array,
      code: string,
      as: PersonName = 'ed',
    ): Promise<void> => {
      const eve = await raw('eve').synced();
      const sender = await raw(as).synced();
      const before = await node.rooms.read(world.ref, (doc) => Y.encodeStateAsUpdate(doc));
      sender.sendUpdate(make(sender.doc));
      expect(await sender.refusedWith()).toEqual({ code: 4422, reason: code });
      expect(sender.last('refused')).toEqual({ kind: 'refused', index: 1, code });
      // The room goes on for the others, without a trace of it.
      expect(await node.rooms.read(world.ref, (doc) => Y.encodeStateAsUpdate(doc))).toEqual(before);
      eve.edit((doc) => textOf(doc).insert(0, 'Still: '));
      await until(() => eve.acknowledged === 1, 'the room goes on');
      expect(await committed()).toBe('Still: The talks lasted 75 minutes.');
    };

    it('SY5 keeps what came before a refused message, and names its number', async () => {
      const ed = await raw('ed').synced();
      ed.edit((doc) => textOf(doc).insert(0, 'Kept. '));
      ed.sendUpdate(new Uint8Array([0, 0]));
      ed.sendUpdate(new Uint8Array([9, 9, 9]));
      ed.edit((doc) => textOf(doc).insert(0, 'Fallen. '));
      expect(await ed.refusedWith()).toEqual({ code: 4422, reason: 'malformed' });
      expect(ed.last('refused')).toEqual({ kind: 'refused', index: 3, code: 'malformed' });
      expect(ed.acknowledged).toBe(2);
      expect(await committed()).toBe('Kept. The talks lasted 75 minutes.');
    });

    it.each<[string, (doc: Y.Doc) => void]>([
      ['making a claim', (doc) => doc.getMap(CLAIMS_ROOT).set('forged', new Y.Map())],
      ['removing a claim', (doc) => doc.getMap(CLAIMS_ROOT).delete(world.claimId)],
      ['replacing a claim', (doc) => doc.getMap(CLAIMS_ROOT).set(world.claimId, new Y.Map())],
      ['moving a claim', (doc) => entryOf(doc, world.claimId).set('start', new Uint8Array([7]))],
      ['replacing a rationale', (doc) => entryOf(doc, world.claimId).set('rationale', new Y.XmlFragment())],
      ['removing a rationale', (doc) => entryOf(doc, world.claimId).delete('rationale')],
      ['adding a field to a claim', (doc) => entryOf(doc, world.claimId).set('verdict', 'true')],
      ['writing to another root', (doc) => doc.getText('notes').insert(0, 'hello')],
    ])('SY9 refuses %s', (_what, change) => expectRefused((doc) => changeOf(doc, change), 'forbidden_place'));

    it.each<[string, (doc: Y.Doc) => void]>([
      ['a javascript link', (doc) => textOf(doc).format(0, 3, { link: { href: 'javascript:alert(1)' } })],
      [
        'a link with an unknown attribute',
        (doc) => textOf(doc).format(0, 3, { link: { href: 'https://example.org', onclick: 'x' } }),
      ],
      ['an unknown mark', (doc) => textOf(doc).format(0, 3, { highlight: {} })],
      ['an unknown node', (doc) => doc.getXmlFragment(BODY_ROOT).insert(0, [new Y.XmlElement('script')])],
      [
        'a node named like a method',
        (doc) => doc.getXmlFragment(BODY_ROOT).insert(0, [new Y.XmlElement('constructor')]),
      ],
      ['an unknown attribute', (doc) => paragraphOf(doc).setAttribute('onclick', 'x')],
      ['an attribute on text', (doc) => textOf(doc).setAttribute('onclick', 'x')],
      ['an embedded object', (doc) => textOf(doc).insertEmbed(0, { image: 'x' })],
      [
        'a table in a rationale',
        (doc) => rationaleOf(doc, world.claimId).insert(0, [new Y.XmlElement('table')]),
      ],
    ])('SY10 refuses %s', (_what, change) =>
      expectRefused((doc) => changeOf(doc, change), 'forbidden_content'),
    );

    it('SY10 takes what an editor makes', async () => {
      const ed = await raw('ed').synced();
      ed.edit((doc) =>
        textOf(doc).format(0, 3, { link: { href: 'https://example.org', title: null }, strong: {} }),
      );
      ed.edit((doc) => {
        const heading = new Y.XmlElement('heading');
        // y-prosemirror stores numbers as they are, which the types of Yjs do not know.
        heading.setAttribute('level', 2 as unknown as string);
        doc.getXmlFragment(BODY_ROOT).insert(1, [heading]);
      });
      ed.edit((doc) => addParagraph(rationaleOf(doc, world.claimId), 'Because.'));
      await until(() => ed.acknowledged === 3, 'all is taken');
    });

    it('SY11 refuses a gap in a clock', () =>
      expectRefused((doc) => {
        changeOf(doc, () => textOf(doc).insert(0, 'lost'));
        return changeOf(doc, () => textOf(doc).insert(0, 'x'));
      }, 'gap'));

    it('SY11 refuses what leans on an item that was never sent', () =>
      expectRefused((doc) => {
        const other = new Y.Doc();
        Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
        const unsent = changeOf(other, () => textOf(other).insert(0, 'lost'));
        Y.applyUpdate(doc, unsent);
        return changeOf(doc, () => textOf(doc).insert(1, 'x'));
      }, 'gap'));

    it('SY11 refuses to delete what is not there', () =>
      expectRefused(() => new Uint8Array([0, 1, 99, 1, 0, 5]), 'gap'));

    it.each<[string, number[]]>([
      ['nothing', []],
      ['bytes that end too early', [1, 1, 5]],
      ['a count beyond the bytes', [255, 255, 255, 255, 15]],
    ])('SY11 refuses %s in the place of an update', (_what, bytes) =>
      expectRefused(() => new Uint8Array(bytes), 'malformed'),
    );

    it('SY8 refuses to write under the client id of somebody else', async () => {
      const eve = await raw('eve').synced();
      eve.edit((doc) => textOf(doc).insert(0, 'Eve. '));
      await until(() => eve.acknowledged === 1, 'the id is Eve’s');
      const ed = await raw('ed').synced();
      ed.doc.clientID = eve.doc.clientID;
      ed.edit((doc) => textOf(doc).insert(0, 'Forged. '));
      expect(await ed.refusedWith()).toEqual({ code: 4422, reason: 'foreign_client' });
      expect(await committed()).toBe('Eve. The talks lasted 75 minutes.');
    });

    it('SY8 does not call saved what says something else under an id that is known', async () => {
      const [eve, ed] = [await raw('eve').synced(), await raw('ed').synced()];
      ed.doc.clientID = eve.doc.clientID;
      // Made before either heard of the other, as by two sessions that drew one id; no longer than what is there.
      const forged = changeOf(ed.doc, (doc) => textOf(doc).insert(0, 'Ed. '));
      eve.edit((doc) => textOf(doc).insert(0, 'Eve. '));
      await until(() => eve.acknowledged === 1, 'the id is Eve’s');
      ed.sendUpdate(forged);
      expect(await ed.refusedWith()).toEqual({ code: 4422, reason: 'foreign_client' });
      expect(await committed()).toBe('Eve. The talks lasted 75 minutes.');
    });

    it('SY8 lets one person write under the same client id again', async () => {
      const first = await raw('eve').synced();
      first.edit((doc) => textOf(doc).insert(0, 'One. '));
      await until(() => first.acknowledged === 1, 'it is committed');
      first.close();
      const again = await raw('eve').synced();
      again.doc.clientID = first.doc.clientID;
      again.edit((doc) => textOf(doc).insert(0, 'Two. '));
      await until(() => again.acknowledged === 1, 'it is committed');
    });
  });

  describe('rights', () => {
    it.each(['vera', 'carl'] as const)('SY6 lets %s read, and closes with 4403 on a change', async (name) => {
      const reader = await raw(name).synced();
      reader.sendSync(1, Y.encodeStateAsUpdate(reader.doc));
      reader.sendUpdate(new Uint8Array([0, 0]));
      await until(() => reader.acknowledged === 2, 'what is not new is fine');
      reader.edit((doc) => textOf(doc).insert(0, 'x'));
      expect((await reader.refusedWith()).code).toBe(4403);
      expect(await committed()).toBe('The talks lasted 75 minutes.');
    });

    it('SY7 refuses the text while it is locked, at once, and takes it when unlocked', async () => {
      const ed = await raw('ed').synced();
      await world.setLocked(node, true);
      ed.edit((doc) => textOf(doc).insert(0, 'x'));
      expect(await ed.refusedWith()).toEqual({ code: 4422, reason: 'report_locked' });
      await world.setLocked(node, false);
      const again = await raw('ed').synced();
      again.edit((doc) => textOf(doc).insert(0, 'x'));
      await until(() => again.acknowledged === 1, 'it is taken');
    });

    it('SY7 refuses deletions and what stands beside deleted words in a locked text', async () => {
      const ed = await raw('ed').synced();
      ed.edit((doc) => textOf(doc).delete(4, 6));
      await until(() => ed.acknowledged === 1, 'it is committed');
      await world.setLocked(node, true);
      for (const change of [
        (doc: Y.Doc) => textOf(doc).delete(0, 1),
        (doc: Y.Doc) => textOf(doc).insert(4, 'x'),
      ]) {
        const client = await raw('ed').synced();
        client.edit(change);
        expect(await client.refusedWith()).toEqual({ code: 4422, reason: 'report_locked' });
      }
      expect(await committed()).toBe('The lasted 75 minutes.');
    });

    it('SY17 cuts the sockets of a member with the reason, and nobody else', async () => {
      const ed = await raw('ed').synced();
      const eve = await raw('eve').synced();
      node.rooms.cut({ memberId: world.memberId('ed') }, 4403);
      expect((await ed.refusedWith()).code).toBe(4403);
      node.rooms.cut({ tokenId: 'token-eve', workspaceId: world.workspaceId }, 4401);
      expect((await eve.refusedWith()).code).toBe(4401);
    });

    it('SY17 cuts everybody from a report that was deleted, and nobody without a target', async () => {
      const ed = await raw('ed').synced();
      node.rooms.cut({}, 4404);
      node.rooms.cut({ reportId: world.claimId }, 4404);
      expect(ed.isOpen).toBe(true);
      node.rooms.cut({ reportId: world.reportId }, 4404);
      expect((await ed.refusedWith()).code).toBe(4404);
    });
  });

  describe('the door', () => {
    it.each<[string, PersonName | 'nobody', string | undefined, number]>([
      ['nobody', 'nobody', undefined, 4401],
      ['an unknown report', 'ed', '00000000-0000-4000-8000-000000000000', 4404],
      ['an id that is none', 'ed', 'report', 4404],
      ['no id', 'ed', '', 4404],
      ['a strange address', 'ed', '%ff/..//', 4404],
    ])('SY12 accepts and then closes for %s', async (_what, name, reportId, code) => {
      expect((await raw(name, reportId === undefined ? {} : { reportId }).refusedWith()).code).toBe(code);
    });

    it.each([
      ['too old a client of ours', '?ack=1&v=0', 'client_too_old'],
      ['a client that has the document of another epoch', '?epoch=7', 'epoch_changed'],
    ])('SY25 turns %s away with 4409', async (_what, query, reason) => {
      expect(await raw('ed', { query }).refusedWith()).toEqual({ code: 4409, reason });
    });

    it('SY25 lets in who says the right epoch, or none', async () => {
      expect(await raw('ed', { query: '?ack=1&v=1&epoch=1' }).synced()).toMatchObject({ closed: null });
      expect(await raw('ed', { query: '?v=nonsense&epoch=' }).synced()).toMatchObject({ closed: null });
    });

    it('SY12 refuses a foreign origin by HTTP 403', async () => {
      const client = raw('ed', { headers: { origin: 'https://evil.example' } });
      await until(() => client.status !== null, 'it is answered');
      expect(client.status).toBe(403);
    });

    it('SY12 loses no message that comes before the admission ends', async () => {
      const ed = raw('ed');
      const update = changeOf(ed.doc, (doc) => addParagraph(doc.getXmlFragment(BODY_ROOT), 'Early.'));
      ed.socket.on('open', () => {
        ed.sendUpdate(update);
        ed.askForState();
      });
      await until(() => ed.acknowledged === 1 && ed.last('step2') !== undefined, 'both are answered');
    });

    it('SY12 ignores messages of a type that it does not know', async () => {
      const ed = await raw('ed').synced();
      ed.sendFrame(new Uint8Array([77, 1, 2, 3]));
      ed.edit((doc) => textOf(doc).insert(0, 'x'));
      await until(() => ed.acknowledged === 1, 'the next is taken');
    });
  });

  describe('limits', () => {
    it('SY15 closes a socket that sends too large a frame, update or awareness with 4413', async () => {
      const [frame, update, awareness] = [
        await raw('ed').synced(),
        await raw('ed').synced(),
        await raw('ed').synced(),
      ];
      frame.sendFrame(new Uint8Array(2 * 1024 * 1024 + 1));
      update.sendUpdate(new Uint8Array(512 * 1024 + 1));
      awareness.sendAwareness(5, 1, { note: 'x'.repeat(3_000) });
      for (const client of [frame, update, awareness]) expect((await client.refusedWith()).code).toBe(4413);
    });

    it('SY14 reads a socket above the rate more slowly, in order, and closes it not', async () => {
      const ed = await raw('ed').synced();
      const started = Date.now();
      for (let i = 0; i < 260; i++) ed.edit((doc) => textOf(doc).insert(0, 'a'));
      await until(() => ed.acknowledged === 260, 'all are taken');
      expect(Date.now() - started).toBeGreaterThan(700);
      expect(await committed()).toBe(`${'a'.repeat(260)}The talks lasted 75 minutes.`);
      expect(ed.isOpen).toBe(true);
    });

    it('SY14 closes a flood with 4429', async () => {
      const ed = await raw('ed').synced();
      for (let i = 0; i < 100; i++) ed.askForState();
      expect((await ed.refusedWith()).code).toBe(4429);
    });

    it('SY16 cuts a reader that does not read with 1013', async () => {
      const slow = await raw('eve').synced();
      slow.socket.pause();
      const ed = await raw('ed').synced();
      const words = 'w'.repeat(400_000);
      // More than the server keeps for a reader and the kernels between hold. Each deletion comes in a commit of its
      // own, or what it deletes would not be sent at all.
      let sent = 0;
      for (let i = 0; i < 60 && node.rooms.stats().connections > 1; i++) {
        for (const change of [
          (text: Y.XmlText) => text.insert(0, words),
          (text: Y.XmlText) => text.delete(0, words.length),
        ]) {
          ed.edit((doc) => change(textOf(doc)));
          sent += 1;
          await until(() => ed.acknowledged === sent, 'it is committed');
        }
      }
      slow.socket.resume();
      expect((await slow.refusedWith()).code).toBe(1013);
    });
  });

  describe('presence', () => {
    it('SY13 writes who it is into each state, whatever the client says', async () => {
      const eve = await raw('eve').synced();
      const ed = await raw('ed').synced();
      ed.sendAwareness(7, 1, {
        user: { id: 'x', name: 'The Pope', color: 'red', more: 1 },
        cursor: { at: 3 },
      });
      await until(() => eve.stateOf(7) !== undefined, 'Eve sees Ed');
      expect(eve.stateOf(7)).toEqual({
        user: { id: world.memberId('ed'), name: 'ed', color: '#123456', more: 1 },
        cursor: { at: 3 },
      });
    });

    it('SY13 binds one client id to a socket and lets nobody speak for another', async () => {
      const [ed, eve, carl] = [
        await raw('ed').synced(),
        await raw('eve').synced(),
        await raw('carl').synced(),
      ];
      ed.sendAwareness(7, 1, { at: 'Ed' });
      eve.sendAwareness(8, 1, { at: 'Eve' });
      await until(() => carl.stateOf(7) !== undefined && carl.stateOf(8) !== undefined, 'Carl sees both');
      eve.sendAwareness(7, 9, { at: 'forged' });
      eve.sendAwareness(9, 1, { at: 'second' });
      eve.sendAwareness(8, 2, { at: 'Eve again' });
      await until(() => carl.stateOf(8)?.['at'] === 'Eve again', 'the later one is here');
      expect([carl.stateOf(7)?.['at'], carl.stateOf(9)]).toEqual(['Ed', undefined]);
    });

    it('SY13 tells who left, and who comes again with an old clock', async () => {
      const eve = await raw('eve').synced();
      const ed = await raw('ed').synced();
      ed.sendAwareness(7, 4, { at: 1 });
      await until(() => eve.stateOf(7) !== undefined, 'Eve sees Ed');
      ed.close();
      await until(() => eve.stateOf(7) === null, 'Eve sees him leave');
      const again = await raw('ed').synced();
      again.sendAwareness(7, 4, { at: 2 });
      await until(() => eve.stateOf(7)?.['at'] === 2, 'Eve sees him again');
    });

    it('SY24 names each person with an open socket once', async () => {
      const changes: string[] = [];
      node.rooms.onPeopleChanged(({ reportId }) =>
        changes.push(
          node.rooms
            .people(reportId)
            .map(({ name }) => name)
            .join(),
        ),
      );
      const first = await raw('ed').synced();
      await raw('ed').synced();
      await raw('eve').synced();
      expect(node.rooms.people(world.reportId).map(({ name }) => name)).toEqual(['ed', 'eve']);
      first.close();
      await raw('carl').synced();
      expect(changes).toEqual(['ed', 'ed,eve', 'ed,eve,carl']);
    });
  });

  it('SY21 commits and acknowledges what arrived, then closes with 1012', async () => {
    const ed = await raw('ed').synced();
    const hold = await holdHead(database, world.reportId);
    ed.edit((doc) => textOf(doc).insert(0, 'Last. '));
    ed.askForState();
    await until(() => ed.received.filter(({ kind }) => kind === 'step2').length === 2, 'it has arrived');
    const drained = node.rooms.drain();
    const late = raw('eve');
    expect((await late.refusedWith()).code).toBe(1012);
    expect(ed.isOpen).toBe(true);
    await hold.release();
    expect((await ed.refusedWith()).code).toBe(1012);
    expect(ed.acknowledged).toBe(1);
    await drained;
    const other = await world.startNode();
    expect(await other.rooms.read(world.ref, wordsOf)).toBe('Last. The talks lasted 75 minutes.');
  });

  it('SY21 acknowledges also what nobody has read yet, from who is just coming in', async () => {
    const ed = await raw('ed').open();
    ed.edit((doc) => addParagraph(doc.getXmlFragment(BODY_ROOT), 'Late.'));
    await node.rooms.drain();
    expect([ed.acknowledged, ed.closed?.code]).toEqual([1, 1012]);
  });

  onlyWhere(engine === 'postgres')('SY15 ends a frame that is no message with 4422', async () => {
    const ed = await raw('ed').synced();
    ed.sendFrame(encoding.encode((encoder) => encoding.writeVarUint(encoder, 0)));
    expect(await ed.refusedWith()).toEqual({ code: 4422, reason: 'malformed' });
  });
});

function entryOf(doc: Y.Doc, claimId: string): Y.Map<unknown> {
  const entry = doc.getMap(CLAIMS_ROOT).get(claimId);
  if (!(entry instanceof Y.Map)) throw new Error('no entry');
  return entry;
}

function paragraphOf(doc: Y.Doc): Y.XmlElement {
  const paragraph = doc.getXmlFragment(BODY_ROOT).get(0);
  if (!(paragraph instanceof Y.XmlElement)) throw new Error('no paragraph');
  return paragraph;
}

/** Keeps commits to a document waiting until released: its head is locked (and the embedded connection busy). */
async function holdHead(database: Database, docId: string): Promise<{ release: () => Promise<void> }> {
  let letGo = (): void => undefined;
  const released = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  let isHeld = false;
  const transaction = database.db.transaction(async (tx) => {
    await tx.execute(sql`SELECT 1 FROM doc_heads WHERE doc_id = ${docId} FOR UPDATE`);
    isHeld = true;
    await released;
  });
  await until(() => isHeld, 'the head is held');
  return {
    release: async () => {
      letGo();
      await transaction;
    },
  };
}
