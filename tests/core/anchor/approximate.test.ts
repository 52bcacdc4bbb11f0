import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { editDistance, findMatches, matchPinned } from '#core/anchor/approximate.ts';

/** The textbook table, as the measure for the bit-parallel one. */
function plainTable(pattern: string, text: string, isPinned: boolean): number[] {
  let column = Array.from({ length: pattern.length + 1 }, (_, row) => row);
  return text.split('').map((unit, index) => {
    const next = [isPinned ? index + 1 : 0];
    for (let row = 1; row <= pattern.length; row += 1) {
      const changed = column[row - 1]! + (pattern[row - 1] === unit ? 0 : 1);
      next.push(Math.min(changed, column[row]! + 1, next[row - 1]! + 1));
    }
    column = next;
    return next[pattern.length]!;
  });
}

const letters = (length: number): fc.Arbitrary<string> =>
  fc
    .array(fc.constantFrom('a', 'b', 'c', ' ', 'é'), { minLength: 1, maxLength: length })
    .map((units) => units.join(''));
const seeded = { seed: 20261123, numRuns: 300 };

describe('edit distance in machine words', () => {
  test('AN6: it is the textbook distance, across the borders of words', () => {
    fc.assert(
      fc.property(letters(100), letters(100), (a, b) => {
        expect(editDistance(a, b)).toBe(plainTable(a, b, true).at(-1));
      }),
      seeded,
    );
  });

  test.each([31, 32, 33, 63, 64, 65, 96, 97])(
    'AN6: a pattern of %i units has the right last row',
    (length) => {
      const pattern = 'abcde'.repeat(20).slice(0, length);
      expect(editDistance(pattern, `x${pattern.slice(1, -1)}yz`)).toBe(3);
      expect(editDistance(pattern, pattern.slice(1))).toBe(1);
    },
  );

  test('AN6: the empty string is as far as the other is long', () => {
    expect([editDistance('', 'abc'), editDistance('abc', ''), editDistance('', '')]).toEqual([3, 3, 0]);
  });

  test('AN6: a pinned match is the best of those that begin, or end, at the place', () => {
    fc.assert(
      fc.property(letters(50), letters(75), (pattern, text) => {
        const least = Math.min(pattern.length, ...plainTable(pattern, text, true));
        expect(matchPinned(pattern, text, 0, 1).distance).toBe(least);
        const reverse = (value: string): string => value.split('').toReversed().join('');
        expect(matchPinned(reverse(pattern), reverse(text), text.length, -1).distance).toBe(least);
      }),
      { ...seeded, numRuns: 200, examples: [['a', 'a']] },
    );
  });

  test('AN6: a search finds the least distance anywhere, and the piece it names has it', () => {
    fc.assert(
      fc.property(letters(40), letters(120), (pattern, text) => {
        const least = Math.min(...plainTable(pattern, text, false));
        const [best] = findMatches(pattern, text, 0, text.length, pattern.length, 3);
        expect(best?.distance).toBe(least);
        expect(editDistance(pattern, text.slice(best!.start, best!.end))).toBe(least);
      }),
      seeded,
    );
  });

  test('AN6: a search lists separate places, the best first, and nothing above the limit', () => {
    const text = 'the rate rose. xxxxxxxxxxxxxxx the rate fell. xxxxxxxxxxxxxxxx the gate rose.';
    const found = findMatches('the rate rose.', text, 0, text.length, 4, 5);
    expect(found.map(({ start }) => text.slice(start, start + 10))).toEqual([
      'the rate r',
      'the gate r',
      'the rate f',
    ]);
    expect(findMatches('the rate rose.', text, 0, text.length, 1, 5)).toHaveLength(2);
    expect(findMatches('the rate rose.', text, 20, 40, 2, 5)).toEqual([]);
  });
});
