/** Claims and what hangs on them: evidence, verdicts, reviews, assignments. */
import { sql } from 'drizzle-orm';
import {
  boolean,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import {
  anchorStates,
  assignmentRoles,
  assignmentStatuses,
  attributionStates,
  claimStatuses,
  claimTypes,
  dismissReasons,
  evidenceKinds,
  priorities,
  reviewDecisions,
  stances,
  verdictStates,
} from '#core/domain/words.ts';
import { id, time, tsvector } from './columns.ts';
import { reports } from './report.ts';
import { members, workspaces } from './workspace.ts';

export const claims = pgTable(
  'claims',
  {
    id: id(),
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id),
    reportId: uuid('report_id')
      .notNull()
      .references(() => reports.id),
    exact: text('exact').notNull(),
    prefix: text('prefix').notNull(),
    suffix: text('suffix').notNull(),
    /** How many times the quotation stood in the text that it was taken from. */
    copies: integer('copies').notNull(),
    /** Where it was last resolved to; the relative positions in the document are the truth. */
    anchorStart: integer('anchor_start'),
    anchorEnd: integer('anchor_end'),
    anchorExact: text('anchor_exact'),
    anchorState: text('anchor_state', { enum: anchorStates }).notNull(),
    anchorConfidence: doublePrecision('anchor_confidence').notNull(),
    type: text('type', { enum: claimTypes }).notNull(),
    claimant: text('claimant'),
    claimantRole: text('claimant_role'),
    claimDate: text('claim_date'),
    place: text('place'),
    priority: text('priority', { enum: priorities }).notNull(),
    status: text('status', { enum: claimStatuses }).notNull(),
    dismissReason: text('dismiss_reason', { enum: dismissReasons }),
    tags: text('tags').array().notNull(),
    attributionState: text('attribution_state', { enum: attributionStates }).notNull(),
    attributionNote: text('attribution_note'),
    createdBy: uuid('created_by')
      .notNull()
      .references(() => members.id),
    /** The author's name where an import brought the claim; the member above only imported it. */
    importedAuthor: text('imported_author'),
    createdAt: time('created_at').notNull(),
    updatedAt: time('updated_at').notNull(),
    deletedAt: time('deleted_at'),
    search: tsvector('search').generatedAlwaysAs(
      sql`setweight(to_tsvector('simple', exact), 'A') || setweight(to_tsvector('simple', coalesce(claimant, '')), 'B')`,
    ),
  },
  (t) => [
    index('claims_report').on(t.reportId),
    index('claims_workspace').on(t.workspaceId, t.status),
    index('claims_search').using('gin', t.search),
  ],
);

export const evidence = pgTable(
  'evidence',
  {
    id: id(),
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id),
    reportId: uuid('report_id')
      .notNull()
      .references(() => reports.id),
    claimId: uuid('claim_id')
      .notNull()
      .references(() => claims.id),
    title: text('title').notNull(),
    url: text('url'),
    publisher: text('publisher'),
    publishedAt: text('published_at'),
    kind: text('kind', { enum: evidenceKinds }).notNull(),
    quote: text('quote'),
    stance: text('stance', { enum: stances }).notNull(),
    deskOnly: boolean('desk_only').notNull(),
    addedBy: uuid('added_by')
      .notNull()
      .references(() => members.id),
    importedAuthor: text('imported_author'),
    addedAt: time('added_at').notNull(),
    updatedAt: time('updated_at').notNull(),
    deletedAt: time('deleted_at'),
    search: tsvector('search').generatedAlwaysAs(
      sql`to_tsvector('simple', title || ' ' || coalesce(publisher, '') || ' ' || coalesce(quote, ''))`,
    ),
  },
  (t) => [
    index('evidence_claim').on(t.claimId),
    index('evidence_report').on(t.reportId),
    index('evidence_search').using('gin', t.search),
  ],
);

export const verdicts = pgTable(
  'verdicts',
  {
    id: id(),
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id),
    reportId: uuid('report_id')
      .notNull()
      .references(() => reports.id),
    claimId: uuid('claim_id')
      .notNull()
      .references(() => claims.id),
    rating: text('rating').notNull(),
    label: text('label').notNull(),
    summary: text('summary').notNull(),
    rationale: text('rationale').notNull(),
    /** Members who had written in the rationale when the verdict was proposed; none of them may sign it off. */
    rationaleAuthors: uuid('rationale_authors').array().notNull(),
    words: text('words').notNull(),
    state: text('state', { enum: verdictStates }).notNull(),
    basis: uuid('basis'),
    proposedBy: uuid('proposed_by')
      .notNull()
      .references(() => members.id),
    importedAuthor: text('imported_author'),
    proposedAt: time('proposed_at').notNull(),
    decidedAt: time('decided_at'),
    goodUntil: time('good_until'),
    aloneReason: text('alone_reason'),
    stale: jsonb('stale').$type<{
      before: string;
      after: string;
      by: string | null;
      importedBy?: string;
      at: string;
    }>(),
  },
  (t) => [index('verdicts_claim').on(t.claimId), index('verdicts_report').on(t.reportId)],
);

export const reviews = pgTable(
  'reviews',
  {
    id: id(),
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id),
    verdictId: uuid('verdict_id')
      .notNull()
      .references(() => verdicts.id),
    claimId: uuid('claim_id')
      .notNull()
      .references(() => claims.id),
    reviewerId: uuid('reviewer_id')
      .notNull()
      .references(() => members.id),
    importedAuthor: text('imported_author'),
    decision: text('decision', { enum: reviewDecisions }).notNull(),
    comment: text('comment'),
    alone: boolean('alone').notNull(),
    at: time('at').notNull(),
  },
  (t) => [index('reviews_verdict').on(t.verdictId), index('reviews_claim').on(t.claimId)],
);

export const assignments = pgTable(
  'assignments',
  {
    id: id(),
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id),
    reportId: uuid('report_id')
      .notNull()
      .references(() => reports.id),
    claimId: uuid('claim_id')
      .notNull()
      .references(() => claims.id),
    memberId: uuid('member_id')
      .notNull()
      .references(() => members.id),
    role: text('role', { enum: assignmentRoles }).notNull(),
    status: text('status', { enum: assignmentStatuses }).notNull(),
    dueAt: time('due_at'),
    assignedBy: uuid('assigned_by')
      .notNull()
      .references(() => members.id),
    at: time('at').notNull(),
    removedAt: time('removed_at'),
  },
  (t) => [
    uniqueIndex('assignments_claim_member_role')
      .on(t.claimId, t.memberId, t.role)
      .where(sql`removed_at is null`),
    index('assignments_member').on(t.memberId, t.status),
  ],
);
