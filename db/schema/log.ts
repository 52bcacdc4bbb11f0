/** What happened, in order: the events that clients catch up from, the audit chain, and writes already answered. */
import { bigint, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { time } from './columns.ts';
import { members, workspaces } from './workspace.ts';

export const events = pgTable(
  'events',
  {
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id),
    /** Gapless per workspace, in the order of commits. */
    version: bigint('version', { mode: 'number' }).notNull(),
    name: text('name').notNull(),
    reportId: uuid('report_id'),
    actorId: uuid('actor_id').references(() => members.id),
    /** Set: only this member may see it (notifications). */
    onlyMemberId: uuid('only_member_id'),
    data: jsonb('data').$type<Record<string, unknown>>().notNull(),
    at: time('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.version] }),
    index('events_report').on(t.workspaceId, t.reportId),
  ],
);

export const audit = pgTable(
  'audit',
  {
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id),
    seq: bigint('seq', { mode: 'number' }).notNull(),
    actorId: uuid('actor_id').references(() => members.id),
    verb: text('verb').notNull(),
    subjectType: text('subject_type').notNull(),
    subjectId: text('subject_id').notNull(),
    reportId: uuid('report_id'),
    before: jsonb('before').$type<unknown>(),
    after: jsonb('after').$type<unknown>(),
    at: time('at').notNull(),
    previousHash: text('previous_hash').notNull(),
    hash: text('hash').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.seq] }),
    index('audit_report').on(t.workspaceId, t.reportId),
  ],
);

export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id),
    memberId: uuid('member_id')
      .notNull()
      .references(() => members.id),
    key: text('key').notNull(),
    /** SHA-256 of method, path and body: the same key with another request is refused. */
    requestHash: text('request_hash').notNull(),
    status: integer('status').notNull(),
    body: jsonb('body').$type<unknown>(),
    at: time('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.memberId, t.key] })],
);
