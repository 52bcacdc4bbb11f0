/** Threads and their comments, and what tells people about them. */
import { sql } from 'drizzle-orm';
import {
  boolean,
  doublePrecision,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import {
  anchorStates,
  notificationKinds,
  suggestionKinds,
  suggestionStates,
  threadStates,
} from '#core/domain/words.ts';
import { claims } from './claim.ts';
import { bytea, id, time, tsvector } from './columns.ts';
import { reports } from './report.ts';
import { members, workspaces } from './workspace.ts';

export const threads = pgTable(
  'threads',
  {
    id: id(),
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id),
    reportId: uuid('report_id')
      .notNull()
      .references(() => reports.id),
    /** Null: a thread on plain words, which has the quote and positions below. */
    claimId: uuid('claim_id').references(() => claims.id),
    exact: text('exact'),
    prefix: text('prefix'),
    suffix: text('suffix'),
    copies: integer('copies'),
    /** Encoded Yjs relative positions. */
    startPosition: bytea('start_position'),
    endPosition: bytea('end_position'),
    anchorStart: integer('anchor_start'),
    anchorEnd: integer('anchor_end'),
    anchorExact: text('anchor_exact'),
    anchorState: text('anchor_state', { enum: anchorStates }),
    anchorConfidence: doublePrecision('anchor_confidence'),
    state: text('state', { enum: threadStates }).notNull(),
    resolvedBy: uuid('resolved_by').references(() => members.id),
    /** Who resolved it where an import brought the thread. */
    importedResolver: text('imported_resolver'),
    deskOnly: boolean('desk_only').notNull(),
    /** A thread about a change of its words, as a tracked change of a Word file; else null, all four. */
    suggestionKind: text('suggestion_kind', { enum: suggestionKinds }),
    suggestionText: text('suggestion_text'),
    suggestionState: text('suggestion_state', { enum: suggestionStates }),
    suggestionDecidedBy: uuid('suggestion_decided_by').references(() => members.id),
    createdBy: uuid('created_by')
      .notNull()
      .references(() => members.id),
    createdAt: time('created_at').notNull(),
  },
  (t) => [
    index('threads_report').on(t.reportId),
    /** A claim has at most one public and one desk-only thread. */
    uniqueIndex('threads_claim')
      .on(t.claimId, t.deskOnly)
      .where(sql`claim_id is not null`),
  ],
);

export const comments = pgTable(
  'comments',
  {
    id: id(),
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id),
    reportId: uuid('report_id')
      .notNull()
      .references(() => reports.id),
    threadId: uuid('thread_id')
      .notNull()
      .references(() => threads.id),
    claimId: uuid('claim_id').references(() => claims.id),
    parentId: uuid('parent_id'),
    body: text('body').notNull(),
    authorId: uuid('author_id')
      .notNull()
      .references(() => members.id),
    importedAuthor: text('imported_author'),
    /** What it was called in the file that brought it, so that the same file brings it once. */
    originId: text('origin_id'),
    at: time('at').notNull(),
    editedAt: time('edited_at'),
    deletedAt: time('deleted_at'),
    search: tsvector('search').generatedAlwaysAs(sql`to_tsvector('simple', body)`),
  },
  (t) => [
    index('comments_thread').on(t.threadId),
    index('comments_report').on(t.reportId),
    index('comments_search').using('gin', t.search),
  ],
);

export const reactions = pgTable(
  'reactions',
  {
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id),
    commentId: uuid('comment_id')
      .notNull()
      .references(() => comments.id),
    memberId: uuid('member_id')
      .notNull()
      .references(() => members.id),
    name: text('name').notNull(),
    /** Whose it was where an import brought it (then the member only brought it); empty for a member's own. */
    importedAuthor: text('imported_author').notNull().default(''),
    at: time('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.commentId, t.memberId, t.name, t.importedAuthor] })],
);

export const notifications = pgTable(
  'notifications',
  {
    id: id(),
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id),
    memberId: uuid('member_id')
      .notNull()
      .references(() => members.id),
    kind: text('kind', { enum: notificationKinds }).notNull(),
    reportId: uuid('report_id'),
    claimId: uuid('claim_id'),
    commentId: uuid('comment_id'),
    actorId: uuid('actor_id').references(() => members.id),
    excerpt: text('excerpt').notNull(),
    at: time('at').notNull(),
    readAt: time('read_at'),
  },
  (t) => [index('notifications_member').on(t.memberId, t.at)],
);
