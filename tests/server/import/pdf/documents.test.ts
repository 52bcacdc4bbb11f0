import { readFileSync } from 'node:fs';
import path from 'node:path';
import { diffArrays } from 'diff';
import { describe, expect, test } from 'vitest';
import { MAX_SOURCE_PAGES } from '#core/limits.ts';
import { at, lines, pdfFile, stream } from '../../../support/pdf-file.ts';
import { outline } from '../read.ts';
import { fixture, readFixture, readParts, readPdfBytes } from './read.ts';

const wordsOf = (text: string): string[] => text.normalize('NFKC').match(/[\p{L}\p{N}]+/gu) ?? [];

function expected(name: string): string[] {
  return wordsOf(readFileSync(path.resolve(import.meta.dirname, '../../../fixtures/pdf', name), 'utf8'));
}

/** Share of the words that came through in the right order. */
function share(want: readonly string[], got: readonly string[]): number {
  const same = diffArrays([...want], [...got])
    .filter(({ added, removed }) => !added && !removed)
    .reduce((sum, { value }) => sum + value.length, 0);
  return same / want.length;
}

describe('IM35 files of other programs', () => {
  test.each([
    ['latex-two-columns.pdf', 'latex-two-columns.txt', 0.99],
    ['libreoffice-plain.pdf', 'article.txt', 1],
    ['chromium-tagged.pdf', 'article.txt', 1],
    // Its heading is not in the file.
    ['libreoffice-scripts.pdf', 'scripts.txt', 0.96],
    ['chromium-scripts.pdf', 'scripts.txt', 1],
  ])('%s keeps its words in order', async (pdf, source, least) => {
    const { title, text } = await readFixture(pdf);
    expect(share(expected(source), wordsOf(`${title} ${text}`))).toBeGreaterThanOrEqual(least);
  });

  test.each([
    ['ShowText-ShadingPattern.pdf', /^1 Helvetica Helvetica.*\n?.*2 Arial Arial.*3 Helvetica.*4 Arial/s],
    ['bug1650302_reduced.pdf', /^Výbava na přání$/],
    [
      'fraction-highlight.pdf',
      /^some text before a fraction ½\nsome text after a fraction ½¼¾\nmore fractions!$/,
    ],
    ['issue1155r.pdf', /^Issue 1155 - Intersect \/CropBox and \/MediaBox$/],
    [
      'rotation.pdf',
      /my first page with normal layout\. This is the second line.*It will have a landscape layout\. Second/s,
    ],
    ['sizes.pdf', /^Normal\nEnvelope\nLandscape$/],
    ['testPDF_bookmarks.pdf', /^This is a page about France\nThis is a page about Denmark$/],
    ['annotation-link-text-popup.pdf', /^Link\nmozilla\.org\nText$/],
  ])('%s', async (name, text) => {
    expect((await readFixture(name)).text).toMatch(text);
  });
});

describe('IM37 the structure tree', () => {
  test('tells headings, lists without drawn bullets and tables', async () => {
    const read = await readFixture('chromium-tagged.pdf');
    const all = outline(read);
    expect(read.title).toBe('Ministry figures checked');
    expect(all).toContain(
      'b[By the desk], with i[some emphasis] and a a<https://example.org/report>[link to the report].',
    );
    expect(all).toContain(
      'li(p(Second item) ul(li(p(Nested item one)) li(p(Nested item two)))) li(p(Third)))',
    );
    expect(all).toContain(
      'table(tr(th(p(Region)) th(p(2022)) th(p(2023))) tr(td(p(North)) td(p(12,500)) td(p(13,200)))',
    );
    expect(all).toContain(
      'h3(Last words) ol(li(p(One)) li(p(Two)) li(p(Three))) quote(p(Quoted words by somebody important.))',
    );
  });

  test('is left alone when most words are not in it', async () => {
    const { text } = await readParts({
      pages: [
        {
          content: `/P << /MCID 0 >> BDC ${at(72, 700, 'Tagged.')} EMC ${lines(72, 740, ['First of all words.'])}`,
          more: '/StructParents 0',
        },
      ],
      catalog: '/MarkInfo << /Marked true >> /StructTreeRoot 1001 0 R',
      objects: {
        1001: '<< /Type /StructTreeRoot /K 1002 0 R /ParentTree << /Nums [0 [1002 0 R]] >> >>',
        1002: '<< /Type /StructElem /S /P /P 1001 0 R /Pg 100 0 R /K 0 >>',
      },
    });
    expect(text).toBe('First of all words.\nTagged.');
  });
});

