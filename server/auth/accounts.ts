/** Making accounts. Sign-up is closed: only commands of ours call this. */
import { hashPassword } from 'better-auth/crypto';
import { insertUser, setPasswordHash } from '#db/queries/accounts.ts';
import type { Tx } from '#db/open.ts';

export interface NewAccount {
  id: string;
  name: string;
  email: string;
  /** As `hashPassword` made it; null: the person gets one by an invitation. */
  passwordHash: string | null;
  at: Date;
}

/** Hashing takes a tenth of a second of the processor: do it before the transaction, which holds the database. */
export function hashOf(password: string): Promise<string> {
  return hashPassword(password);
}

export async function createUser(
  tx: Tx,
  { passwordHash, ...user }: NewAccount,
  newId: () => string,
): Promise<void> {
  await insertUser(tx, user);
  if (passwordHash !== null)
    await setPasswordHash(tx, { id: newId(), userId: user.id, hash: passwordHash, at: user.at });
}
