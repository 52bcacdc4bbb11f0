/** What the examination of an update lets pass and what it refuses, one forgery a test. */
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { BODY_ROOT, CLAIMS_ROOT } from '#core/text/schema.ts';
import type { Rights } from '#server/sync/inspect.ts';
import * as limits from '#server/sync/limits.ts';
import { contentOf } from '#tests/fuzz/document-content.ts';
import { encodeRaw, rawItem } from '#tests/fuzz/forging.ts';
import { CLAIM_ID, editing, PlainServer, reading } from '#tests/fuzz/plain-server.ts';
import { changeOf } from './raw-client.ts';
import { addParagraph, rationaleOf, textOf } from './sync-world.ts';

const locked: Rights = { ...editing, locked: true };
/** The client of the one who forges, and of somebody else. */
const [OWN, OTHER] = [4711, 4712];

/** Ed's copy of the document, under the client id `OWN`. */
function copyFor(server: PlainServer, clientId = OWN): Y.Doc {
  const doc = server.document.copy();
  doc.clientID = clientId;
  return doc;
}

function outcome(server: PlainServer, update: Uint8Array, rights: Rights = editing): string {
  const trial = server.receive(update, 'ed', rights);
  return trial.kind === 'refused' ? trial.code : trial.kind;
}

const idOf = (type: Y.AbstractType<never> | Y.XmlText | Y.XmlFragment): Y.ID => {
  if (type._item === null) throw new Error('a root has no id');
  return type._item.id;
};

const words = (text: string): Y.Item['content'] => new Y.ContentString(text);

