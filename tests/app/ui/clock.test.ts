import { describe, expect, it } from 'vitest';
import { exactTime, relativeTime } from '../../../app/_ui/clock.tsx';

const at = (iso: string) => Date.parse(iso);
const now = at('2026-12-28T14:20:00Z');

describe('a moment in words', () => {
  it.each([
    ['2026-12-28T14:19:31Z', 'just now'],
    ['2026-12-28T14:25:00Z', 'just now'],
    ['2026-12-28T14:17:00Z', '3 min ago'],
    ['2026-12-28T09:00:00Z', '5 h ago'],
    ['2026-12-27T23:00:00Z', 'yesterday'],
    ['2026-12-22T10:00:00Z', '22 Dec'],
    ['2025-12-22T10:00:00Z', '22 Dec 2025'],
  ])('%s is %s', (iso, words) => {
    expect(relativeTime(at(iso), now, 'UTC')).toBe(words);
  });

  it('asks the reader’s zone what yesterday is', () => {
    expect(relativeTime(at('2026-12-28T02:00:00Z'), now, 'America/New_York')).toBe('yesterday');
  });

  it('is exact in the reader’s zone', () => {
    expect(exactTime(now, 'Europe/Paris')).toBe('28 Dec 2026, 15:20');
  });
});
