/** IM49: files made to hurt end with a sentence, or with what can be read of them. */
import { deflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { readSource } from '#server/import/source.ts';
import { annotationNumber, at, joinBytes, pdfFile, stream } from '../../../support/pdf-file.ts';
import { readFixture, readPdfBytes } from './read.ts';

const bomb = (size: number): Uint8Array => deflateSync(Buffer.alloc(size, 'q Q '));
const LARGE = 60 * 1024 * 1024;
const one = (content: string | Uint8Array): Uint8Array => pdfFile({ pages: [{ content }] });

describe('IM49 parts that unpack to too much', () => {
  test.each([
    ['drawing', stream(bomb(LARGE), '/Filter /FlateDecode')],
    ['packed twice', stream(deflateSync(bomb(LARGE)), '/Filter [/FlateDecode /FlateDecode]')],
    ['a filter in disguise', stream(bomb(LARGE), '/Filter /Flate#44ecode')],
    ['a filter that stands elsewhere', stream(deflateSync(bomb(LARGE)), '/Filter 1001 0 R')],
    [
      'a length that lies',
      joinBytes(['<< /Filter /FlateDecode /Length 9 >>\nstream\n', bomb(LARGE), '\nendstream']),
    ],
    ['runs of one byte', stream(new Uint8Array(4_000_000).fill(129), '/Filter /RunLengthDecode')],
  ])('%s', async (_, content) => {
    const bytes = pdfFile({ pages: [{ content }], objects: { 1001: '[/FlateDecode /FlateDecode]' } });
    await expect(readPdfBytes(bytes)).rejects.toMatchObject({ code: 'too_large' });
  });
});

describe('IM49 circles and depth', () => {
  const form = (content: string, other: number): Uint8Array =>
    stream(
      content,
      `/Type /XObject /Subtype /Form /BBox [0 0 99 99] /Resources << /XObject << /X ${other} 0 R >> >>`,
    );

  test('drawings that draw each other end, and the words stay', async () => {
    const bytes = pdfFile({
      pages: [{ content: `/X Do ${at(72, 700, 'Words.')}` }],
      resources: '/XObject << /X 1001 0 R >>',
      objects: { 1001: form('/X Do /X Do', 1002), 1002: form('/X Do /X Do', 1001) },
    });
    expect((await readPdfBytes(bytes)).text).toBe('Words.');
  });

  test('pages that hold themselves', async () => {
    const bytes = pdfFile({ pages: [{}], objects: { 2: '<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 9 >>' } });
    await expect(readPdfBytes(bytes)).rejects.toMatchObject({
      code: expect.stringMatching(/empty_text|unsupported_kind/),
    });
  });

  test('a structure tree that holds itself', async () => {
    const bytes = pdfFile({
      pages: [{ content: `/P << /MCID 0 >> BDC ${at(72, 700, 'Words.')} EMC`, more: '/StructParents 0' }],
      catalog: '/StructTreeRoot 1001 0 R',
      objects: {
        1001: '<< /Type /StructTreeRoot /K 1002 0 R /ParentTree << /Nums [0 [1002 0 R]] >> >>',
        1002: '<< /S /P /P 1002 0 R /Pg 100 0 R /K [1002 0 R 0] >>',
      },
    });
    expect((await readPdfBytes(bytes)).text).toBe('Words.');
  });

  test('nested brackets without end', async () => {
    await expect(readPdfBytes(one('<<'.repeat(500_000)))).rejects.toMatchObject({ code: 'empty_text' });
  });
});

describe('IM49 floods', () => {
  test('a million letters on a page are refused with the number', async () => {
    await expect(
      readPdfBytes(one(`BT /F1 9 Tf ${'1 0 0 1 72 700 Tm (aaaaaaaaaa) Tj '.repeat(12_000)} ET`)),
    ).rejects.toMatchObject({
      code: 'too_large',
      message: expect.stringContaining('Page 1 has more than 100,000 letters'),
    });
  });

  test('notes without number are refused with it', async () => {
    const annotations = Array.from({ length: 900 }, () => '/Subtype /Link /Rect [0 0 9 9]');
    const pages = Array.from({ length: 12 }, () => ({ content: at(72, 700, 'Words.'), annotations }));
    await expect(readPdfBytes(pdfFile({ pages }))).rejects.toMatchObject({
      code: 'too_large',
      message: expect.stringContaining('10,000 notes and links'),
    });
  }, 60_000);

  test('a note with a thousand rectangles over the page is one note', async () => {
    const quads = '0 792 612 792 0 0 612 0 '.repeat(3_000);
    const bytes = pdfFile({
      pages: [
        {
          content: at(72, 700, 'Words.'),
          annotations: [`/Subtype /Highlight /Rect [0 0 612 792] /QuadPoints [${quads}]`],
        },
      ],
    });
    expect((await readPdfBytes(bytes)).notes).toHaveLength(1);
    expect(annotationNumber(0, 0)).toBe(100_000);
  });
});

describe('IM49 strange numbers and files', () => {
  test('sizes beyond all measure are no letters', async () => {
    expect(
      (
        await readPdfBytes(
          one(
            `BT /F1 ${'9'.repeat(200)} Tf ${'9'.repeat(200)} 0 0 ${'9'.repeat(200)} 72 700 Tm (No) Tj ET ${at(72, 700, 'Yes')}`,
          ),
        )
      ).text,
    ).toBe('Yes');
  });

  test('a PDF that also begins as a page is read as a PDF, and none of its code is kept', async () => {
    const { kind, text } = await readPdfBytes(
      joinBytes(['<html><script>alert(1)</script>\n', one(at(72, 700, 'Words.'))]),
    );
    expect([kind, text]).toEqual(['pdf', 'Words.']);
  });

  test('a ZIP that holds a PDF is a ZIP', async () => {
    await expect(
      readPdfBytes(joinBytes(['PK\x03\x04....', one(at(72, 700, 'Words.'))])),
    ).rejects.toMatchObject({
      code: 'unsupported_kind',
      message: expect.stringContaining('ZIP'),
    });
  });

  test('a small PDF is read in a thread, with the same result as here', async () => {
    const bytes = one(at(72, 700, 'Words.'));
    const inThread = await readSource({ bytes, name: null, declared: 'file' });
    expect(inThread).toEqual(await readPdfBytes(bytes));
  });

  test('nothing of the fixtures changes the bytes that were given', async () => {
    const read = await readFixture('rotation.pdf');
    expect(read).toEqual(await readFixture('rotation.pdf'));
  });
});
