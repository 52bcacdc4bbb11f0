/** The door of every command: what a person may do in a report. Another workspace's report does not exist. */
import { can, leastRoleFor, type Ability } from '#core/domain/roles.ts';
import type { Role } from '#core/domain/words.ts';
import { AppError } from '#core/errors.ts';
import type { Principal } from '#server/principal.ts';
import type { Runtime } from '#server/runtime.ts';

/** Answers the role that counts in this report; throws not_found or forbidden. */
export async function demand(
  runtime: Runtime,
  principal: Principal,
  reportId: string,
  ability: Ability,
): Promise<Role> {
  const role = await runtime.auth.roleFor(principal, reportId);
  if (role === null) throw new AppError('not_found', 'There is no such report');
  if (!can(role, ability)) throw refusal(ability, role);
  return role;
}

/** The same for what belongs to the workspace as a whole. */
export function demandInWorkspace(principal: Principal, ability: Ability): void {
  if (!can(principal.role, ability)) throw refusal(ability, principal.role);
}

function refusal(ability: Ability, role: Role): AppError {
  return new AppError(
    'forbidden',
    `This needs the role ${leastRoleFor(ability)} or higher; yours is ${role}`,
    { ability, role },
  );
}
