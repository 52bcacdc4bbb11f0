/** Who may ask at all: signed in, not from another site, with the ability. */
import { AppError } from '#core/errors.ts';
import { can, leastRoleFor, type Ability } from '#core/domain/roles.ts';
import { bearerToken, type Authenticator } from '#server/auth/authenticator.ts';
import type { Principal } from '#server/principal.ts';

/**
 * A browser sends the cookie along whoever made the page, so a write that rests on it must come from our own
 * pages. A bearer token is never sent by itself, so it needs no such proof.
 */
export function refuseForeignOrigin(auth: Authenticator, request: Request): void {
  if (bearerToken(request.headers) !== null) return;
  const origin = request.headers.get('origin');
  if (!auth.isAllowedOrigin(origin, request.headers.get('host'))) {
    throw new AppError('foreign_origin', `Requests from ${origin ?? 'there'} are not allowed here`);
  }
}

export function requireAbility(principal: Principal, ability: Ability): void {
  if (can(principal.role, ability)) return;
  const role = leastRoleFor(ability);
  throw new AppError('forbidden', `This needs the role ${role} or higher; yours is ${principal.role}`, {
    ability,
    role: principal.role,
  });
}
