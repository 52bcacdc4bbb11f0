/**
 * Claims with all that hangs on them, as records: a fixed number of queries whatever the number of claims.
 * `verdict` is the newest that stands; `disputes` are other standing ones that nobody has settled.
 */
import { and, asc, eq, isNull, sql, type AnyColumn, type SQL } from 'drizzle-orm';
import type {
  AssignmentRecord,
  ClaimRecord,
  EvidenceRecord,
  ReviewRecord,
  VerdictRecord,
} from '#core/records.ts';
import type { Quote } from '#core/anchor/evidence.ts';
import { isStanding } from '#core/domain/verdict.ts';
import { AppError } from '#core/errors.ts';
import { groupBy } from '#core/grouping.ts';
import type { DbOrTx, Tx } from '#db/open.ts';
import { assignments, claims, evidence, reviews, verdicts } from '#db/schema.ts';
import { among } from './among.ts';
import { loadPeople, type People } from './people.ts';

export type ClaimRow = Omit<typeof claims.$inferSelect, 'search'>;
export type VerdictRow = typeof verdicts.$inferSelect;
export type EvidenceRow = Omit<typeof evidence.$inferSelect, 'search'>;

/** The claims of a report in the order of the text; those not found in the text come last. */
export async function claimsOfReport(
  db: DbOrTx,
  workspaceId: string,
  reportId: string,
): Promise<ClaimRecord[]> {
  const records = await claimsWhere(db, workspaceId, eq(claims.reportId, reportId));
  const place = (claim: ClaimRecord): number => claim.anchor.start ?? Number.MAX_SAFE_INTEGER;
  return records.toSorted((a, b) => place(a) - place(b) || (a.createdAt < b.createdAt ? -1 : 1));
}

export async function claimsByIds(
  db: DbOrTx,
  workspaceId: string,
  ids: readonly string[],
): Promise<ClaimRecord[]> {
  return ids.length === 0 ? [] : claimsWhere(db, workspaceId, among(claims.id, ids));
}

export async function getClaim(db: DbOrTx, workspaceId: string, claimId: string): Promise<ClaimRecord> {
  const [record] = await claimsWhere(db, workspaceId, eq(claims.id, claimId));
  if (record === undefined) throw new AppError('not_found', 'There is no such claim');
  return record;
}

/** What hangs on a claim goes with it when it is removed and comes back with it; what hangs on none stays. */
export function claimIsThere(claimId: AnyColumn): SQL {
  return sql`not exists (select 1 from claims c where c.id = ${claimId} and c.deleted_at is not null)`;
}

/** Which report the claim is in: all that a check of rights needs. */
export async function reportOfClaim(db: DbOrTx, workspaceId: string, claimId: string): Promise<string> {
  const [row] = await db
    .select({ reportId: claims.reportId })
    .from(claims)
    .where(and(eq(claims.id, claimId), eq(claims.workspaceId, workspaceId), isNull(claims.deletedAt)));
  if (row === undefined) throw new AppError('not_found', 'There is no such claim');
  return row.reportId;
}

/** Locks the claim's row for the rest of the transaction, so that verdicts and reviews of it happen one after another. */
export async function holdClaim(
  tx: Tx,
  workspaceId: string,
  claimId: string,
): Promise<typeof claims.$inferSelect> {
  const [row] = await tx
    .select()
    .from(claims)
    .where(and(eq(claims.id, claimId), eq(claims.workspaceId, workspaceId), isNull(claims.deletedAt)))
    .for('update');
  if (row === undefined) throw new AppError('not_found', 'There is no such claim');
  return row;
}

async function claimsWhere(db: DbOrTx, workspaceId: string, condition: SQL): Promise<ClaimRecord[]> {
  const rows = await db
    .select()
    .from(claims)
    .where(and(eq(claims.workspaceId, workspaceId), isNull(claims.deletedAt), condition));
  if (rows.length === 0) return [];
  const ids = rows.map((row) => row.id);
  const people = await loadPeople(db, workspaceId);
  const judged = await verdictsOf(db, ids, people);
  const found = groupBy(await evidenceOf(db, ids, people), (item) => item.claimId);
  const assigned = groupBy(await assignmentsOf(db, ids, people), (item) => item.claimId);
  return rows.map((row) =>
    toRecord(row, judged.get(row.id) ?? [], found.get(row.id) ?? [], assigned.get(row.id) ?? [], people),
  );
}

