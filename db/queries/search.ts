/**
 * Search over reports, claims, comments and evidence of a workspace. Words are looked up in full-text indexes, and
 * also as parts of words, since names and figures ("90%") are not always words to PostgreSQL.
 */
import { sql } from 'drizzle-orm';
import type { SearchHit } from '#core/records.ts';
import type { DbOrTx } from '#db/open.ts';

/** Around the matched words in an excerpt: private-use characters that no text contains. */
const MARKS = 'StartSel="\u{E000}", StopSel="\u{E001}", MaxWords=24, MinWords=8, MaxFragments=1';

export async function searchWorkspace(
  db: DbOrTx,
  workspaceId: string,
  query: string,
  limit: number,
): Promise<SearchHit[]> {
  const like = `%${query.trim().replaceAll(/[\\%_]/g, '\\$&')}%`;
  const found = await db.execute<{
    kind: SearchHit['kind'];
    id: string;
    report_id: string;
    claim_id: string | null;
    title: string;
    excerpt: string;
    body: string;
    score: number;
  }>(sql`
    with q as (select websearch_to_tsquery('simple', ${query}) as words, ${like}::text as part),
    hits as (
      select 'report' as kind, r.id, r.id as report_id, null::uuid as claim_id, r.title, r.plain_text as body,
             ts_rank(r.search, q.words) + 0.3 * (r.title ilike q.part)::int as score
      from reports r, q
      where r.workspace_id = ${workspaceId} and r.deleted_at is null
        and (r.search @@ q.words or r.title ilike q.part or r.plain_text ilike q.part)
      union all
      select 'claim', c.id, c.report_id, c.id, r.title, concat_ws(' · ', c.exact, c.claimant, array_to_string(c.tags, ', ')),
             ts_rank(c.search, q.words) + 0.4 * (c.exact ilike q.part)::int + 0.1
      from claims c join reports r on r.id = c.report_id, q
      where c.workspace_id = ${workspaceId} and c.deleted_at is null and r.deleted_at is null
        and (c.search @@ q.words or c.exact ilike q.part or c.claimant ilike q.part or exists (select 1 from unnest(c.tags) tag where tag ilike q.part))
      union all
      select 'comment', m.id, m.report_id, m.claim_id, r.title,
             regexp_replace(m.body, '@\\[([^]]*)\\]\\(member:[^)]*\\)', '@\\1', 'g'),
             ts_rank(m.search, q.words) + 0.2 * (m.body ilike q.part)::int
      from comments m join reports r on r.id = m.report_id, q
      where m.workspace_id = ${workspaceId} and m.deleted_at is null and r.deleted_at is null
        and not exists (select 1 from claims c where c.id = m.claim_id and c.deleted_at is not null)
        and (m.search @@ q.words or m.body ilike q.part)
      union all
      select 'evidence', e.id, e.report_id, e.claim_id, r.title, concat_ws(' · ', e.title, e.publisher, e.quote),
             ts_rank(e.search, q.words) + 0.2 * (e.title ilike q.part)::int
      from evidence e join reports r on r.id = e.report_id join claims c on c.id = e.claim_id, q
      where e.workspace_id = ${workspaceId} and e.deleted_at is null and c.deleted_at is null and r.deleted_at is null
        and (e.search @@ q.words or e.title ilike q.part or e.quote ilike q.part or e.publisher ilike q.part)
    ),
    best as (select * from hits order by score desc, id limit ${limit})
    select kind, id, report_id, claim_id, title, score, left(body, 20000) as body,
           ts_headline('simple', left(body, 20000), q.words, ${MARKS}) as excerpt
    from best, q order by score desc, id
  `);
  return found.rows.map((row) => ({
    kind: row.kind,
    id: row.id,
    reportId: row.report_id,
    claimId: row.claim_id,
    title: row.title,
    excerpt: row.excerpt.includes('\u{E000}') ? row.excerpt : markPart(row.body, query.trim()),
    score: Number(row.score),
  }));
}

const AROUND = 60;

/** An excerpt around a match inside a word, which the full-text headline does not see. */
function markPart(body: string, query: string): string {
  const at = body.toLowerCase().indexOf(query.toLowerCase());
  if (at < 0) return body.slice(0, 2 * AROUND);
  const from = Math.max(0, at - AROUND);
  const to = at + query.length;
  const before = (from > 0 ? '…' : '') + body.slice(from, at);
  const after = body.slice(to, to + AROUND) + (to + AROUND < body.length ? '…' : '');
  return `${before}\u{E000}${body.slice(at, to)}\u{E001}${after}`;
}
