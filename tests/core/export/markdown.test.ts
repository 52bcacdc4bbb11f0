import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { markdownBlocks } from '#core/export/markdown-text.ts';
import { formatMarkdown } from '#core/export/markdown.ts';
import { buildProjection } from '#core/export/projection.ts';
import { cutIntoRuns } from '#core/export/runs.ts';
import type { DocMark, DocNode } from '#core/text/doc-json.ts';
import { flattenNode } from '#core/text/flatten-node.ts';
import { readMarkdown } from '#server/import/markdown.ts';
import { claim, comment, doc, evidence, id, input, richProjection, thread, verdict } from './rich-report.ts';

const paragraph = (...content: DocNode[]): DocNode => ({
  type: 'doc',
  content: [{ type: 'paragraph', content }],
});
const t = (text: string, ...types: string[]): DocNode => ({
  type: 'text',
  text,
  marks: types.map((type): DocMark => ({ type })),
});
const written = (node: DocNode): string => markdownBlocks(cutIntoRuns(node));
const readBack = (node: DocNode): string => flattenNode(readMarkdown(written(node)).doc).text;

describe('Markdown export', () => {
  test('EX11 the text comes back from it word for word', () => {
    const other = new Set(['table', 'figure']);
    const simple = { ...doc, content: (doc.content ?? []).filter((block) => !other.has(block.type)) };
    expect(readBack(simple)).toBe(flattenNode(simple).text);
  });

  test('EX18 a figure is what it is called, told apart from the text', () => {
    const figure = (alt: string): DocNode => ({ type: 'figure', attrs: { image: 'a'.repeat(64), alt } });
    const cell = (...content: DocNode[]): DocNode => ({ type: 'table_cell', content });
    const row = { type: 'table_row', content: [cell(figure('In a cell | *')), cell(figure(''))] };
    const content = [figure('A map\n\nof *the* [port](x)'), figure(''), { type: 'table', content: [row] }];
    expect(written({ type: 'doc', content })).toBe(
      [
        '*\\[Image: A map of \\*the\\* \\[port\\](x)\\]*',
        '*\\[Image\\]*',
        '|  |  |\n| --- | --- |\n| *\\[Image: In a cell \\| \\*\\]* | *\\[Image\\]* |',
      ].join('\n\n'),
    );
    expect(formatMarkdown(richProjection())).toContain('*\\[Image: Dead by source');
  });

  test.each([
    ['# no heading'],
    ['1. no item'],
    ['- no item'],
    ['+ no item'],
    ['> no quotation'],
    ['```'],
    ['~~~'],
    ['==='],
    ['---'],
    ['    no code'],
    ['a *b* _c_ `d` ~~e~~ [f](g) ![h](i) <j> &amp; k\\l | m'],
    ['[^1] and [x]: y'],
    ['<!-- x -->'],
    ['http://x_y_z.org/*a*'],
    ['2025. A year'],
    ['#1 and 3) three'],
  ])('EX11 %j stays the words it is', (words) => {
    expect(readBack(paragraph(t(words)))).toBe(words.trimEnd());
  });

  test.each([
    ['bold up to a letter', [t('“so”', 'strong'), t('called')], '“so”called'],
    ['bold after a letter', [t('a'), t('(b)', 'em'), t('c')], 'a(b)c'],
    ['spaces at the edges', [t('a '), t(' b ', 'strong'), t(' c')], 'a  b  c'],
    ['bold that turns italic', [t('a ', 'strong'), t('b', 'strong', 'em'), t(' c', 'em')], 'a b c'],
    ['code beside code', [t('a`b', 'code'), t('c', 'strong', 'code')], 'a`bc'],
  ])('EX11 %s keeps its words', (_, content, expected) => {
    const text = readBack(paragraph(...content));
    expect(text).toBe(expected);
  });

  test('EX11 whatever signs stand in a paragraph, it reads back the same', () => {
    const words = fc.string({
      unit: fc.constantFrom(
        'a',
        'b',
        ' ',
        '*',
        '_',
        '`',
        '[',
        ']',
        '(',
        ')',
        '<',
        '>',
        '#',
        '+',
        '-',
        '1',
        '.',
        '!',
        '&',
        '\\',
        '|',
        '~',
        '=',
        ':',
        '"',
        'é',
        '“',
      ),
      minLength: 1,
      maxLength: 30,
    });
    fc.assert(
      fc.property(words, (text) => {
        fc.pre(text.trim() !== '');
        expect(readBack(paragraph(t(text)))).toBe(text.trimEnd());
      }),
      { numRuns: 500 },
    );
  });

  test('EX12 every claim with a place has one footnote, referred to once', () => {
    const out = formatMarkdown(richProjection());
    for (const { number, isPlaced } of richProjection().claims) {
      expect(out.split(`[^${number}]:`).length - 1).toBe(isPlaced ? 1 : 0);
      expect(out.split(`[^${number}]`).length - 1).toBe(isPlaced ? 2 : 0);
    }
  });

  test('EX12 answers are nested under what they answer', () => {
    const comments = [comment(701, 'one'), comment(702, 'two\n\n# three', { parentId: id(701) })];
    const out = formatMarkdown(
      buildProjection({
        ...input,
        claims: [claim(10, 'The call lasted 75 minutes')],
        threads: [thread(700, comments, { claimId: id(10) })],
        verdicts: [],
      }),
    );
    expect(out).toMatch(/\n {4}- \*\*Dara[^\n]*: one\n {6}- \*\*Dara[^\n]*: two\\\n {8}\\# three/);
  });

  const shape = (node: DocNode): unknown =>
    node.type === 'text' ? 'text' : [node.type, ...new Set((node.content ?? []).map(shape))];
  const withWords = (words: string): string => {
    const said = [comment(701, `one\n${words}\n${words}`), comment(702, words, { parentId: id(701) })];
    const judged = verdict(10, 'true', { summary: words, label: words, words: 'The call lasted 75 minutes' });
    const reviews = judged.reviews.map((review) => ({
      ...review,
      comment: words,
      reviewer: { id: id(950), name: words },
    }));
    return formatMarkdown(
      buildProjection({
        ...input,
        claims: [
          claim(10, 'The call lasted 75 minutes', {
            verdict: { ...judged, reviews },
            disputes: [{ ...judged, id: id(1_099), reviews }],
            attribution: { state: 'altered', note: words },
            claimant: words,
            evidence: [evidence(130, 10, { title: words, publisher: words, quote: words })],
          }),
        ],
        threads: [
          thread(700, said, { claimId: id(10) }),
          thread(710, [comment(711, `one\n${words}`)], {
            anchor: { start: null, end: null, exact: null, state: 'orphaned', confidence: 0 },
            quote: { exact: words, prefix: '', suffix: '' },
          }),
        ],
        verdicts: [verdict(101, 'false', { claimId: id(10), state: 'superseded', label: words })],
      }),
    );
  };

  test.each([
    '# a',
    '> a',
    '- a',
    '+ a',
    '* a',
    '1. a',
    '1) a',
    '```',
    '~~~',
    '===',
    '---',
    '***',
    '[^1]: a',
    '[x]: https://example.org',
    '<!-- a',
    '<div>',
    '| a |',
    '\u0001    a',
  ])('EX12 a line that begins with %j begins nothing', (words) => {
    const read = (markdown: string): unknown => shape(readMarkdown(markdown).doc);
    expect(read(withWords(words))).toEqual(read(withWords('word')));
  });
});
