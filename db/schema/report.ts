/** Reports, the sources they came from, and roles given for one report. */
import { sql } from 'drizzle-orm';
import { index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { reportGenres, reportPurposes, reportStatuses, roles } from '#core/domain/words.ts';
import type { SourceMeta } from '#core/source-meta.ts';
import { bytea, id, time, tsvector } from './columns.ts';
import { members, workspaces } from './workspace.ts';

export const reports = pgTable(
  'reports',
  {
    id: id(),
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id),
    title: text('title').notNull(),
    purpose: text('purpose', { enum: reportPurposes }).notNull(),
    genre: text('genre', { enum: reportGenres }).notNull(),
    status: text('status', { enum: reportStatuses }).notNull(),
    /** The plain text as last indexed, for search only; the document is the truth. */
    plainText: text('plain_text').notNull(),
    wordCount: integer('word_count').notNull(),
    createdBy: uuid('created_by')
      .notNull()
      .references(() => members.id),
    createdAt: time('created_at').notNull(),
    updatedBy: uuid('updated_by')
      .notNull()
      .references(() => members.id),
    updatedAt: time('updated_at').notNull(),
    deletedAt: time('deleted_at'),
    search: tsvector('search').generatedAlwaysAs(
      sql`setweight(to_tsvector('simple', title), 'A') || setweight(to_tsvector('simple', left(plain_text, 500000)), 'C')`,
    ),
  },
  (t) => [
    // Without updated_at: each comment changes that, and a change of an indexed column makes every index of the row
    // be written again, the one of all words of the text among them.
    index('reports_workspace').on(t.workspaceId),
    index('reports_search').using('gin', t.search),
  ],
);

export const sources = pgTable(
  'sources',
  {
    id: id(),
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id),
    reportId: uuid('report_id')
      .notNull()
      .references(() => reports.id),
    /** 1 for the first; a revision adds the next. */
    number: integer('number').notNull(),
    kind: text('kind').notNull(),
    name: text('name'),
    origin: text('origin'),
    sha256: text('sha256').notNull(),
    bytes: bytea('bytes').notNull(),
    /** What the source says of itself: byline, date, language, canonical address. */
    meta: jsonb('meta').$type<SourceMeta>(),
    takenBy: uuid('taken_by')
      .notNull()
      .references(() => members.id),
    takenAt: time('taken_at').notNull(),
  },
  (t) => [uniqueIndex('sources_report_number').on(t.reportId, t.number)],
);

/** Images of a report's text, each once by its bytes; a figure in the text names one by its SHA-256. */
export const images = pgTable(
  'images',
  {
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id),
    reportId: uuid('report_id')
      .notNull()
      .references(() => reports.id),
    sha256: text('sha256').notNull(),
    mediaType: text('media_type').notNull(),
    bytes: bytea('bytes').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.reportId, t.sha256] }),
    index('images_workspace').on(t.workspaceId, t.sha256),
  ],
);

/** Where the pages of a source that has pages begin in the report's text, for those that have words in it. */
export const sourcePages = pgTable(
  'source_pages',
  {
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id),
    reportId: uuid('report_id')
      .notNull()
      .references(() => reports.id),
    /** As readers of the file count them, from 1. */
    page: integer('page').notNull(),
    /** An encoded relative position, so that it stays at its words. */
    position: bytea('position').notNull(),
  },
  (t) => [primaryKey({ columns: [t.reportId, t.page] })],
);

export const reportRoles = pgTable(
  'report_roles',
  {
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id),
    reportId: uuid('report_id')
      .notNull()
      .references(() => reports.id),
    memberId: uuid('member_id')
      .notNull()
      .references(() => members.id),
    role: text('role', { enum: roles }).notNull(),
    givenBy: uuid('given_by')
      .notNull()
      .references(() => members.id),
    givenAt: time('given_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.reportId, t.memberId] })],
);
