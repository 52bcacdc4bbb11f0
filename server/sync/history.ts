/**
 * A document as it stood at some moment of its log. What a snapshot has forgotten (deleted text) was not visible at
 * the snapshot or after it, so the nearest snapshot before the moment and the entries from there on are enough.
 */
import * as Y from 'yjs';
import { AppError } from '#core/errors.ts';
import { readMoment, type HistoryEntry, type StoredMoment } from '#db/queries/document-history.ts';
import type { Database } from '#db/open.ts';
import { applyAsIs } from './apply-as-is.ts';
import { defineRoots } from './roots.ts';
import { unpackSegment } from './segment.ts';

export interface Moment {
  readonly seq: number;
  /** When the entry that made it was committed, and by whom (null: the server). */
  readonly at: Date;
  readonly memberId: string | null;
  /** A copy; it is the caller's. */
  readonly doc: Y.Doc;
}

/** The document after entry `seq`. Throws not_found when the log is not so long, or was never written here. */
export async function readHistory(database: Database, docId: string, seq: number): Promise<Moment> {
  const stored = await readMoment(database, docId, seq);
  const entries = stored === null ? [] : entriesOf(stored).filter((entry) => entry.seq <= seq);
  const made = entries.at(-1);
  if (stored === null || made?.seq !== seq) {
    throw new AppError('not_found', `There is no moment ${seq} in the history of this report`);
  }
  const doc = defineRoots(new Y.Doc());
  const later = entries.filter((entry) => entry.seq > stored.snapshotSeq).map(({ data }) => data);
  if (later.length !== seq - stored.snapshotSeq) {
    throw new AppError('not_found', `The history before ${seq} was not kept`);
  }
  applyAsIs(doc, stored.snapshot === null ? later : [stored.snapshot, ...later]);
  return { seq, at: made.at, memberId: made.memberId, doc };
}

function entriesOf({ segments, entries }: StoredMoment): HistoryEntry[] {
  return [...segments.flatMap(({ fromSeq, data }) => unpackSegment(data, fromSeq)), ...entries];
}
