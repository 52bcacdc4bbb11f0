/** A second workspace beside the owner's, as only the server itself can make one, with an owner and a token. */
import { defaultRatingScale } from '#core/domain/rating-scale.ts';
import { insertMember, insertWorkspace } from '#db/queries/members.ts';
import { createUser } from '#server/auth/accounts.ts';
import { makeToken } from '#server/commands/tokens.ts';
import type { Principal } from '#server/principal.ts';
import type { Runtime } from '#server/runtime.ts';

export async function makeWorkspace(
  runtime: Runtime,
  name: string,
): Promise<{ owner: Principal; token: string }> {
  const { newId } = runtime;
  const at = runtime.now();
  const [workspaceId, userId, memberId] = [newId(), newId(), newId()];
  const owner: Principal = {
    workspaceId,
    userId,
    memberId,
    name,
    email: `${userId}@example.org`,
    color: '#475569',
    role: 'owner',
    via: { kind: 'system' },
  };
  await runtime.database.db.transaction(async (tx) => {
    await insertWorkspace(tx, {
      id: workspaceId,
      name,
      isDemo: false,
      ratingScale: [...defaultRatingScale],
      at,
    });
    await createUser(tx, { id: userId, name, email: owner.email, passwordHash: null, at }, newId);
    await insertMember(tx, { id: memberId, workspaceId, userId, role: 'owner', color: owner.color, at });
  });
  const { secret } = await makeToken(runtime, owner, { name: 'test' });
  if (secret === null) throw new Error('a new token has its secret');
  return { owner, token: secret };
}
