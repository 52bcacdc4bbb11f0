/** The claims of the whole workspace, by filters. Places and rationales are read report by report. */
import { and, asc, eq, ilike, isNull, or, sql, type SQL } from 'drizzle-orm';
import { z } from 'zod';
import { claimCriteria } from '#core/claim-criteria.ts';
import { groupBy } from '#core/grouping.ts';
import { DEFAULT_PAGE, MAX_PAGE, MAX_QUERY_LENGTH } from '#core/limits.ts';
import type { ClaimView } from '#core/records.ts';
import { claimsByIds } from '#db/queries/claims.ts';
import { claims, reports } from '#db/schema.ts';
import type { Principal } from '#server/principal.ts';
import type { Runtime } from '#server/runtime.ts';
import { placeClaims } from './claims.ts';

export const claimFilter = z.strictObject({
  q: z.string().max(MAX_QUERY_LENGTH).optional(),
  ...claimCriteria,
  report: z.uuid().optional(),
  limit: z.coerce.number().int().min(1).max(MAX_PAGE).default(DEFAULT_PAGE),
  after: z.uuid().optional(),
});

export async function listClaims(
  runtime: Runtime,
  principal: Principal,
  filter: z.infer<typeof claimFilter>,
): Promise<{ items: ClaimView[]; next: string | null }> {
  const { db } = runtime.database;
  const rows = await db
    .select({ id: claims.id })
    .from(claims)
    .innerJoin(reports, eq(reports.id, claims.reportId))
    .where(
      and(
        eq(claims.workspaceId, principal.workspaceId),
        isNull(claims.deletedAt),
        isNull(reports.deletedAt),
        ...conditions(filter),
      ),
    )
    .orderBy(asc(claims.createdAt), asc(claims.id))
    .limit(filter.limit + 1);
  const ids = rows.slice(0, filter.limit).map((row) => row.id);
  const records = await claimsByIds(db, principal.workspaceId, ids);
  const views = new Map<string, ClaimView>();
  for (const [reportId, some] of groupBy(records, (record) => record.reportId)) {
    for (const view of await placeClaims(runtime, principal.workspaceId, reportId, some))
      views.set(view.id, view);
  }
  const items = ids.flatMap((id) => views.get(id) ?? []);
  return { items, next: rows.length > filter.limit ? (ids.at(-1) ?? null) : null };
}

function conditions(filter: z.infer<typeof claimFilter>): SQL[] {
  const all: (SQL | undefined)[] = [];
  if (filter.q !== undefined && filter.q.trim() !== '') {
    const like = `%${filter.q.trim().replaceAll(/[\\%_]/g, '\\$&')}%`;
    all.push(
      or(
        sql`${claims.search} @@ websearch_to_tsquery('simple', ${filter.q})`,
        ilike(claims.exact, like),
        ilike(claims.claimant, like),
      ),
    );
  }
  if (filter.status !== undefined) all.push(eq(claims.status, filter.status));
  if (filter.type !== undefined) all.push(eq(claims.type, filter.type));
  if (filter.report !== undefined) all.push(eq(claims.reportId, filter.report));
  if (filter.tag !== undefined) all.push(sql`${filter.tag} = any(${claims.tags})`);
  if (filter.rating !== undefined) {
    all.push(
      sql`exists (select 1 from verdicts v where v.claim_id = ${claims.id} and v.rating = ${filter.rating} and v.state not in ('superseded', 'withdrawn'))`,
    );
  }
  if (filter.assignee !== undefined) {
    all.push(
      sql`exists (select 1 from assignments a where a.claim_id = ${claims.id} and a.member_id = ${filter.assignee} and a.removed_at is null)`,
    );
  }
  if (filter.after !== undefined) {
    all.push(
      sql`(${claims.createdAt}, ${claims.id}) > (select c.created_at, c.id from claims c where c.id = ${filter.after})`,
    );
  }
  return all.filter((condition) => condition !== undefined);
}
