/** People's accounts: who may sign in, and with what. Sign-up is closed, so only the server's own commands write here. */
import { and, eq, isNull, lt, notLike, sql } from 'drizzle-orm';
import type { DbOrTx, Tx } from '#db/open.ts';
import { accounts, members, sessions, users } from '#db/schema.ts';

/** How better-auth names an account that signs in by e-mail address and password. */
export const CREDENTIAL = 'credential';

export interface Account {
  id: string;
  name: string;
  email: string;
  /** Workspaces that the person is in now. */
  memberships: number;
}

export async function findAccount(db: DbOrTx, email: string): Promise<Account | null> {
  const [row] = await db
    .select({
      id: users.id,
      name: users.name,
      email: users.email,
      // Named in full: where no table is joined, drizzle leaves the names of tables out.
      memberships: sql<number>`(select count(*)::int from members m where m.user_id = users.id and m.removed_at is null)`,
    })
    .from(users)
    .where(eq(users.email, email.toLowerCase()));
  return row ?? null;
}

export async function insertUser(
  tx: Tx,
  user: { id: string; name: string; email: string; at: Date },
): Promise<void> {
  const { id, name, email, at } = user;
  await tx
    .insert(users)
    .values({ id, name, email: email.toLowerCase(), emailVerified: false, createdAt: at, updatedAt: at });
}

export async function renameUser(tx: Tx, userId: string, name: string, at: Date): Promise<void> {
  await tx.update(users).set({ name, updatedAt: at }).where(eq(users.id, userId));
}

/** Sets or replaces the password; `hash` is better-auth's. */
export async function setPasswordHash(
  tx: Tx,
  entry: { id: string; userId: string; hash: string; at: Date },
): Promise<void> {
  const { id, userId, hash, at } = entry;
  const ofUser = and(eq(accounts.userId, userId), eq(accounts.providerId, CREDENTIAL));
  const updated = await tx
    .update(accounts)
    .set({ password: hash, updatedAt: at })
    .where(ofUser)
    .returning({ id: accounts.id });
  if (updated.length > 0) return;
  await tx.insert(accounts).values({
    id,
    userId,
    accountId: userId,
    providerId: CREDENTIAL,
    password: hash,
    createdAt: at,
    updatedAt: at,
  });
}

/** The people of the demo have an account on every host that shows the demo; they own nothing. */
export const DEMO_DOMAIN = '@demo.localhost';

/** Whether anybody but the demo's people has an account. */
export async function hasUsers(db: DbOrTx): Promise<boolean> {
  const rows = await db
    .select({ id: users.id })
    .from(users)
    .where(notLike(users.email, `%${DEMO_DOMAIN}`))
    .limit(1);
  return rows.length > 0;
}

/** The demo's person with this address; null when the demo was never made. */
export async function findDemoUser(db: DbOrTx, email: string): Promise<string | null> {
  const [row] = await db
    .select({ id: users.id })
    .from(users)
    .innerJoin(members, and(eq(members.userId, users.id), isNull(members.removedAt)))
    .where(eq(users.email, email));
  return row?.id ?? null;
}

/** Sessions that ran out; they sign nobody in anyway. */
export async function forgetEndedSessions(db: DbOrTx, now: Date): Promise<void> {
  await db.delete(sessions).where(lt(sessions.expiresAt, now));
}
