import { describe, expect, test } from 'vitest';
import { at, lines, stream } from '../../../support/pdf-file.ts';
import { outline } from '../read.ts';
import { readPages, readParts } from './read.ts';

/** Four lines that fill a column of about 230 points. */
const prose = (name: string, count = 5): string[] =>
  Array.from({ length: count }, (_, i) => `${name}${i} the minister said that the budget of it`);
const joined = (name: string, count = 5): string => prose(name, count).join(' ');

describe('IM35 reading order', () => {
  test('two columns are read one after the other, whatever is drawn first', async () => {
    const { text } = await readPages(lines(320, 700, prose('right'), 10) + lines(60, 700, prose('left'), 10));
    expect(text).toBe(`${joined('left')} ${joined('right')}`);
  });

  test('a title and a line over both columns part them into bands', async () => {
    const wide =
      'A line of words that runs over both of the columns and so parts what is above it from what is below';
    const { text } = await readPages(
      lines(60, 700, prose('a'), 10) +
        lines(320, 700, prose('b'), 10) +
        at(60, 600, `${wide}.`, 11) +
        lines(60, 560, prose('c'), 10) +
        lines(320, 560, prose('d'), 10),
    );
    const places = ['a0', 'b0', 'A line', 'c0', 'd0'].map((word) => text.indexOf(word));
    expect(places.every((place) => place >= 0)).toBe(true);
    expect(places).toEqual([...places].sort((one, other) => one - other));
  });

  test('lines drawn from below to above are read from above', async () => {
    const drawn = ['one two three', 'four five six', 'seven eight nine'].map((words, i) =>
      at(72, 700 - i * 14, words),
    );
    expect((await readPages(drawn.reverse().join(''))).text).toBe(
      'one two three four five six seven eight nine',
    );
  });

  test('letters placed one by one make words', async () => {
    const letters = Array.from('He said', (letter, i) =>
      letter === ' ' ? '' : at(72 + i * 8, 700, letter, 12, 'F4'),
    );
    expect((await readPages(letters.join(''))).text).toBe('He said');
  });

  test.each([90, 180, 270])('a sheet turned by %i degrees is read upright', async (turn) => {
    const { text } = await readPages({
      content: lines(72, 700, ['One line.', 'Two lines.']),
      more: `/Rotate ${turn}`,
    });
    expect(text.replace(/\s+/g, ' ')).toBe('One line. Two lines.');
  });

  test('text that runs up the sheet comes after the text of the page', async () => {
    const up = 'BT /F1 9 Tf 0 1 -1 0 30 200 Tm (Printed on Monday) Tj ET ';
    const { text } = await readPages(up + lines(72, 700, prose('line')));
    expect(text).toBe(`${joined('line')}\nPrinted on Monday`);
  });
});

