/**
 * Appending to the logs of documents, in SQL that PostgreSQL 15 and the embedded engine share. The invariant: `seq` is
 * gapless per document and in the order of commits on every node, because `head_seq` is raised under the row lock of
 * `doc_heads`, which lasts to the commit. Heads are locked in id order, so two groups never deadlock. Whether the text is
 * locked is said by the same row: what was let in before a lock is not stored after it.
 */
import { sql, type Param, type SQL } from 'drizzle-orm';
import { PgDialect } from 'drizzle-orm/pg-core';
import type { Database, Tx } from '#db/open.ts';

export interface NewEntry {
  readonly docId: string;
  readonly memberId: string | null;
  readonly data: Uint8Array;
  /** It changes the text, which it may only while the report is not locked. */
  readonly unlessLocked?: boolean;
}

export interface NewClient {
  readonly docId: string;
  readonly clientId: number;
  readonly memberId: string;
}

/** Somebody else's client id was used: nothing of the group was appended. */
export interface ForeignClient {
  readonly docId: string;
  readonly clientId: number;
}

export type Written =
  /**
   * The sequence before each document's first new entry. Of a `locked` document nothing was appended, since one of
   * its entries may not be; nor of one that is `held` by another transaction, where there were others to append to. A
   * document that is not there is in none of them.
   */
  | {
      readonly kind: 'written';
      readonly base: ReadonlyMap<string, number>;
      readonly locked: ReadonlySet<string>;
      readonly held: ReadonlySet<string>;
    }
  | { readonly kind: 'foreign_client'; readonly clients: readonly ForeignClient[] };

interface Origin {
  readonly nodeId: string;
  readonly at: Date;
}

/** Begins a document's log with its first entry. */
export async function createDocument(
  tx: Tx,
  workspaceId: string,
  entry: NewEntry,
  clientIds: readonly number[],
  origin: Origin,
): Promise<void> {
  await tx.execute(sql`INSERT INTO doc_heads (doc_id, workspace_id) VALUES (${entry.docId}, ${workspaceId})`);
  await appendIn(
    tx,
    [entry],
    clientIds.map((clientId) => ({ docId: entry.docId, clientId, memberId: entry.memberId ?? '' })),
    origin,
  );
}

/** Appends in the caller's transaction, which must roll back unless the answer is `written`. */
export async function appendIn(
  tx: Tx,
  entries: readonly NewEntry[],
  clients: readonly NewClient[],
  origin: Origin,
): Promise<Written> {
  const { statement, values } = appendOf(entries, origin);
  const { rows } = await tx.execute<Record<string, unknown>>(
    statement(values.map((value) => sql.param(value))),
  );
  const written = readWritten(rows);
  const used = clients.filter(({ docId }) => written.base.has(docId));
  const foreign = used.length === 0 ? [] : await claimClients(tx, used);
  return foreign.length === 0 ? written : { kind: 'foreign_client', clients: foreign };
}

/**
 * Appends a group of entries of any number of documents, all or nothing. Without new client ids, as nearly always,
 * it is one prepared statement and so one round trip.
 */
export async function appendGroup(
  database: Database,
  entries: readonly NewEntry[],
  clients: readonly NewClient[],
  origin: Origin,
): Promise<Written> {
  if (clients.length === 0) {
    const { statement, values } = appendOf(entries, origin);
    const query = { ...prepared(statement), values, query_timeout: APPEND_MILLISECONDS };
    const { rows } = await database.pool.query<Record<string, unknown>>(query);
    return readWritten(rows);
  }
  let written: Written | null = null;
  try {
    return await database.db.transaction(async (tx) => {
      written = await appendIn(tx, entries, clients, origin);
      if (written.kind === 'foreign_client') tx.rollback();
      return written;
    });
  } catch (error) {
    if (isForeign(written)) return written;
    throw error;
  }
}

/**
 * What an append may take before it is given up and tried anew on another connection, whether somebody holds the row or
 * the connection is dead. It may be stored all the same, and then twice, which is the same to Yjs as once.
 */
const APPEND_MILLISECONDS = 5_000;

function isForeign(written: Written | null): written is Written & { kind: 'foreign_client' } {
  return written?.kind === 'foreign_client';
}

