import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { deflateSync } from 'node:zlib';
import { create } from 'fontkit';
import { describe, expect, test } from 'vitest';
import { buildProjection, type ExportProjection } from '#core/export/projection.ts';
import { readPng } from '#server/export/pdf/file/png.ts';
import { Faces } from '#server/export/pdf/fonts/faces.ts';
import { openTypeFromWoff2 } from '#server/export/pdf/fonts/woff2.ts';
import { bodyLook } from '#server/export/pdf/look.ts';
import { Flow, type FlowItem } from '#server/export/pdf/page/flow.ts';
import { formatPdf } from '#server/export/pdf/pdf.ts';
import { setLines } from '#server/export/pdf/text/lines.ts';
import { Words } from '#server/export/pdf/text/words.ts';
import { input } from '#tests/core/export/rich-report.ts';
import { complaintsOf, jpegOf, pictureOf, unpacked } from '#tests/support/pdf-programs.ts';
import { readPdf } from './read-pdf.ts';

describe('pages', () => {
  /** Names of items by page; each is 10 high on pages of 50. */
  function pagesOf(
    items: readonly { name: string; isGlued?: boolean; repeated?: string; height?: number }[],
  ): string[][] {
    const pages: string[][] = [];
    const item = (name: string, isGlued: boolean, height = 10): FlowItem => ({
      height,
      gap: 0,
      isGlued,
      draw: () => pages.at(-1)!.push(name),
    });
    const flow = new Flow({ top: 0, bottom: 50, beginPage: () => pages.push([]), endPage: () => undefined });
    for (const { name, isGlued = false, repeated, height } of items)
      flow.add({
        ...item(name, isGlued, height),
        ...(repeated !== undefined && { repeated: [item(repeated, false)] }),
      });
    flow.end();
    return pages;
  }
  const plain = (count: number) => Array.from({ length: count }, (_, i) => ({ name: String(i) }));

  test('EX56 ends a page where a break is allowed, never between what is glued', () => {
    expect(pagesOf(plain(7))).toEqual([
      ['0', '1', '2', '3', '4'],
      ['5', '6'],
    ]);
    expect(pagesOf([...plain(4), { name: 'heading' }, { name: 'text', isGlued: true }])).toEqual([
      ['0', '1', '2', '3'],
      ['heading', 'text'],
    ]);
  });

  test('EX56 breaks what is glued for longer than a page, rather than lose it', () => {
    const glued = Array.from({ length: 12 }, (_, i) => ({ name: String(i), isGlued: i > 0 }));
    expect(pagesOf(glued).flat()).toEqual(glued.map((each) => each.name));
    expect(pagesOf([{ name: 'tall', height: 500 }, { name: 'next' }])).toEqual([['tall'], ['next']]);
  });

  test('EX57 repeats what belongs above, also above a row that needs a page of its own', () => {
    const rows = Array.from({ length: 6 }, (_, i) => ({ name: String(i), repeated: 'head' }));
    expect(pagesOf(rows)).toEqual([
      ['0', '1', '2', '3', '4'],
      ['head', '5'],
    ]);
    expect(
      pagesOf([
        { name: 'a', repeated: 'head' },
        { name: 'b', repeated: 'head', height: 500 },
        { name: 'c', repeated: 'head' },
      ]),
    ).toEqual([['a'], ['head', 'b'], ['head', 'c']]);
  });
});

describe('lines', () => {
  const words = new Words(new Faces(), 'japanese');

  test('EX56 cuts a word that no line has room for, and keeps within the measure', () => {
    const lines = setLines([{ text: 'x'.repeat(500), look: bodyLook, about: null }], {
      words,
      width: 100,
      base: 'ltr',
    });
    expect(lines.length).toBeGreaterThan(20);
    for (const line of lines) expect(line.width).toBeLessThanOrEqual(100);
  });

  test('EX50 sets a word that is cut by a highlight as wide as one that is not', () => {
    const width = (...texts: string[]): number =>
      setLines(
        texts.map((text) => ({ text, look: bodyLook, about: null })),
        { words, width: 400, base: 'rtl' },
      )[0]!.width;
    expect(width('الط', 'رفين')).toBeCloseTo(width('الطرفين'), 5);
    expect(width('مكا', 'لمة')).toBeCloseTo(width('مكالمة'), 5);
  });
});

