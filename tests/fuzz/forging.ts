/**
 * Updates that no Yjs client makes, drawn from a seed: an honest change of a forger's own document, taken apart, with
 * one thing in it that is not so. Some come out harmless; the server has to know which.
 */
import { writeVarUint } from 'lib0/encoding';
import * as Y from 'yjs';
import { BODY_ROOT, CLAIMS_ROOT } from '#core/text/schema.ts';
import { changeOf } from '#tests/server/sync/raw-client.ts';
import { editSomething } from './editing.ts';
import { CLAIM_ID } from './plain-server.ts';
import { pick, type Random } from './random.ts';

type Struct = Y.Item | Y.GC | Y.Skip;
/** One client's structs, in the order of their clocks. */
type Section = Struct[];
type Range = readonly [client: number, clock: number, length: number];

/** Encodes whatever it is given. */
export function encodeRaw(sections: readonly Section[], deletions: readonly Range[] = []): Uint8Array {
  const encoder = new Y.UpdateEncoderV1();
  const { restEncoder } = encoder;
  writeVarUint(restEncoder, sections.length);
  for (const section of sections) {
    writeVarUint(restEncoder, section.length);
    encoder.writeClient(section[0]?.id.client ?? 0);
    writeVarUint(restEncoder, section[0]?.id.clock ?? 0);
    for (const struct of section) struct.write(encoder, 0);
  }
  writeVarUint(restEncoder, deletions.length);
  for (const [client, clock, length] of deletions)
    for (const part of [client, 1, clock, length]) writeVarUint(restEncoder, part);
  return encoder.toUint8Array();
}

export interface ItemParts {
  readonly id: Y.ID;
  readonly origin?: Y.ID | null;
  readonly rightOrigin?: Y.ID | null;
  /** A root's name, or the id of what it stands in. */
  readonly parent?: string | Y.ID | null;
  readonly key?: string | null;
  readonly content: Y.Item['content'];
}

export function rawItem({
  id,
  origin = null,
  rightOrigin = null,
  parent = null,
  key = null,
  content,
}: ItemParts): Y.Item {
  // Yjs itself puts a name or an id there while it decodes.
  return new Y.Item(id, null, origin, null, rightOrigin, parent as Y.ID | null, key, content);
}

interface Forgery {
  readonly doc: Y.Doc;
  readonly sections: Section[];
  readonly deletions: Range[];
  readonly random: Random;
}