function toRecord(
  row: ClaimRow,
  judged: readonly VerdictRecord[],
  found: EvidenceRecord[],
  assigned: AssignmentRecord[],
  people: People,
): ClaimRecord {
  const standing = judged.filter((verdict) => isStanding(verdict.state));
  return {
    id: row.id,
    reportId: row.reportId,
    quote: { exact: row.exact, prefix: row.prefix, suffix: row.suffix },
    anchor: {
      start: row.anchorStart,
      end: row.anchorEnd,
      exact: row.anchorExact,
      state: row.anchorState,
      confidence: row.anchorConfidence,
    },
    type: row.type,
    claimant: row.claimant,
    claimantRole: row.claimantRole,
    claimDate: row.claimDate,
    place: row.place,
    priority: row.priority,
    status: row.status,
    dismissReason: row.dismissReason,
    tags: row.tags,
    attribution: { state: row.attributionState, note: row.attributionNote },
    verdict: standing.at(-1) ?? null,
    disputes: standing.slice(0, -1),
    evidence: found,
    assignments: assigned,
    createdBy: people.person(row.createdBy, row.importedAuthor),
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

/** Every verdict there was, oldest first, with its reviews. */
export async function verdictsOf(
  db: DbOrTx,
  claimIds: readonly string[],
  people: People,
): Promise<Map<string, VerdictRecord[]>> {
  const rows = await db
    .select()
    .from(verdicts)
    .where(among(verdicts.claimId, claimIds))
    .orderBy(asc(verdicts.proposedAt), asc(verdicts.id));
  const given = await db
    .select()
    .from(reviews)
    .where(among(reviews.claimId, claimIds))
    .orderBy(asc(reviews.at), asc(reviews.id));
  const byVerdict = groupBy(given, (review) => review.verdictId);
  const records = rows.map((row) =>
    toVerdict(
      row,
      (byVerdict.get(row.id) ?? []).map((review) => toReview(review, people)),
      people,
    ),
  );
  return groupBy(records, (verdict) => verdict.claimId);
}

function toVerdict(row: VerdictRow, given: ReviewRecord[], people: People): VerdictRecord {
  return {
    id: row.id,
    claimId: row.claimId,
    rating: row.rating,
    label: row.label,
    summary: row.summary,
    rationale: row.rationale,
    words: row.words,
    state: row.state,
    basis: row.basis,
    proposedBy: people.person(row.proposedBy, row.importedAuthor),
    proposedAt: row.proposedAt.toISOString(),
    decidedAt: row.decidedAt?.toISOString() ?? null,
    goodUntil: row.goodUntil?.toISOString() ?? null,
    aloneReason: row.aloneReason,
    stale: row.stale === null ? null : toStale(row.stale, people),
    reviews: given,
  };
}

function toStale(
  { importedBy, by, ...words }: NonNullable<VerdictRow['stale']>,
  people: People,
): VerdictRecord['stale'] {
  return { ...words, by: importedBy === undefined ? people.maybe(by) : { id: null, name: importedBy } };
}

function toReview(row: typeof reviews.$inferSelect, people: People): ReviewRecord {
  return {
    id: row.id,
    verdictId: row.verdictId,
    reviewer: people.person(row.reviewerId, row.importedAuthor),
    decision: row.decision,
    comment: row.comment,
    alone: row.alone,
    at: row.at.toISOString(),
  };
}

async function evidenceOf(
  db: DbOrTx,
  claimIds: readonly string[],
  people: People,
): Promise<EvidenceRecord[]> {
  const rows = await db
    .select()
    .from(evidence)
    .where(and(among(evidence.claimId, claimIds), isNull(evidence.deletedAt)))
    .orderBy(asc(evidence.addedAt), asc(evidence.id));
  return rows.map((row) => toEvidence(row, people));
}

export function toEvidence(row: EvidenceRow, people: People): EvidenceRecord {
  return {
    id: row.id,
    claimId: row.claimId,
    reportId: row.reportId,
    title: row.title,
    url: row.url,
    publisher: row.publisher,
    publishedAt: row.publishedAt,
    kind: row.kind,
    quote: row.quote,
    stance: row.stance,
    deskOnly: row.deskOnly,
    addedBy: people.person(row.addedBy, row.importedAuthor),
    addedAt: row.addedAt.toISOString(),
  };
}

async function assignmentsOf(
  db: DbOrTx,
  claimIds: readonly string[],
  people: People,
): Promise<AssignmentRecord[]> {
  const rows = await db
    .select()
    .from(assignments)
    .where(and(among(assignments.claimId, claimIds), isNull(assignments.removedAt)))
    .orderBy(asc(assignments.at), asc(assignments.id));
  return rows.map((row) => toAssignment(row, people));
}

export function toAssignment(row: typeof assignments.$inferSelect, people: People): AssignmentRecord {
  return {
    id: row.id,
    claimId: row.claimId,
    reportId: row.reportId,
    member: people.person(row.memberId),
    role: row.role,
    status: row.status,
    dueAt: row.dueAt?.toISOString() ?? null,
    assignedBy: people.person(row.assignedBy),
    at: row.at.toISOString(),
  };
}

/** What the search for a place is given: the quotation, and where it stood last. */
export function quoteOf(
  row: Pick<ClaimRow, 'exact' | 'prefix' | 'suffix' | 'copies' | 'anchorStart'>,
): Quote {
  const { exact, prefix, suffix, copies, anchorStart } = row;
  return { exact, prefix, suffix, copies, ...(anchorStart === null ? {} : { start: anchorStart }) };
}

/** The same for these claims, by claim. */
export async function quotesOf(db: DbOrTx, claimIds: readonly string[]): Promise<Map<string, Quote>> {
  if (claimIds.length === 0) return new Map();
  const { id, exact, prefix, suffix, copies, anchorStart } = claims;
  const rows = await db
    .select({ id, exact, prefix, suffix, copies, anchorStart })
    .from(claims)
    .where(among(claims.id, claimIds));
  return new Map(rows.map((row) => [row.id, quoteOf(row)]));
}
