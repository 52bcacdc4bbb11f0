/** Reports with their progress, as records. What is deleted or of another workspace is not found. */
import { and, desc, eq, inArray, isNull, max, sql, type SQL } from 'drizzle-orm';
import type { SubjectChange } from '#core/export/last-change.ts';
import type { ClaimCounts, ReportRecord } from '#core/records.ts';
import type { ReportStatus } from '#core/domain/words.ts';
import { AppError } from '#core/errors.ts';
import type { DbOrTx, Tx } from '#db/open.ts';
import {
  audit,
  claims,
  docHeads,
  docSnapshots,
  docUpdates,
  reports,
  sources,
  verdicts,
  workspaces,
} from '#db/schema.ts';
import { loadPeople, type People } from './people.ts';

type ReportRow = Omit<typeof reports.$inferSelect, 'plainText' | 'search'> & { locked: boolean };

const columns = {
  id: reports.id,
  workspaceId: reports.workspaceId,
  title: reports.title,
  purpose: reports.purpose,
  genre: reports.genre,
  status: reports.status,
  locked: docHeads.locked,
  wordCount: reports.wordCount,
  createdBy: reports.createdBy,
  createdAt: reports.createdAt,
  updatedBy: reports.updatedBy,
  updatedAt: reports.updatedAt,
  deletedAt: reports.deletedAt,
};

export interface ReportFilter {
  query?: string | undefined;
  status?: ReportStatus | undefined;
  limit: number;
  /** Continue after this report (its id). */
  after?: string | undefined;
}

export async function listReports(
  db: DbOrTx,
  workspaceId: string,
  filter: ReportFilter,
): Promise<ReportRecord[]> {
  const conditions: SQL[] = [eq(reports.workspaceId, workspaceId), isNull(reports.deletedAt)];
  if (filter.status !== undefined) conditions.push(eq(reports.status, filter.status));
  if (filter.query !== undefined && filter.query.trim() !== '') {
    const like = `%${filter.query.trim().replaceAll(/[\\%_]/g, '\\$&')}%`;
    conditions.push(
      sql`(${reports.title} ilike ${like} or ${reports.search} @@ websearch_to_tsquery('simple', ${filter.query}))`,
    );
  }
  if (filter.after !== undefined) {
    conditions.push(
      sql`(${reports.updatedAt}, ${reports.id}) < (select r.updated_at, r.id from reports r where r.id = ${filter.after} and r.workspace_id = ${workspaceId})`,
    );
  }
  const rows = await db
    .select(columns)
    .from(reports)
    .innerJoin(docHeads, eq(docHeads.docId, reports.id))
    .where(and(...conditions))
    .orderBy(desc(reports.updatedAt), desc(reports.id))
    .limit(filter.limit);
  return toRecords(db, workspaceId, rows);
}

export async function findReport(
  db: DbOrTx,
  workspaceId: string,
  reportId: string,
): Promise<ReportRecord | null> {
  const rows = await db
    .select(columns)
    .from(reports)
    .innerJoin(docHeads, eq(docHeads.docId, reports.id))
    .where(and(eq(reports.id, reportId), eq(reports.workspaceId, workspaceId), isNull(reports.deletedAt)));
  return (await toRecords(db, workspaceId, rows))[0] ?? null;
}

/** Holds the row for the rest of the transaction; `locked` is held by `holdDocument`. Throws not_found. */
export async function holdReport(tx: Tx, workspaceId: string, reportId: string): Promise<ReportRow> {
  const [row] = await tx
    .select(columns)
    .from(reports)
    .innerJoin(docHeads, eq(docHeads.docId, reports.id))
    .where(and(eq(reports.id, reportId), eq(reports.workspaceId, workspaceId), isNull(reports.deletedAt)))
    .for('update', { of: reports });
  if (row === undefined) throw new AppError('not_found', 'There is no such report');
  return row;
}

export async function getReport(db: DbOrTx, workspaceId: string, reportId: string): Promise<ReportRecord> {
  const record = await findReport(db, workspaceId, reportId);
  if (record === null) throw new AppError('not_found', 'There is no such report');
  return record;
}

/** Says that a member did something in the report: its place in the list and "last change". */
export async function touchReport(tx: Tx, reportId: string, memberId: string, at: Date): Promise<void> {
  await tx.update(reports).set({ updatedAt: at, updatedBy: memberId }).where(eq(reports.id, reportId));
}

async function toRecords(
  db: DbOrTx,
  workspaceId: string,
  rows: readonly ReportRow[],
): Promise<ReportRecord[]> {
  if (rows.length === 0) return [];
  const ids = rows.map((row) => row.id);
  const people = await loadPeople(db, workspaceId);
  const firstSources = await latestSources(db, ids);
  const counts = await countClaims(db, ids);
  return rows.map((row) =>
    toRecord(row, firstSources.get(row.id), counts.get(row.id) ?? emptyCounts(), people),
  );
}

type SourceRow = Pick<
  typeof sources.$inferSelect,
  'kind' | 'name' | 'origin' | 'meta' | 'sha256' | 'takenAt'
>;

