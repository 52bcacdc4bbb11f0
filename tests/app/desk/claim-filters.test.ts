import { describe, expect, test } from 'vitest';
import {
  awaitsMe,
  claimFilters,
  countByFilter,
  fits,
  inTextOrder,
  progressOf,
} from '../../../app/_desk/claim-filters.ts';
import { assignment, ben, claim, me, review, verdict } from '../data/records.ts';

const ana = { id: me.id, role: 'owner' } as const;
const proposed = { status: 'in_review', verdict: verdict() } as const;
const decided = { status: 'decided', verdict: verdict({ state: 'final', reviews: [review()] }) } as const;

const claims = [
  claim('open'),
  claim('proposed', proposed),
  claim('decided', decided),
  claim('stale', { status: 'needs_recheck', verdict: verdict({ state: 'stale' }) }),
  claim('lost', { anchor: { start: null, end: null, exact: null, state: 'orphaned', confidence: 0 } }),
  claim('suggested', { status: 'suggested' }),
  claim('dismissed', { status: 'dismissed', dismissReason: 'duplicate' }),
];

describe('the filters', () => {
  test('count exactly what they show', () => {
    const counts = countByFilter(claims, ana);
    for (const filter of claimFilters)
      expect(counts[filter]).toBe(claims.filter((one) => fits(one, filter, ana)).length);
    expect(counts).toEqual({
      all: 6,
      mine: 0,
      left: 4,
      awaiting: 1,
      recheck: 1,
      unplaced: 1,
      suggested: 1,
      dismissed: 1,
    });
  });

  test('call mine what was given to me, and what I made while nobody has it', () => {
    const isMine = (changes: Parameters<typeof claim>[1]) => fits(claim('c1', changes), 'mine', ana);
    expect(isMine({ createdBy: me })).toBe(true);
    expect(isMine({ createdBy: me, assignments: [assignment('a1', ben)] })).toBe(false);
    expect(isMine({ assignments: [assignment('a1', me)] })).toBe(true);
  });

  test('leave as many as are not decided', () => {
    const { total, decided: done } = progressOf(claims);
    expect([total, done, countByFilter(claims, ana).left]).toEqual([5, 1, 4]);
  });
});

describe('a verdict awaits me', () => {
  const awaits = (changes: Parameters<typeof verdict>[0], viewer: Parameters<typeof awaitsMe>[1] = ana) =>
    awaitsMe(claim('c1', { status: 'in_review', verdict: verdict(changes) }), viewer);

  test('when somebody else proposed it and I may sign off', () => {
    expect(awaits({})).toBe(true);
    expect(awaits({ proposedBy: me })).toBe(false);
    expect(awaits({}, { id: me.id, role: 'commenter' })).toBe(false);
    expect(awaits({ state: 'final' })).toBe(false);
  });

  test('not after I asked for changes, and not while two stand', () => {
    expect(awaits({ state: 'in_review', reviews: [review({ decision: 'request_changes' })] })).toBe(false);
    expect(awaitsMe(claim('c1', { ...proposed, disputes: [verdict({ id: 'v0' })] }), ana)).toBe(false);
  });
});

test('claims stand in the order of the text, those without a place last', () => {
  const at = (start: number, end: number) =>
    ({ start, end, exact: 'x', state: 'anchored', confidence: 1 }) as const;
  const order = inTextOrder([
    claim('lost', { anchor: { start: 2, end: 3, exact: null, state: 'orphaned', confidence: 0 } }),
    claim('b', { anchor: at(5, 9) }),
    claim('a', { anchor: at(5, 7) }),
    claim('none', {
      anchor: { start: null, end: null, exact: null, state: 'orphaned', confidence: 0 },
      createdAt: '2020-01-01T00:00:00.000Z',
    }),
    claim('first', { anchor: at(0, 3) }),
  ]);
  expect(order.map((one) => one.id)).toEqual(['first', 'a', 'b', 'none', 'lost']);
});