type Statement = (params: readonly Param[]) => SQL;

interface Append {
  readonly statement: Statement;
  /** In the order in which they stand in its text: so a driver numbers them. */
  readonly values: unknown[];
}

/** The new entries of one document, taken together. */
interface Growth {
  count: number;
  bytes: number;
  unlessLocked: boolean;
}

function appendOf(entries: readonly NewEntry[], origin: Origin): Append {
  const byDocument = new Map<string, Growth>();
  for (const { docId, data, unlessLocked = false } of entries) {
    const growth = byDocument.get(docId) ?? { count: 0, bytes: 0, unlessLocked: false };
    growth.count += 1;
    growth.bytes += data.length;
    growth.unlessLocked ||= unlessLocked;
    byDocument.set(docId, growth);
  }
  const [only] = byDocument;
  return only === undefined || byDocument.size > 1
    ? { statement: appendToMany, values: valuesForMany(byDocument, entries, origin) }
    : { statement: appendToOne, values: valuesForOne(only, entries, origin) };
}

/** Somebody types: one document, whose row lock needs no order. It takes half as long as the statement for many. */
function appendToOne([
  count,
  bytes,
  unlessLocked,
  docId,
  nodeId,
  at,
  data,
  memberIds,
  sameId,
]: readonly Param[]): SQL {
  return sql`
    WITH raised AS (
      UPDATE doc_heads h SET head_seq = h.head_seq + g.count, tail_bytes = h.tail_bytes + g.bytes
      FROM (SELECT ${count}::int AS count, ${bytes}::int AS bytes, ${unlessLocked}::boolean AS unless_locked) g
      WHERE h.doc_id = ${docId}::uuid AND NOT (g.unless_locked AND h.locked)
      RETURNING h.doc_id, h.workspace_id, h.head_seq - g.count AS base
    ), stored AS (
      INSERT INTO doc_updates (doc_id, workspace_id, seq, data, node_id, member_id, created_at)
      SELECT r.doc_id, r.workspace_id, r.base + i.ordinal, i.data, ${nodeId}, i.member_id, ${at}::timestamptz
      FROM raised r, unnest(${data}::bytea[], ${memberIds}::uuid[]) WITH ORDINALITY AS i(data, member_id, ordinal)
    )
    SELECT h.doc_id, r.base FROM doc_heads h LEFT JOIN raised r USING (doc_id) WHERE h.doc_id = ${sameId}::uuid`;
}

function valuesForOne(
  [docId, { count, bytes, unlessLocked }]: readonly [string, Growth],
  entries: readonly NewEntry[],
  { nodeId, at }: Origin,
): unknown[] {
  return [
    count,
    bytes,
    unlessLocked,
    docId,
    nodeId,
    at.toISOString(),
    entries.map(bytesOf),
    entries.map(({ memberId }) => memberId),
    docId,
  ];
}

/** Lock the heads in order, without waiting for any, raise each by its count, insert with `base + ordinal`. */
function appendToMany([
  headIds,
  counts,
  bytes,
  unlessLocked,
  nodeId,
  at,
  docIds,
  ordinals,
  data,
  memberIds,
  sameIds,
]: readonly Param[]): SQL {
  return sql`
    WITH free AS MATERIALIZED (
      SELECT g.doc_id, g.count, g.bytes, g.unless_locked
      FROM unnest(${headIds}::uuid[], ${counts}::int[], ${bytes}::int[], ${unlessLocked}::boolean[])
        AS g(doc_id, count, bytes, unless_locked)
      JOIN doc_heads h USING (doc_id) ORDER BY h.doc_id FOR UPDATE OF h SKIP LOCKED
    ), raised AS (
      UPDATE doc_heads h SET head_seq = h.head_seq + g.count, tail_bytes = h.tail_bytes + g.bytes
      FROM free g WHERE h.doc_id = g.doc_id AND NOT (g.unless_locked AND h.locked)
      RETURNING h.doc_id, h.workspace_id, h.head_seq - g.count AS base
    ), stored AS (
      INSERT INTO doc_updates (doc_id, workspace_id, seq, data, node_id, member_id, created_at)
      SELECT r.doc_id, r.workspace_id, r.base + i.ordinal, i.data, ${nodeId}, i.member_id, ${at}::timestamptz
      FROM unnest(${docIds}::uuid[], ${ordinals}::int[], ${data}::bytea[], ${memberIds}::uuid[])
        AS i(doc_id, ordinal, data, member_id) JOIN raised r USING (doc_id)
    )
    SELECT h.doc_id, r.base, f.doc_id IS NULL AS held
    FROM doc_heads h LEFT JOIN free f USING (doc_id) LEFT JOIN raised r USING (doc_id)
    WHERE h.doc_id = ANY(${sameIds}::uuid[])`;
}

