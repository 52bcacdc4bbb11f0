import { describe, expect, test } from 'vitest';
import type { DocNode } from '#core/text/doc-json.ts';
import { flattenNode } from '#core/text/flatten-node.ts';
import { reportSchema } from '#core/text/schema.ts';
import { settleFigures, type FigureLimits } from '#server/import/figures.ts';
import type { ReadImage, ReadNote } from '#server/import/notes.ts';
import type { ImportedText } from '#server/import/reader.ts';
import { chart, imageOf, pngOf } from '#tests/support/images.ts';

const p = (text: string): DocNode => ({ type: 'paragraph', content: [{ type: 'text', text }] });
const figure = (image: string, alt = '', more: Readonly<Record<string, unknown>> = {}): DocNode => ({
  type: 'figure',
  attrs: { image, alt, ...more },
});
const gone = 'e'.repeat(64);

function read(content: readonly DocNode[], images: readonly ReadImage[], notes: readonly ReadNote[] = []) {
  const doc: DocNode = { type: 'doc', content };
  const imported: ImportedText = {
    kind: 'html',
    title: null,
    doc,
    text: flattenNode(doc).text,
    meta: null,
    notes,
    images,
    unreadable: ['Something else.'],
  };
  return imported;
}

function noteOn(text: string, words: string): ReadNote {
  const start = text.indexOf(words);
  const end = start + words.length;
  return { kind: 'claim', start, end, isResolved: false, suggestion: null, comments: [], tags: [] };
}

describe('the images of a text that was read', () => {
  test('IM85 those that figures name are kept, each once, and no others', () => {
    const other = imageOf(pngOf(10, 10));
    const settled = settleFigures(
      read([p('One.'), figure(chart.sha256, 'A'), figure(chart.sha256, 'B')], [other, chart, chart]),
    );
    expect(settled.images).toEqual([chart]);
    expect(settled.unreadable).toEqual([
      'Something else.',
      '1 image was left out: shown nowhere in the text.',
    ]);
  });

  test('IM85 a text without figures is left alone', () => {
    const plain = read([p('One.')], []);
    expect(settleFigures(plain)).toBe(plain);
  });

  test('IM88 an image has the kind that its bytes have, and a size that the source did not say', () => {
    const settled = settleFigures(
      read(
        [p('One.'), figure(chart.sha256), figure(chart.sha256, '', { width: 100, height: 50 })],
        [{ ...chart, mediaType: 'image/svg+xml' }],
      ),
    );
    expect(settled.images[0]?.mediaType).toBe('image/png');
    expect(settled.doc.content?.map((node) => [node.attrs?.['width'], node.attrs?.['height']])).toEqual([
      [undefined, undefined],
      [320, 180],
      [100, 50],
    ]);
  });

  test.each([
    ['a drawing', imageOf(new TextEncoder().encode('<svg onload="alert(1)"/>'), 'image/png')],
    ['a page', imageOf(new TextEncoder().encode('<script>alert(1)</script>'), 'image/jpeg')],
    ['other bytes than its name says', { ...chart, sha256: gone }],
  ])('IM88 %s is not kept; its figure keeps what it is called, and people are told', (_what, image) => {
    const settled = settleFigures(read([p('One.'), figure(image.sha256, 'A map')], [image]));
    expect(settled.images).toEqual([]);
    expect(settled.doc.content?.[1]).toEqual(figure(image.sha256, 'A map'));
    expect(settled.unreadable.at(-1)).toBe(
      '1 image was left out: not a PNG, JPEG, GIF or WebP, or with too many pixels to be shown.',
    );
  });

  const limits: FigureLimits = { images: 3, bytesEach: 100, bytesTogether: 250 };
  const of = (fill: number, length: number): ReadImage => imageOf(pngOf(5, 5, { fill, length }));
  test.each([
    ['larger than one may be', [of(1, 101), of(2, 100)], [1], 'larger than 0 MB, the most for one image.'],
    [
      'past the bytes of all',
      [of(1, 100), of(2, 100), of(3, 60), of(4, 40)],
      [0, 1, 3],
      'a report keeps at most 3 images and 0 MB of them.',
    ],
    [
      'past the number',
      [of(1, 40), of(2, 40), of(3, 40), of(4, 40)],
      [0, 1, 2],
      'a report keeps at most 3 images and 0 MB of them.',
    ],
  ])('IM86 one that is %s is left out, those after it that fit are not', (_what, images, kept, sentence) => {
    const figures = images.map(({ sha256 }, i) => figure(sha256, `Picture ${i}`, { width: 5, height: 5 }));
    const settled = settleFigures(read([p('One.'), ...figures], images), limits);
    expect(settled.images).toEqual(kept.map((i) => images[i]));
    expect(settled.doc.content).toEqual([p('One.'), ...figures]);
    expect(settled.unreadable.at(-1)).toBe(`1 image was left out: ${sentence}`);
  });
});

