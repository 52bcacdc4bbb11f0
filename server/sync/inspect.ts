/**
 * Reads an update before it touches a document, and says whether its sender may make it. It costs microseconds;
 * applying it to a copy on trial would cost milliseconds and grow with the document. It checks, in this order:
 *
 *   1. it is an update, within its limits;
 *   2. no client's clock has a gap, so that nothing is ever pending in a document of the server;
 *   3. no id that the document knows says something else here, and every client id that writes something new is the
 *      sender's (first use claims it);
 *   4. every new item, and every item that it newly deletes, stands where the sender may write.
 *
 * What the document already has is skipped everywhere: SyncStep2 repeats the whole set of deletions. What an item
 * holds is checked after it is applied (allowed-content.ts).
 */
import * as Y from 'yjs';
import { clashes } from './clash.ts';
import type { Refusal } from './close-codes.ts';
import { MAX_CLOCK, MAX_UPDATE_STRUCTS } from './limits.ts';
import { MissingError, PlaceFinder, UpdateStructs, type Place, type Struct } from './place.ts';

/** What the sender may change. */
export interface Rights {
  /** The role allows the text; the lock of the report is apart, since its refusal has other words. */
  readonly body: boolean;
  readonly rationale: boolean;
  readonly locked: boolean;
}

export interface Sender {
  readonly memberId: string;
  readonly rights: Rights;
}

export type Inspection =
  /** `newClients`: ids to claim for the sender in the same commit. */
  | { readonly kind: 'allowed'; readonly newClients: readonly number[] }
  /** All of it is there already; fine from anyone. */
  | { readonly kind: 'nothing new' }
  /** The sender may not write at all. */
  | { readonly kind: 'read-only' }
  | { readonly kind: 'refused'; readonly code: Refusal };

type OwnerOf = (clientId: number) => string | undefined;

export function inspect(update: Uint8Array, doc: Y.Doc, sender: Sender, ownerOf: OwnerOf): Inspection {
  try {
    return examine(decode(update), doc, sender, ownerOf);
  } catch (error) {
    // Beyond `gap` there are only the decoder's complaints: lib0, JSON and RangeError for too deep a value.
    return refuse(error instanceof MissingError ? 'gap' : 'malformed');
  }
}

interface Decoded {
  readonly structs: UpdateStructs;
  readonly deletions: ReadonlyMap<number, readonly { clock: number; len: number }[]>;
}

function decode(update: Uint8Array): Decoded {
  const { structs, ds } = Y.decodeUpdate(update);
  if (structs.length > MAX_UPDATE_STRUCTS) throw new RangeError('too many items');
  for (const { id, length } of structs) {
    if (id.clock + length > MAX_CLOCK || length <= 0) throw new RangeError('no such clock');
  }
  // Merged, or a thousand times the same range would cost a thousand walks.
  return { structs: new UpdateStructs(structs), deletions: Y.mergeDeleteSets([ds]).clients };
}

function examine({ structs, deletions }: Decoded, doc: Y.Doc, sender: Sender, ownerOf: OwnerOf): Inspection {
  if (clashes(structs, doc)) return refuse('foreign_client');
  const fresh = newStructs(structs, doc);
  const doomed = newlyDeleted(structs, deletions, doc);
  if (fresh.length === 0 && doomed.length === 0) return { kind: 'nothing new' };
  if (!sender.rights.body && !sender.rights.rationale) return { kind: 'read-only' };

  const newClients = new Set<number>();
  for (const { id } of fresh) {
    const owner = ownerOf(id.client);
    if (owner === undefined) newClients.add(id.client);
    else if (owner !== sender.memberId) return refuse('foreign_client');
  }

  const places = new PlaceFinder(structs, doc);
  for (const struct of [...fresh, ...doomed]) {
    const refusal = judge(places.of(struct), sender.rights);
    if (refusal !== null) return refuse(refusal);
  }
  return { kind: 'allowed', newClients: [...newClients] };
}

/** What the document does not have yet. Throws MissingError at a gap. */
function newStructs(structs: UpdateStructs, doc: Y.Doc): Struct[] {
  const fresh: Struct[] = [];
  for (const [client, own] of structs.clients()) {
    let next = Y.getState(doc.store, client);
    for (const struct of own) {
      const end = struct.id.clock + struct.length;
      if (end <= next) continue;
      if (struct.id.clock > next || struct instanceof Y.Skip) throw new MissingError('a gap in a clock');
      next = end;
      fresh.push(struct);
    }
  }
  return fresh;
}

/** Items of the document that stand now and would not after. Throws MissingError where nothing is. */
function newlyDeleted(structs: UpdateStructs, deletions: Decoded['deletions'], doc: Y.Doc): Y.Item[] {
  const doomed: Y.Item[] = [];
  for (const [client, ranges] of deletions) {
    const stored = doc.store.clients.get(client) ?? [];
    const state = Y.getState(doc.store, client);
    for (const { clock, len } of ranges) {
      const end = clock + len;
      if (end > state && len > 0 && structs.find(Y.createID(client, end - 1)) === null) {
        throw new MissingError('a deletion of nothing');
      }
      if (clock >= state || len <= 0) continue;
      for (let i = Y.findIndexSS(stored, clock); i < stored.length; i++) {
        const struct = stored[i];
        if (struct === undefined || struct.id.clock >= end) break;
        if (struct instanceof Y.Item && !struct.deleted) doomed.push(struct);
      }
    }
  }
  return doomed;
}

function judge(place: Place, rights: Rights): Refusal | null {
  switch (place) {
    case 'gone':
      return null;
    case 'body':
      if (!rights.body) return 'forbidden_place';
      return rights.locked ? 'report_locked' : null;
    case 'rationale':
      return rights.rationale ? null : 'forbidden_place';
    case 'entry':
    case 'rationale-root':
    case 'elsewhere':
      return 'forbidden_place';
  }
}

function refuse(code: Refusal): Inspection {
  return { kind: 'refused', code };
}
