/**
 * Where claims and threads stood when somebody last looked: a copy of what the document says, for lists and the first
 * paint. One statement for all of a report, since typing above 300 claims moves all of them.
 */
import { sql } from 'drizzle-orm';
import type { AnchorRecord } from '#core/records.ts';
import type { DbOrTx } from '#db/open.ts';
import type { claims, threads } from '#db/schema.ts';

export interface StoredPlace {
  readonly id: string;
  readonly anchor: AnchorRecord;
}

export async function storePlaces(
  db: DbOrTx,
  table: typeof claims | typeof threads,
  places: readonly StoredPlace[],
): Promise<void> {
  if (places.length === 0) return;
  const column = <K extends keyof AnchorRecord>(key: K) => sql.param(places.map(({ anchor }) => anchor[key]));
  await db.execute(sql`
    UPDATE ${table} AS row SET anchor_start = p.start, anchor_end = p.stop, anchor_exact = p.exact,
      anchor_state = p.state, anchor_confidence = p.confidence
    FROM unnest(
      ${sql.param(places.map(({ id }) => id))}::uuid[], ${column('start')}::int[], ${column('end')}::int[],
      ${column('exact')}::text[], ${column('state')}::text[], ${column('confidence')}::float8[]
    ) AS p(id, start, stop, exact, state, confidence)
    WHERE row.id = p.id`);
}