describe('fonts', () => {
  const packages = ['@fontsource-variable', '@fontsource'].flatMap((scope) =>
    readdirSync(path.join('node_modules', scope)).map((name) =>
      path.join('node_modules', scope, name, 'files'),
    ),
  );
  const files = packages.flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => /(wght|400)-(normal|italic)\.woff2$/.test(name))
      .map((name) => path.join(folder, name)),
  );

  test('EX59 takes apart every font file that is installed', () => {
    expect(files.length).toBeGreaterThan(350);
    for (const file of files.filter((_, i) => i % 6 === 0)) {
      const font = create(Buffer.from(openTypeFromWoff2(readFileSync(file)).buffer));
      const glyph = font.getGlyph(2);
      expect(() => glyph.path.commands.length, file).not.toThrow();
    }
  });

  test('EX59 refuses what is no font', () => {
    expect(() => openTypeFromWoff2(new Uint8Array(100))).toThrow('not a WOFF2 file');
  });
});

/** A PNG of one colour; `samples` are the bytes of one pixel. */
function pngOf({
  type,
  bits = 8,
  samples,
  chunks = [],
  isInterlaced = false,
  side = 8,
}: {
  type: number;
  bits?: number;
  samples: number[];
  chunks?: [string, number[]][];
  isInterlaced?: boolean;
  side?: number;
}): Uint8Array {
  const chunk = (name: string, data: Uint8Array): Buffer => {
    const out = Buffer.alloc(12 + data.length);
    out.writeUInt32BE(data.length);
    out.write(name, 4, 'latin1');
    out.set(data, 8);
    return out;
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([bits, type, 0, 0, isInterlaced ? 1 : 0], 8);
  const rows = (columns: number, count: number): Buffer => {
    const row = Buffer.concat([
      Buffer.from([0]),
      Buffer.alloc(columns * samples.length, Buffer.from(samples)),
    ]);
    return Buffer.concat(Array.from({ length: count }, () => row));
  };
  const adam = [
    [1, 1],
    [1, 1],
    [2, 1],
    [2, 2],
    [4, 2],
    [4, 4],
    [8, 4],
  ];
  const data = isInterlaced
    ? Buffer.concat(adam.map(([columns = 0, count = 0]) => rows(columns, count)))
    : rows(side, side);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    ...chunks.map(([name, bytes]) => chunk(name, Uint8Array.from(bytes))),
    chunk('IDAT', deflateSync(data)),
    chunk('IEND', new Uint8Array()),
  ]);
}

