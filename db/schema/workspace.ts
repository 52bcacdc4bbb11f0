/** Workspaces, their members and invitations. */
import { sql } from 'drizzle-orm';
import { bigint, boolean, index, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { Rating } from '#core/domain/rating-scale.ts';
import { roles } from '#core/domain/words.ts';
import { id, time } from './columns.ts';
import { users } from './auth.ts';

export const workspaces = pgTable('workspaces', {
  id: id(),
  name: text('name').notNull(),
  isDemo: boolean('is_demo').notNull().default(false),
  ratingScale: jsonb('rating_scale').$type<Rating[]>().notNull(),
  /** Version of the newest event; raised under this row's lock, so versions are in the order of commits. */
  eventHead: bigint('event_head', { mode: 'number' }).notNull().default(0),
  /** Raised with each change of somebody's rights, so that other nodes notice without being told. */
  rightsVersion: bigint('rights_version', { mode: 'number' }).notNull().default(0),
  createdAt: time('created_at').notNull(),
});

export const members = pgTable(
  'members',
  {
    id: id(),
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id),
    userId: text('user_id')
      .notNull()
      .references(() => users.id),
    role: text('role', { enum: roles }).notNull(),
    color: text('color').notNull(),
    joinedAt: time('joined_at').notNull(),
    removedAt: time('removed_at'),
  },
  (t) => [
    uniqueIndex('members_workspace_user')
      .on(t.workspaceId, t.userId)
      .where(sql`removed_at is null`),
    index('members_user').on(t.userId),
  ],
);

export const invitations = pgTable(
  'invitations',
  {
    id: id(),
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id),
    memberId: uuid('member_id')
      .notNull()
      .references(() => members.id),
    /** SHA-256 of the link's secret, hex. */
    hash: text('hash').notNull(),
    expiresAt: time('expires_at').notNull(),
    usedAt: time('used_at'),
    createdAt: time('created_at').notNull(),
  },
  (t) => [uniqueIndex('invitations_hash').on(t.hash), index('invitations_member').on(t.memberId)],
);
