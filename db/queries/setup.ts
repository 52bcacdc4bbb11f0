/** One at a time makes the first owner, or the demo. */
import { sql } from 'drizzle-orm';
import type { Tx } from '#db/open.ts';

/** Any number that nothing else locks. Held to the end of the transaction. */
const SETUP_LOCK = 5_763_022_015;

export async function lockSetup(tx: Tx): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(${SETUP_LOCK}::bigint)`);
}
