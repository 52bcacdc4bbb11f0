/**
 * What becomes of a document's log when it grows: a snapshot takes its place for loading, and a segment keeps its
 * entries, with who and when, for history. The invariant: snapshot, segments and log together are always the whole
 * history, since they change places in one transaction, compared under the head's lock; entries that are appended
 * meanwhile have higher numbers and stay.
 */
import { sql } from 'drizzle-orm';
import type { Database, DbOrTx, Tx } from '#db/open.ts';
import { bytesIn } from './document-log.ts';

/** An entry of the log with its author (null: the server) and its time. */
export interface HistoryEntry {
  readonly seq: number;
  readonly memberId: string | null;
  readonly at: Date;
  readonly data: Uint8Array;
}

export interface DocumentTail {
  /** The state up to here is the snapshot; 0 and null: there is none yet. */
  readonly snapshotSeq: number;
  readonly snapshot: Uint8Array | null;
  /** Every entry after it. */
  readonly entries: readonly HistoryEntry[];
}

/** Snapshot and log of a document in one statement, so that a swap in between cannot show half of each. */
export async function readTail(db: DbOrTx, docId: string): Promise<DocumentTail | null> {
  const { rows } = await db.execute<Record<string, unknown>>(sql`
    SELECT h.snapshot_seq, s.data AS snapshot, u.seq, u.data, u.member_id, u.created_at
    FROM doc_heads h
    LEFT JOIN doc_updates u ON u.doc_id = h.doc_id AND u.seq > h.snapshot_seq
    LEFT JOIN doc_snapshots s ON s.doc_id = h.doc_id AND s.upto_seq = h.snapshot_seq
      AND u.seq IS NOT DISTINCT FROM (SELECT min(seq) FROM doc_updates WHERE doc_id = h.doc_id AND seq > h.snapshot_seq)
    WHERE h.doc_id = ${docId} ORDER BY u.seq`);
  const [first] = rows;
  if (first === undefined) return null;
  return {
    snapshotSeq: Number(first['snapshot_seq']),
    snapshot: first['snapshot'] === null ? null : bytesIn(first['snapshot']),
    entries: rows.filter((row) => row['seq'] !== null).map(readHistoryEntry),
  };
}

function readHistoryEntry(row: Record<string, unknown>): HistoryEntry {
  const memberId = row['member_id'];
  return {
    seq: Number(row['seq']),
    memberId: typeof memberId === 'string' ? memberId : null,
    at: new Date(String(row['created_at'])),
    data: bytesIn(row['data']),
  };
}

export interface NewSnapshot {
  readonly docId: string;
  /** The snapshot that it goes on from, as `readTail` told. */
  readonly afterSeq: number;
  readonly uptoSeq: number;
  readonly state: Uint8Array;
  /** The entries from `afterSeq` + 1 to `uptoSeq`, packed, and their bytes before that. */
  readonly segment: Uint8Array;
  readonly bytes: number;
  /** Of the last entry: the state is no newer for being put together. */
  readonly at: Date;
}

/** Puts a snapshot and a segment in the place of the log up to `uptoSeq`. False: somebody else's came first. */
export async function replaceTail(database: Database, snapshot: NewSnapshot): Promise<boolean> {
  const { docId, afterSeq, uptoSeq, state, segment, bytes, at } = snapshot;
  return database.db.transaction(async (tx) => {
    const { rows } = await tx.execute<Record<string, unknown>>(sql`
      UPDATE doc_heads SET snapshot_seq = ${uptoSeq}
      WHERE doc_id = ${docId} AND snapshot_seq = ${afterSeq} AND head_seq >= ${uptoSeq} AND ${uptoSeq} > snapshot_seq
      RETURNING workspace_id`);
    const [head] = rows;
    if (head === undefined) return false;
    const workspaceId = head['workspace_id'];
    await tx.execute(sql`
      INSERT INTO doc_snapshots (doc_id, workspace_id, upto_seq, data, created_at)
      VALUES (${docId}, ${workspaceId}, ${uptoSeq}, ${bytesParam(state)}, ${at.toISOString()}::timestamptz)`);
    await tx.execute(sql`
      INSERT INTO doc_segments (doc_id, workspace_id, from_seq, upto_seq, data, bytes)
      VALUES (${docId}, ${workspaceId}, ${afterSeq + 1}, ${uptoSeq}, ${bytesParam(segment)}, ${bytes})`);
    await tx.execute(sql`DELETE FROM doc_updates WHERE doc_id = ${docId} AND seq <= ${uptoSeq}`);
    await dropCheapSnapshot(tx, docId, afterSeq);
    await tx.execute(sql`
      UPDATE doc_heads SET tail_bytes = (SELECT coalesce(sum(length(data)), 0) FROM doc_updates WHERE doc_id = ${docId})
      WHERE doc_id = ${docId}`);
    return true;
  });
}