/** The name of each way to forge, and what it does to an honest change. */
const ways: Readonly<Record<string, (forgery: Forgery) => void>> = {
  'another origin': (forgery) =>
    replaceItem(forgery, (item) => ({ ...item, parent: null, origin: someId(forgery) })),
  'another right origin': (forgery) =>
    replaceItem(forgery, (item) => ({ ...item, parent: null, rightOrigin: someId(forgery) })),
  'two other origins': (forgery) =>
    replaceItem(forgery, (item) => ({
      ...item,
      parent: null,
      origin: someId(forgery),
      rightOrigin: someId(forgery),
    })),
  'neighbours the wrong way round': (forgery) => {
    const list = siblingsOf(someStructOf(forgery));
    const [a, b] = [forgery.random(list.length + 1), forgery.random(list.length + 1)];
    const [left, right] = [list[Math.max(a, b)], list[Math.min(a, b)]];
    replaceItem(forgery, (item) => ({
      ...item,
      parent: left === undefined && right === undefined ? BODY_ROOT : null,
      origin: left?.lastId ?? null,
      rightOrigin: right?.id ?? null,
    }));
  },
  'another parent': (forgery) =>
    replaceItem(forgery, (item) => ({ ...item, origin: null, rightOrigin: null, parent: someId(forgery) })),
  'another root': (forgery) =>
    replaceItem(forgery, (item) => ({
      ...item,
      origin: null,
      rightOrigin: null,
      parent: pick(forgery.random, [BODY_ROOT, CLAIMS_ROOT, 'notes', '']),
      key: pick(forgery.random, [null, CLAIM_ID, 'x']),
    })),
  'a key': (forgery) =>
    replaceItem(forgery, (item) => ({
      ...item,
      origin: null,
      rightOrigin: null,
      parent: someId(forgery),
      key: pick(forgery.random, ['level', 'rationale', 'start', 'x']),
    })),
  'other content': (forgery) =>
    replaceItem(forgery, (item) => ({ ...item, content: someContent(forgery.random) })),
  'another client': ({ doc, sections, random }) => {
    const client = pick(random, [...doc.store.clients.keys()]);
    const at = Y.getState(doc.store, client);
    const section = pick(random, sections);
    sections[sections.indexOf(section)] = renumber(
      section,
      Y.createID(client, random(2) === 0 ? at : random(at + 2)),
    );
  },
  'a clock moved': ({ sections, random }) => {
    const section = pick(random, sections);
    const { client, clock } = section[0]?.id ?? Y.createID(0, 0);
    sections[sections.indexOf(section)] = renumber(
      section,
      Y.createID(client, Math.max(0, clock + random(7) - 3)),
    );
  },
  'a section twice': (forgery) => {
    const { sections, random } = forgery;
    const section = pick(random, sections);
    const [first] = section;
    if (first === undefined) return;
    const length = section.reduce((sum, struct) => sum + struct.length, 0);
    sections.splice(random(2), 0, [
      random(2) === 0
        ? new Y.GC(first.id, length)
        : rawItem({ id: first.id, parent: someId(forgery), content: new Y.ContentDeleted(length) }),
    ]);
  },
  'more of what is known': (forgery) => {
    const { doc, sections } = forgery;
    const known = doc.store.clients.get(doc.clientID)?.at(-1);
    if (known === undefined) return;
    const said = known instanceof Y.Item && known.content instanceof Y.ContentString ? known.content.str : '';
    const content = said === '' ? new Y.ContentDeleted(known.length + 2) : new Y.ContentString(`${said}more`);
    sections.splice(0, sections.length, [rawItem({ id: known.id, parent: someId(forgery), content })]);
  },
  'something collected': (forgery) => {
    const { id } = someStructOf(forgery);
    forgery.sections.splice(0, forgery.sections.length, [new Y.GC(id, 1 + forgery.random(20))]);
  },
  'a hole': ({ sections, random }) => {
    const section = pick(random, sections);
    const [first] = section;
    if (first !== undefined)
      section.splice(random(section.length + 1), 0, new Y.Skip(first.id, 1 + random(3)));
  },
  'any deletion': (forgery) => {
    for (let i = 0; i < 3; i++) {
      const { client, clock } = someId(forgery);
      forgery.deletions.push([client, clock, 1 + forgery.random(6)]);
    }
  },
  'a huge length': (forgery) => {
    const { doc, random } = forgery;
    const id = Y.createID(doc.clientID, Y.getState(doc.store, doc.clientID));
    const length = 2 ** (20 + random(33)) - 1;
    const huge = [
      new Y.GC(id, length),
      new Y.Skip(id, length),
      rawItem({ id, parent: someId(forgery), content: new Y.ContentDeleted(length) }),
    ];
    forgery.sections.splice(0, forgery.sections.length, [pick(random, huge)]);
  },
  'changed bytes': () => undefined,
};

/** A forged update of somebody whose document this is, and which way it was made. */
export function forge(doc: Y.Doc, random: Random): { way: string; update: Uint8Array } {
  const way = pick(random, Object.keys(ways));
  const own = new Y.Doc();
  Y.applyUpdate(own, Y.encodeStateAsUpdate(doc));
  own.clientID = doc.clientID;
  const honest = changeOf(own, () => {
    for (let i = 0; i < 2; i++) editSomething(own, CLAIM_ID, random);
  });
  if (way === 'changed bytes') return { way, update: changeBytes(honest, random) };
  const { structs, ds } = Y.decodeUpdate(honest);
  const forgery = { doc, sections: sectionsOf(structs), deletions: rangesOf(ds), random };
  if (forgery.sections.length > 0) ways[way]?.(forgery);
  return { way, update: encodeRaw(forgery.sections, forgery.deletions) };
}

