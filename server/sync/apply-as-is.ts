/**
 * Applies updates to a document of the server, and nothing else. Left alone Yjs goes on to tidy: where an update from
 * elsewhere leaves idle marks it deletes them, and that is a change which no log has. Only the draft tidies
 * (draft.ts), since what it deletes is committed with the update that it examines.
 */
import * as Y from 'yjs';

export function applyAsIs(doc: Y.Doc, updates: Iterable<Uint8Array>): void {
  doc.transact((transaction) => {
    for (const update of updates) Y.applyUpdate(doc, update);
    // applyUpdate says that it comes from elsewhere; Yjs reads that at the end of the transaction.
    transaction.local = true;
  });
}
