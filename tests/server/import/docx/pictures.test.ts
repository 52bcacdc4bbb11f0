import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { p, r, readWordFile, type WordParts } from './word-file.ts';

const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));
const PNG = latin1('\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x02\0\0\0\x01\x08\x02\0\0\0 and so on');
const EMF = latin1(`\x01\0\0\0${'\0'.repeat(36)} EMF and so on`);
const name = createHash('sha256').update(PNG).digest('hex');

const drawing = (id: string, alt: string): string =>
  `<w:r><w:drawing><wp:inline><wp:extent cx="952500" cy="476250"/><wp:docPr id="1" name="Picture 1" descr="${alt}"/><a:graphic><a:graphicData><pic:pic><pic:blipFill><a:blip r:embed="${id}"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`;

const parts = { 'word/media/1.png': PNG, 'word/media/2.png': PNG.slice(), 'word/media/3.emf': EMF };
const relations: NonNullable<WordParts['relations']> = {
  one: ['image', 'media/1.png'],
  two: ['image', 'media/2.png'],
  emf: ['image', 'media/3.emf'],
  gone: ['image', 'media/4.png'],
  far: ['image', 'https://example.org/x.png', true],
};

describe('IM28: pictures', () => {
  test('become figures with their words and size, each kept once', async () => {
    const { doc, images } = await readWordFile({
      body: p(drawing('one', 'A map') + r('Words')) + p(r('more ') + drawing('two', '') + r('words')),
      parts,
      relations,
    });
    expect(doc.content?.map(({ type, attrs }) => [type, attrs?.['alt']])).toEqual([
      ['figure', 'A map'],
      ['paragraph', undefined],
      ['paragraph', undefined],
      ['figure', ''],
    ]);
    expect(doc.content?.[0]?.attrs).toEqual({ image: name, alt: 'A map', width: 100, height: 50 });
    expect(images).toEqual([{ sha256: name, mediaType: 'image/png', bytes: PNG }]);
  });

  test('that cannot be shown, are missing or only linked are named', async () => {
    const { images, text, unreadable } = await readWordFile({
      body: p(r('Words ') + drawing('emf', 'A graph') + drawing('gone', '') + drawing('far', '')),
      parts,
      relations,
    });
    expect([images, text]).toEqual([[], 'Words [Image: A graph]']);
    expect(unreadable).toEqual([
      '3 pictures were left out: “A graph” (EMF); (missing in the file); (only linked).',
    ]);
  });

  test('of old drawings too', async () => {
    const { doc } = await readWordFile({
      body:
        p(
          `<w:r><w:pict><v:shape style="width:75pt;height:37.5pt" alt="Old"><v:imagedata r:id="one"/></v:shape></w:pict></w:r>`,
        ) + p(r('Words')),
      parts,
      relations,
    });
    expect(doc.content?.[0]?.attrs).toEqual({ image: name, alt: 'Old', width: 100, height: 50 });
  });
});