export function changeBytes(update: Uint8Array, random: Random): Uint8Array {
  const bytes = update.slice();
  for (let flips = 1 + random(4); flips > 0; flips--) bytes[random(bytes.length)] = random(256);
  return random(5) === 0 ? bytes.slice(0, random(bytes.length + 1)) : bytes;
}

function sectionsOf(structs: readonly Struct[]): Section[] {
  const sections = new Map<number, Section>();
  for (const struct of structs) {
    const section = sections.get(struct.id.client) ?? [];
    sections.set(struct.id.client, section);
    section.push(struct);
  }
  return [...sections.values()];
}

function rangesOf(ds: ReturnType<typeof Y.decodeUpdate>['ds']): Range[] {
  return [...ds.clients].flatMap(([client, ranges]) =>
    ranges.map(({ clock, len }): Range => [client, clock, len]),
  );
}

function replaceItem({ sections, random }: Forgery, change: (item: ItemParts) => ItemParts): void {
  const section = pick(random, sections);
  const at = random(section.length);
  const item = section[at];
  if (!(item instanceof Y.Item)) return;
  const { id, origin, rightOrigin, parentSub, content } = item;
  section[at] = rawItem(
    change({ id, origin, rightOrigin, parent: item.parent as Y.ID | null, key: parentSub, content }),
  );
}

function renumber(section: Section, from: Y.ID): Section {
  let { clock } = from;
  return section.map((struct) => {
    const id = Y.createID(from.client, clock);
    clock += struct.length;
    if (struct instanceof Y.Item) {
      const { origin, rightOrigin, parentSub, content } = struct;
      return rawItem({
        id,
        origin,
        rightOrigin,
        parent: struct.parent as Y.ID | null,
        key: parentSub,
        content,
      });
    }
    return struct instanceof Y.GC ? new Y.GC(id, struct.length) : new Y.Skip(id, struct.length);
  });
}

/** The id of something that is there, or nearly. */
function someId(forgery: Forgery): Y.ID {
  const { id, length } = someStructOf(forgery);
  const inside = forgery.random(4) === 0 ? forgery.random(length + 2) : 0;
  return Y.createID(id.client, id.clock + inside);
}

function someStructOf({ doc, random }: Forgery): Y.Item | Y.GC {
  return pick(random, pick(random, [...doc.store.clients.values()]));
}

/** All that stand in one list with it. */
function siblingsOf(struct: Y.Item | Y.GC): Y.Item[] {
  let first = struct instanceof Y.Item ? struct : null;
  while (first !== null && first.left !== null) first = first.left;
  const list: Y.Item[] = [];
  for (let item = first; item !== null; item = item.right) list.push(item);
  return list;
}

function someContent(random: Random): Y.Item['content'] {
  const nested: unknown[] = [];
  let inner = nested;
  for (let i = 0; i < 1 + random(300); i++) inner.push((inner = []));
  const list: (() => Y.Item['content'])[] = [
    () => new Y.ContentString('forged'),
    () => new Y.ContentDeleted(1 + random(9)),
    () => new Y.ContentAny([nested]),
    () => new Y.ContentAny(['x'.repeat(2_000)]),
    () => new Y.ContentJSON([{ a: 1 }]),
    () => new Y.ContentEmbed({ image: 'x' }),
    () => new Y.ContentBinary(new Uint8Array([1])),
    () => new Y.ContentDoc(new Y.Doc()),
    () => new Y.ContentFormat('link', { href: 'javascript:alert(1)' }),
    () => new Y.ContentFormat('strong', nested),
    () => new Y.ContentType(new Y.XmlElement('script')),
    () => new Y.ContentType(new Y.Map()),
    () => new Y.ContentType(new Y.XmlText()),
  ];
  return pick(random, list)();
}
