/**
 * The records as everybody outside sees them: answers of the API, payloads of the events, rows of the screen's
 * store. One zod schema each, so the OpenAPI document, the events and the types cannot drift apart.
 * Times are ISO 8601 in UTC; people are `{id, name}` where `id` is the member's (null for names that an import
 * brought). Text offsets count UTF-16 units in the report's plain text.
 */
import { z } from 'zod';
import { ratingSchema } from './domain/rating-schema.ts';
import { sourceMeta } from './source-meta.ts';
import {
  anchorStates,
  assignmentRoles,
  assignmentStatuses,
  attributionStates,
  checkpointKinds,
  claimStatuses,
  claimTypes,
  dismissReasons,
  evidenceKinds,
  notificationKinds,
  priorities,
  reportGenres,
  reportPurposes,
  reportStatuses,
  reviewDecisions,
  roles,
  stances,
  suggestionKinds,
  suggestionStates,
  threadStates,
  verdictStates,
} from './domain/words.ts';

const id = z.uuid();
const time = z.iso.datetime();

export const personSchema = z.object({ id: id.nullable(), name: z.string() });
export type Person = z.infer<typeof personSchema>;

export const workspaceRecord = z.object({
  id,
  name: z.string(),
  isDemo: z.boolean(),
  ratingScale: z.array(ratingSchema),
});
export type WorkspaceRecord = z.infer<typeof workspaceRecord>;

export const memberRecord = z.object({
  id,
  name: z.string(),
  email: z.string(),
  role: z.enum(roles),
  color: z.string(),
  joinedAt: time,
  invited: z.boolean(),
});
export type MemberRecord = z.infer<typeof memberRecord>;

export const claimCounts = z.object({
  total: z.int(),
  decided: z.int(),
  needsRecheck: z.int(),
  awaitingReview: z.int(),
  /** Decided claims by the value of their final rating. */
  byRating: z.record(z.string(), z.int()),
});
export type ClaimCounts = z.infer<typeof claimCounts>;

export const reportRecord = z.object({
  id,
  title: z.string(),
  purpose: z.enum(reportPurposes),
  genre: z.enum(reportGenres),
  status: z.enum(reportStatuses),
  locked: z.boolean(),
  source: z.object({
    kind: z.string(),
    sha256: z.string(),
    name: z.string().nullable(),
    from: z.string().nullable(),
    meta: sourceMeta.nullable(),
    takenAt: time,
  }),
  wordCount: z.int(),
  claims: claimCounts,
  createdBy: personSchema,
  createdAt: time,
  updatedAt: time,
  /** Who did the last thing in it. */
  updatedBy: personSchema,
  deletedAt: time.nullable(),
});
export type ReportRecord = z.infer<typeof reportRecord>;

/** A page of the source, and where its words begin in the report's text now. UTF-16 code units. */
export const sourcePageRecord = z.object({ page: z.int().positive(), start: z.int().nonnegative() });
export type SourcePageRecord = z.infer<typeof sourcePageRecord>;

/** A moment of a report's history that has a name or a reason. `seq` counts the entries of its document's log. */
export const checkpointRecord = z.object({
  id,
  reportId: id,
  seq: z.int(),
  kind: z.enum(checkpointKinds),
  name: z.string().nullable(),
  by: personSchema,
  at: time,
});
export type CheckpointRecord = z.infer<typeof checkpointRecord>;

export const momentRecord = z.object({
  seq: z.int(),
  at: time,
  /** Who made the change that it begins with; null: the server. */
  by: personSchema.nullable(),
  checkpoint: checkpointRecord.nullable(),
  text: z.string(),
  /** ProseMirror JSON of it. */
  doc: z.unknown(),
  /** Parts of the text by author, in order, without gaps but for line breaks between blocks. */
  authors: z.array(z.object({ start: z.int(), end: z.int(), by: personSchema.nullable() })),
});
export type MomentRecord = z.infer<typeof momentRecord>;

export const anchorRecord = z.object({
  start: z.int().nullable(),
  end: z.int().nullable(),
  /** The words that stand there now; null when not found. */
  exact: z.string().nullable(),
  state: z.enum(anchorStates),
  confidence: z.number().min(0).max(1),
});
export type AnchorRecord = z.infer<typeof anchorRecord>;

export const quoteRecord = z.object({ exact: z.string(), prefix: z.string(), suffix: z.string() });
export type QuoteRecord = z.infer<typeof quoteRecord>;

export const reviewRecord = z.object({
  id,
  verdictId: id,
  reviewer: personSchema,
  decision: z.enum(reviewDecisions),
  comment: z.string().nullable(),
  /** A sign-off by the proposer, an owner who works alone. */
  alone: z.boolean(),
  at: time,
});
export type ReviewRecord = z.infer<typeof reviewRecord>;

export const verdictRecord = z.object({
  id,
  claimId: id,
  rating: z.string(),
  /** As the scale called it when the verdict was made. */
  label: z.string(),
  summary: z.string(),
  /** The rationale's plain text that the verdict was proposed with. */
  rationale: z.string(),
  /** The claim's words at that moment. */
  words: z.string(),
  state: z.enum(verdictStates),
  /** The verdict that this one replaced, or conflicts with. */
  basis: id.nullable(),
  proposedBy: personSchema,
  proposedAt: time,
  decidedAt: time.nullable(),
  goodUntil: time.nullable(),
  /** Signed off by its own proposer: the reason, shown by every export. */
  aloneReason: z.string().nullable(),
  /** Why it is stale: the words then and now, and who changed them. */
  stale: z
    .object({ before: z.string(), after: z.string(), by: personSchema.nullable(), at: time })
    .nullable(),
  reviews: z.array(reviewRecord),
});
export type VerdictRecord = z.infer<typeof verdictRecord>;

