import { describe, expect, it } from 'vitest';
import { defaultRatingScale } from '#core/domain/rating-scale.ts';
import { initialsOf } from '../../../app/_ui/avatar.tsx';
import { countsByTone } from '../../../app/_ui/progress-bar.tsx';
import { parseTheme } from '../../../app/_ui/theme.ts';
import { toneOf } from '../../../app/_ui/verdict.tsx';

describe('initials', () => {
  it.each([
    ['Ana Reyes', 'AR'],
    ['Chloé', 'C'],
    ['  María del Carmen  Ruiz ', 'MR'],
    ['李雷', '李'],
    ['😀 Smile', '😀S'],
    ['', ''],
  ])('of %j are %j', (name, initials) => {
    expect(initialsOf(name)).toBe(initials);
  });
});

describe('progress by verdict', () => {
  const counts = { total: 9, decided: 6, needsRecheck: 0, awaitingReview: 0 };

  it('adds ratings of one tone and keeps the scale’s order', () => {
    const byRating = { misleading: 1, false: 2, true: 1, unproven: 1, gone_rating: 1 };
    expect(countsByTone({ ...counts, byRating }, defaultRatingScale)).toEqual([
      { tone: 'true', count: 1 },
      { tone: 'false', count: 2 },
      { tone: 'other', count: 3 },
    ]);
  });

  it('knows the outcomes of a draft', () => {
    expect(toneOf(defaultRatingScale, 'stands')).toBe('true');
    expect(toneOf(defaultRatingScale, 'cut')).toBe('false');
  });
});

describe('the theme', () => {
  it('is the system’s when the cookie is missing or strange', () => {
    expect(parseTheme(undefined)).toBe('system');
    expect(parseTheme('"><script>')).toBe('system');
    expect(parseTheme('contrast')).toBe('contrast');
  });
});
