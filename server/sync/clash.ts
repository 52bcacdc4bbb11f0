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
      const end = struct.id.clock + struct.length;
      // Known words may have been cut in pieces since, by edits in their middle.
      for (let i = Y.findIndexSS(stored, struct.id.clock); i < stored.length; i++) {
        const known = stored[i];
        if (known === undefined || known.id.clock >= end) break;
        if (!saysTheSame(struct, known)) return true;
      }
    }
  }
  return false;
}

/** Where the two overlap. */
function saysTheSame(struct: Struct, known: Struct): boolean {
  if (!(struct instanceof Y.Item && known instanceof Y.Item)) return true;
  const [theirs, ours] = [struct.content, known.content];
  if (known.deleted || theirs instanceof Y.ContentDeleted || ours instanceof Y.ContentDeleted) return true;
  if (theirs.constructor !== ours.constructor) return false;
  if (!(theirs instanceof Y.ContentString && ours instanceof Y.ContentString))
    return nameOf(theirs) === nameOf(ours);
  const start = Math.max(struct.id.clock, known.id.clock);
  const end = Math.min(struct.id.clock + struct.length, known.id.clock + known.length);
  const saidBy = (item: Y.Item, text: string): string =>
    whole(text.slice(start - item.id.clock, end - item.id.clock));
  return saidBy(struct, theirs.str) === saidBy(known, ours.str);
}

/** What it is besides words: a mark with its value, or a kind of node. */
function nameOf(content: Y.Item['content']): string {
  if (content instanceof Y.ContentFormat) return JSON.stringify([content.key, content.value]);
  if (content instanceof Y.ContentType)
    return content.type instanceof Y.XmlElement ? content.type.nodeName : content.type.constructor.name;
  return '';
}

/** Yjs puts U+FFFD in the place of a character outside the basic plane that an edit cut in two, at some peers only. */
const whole = (text: string): string => text.replace(/[\ud800-\udfff\ufffd]/g, '\ufffd');
