/**
 * The log of each report's Y.Doc. `seq` is gapless per document and in the order of commits, also with several
 * nodes: it is raised under the row lock of `doc_heads`, which lasts to the commit (a bigserial would not be).
 */
import { bigint, boolean, index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { checkpointKinds } from '#core/domain/words.ts';
import { bytea, id, time } from './columns.ts';
import { reports } from './report.ts';
import { members, workspaces } from './workspace.ts';

export const docHeads = pgTable('doc_heads', {
  docId: uuid('doc_id')
    .primaryKey()
    .references(() => reports.id),
  workspaceId: uuid('workspace_id')
    .notNull()
    .references(() => workspaces.id),
  /**
   * Whether the report's text is closed. Here and not in the report's row, since an append asks it: one that waited for
   * this row sees what it says then, of any other row it sees what it said when the append began.
   */
  locked: boolean('locked').notNull().default(true),
  headSeq: bigint('head_seq', { mode: 'number' }).notNull().default(0),
  snapshotSeq: bigint('snapshot_seq', { mode: 'number' }).notNull().default(0),
  tailBytes: bigint('tail_bytes', { mode: 'number' }).notNull().default(0),
  /** A restored backup begins a new epoch: local stores of another one are set aside. */
  epoch: integer('epoch').notNull().default(1),
});

/**
 * Without foreign keys: their look-ups are half the cost of an append, and say nothing new. The statement takes each
 * document from its locked head, and members are never erased.
 */
export const docUpdates = pgTable(
  'doc_updates',
  {
    docId: uuid('doc_id').notNull(),
    workspaceId: uuid('workspace_id').notNull(),
    seq: bigint('seq', { mode: 'number' }).notNull(),
    data: bytea('data').notNull(),
    nodeId: text('node_id').notNull(),
    memberId: uuid('member_id'),
    createdAt: time('created_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.docId, t.seq] })],
);

export const docSnapshots = pgTable(
  'doc_snapshots',
  {
    docId: uuid('doc_id')
      .notNull()
      .references(() => docHeads.docId),
    workspaceId: uuid('workspace_id').notNull(),
    uptoSeq: bigint('upto_seq', { mode: 'number' }).notNull(),
    data: bytea('data').notNull(),
    createdAt: time('created_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.docId, t.uptoSeq] })],
);

/**
 * What snapshots took out of the log, for history: entries `from_seq` to `upto_seq` with who and when, packed
 * (server/sync/segment.ts). One follows the other without a gap, from 1 to the present snapshot.
 */
export const docSegments = pgTable(
  'doc_segments',
  {
    docId: uuid('doc_id')
      .notNull()
      .references(() => docHeads.docId),
    workspaceId: uuid('workspace_id').notNull(),
    fromSeq: bigint('from_seq', { mode: 'number' }).notNull(),
    uptoSeq: bigint('upto_seq', { mode: 'number' }).notNull(),
    data: bytea('data').notNull(),
    /** Of the entries before they were packed. */
    bytes: bigint('bytes', { mode: 'number' }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.docId, t.uptoSeq] })],
);

/** Moments of a report's history that have a name or a reason. */
export const checkpoints = pgTable(
  'checkpoints',
  {
    id: id(),
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id),
    reportId: uuid('report_id')
      .notNull()
      .references(() => reports.id),
    /** The document was as its log up to here. */
    seq: bigint('seq', { mode: 'number' }).notNull(),
    kind: text('kind', { enum: checkpointKinds }).notNull(),
    name: text('name'),
    createdBy: uuid('created_by')
      .notNull()
      .references(() => members.id),
    createdAt: time('created_at').notNull(),
  },
  (t) => [index('checkpoints_report').on(t.reportId, t.seq, t.createdAt)],
);

/** Whose a Yjs client id is: the first use claims it. Tells who wrote every character. */
export const docClients = pgTable(
  'doc_clients',
  {
    docId: uuid('doc_id')
      .notNull()
      .references(() => docHeads.docId),
    workspaceId: uuid('workspace_id').notNull(),
    clientId: bigint('client_id', { mode: 'number' }).notNull(),
    memberId: uuid('member_id')
      .notNull()
      .references(() => members.id),
    firstSeq: bigint('first_seq', { mode: 'number' }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.docId, t.clientId] }),
    index('doc_clients_member').on(t.docId, t.memberId),
  ],
);