/**
 * An old snapshot stays only where the log since the one before it, packed, is longer than itself (or was never kept): so history takes at most
 * twice the space of its log, and reading a moment replays no more than about the size of the document.
 */
async function dropCheapSnapshot(tx: Tx, docId: string, seq: number): Promise<void> {
  await tx.execute(sql`
    DELETE FROM doc_snapshots s WHERE s.doc_id = ${docId} AND s.upto_seq = ${seq} AND EXISTS (
      SELECT 1 FROM doc_segments g WHERE g.doc_id = s.doc_id AND g.upto_seq = s.upto_seq
    ) AND length(s.data) > (
      SELECT coalesce(sum(length(g.data)), 0) FROM doc_segments g WHERE g.doc_id = s.doc_id AND g.upto_seq <= s.upto_seq
        AND g.upto_seq > coalesce((SELECT max(k.upto_seq) FROM doc_snapshots k WHERE k.doc_id = s.doc_id AND k.upto_seq < s.upto_seq), 0))`);
}

const bytesParam = (data: Uint8Array) =>
  sql.param(Buffer.from(data.buffer, data.byteOffset, data.byteLength));

export interface StoredMoment {
  readonly snapshotSeq: number;
  readonly snapshot: Uint8Array | null;
  /** Packed entries, in order: those after the snapshot, and those that end with it. */
  readonly segments: readonly { readonly fromSeq: number; readonly data: Uint8Array }[];
  /** Entries after the snapshot that are still in the log, up to the moment. */
  readonly entries: readonly HistoryEntry[];
}

/** All that tells how the document stood after entry `seq`. Null: there is no such document, or it is not so long yet. */
export function readMoment(database: Database, docId: string, seq: number): Promise<StoredMoment | null> {
  return database.db.transaction(
    async (tx) => {
      const { rows: heads } = await tx.execute<Record<string, unknown>>(
        sql`SELECT head_seq FROM doc_heads WHERE doc_id = ${docId}`,
      );
      if (seq < 1 || Number(heads[0]?.['head_seq'] ?? 0) < seq) return null;
      const { rows: snapshots } = await tx.execute<Record<string, unknown>>(sql`
        SELECT upto_seq, data FROM doc_snapshots WHERE doc_id = ${docId} AND upto_seq <= ${seq}
        ORDER BY upto_seq DESC LIMIT 1`);
      const [snapshot] = snapshots;
      const snapshotSeq = Number(snapshot?.['upto_seq'] ?? 0);
      const { rows: segments } = await tx.execute<Record<string, unknown>>(sql`
        SELECT from_seq, data FROM doc_segments
        WHERE doc_id = ${docId} AND from_seq <= ${seq} AND upto_seq >= ${snapshotSeq} ORDER BY upto_seq`);
      const { rows: entries } = await tx.execute<Record<string, unknown>>(sql`
        SELECT seq, data, member_id, created_at FROM doc_updates
        WHERE doc_id = ${docId} AND seq > ${snapshotSeq} AND seq <= ${seq} ORDER BY seq`);
      return {
        snapshotSeq,
        snapshot: snapshot === undefined ? null : bytesIn(snapshot['data']),
        segments: segments.map((row) => ({ fromSeq: Number(row['from_seq']), data: bytesIn(row['data']) })),
        entries: entries.map(readHistoryEntry),
      };
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  );
}
