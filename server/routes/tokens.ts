/** API tokens of the caller. */
import { z } from 'zod';
import { addToken } from '#core/commands.ts';
import { can } from '#core/domain/roles.ts';
import { AppError } from '#core/errors.ts';
import { personSchema } from '#core/records.ts';
import { listTokens, type TokenRow } from '#db/queries/tokens.ts';
import { makeToken, revokeToken } from '#server/commands/tokens.ts';
import { listOf, type Api } from '#server/http/api.ts';
import { idForKey } from '#server/http/idempotency.ts';

const tokenView = z.object({
  id: z.uuid(),
  name: z.string(),
  member: personSchema,
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime().nullable(),
  lastUsedAt: z.iso.datetime().nullable(),
});

const madeToken = tokenView.extend({
  /** What to send as `Authorization: Bearer …`. Shown now and never again; null in a repetition that comes too late. */
  secret: z.string().nullable(),
  /** The same, by the name that other services give it. */
  token: z.string().nullable(),
});

export function tokenRoutes(api: Api): void {
  api.route({
    method: 'post',
    path: '/tokens',
    summary: 'Make an API token; its secret is shown once',
    body: addToken,
    secret: true,
    answers: { 201: madeToken },
    handle: async ({ runtime, principal, body, request }) => {
      const id = body.id ?? idForKey(principal, request.headers) ?? undefined;
      const { token, secret } = await makeToken(runtime, principal, { ...body, id });
      return { status: 201, body: { ...viewOf(token), secret, token: secret } };
    },
  });
  api.route({
    method: 'get',
    path: '/tokens',
    summary: 'My API tokens; an owner sees those of all with ?of=workspace',
    query: z.object({ of: z.enum(['me', 'workspace']).default('me') }),
    answers: { 200: listOf(tokenView) },
    handle: async ({ runtime, principal, query }) => {
      if (query.of === 'workspace' && !can(principal.role, 'member.manage'))
        throw new AppError('forbidden', 'Only an owner sees the tokens of others');
      const rows = await listTokens(
        runtime.database.db,
        principal.workspaceId,
        query.of === 'me' ? principal.memberId : null,
      );
      return { status: 200, body: { items: rows.map(viewOf), next: null } };
    },
  });
  api.route({
    method: 'delete',
    path: '/tokens/{id}',
    summary: 'Revoke a token: mine, or as an owner anybody’s',
    answers: { 204: null },
    handle: async ({ runtime, principal, params }) => {
      await revokeToken(runtime, principal, params.id);
      return { status: 204 };
    },
  });
}

function viewOf({
  id,
  name,
  memberId,
  memberName,
  createdAt,
  expiresAt,
  lastUsedAt,
}: TokenRow): z.input<typeof tokenView> {
  return {
    id,
    name,
    member: { id: memberId, name: memberName },
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt?.toISOString() ?? null,
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
  };
}