describe('figures', () => {
  const name = 'ab'.repeat(32);
  function withImage(bytes: Uint8Array | null, alt = 'A chart of the night'): ExportProjection {
    const doc = {
      type: 'doc',
      content: [{ type: 'figure', attrs: { image: name, alt, width: 200, height: 200 } }],
    };
    const images = new Map(bytes === null ? [] : [[name, { mediaType: 'image/png', bytes }] as const]);
    return buildProjection({
      ...input,
      doc,
      images,
      claims: [],
      threads: [],
      rationales: new Map(),
      verdicts: [],
    });
  }
  /** Whether a part of the page has nearly this colour. */
  function shows(pdf: Uint8Array, wanted: readonly number[], least = 1_000): boolean {
    const { pixels } = pictureOf(pdf, 1, 40);
    let count = 0;
    for (let i = 0; i < pixels.length; i += 3)
      if (wanted.every((value, c) => Math.abs((pixels[i + c] ?? 0) - value) < 12)) count += 1;
    return count > least;
  }
  const green = [40, 200, 60];

  test.each([
    ['plain colours', pngOf({ type: 2, samples: green }), green],
    ['16 bits', pngOf({ type: 2, bits: 16, samples: green.flatMap((value) => [value, 0]) }), green],
    ['colours with transparency', pngOf({ type: 6, samples: [...green, 255] }), green],
    ['half transparent', pngOf({ type: 6, samples: [0, 0, 0, 128] }), [127, 127, 127]],
    ['grey', pngOf({ type: 0, samples: [90] }), [90, 90, 90]],
    ['grey with transparency', pngOf({ type: 4, samples: [90, 255] }), [90, 90, 90]],
    ['a palette', pngOf({ type: 3, samples: [1], chunks: [['PLTE', [0, 0, 0, ...green]]] }), green],
    [
      'a palette with transparency',
      pngOf({
        type: 3,
        samples: [1],
        chunks: [
          ['PLTE', [0, 0, 0, ...green]],
          ['tRNS', [0, 255]],
        ],
      }),
      green,
    ],
    [
      'one colour for nothing',
      pngOf({ type: 2, samples: green, chunks: [['tRNS', [0, 1, 0, 1, 0, 1]]] }),
      green,
    ],
    ['interlaced', pngOf({ type: 2, samples: green, isInterlaced: true }), green],
  ] as const)('EX58 draws a PNG: %s', async (_, png, colour) => {
    const pdf = await formatPdf(withImage(png));
    expect(complaintsOf(pdf)).toBe('');
    expect(shows(pdf, colour)).toBe(true);
  });

  test('EX58 draws a JPEG, turned as its camera says, with its description', async () => {
    const jpeg = jpegOf(await formatPdf(withImage(pngOf({ type: 2, samples: green }))));
    const upright = await formatPdf(withImage(jpeg));
    expect(complaintsOf(upright)).toBe('');
    expect(shows(upright, green, 200)).toBe(true);
    const exif = [
      0xff,
      0xe1,
      0,
      34,
      ...Buffer.from('Exif\0\0'),
      ...Buffer.from('MM\0*'),
      0,
      0,
      0,
      8,
      0,
      1,
      1,
      0x12,
      0,
      3,
      0,
      0,
      0,
      1,
      0,
      6,
      0,
      0,
      0,
      0,
      0,
      0,
    ];
    const turned = await formatPdf(
      withImage(Buffer.concat([jpeg.subarray(0, 2), Uint8Array.from(exif), jpeg.subarray(2)])),
    );
    expect(complaintsOf(turned)).toBe('');
    expect(shows(turned, green, 80)).toBe(true);
    const raw = unpacked(turned).toString('latin1');
    expect(raw).toContain('/Alt (A chart of the night)');
    expect(raw).toMatch(/\b0 -[\d.]+ [\d.]+ 0 0 [\d.]+ cm \/Iabab/);
  });

  test.each([
    ['nothing', null],
    ['no image', Buffer.from('GIF89a and more')],
    ['a PNG that ends', pngOf({ type: 2, samples: green }).subarray(0, 60)],
    ['a PNG that says it is huge', pngOf({ type: 6, samples: [0, 0, 0, 0] }).fill(0x7f, 17, 24)],
    ['a JPEG without a frame', Uint8Array.from([0xff, 0xd8, 0xff, 0xd9, 0, 0, 0, 0, 0, 0, 0, 0])],
  ])('EX58 says what is on an image that cannot be drawn: %s', async (_, bytes) => {
    const pdf = await formatPdf(withImage(bytes));
    expect(complaintsOf(pdf)).toBe('');
    const { pages } = await readPdf(pdf);
    expect(pages[0]!.items.map((item) => item.text).join(' ')).toContain('[Image: A chart of the night]');
  });

  test('EX58 unpacks no PNG that is more than it says', () => {
    const bomb = pngOf({ type: 6, samples: [0, 0, 0, 0], side: 2_000 });
    const small = Buffer.from(bomb);
    small.writeUInt32BE(4, 16);
    small.writeUInt32BE(4, 20);
    expect(readPng(small)).toBeNull();
  });
});
