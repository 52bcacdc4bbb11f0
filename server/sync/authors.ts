/** Who wrote what stands in a document, told by the client ids of its items. */
import * as Y from 'yjs';
import type { FlatText } from '#core/text/flatten.ts';
import { BODY_ROOT, CLAIMS_ROOT } from '#core/text/schema.ts';

/** Client ids that wrote visible characters of a claim's rationale; none when the claim has no entry. */
export function rationaleClients(doc: Y.Doc, claimId: string): Set<number> {
  const clients = new Set<number>();
  const entry = doc.getMap(CLAIMS_ROOT).get(claimId);
  const rationale = entry instanceof Y.Map ? entry.get('rationale') : undefined;
  if (rationale instanceof Y.XmlFragment) collect(rationale, clients);
  return clients;
}

function collect(type: Y.XmlFragment | Y.XmlText, clients: Set<number>): void {
  for (let item = type._start; item !== null; item = item.right) {
    if (item.deleted) continue;
    if (item.content instanceof Y.ContentString) clients.add(item.id.client);
    if (!(item.content instanceof Y.ContentType)) continue;
    const { type: child } = item.content;
    if (child instanceof Y.XmlFragment || child instanceof Y.XmlText) collect(child, clients);
  }
}

/** Part of a text and whose it is. */
export interface AuthoredPart {
  readonly start: number;
  readonly end: number;
  readonly author: string | null;
}

/** Who wrote each character of a text; null: nobody that `ownerOf` knows, or a hard break. */
export function authorsOf(flat: FlatText, ownerOf: (clientId: number) => string | null): AuthoredPart[] {
  const parts: AuthoredPart[] = [];
  const add = (start: number, end: number, author: string | null): void => {
    const last = parts.at(-1);
    if (last !== undefined && last.end === start && last.author === author)
      parts[parts.length - 1] = { ...last, end };
    else parts.push({ start, end, author });
  };
  for (const { start, end, child } of flat.blocks.flatMap(({ runs }) => runs)) {
    if (!(child instanceof Y.XmlText)) {
      add(start, end, ownerOf(child._item?.id.client ?? 0));
      continue;
    }
    let at = start;
    for (let item = child._start; item !== null; item = item.right) {
      if (item.deleted || !(item.content instanceof Y.ContentString)) continue;
      add(at, at + item.length, ownerOf(item.id.client));
      at += item.length;
    }
  }
  return parts;
}

/** Whether an update that is already in the document changed its body. */
export function touchesBody(update: Uint8Array, doc: Y.Doc): boolean {
  const { structs, ds } = Y.decodeUpdate(update);
  const isInBody = (client: number, clock: number): boolean => rootOf(doc, client, clock) === BODY_ROOT;
  if (structs.some((struct) => isInBody(struct.id.client, struct.id.clock))) return true;
  return [...ds.clients].some(([client, ranges]) => ranges.some(({ clock }) => isInBody(client, clock)));
}

/** The root that an item hangs on; null when it was collected or is not there. */
function rootOf(doc: Y.Doc, client: number, clock: number): string | null {
  if (clock >= Y.getState(doc.store, client)) return null;
  const structs = doc.store.clients.get(client) ?? [];
  let item = structs[Y.findIndexSS(structs, clock)];
  while (item instanceof Y.Item && item.parent instanceof Y.AbstractType) {
    if (item.parent._item === null) return Y.findRootTypeKey(item.parent);
    item = item.parent._item;
  }
  return null;
}

/** The client ids under which an update writes. */
export function clientsOf(update: Uint8Array): number[] {
  return [...new Set(Y.decodeUpdate(update).structs.map((struct) => struct.id.client))];
}