function toRecord(
  row: ReportRow,
  source: SourceRow | undefined,
  counts: ClaimCounts,
  people: People,
): ReportRecord {
  if (source === undefined) throw new Error(`report ${row.id} has no source`);
  return {
    id: row.id,
    title: row.title,
    purpose: row.purpose,
    genre: row.genre,
    status: row.status,
    locked: row.locked,
    source: {
      kind: source.kind,
      sha256: source.sha256,
      name: source.name,
      from: source.origin,
      meta: source.meta,
      takenAt: source.takenAt.toISOString(),
    },
    wordCount: row.wordCount,
    claims: counts,
    createdBy: people.person(row.createdBy),
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    updatedBy: people.person(row.updatedBy),
    deletedAt: row.deletedAt?.toISOString() ?? null,
  };
}

async function latestSources(db: DbOrTx, reportIds: readonly string[]): Promise<Map<string, SourceRow>> {
  const rows = await db
    .selectDistinctOn([sources.reportId], {
      reportId: sources.reportId,
      kind: sources.kind,
      name: sources.name,
      origin: sources.origin,
      meta: sources.meta,
      sha256: sources.sha256,
      takenAt: sources.takenAt,
    })
    .from(sources)
    .where(inArray(sources.reportId, [...reportIds]))
    .orderBy(sources.reportId, desc(sources.number));
  return new Map(rows.map((row) => [row.reportId, row]));
}

function emptyCounts(): ClaimCounts {
  return { total: 0, decided: 0, needsRecheck: 0, awaitingReview: 0, byRating: {} };
}

/** Dismissed claims and mere suggestions are no part of the work to do. */
async function countClaims(db: DbOrTx, reportIds: readonly string[]): Promise<Map<string, ClaimCounts>> {
  const rows = await db
    .select({
      reportId: claims.reportId,
      status: claims.status,
      rating: verdicts.rating,
      n: sql<number>`count(*)::int`,
    })
    .from(claims)
    .leftJoin(verdicts, and(eq(verdicts.claimId, claims.id), eq(verdicts.state, 'final')))
    .where(and(inArray(claims.reportId, [...reportIds]), isNull(claims.deletedAt)))
    .groupBy(claims.reportId, claims.status, verdicts.rating);
  const counts = new Map<string, ClaimCounts>();
  for (const row of rows) {
    if (row.status === 'dismissed' || row.status === 'suggested') continue;
    const count = counts.get(row.reportId) ?? emptyCounts();
    counts.set(row.reportId, count);
    count.total += row.n;
    if (row.status === 'needs_recheck') count.needsRecheck += row.n;
    if (row.status === 'in_review') count.awaitingReview += row.n;
    if (row.status !== 'decided') continue;
    count.decided += row.n;
    if (row.rating !== null) count.byRating[row.rating] = (count.byRating[row.rating] ?? 0) + row.n;
  }
  return counts;
}

export async function ratingScaleOf(db: DbOrTx, workspaceId: string) {
  const [row] = await db
    .select({ ratingScale: workspaces.ratingScale })
    .from(workspaces)
    .where(eq(workspaces.id, workspaceId));
  if (row === undefined) throw new AppError('not_found', 'There is no such workspace');
  return row.ratingScale;
}

export async function findWorkspace(db: DbOrTx, workspaceId: string) {
  const [row] = await db.select().from(workspaces).where(eq(workspaces.id, workspaceId));
  if (row === undefined) throw new AppError('not_found', 'There is no such workspace');
  return row;
}

/** Every report of the workspace, oldest first. */
export async function listReportIds(db: DbOrTx, workspaceId: string): Promise<string[]> {
  const rows = await db
    .select({ id: reports.id })
    .from(reports)
    .where(and(eq(reports.workspaceId, workspaceId), isNull(reports.deletedAt)))
    .orderBy(reports.createdAt, reports.id);
  return rows.map(({ id }) => id);
}

/** When a report's text, with the reasons in it, last changed: its source came or its document was edited. */
export async function textTime(db: DbOrTx, reportId: string): Promise<Date> {
  const { rows } = await db.execute<{ at: string }>(sql`
    SELECT (extract(epoch FROM greatest(
      r.created_at,
      (SELECT max(u.created_at) FROM ${docUpdates} u WHERE u.doc_id = r.id),
      (SELECT max(s.created_at) FROM ${docSnapshots} s WHERE s.doc_id = r.id)
    )) * 1000)::bigint AS at FROM ${reports} r WHERE r.id = ${reportId}`);
  const [row] = rows;
  if (row === undefined) throw new AppError('not_found', 'There is no such report');
  return new Date(Number(row.at));
}

/** When something was last done to each thing of a report, by the thing's id. */
export async function changesIn(db: DbOrTx, workspaceId: string, reportId: string): Promise<SubjectChange[]> {
  const rows = await db
    .select({ id: audit.subjectId, at: max(audit.at) })
    .from(audit)
    .where(and(eq(audit.workspaceId, workspaceId), eq(audit.reportId, reportId)))
    .groupBy(audit.subjectId);
  return rows.flatMap(({ id, at }) => (at === null ? [] : [{ id, at: at.toISOString() }]));
}
