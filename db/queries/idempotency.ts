/**
 * Writes that were asked for under an Idempotency-Key. A row with status 0 is being answered now; a key belongs to
 * the member who used it first and is forgotten after a day.
 */
import { and, eq, lt, or } from 'drizzle-orm';
import type { DbOrTx } from '#db/open.ts';
import { idempotencyKeys } from '#db/schema.ts';

export interface KeyedRequest {
  workspaceId: string;
  memberId: string;
  key: string;
  /** SHA-256 of method, path and body. */
  requestHash: string;
}

export type KeyState =
  | { state: 'claimed' }
  | { state: 'running' }
  | { state: 'mismatch' }
  | { state: 'answered'; status: number; text: string };

const PENDING = 0;
const DAY = 24 * 60 * 60 * 1000;
/** Its server died between the work and the answer: longer than any request lasts. */
const ABANDONED = 2 * 60 * 1000;

/** Takes the key for this request, or says what became of the request that had it first. */
export async function claimKey(db: DbOrTx, request: KeyedRequest, at: Date): Promise<KeyState> {
  const ofKey = and(eq(idempotencyKeys.memberId, request.memberId), eq(idempotencyKeys.key, request.key));
  const old = lt(idempotencyKeys.at, new Date(at.getTime() - DAY));
  const abandoned = and(
    eq(idempotencyKeys.status, PENDING),
    lt(idempotencyKeys.at, new Date(at.getTime() - ABANDONED)),
  );
  await db.delete(idempotencyKeys).where(and(ofKey, or(old, abandoned)));
  const inserted = await db
    .insert(idempotencyKeys)
    .values({ ...request, status: PENDING, body: null, at })
    .onConflictDoNothing()
    .returning({ key: idempotencyKeys.key });
  if (inserted.length > 0) return { state: 'claimed' };
  const [row] = await db.select().from(idempotencyKeys).where(ofKey);
  // It was released between the two statements: as if it were still running, so the caller looks again.
  if (row === undefined) return { state: 'running' };
  if (row.requestHash !== request.requestHash) return { state: 'mismatch' };
  return row.status === PENDING
    ? { state: 'running' }
    : { state: 'answered', status: row.status, text: textOf(row.body) };
}

/** `text` is the answer's body as the client got it: jsonb would bring its fields back in another order. */
export async function keepAnswer(
  db: DbOrTx,
  { memberId, key }: KeyedRequest,
  status: number,
  text: string,
): Promise<void> {
  await db
    .update(idempotencyKeys)
    .set({ status, body: { text } })
    .where(and(eq(idempotencyKeys.memberId, memberId), eq(idempotencyKeys.key, key)));
}

/** Nothing came of it: the next request with the key may try. */
export async function releaseKey(db: DbOrTx, { memberId, key }: KeyedRequest): Promise<void> {
  await db
    .delete(idempotencyKeys)
    .where(and(eq(idempotencyKeys.memberId, memberId), eq(idempotencyKeys.key, key)));
}

export async function forgetOldKeys(db: DbOrTx, now: Date): Promise<void> {
  await db.delete(idempotencyKeys).where(lt(idempotencyKeys.at, new Date(now.getTime() - DAY)));
}

function textOf(body: unknown): string {
  return typeof body === 'object' && body !== null && 'text' in body && typeof body.text === 'string'
    ? body.text
    : '';
}
