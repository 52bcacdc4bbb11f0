import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Quote } from '#core/anchor/evidence.ts';
import { prepareText } from '#core/anchor/fold.ts';
import { describeQuote, reanchor, SURE } from '#core/anchor/quote.ts';

const text =
  'The council met on Monday. Unemployment rose to 7.2 percent in May, the office said. Critics disagreed with the figure. Nothing else happened that day.';
const sentence = 'Unemployment rose to 7.2 percent in May, the office said.';

function quoteOf(source: string, exact: string): Quote & { exact: string } {
  const start = source.indexOf(exact);
  return { ...describeQuote(source, start, start + exact.length), start, end: start + exact.length };
}
const claim = quoteOf(text, sentence);

type Answer = readonly ['sure' | 'question', string] | null;

function answer(source: string, quote: Quote): Answer {
  const found = reanchor(source, quote);
  return found && [found.confidence >= SURE ? 'sure' : 'question', source.slice(found.start, found.end)];
}

describe('a quotation in a changed text', () => {
  const moved = `${text.replace(`${sentence} `, '')} ${sentence}`;
  const cases: readonly (readonly [string, string, Quote, Answer])[] = [
    ['AN8: the unchanged text gives it back', text, claim, ['sure', sentence]],
    ['AN8: text put before it moves it along', `A new start. ${text}`, claim, ['sure', sentence]],
    [
      'AN8: with other typography it is found as it stands now',
      text.replace(' to 7.2', '\u00a0to\n7.2'),
      claim,
      ['sure', sentence.replace(' to 7.2', '\u00a0to\n7.2')],
    ],
    [
      'AN8: a changed word leaves it in place',
      text.replace('rose', 'climbed'),
      claim,
      ['sure', sentence.replace('rose', 'climbed')],
    ],
    [
      'AN8: a changed first word belongs to it',
      text.replace('Unemployment', 'Joblessness'),
      claim,
      ['sure', sentence.replace('Unemployment', 'Joblessness')],
    ],
    [
      'AN8: a changed last word belongs to it',
      text.replace('said. C', 'wrote. C'),
      claim,
      ['sure', sentence.replace('said', 'wrote')],
    ],
    [
      'AN8: a word put right before it stays outside',
      text.replace('Unemployment', 'However Unemployment'),
      claim,
      ['sure', sentence],
    ],
    ['AN8: the only copy of a whole sentence is found where it moved', moved, claim, ['sure', sentence]],
    [
      'AN8: without neighbours to compare, the only place is the place',
      moved,
      { exact: sentence },
      ['sure', sentence],
    ],
    ['AN9: where the neighbours touch it was taken out', text.replace(`${sentence} `, ''), claim, null],
    [
      'AN9: another text has none of it',
      'Something wholly different stands here, about birds and their songs in spring.',
      claim,
      null,
    ],
    [
      'AN9: another figure in its place is a question',
      text.replace('7.2', '7.3'),
      claim,
      ['question', sentence.replace('7.2', '7.3')],
    ],
    [
      'AN9: a figure that grew a digit is a question',
      text.replace('7.2', '7.25'),
      claim,
      ['question', sentence.replace('7.2', '7.25')],
    ],
    [
      'AN9: moved or deleted beside a copy, without the number of copies, is a question',
      moved,
      { ...claim, copies: undefined },
      ['question', sentence],
    ],
    [
      'AN9: a sentence of the same pattern elsewhere is not the one',
      text.replace(`${sentence} `, '').concat(' Unemployment rose to 7.9 percent in Spain, the office said.'),
      claim,
      null,
    ],
    [
      'AN9: a copy that was there before is not the one that was deleted',
      text.replace(`${sentence} `, '').concat(` ${sentence}`),
      { ...claim, copies: 2 },
      null,
    ],
    [
      'AN9: two equal places with equal neighbours are a question',
      'Yes. A b c. No. A b c. No.',
      { exact: 'A b c.' },
      ['question', 'A b c.'],
    ],
    ['AN9: no words are nowhere', text, { exact: ' \n ' }, null],
    ['AN9: nothing is in the empty text', '', claim, null],
  ];
  test.each(cases)('%s', (_name, source, quote, expected) => {
    expect(answer(source, quote)).toEqual(expected);
  });

  test('AN9: a number inside another is not it, though an old copy stands elsewhere', () => {
    const before =
      'Rule A.2.17 applies here. Many other words follow in this text. The old copy says A.2.17 too.';
    const found = reanchor(before.replace('A.2.17', 'A.2.170'), quoteOf(before, 'A.2.17'));
    expect(found === null || found.confidence < SURE).toBe(true);
  });

  test('AN9: a word inside another is a question where neither neighbour is known', () => {
    expect(answer('They concatenate strings.', { exact: 'cat' })).toEqual(['question', 'cat']);
  });

  test('AN10: neighbours tell copies apart, one of them is enough', () => {
    const rows =
      'Berlin: it rose. Then it fell.\nParis: it rose. Then it stayed.\nRome: it rose. Then it sank.';
    expect(reanchor(rows, { exact: 'it rose.', prefix: 'Then it fell.\nParis: ' })).toMatchObject({
      start: rows.indexOf('Paris') + 7,
    });
    expect(reanchor(rows, { exact: 'it rose.', suffix: ' Then it sank.' })).toMatchObject({
      start: rows.indexOf('Rome') + 6,
    });
  });

  test('AN10: between equal copies the very characters win over variants', () => {
    const source = 'One said “yes, always”. Two said "yes, always". That was all.';
    expect(answer(source, { exact: '"yes, always"' })).toEqual(['sure', '"yes, always"']);
  });

  test('AN10: between equal copies the old offset wins while as many copies are there', () => {
    const source = 'It rose again. '.repeat(40);
    const quote = { exact: 'It rose again.', start: 300, end: 314 };
    expect(reanchor(source, { ...quote, copies: 40 })).toMatchObject({ start: 300, end: 314 });
    expect(reanchor(source, { ...quote, copies: 40 })!.confidence).toBeGreaterThanOrEqual(SURE);
    expect(reanchor(source, { ...quote, copies: 41 })!.confidence).toBeLessThan(SURE);
  });

  test('AN8: white space at the edges of the quotation is kept if it is still there', () => {
    expect(answer(text, quoteOf(text, ' Unemployment rose '))).toEqual(['sure', ' Unemployment rose ']);
    expect(answer('Unemployment rose', { exact: ' Unemployment rose ' })?.[1]).toBe('Unemployment rose');
  });

  test('AN8: emoji are never cut', () => {
    const source = 'So they wrote 😀😀 fine words about the harvest 😀😀 and left.';
    const found = reanchor(
      source.replace('fine words', 'fine new words'),
      quoteOf(source, '😀😀 fine words about the harvest 😀😀'),
    );
    expect(found && source.replace('fine words', 'fine new words').slice(found.start, found.end)).toBe(
      '😀😀 fine new words about the harvest 😀😀',
    );
  });

  test('AN8: a prepared text gives the same answer as the text', () => {
    expect(reanchor(prepareText(text), claim)).toEqual(reanchor(text, claim));
  });

  test('AN8: whatever comes, the answer lies within the text and names no half character', () => {
    const part = fc.constantFrom('a', 'b ', '7', '. ', '😀', '–', '\n', 'rose ', '“', '\ud83d');
    const some = (maxLength: number): fc.Arbitrary<string> =>
      fc.array(part, { maxLength }).map((parts) => parts.join(''));
    const quotes = fc.record(
      {
        exact: some(12),
        prefix: some(8),
        suffix: some(8),
        start: fc.integer({ min: -5, max: 200 }),
        copies: fc.integer({ min: 0, max: 4 }),
      },
      { requiredKeys: ['exact'] },
    );
    fc.assert(
      fc.property(some(60), quotes, (source, quote) => {
        const found = reanchor(source, quote);
        if (found === null) return;
        expect(found.start).toBeGreaterThanOrEqual(0);
        expect(found.end).toBeGreaterThan(found.start);
        expect(found.end).toBeLessThanOrEqual(source.length);
        expect(found.confidence).toBeGreaterThan(0);
        expect(found.confidence).toBeLessThanOrEqual(1);
      }),
      { seed: 20261123, numRuns: 1_000 },
    );
  });

  test('AN8: any range of an unchanged text is found where it is', () => {
    const words = fc.array(
      fc.constantFrom('the rate', ' rose', ' to 7', '.2', ' percent. ', '“so” ', '\n', 'é'),
      { minLength: 3, maxLength: 40 },
    );
    fc.assert(
      fc.property(words, fc.nat(), fc.nat(), (parts, a, b) => {
        const source = parts.join('');
        const start = a % source.length;
        const end = start + 1 + (b % (source.length - start));
        if (source.slice(start, end).trim() === '') return;
        const found = reanchor(source, { ...describeQuote(source, start, end), start, end });
        expect(found).toMatchObject({ start, end });
        expect(found!.confidence).toBeGreaterThanOrEqual(SURE);
      }),
      { seed: 20261123, numRuns: 500 },
    );
  });
});

