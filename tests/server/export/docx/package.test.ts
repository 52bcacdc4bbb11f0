import { describe, expect, test } from 'vitest';
import { formatDocx } from '#server/export/docx/docx.ts';
import { expectGolden } from '#tests/core/export/golden.ts';
import { richProjection } from '#tests/core/export/rich-report.ts';
import { all, partsOf } from '#tests/support/office-parts.ts';
import { packageFaults } from '#tests/support/office-rules.ts';
import { bodyIn, blocks, commentsIn, p, withDoc, rangesIn } from './look.ts';

const projection = richProjection();
const file = formatDocx(projection);
const body = bodyIn(file);
const comments = commentsIn(file);

describe('a Word document', () => {
  test('EX30 each of its parts is the same as the one that somebody has looked at', () => {
    const parts = partsOf(file);
    expectGolden('docx/parts.txt', `${[...parts.keys()].join('\n')}\n`);
    for (const [name, xml] of parts)
      expectGolden(
        `docx/${name.replace('_rels/.rels', '_rels/package.rels')}`,
        `${xml.replaceAll('><', '>\n<')}\n`,
      );
  });

  test('EX30 is the same bytes each time', () => {
    expect(Buffer.from(formatDocx(richProjection())).equals(Buffer.from(file))).toBe(true);
  });

  test('EX31 keeps the rules of a package', () => {
    expect(packageFaults(file)).toEqual([]);
    expect(packageFaults(formatDocx(withDoc(blocks(p('')))))).toEqual([]);
  });

  test('EX31 every comment begins before it ends and is referred to once', () => {
    const numbers = comments.map((each) => each.attributes['w:id']);
    expect(new Set(numbers).size).toBe(numbers.length);
    for (const name of ['w:commentRangeStart', 'w:commentRangeEnd', 'w:commentReference']) {
      const found = all(body, name).map((each) => each.attributes['w:id']);
      expect(found, name).toHaveLength(numbers.length);
      expect(new Set(found), name).toEqual(new Set(numbers));
    }
    expect([...rangesIn(body).values()]).not.toContain('ends before it starts');
    const names = all(body, 'w:bookmarkStart').map((each) => each.attributes['w:name']);
    expect(new Set(names).size).toBe(names.length);
    expect(new Set(all(body, 'w:bookmarkStart').map((each) => each.attributes['w:id'])).size).toBe(
      names.length,
    );
  });

  test('EX31 a document has comment parts only when it has comments', () => {
    const parts = [...partsOf(formatDocx(withDoc(blocks(p('Words'))))).keys()];
    expect(parts.filter((name) => /comments|people|customXml/.test(name))).toEqual([]);
  });
});
