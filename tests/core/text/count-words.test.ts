import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countWords } from '#core/text/count-words.ts';

/** The same rule as a pattern. */
function byPattern(text: string): number {
  return text.match(/[\p{L}\p{N}]+(?:['’.-][\p{L}\p{N}]+)*/gu)?.length ?? 0;
}

describe('words', () => {
  test.each([
    ['', 0],
    ['The call lasted 75 minutes.', 5],
    ['don’t twenty-one 3.5 e.g.', 4],
    ['— “90 % ready” —', 2],
    ['a--b a.-b', 4],
    ['переговоры 和平 سلام', 3],
    ['𝒳 𝒴-z 😀', 2],
    ['\ud835 x', 1],
  ])('of “%s”: %i', (text, count) => {
    expect(countWords(text)).toBe(count);
  });

  test('are those of the pattern in any text', () => {
    const piece = fc.constantFrom(
      'a',
      'é',
      '7',
      "'",
      '’',
      '.',
      '-',
      ' ',
      '\n',
      '和',
      '😀',
      '𝒳',
      '\ud835',
      '\udcb3',
      'ا',
      '\u0301',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const text = pieces.join('');
        expect(countWords(text)).toBe(byPattern(text));
      }),
      { numRuns: 2_000 },
    );
  });
});