describe('hostile input', () => {
  const million = 'a'.repeat(1_000_000);
  const same = { prefix: 'a'.repeat(32), suffix: 'a'.repeat(32) };
  const cases: readonly (readonly [string, string, Quote])[] = [
    ['one letter in a megabyte of it', million, { exact: 'a', ...same, start: 5 }],
    [
      'four letters in 200 KB of one',
      million.slice(0, 200_000),
      { exact: 'aaaa', ...same, start: 5_000, copies: 199_997 },
    ],
    ['a long run that differs at its end', million, { exact: `${'a'.repeat(5_000)}b`, ...same }],
    ['a long run that differs at its beginning', million, { exact: `b${'a'.repeat(9_999)}`, ...same }],
    ['a quotation longer than the text', million.slice(0, 1_000), { exact: million, ...same }],
    ['white space only', ' '.repeat(1_000_000), { exact: ' a ', prefix: ' ', suffix: ' ' }],
    [
      'digits only',
      '1'.repeat(300_000),
      { exact: '1'.repeat(100), prefix: '1'.repeat(32), suffix: '1,'.repeat(16) },
    ],
    [
      'two letters in turn',
      'ab'.repeat(300_000),
      { exact: `${'ab'.repeat(100)}c`, prefix: 'ab'.repeat(16), suffix: 'ba'.repeat(16) },
    ],
  ];
  test.each(cases)('AN11: %s comes to an end', (_name, source, quote) => {
    const found = reanchor(source, quote);
    expect(found === null || found.end <= source.length).toBe(true);
  });
});

describe('what is kept of a quotation', () => {
  test('AN12: the words, 32 units on either side, and how often they are there', () => {
    expect(describeQuote(text, claim.start!, claim.end!)).toEqual({
      exact: sentence,
      prefix: 'The council met on Monday. ',
      suffix: ' Critics disagreed with the figu',
      copies: 1,
    });
  });

  test('AN12: the context cuts no emoji', () => {
    const source = `${'😀'.repeat(20)}x${'😀'.repeat(20)}`;
    expect(describeQuote(source, 40, 41)).toMatchObject({ prefix: '😀'.repeat(16), suffix: '😀'.repeat(16) });
    expect(describeQuote(`${'😀'.repeat(20)} x ${'😀'.repeat(20)}`, 41, 42)).toMatchObject({
      prefix: `${'😀'.repeat(15)} `,
      suffix: ` ${'😀'.repeat(15)}`,
    });
  });

  test('AN12: variants of typography count as copies', () => {
    expect(describeQuote('“a b” and "a\u00a0b" and "a c"', 0, 5).copies).toBe(2);
    expect(describeQuote('a b', 1, 2).copies).toBe(1);
  });
});