describe('an update that is not what it seems', () => {
  it('SY31 is refused when a client has two sections, of which Yjs reads the last only', () => {
    const server = new PlainServer();
    const harmless = rawItem({
      id: Y.createID(OWN, 0),
      parent: idOf(rationaleOf(server.document.doc, CLAIM_ID)),
      content: new Y.ContentDeleted(6),
    });
    const forged = rawItem({
      id: Y.createID(OWN, 0),
      parent: idOf(textOf(server.document.doc)),
      content: words('forged'),
    });
    expect(outcome(server, encodeRaw([[harmless], [forged]]), locked)).toBe('malformed');
  });

  it('SY31 is refused when bytes follow its end', () => {
    const server = new PlainServer();
    const update = changeOf(copyFor(server), (doc) => textOf(doc).insert(0, 'x'));
    expect(outcome(server, new Uint8Array([...update, 0]))).toBe('malformed');
    expect(outcome(server, update)).toBe('applied');
  });

  it('SY31 is refused when it goes on from known words elsewhere than they stand', () => {
    const server = new PlainServer();
    const doc = copyFor(server);
    outcome(
      server,
      changeOf(doc, () => addParagraph(rationaleOf(doc, CLAIM_ID), '')),
    );
    const id = Y.createID(OWN, Y.getState(doc.store, OWN));
    outcome(
      server,
      changeOf(doc, () => textOf(doc).insert(0, 'known')),
    );
    // `known` stands in the text, which is locked now; what follows it claims to stand in the rationale.
    const paragraph = rationaleOf(server.document.doc, CLAIM_ID).get(0);
    const text = paragraph instanceof Y.XmlElement ? paragraph.get(0) : null;
    if (!(text instanceof Y.XmlText)) throw new Error('no text in the rationale');
    const place = idOf(text);
    const forged = rawItem({ id, parent: place, content: words('known and forged') });
    expect(outcome(server, encodeRaw([[forged]]), locked)).toBe('malformed');
    expect(JSON.stringify(contentOf(server.document.doc))).not.toContain('forged');
  });

  it('SY31 is refused when an item’s neighbours stand in two places', () => {
    const server = new PlainServer();
    const text = textOf(server.document.doc);
    const entry = server.document.doc.getMap(CLAIMS_ROOT).get(CLAIM_ID);
    const start = entry instanceof Y.Map ? entry._map.get('start') : undefined;
    const forged = rawItem({
      id: Y.createID(OWN, 0),
      origin: text._start?.lastId ?? null,
      rightOrigin: start?.id ?? null,
      content: words('x'),
    });
    expect(outcome(server, encodeRaw([[forged]]))).toBe('malformed');
  });

  it.each([
    ['before its origin', 2, 1],
    ['its origin', 1, 1],
  ])('SY33 is refused when an item’s right origin is %s', (_what, left, right) => {
    const server = new PlainServer('abcd');
    const { client = 0, clock = 0 } = textOf(server.document.doc)._start?.id ?? {};
    const between = (from: number, to: number): Uint8Array =>
      encodeRaw([
        [
          rawItem({
            id: Y.createID(OWN, 0),
            origin: Y.createID(client, clock + from),
            rightOrigin: Y.createID(client, clock + to),
            content: words('x'),
          }),
        ],
      ]);
    expect(outcome(server, between(left, right))).toBe('malformed');
    expect(outcome(server, between(0, 1))).toBe('applied');
  });

  it.each([
    ['words that its right neighbour was written behind', 0, 3, 'malformed'],
    ['nothing but what others wrote meanwhile', 1, 2, 'applied'],
  ] as const)('SY33 is looked at when between its neighbours are %s', (_what, left, right, kind) => {
    const server = new PlainServer('abcd');
    const { client = 0, clock = 0 } = textOf(server.document.doc)._start?.id ?? {};
    outcome(
      server,
      changeOf(copyFor(server, OTHER), (other) => textOf(other).insert(2, '-')),
    );
    const forged = rawItem({
      id: Y.createID(OWN, 0),
      origin: Y.createID(client, clock + left),
      rightOrigin: Y.createID(client, clock + right),
      content: words('x'),
    });
    expect(outcome(server, encodeRaw([[forged]]))).toBe(kind);
  });

  it('SY8 is refused when it says something else of known words that were cut since', () => {
    const server = new PlainServer();
    const doc = copyFor(server);
    outcome(
      server,
      changeOf(doc, () => textOf(doc).insert(0, 'known')),
    );
    outcome(
      server,
      changeOf(copyFor(server, OTHER), (other) => textOf(other).insert(2, '-')),
    );
    const parent = idOf(textOf(doc));
    const again = (text: string): Uint8Array =>
      encodeRaw([[rawItem({ id: Y.createID(OWN, 0), parent, content: words(text) })]]);
    expect(outcome(server, again('knife'))).toBe('foreign_client');
    expect(outcome(server, again('known'))).toBe('nothing new');
  });

  it('SY31 leaves no root behind that it names beside known items', () => {
    const server = new PlainServer();
    const doc = copyFor(server);
    const known = changeOf(doc, () => textOf(doc).insert(0, 'known'));
    outcome(server, known);
    const more = changeOf(doc, () => textOf(doc).insert(5, ' more'));
    const again = rawItem({ id: Y.createID(OWN, 0), parent: 'notes', content: words('known') });
    const [next] = Y.decodeUpdate(more).structs;
    expect(outcome(server, encodeRaw([next === undefined ? [again] : [again, next]]))).toBe(
      'forbidden_place',
    );
  });
});

