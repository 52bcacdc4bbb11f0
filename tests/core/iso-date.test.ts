import { describe, expect, test } from 'vitest';
import { readIsoDate } from '#core/iso-date.ts';

describe('a date of ISO 8601', () => {
  test.each([
    ['2025-12-28', '2025-12-28T00:00:00.000Z'],
    ['2024-02-29', '2024-02-29T00:00:00.000Z'],
    ['2025-12-28T23:30:00-05:00', '2025-12-29T04:30:00.000Z'],
    ['2025-12-28T14:20Z', '2025-12-28T14:20:00.000Z'],
  ])('is read: %s', (text, expected) => {
    expect(readIsoDate(text)?.toISOString()).toBe(expected);
  });

  test.each([
    'spring 2024',
    '12/28/2025',
    '28 Dec 2025',
    '2025',
    '2025-12',
    '2025-12-28T14:20:00',
    '2025-02-30',
    '2025-13-01',
    '2025-12-28T25:00Z',
    ' 2025-12-28',
    '',
  ])('is not what %j is', (text) => {
    expect(readIsoDate(text)).toBeNull();
  });
});
