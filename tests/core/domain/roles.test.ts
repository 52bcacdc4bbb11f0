import { describe, expect, test } from 'vitest';
import { can, higherRole, leastRoleFor, type Ability } from '#core/domain/roles.ts';
import { roles, type Role } from '#core/domain/words.ts';

const table: [Ability, Role[]][] = [
  ['report.read', ['viewer', 'commenter', 'editor', 'owner']],
  ['report.export', ['viewer', 'commenter', 'editor', 'owner']],
  ['comment.write', ['commenter', 'editor', 'owner']],
  ['claim.propose', ['commenter', 'editor', 'owner']],
  ['claim.write', ['editor', 'owner']],
  ['rationale.write', ['editor', 'owner']],
  ['evidence.write', ['editor', 'owner']],
  ['verdict.propose', ['editor', 'owner']],
  ['verdict.review', ['editor', 'owner']],
  ['verdict.sign_alone', ['owner']],
  ['claim.assign', ['editor', 'owner']],
  ['thread.resolve', ['editor', 'owner']],
  ['body.write', ['editor', 'owner']],
  ['report.import', ['editor', 'owner']],
  ['report.change', ['editor', 'owner']],
  ['report.delete', ['owner']],
  ['member.manage', ['owner']],
  ['audit.read', ['owner']],
];

describe('roles', () => {
  test.each(table)('RO1: %s is for %j only', (ability, allowed) => {
    expect(roles.filter((role) => can(role, ability))).toEqual(allowed);
  });

  test('names the least role for an ability', () => {
    expect(leastRoleFor('claim.write')).toBe('editor');
  });

  test('RO2: a role given for one report raises the role of the workspace and never lowers it', () => {
    expect(higherRole('viewer', 'editor')).toBe('editor');
    expect(higherRole('owner', 'viewer')).toBe('owner');
    expect(higherRole('commenter', null)).toBe('commenter');
  });
});
