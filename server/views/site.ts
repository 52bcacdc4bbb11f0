/** What somebody who is not signed in may know of this installation. */
import { sql } from 'drizzle-orm';
import { users } from '#db/schema.ts';
import type { Runtime } from '#server/runtime.ts';

export interface SiteInfo {
  /** Whether "Try the demo as …" is offered. */
  demo: boolean;
  /** Nobody but the demo's people has an account: the one-time link in the log makes the owner. */
  needsSetup: boolean;
}

export async function siteInfo(runtime: Runtime): Promise<SiteInfo> {
  const [row] = await runtime.database.db
    .select({ n: sql<number>`count(*)::int` })
    .from(users)
    .where(sql`${users.email} not like '%@demo.localhost'`);
  return { demo: runtime.config.demo, needsSetup: (row?.n ?? 0) === 0 };
}
