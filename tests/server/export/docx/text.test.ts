import { describe, expect, test } from 'vitest';
import { type DocMark, type DocNode } from '#core/text/doc-json.ts';
import { formatDocx } from '#server/export/docx/docx.ts';
import { input, richProjection } from '#tests/core/export/rich-report.ts';
import { all, first, part, parsed, wordsIn, partsOf } from '#tests/support/office-parts.ts';
import { packageFaults } from '#tests/support/office-rules.ts';
import { bodyIn, bodyOf, blocks, p, paragraphsOf, styleOf, withDoc } from './look.ts';

const projection = richProjection();
const file = formatDocx(projection);
const body = bodyIn(file);

describe('the text in Word', () => {
  test('EX37 headings, quotations, code and rules have Word’s styles', () => {
    const styles = paragraphsOf(input.doc).map(styleOf);
    expect(styles).toEqual(
      expect.arrayContaining([
        'Heading2',
        'Heading3',
        'Quote',
        'Code',
        'HorizontalRule',
        'ListBullet',
        'ListNumber',
        'TableHeader',
        'TableText',
      ]),
    );
    const known = new Set(
      all(parsed(part(file, 'word/styles.xml')), 'w:style').map((each) => each.attributes['w:styleId']),
    );
    const used = [...partsOf(file).values()].flatMap((xml) =>
      [...xml.matchAll(/w:(?:pStyle|rStyle|tblStyle|basedOn|next) w:val="([^"]+)"/g)].map(
        (match) => match[1],
      ),
    );
    expect(used.filter((style) => !known.has(style))).toEqual([]);
  });

  test('EX37 lists are Word’s lists: nested, and each numbered one begins at its own number', () => {
    const items = paragraphsOf(input.doc).filter((each) => all(each, 'w:numPr').length > 0);
    expect(
      items.map((each) => [
        wordsIn(each),
        all(each, 'w:ilvl')[0]?.attributes['w:val'],
        all(each, 'w:numId')[0]?.attributes['w:val'],
      ]),
    ).toEqual([
      ['A ceasefire and its dates', '0', '1'],
      ['A demilitarised zone', '0', '1'],
      ['its width', '1', '2'],
      ['its guards', '1', '2'],
    ]);
    const list = all(parsed(part(file, 'word/numbering.xml')), 'w:num').find(
      (each) => each.attributes['w:numId'] === '2',
    );
    expect(list && first(list, 'w:lvlOverride').attributes).toEqual({ 'w:ilvl': '1' });
    expect(list && first(list, 'w:startOverride').attributes).toEqual({ 'w:val': '3' });
  });

  test('EX37 an item of several paragraphs has one number', () => {
    const doc = blocks({
      type: 'ordered_list',
      content: [
        { type: 'list_item', content: [p('one'), p('more'), { type: 'blockquote', content: [p('said')] }] },
        {
          type: 'list_item',
          content: [
            {
              type: 'table',
              content: [{ type: 'table_row', content: [{ type: 'table_cell', content: [p('cell')] }] }],
            },
          ],
        },
      ],
    });
    const found = paragraphsOf(doc).map((each) => [
      wordsIn(each),
      styleOf(each),
      all(each, 'w:numPr').length,
    ]);
    expect(found).toEqual([
      ['one', 'ListNumber', 1],
      ['more', 'ListContinue', 0],
      ['said', 'Quote', 0],
      ['', 'ListNumber', 1],
      ['cell', 'TableText', 0],
    ]);
  });

  test('EX37 cells over several columns and rows stay so, and every row fills the table', () => {
    const cell = (text: string, attrs: Record<string, number> = {}): DocNode => ({
      type: 'table_cell',
      attrs: { colspan: 1, rowspan: 1, ...attrs },
      content: [p(text)],
    });
    const row = (...content: DocNode[]): DocNode => ({ type: 'table_row', content });
    const doc = blocks({
      type: 'table',
      content: [
        row(cell('a', { rowspan: 2 }), cell('b', { colspan: 2 })),
        row(cell('c'), cell('d')),
        row(cell('e', { rowspan: 9 })),
      ],
    });
    const found = all(bodyOf(doc), 'w:tr').map((each) =>
      all(each, 'w:tc').map((one) =>
        [
          wordsIn(one),
          all(one, 'w:gridSpan')[0]?.attributes['w:val'] ?? '1',
          all(one, 'w:vMerge')[0]?.attributes['w:val'] ?? (all(one, 'w:vMerge').length > 0 ? 'on' : ''),
        ].join('/'),
      ),
    );
    expect(found).toEqual([
      ['a/1/restart', 'b/2/'],
      ['/1/on', 'c/1/', 'd/1/'],
      ['e/1/', '/2/'],
    ]);
  });

  test('EX37 of a table with more columns than Word has no word is lost', () => {
    const cells = Array.from({ length: 80 }, (_, i): DocNode => ({
      type: 'table_cell',
      content: [p(`cell ${i}`)],
    }));
    const doc = blocks({
      type: 'table',
      content: [
        { type: 'table_row', content: cells },
        {
          type: 'table_row',
          content: [{ type: 'table_cell', attrs: { colspan: 999 }, content: [p('wide')] }],
        },
      ],
    });
    expect(all(bodyOf(doc), 'w:gridCol')).toHaveLength(63);
    expect(paragraphsOf(doc).map(wordsIn).join(' ')).toBe(
      [...cells.map((_, i) => `cell ${i}`), 'wide'].join(' '),
    );
  });

  test('EX37 tables that touch stay two, and a cell ends with a paragraph', () => {
    const table = (...content: DocNode[]): DocNode => ({
      type: 'table',
      content: [{ type: 'table_row', content: [{ type: 'table_cell', content }] }],
    });
    const found = bodyOf(blocks(table(table(p('inner'))), table(p('next'))));
    expect(found.children.map((each) => (typeof each === 'string' ? each : each.name))).toEqual([
      'w:p',
      'w:p',
      'w:bookmarkStart',
      'w:tbl',
      'w:p',
      'w:tbl',
      'w:bookmarkEnd',
      'w:sectPr',
    ]);
    for (const cell of all(found, 'w:tc')) expect(cell.children.at(-1)).toMatchObject({ name: 'w:p' });
  });

  test('EX37 links are kept, those that Word cannot read leave their words', () => {
    const link = (href: string): DocMark => ({ type: 'link', attrs: { href } });
    const doc = blocks(
      p('good', link('https://example.org/a b?c=<d>&e=“f”')),
      p('bad', link('https://[bad/')),
      p('long', link(`https://example.org/${'x'.repeat(2_500)}`)),
      p('run', link('javascript:alert(1)')),
    );
    const made = formatDocx(withDoc(doc));
    expect(packageFaults(made)).toEqual([]);
    const links = all(parsed(part(made, 'word/document.xml')), 'w:hyperlink');
    expect(links.map(wordsIn)).toEqual(['good']);
    expect(part(made, 'word/_rels/document.xml.rels')).toContain(
      'Target="https://example.org/a%20b?c=%3Cd%3E&amp;e=%E2%80%9Cf%E2%80%9D" TargetMode="External"',
    );
  });

  test('EX38 paragraphs run as their first letter does, and words have the language of their script', () => {
    const found = paragraphsOf(
      blocks(
        p('75 דקות with Latin words'),
        p('Latin words with שלום in them'),
        p('你好'),
        p('ありがとう'),
        p('Привет'),
      ),
    );
    const seen = found.map((each) => [
      all(each, 'w:bidi').length,
      all(each, 'w:rtl').length,
      JSON.stringify(all(each, 'w:lang')[0]?.attributes ?? {}),
    ]);
    expect(seen).toEqual([
      [1, 1, '{"w:bidi":"he-IL"}'],
      [0, 1, '{"w:bidi":"he-IL"}'],
      [0, 0, '{"w:eastAsia":"zh-CN"}'],
      [0, 0, '{"w:eastAsia":"ja-JP"}'],
      [0, 0, '{"w:val":"ru-RU"}'],
    ]);
    expect(found.map(wordsIn)).toEqual([
      '75 דקות with Latin words',
      'Latin words with שלום in them',
      '你好',
      'ありがとう',
      'Привет',
    ]);
  });

  test('EX38 words of a claim are shaded by its verdict, the first claim where several meet', () => {
    const fills = all(body, 'w:r').flatMap((run) =>
      all(run, 'w:shd').map((shade) => [wordsIn(run), shade.attributes['w:fill']]),
    );
    expect(fills.slice(0, 2)).toEqual([
      ['The call lasted 75 minutes', 'DFEAF8'],
      ['“good and very productive”', 'FFF6D1'],
    ]);
    expect(fills.find(([words]) => words === 'two dead and ')?.[1]).toBe(
      fills.find(([words]) => words === 'Officials counted ')?.[1],
    );
  });

  test('EX38 the file says its title, who checked it and when', () => {
    const core = part(file, 'docProps/core.xml');
    expect(core).toContain(
      '<dc:title>Talks at the lake: &lt;i&gt;what&lt;/i&gt; was agreed</dc:title><dc:creator>The Desk &amp; Co</dc:creator>',
    );
    expect(core).toContain('2025-12-28T14:55:00Z');
  });
});
