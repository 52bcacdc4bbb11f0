/** Read back with exceljs, which had no part in writing it. */
import ExcelJS from 'exceljs';
import { describe, expect, test } from 'vitest';
import { claimColumns } from '#core/export/claim-columns.ts';
import { buildProjection, type ExportProjection } from '#core/export/projection.ts';
import { cellXml, SharedStrings } from '#server/export/xlsx/cell.ts';
import { columnName, sheetParts } from '#server/export/xlsx/sheet.ts';
import { formatXlsx } from '#server/export/xlsx/xlsx.ts';
import { expectGolden } from '#tests/core/export/golden.ts';
import {
  claim,
  comment,
  evidence,
  id,
  input,
  richProjection,
  thread,
} from '#tests/core/export/rich-report.ts';
import { all, parsed, part, partsOf } from '#tests/support/office-parts.ts';
import { packageFaults } from '#tests/support/office-rules.ts';

const projection = richProjection();
const file = formatXlsx(projection);

async function readBack(bytes: Uint8Array): Promise<ExcelJS.Workbook> {
  const workbook = new ExcelJS.Workbook();
  const copy = new ArrayBuffer(bytes.length);
  new Uint8Array(copy).set(bytes);
  await workbook.xlsx.load(copy);
  return workbook;
}

/** Rows by their titles. */
async function rowsOf(bytes: Uint8Array, name: string): Promise<Record<string, ExcelJS.CellValue>[]> {
  const sheet = (await readBack(bytes)).getWorksheet(name);
  if (sheet === undefined) throw new Error(`no sheet ${name}`);
  const titles: string[] = [];
  sheet.getRow(1).eachCell((cell) => void titles.push(cell.text));
  return Array.from({ length: sheet.rowCount - 1 }, (_, i) =>
    Object.fromEntries(titles.map((title, x) => [title, sheet.getRow(i + 2).getCell(x + 1).value])),
  );
}

const made = (changes: Partial<typeof input>): ExportProjection =>
  buildProjection({ ...structuredClone(input), claims: [], threads: [], verdicts: [], ...changes });