describe('an update of more than an editor makes', () => {
  it('SY32 is refused with nodes nested without end, in one update too', () => {
    const server = new PlainServer();
    const nest = (levels: number): Uint8Array =>
      changeOf(copyFor(server), (doc) => {
        let parent: Y.XmlFragment = doc.getXmlFragment(BODY_ROOT);
        for (let i = 0; i < levels; i++) {
          const quote = new Y.XmlElement('blockquote');
          parent.insert(0, [quote]);
          parent = quote;
        }
      });
    expect(outcome(server, nest(limits.MAX_DEPTH + 2))).toBe('forbidden_content');
    expect(outcome(server, nest(30_000))).toMatch(/forbidden_content|malformed/);
    expect(outcome(server, nest(limits.MAX_DEPTH - 1))).toBe('applied');
  });

  it.each<[string, (doc: Y.Doc) => void]>([
    ['words beside paragraphs', (doc) => doc.getXmlFragment(BODY_ROOT).insert(0, [new Y.XmlText('x')])],
    [
      'a list item without a list',
      (doc) => doc.getXmlFragment(BODY_ROOT).insert(0, [new Y.XmlElement('list_item')]),
    ],
    [
      'a long link',
      (doc) => textOf(doc).format(0, 3, { link: { href: `https://example.org/${'x'.repeat(40_000)}` } }),
    ],
    ['more links than a page has', linkEverything],
  ])('SY32 is refused with %s', (_what, change) => {
    const server = new PlainServer('x'.repeat(4_000));
    expect(outcome(server, changeOf(copyFor(server), change))).toBe('forbidden_content');
  });

  function linkEverything(doc: Y.Doc): void {
    const text = textOf(doc);
    for (let at = 0; at < 200; at += 2)
      text.format(at, 1, { link: { href: `https://example.org/${at}/${'x'.repeat(3_900)}` } });
  }

  it('SY32 is refused with more sessions than anybody has offline', () => {
    const server = new PlainServer();
    const parent = idOf(textOf(server.document.doc));
    const sessions = (count: number): Uint8Array =>
      encodeRaw(
        Array.from({ length: count }, (_, i) => [
          rawItem({ id: Y.createID(OWN + i, 0), parent, content: words('x') }),
        ]),
      );
    expect(outcome(server, sessions(limits.MAX_NEW_CLIENTS + 1))).toBe('malformed');
    expect(outcome(server, sessions(limits.MAX_NEW_CLIENTS))).toBe('applied');
  });

  it.each<[string, Y.Item['content']]>([
    ['a document', new Y.ContentDoc(new Y.Doc())],
    ['an embedded object', new Y.ContentEmbed({})],
    ['values in the old encoding', new Y.ContentJSON([1])],
  ])('SY32 is refused with %s before it is made', (_what, content) => {
    const server = new PlainServer();
    const item = rawItem({ id: Y.createID(OWN, 0), parent: idOf(textOf(server.document.doc)), content });
    expect(outcome(server, encodeRaw([[item]]))).toBe('forbidden_content');
  });
});

describe('lengths and counts', () => {
  const HUGE = [255, 255, 255, 255, 7];
  it.each<[string, number[]]>([
    ['clients', [...HUGE]],
    ['items', [1, ...HUGE, 5, 0]],
    ['deleted items', [1, 1, 5, 0, 1, 1, 4, 98, 111, 100, 121, 255, 255, 255, 255, 255, 255, 255, 15, 0]],
    ['collected items', [1, 1, 5, 0, 0, 255, 255, 255, 255, 255, 255, 255, 15, 0]],
    ['skipped items', [1, 1, 5, 0, 10, ...HUGE, 0]],
    ['characters', [1, 1, 5, 0, 4, 1, 4, 98, 111, 100, 121, ...HUGE, 120]],
    ['values', [1, 1, 5, 0, 8, 1, 4, 98, 111, 100, 121, ...HUGE, 125, 1]],
    ['deletions', [0, ...HUGE]],
    ['deletions of a client', [0, 1, 5, ...HUGE, 0, 1]],
    [
      'levels of a value',
      [
        1,
        1,
        5,
        0,
        8,
        1,
        4,
        98,
        111,
        100,
        121,
        1,
        ...Array.from({ length: 200_000 }, (_, i) => (i % 2 === 0 ? 117 : 1)),
      ],
    ],
  ])('SY11 are not believed: %s', (_what, bytes) => {
    const before = process.memoryUsage();
    expect(outcome(new PlainServer(), new Uint8Array(bytes))).toMatch(/malformed|gap|forbidden/);
    const after = process.memoryUsage();
    expect(after.arrayBuffers + after.heapUsed - before.arrayBuffers - before.heapUsed).toBeLessThan(
      100 * 1024 * 1024,
    );
  });
});

