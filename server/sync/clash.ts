/**
 * Whether an update says something else under an id that the document knows already. Yjs passes over what it
 * knows, so it would be acknowledged and be nowhere. Two honest sessions never meet here; a client id drawn twice,
 * a store of another epoch or a forger does. What either side has deleted, and so forgotten, cannot be compared.
 */
import * as Y from 'yjs';
import type { Struct, UpdateStructs } from './place.ts';

export function clashes(structs: UpdateStructs, doc: Y.Doc): boolean {
  for (const [client, own] of structs.clients()) {
    const stored = doc.store.clients.get(client);
    if (stored === undefined) continue;
    const state = Y.getState(doc.store, client);
    for (const struct of own) {
      if (struct.id.clock >= state) break;
      if (!saysTheSame(struct, stored[Y.findIndexSS(stored, struct.id.clock)])) return true;
    }
  }
  return false;
}

/** `known` holds the first clock of `struct`; what is compared is where they overlap. */
function saysTheSame(struct: Struct, known: Struct | undefined): boolean {
  if (!(struct instanceof Y.Item && known instanceof Y.Item)) return true;
  const [theirs, ours] = [struct.content, known.content];
  if (known.deleted || theirs instanceof Y.ContentDeleted || ours instanceof Y.ContentDeleted) return true;
  if (theirs.constructor !== ours.constructor) return false;
  if (!(theirs instanceof Y.ContentString && ours instanceof Y.ContentString)) return true;
  const offset = struct.id.clock - known.id.clock;
  const length = Math.min(struct.length, known.length - offset);
  return whole(theirs.str.slice(0, length)) === whole(ours.str.slice(offset, offset + length));
}

/** Yjs puts U+FFFD in the place of a character outside the basic plane that an edit cut in two, at some peers only. */
const whole = (text: string): string => text.replace(/[\ud800-\udfff\ufffd]/g, '\ufffd');
