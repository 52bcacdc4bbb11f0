import { expect, test } from 'vitest';
import { maySetStatus } from '#core/domain/claim-life.ts';
import { claimStatuses } from '#core/domain/words.ts';

test('CL1: nobody sets decided or in_review by hand', () => {
  for (const from of claimStatuses) {
    for (const to of ['decided', 'in_review', 'suggested'] as const)
      expect(maySetStatus(from, to)).toBe(from === to);
  }
});

test('CL2: every claim can be dismissed, and a dismissed one comes back as open', () => {
  for (const from of claimStatuses) expect(maySetStatus(from, 'dismissed')).toBe(true);
  expect(claimStatuses.filter((to) => maySetStatus('dismissed', to))).toEqual(['open', 'dismissed']);
});

test('CL3: only a decided claim is sent back to be checked again', () => {
  expect(
    claimStatuses.filter((from) => from !== 'needs_recheck' && maySetStatus(from, 'needs_recheck')),
  ).toEqual(['decided']);
});