describe('IM36 structure by looks', () => {
  test('larger and bold lines are headings, by their size', async () => {
    const read = await readPages(
      at(72, 720, 'The whole report', 24) +
        at(72, 680, 'First part', 16) +
        lines(72, 650, prose('a', 4)) +
        at(72, 570, 'A label in bold', 12, 'F2') +
        lines(72, 550, prose('b', 4)) +
        at(72, 460, 'Second part', 16) +
        lines(72, 430, prose('c', 4)),
    );
    expect(read.title).toBe('The whole report');
    expect(outline(read).replace(/p\([abc]0[^)]*\)/g, 'p')).toBe(
      'h2(First part) p h3(A label in bold) p h2(Second part) p',
    );
  });

  test('a paragraph ends at a gap, at an indent and after a short line', async () => {
    const full = 'The minister said that the budget had risen by a great deal in all of the years';
    const { doc } = await readPages(
      lines(72, 700, [full, full, 'and so on.', full, full, full]) +
        at(90, 600, full) +
        at(72, 585.6, full) +
        at(90, 571.2, full) +
        at(72, 556.8, full) +
        lines(72, 500, [full, full]),
    );
    expect(doc.content?.map((block) => block.content?.[0]?.text?.length)).toEqual([
      full.length * 2 + 12,
      full.length * 3 + 2,
      full.length * 2 + 1,
      full.length * 2 + 1,
      full.length * 2 + 1,
    ]);
  });

  test('bullets and numbers become lists, further ones nested', async () => {
    const read = await readPages(
      at(72, 720, 'We found:') +
        at(72, 700, '\x95 one thing which is long enough to go on in a') +
        at(82, 685.6, 'second line') +
        at(72, 671.2, '\x95 another') +
        at(92, 656.8, '\x95 deeper') +
        at(72, 642.4, '\x95 last') +
        at(72, 610, '1. first') +
        at(72, 595.6, '2. second') +
        at(72, 560, 'In the end there were'),
    );
    expect(outline(read)).toBe(
      'p(We found:) ul(li(p(one thing which is long enough to go on in a second line)) li(p(another) ul(li(p(deeper)))) li(p(last))) ol(li(p(first)) li(p(second))) p(In the end there were)',
    );
  });

  test('words in columns are a table; none is lost', async () => {
    const row = (y: number, cells: string[], font = 'F1'): string =>
      cells.map((cell, i) => at(72 + i * 150, y, cell, 11, font)).join('');
    const read = await readPages(
      lines(72, 720, prose('before', 3)) +
        row(650, ['Region', '2022', '2023'], 'F2') +
        row(630, ['North', '12,500', '13,200']) +
        row(610, ['South', '9,100', '8,950']) +
        lines(72, 570, prose('after', 3)),
    );
    expect(outline(read)).toContain(
      'table(tr(th(p(Region)) th(p(2022)) th(p(2023))) tr(td(p(North)) td(p(12,500)) td(p(13,200))) tr(td(p(South)) td(p(9,100)) td(p(8,950))))',
    );
  });
});

describe('IM38 words at line ends', () => {
  test.each([
    ['a parted word', ['the negoti-', 'ations went on'], 'the negotiations went on'],
    [
      'a compound that stands so elsewhere',
      ['a high-risk plan is a high-', 'risk plan'],
      'a high-risk plan is a high-risk plan',
    ],
    ['a word that stands joined elsewhere', ['coworker and a co-', 'worker'], 'coworker and a coworker'],
    ['a prefix that keeps it', ['the self-', 'reported data'], 'the self-reported data'],
    ['a name', ['by Anne-', 'Marie'], 'by Anne-Marie'],
    ['a range of numbers', ['from 2019-', '2023 on'], 'from 2019-2023 on'],
    ['a soft hyphen', ['the govern\xad', 'ment fell'], 'the government fell'],
  ])('%s', async (_, words, expected) => {
    // A column as narrow as the first line.
    const { text } = await readPages(lines(72, 700, words));
    expect(text).toBe(expected);
  });

  test('ligatures and accents printed over letters become letters', async () => {
    const type = `<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding << /Differences [1 /fi /fl /dieresis] >> >>`;
    const content =
      'BT /F9 12 Tf 72 700 Td (of\\001ce \\002ag m\\003) Tj -7.5 0 Td ET BT /F9 12 Tf 200 700 Td (M) Tj ET BT /F9 12 Tf 212 700 Td (\\003) Tj ET BT /F9 12 Tf 210 700 Td (uller) Tj ET';
    const { text } = await readParts({ pages: [{ content }], objects: { 1000: type } });
    expect(text).toContain('ofﬁce'.normalize('NFKC'));
    expect(text).toContain('flag');
    expect(text).toContain('Müller');
  });
});

describe('IM39 headers and footers', () => {
  const page = (n: number, body: string): string =>
    at(72, 760, 'The Budget Review') + lines(72, 700, prose(body, 12)) + at(300, 30, `Page ${n} of 4`);

  test('what comes back on each page is left out and counted', async () => {
    const { text, unreadable } = await readPages(page(1, 'a'), page(2, 'b'), page(3, 'c'), page(4, 'd'));
    expect(text).not.toContain('Budget Review');
    expect(text).not.toContain('Page');
    expect(unreadable).toEqual(['Headers, footers and page numbers were left out: 8 lines on 4 pages.']);
  });

  test('headings that only look alike stay', async () => {
    const heads = [3, 8, 9, 17].map(
      (n, i) => at(72, 760, `Part ${n}`, 16) + lines(72, 700, prose(`p${i}`, 12)),
    );
    const { text, unreadable } = await readPages(...heads);
    expect(text.match(/Part \d+/g)).toHaveLength(4);
    expect(unreadable).toEqual([]);
  });

  test('a page that has nothing else keeps its words', async () => {
    const { text } = await readPages(at(72, 760, 'Same'), at(72, 760, 'Same'), at(72, 760, 'Same'));
    expect(text.match(/Same/g)).toHaveLength(3);
  });
});