export const evidenceRecord = z.object({
  id,
  claimId: id,
  reportId: id,
  title: z.string(),
  url: z.string().nullable(),
  publisher: z.string().nullable(),
  publishedAt: z.string().nullable(),
  kind: z.enum(evidenceKinds),
  quote: z.string().nullable(),
  stance: z.enum(stances),
  deskOnly: z.boolean(),
  addedBy: personSchema,
  addedAt: time,
});
export type EvidenceRecord = z.infer<typeof evidenceRecord>;

export const assignmentRecord = z.object({
  id,
  claimId: id,
  reportId: id,
  member: personSchema,
  role: z.enum(assignmentRoles),
  status: z.enum(assignmentStatuses),
  dueAt: time.nullable(),
  assignedBy: personSchema,
  at: time,
});
export type AssignmentRecord = z.infer<typeof assignmentRecord>;

export const claimRecord = z.object({
  id,
  reportId: id,
  quote: quoteRecord,
  /** As last resolved by the server; an open editor resolves it from the document itself. */
  anchor: anchorRecord,
  type: z.enum(claimTypes),
  claimant: z.string().nullable(),
  claimantRole: z.string().nullable(),
  claimDate: z.string().nullable(),
  place: z.string().nullable(),
  priority: z.enum(priorities),
  status: z.enum(claimStatuses),
  dismissReason: z.enum(dismissReasons).nullable(),
  tags: z.array(z.string()),
  attribution: z.object({ state: z.enum(attributionStates), note: z.string().nullable() }),
  /** The verdict that counts: the newest that is not superseded or withdrawn. */
  verdict: verdictRecord.nullable(),
  /** Standing verdicts that conflict with `verdict`; not empty means a disagreement to settle. */
  disputes: z.array(verdictRecord),
  evidence: z.array(evidenceRecord),
  assignments: z.array(assignmentRecord),
  createdBy: personSchema,
  createdAt: time,
  updatedAt: time,
});
export type ClaimRecord = z.infer<typeof claimRecord>;

/** A claim as the API answers it: with the rationale's plain text, which lives in the document. */
export const claimView = claimRecord.extend({ rationale: z.string() });
export type ClaimView = z.infer<typeof claimView>;

export const commentRecord = z.object({
  id,
  threadId: id,
  claimId: id.nullable(),
  reportId: id,
  parentId: id.nullable(),
  /** Empty when deleted. Mentions are `@[name](member:ID)`. */
  body: z.string(),
  author: personSchema,
  at: time,
  editedAt: time.nullable(),
  deleted: z.boolean(),
  reactions: z.array(z.object({ name: z.string(), by: z.array(personSchema) })),
});
export type CommentRecord = z.infer<typeof commentRecord>;

/** What a thread suggests to do with its words. `by` is the author of its first comment, which may have no words. */
export const threadSuggestion = z.object({
  kind: z.enum(suggestionKinds),
  /** What would be put in; empty for `delete`. */
  text: z.string(),
  state: z.enum(suggestionStates),
  by: personSchema,
  decidedBy: personSchema.nullable(),
});
export type ThreadSuggestion = z.infer<typeof threadSuggestion>;

export const threadRecord = z.object({
  id,
  reportId: id,
  claimId: id.nullable(),
  /** Where a thread on plain words is; null for a claim's thread, and for one about the report as a whole. */
  anchor: anchorRecord.nullable(),
  quote: quoteRecord.nullable(),
  state: z.enum(threadStates),
  resolvedBy: personSchema.nullable(),
  deskOnly: z.boolean(),
  createdAt: time,
  suggestion: threadSuggestion.nullable(),
  comments: z.array(commentRecord),
});
export type ThreadRecord = z.infer<typeof threadRecord>;

/** A suggestion by itself; its talk is the thread with the same id. */
export const suggestionRecord = threadSuggestion.extend({
  id,
  reportId: id,
  anchor: anchorRecord.nullable(),
  quote: quoteRecord.nullable(),
  createdAt: time,
});
export type SuggestionRecord = z.infer<typeof suggestionRecord>;

export const notificationRecord = z.object({
  id,
  kind: z.enum(notificationKinds),
  reportId: id.nullable(),
  claimId: id.nullable(),
  commentId: id.nullable(),
  actor: personSchema.nullable(),
  /** A line of the thing itself (the comment, the quotation), plain text. */
  excerpt: z.string(),
  at: time,
  readAt: time.nullable(),
});
export type NotificationRecord = z.infer<typeof notificationRecord>;

export const activityRecord = z.object({
  seq: z.int(),
  verb: z.string(),
  actor: personSchema.nullable(),
  subject: z.object({ type: z.string(), id: z.string() }),
  reportId: id.nullable(),
  at: time,
  before: z.unknown(),
  after: z.unknown(),
});
export type ActivityRecord = z.infer<typeof activityRecord>;

export const searchHit = z.object({
  kind: z.enum(['report', 'claim', 'comment', 'evidence']),
  id,
  reportId: id,
  claimId: id.nullable(),
  title: z.string(),
  /** HTML-free excerpt; matched words stand between U+E000 and U+E001. */
  excerpt: z.string(),
  score: z.number(),
});
export type SearchHit = z.infer<typeof searchHit>;