function valuesForMany(
  byDocument: ReadonlyMap<string, Growth>,
  entries: readonly NewEntry[],
  { nodeId, at }: Origin,
): unknown[] {
  const ordinals = new Map<string, number>();
  const ordinalOf = ({ docId }: NewEntry): number => {
    const ordinal = (ordinals.get(docId) ?? 0) + 1;
    ordinals.set(docId, ordinal);
    return ordinal;
  };
  const growths = [...byDocument.values()];
  return [
    [...byDocument.keys()],
    growths.map(({ count }) => count),
    growths.map(({ bytes }) => bytes),
    growths.map((each) => each.unlessLocked),
    nodeId,
    at.toISOString(),
    entries.map(({ docId }) => docId),
    entries.map(ordinalOf),
    entries.map(bytesOf),
    entries.map(({ memberId }) => memberId),
    [...byDocument.keys()],
  ];
}

const bytesOf = ({ data }: NewEntry): Buffer => Buffer.from(data.buffer, data.byteOffset, data.byteLength);

const texts = new Map<Statement, { readonly name: string; readonly text: string }>();

/** Its text, made once: for a keystroke, making it would cost as much as sending it. */
function prepared(statement: Statement): { readonly name: string; readonly text: string } {
  const known = texts.get(statement);
  if (known !== undefined) return known;
  const { sql: text } = new PgDialect().sqlToQuery(
    statement(Array.from({ length: 11 }, () => sql.param(null))),
  );
  const made = { name: statement.name, text };
  texts.set(statement, made);
  return made;
}

/** Claims client ids on first use; answers those that belong to somebody else. Runs after the heads are raised. */
async function claimClients(tx: Tx, clients: readonly NewClient[]): Promise<ForeignClient[]> {
  const { rows } = await tx.execute<Record<string, unknown>>(sql`
    WITH used AS (
      SELECT * FROM unnest(
        ${sql.param(clients.map((client) => client.docId))}::uuid[],
        ${sql.param(clients.map((client) => client.clientId))}::bigint[],
        ${sql.param(clients.map((client) => client.memberId))}::uuid[]
      ) AS t(doc_id, client_id, member_id)
    ), owned AS (
      INSERT INTO doc_clients AS c (doc_id, workspace_id, client_id, member_id, first_seq)
      SELECT DISTINCT ON (u.doc_id, u.client_id) u.doc_id, h.workspace_id, u.client_id, u.member_id, h.head_seq
      FROM used u JOIN doc_heads h ON h.doc_id = u.doc_id ORDER BY u.doc_id, u.client_id
      ON CONFLICT (doc_id, client_id) DO UPDATE SET first_seq = c.first_seq
      RETURNING c.doc_id, c.client_id, c.member_id
    )
    SELECT u.doc_id, u.client_id FROM used u JOIN owned o USING (doc_id, client_id) WHERE o.member_id <> u.member_id`);
  return rows.map((row) => ({ docId: String(row['doc_id']), clientId: Number(row['client_id']) }));
}

function readWritten(rows: readonly Record<string, unknown>[]): Written & { kind: 'written' } {
  const base = new Map<string, number>();
  const locked = new Set<string>();
  const held = new Set<string>();
  for (const row of rows) {
    const docId = String(row['doc_id']);
    if (row['held'] === true) held.add(docId);
    else if (row['base'] === null) locked.add(docId);
    else base.set(docId, Number(row['base']));
  }
  return { kind: 'written', base, locked, held };
}
