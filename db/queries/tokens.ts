/** API tokens: only the hash of a secret is kept, so a stolen database signs nobody in. */
import { and, desc, eq, isNull } from 'drizzle-orm';
import type { DbOrTx, Tx } from '#db/open.ts';
import { apiTokens, members, users } from '#db/schema.ts';

export interface TokenRow {
  id: string;
  workspaceId: string;
  memberId: string;
  memberName: string;
  name: string;
  createdAt: Date;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
  revokedAt: Date | null;
}

const columns = {
  id: apiTokens.id,
  workspaceId: apiTokens.workspaceId,
  memberId: apiTokens.memberId,
  memberName: users.name,
  name: apiTokens.name,
  createdAt: apiTokens.createdAt,
  expiresAt: apiTokens.expiresAt,
  lastUsedAt: apiTokens.lastUsedAt,
  revokedAt: apiTokens.revokedAt,
};

/** Answers false when the id is used already. */
export async function insertToken(
  tx: Tx,
  token: {
    id: string;
    workspaceId: string;
    memberId: string;
    name: string;
    hash: string;
    createdAt: Date;
    expiresAt: Date | null;
  },
): Promise<boolean> {
  const inserted = await tx
    .insert(apiTokens)
    .values(token)
    .onConflictDoNothing({ target: apiTokens.id })
    .returning({ id: apiTokens.id });
  return inserted.length > 0;
}

/** Tokens that were not revoked, newest first; of one member, or of everybody in the workspace. */
export async function listTokens(
  db: DbOrTx,
  workspaceId: string,
  memberId: string | null,
): Promise<TokenRow[]> {
  const conditions = [eq(apiTokens.workspaceId, workspaceId), isNull(apiTokens.revokedAt)];
  if (memberId !== null) conditions.push(eq(apiTokens.memberId, memberId));
  return db
    .select(columns)
    .from(apiTokens)
    .innerJoin(members, eq(members.id, apiTokens.memberId))
    .innerJoin(users, eq(users.id, members.userId))
    .where(and(...conditions))
    .orderBy(desc(apiTokens.createdAt), desc(apiTokens.id));
}

/** Revoked ones too; whichever workspace it is of. */
export async function findToken(db: DbOrTx, tokenId: string): Promise<TokenRow | null> {
  const [row] = await db
    .select(columns)
    .from(apiTokens)
    .innerJoin(members, eq(members.id, apiTokens.memberId))
    .innerJoin(users, eq(users.id, members.userId))
    .where(eq(apiTokens.id, tokenId));
  return row ?? null;
}

export async function revokeToken(tx: Tx, tokenId: string, at: Date): Promise<void> {
  await tx
    .update(apiTokens)
    .set({ revokedAt: at })
    .where(and(eq(apiTokens.id, tokenId), isNull(apiTokens.revokedAt)));
}