test('IM40 a note at the foot waits until the paragraph that it interrupts has ended', async () => {
  const full = 'The minister said that the budget had risen by a great deal in all of the';
  const { doc } = await readPages(
    lines(72, 700, [full, full, full]) + at(72, 80, '1 See the report of the council.', 8),
    lines(72, 700, ['years before.', 'Then it fell.']),
  );
  const texts = doc.content?.map((block) => block.content?.[0]?.text) ?? [];
  expect(texts[0]?.endsWith('all of the years before. Then it fell.')).toBe(true);
  expect(texts).toContain('1 See the report of the council.');
});

test('IM41 the page of each paragraph is kept', async () => {
  const { text, pages } = await readPages(
    lines(72, 700, ['On the first.']),
    '',
    lines(72, 700, ['On the third.', 'And more']),
  );
  expect(pages).toEqual([
    { page: 1, start: 0 },
    { page: 3, start: text.indexOf('On the third') },
  ]);
});

describe('IM43 what can be seen', () => {
  test('words off the sheet, clipped away or in a hidden layer are left out', async () => {
    const hidden = '/OC /L1 BDC BT /F1 12 Tf 72 600 Td (hidden layer) Tj ET EMC ';
    const { text } = await readParts({
      pages: [
        {
          content: `${at(72, 700, 'Seen')}${at(900, 700, 'off the sheet')}q 0 0 50 50 re W n ${at(72, 650, 'clipped')} Q ${hidden}`,
        },
      ],
      catalog: '/OCProperties << /OCGs [1001 0 R] /D << /OFF [1001 0 R] >> >>',
      objects: { 1001: '<< /Type /OCG /Name (L) >>' },
      resources: '/Properties << /L1 1001 0 R >>',
    });
    expect(text).toBe('Seen');
  });

  test('a word printed twice to look bold counts once', async () => {
    const { text } = await readPages(
      at(72, 700, 'Fully all') + at(72.4, 700, 'Fully all') + at(72, 700.3, 'Fully all'),
    );
    expect(text).toBe('Fully all');
  });

  test('recognised words under a scan are kept', async () => {
    expect((await readPages(`BT 3 Tr /F1 12 Tf 72 700 Td (Recognised words) Tj ET`)).text).toBe(
      'Recognised words',
    );
  });

  test('what is written into a form is part of the text', async () => {
    const { text } = await readParts({
      pages: [
        {
          content: at(72, 700, 'Name:'),
          annotations: [
            '/Subtype /Widget /FT /Tx /T (n) /V (Ada) /F 4 /Rect [150 695 300 715] /AP << /N 1002 0 R >>',
          ],
        },
      ],
      catalog: `/AcroForm << /Fields [100000 0 R] /DA (/F1 12 Tf 0 g) >>`,
      objects: {
        1002: stream(
          '/Tx BMC BT /F1 12 Tf 2 5 Td (Ada) Tj ET EMC',
          '/Subtype /Form /BBox [0 0 150 20] /Resources << /Font << /F1 11 0 R >> >>',
        ),
      },
    });
    expect(text).toBe('Name: Ada');
  });
});

test('IM44 bold, italic and links stand on their words', async () => {
  const read = await readPages({
    content:
      'BT /F1 12 Tf 72 700 Td (He was ) Tj /F2 12 Tf (very sure) Tj /F1 12 Tf ( of ) Tj /F3 12 Tf (it) Tj /F1 12 Tf (, see there. And more words to be plain.) Tj ET',
    annotations: [
      '/Subtype /Link /Rect [196 695 245 712] /A << /S /URI /URI (https://example.org/a) >>',
      '/Subtype /Link /Rect [72 695 110 712] /A << /S /URI /URI (javascript:alert) >>',
    ],
  });
  expect(outline(read)).toMatch(
    /^p\(He was b\[very sure\] of i\[it\], .*a<https:\/\/example\.org\/a>\[[^\]]+\].*\)$/,
  );
  expect(outline(read)).not.toContain('javascript');
});
