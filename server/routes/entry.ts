/** Ways in without a password: the first owner's one-time link, and the demo. */
import { z } from 'zod';
import { AppError } from '#core/errors.ts';
import { MAX_NAME_LENGTH, MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from '#core/limits.ts';
import { findDemoUser } from '#db/queries/accounts.ts';
import { isForwarded } from '#server/auth/address.ts';
import { setUp } from '#server/commands/setup.ts';
import { demoEmail } from '#server/demo/seed.ts';
import type { Api } from '#server/http/api.ts';

const setupBody = z.strictObject({
  token: z.string().min(1).max(200),
  name: z.string().trim().min(1).max(MAX_NAME_LENGTH),
  email: z
    .email()
    .max(254)
    .transform((value) => value.toLowerCase()),
  password: z.string().min(MIN_PASSWORD_LENGTH).max(MAX_PASSWORD_LENGTH),
});

const demoPerson = z.strictObject({ as: z.enum(['ana', 'ben', 'chloe', 'dara']) });

export function entryRoutes(api: Api): void {
  api.publicRoute({
    method: 'post',
    path: '/setup',
    summary: 'Make the first owner by the one-time link that a first start printed',
    body: setupBody,
    secret: true,
    answers: { 201: z.object({ id: z.uuid(), email: z.string() }) },
    handle: async ({ runtime, body: { token, ...owner } }) => {
      const { memberId } = await setUp(runtime, token, owner);
      return { status: 201, body: { id: memberId, email: owner.email } };
    },
  });
  api.publicRoute({
    method: 'post',
    path: '/demo/sign-in',
    summary: 'Enter the demo as one of its people',
    body: demoPerson,
    secret: true,
    answers: { 200: { types: { 'application/json': demoPerson }, headers: { 'Set-Cookie': 'The session' } } },
    handle: async ({ runtime, body, request }) => {
      if (!runtime.config.demo) throw new AppError('not_found', 'There is no demo here');
      if (isForwarded(request.headers))
        throw new AppError(
          'forbidden',
          'The demo is only for this very machine; the request came through a proxy',
        );
      const userId = await findDemoUser(runtime.database.db, demoEmail(body.as));
      if (userId === null) throw new AppError('not_found', 'The demo has not been made');
      const cookie = await runtime.auth.signIn(userId);
      return Response.json({ as: body.as }, { headers: { 'Set-Cookie': cookie } });
    },
  });
}
