/** The items that a transaction brought into a document, for what is looked at after an update was applied. */
import * as Y from 'yjs';

/**
 * Whether `holds` is true of every one. `goesOn`: Yjs has joined it to an item that was there before, so it goes on
 * from known words, and the item begins before what was brought.
 */
export function everyItemBrought(
  { doc, beforeState, afterState }: Y.Transaction,
  holds: (item: Y.Item, goesOn: boolean) => boolean,
): boolean {
  for (const [client, end] of afterState) {
    const start = beforeState.get(client) ?? 0;
    if (start === end) continue;
    const structs = doc.store.clients.get(client) ?? [];
    for (let i = Y.findIndexSS(structs, start); i < structs.length; i++) {
      const struct = structs[i];
      if (struct instanceof Y.Item && !holds(struct, struct.id.clock < start)) return false;
    }
  }
  return true;
}
