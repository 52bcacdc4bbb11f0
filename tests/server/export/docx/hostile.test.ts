import { describe, expect, test } from 'vitest';
import { buildProjection } from '#core/export/projection.ts';
import { type DocNode } from '#core/text/doc-json.ts';
import { formatDocx } from '#server/export/docx/docx.ts';
import {
  anchorOn,
  claim,
  comment,
  id,
  input,
  richProjection,
  thread,
} from '#tests/core/export/rich-report.ts';
import { all, part, parsed, wordsIn, partsOf } from '#tests/support/office-parts.ts';
import { packageFaults } from '#tests/support/office-rules.ts';
import { blocks, p, withDoc } from './look.ts';

const projection = richProjection();
const file = formatDocx(projection);

describe('words that mean harm to Word', () => {
  const hostile = [
    'a\u0000b\u0008c',
    'half \ud83d pair \udc00',
    ']]> <![CDATA[ &#0; </w:t>',
    '\ufffe\uffff',
    'x'.repeat(100_000),
    'line\u2028sep\r\nnew\ttab',
    '‏\u202eabc',
    ' ',
  ];

  test('EX39 are words, in the text, in comments and in names', () => {
    const doc = blocks(
      ...hostile.map((text) => p(text)),
      ...hostile.map((text): DocNode => ({ type: 'code_block', content: [{ type: 'text', text }] })),
    );
    const made = buildProjection({
      ...structuredClone(input),
      report: { ...input.report, title: hostile.slice(0, 3).join(' ') },
      doc,
      claims: [
        claim(10, 'x', {
          anchor: { start: 0, end: 3, exact: null, state: 'anchored', confidence: 1 },
          claimant: hostile[2] ?? null,
        }),
      ],
      threads: [
        thread(
          700,
          hostile.map((each, i) => comment(701 + i, each, { author: { id: id(1), name: each } })),
          { claimId: id(10) },
        ),
      ],
      verdicts: [],
    });
    const bytes = formatDocx(made);
    expect(packageFaults(bytes)).toEqual([]);
    const words = all(parsed(part(bytes, 'word/document.xml')), 'w:p').map(wordsIn);
    expect(words).toEqual(
      expect.arrayContaining(['abc', 'half  pair ', ']]> <![CDATA[ &#0; </w:t>', 'x'.repeat(100_000)]),
    );
    const authors = all(parsed(part(bytes, 'word/comments.xml')), 'w:comment').map(
      (each) => each.attributes['w:author'] ?? '',
    );
    expect(authors.every((each) => each !== '' && each.length <= 200)).toBe(true);
  });

  test('EX39 a time that is none is left out', () => {
    const made = buildProjection({
      ...structuredClone(input),
      claims: [],
      threads: [thread(700, [comment(701, 'x', { at: 'yesterday' })], { anchor: anchorOn('Sirens') })],
      verdicts: [],
    });
    expect(part(formatDocx(made), 'word/comments.xml')).not.toContain('w:date');
  });

  test('EX39 nothing desk only is in any part, and no id of a person', () => {
    expect(JSON.stringify(input.claims)).toContain('DESKONLY');
    const everything = [...partsOf(file).values()].join('\n');
    expect(everything).not.toMatch(/DESKONLY|javascript:alert\(1\)|000000000909|member:/i);
  });

  test('EX39 lists deeper and more than Word knows are still lists', () => {
    const deep = Array.from({ length: 12 }).reduce<DocNode>(
      (inner) => ({
        type: 'ordered_list',
        attrs: { order: -5 },
        content: [{ type: 'list_item', content: [p('x'), inner] }],
      }),
      p('end'),
    );
    const many = Array.from({ length: 2_100 }, (): DocNode => ({
      type: 'ordered_list',
      attrs: { order: 2 },
      content: [{ type: 'list_item', content: [p('y')] }],
    }));
    const made = formatDocx(withDoc(blocks(deep, ...many)));
    const numbers = all(parsed(part(made, 'word/numbering.xml')), 'w:num');
    expect(numbers).toHaveLength(2_001);
    const known = new Set(numbers.map((each) => each.attributes['w:numId']));
    const document = parsed(part(made, 'word/document.xml'));
    expect(all(document, 'w:numId').every((each) => known.has(each.attributes['w:val']))).toBe(true);
    expect(all(document, 'w:ilvl').every((each) => Number(each.attributes['w:val']) <= 8)).toBe(true);
  });
});
