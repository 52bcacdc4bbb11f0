/** API tokens: each for one person in one workspace, with that person's rights as they are at the time of use. */
import { AppError } from '#core/errors.ts';
import { can } from '#core/domain/roles.ts';
import { raiseRightsVersion } from '#db/queries/principals.ts';
import { findToken, insertToken, revokeToken as revoke, type TokenRow } from '#db/queries/tokens.ts';
import { hashSecret } from '#server/auth/secrets.ts';
import type { Principal } from '#server/principal.ts';
import type { Runtime } from '#server/runtime.ts';
import { runCommand, type Change } from './command.ts';

/** For so long the same request (by its id) is told the secret again: its first answer may have been lost. */
const REPEAT_MILLISECONDS = 10 * 60 * 1000;

export interface NewToken {
  id?: string | undefined;
  name: string;
  expiresAt?: string | null | undefined;
}

/** `secret` is null when the token was made too long ago to be shown again. */
export async function makeToken(
  runtime: Runtime,
  principal: Principal,
  input: NewToken,
): Promise<{ token: TokenRow; secret: string | null }> {
  const { memberId, workspaceId } = principal;
  const id = input.id ?? runtime.newId();
  const expiresAt = input.expiresAt == null ? null : new Date(input.expiresAt);
  if (expiresAt !== null && expiresAt <= runtime.now()) {
    throw new AppError('invalid_input', 'expiresAt: must be in the future', {
      errors: [{ path: 'expiresAt', message: 'must be in the future' }],
    });
  }
  const secret = runtime.auth.secrets.apiToken(memberId, id);
  return runCommand(runtime, principal, async (change) => {
    const row = { id, workspaceId, memberId, name: input.name, createdAt: change.at, expiresAt };
    if (!(await insertToken(change.tx, { ...row, hash: hashSecret(secret) }))) {
      const token = await alreadyMade(change, memberId, id, input.name);
      const isFresh = change.at.getTime() - token.createdAt.getTime() < REPEAT_MILLISECONDS;
      return { token, secret: isFresh ? secret : null };
    }
    change.audit('token.made', { type: 'token', id }, { after: { name: input.name } });
    return { token: { ...row, memberName: principal.name, lastUsedAt: null, revokedAt: null }, secret };
  });
}

/** What the same request made before. Throws id_taken when the id is something else's. */
async function alreadyMade({ tx }: Change, memberId: string, id: string, name: string): Promise<TokenRow> {
  const token = await findToken(tx, id);
  if (token === null || token.memberId !== memberId || token.revokedAt !== null || token.name !== name)
    throw new AppError('id_taken');
  return token;
}

/** One's own, or as an owner anybody's. */
export async function revokeToken(runtime: Runtime, principal: Principal, tokenId: string): Promise<void> {
  await runCommand(runtime, principal, async (change) => {
    const token = await findToken(change.tx, tokenId);
    const isMine = token?.memberId === principal.memberId;
    const isVisible =
      isMine || (token?.workspaceId === principal.workspaceId && can(principal.role, 'member.manage'));
    if (token === null || token.revokedAt !== null || !isVisible)
      throw new AppError('not_found', 'There is no such token');
    await revoke(change.tx, tokenId, change.at);
    await raiseRightsVersion(change.tx, principal.workspaceId);
    change.audit('token.revoked', { type: 'token', id: tokenId }, { before: { name: token.name } });
    change.afterCommit(() => {
      runtime.auth.forget();
      runtime.rooms.cut({ tokenId }, 4401);
      runtime.events.cut({ tokenId }, 4401);
    });
  });
}
