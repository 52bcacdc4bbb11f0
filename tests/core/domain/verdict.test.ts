import { describe, expect, test } from 'vitest';
import {
  afterReview,
  allowReview,
  isOpenForReview,
  isStanding,
  placeVerdict,
  type ReviewedVerdict,
} from '#core/domain/verdict.ts';
import { verdictStates } from '#core/domain/words.ts';

const verdict: ReviewedVerdict = { state: 'proposed', proposedBy: 'ben', rationaleAuthors: ['ben', 'chloe'] };

describe('who may review', () => {
  test('VD1: a second person who neither proposed nor wrote signs off', () => {
    expect(allowReview(verdict, { memberId: 'ana', role: 'editor' }, 'approve', null)).toEqual({
      kind: 'second_person',
    });
  });

  test('VD2: the proposer is refused, with every decision', () => {
    for (const decision of ['approve', 'request_changes', 'reject'] as const) {
      expect(allowReview(verdict, { memberId: 'ben', role: 'editor' }, decision, 'because')).toEqual({
        kind: 'refused',
        code: 'own_verdict',
      });
    }
  });

  test('VD3: who wrote in the rationale is refused', () => {
    expect(allowReview(verdict, { memberId: 'chloe', role: 'editor' }, 'approve', null)).toEqual({
      kind: 'refused',
      code: 'own_rationale',
    });
  });

  test.each(['viewer', 'commenter'] as const)('VD1: a %s is refused', (role) => {
    expect(allowReview(verdict, { memberId: 'dara', role }, 'approve', null)).toEqual({
      kind: 'refused',
      code: 'forbidden',
    });
  });

  test('VD4: an owner signs off alone only with a reason, and only to approve', () => {
    const owner = { memberId: 'ben', role: 'owner' } as const;
    expect(allowReview(verdict, owner, 'approve', 'Nobody else on shift')).toEqual({
      kind: 'alone',
      reason: 'Nobody else on shift',
    });
    expect(allowReview(verdict, owner, 'approve', '  ')).toEqual({ kind: 'refused', code: 'own_verdict' });
    expect(allowReview(verdict, owner, 'approve', null)).toEqual({ kind: 'refused', code: 'own_verdict' });
    expect(allowReview(verdict, owner, 'reject', 'reason')).toEqual({ kind: 'refused', code: 'own_verdict' });
  });

  test('VD5: only a verdict that is proposed or in review takes reviews', () => {
    for (const state of verdictStates) {
      const allowance = allowReview(
        { ...verdict, state },
        { memberId: 'ana', role: 'editor' },
        'approve',
        null,
      );
      expect(allowance.kind).toBe(isOpenForReview(state) ? 'second_person' : 'refused');
    }
    expect(verdictStates.filter(isOpenForReview)).toEqual(['proposed', 'in_review']);
  });
});

describe('what a review makes', () => {
  test.each([
    ['approve', 'final', 'decided'],
    ['request_changes', 'in_review', 'in_progress'],
    ['reject', 'withdrawn', 'in_progress'],
  ] as const)('VD6: %s makes the verdict %s and the claim %s', (decision, state, claim) => {
    expect(afterReview(decision)).toEqual({ verdict: state, claim });
  });

  test.each([
    ['reject', ['final'], 'decided'],
    ['reject', ['final', 'proposed'], 'in_review'],
    ['reject', ['stale'], 'needs_recheck'],
    ['reject', ['in_review'], 'in_progress'],
    ['request_changes', ['proposed'], 'in_review'],
    ['request_changes', ['final'], 'in_progress'],
  ] as const)('%s beside verdicts that are %s leaves the claim %s', (decision, others, claim) => {
    expect(afterReview(decision, others).claim).toBe(claim);
  });
});

describe('a new verdict beside others', () => {
  const bens = { id: 'v1', state: 'proposed', proposedBy: 'ben' } as const;

  test('VD7: replaces the one that it names as its basis', () => {
    expect(placeVerdict([bens], 'ana', 'v1')).toEqual({ superseded: ['v1'], disputed: [] });
  });

  test('VD8: stands beside another person’s that it does not name', () => {
    expect(placeVerdict([bens], 'ana', null)).toEqual({ superseded: [], disputed: ['v1'] });
    expect(placeVerdict([{ ...bens, state: 'final' }], 'ana', null)).toEqual({
      superseded: [],
      disputed: ['v1'],
    });
  });

  test('VD8: a basis that is no longer the newest does not settle', () => {
    const newer = { id: 'v2', state: 'proposed', proposedBy: 'chloe' } as const;
    expect(placeVerdict([bens, newer], 'ana', 'v1')).toEqual({ superseded: [], disputed: ['v1', 'v2'] });
    expect(placeVerdict([bens, newer], 'ana', 'v2')).toEqual({ superseded: ['v1', 'v2'], disputed: [] });
  });

  test('VD7: replaces one’s own, stale and imported ones without naming them', () => {
    const past = [
      bens,
      { id: 'v2', state: 'stale', proposedBy: 'chloe' },
      { id: 'v3', state: 'imported', proposedBy: 'dara' },
    ] as const;
    expect(placeVerdict(past, 'ben', null)).toEqual({ superseded: ['v1', 'v2', 'v3'], disputed: [] });
  });

  test('counts as an opinion unless superseded or withdrawn', () => {
    expect(verdictStates.filter((state) => !isStanding(state))).toEqual(['superseded', 'withdrawn']);
  });
});
