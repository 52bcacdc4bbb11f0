/**
 * Who may do what: one table, asked by routes, sockets and screens alike. What depends on more than the role
 * (one's own comment, one's own verdict, the lock of the text) is decided beside the thing itself.
 */
import { roles, type Role } from './words.ts';

const abilities = {
  'report.read': 'viewer',
  'report.export': 'viewer',
  'comment.write': 'commenter',
  'claim.propose': 'commenter',
  'claim.write': 'editor',
  'rationale.write': 'editor',
  'evidence.write': 'editor',
  'verdict.propose': 'editor',
  'verdict.review': 'editor',
  'verdict.sign_alone': 'owner',
  'claim.assign': 'editor',
  'thread.resolve': 'editor',
  'body.write': 'editor',
  'report.import': 'editor',
  'report.change': 'editor',
  'history.restore': 'editor',
  'report.delete': 'owner',
  'member.list': 'viewer',
  'member.manage': 'owner',
  'workspace.manage': 'owner',
  'audit.read': 'owner',
} as const satisfies Record<string, Role>;

export type Ability = keyof typeof abilities;

export function can(role: Role, ability: Ability): boolean {
  return roles.indexOf(role) >= roles.indexOf(abilities[ability]);
}

/** The least role that has the ability, for the sentence that explains a refusal. */
export function leastRoleFor(ability: Ability): Role {
  return abilities[ability];
}

/** A role given for one report counts besides the workspace's: the higher of the two holds. */
export function higherRole(one: Role, other: Role | null): Role {
  return other !== null && roles.indexOf(other) > roles.indexOf(one) ? other : one;
}
