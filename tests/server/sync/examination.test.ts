/** SY27: what several sockets bring in one batch. */
import { expect, it } from 'vitest';
import * as Y from 'yjs';
import { BODY_ROOT } from '#core/text/schema.ts';
import { Connection } from '#server/sync/connection.ts';
import { CommittedDocument } from '#server/sync/document.ts';
import { Draft } from '#server/sync/draft.ts';
import { Examination, type Examined, type Incoming } from '#server/sync/examination.ts';
import { changeOf } from './raw-client.ts';
import { addParagraph, firstUpdate, textOf } from './sync-world.ts';

const CLAIM_ID = '00000000-0000-4000-8000-000000000001';

class Desk {
  readonly document = new CommittedDocument({
    workspaceId: 'w',
    locked: false,
    epoch: 1,
    headSeq: 1,
    snapshotSeq: 0,
    tailBytes: 0,
    entries: [{ seq: 1, data: firstUpdate('The talks lasted 75 minutes.', CLAIM_ID) }],
  });
  readonly draft = new Draft(() => this.document.copy());
  #messages = 0;

  /** Somebody with a document of their own. */
  person(name: string): { type(words: string): Incoming; send(change: (doc: Y.Doc) => void): Incoming } {
    const doc = this.document.copy();
    const connection = socket();
    const send = (change: (doc: Y.Doc) => void): Incoming => {
      const update = changeOf(doc, change);
      return {
        connection,
        memberId: name,
        index: ++this.#messages,
        update,
        bytes: update.length,
        comesEarly: false,
        isWhole: false,
      };
    };
    return { send, type: (words) => send((own) => addParagraph(own.getXmlFragment(BODY_ROOT), words)) };
  }

  /** Bytes that the document may still grow by. */
  space = Number.POSITIVE_INFINITY;

  examine(...batch: Incoming[]): Promise<Examined> {
    const room = {
      isLocked: () => false,
      hasSpaceFor: (bytes: number) => bytes <= this.space,
      ownerOf: () => undefined,
      catchUp: () => Promise.resolve('nothing' as const),
    };
    return new Examination(room, this.draft, new Set()).examine(batch);
  }

  /** The text once these are committed. */
  textAfter({ accepted }: Examined): string {
    this.document.advance(
      accepted.map(({ update }, i) => ({ seq: this.document.seq + 1 + i, data: update })),
    );
    return this.document.doc.getXmlFragment(BODY_ROOT).toJSON();
  }
}

/** The examination asks a socket for its rights and tells it from others, no more. */
function socket(): Connection {
  const nothing = (): void => undefined;
  const wire = {
    send: nothing,
    buffered: () => 0,
    setPaused: nothing,
    ping: nothing,
    close: nothing,
    terminate: nothing,
  };
  const connection = new Connection(wire, true, () => 0);
  connection.rights = () => ({ body: true, rationale: true });
  return connection;
}

const forbidden = (doc: Y.Doc): void => doc.getXmlFragment(BODY_ROOT).insert(0, [new Y.XmlElement('script')]);

it('SY27 makes one entry of the log of what one socket brings', async () => {
  const desk = new Desk();
  const [ana, ben] = [desk.person('ana'), desk.person('ben')];
  const alone = await desk.examine(ana.type('One.'), ana.type('Two.'));
  expect(alone.accepted).toHaveLength(1);
  desk.textAfter(alone);
  desk.draft.settled();
  const both = await desk.examine(ana.type('Three.'), ben.type('Four.'), ana.type('Five.'), ben.type('Six.'));
  expect(both.accepted.map(({ memberId }) => memberId)).toEqual(['ana', 'ben']);
  const text = desk.textAfter(both);
  for (const words of ['One.', 'Two.', 'Three.', 'Four.', 'Five.', 'Six.']) expect(text).toContain(words);
  expect(desk.document.doc.store.pendingStructs).toBeNull();
});

it('SY27 refuses one of a batch, with what came after it on its socket, and keeps the others', async () => {
  const desk = new Desk();
  const [ana, eve, ben] = [desk.person('ana'), desk.person('eve'), desk.person('ben')];
  const early = eve.type('Said before.');
  const bad = eve.send(forbidden);
  const examined = await desk.examine(
    ana.type('One.'),
    early,
    bad,
    ben.type('Two.'),
    eve.type('After.'),
    ana.type('Three.'),
  );
  expect([...examined.rejected]).toEqual([[bad, { kind: 'refused', code: 'forbidden_content' }]]);
  const text = desk.textAfter(examined);
  for (const words of ['One.', 'Said before.', 'Two.', 'Three.']) expect(text).toContain(words);
  expect(text).not.toMatch(/script|After\./);
});

it('SY27 does not call a message known because of one beside it that is refused', async () => {
  const desk = new Desk();
  const eve = desk.person('eve');
  const bad = eve.send(forbidden);
  // The same bytes by another socket of hers.
  const again = { ...bad, connection: socket(), index: 99 };
  const examined = await desk.examine(bad, again);
  expect(examined.accepted).toEqual([]);
  expect(examined.rejected.size).toBe(2);
});

it('SY27 names the message that claims a client id, so that only its socket loses a race for it', async () => {
  const desk = new Desk();
  const [ana, ben] = [desk.person('ana'), desk.person('ben')];
  const [first, second, other] = [ana.type('One.'), ana.type('Two.'), ben.type('Three.')];
  const { accepted } = await desk.examine(first, other, second);
  expect(accepted.map(({ claims }) => [...claims.values()])).toEqual([[first], [other]]);
});

it('SY37 lets a full document be read and be made smaller, and counts what the batch itself brings', async () => {
  const desk = new Desk();
  const [ana, ben, cara] = [desk.person('ana'), desk.person('ben'), desk.person('cara')];
  desk.space = 0;
  const deletes = ana.send((doc) => textOf(doc).delete(0, 4));
  const repeats = { ...cara.type(''), update: Y.encodeStateAsUpdate(desk.document.doc) };
  const full = await desk.examine(deletes, repeats);
  expect(full.rejected.size).toBe(0);
  expect(desk.textAfter(full)).toContain('talks lasted');
  desk.draft.settled();

  desk.space = 1_500;
  const [first, second] = [ana.type('a'.repeat(1_000)), ben.type('b'.repeat(1_000))];
  const both = await desk.examine(first, second);
  expect([...both.rejected]).toEqual([[second, { kind: 'too large' }]]);
  expect(desk.textAfter(both)).toContain('a'.repeat(1_000));
});

it('SY37 measures what a SyncStep2 changes, not the old deletions that it repeats', async () => {
  const desk = new Desk();
  const ana = desk.person('ana');
  desk.textAfter(
    await desk.examine(
      ana.send((doc) => {
        const text = textOf(doc);
        text.insert(0, 'ab'.repeat(3_000));
        for (let at = 0; at < 3_000; at += 1) text.delete(at, 1);
      }),
    ),
  );
  desk.draft.settled();
  desk.space = 200;
  const own = desk.document.copy();
  textOf(own).insert(0, 'x');
  const update = Y.encodeStateAsUpdate(own, Y.encodeStateVector(desk.document.doc));
  expect(update.length).toBeGreaterThan(5_000);
  const { accepted, rejected } = await desk.examine({ ...ana.type(''), update });
  expect(rejected.size).toBe(0);
  expect(accepted[0]?.update.length).toBeLessThan(200);
});
