/**
 * A snapshot of a document's log, made in the thread that calls it (snapshot-worker.ts). It goes through a Y.Doc:
 * merging updates would keep what was deleted, and be quadratic.
 */
import * as Y from 'yjs';
import type { DocumentTail } from '#db/queries/document-history.ts';
import { applyAsIs } from './apply-as-is.ts';
import { packSegment } from './segment.ts';

export interface MadeSnapshot {
  readonly state: Uint8Array;
  readonly segment: Uint8Array;
  readonly bytes: number;
}

/** The state after the last entry, and the entries as a segment. */
export function makeSnapshot({ snapshot, entries }: DocumentTail): MadeSnapshot {
  const doc = new Y.Doc();
  const updates = entries.map(({ data }) => data);
  applyAsIs(doc, snapshot === null ? updates : [snapshot, ...updates]);
  const state = Y.encodeStateAsUpdate(doc);
  doc.destroy();
  const bytes = entries.reduce((sum, { data }) => sum + data.length, 0);
  return { state, segment: packSegment(entries), bytes };
}
