import { describe, expect, test } from 'vitest';
import { defaultRatingScale } from '#core/domain/rating-scale.ts';
import { MarkCache, markOf, markStateOf } from '../../../app/_desk/claim-mark.ts';
import { askOf } from '../../../app/_desk/verdict-ask.ts';
import { claim, me, review, verdict } from '../data/records.ts';

describe('a claim in the text', () => {
  test.each([
    ['open', claim('c')],
    ['open', claim('c', { status: 'in_progress', verdict: verdict({ state: 'withdrawn' }) })],
    ['proposed', claim('c', { status: 'in_review', verdict: verdict() })],
    ['proposed', claim('c', { status: 'in_progress', verdict: verdict({ state: 'in_review' }) })],
    ['decided', claim('c', { status: 'decided', verdict: verdict({ state: 'final' }) })],
    ['recheck', claim('c', { status: 'needs_recheck', verdict: verdict({ state: 'stale' }) })],
    ['recheck', claim('c', { status: 'in_progress', verdict: verdict({ state: 'stale' }) })],
    ['suggested', claim('c', { status: 'suggested' })],
    ['dismissed', claim('c', { status: 'dismissed', verdict: verdict({ state: 'final' }) })],
  ] as const)('is drawn as %s', (state, record) => {
    expect(markStateOf(record)).toBe(state);
  });

  test('has the tone of its rating only while it is rated', () => {
    const rated = {
      status: 'decided',
      verdict: verdict({ rating: 'mostly_false', state: 'final' }),
    } as const;
    expect(markOf(claim('c', rated), defaultRatingScale).tone).toBe('mostly-false');
    expect(
      markOf(claim('c', { verdict: verdict({ rating: 'gone', state: 'final' }) }), defaultRatingScale).tone,
    ).toBe('other');
    expect(markOf(claim('c', { ...rated, status: 'dismissed' }), defaultRatingScale).tone).toBeNull();
  });

  test('is never drawn where it only may be', () => {
    const doubtful = (state: 'orphaned' | 'ambiguous') =>
      claim('c', { anchor: { start: 1, end: 4, exact: 'x', state, confidence: 0.2 } });
    expect(markOf(doubtful('orphaned'), defaultRatingScale).fallback).toBeNull();
    expect(markOf(doubtful('ambiguous'), defaultRatingScale).fallback).toBeNull();
  });

  test('keeps its mark while nothing that shows has changed', () => {
    const cache = new MarkCache();
    const before = cache.marksOf([claim('a'), claim('b')], defaultRatingScale);
    expect(cache.marksOf([claim('a', { place: 'Lyon' }), claim('b')], defaultRatingScale)).toBe(before);
    const after = cache.marksOf([claim('a'), claim('b', { status: 'dismissed' })], defaultRatingScale);
    expect([after === before, after[0] === before[0], after[1] === before[1]]).toEqual([false, true, false]);
  });
});

describe('what a claim asks', () => {
  const viewer = { id: me.id, role: 'editor' } as const;
  const mine = verdict({ proposedBy: me });
  test.each([
    ['rate', claim('c'), viewer],
    ['none', claim('c'), { id: me.id, role: 'commenter' }],
    ['accept', claim('c', { status: 'suggested' }), viewer],
    ['review', claim('c', { status: 'in_review', verdict: verdict() }), viewer],
    ['own', claim('c', { status: 'in_review', verdict: mine }), viewer],
    ['own_alone', claim('c', { status: 'in_review', verdict: mine }), { id: me.id, role: 'owner' }],
    ['settle', claim('c', { status: 'in_review', verdict: verdict(), disputes: [mine] }), viewer],
    ['stale', claim('c', { status: 'needs_recheck', verdict: verdict({ state: 'stale' }) }), viewer],
    ['rate', claim('c', { status: 'in_progress', verdict: verdict({ state: 'stale' }) }), viewer],
    ['decided', claim('c', { status: 'decided', verdict: verdict({ state: 'final' }) }), viewer],
    ['rate', claim('c', { status: 'open', verdict: verdict({ state: 'imported' }) }), viewer],
    ['dismissed', claim('c', { status: 'dismissed' }), viewer],
    [
      'changes_asked',
      claim('c', {
        status: 'in_progress',
        verdict: verdict({ state: 'in_review', reviews: [review({ decision: 'request_changes' })] }),
      }),
      viewer,
    ],
  ] as const)('is: %s', (asked, record, who) => {
    expect(askOf(record, who)).toBe(asked);
  });
});