describe('what honest clients do', () => {
  it('SY1 lets a client send what it deleted and collected offline, and nobody another’s', () => {
    const server = new PlainServer();
    const doc = copyFor(server);
    const away = changeOf(doc, () => {
      addParagraph(doc.getXmlFragment(BODY_ROOT), 'offline');
      addParagraph(doc.getXmlFragment(BODY_ROOT), 'offline too');
    });
    changeOf(doc, () => doc.getXmlFragment(BODY_ROOT).delete(1, 1));
    const all = Y.encodeStateAsUpdate(doc, server.document.stateVector);
    expect(Y.decodeUpdate(all).structs.some((struct) => struct instanceof Y.GC)).toBe(true);
    expect(outcome(server, all)).toBe('applied');
    expect(outcome(server, away)).toBe('nothing new');
    server.owners.set(OTHER, 'eve');
    expect(outcome(server, encodeRaw([[new Y.GC(Y.createID(OTHER, 0), 3)]]))).toBe('foreign_client');
  });

  it('SY30 lets Yjs tidy away marks on a reader’s machine, and passes over a reader who takes marks that are seen', () => {
    const server = new PlainServer('Two words');
    const doc = copyFor(server);
    outcome(
      server,
      changeOf(doc, () => textOf(doc).format(0, 9, { strong: {} })),
    );
    const before = contentOf(server.document.doc);
    const stripping = encodeRaw([], [[OWN, 0, 2]]);
    expect(outcome(server, stripping, reading)).toBe('nothing new');
    expect(outcome(server, stripping, locked)).toBe('report_locked');
    expect(contentOf(server.document.doc)).toEqual(before);
    server.append(idleMark(doc));
    const tidying = encodeRaw([], [[OTHER, 0, 1]]);
    expect(outcome(server, tidying, reading)).toBe('applied');
    expect(contentOf(server.document.doc)).toEqual(before);
    expect(outcome(server, tidying, reading)).toBe('nothing new');
  });

  it('SY1 cuts a character of two units in the same way for everybody', () => {
    const server = new PlainServer('a😀b');
    const eve = server.document.copy();
    const parts: [string, Y.ID | null, Y.ID | null][] = [];
    const { client = 0, clock = 0 } = textOf(server.document.doc)._start?.id ?? {};
    parts.push(['between', Y.createID(client, clock + 1), Y.createID(client, clock + 2)]);
    for (const [said, origin, rightOrigin] of parts)
      outcome(
        server,
        encodeRaw([[rawItem({ id: Y.createID(OWN, 0), origin, rightOrigin, content: words(said) })]]),
      );
    // Eve hears of it entry by entry, the log is read in one go, a newcomer gets what became of it.
    for (const entry of server.log.slice(1)) Y.applyUpdate(eve, entry);
    const newcomer = new Y.Doc();
    Y.applyUpdate(newcomer, server.document.state);
    const expected = contentOf(server.document.doc);
    expect(JSON.stringify(expected)).toContain('a\ufffdbetween\ufffdb');
    for (const doc of [eve, newcomer, server.replayed().doc]) expect(contentOf(doc)).toEqual(expected);
  });

  it('SY2 shows no tidying of its own that the log does not have', () => {
    const server = new PlainServer('Two words');
    const doc = copyFor(server);
    outcome(
      server,
      changeOf(doc, () => textOf(doc).format(0, 9, { strong: {} })),
    );
    const shown = server.append(idleMark(doc));
    expect(isGone(server.document.doc)).toBe(false);
    expect(isGone(server.replayed().doc)).toBe(false);
    expect(Y.decodeUpdate(shown ?? new Uint8Array([0, 0])).ds.clients.size).toBe(0);
    // What another's Yjs tidies must reach the log and not only look known.
    expect(outcome(server, encodeRaw([], [[OTHER, 0, 1]]))).toBe('applied');
    expect([isGone(server.document.doc), isGone(server.replayed().doc)]).toEqual([true, true]);
  });

  /** What a command may leave behind: a mark before one of the same kind, which Yjs deletes where it is received. */
  function idleMark(doc: Y.Doc): Uint8Array {
    const rightOrigin = textOf(doc)._start?.id ?? null;
    return encodeRaw([
      [rawItem({ id: Y.createID(OTHER, 0), rightOrigin, content: new Y.ContentFormat('strong', {}) })],
    ]);
  }

  function isGone(doc: Y.Doc): boolean {
    return Y.isDeleted(Y.createDeleteSetFromStructStore(doc.store), Y.createID(OTHER, 0));
  }
});
