import { describe, expect, test } from 'vitest';
import { buildProjection } from '#core/export/projection.ts';
import { flattenNode } from '#core/text/flatten-node.ts';
import { formatDocx } from '#server/export/docx/docx.ts';
import { input, richProjection, claim } from '#tests/core/export/rich-report.ts';
import { all, part, parsed, wordsIn, type XmlElement } from '#tests/support/office-parts.ts';
import { bodyIn, styleOf, rangesIn } from './look.ts';

const projection = richProjection();
const file = formatDocx(projection);
const body = bodyIn(file);

describe('after the text', () => {
  const tables = all(body, 'w:tbl');
  const rows = tables.slice(-1).flatMap((table) => all(table, 'w:tr'));
  const cells = (row: XmlElement): string[] =>
    all(row, 'w:tc').map((each) => all(each, 'w:p').map(wordsIn).join('\n'));

  test('EX36 a table has every claim with its verdict and how it stands, its titles repeated on each page', () => {
    expect(rows).toHaveLength(projection.claims.length + 1);
    expect(all(rows[0] ?? body, 'w:tblHeader')).toHaveLength(1);
    expect(cells(rows[0] ?? body)).toEqual(['No.', 'Claim', 'Said by', 'Verdict', 'Standing', 'Evidence']);
    expect(cells(rows[1] ?? body)).toEqual([
      '1',
      'The call lasted 75 minutes',
      'Kremlin aide, spokesman',
      'True',
      'Signed off\nChloé Martin',
      'Supports: Read-out of the call, Press service\nContext: =HYPERLINK("http://evil"), <script>alert(3)</script>',
    ]);
    expect(rows.slice(1).map((row) => cells(row)[4])).toEqual(
      expect.arrayContaining([
        'Needs re-check\nChloé Martin',
        'Signed off alone\nBen Okafor\nReason: Nobody else is on duty tonight',
        'Disputed\nChloé Martin',
        'Not signed off',
      ]),
    );
  });

  test('EX36 claims and threads without a sure place are listed with their comments', () => {
    const ranges = [...rangesIn(body).values()];
    expect(ranges).toEqual(
      expect.arrayContaining(['“the words that were cut”', '“75”', '“a line that is gone”']),
    );
    const words = all(body, 'w:p').map(wordsIn);
    for (const title of ['Several places fit', 'Not found in the text', 'Discussion not on words'])
      expect(words).toContain(title);
  });

  test('EX36 a claim whose place has no words of its own is not lost', () => {
    const between = flattenNode(input.doc).text.indexOf('\n');
    const place = {
      start: between,
      end: between + 1,
      exact: '\n',
      state: 'anchored' as const,
      confidence: 1,
    };
    const made = buildProjection({
      ...structuredClone(input),
      claims: [claim(10, '\n', { anchor: place })],
      threads: [],
      verdicts: [],
    });
    expect([...rangesIn(bodyIn(formatDocx(made))).values()]).toEqual(['No words']);
  });

  test('EX36 the report’s own words are under a name of their own', () => {
    const text = part(file, 'word/document.xml');
    const from = text.indexOf('w:name="proofdesk_text"');
    const bookmark = /w:bookmarkStart w:id="(\d+)" w:name="proofdesk_text"/.exec(text)?.[1];
    const inside = `<w:body>${text.slice(text.indexOf('>', from) + 1, text.indexOf(`<w:bookmarkEnd w:id="${bookmark}"/>`))}</w:body>`;
    const words = all(parsed(inside), 'w:p')
      // A figure and a rule have no words of the report's.
      .filter((each) => styleOf(each) !== 'HorizontalRule' && all(each, 'w:drawing').length === 0)
      .filter((each) => !wordsIn(each).startsWith('[Image: '))
      .map(wordsIn);
    expect(words.join('\n')).toBe(projection.text);
  });
});
