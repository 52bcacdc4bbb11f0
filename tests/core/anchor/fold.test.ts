import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  cutsPair,
  fold,
  foldedIndex,
  forEachOccurrence,
  originalRange,
  wholeCharacters,
} from '#core/anchor/fold.ts';

const seeded = { seed: 20261123, numRuns: 500 };
const units = fc
  .array(
    fc.constantFrom(
      'a',
      'b',
      ' ',
      '\u00a0',
      '\n',
      '\t',
      '–',
      '-',
      '“',
      '"',
      '’',
      '\u00ad',
      '\u200b',
      '😀',
      '7',
    ),
    { maxLength: 40 },
  )
  .map((parts) => parts.join(''));

describe('text without its typography', () => {
  const variants: readonly (readonly [string, string, string])[] = [
    ['kinds of white space', 'a\u00a0b\u2009c\td\ne', 'a b c d e'],
    ['runs of white space', 'a  \n\n b', 'a b'],
    ['double quotation marks', '“a” „b“ «c» ″', '"a" "b" "c" "'],
    ['single quotation marks and apostrophes', '‘a’ ‹b› don’t', `"a" 'b' don't`],
    ['dashes', 'a–b—c‑d−5', 'a-b-c-d-5'],
    ['space around dashes', '1 – 2', '1-2'],
    ['doubled dashes', 'so -- he said', 'so—he said'],
    ['soft hyphens and zero-width characters', 'un\u00adem\u200bployment\ufeff', 'unemployment'],
  ];
  test.each(variants)('AN7: %s are variants of one another', (_name, a, b) => {
    expect(fold(a).text).toBe(fold(b).text);
  });

  const others: readonly (readonly [string, string, string])[] = [
    ['letter case', 'The', 'the'],
    ['accents', 'é', 'e'],
    ['a space and none', 'some one', 'someone'],
    ['commas and points', '1,5', '1.5'],
    ['ellipsis and points', '…', '...'],
  ];
  test.each(others)('AN7: %s are not variants of one another', (_name, a, b) => {
    expect(fold(a).text).not.toBe(fold(b).text);
  });

  test('AN7: line breaks count as nothing where lines are joined', () => {
    expect(fold('End.\nNext  one', { joinLines: true }).text).toBe('End.Next one');
  });

  test('AN7: each folded unit knows its stretch, in order and without overlap', () => {
    fc.assert(
      fc.property(units, (original) => {
        const folded = fold(original);
        let last = 0;
        for (let i = 0; i < folded.text.length; i += 1) {
          expect(folded.from[i]).toBeGreaterThanOrEqual(last);
          expect(folded.to[i]).toBeGreaterThan(folded.from[i]!);
          last = folded.to[i]!;
        }
        expect(last).toBeLessThanOrEqual(original.length);
        expect(folded.from).toHaveLength(folded.text.length);
      }),
      seeded,
    );
  });

  test('AN7: folding a stretch of the original gives the folded stretch', () => {
    fc.assert(
      fc.property(units, fc.nat(), fc.nat(), (original, a, b) => {
        const folded = fold(original);
        if (folded.text.length === 0) return;
        const start = a % folded.text.length;
        const end = start + 1 + (b % (folded.text.length - start));
        const range = originalRange(original, folded, start, end);
        expect(cutsPair(original, range.start) || cutsPair(original, range.end)).toBe(false);
        expect(fold(original.slice(range.start, range.end)).text).toContain(folded.text.slice(start, end));
      }),
      seeded,
    );
  });

  test('AN7: an offset maps to the first unit that ends after it', () => {
    const folded = fold('ab   cd');
    expect([0, 1, 2, 3, 4, 5, 6, 7, 99].map((offset) => foldedIndex(folded, offset))).toEqual([
      0, 1, 2, 2, 2, 3, 4, 5, 5,
    ]);
  });

  test('AN7: a range that cuts an emoji takes it whole', () => {
    expect(wholeCharacters('a😀b', { start: 2, end: 2 })).toEqual({ start: 1, end: 3 });
    expect(wholeCharacters('a😀b', { start: 1, end: 3 })).toEqual({ start: 1, end: 3 });
  });
});

describe('places of a pattern', () => {
  const all = (text: string, pattern: string): number[] => {
    const places: number[] = [];
    forEachOccurrence(text, pattern, (at) => places.push(at) > 0);
    return places;
  };

  test.each([1, 4, 300])('AN7: all are found, overlapping ones too (%i times as long)', (times) => {
    const pattern = 'ab'.repeat(times);
    expect(all(`x${'ab'.repeat(times + 2)}x`, pattern)).toEqual([1, 3, 5]);
  });

  test('AN7: a long pattern is found wherever a plain search finds it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('a', 'b'), { maxLength: 20 }),
        fc.nat({ max: 5 }),
        (parts, times) => {
          const pattern = parts.join('').padEnd(20, 'a').repeat(14);
          const text = `${parts.join('')}${pattern.repeat(times)}${parts.join('')}`;
          const expected = text.split('').flatMap((_unit, at) => (text.startsWith(pattern, at) ? [at] : []));
          expect(all(text, pattern)).toEqual(expected);
        },
      ),
      { ...seeded, numRuns: 100 },
    );
  });

  test('AN7: nothing is nowhere, and a visit can end the search', () => {
    expect(all('abc', '')).toEqual([]);
    let visits = 0;
    forEachOccurrence('aaaa', 'a', () => (visits += 1) < 2);
    expect(visits).toBe(2);
  });
});
