import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { resolveSelector, type SelectorResult, type TextSelector } from '#core/anchor/selector.ts';

const text =
  'First the rate rose.\nHe said “it’s fine – really”, twice. Then the rate fell. Then the rate rose.';
const quote = (exact: string, prefix?: string, suffix?: string): TextSelector => ({
  type: 'TextQuoteSelector',
  exact,
  prefix,
  suffix,
});
const position = (start: number, end: number): TextSelector => ({ type: 'TextPositionSelector', start, end });

/** The kind and the words, or the starts of the candidates. */
function told(source: string, selector: TextSelector | readonly TextSelector[]): readonly unknown[] {
  const result: SelectorResult = resolveSelector(source, selector);
  switch (result.kind) {
    case 'found':
      expect(source.slice(result.start, result.end)).toBe(result.exact);
      return ['found', result.start, result.exact];
    case 'ambiguous':
      for (const one of result.candidates) expect(source.slice(one.start, one.end)).toBe(one.exact);
      return ['ambiguous', ...result.candidates.map((one) => one.start)];
    case 'not_found':
      return ['not_found'];
  }
}

const first = text.indexOf('the rate rose');
const last = text.lastIndexOf('the rate rose');
const said = text.indexOf('“it’s');

describe('selectors from outside', () => {
  const cases: readonly (readonly [string, TextSelector | TextSelector[], readonly unknown[]])[] = [
    [
      'AN14: the very words are found',
      quote('the rate fell'),
      ['found', text.indexOf('the rate fell'), 'the rate fell'],
    ],
    [
      'AN14: variants of quotation marks and dashes are found in the document’s own words',
      quote('"it\'s fine - really"'),
      ['found', said, '“it’s fine – really”'],
    ],
    [
      'AN14: variants of white space are found across blocks',
      quote('rose.  He\u00a0said'),
      ['found', text.indexOf('rose.\nHe'), 'rose.\nHe said'],
    ],
    [
      'AN14: blocks joined without white space are found',
      quote('rose.He said'),
      ['found', text.indexOf('rose.\nHe'), 'rose.\nHe said'],
    ],
    ['AN14: other letter case is not found', quote('The rate fell'), ['not_found']],
    ['AN14: a changed letter is not found', quote('the rate felt'), ['not_found']],
    ['AN14: a left-out word is not found', quote('the fell'), ['not_found']],
    ['AN14: missing white space within a line is not found', quote('therate fell'), ['not_found']],
    ['AN14: no words are not found', quote(' \n'), ['not_found']],
    ['AN15: words that are there twice are ambiguous', quote('the rate rose'), ['ambiguous', first, last]],
    [
      'AN15: the prefix tells places apart',
      quote('the rate rose', 'Then '),
      ['found', last, 'the rate rose'],
    ],
    [
      'AN15: the suffix tells places apart',
      quote('the rate rose', undefined, '.\nHe said'),
      ['found', first, 'the rate rose'],
    ],
    [
      'AN15: a prefix longer than the text before still fits',
      quote('the rate rose', 'Somewhere else. First '),
      ['found', first, 'the rate rose'],
    ],
    [
      'AN15: context in other typography fits',
      quote('the rate rose', undefined, '. He  said "it\'s'),
      ['found', first, 'the rate rose'],
    ],
    [
      'AN15: context that fits nowhere leaves places equal',
      quote('the rate rose', 'Nowhere ', ' at all'),
      ['ambiguous', first, last],
    ],
    [
      'AN15: context that fits nowhere does not hide the only place',
      quote('the rate fell', 'Nowhere ', ' at all'),
      ['found', text.indexOf('the rate fell'), 'the rate fell'],
    ],
    ['AN16: a position is the words that stand there', position(0, 5), ['found', 0, 'First']],
    [
      'AN16: a position may reach to the very end',
      position(text.length - 5, text.length),
      ['found', text.length - 5, 'rose.'],
    ],
    ['AN16: a position past the end is not found', position(0, text.length + 1), ['not_found']],
    ['AN16: an empty position is not found', position(3, 3), ['not_found']],
    ['AN16: a position that runs backwards is not found', position(5, 3), ['not_found']],
    ['AN16: a negative or broken position is not found', [position(-1, 3), position(0.5, 2)], ['not_found']],
    [
      'AN17: a position chooses among places of the quotation',
      [quote('the rate rose'), position(last, last + 13)],
      ['found', last, 'the rate rose'],
    ],
    [
      'AN17: a position that overlaps one place chooses it',
      [position(last - 3, last + 8), quote('the rate rose')],
      ['found', last, 'the rate rose'],
    ],
    [
      'AN17: a position elsewhere leaves equal places equal',
      [quote('the rate rose'), position(said, said + 13)],
      ['ambiguous', first, last],
    ],
    [
      'AN17: the only place of the quotation wins over a contradicting position',
      [quote('the rate fell'), position(0, 13)],
      ['found', text.indexOf('the rate fell'), 'the rate fell'],
    ],
    [
      'AN17: a position does not stand in for a quotation that is not there',
      [quote('the rate stayed'), position(0, 13)],
      ['not_found'],
    ],
    [
      'AN17: a position out of the text does no harm',
      [quote('the rate fell'), position(0, 9_999)],
      ['found', text.indexOf('the rate fell'), 'the rate fell'],
    ],
    [
      'AN17: two quotations of the same place agree',
      [quote('the rate rose'), quote('the rate rose', 'Then ')],
      ['found', last, 'the rate rose'],
    ],
    [
      'AN17: two quotations of different places are a question',
      [quote('First'), quote('twice')],
      ['ambiguous', 0, text.indexOf('twice')],
    ],
    ['AN17: no selector finds nothing', [], ['not_found']],
  ];
  test.each(cases)('%s', (_name, selector, expected) => {
    expect(told(text, selector)).toEqual(expected);
  });

  test('AN15: between equal places the very characters win over variants', () => {
    expect(told('He said "yes" and “yes” again.', quote('“yes”'))).toEqual(['found', 18, '“yes”']);
    expect(told('He said "yes" and "yes" again.', quote('“yes”'))).toEqual(['ambiguous', 8, 18]);
  });

  test('AN15: candidates come with what stands around them', () => {
    const result = resolveSelector(text, quote('the rate rose'));
    expect(result).toMatchObject({
      kind: 'ambiguous',
      candidates: [
        { exact: 'the rate rose', prefix: 'First ', suffix: '.\nHe said “it’s fine – really”, ' },
        { exact: 'the rate rose', prefix: text.slice(last - 32, last), suffix: '.' },
      ],
    });
  });

  test('AN16: a position that cuts an emoji takes it whole', () => {
    expect(told('a😀b', position(0, 2))).toEqual(['found', 0, 'a😀']);
  });

  test('AN14: any words of a text are found there, or among equals', () => {
    const words = fc.array(fc.constantFrom('the ', 'rate', ' rose', '\n', '“x”', ' – ', '7', '😀'), {
      minLength: 2,
      maxLength: 30,
    });
    fc.assert(
      fc.property(words, fc.nat(), fc.nat(), (parts, a, b) => {
        const source = parts.join('');
        const start = a % source.length;
        const end = start + 1 + (b % (source.length - start));
        const exact = source.slice(start, end);
        if (exact.trim() === '' || /[\ud800-\udfff]/u.test(exact)) return;
        const result = resolveSelector(source, [
          { type: 'TextQuoteSelector', exact },
          { type: 'TextPositionSelector', start, end },
        ]);
        expect(result).toEqual({ kind: 'found', start, end, exact });
      }),
      { seed: 20261123, numRuns: 500 },
    );
  });

  const million = 'a'.repeat(1_000_000);
  const hostile: readonly (readonly [
    string,
    string,
    TextSelector | TextSelector[],
    SelectorResult['kind'],
  ])[] = [
    ['one letter in a megabyte of it', million, quote('a', 'a'.repeat(1_000), 'b'), 'ambiguous'],
    ['one letter at a position', million, [quote('a'), position(5, 6)], 'found'],
    ['one letter at a position over all', million, [quote('a'), position(0, 1_000_000)], 'ambiguous'],
    ['a long run that is not there', million, quote(`b${'a'.repeat(9_999)}`), 'not_found'],
    ['white space only', ' '.repeat(1_000_000), quote('a'), 'not_found'],
  ];
  test.each(hostile)(
    'AN11: a selector of %s comes to an end, with a list that can be read',
    (_name, source, selector, kind) => {
      const result = resolveSelector(source, selector);
      expect(result.kind).toBe(kind);
      if (result.kind === 'ambiguous') expect(result.candidates.length).toBeLessThanOrEqual(50);
    },
  );
});
