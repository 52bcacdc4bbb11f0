/**
 * What becomes of a page's images. One whose bytes are there is a figure; of another its description stays, in
 * brackets as words of its own, unless a caption says what is on it. An image as small as a letter is one: its description stands in
 * the line. All that is left out is counted.
 */
import { MAX_IMAGE_PIXELS } from '#core/image-header.ts';
import { figureWords } from '#core/text/figures.ts';
import type { DocBuilder } from './doc-builder.ts';
import { ImageCollection, isPixel } from './html-images.ts';
import { MAX_ALT_LENGTH } from './limits.ts';
import type { ReadImage } from './notes.ts';

type Attributes = Readonly<Record<string, string>>;

/** CSS pixels; an emoji or a letter drawn as an image is not larger. */
const LETTER_SIZE = 40;
/** Addresses that are told; a page has seldom more. */
const MAX_MISSING = 200;

/** What a page brings along beside its markup. */
export interface PageParts {
  /** Where the page is from: relative links and images are seen from there. */
  readonly address?: string | undefined;
  /** Bytes of its images by absolute address. */
  readonly resources?: ReadonlyMap<string, Uint8Array> | undefined;
}

export class Pictures {
  readonly missing: string[] = [];
  private readonly collection: ImageCollection;
  private offered: string[] = [];
  private omitted = 0;
  private described = 0;
  /** For each open figure, descriptions that wait for its caption. */
  private readonly figures: { hasCaption: boolean; waiting: string[] }[] = [];

  constructor(
    private readonly builder: DocBuilder,
    private readonly parts: PageParts,
  ) {
    this.collection = new ImageCollection(parts.resources ?? new Map());
  }

  get images(): readonly ReadImage[] {
    return this.collection.all();
  }

  add(attributes: Attributes): void {
    const alt = tidy(attributes['alt'] ?? '');
    const declared = { width: pixels(attributes['width']), height: pixels(attributes['height']) };
    if (isPixel(declared.width, declared.height)) return;
    if (isLetter(attributes, declared, alt)) {
      this.builder.flowingText(alt);
      return;
    }
    const addresses = [...addressesOf(attributes), ...this.offered].map((address) =>
      absolute(address, this.parts.address),
    );
    this.offered = [];
    for (const address of addresses) {
      const found = this.collection.find(address);
      if (found === null) continue;
      this.builder.figure({
        image: found.sha256,
        alt,
        width: declared.width ?? found.width,
        height: declared.height ?? found.height,
      });
      return;
    }
    const remote = addresses.find((address) => /^https?:/.test(address));
    if (remote !== undefined && this.missing.length < MAX_MISSING) this.missing.push(remote);
    this.omit(alt);
  }

  /** An address of the next image, as `picture` gives several. */
  offer(srcset: string): void {
    if (this.offered.length < MAX_MISSING) this.offered.push(...srcsetOf(srcset));
  }

  openFigure(): void {
    this.figures.push({ hasCaption: false, waiting: [] });
  }

  caption(): void {
    const figure = this.figures.at(-1);
    if (figure !== undefined) figure.hasCaption = true;
  }

  closeFigure(): void {
    const figure = this.figures.pop();
    if (figure === undefined || figure.hasCaption) return;
    for (const alt of figure.waiting) this.describe(alt);
  }

  *leftOut(): Generator<string> {
    const only = this.omitted - this.described;
    if (only > 0) yield only === 1 ? 'One image was left out.' : `${only} images were left out.`;
    if (this.described > 0)
      yield this.described === 1
        ? 'One image was left out; its description is in the text.'
        : `${this.described} images were left out; their descriptions are in the text.`;
  }

  private omit(alt: string): void {
    this.omitted += 1;
    if (alt === '' || isFileName(alt)) return;
    const figure = this.figures.at(-1);
    if (figure === undefined) this.describe(alt);
    else if (!figure.hasCaption) figure.waiting.push(alt);
  }

  private describe(alt: string): void {
    this.described += 1;
    this.builder.endLine();
    this.builder.text(figureWords(alt));
    this.builder.endLine();
  }
}

/** An address seen from a page; as it stands when there is none. */
export function absolute(address: string, page: string | undefined): string {
  // A link within the page leads nowhere once its words stand elsewhere.
  if (address === '' || address.startsWith('#') || page === undefined || /^[a-z][a-z0-9+.-]*:/i.test(address))
    return address;
  return URL.canParse(address, page) ? new URL(address, page).href : address;
}

/** Where the image may be, the best first. Pages that load late keep the real address apart. */
function addressesOf(attributes: Attributes): string[] {
  const late = ['data-src', 'data-original', 'data-lazy-src'].flatMap((name) => attributes[name] ?? []);
  return [...late, attributes['src'] ?? '', ...srcsetOf(attributes['srcset'] ?? '').toReversed()]
    .map((address) => address.trim())
    .filter((address) => address !== '');
}

function isLetter(
  attributes: Attributes,
  size: { width: number | null; height: number | null },
  alt: string,
): boolean {
  if (alt === '') return false;
  const isSmall =
    size.width !== null && size.height !== null && Math.max(size.width, size.height) <= LETTER_SIZE;
  return (
    /^\p{Extended_Pictographic}/u.test(alt) ||
    /\bemoji\b/i.test(attributes['class'] ?? '') ||
    (isSmall && alt.length <= 3)
  );
}

/** Addresses of a `srcset`, mostly from the smallest to the largest. */
function srcsetOf(srcset: string): string[] {
  return srcset
    .split(/,\s+/, 20)
    .map((each) => each.trim().split(/\s/, 1)[0] ?? '')
    .filter((address) => address !== '');
}

function isFileName(alt: string): boolean {
  return /^\S+\.(jpe?g|png|gif|webp|svg|avif)$/i.test(alt) || /^https?:\S+$/i.test(alt);
}

function pixels(value: string | undefined): number | null {
  const number = Number(value ?? Number.NaN);
  return Number.isInteger(number) && number >= 1 && number <= MAX_IMAGE_PIXELS ? number : null;
}

function tidy(words: string): string {
  return words.replace(/\s+/g, ' ').trim().slice(0, MAX_ALT_LENGTH);
}
