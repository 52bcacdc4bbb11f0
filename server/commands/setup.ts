/** The first owner and their workspace: from the settings, or by the one-time link of a first start. */
import { defaultRatingScale } from '#core/domain/rating-scale.ts';
import { memberColor } from '#core/domain/member-colors.ts';
import { AppError } from '#core/errors.ts';
import { hasUsers } from '#db/queries/accounts.ts';
import { countMembers, insertMember, insertWorkspace } from '#db/queries/members.ts';
import { insertToken } from '#db/queries/tokens.ts';
import { lockSetup } from '#db/queries/setup.ts';
import { createUser, hashOf } from '#server/auth/accounts.ts';
import { hashSecret, isSameSecret } from '#server/auth/secrets.ts';
import type { Runtime } from '#server/runtime.ts';

const WORKSPACE_NAME = 'Newsroom';

export interface FirstOwner {
  name: string;
  email: string;
  password: string;
  /** An API token for it, in clear. */
  token: string | null;
}

export interface MadeOwner {
  memberId: string;
  userId: string;
}

/** Null when somebody has an account already. */
export async function makeFirstOwner(runtime: Runtime, owner: FirstOwner): Promise<MadeOwner | null> {
  const { db } = runtime.database;
  if (await hasUsers(db)) return null;
  const passwordHash = await hashOf(owner.password);
  const at = runtime.now();
  const { newId } = runtime;
  return db.transaction(async (tx) => {
    // Two nodes that start at once, or two tabs with the link, make one owner.
    await lockSetup(tx);
    if (await hasUsers(tx)) return null;
    const [workspaceId, userId, memberId] = [newId(), newId(), newId()];
    await insertWorkspace(tx, {
      id: workspaceId,
      name: WORKSPACE_NAME,
      isDemo: false,
      ratingScale: [...defaultRatingScale],
      at,
    });
    await createUser(tx, { id: userId, name: owner.name, email: owner.email, passwordHash, at }, newId);
    const { ever } = await countMembers(tx, workspaceId);
    await insertMember(tx, {
      id: memberId,
      workspaceId,
      userId,
      role: 'owner',
      color: memberColor(ever),
      at,
    });
    if (owner.token !== null) {
      const token = {
        id: newId(),
        workspaceId,
        memberId,
        name: 'PROOFDESK_OWNER_TOKEN',
        createdAt: at,
        expiresAt: null,
      };
      await insertToken(tx, { ...token, hash: hashSecret(owner.token) });
    }
    return { memberId, userId };
  });
}

/** By the one-time link. */
export async function setUp(
  runtime: Runtime,
  secret: string,
  owner: Omit<FirstOwner, 'token'>,
): Promise<MadeOwner> {
  if (!isSameSecret(secret, runtime.auth.secrets.setup()))
    throw new AppError('not_found', 'This link is not the one that the server printed');
  const made = await makeFirstOwner(runtime, { ...owner, token: null });
  if (made === null) throw new AppError('wrong_state', 'The owner has an account already; sign in');
  return made;
}

/** `ana.reyes@example.org` → `ana.reyes`: until the person says otherwise. */
export function nameFromEmail(email: string): string {
  return email.slice(0, email.lastIndexOf('@'));
}