describe('IM42 scripts', () => {
  test.each(['chromium-scripts.pdf', 'libreoffice-scripts.pdf'])(
    '%s has right-to-left text as it is read',
    async (name) => {
      const { text } = await readFixture(name);
      expect(text).toContain(
        'قال الوزير إن الميزانية ارتفعت بنسبة 12.5 بالمئة خلال السنوات الثلاث الماضية (2021–2023)، لكن',
      );
      expect(text).toContain('השר אמר שהתקציב עלה ב־12 אחוזים בשנים האחרונות (2021), אך מומחים');
    },
  );

  test('Arabic in its old shapes becomes letters', async () => {
    expect((await readFixture('ArabicCIDTrueType.pdf')).text.split('\n')).toEqual(
      Array(4).fill('انواع الخطوط العربية'),
    );
  });

  test('Chinese has no spaces where lines meet', async () => {
    const hex = (words: string): string =>
      Array.from(words, (sign) => sign.charCodeAt(0).toString(16).padStart(4, '0')).join('');
    const words = '会谈持续了七十五分钟，双方同意在下个月再次通话并且交换文件。';
    const font =
      '<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /DW 1000 /FontDescriptor 1001 0 R >>] >>';
    const descriptor =
      '<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 900 /Descent -200 /CapHeight 700 /StemV 80 >>';
    const drawn = [words.slice(0, 15), words.slice(15)].map(
      (part, i) => `BT /F9 12 Tf 72 ${700 - i * 16} Td <${hex(part)}> Tj ET `,
    );
    const { text } = await readParts({
      pages: [{ content: drawn.join('') }],
      objects: { 1000: font, 1001: descriptor },
    });
    expect(text).toBe(words);
  });
});

describe('IM47 what a file says of itself', () => {
  test('title, author, date and language', async () => {
    const read = await readParts({
      pages: [{ content: at(72, 700, 'Words.') }],
      info: "/Title (The Report) /Author (Ada Example) /CreationDate (D:20240315142530-05'00')",
      catalog: '/Lang (en-GB)',
    });
    expect(read.title).toBe('The Report');
    expect(read.meta).toEqual({
      byline: 'Ada Example',
      publishedAt: '2024-03-15T14:25:30-05:00',
      language: 'en-GB',
      canonicalUrl: null,
      publisher: null,
    });
  });

  test('what a program put in for a title is none', async () => {
    const read = await readParts({
      pages: [{ content: at(72, 700, 'Words.') }],
      info: '/Title (Microsoft Word - a.doc)',
    });
    expect(read.title).toBeNull();
  });

  test('the cover of a portfolio is read, and said to be no more', async () => {
    const read = await readFixture('testPDFPackage.pdf');
    expect(read.text).toContain('Multiple files are bound together in this PDF Package.');
    expect(read.unreadable).toContain(
      'The file is a PDF portfolio: only its cover page is here, not the files in it.',
    );
  });
});

describe('IM48 what cannot be read', () => {
  const image = stream(
    'x',
    '/Type /XObject /Subtype /Image /Width 1000 /Height 1400 /ColorSpace /DeviceGray /BitsPerComponent 8',
  );

  test.each([
    [
      'a password',
      fixture('pr6531_1.pdf'),
      'unsupported_kind',
      'is encrypted and opens only with a password',
    ],
    ['no text', fixture('annotation-text-without-popup.pdf'), 'empty_text', 'There is no text in this PDF'],
    [
      'a scan',
      pdfFile({
        pages: [{ content: 'q 612 0 0 792 0 0 cm /I Do Q' }],
        objects: { 1001: image },
        resources: '/XObject << /I 1001 0 R >>',
      }),
      'unsupported_kind',
      'is a scan',
    ],
    ['damage', new TextEncoder().encode('%PDF-1.7\nnothing'), 'unsupported_kind', 'is damaged'],
    [
      'a form of Adobe only',
      pdfFile({
        pages: [{}],
        catalog: '/AcroForm << /XFA 1001 0 R /Fields [] >>',
        objects: { 1001: stream('<xdp:xdp/>') },
      }),
      'unsupported_kind',
      'XFA',
    ],
    [
      'too many pages',
      pdfFile({ pages: Array.from({ length: MAX_SOURCE_PAGES + 1 }, () => ({})) }),
      'too_large',
      '2,001 pages',
    ],
  ])('%s is refused with a sentence', async (_, bytes, code, words) => {
    await expect(readPdfBytes(bytes)).rejects.toMatchObject({
      code,
      message: expect.stringContaining(words),
    });
  });
});
