import { describe, expect, test } from 'vitest';
import { type DocNode } from '#core/text/doc-json.ts';
import { formatDocx } from '#server/export/docx/docx.ts';
import { all, first, part, parsed, wordsIn, partsOf } from '#tests/support/office-parts.ts';
import { packageFaults } from '#tests/support/office-rules.ts';
import { blocks, paragraphsOf, withDoc } from './look.ts';

describe('figures in Word', () => {
  const name = 'ab'.repeat(32);
  const figure = (alt: string, attrs = {}): DocNode => ({
    type: 'figure',
    attrs: { image: name, alt, width: 2_000, height: 500, ...attrs },
  });
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  );
  const withImage = (mediaType: string, ...figures: DocNode[]): Uint8Array =>
    formatDocx({
      ...withDoc(blocks(...figures)),
      images: { [name]: { mediaType, bytes: new Uint8Array(png) } },
    });

  test('EX37 are images no wider than the column, each file once, with their words for who cannot see them', () => {
    const bytes = withImage('image/png', figure('A "map"\nof the lake'), figure('again'));
    expect(packageFaults(bytes)).toEqual([]);
    expect([...partsOf(bytes).keys()].filter((each) => each.includes('media/'))).toEqual([
      'word/media/image1.png',
    ]);
    const document = parsed(part(bytes, 'word/document.xml'));
    const drawn = all(document, 'wp:docPr').map((each) => each.attributes);
    expect(drawn.map((each) => each['descr'])).toEqual(['A "map" of the lake', 'again']);
    expect(new Set(drawn.map((each) => each['id'])).size).toBe(2);
    const { cx, cy } = first(document, 'wp:extent').attributes;
    expect(Number(cx)).toBe(9_026 * 635);
    expect(Number(cx) / Number(cy)).toBeCloseTo(4, 3);
  });

  test('EX37 without bytes, without a size or of a kind that Word does not show they are their words', () => {
    const bytes = withImage('image/webp', figure('A map'));
    expect(all(parsed(part(bytes, 'word/document.xml')), 'w:p').map(wordsIn)).toContain('[Image: A map]');
    expect(packageFaults(bytes)).toEqual([]);
    const words = paragraphsOf(blocks(figure(''), figure('x', { image: 'constructor' }))).map(wordsIn);
    expect(words).toEqual(['[Image]', '[Image: x]']);
    const unsized = withImage('image/png', figure('small', { width: null }));
    expect(part(unsized, 'word/document.xml')).toContain('[Image: small]');
  });
});
