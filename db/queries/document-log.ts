/** The log of each document as it is stored, and what its head says: how far it goes, its epoch, its lock. */
import { sql } from 'drizzle-orm';
import type { DbOrTx, Tx } from '#db/open.ts';

export interface LogEntry {
  readonly seq: number;
  readonly data: Uint8Array;
}

export interface StoredDocument {
  readonly workspaceId: string;
  readonly locked: boolean;
  /** A restored backup begins a new one. */
  readonly epoch: number;
  readonly headSeq: number;
  readonly snapshotSeq: number;
  readonly tailBytes: number;
  /** The snapshot, if there is one, then every update after it, in order. */
  readonly entries: readonly LogEntry[];
}

/** Reads snapshot and tail in one statement, so a compaction in between cannot show half of each. Null: no such document. */
export async function loadDocument(db: DbOrTx, docId: string): Promise<StoredDocument | null> {
  const { rows } = await db.execute<Record<string, unknown>>(sql`
    SELECT h.workspace_id, h.locked, h.epoch, h.head_seq, h.snapshot_seq, h.tail_bytes, e.seq, e.data
    FROM doc_heads h
    LEFT JOIN LATERAL (
      SELECT s.upto_seq AS seq, s.data FROM doc_snapshots s WHERE s.doc_id = h.doc_id AND s.upto_seq = h.snapshot_seq
      UNION ALL
      SELECT u.seq, u.data FROM doc_updates u WHERE u.doc_id = h.doc_id AND u.seq > h.snapshot_seq
    ) e ON true
    WHERE h.doc_id = ${docId} ORDER BY e.seq`);
  const [head] = rows;
  if (head === undefined) return null;
  return {
    workspaceId: String(head['workspace_id']),
    locked: head['locked'] === true,
    epoch: Number(head['epoch']),
    headSeq: Number(head['head_seq']),
    snapshotSeq: Number(head['snapshot_seq']),
    tailBytes: Number(head['tail_bytes']),
    entries: rows.filter((row) => row['data'] !== null).map(readEntry),
  };
}

/** Every update after `seq`. Null: a snapshot swallowed some of them, so the document must be loaded anew. */
export async function readDocumentSince(db: DbOrTx, docId: string, seq: number): Promise<LogEntry[] | null> {
  const { rows } = await db.execute<Record<string, unknown>>(sql`
    SELECT h.snapshot_seq, u.seq, u.data FROM doc_heads h
    LEFT JOIN doc_updates u ON u.doc_id = h.doc_id AND u.seq > ${seq}
    WHERE h.doc_id = ${docId} ORDER BY u.seq`);
  if (rows.length === 0 || Number(rows[0]?.['snapshot_seq']) > seq) return null;
  return rows.filter((row) => row['data'] !== null).map(readEntry);
}

/** The newest committed sequence; 0: no such document. */
export async function documentHead(db: DbOrTx, docId: string): Promise<number> {
  const { rows } = await db.execute<Record<string, unknown>>(
    sql`SELECT head_seq FROM doc_heads WHERE doc_id = ${docId}`,
  );
  return Number(rows[0]?.['head_seq'] ?? 0);
}

/** Where a document stands. */
export interface DocumentHead {
  readonly seq: number;
  readonly epoch: number;
  readonly locked: boolean;
}

/** Where these documents stand; one that is not there is missing. */
export async function documentHeads(
  db: DbOrTx,
  docIds: readonly string[],
): Promise<Map<string, DocumentHead>> {
  const { rows } = await db.execute<Record<string, unknown>>(sql`
    SELECT h.doc_id, h.head_seq, h.epoch, h.locked FROM doc_heads h
    WHERE h.doc_id = ANY(${sql.param(docIds)}::uuid[])`);
  return new Map(
    rows.map((row) => [
      String(row['doc_id']),
      { seq: Number(row['head_seq']), epoch: Number(row['epoch']), locked: row['locked'] === true },
    ]),
  );
}

/** Which life of the document this is; 0: no such document. */
export async function documentEpoch(db: DbOrTx, docId: string): Promise<number> {
  const { rows } = await db.execute<Record<string, unknown>>(
    sql`SELECT epoch FROM doc_heads WHERE doc_id = ${docId}`,
  );
  return Number(rows[0]?.['epoch'] ?? 0);
}

/** Who each client id of the document belongs to. */
export async function readClients(db: DbOrTx, docId: string): Promise<Map<number, string>> {
  const { rows } = await db.execute<Record<string, unknown>>(
    sql`SELECT client_id, member_id FROM doc_clients WHERE doc_id = ${docId}`,
  );
  return new Map(rows.map((row) => [Number(row['client_id']), String(row['member_id'])]));
}

function readEntry(row: Record<string, unknown>): LogEntry {
  return { seq: Number(row['seq']), data: bytesIn(row['data']) };
}

export function bytesIn(value: unknown): Uint8Array {
  if (!(value instanceof Uint8Array)) throw new Error('the log holds something that is not bytes');
  return value;
}

/** Once this is committed nothing that may not enter a locked text is appended, or everything is again. */
export async function setLocked(tx: Tx, docId: string, locked: boolean): Promise<void> {
  await tx.execute(sql`UPDATE doc_heads SET locked = ${locked} WHERE doc_id = ${docId}`);
}

/** Keeps everybody from appending to a document's log, and from locking it, until the transaction ends. */
export async function holdDocument(tx: Tx, docId: string): Promise<{ readonly locked: boolean }> {
  const { rows } = await tx.execute<Record<string, unknown>>(
    sql`SELECT locked FROM doc_heads WHERE doc_id = ${docId} FOR UPDATE`,
  );
  return { locked: rows[0]?.['locked'] === true };
}
