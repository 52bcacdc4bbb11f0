/**
 * The pictures of a Word file: told by their bytes, kept once each by their SHA-256. What browsers cannot show (EMF,
 * WMF, TIFF) and what is only linked is named among the losses; nothing is fetched.
 */
import { createHash } from 'node:crypto';
import { isAppError } from '#core/errors.ts';
import { MAX_IMAGE_BYTES, MAX_IMAGES, MAX_IMAGES_BYTES } from '#core/limits.ts';
import { MAX_IMAGE_PIXELS, readImageHeader } from '#core/image-header.ts';
import type { FigureAttributes } from '../doc-builder.ts';
import { MAX_ALT_LENGTH } from '../limits.ts';
import type { ReadImage } from '../notes.ts';
import type { Losses } from './losses.ts';
import type { Relationship, WordPackage } from './package.ts';

const others: readonly (readonly [name: string, start: RegExp])[] = [
  ['EMF', /^\x01\0\0\0[^]{36} EMF/],
  ['WMF', /^(?:\xd7\xcd\xc6\x9a|[\x01\x02]\0\x09\0)/],
  ['TIFF', /^(?:II\*\0|MM\0\*)/],
  ['BMP', /^BM/],
  ['SVG', /^(?:\xef\xbb\xbf)?\s*<(?:\?xml|!--|svg)/],
];

/** CSS pixels; null where the file does not say. */
export interface Size {
  readonly width: number | null;
  readonly height: number | null;
}

export class Pictures {
  private readonly images = new Map<string, ReadImage>();
  /** The image of each part that was read; null for one that cannot be kept. */
  private readonly parts = new Map<string, string | null>();
  private bytes = 0;

  constructor(
    private readonly pkg: WordPackage,
    private readonly losses: Losses,
  ) {}

  kept(): ReadImage[] {
    return [...this.images.values()];
  }

  /** What the document says of a picture; null when it cannot be kept, which is then said. */
  figure(relation: Relationship | undefined, alt: string, size: Size): FigureAttributes | null {
    const words = alt.replace(/\s+/g, ' ').trim().slice(0, MAX_ALT_LENGTH);
    if (relation === undefined || relation.isExternal) {
      this.lose(relation === undefined ? 'missing in the file' : 'only linked', words);
      return null;
    }
    const image = this.imageOf(relation.target, words);
    return image === null
      ? null
      : { image, alt: words, width: pixels(size.width), height: pixels(size.height) };
  }

  private imageOf(part: string, alt: string): string | null {
    const known = this.parts.get(part);
    if (known !== undefined) {
      if (known === null) this.lose('', alt);
      return known;
    }
    const image = this.read(part, alt);
    this.parts.set(part, image);
    return image;
  }

  private read(part: string, alt: string): string | null {
    const bytes = this.bytesOf(part);
    if (typeof bytes === 'string') return this.lose(bytes, alt);
    const header = readImageHeader(bytes);
    if (header === null) {
      const start = String.fromCharCode(...bytes.subarray(0, 64));
      const name = others.find(([, signature]) => signature.test(start))?.[0];
      return this.lose(name ?? 'no picture that browsers show', alt);
    }
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    if (this.images.has(sha256)) return sha256;
    if (this.images.size >= MAX_IMAGES || this.bytes + bytes.length > MAX_IMAGES_BYTES)
      return this.lose('more than a report holds', alt);
    this.bytes += bytes.length;
    this.images.set(sha256, { sha256, mediaType: header.mediaType, bytes: bytes.slice() });
    return sha256;
  }

  /** Or why there are none. */
  private bytesOf(part: string): Uint8Array | string {
    try {
      return this.pkg.archive.read(part, MAX_IMAGE_BYTES) ?? 'missing in the file';
    } catch (error) {
      if (isAppError(error)) return error.code === 'too_large' ? 'too large' : 'damaged';
      throw error;
    }
  }

  private lose(why: string, alt: string): null {
    this.losses.add('picture', [alt === '' ? '' : `“${alt.slice(0, 50)}”`, why && `(${why})`].join(' '));
    return null;
  }
}

function pixels(value: number | null): number | null {
  if (value === null) return null;
  const whole = Math.round(value);
  return whole >= 1 && whole <= MAX_IMAGE_PIXELS ? whole : null;
}
