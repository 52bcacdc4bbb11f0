/**
 * Where an item of an update, or of the document, stands: in the text, in the content of a rationale, or
 * elsewhere. A decoded item names its parent only when it has no neighbour; otherwise the parent is the
 * neighbour's (origin, else right origin), who may be in the same update or in the store. So a place is found by
 * walking from neighbour to neighbour and from child to parent, up to a root or to something known.
 */
import * as Y from 'yjs';
import { BODY_ROOT, CLAIMS_ROOT } from '#core/text/schema.ts';

export type Place =
  | 'body'
  /** Inside a claim's rationale. */
  | 'rationale'
  /** A claim's entry itself. */
  | 'entry'
  /** The fragment that holds a claim's rationale: its content is a rationale. */
  | 'rationale-root'
  /** Inside something that was collected meanwhile; Yjs lets it fall. */
  | 'gone'
  | 'elsewhere';

export type Struct = Y.Item | Y.GC | Y.Skip;

/** A type of whatever kind. */
type AnyType = Y.ContentType['type'];

/** The structs of one update, by client and in the order of their clocks. */
export class UpdateStructs {
  readonly #byClient = new Map<number, Struct[]>();

  constructor(structs: readonly Struct[]) {
    for (const struct of structs) {
      const own = this.#byClient.get(struct.id.client);
      if (own === undefined) this.#byClient.set(struct.id.client, [struct]);
      else own.push(struct);
    }
  }

  clients(): Iterable<[number, readonly Struct[]]> {
    return this.#byClient;
  }

  find({ client, clock }: Y.ID): Struct | null {
    const own = this.#byClient.get(client) ?? [];
    let low = 0;
    let high = own.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const struct = own[middle];
      if (struct === undefined) return null;
      if (clock < struct.id.clock) high = middle - 1;
      else if (clock >= struct.id.clock + struct.length) low = middle + 1;
      else return struct;
    }
    return null;
  }
}

/** An item leans on something that neither the update nor the store has, or on itself. */
export class MissingError extends Error {}

/**
 * A list of neighbours: the content of a type, or what stands under one key of it. There is one object for each,
 * so two items are neighbours when they have the same.
 */
export interface Home {
  readonly place: Place;
  /** Levels between it and the root. */
  readonly depth: number;
}

/** Whatever hangs on something that was collected. */
const GONE: Home = { place: 'gone', depth: 0 };
/** In something that holds nothing, like words. */
const ELSEWHERE: Home = { place: 'elsewhere', depth: 0 };

export class PlaceFinder {
  readonly #known = new Map<Struct, Home>();
  readonly #homes = new Map<AnyType, Map<string | null, Home>>();

  constructor(
    readonly update: UpdateStructs,
    readonly doc: Y.Doc,
  ) {}

  /** Where an item stands. Throws MissingError. */
  of(struct: Struct): Home {
    // Neighbours share their home, so all who are passed on the way to one that names its parent stand there.
    const passed = new Set<Struct>();
    let current: Struct = struct;
    let home = this.#known.get(current);
    while (home === undefined) {
      if (passed.has(current)) throw new MissingError('neighbours in a circle');
      passed.add(current);
      if (!(current instanceof Y.Item)) home = GONE;
      else if (current.parent !== null) home = this.#inParent(current.parent, current.parentSub);
      else current = this.#neighbour(current);
      home ??= this.#known.get(current);
    }
    for (const one of passed) this.#known.set(one, home);
    return home;
  }

  #neighbour(item: Y.Item): Struct {
    const id = item.origin ?? item.rightOrigin;
    if (id === null) throw new MissingError('an item without parent and neighbours');
    return this.find(id);
  }

  /** `parent` as an update has it (a root's name or an id), or as the store has it (a type). */
  #inParent(parent: unknown, key: string | null): Home {
    if (parent instanceof Y.AbstractType) return this.#inType(parent, parent._item, key);
    if (typeof parent === 'string') return this.#inType(rootOf(this.doc, parent), null, key);
    const holder = parent instanceof Y.ID ? this.find(parent) : null;
    if (!(holder instanceof Y.Item)) return holder === null ? ELSEWHERE : GONE;
    if (holder.content instanceof Y.ContentType) return this.#inType(holder.content.type, holder, key);
    return holder.content instanceof Y.ContentDeleted ? GONE : ELSEWHERE;
  }

  /** `holder` null: a root. */
  #inType(type: AnyType, holder: Y.Item | null, key: string | null): Home {
    const known = this.#homes.get(type)?.get(key);
    if (known !== undefined) return known;
    const above = holder === null ? null : this.of(holder);
    const home =
      above === GONE
        ? GONE
        : {
            place: above === null ? placeInRoot(Y.findRootTypeKey(type), key) : placeBelow(above.place, key),
            depth: above === null ? 0 : above.depth + 1,
          };
    const keys = this.#homes.get(type) ?? new Map<string | null, Home>();
    this.#homes.set(type, keys.set(key, home));
    return home;
  }

  /** The struct at an id: the store's, else the update's. */
  find(id: Y.ID): Struct {
    if (id.clock < Y.getState(this.doc.store, id.client)) {
      const structs = this.doc.store.clients.get(id.client) ?? [];
      const struct = structs[Y.findIndexSS(structs, id.clock)];
      if (struct !== undefined) return struct;
    }
    const struct = this.update.find(id);
    if (struct === null || struct instanceof Y.Skip) throw new MissingError('an item that was never sent');
    return struct;
  }
}

function rootOf(doc: Y.Doc, name: string): AnyType {
  const root = doc.share.get(name);
  if (root === undefined) throw new MissingError('a root that no document has');
  return root;
}

function placeInRoot(root: string, key: string | null): Place {
  if (root === BODY_ROOT) return key === null ? 'body' : 'elsewhere';
  return root === CLAIMS_ROOT && key !== null ? 'entry' : 'elsewhere';
}

function placeBelow(above: Place, key: string | null): Place {
  switch (above) {
    case 'body':
    case 'gone':
    case 'rationale':
      return above;
    case 'rationale-root':
      return key === null ? 'rationale' : 'elsewhere';
    case 'entry':
      return key === 'rationale' ? 'rationale-root' : 'elsewhere';
    case 'elsewhere':
      return 'elsewhere';
  }
}
