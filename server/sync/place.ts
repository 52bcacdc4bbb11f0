/**
 * Where an item of an update, or of the document, stands: in the text, in the content of a rationale, or
 * elsewhere. A decoded item names its parent only when it has no neighbour; otherwise the parent is the
 * neighbour's (origin, else right origin), who may be in the same update or in the store. So a place is found by
 * walking from neighbour to neighbour and from child to parent, up to a root or to something known.
 */
import * as Y from 'yjs';
import { BODY_ROOT, CLAIMS_ROOT } from '#core/text/schema.ts';
import { MAX_DEPTH } from './limits.ts';

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

export class PlaceFinder {
  readonly #known = new Map<Struct | Y.AbstractType<unknown>, Place>();

  constructor(
    readonly update: UpdateStructs,
    readonly doc: Y.Doc,
  ) {}

  /** The place of an item. Throws MissingError. */
  of(struct: Struct): Place {
    return this.#of(struct, 0);
  }

  #of(struct: Struct, depth: number): Place {
    if (depth > MAX_DEPTH) return 'elsewhere';
    // Neighbours share their parent (and key), so all who are passed on the way to one that names it stand there.
    const passed: Struct[] = [];
    const seen = new Set<Struct>();
    let current: Struct = struct;
    let place = this.#known.get(current);
    while (place === undefined) {
      if (seen.has(current)) throw new MissingError('neighbours in a circle');
      seen.add(current);
      passed.push(current);
      if (!(current instanceof Y.Item)) place = 'gone';
      else if (current.parent !== null) place = this.#inParent(current.parent, current.parentSub, depth);
      else current = this.#neighbour(current);
      place ??= this.#known.get(current);
    }
    for (const one of passed) this.#known.set(one, place);
    return place;
  }

  #neighbour(item: Y.Item): Struct {
    const id = item.origin ?? item.rightOrigin;
    if (id === null) throw new MissingError('an item without parent and neighbours');
    return this.find(id);
  }

  /** `parent` as an update has it (a root's name or an id), or as the store has it (a type). */
  #inParent(parent: unknown, key: string | null, depth: number): Place {
    if (typeof parent === 'string') return placeInRoot(parent, key);
    if (parent instanceof Y.AbstractType) {
      if (parent._item === null) return placeInRoot(Y.findRootTypeKey(parent), key);
      return placeBelow(this.#of(parent._item, depth + 1), key);
    }
    if (!(parent instanceof Y.ID)) return 'elsewhere';
    const holder = this.find(parent);
    if (holder instanceof Y.Item && !(holder.content instanceof Y.ContentType)) {
      return holder.content instanceof Y.ContentDeleted ? 'gone' : 'elsewhere';
    }
    return placeBelow(this.#of(holder, depth + 1), key);
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