describe('an Excel workbook', () => {
  test('EX40 has a row a claim with the columns and words of the CSV file', async () => {
    const rows = await rowsOf(file, 'Claims');
    expect(rows).toHaveLength(projection.claims.length);
    const titles = Object.keys(rows[0] ?? {});
    expect(titles.filter((title) => !['Pieces of evidence', 'First address'].includes(title))).toEqual(
      claimColumns.map(({ title }) => title),
    );
    for (const [i, row] of rows.entries()) {
      const each = projection.claims[i];
      if (each === undefined) throw new Error('more rows than claims');
      for (const { title, kind, value } of claimColumns)
        if (kind === 'text') expect(row[title] ?? '', title).toBe(value(each, projection));
    }
    expect(rows.map((row) => row['Verdict is'])).toEqual(
      expect.arrayContaining([
        'Signed off',
        'Signed off alone',
        'Needs re-check',
        'Disputed',
        'Not signed off',
      ]),
    );
  });

  test('EX40 has numbers, dates in UTC and a link as what they are', async () => {
    const [row] = await rowsOf(file, 'Claims');
    expect(row).toMatchObject({
      Number: 1,
      Start: projection.claims[0]?.anchor.start,
      'Said on': new Date('2025-12-28T00:00:00Z'),
      'Proposed at': new Date('2025-12-28T14:30:00Z'),
      'Signed off at': new Date('2025-12-28T14:40:00Z'),
      'Pieces of evidence': 2,
      'First address': {
        text: 'https://example.org/readout?x=<y>',
        hyperlink: 'https://example.org/readout?x=%3Cy%3E',
      },
    });
  });

  test('EX40 keeps its titles in view, filters by them and wraps what is long', async () => {
    const sheet = (await readBack(file)).getWorksheet('Claims');
    expect(sheet?.views[0]).toMatchObject({ state: 'frozen', ySplit: 1 });
    expect(sheet?.autoFilter).toBe(`A1:AI${projection.claims.length + 1}`);
    expect(sheet?.getCell('B2').alignment).toMatchObject({ wrapText: true, vertical: 'top' });
    expect(sheet?.getColumn(2).width).toBe(50);
    expect(sheet?.getCell('A1').font).toMatchObject({ bold: true });
  });

  test('EX41 has a row a comment: on what, by whom, when, what it answers', async () => {
    const rows = await rowsOf(file, 'Threads');
    expect(rows.map((row) => row['Text'])).toEqual([
      'Is the later count for the region or the city?',
      'City only, @Ana Reyes has the bulletin.\nSee <b>there</b>.',
      '[deleted]',
      'Thanks',
      'Which ministry? [x](javascript:alert(5))',
      '=1+1',
      'This was about a line that is gone.',
    ]);
    expect(rows[1]).toMatchObject({
      Claim: 4,
      'On words': 'Officials counted two dead and at least four injured',
      State: 'Resolved',
      Author: 'Ben Okafor',
      Date: new Date('2025-12-28T14:02:00Z'),
      'Answer to': 'Chloé Martin, 28 Dec 2025, 14:01 UTC',
      'Resolved by': 'Ana Reyes',
    });
    expect(rows[4]).toMatchObject({
      Claim: null,
      'On words': 'The ministry called it',
      State: 'Open',
      'Answer to': null,
    });
  });

  test('EX42 has no formula, and what looks like one stays text when it is edited', async () => {
    const workbook = await readBack(file);
    const suspicious: string[] = [];
    for (const sheet of workbook.worksheets)
      sheet.eachRow((row) =>
        row.eachCell((cell) => {
          expect(cell.type).not.toBe(ExcelJS.ValueType.Formula);
          if (/^[=+\-@]/.test(cell.text)) suspicious.push(cell.text);
        }),
      );
    expect(suspicious).toEqual(expect.arrayContaining(['=cmd|calc', '=1+1', '@SUM(1+1) was here']));
    expect([...partsOf(file).values()].join('')).not.toMatch(/<f[ >]/);
    const styles = all(parsed(part(file, 'xl/styles.xml')), 'cellXfs')[0];
    const quoted =
      styles === undefined
        ? -1
        : all(styles, 'xf').findIndex((each) => each.attributes['quotePrefix'] === '1');
    const strings = all(parsed(part(file, 'xl/sharedStrings.xml')), 't').map((each) =>
      each.children.join(''),
    );
    const cells = [1, 2].flatMap((n) => all(parsed(part(file, `xl/worksheets/sheet${n}.xml`)), 'c'));
    const styleOf = (words: string) =>
      cells
        .filter(
          (each) => each.attributes['t'] === 's' && strings[Number(all(each, 'v')[0]?.children[0])] === words,
        )
        .map((each) => Number(each.attributes['s']));
    for (const words of suspicious) expect(new Set(styleOf(words)), words).toEqual(new Set([quoted]));
    expect(styleOf('Thanks')).not.toContain(quoted);
  });

  test('EX43 keeps to what Excel takes: length of a cell, signs, escapes, rows', async () => {
    const quote = { exact: 'x'.repeat(40_000), prefix: '', suffix: '' };
    const words = 'a\u0000b \ud83d _x000D_ \ufffe ]]> \r\nnext';
    const bytes = formatXlsx(
      made({
        claims: [claim(10, 'The call lasted 75 minutes', { quote, claimant: words })],
        threads: [thread(700, [comment(701, 'x')], { claimId: id(10) })],
      }),
    );
    expect(packageFaults(bytes)).toEqual([]);
    const [row] = await rowsOf(bytes, 'Claims');
    const cut = String(row?.['Original quotation']);
    expect(cut).toHaveLength(32_767);
    expect(cut).toMatch(/x … \[cut: a cell holds no more\]$/);
    expect(row?.['Said by']).toBe('ab  _x000D_  ]]> \nnext');
    const sheet = {
      name: 'Rows',
      columns: [{ title: 'A', width: 5 }],
      rows: Array.from({ length: 9 }, () => [{ kind: 'text' as const, value: 'r' }]),
    };
    const strings = new SharedStrings();
    expect(all(parsed(sheetParts(sheet, true, strings, 5).xml), 'row')).toHaveLength(5);
    expect(strings.toXml()).toContain('6 more rows did not fit');
    expect([0, 25, 26, 701, 702].map(columnName)).toEqual(['A', 'Z', 'AA', 'ZZ', 'AAA']);
  });

  test.each([
    ['date', 'in the spring'],
    ['date', '1899-12-31'],
    ['moment', 'yesterday'],
    ['number', '1e9'],
    ['link', 'javascript:alert(1)'],
  ] as const)('EX43 a %s that is none stays the words %j', (kind, value) => {
    const strings = new SharedStrings();
    expect(cellXml({ kind, value }, 'A1', strings)).toContain('t="s"');
    expect(strings.toXml()).toContain(value);
  });

  test('EX43 an address that Excel cannot read is words', () => {
    const bytes = formatXlsx(
      made({ claims: [claim(10, '75', { evidence: [evidence(1, 10, { url: 'https://[bad/' })] })] }),
    );
    expect(packageFaults(bytes)).toEqual([]);
    expect(part(bytes, 'xl/worksheets/sheet1.xml')).not.toContain('<hyperlink ');
  });

  test('EX40 is the same bytes each time and the same parts as somebody has looked at', () => {
    expect(Buffer.from(formatXlsx(richProjection())).equals(Buffer.from(file))).toBe(true);
    expect(packageFaults(file)).toEqual([]);
    for (const [name, xml] of partsOf(file))
      if (/sheet\d|sharedStrings|workbook\.xml$/.test(name))
        expectGolden(`xlsx/${name}`, `${xml.replaceAll('><', '>\n<')}\n`);
  });

  test('EX40 has nothing desk only and no id of a person, also without a claim', async () => {
    expect([...partsOf(file).values()].join('')).not.toMatch(/DESKONLY|000000000909|member:/i);
    const empty = formatXlsx(made({}));
    expect(packageFaults(empty)).toEqual([]);
    expect(await rowsOf(empty, 'Claims')).toEqual([]);
  });
});