describe('a figure whose image did not come', () => {
  test('IM87 is its words, or nothing when it has none, wherever it stands', () => {
    const item = (...content: DocNode[]): DocNode => ({ type: 'list_item', content });
    const settled = settleFigures(
      read(
        [
          figure(gone, ' A  map\nof it '),
          p('One.'),
          figure(gone),
          { type: 'bullet_list', content: [item(figure(gone)), item(p('Two.'), figure(gone, 'Last'))] },
        ],
        [],
      ),
    );
    expect(settled.doc.content).toEqual([
      p('[Image: A map of it]'),
      p('One.'),
      {
        type: 'bullet_list',
        content: [item({ type: 'paragraph' }), item(p('Two.'), p('[Image: Last]'))],
      },
    ]);
    expect(() => reportSchema.nodeFromJSON(settled.doc).check()).not.toThrow();
    expect(settled.text).toBe('[Image: A map of it]\nOne.\n\nTwo.\n[Image: Last]');
    expect(settled.unreadable.at(-1)).toBe(
      '1 image was not in the source; what it says about it is in the text.',
    );
  });

  test('IM87 leaves every note on its very words', () => {
    const content = [
      figure(gone, 'First'),
      p('Alpha beta.'),
      figure(gone, 'Second'),
      figure(gone, 'Third'),
      { type: 'blockquote', content: [figure(gone, 'Fourth'), p('Gamma delta.')] },
      p('Omega.'),
      figure(gone, 'Last'),
    ];
    const { text } = read(content, []);
    const words = ['Alpha', 'beta.', 'Alpha beta.', 'Gamma', 'delta.', 'Omega.'];
    const notes = [...words.map((each) => noteOn(text, each)), noteOn(text, 'beta.\nGamma delta.\nOmega.')];
    const points = [text.indexOf('Gamma'), text.length].map((start) => ({
      ...noteOn(text, ''),
      start,
      end: start,
    }));
    const settled = settleFigures(read(content, [], [...notes, ...points]));
    expect(settled.text).toBe(flattenNode(settled.doc).text);
    expect(settled.notes.map(({ start, end }) => settled.text.slice(start, end))).toEqual([
      ...words,
      'beta.\n[Image: Second]\n[Image: Third]\n[Image: Fourth]\nGamma delta.\nOmega.',
      '',
      '',
    ]);
    expect(settled.text.slice(settled.notes.at(-2)?.start)).toMatch(/^Gamma/);
    expect(settled.text.slice(settled.notes.at(-1)?.start)).toMatch(/^\n\[Image: Last\]/);
  });

  test('IM87 cannot make a text longer than a text may be', () => {
    const many = Array.from({ length: 2_100 }, (_, i) =>
      figure(i.toString(16).padStart(64, '0'), 'x'.repeat(1_000)),
    );
    expect(() => settleFigures(read([p('One.'), ...many], []))).toThrow(
      expect.objectContaining({ code: 'too_large' }),
    );
  });
});
