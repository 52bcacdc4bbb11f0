/**
 * The figures of a document that was read, and the images that came with it, made to fit each other: each image is
 * what its bytes say and is named by their hash; there are only so many, of so many bytes; a figure whose image did
 * not come is words. Whatever happens to an image, what the source called it stays in the text, and people are told.
 */
import { createHash } from 'node:crypto';
import { AppError } from '#core/errors.ts';
import { readImageHeader, type ImageHeader } from '#core/image-header.ts';
import { MAX_IMAGE_BYTES, MAX_IMAGES, MAX_IMAGES_BYTES, MAX_TEXT_LENGTH } from '#core/limits.ts';
import type { DocNode } from '#core/text/doc-json.ts';
import { figureOf, figureWords, imagesNamed, isImageName } from '#core/text/figures.ts';
import { flattenNode } from '#core/text/flatten-node.ts';
import { textblockNames } from '#core/text/flatten.ts';
import type { ReadImage, ReadNote } from './notes.ts';
import type { ImportedText } from './reader.ts';

/** Why an image is not kept. */
type Reason = 'not brought' | 'of no kind' | 'too large' | 'too many';

export interface FigureLimits {
  readonly images: number;
  readonly bytesEach: number;
  readonly bytesTogether: number;
}

const limitsOfReports: FigureLimits = {
  images: MAX_IMAGES,
  bytesEach: MAX_IMAGE_BYTES,
  bytesTogether: MAX_IMAGES_BYTES,
};

/** `limits` are for tests. */
export function settleFigures(read: ImportedText, limits = limitsOfReports): ImportedText {
  const names = imagesNamed(read.doc);
  if (names.length === 0 && read.images.length === 0) return read;
  const { kept, headers, left } = choose(names, read.images, limits);
  const shown = new Set(names);
  const unshown = new Set(read.images.map(({ sha256 }) => sha256).filter((name) => !shown.has(name))).size;
  // The places of a bundle count in its text, which must not change.
  const isMissing = (name: string): boolean => left.get(name) === 'not brought' && read.bundle === undefined;
  const { doc, added } = rewrite(read.doc, isMissing, read.bundle === undefined ? headers : new Map());
  const text = added.length === 0 ? read.text : flattenNode(doc).text;
  if (text.length > MAX_TEXT_LENGTH)
    throw new AppError('too_large', 'The words that stand for missing images make the text too long.');
  return {
    ...read,
    doc,
    text,
    notes: added.length === 0 ? read.notes : read.notes.map((note) => shifted(note, added)),
    images: kept,
    unreadable: [...read.unreadable, ...sentences(left, unshown, limits)],
  };
}

interface Chosen {
  readonly kept: readonly ReadImage[];
  readonly headers: ReadonlyMap<string, ImageHeader>;
  /** The names of those that are not kept. */
  readonly left: ReadonlyMap<string, Reason>;
}

/** In the order of the text, for as long as there is room. */
function choose(
  names: readonly string[],
  images: readonly ReadImage[],
  { images: most, bytesEach, bytesTogether }: FigureLimits,
): Chosen {
  const brought = new Map(images.map((image) => [image.sha256, image]));
  const kept: ReadImage[] = [];
  const headers = new Map<string, ImageHeader>();
  const left = new Map<string, Reason>();
  let room = bytesTogether;
  for (const name of names) {
    const image = brought.get(name);
    const header = image === undefined ? null : readImageHeader(image.bytes);
    if (image === undefined) left.set(name, 'not brought');
    else if (header === null || hashOf(image.bytes) !== name) left.set(name, 'of no kind');
    else if (image.bytes.length > bytesEach) left.set(name, 'too large');
    else if (kept.length >= most || image.bytes.length > room) left.set(name, 'too many');
    else {
      kept.push({ sha256: name, mediaType: header.mediaType, bytes: image.bytes });
      headers.set(name, header);
      room -= image.bytes.length;
    }
  }
  return { kept, headers, left };
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Words that came into the text: `length` units before what stood at `offset`. */
interface Added {
  readonly offset: number;
  readonly length: number;
}

/** The document with words in place of missing images, and the size of the others. `added` is in the order of the text. */
function rewrite(
  doc: DocNode,
  isMissing: (name: string) => boolean,
  headers: ReadonlyMap<string, ImageHeader>,
): { doc: DocNode; added: readonly Added[] } {
  const starts = flattenNode(doc).blocks;
  const end = (starts.at(-1)?.end ?? -1) + 1;
  const added: Added[] = [];
  let blocks = 0;
  const paragraph = (words: string): DocNode => {
    added.push({ offset: starts[blocks]?.start ?? end, length: words.length + 1 });
    return words === ''
      ? { type: 'paragraph' }
      : { type: 'paragraph', content: [{ type: 'text', text: words }] };
  };
  const visit = (node: DocNode): DocNode => {
    if (textblockNames.has(node.type)) blocks += 1;
    if (textblockNames.has(node.type) || node.content === undefined) return node;
    const isOnly = node.content.length === 1;
    const content = node.content.flatMap((child): DocNode[] => {
      if (child.type !== 'figure') return [visit(child)];
      const { image, alt } = figureOf(child.attrs);
      if (isImageName(image) && !isMissing(image)) return [sized(child, headers.get(image))];
      if (alt.trim() !== '') return [paragraph(figureWords(alt))];
      return isOnly ? [paragraph('')] : [];
    });
    return { ...node, content: content.length > 0 ? content : [paragraph('')] };
  };
  return { doc: visit(doc), added };
}

/** A size that the source did not say is the image's own, so that nothing moves when it comes. */
function sized(node: DocNode, header: ImageHeader | undefined): DocNode {
  const { width, height } = figureOf(node.attrs);
  if (header === undefined || (width !== null && height !== null)) return node;
  return { ...node, attrs: { ...node.attrs, width: header.width, height: header.height } };
}

/** What is added stands before the block at its offset: before a note that begins there, behind one that ends there. */
function shifted(note: ReadNote, added: readonly Added[]): ReadNote {
  const before = (offset: number): number =>
    added.reduce((sum, one) => sum + (one.offset < offset ? one.length : 0), 0);
  const start = note.start + before(note.start + 1);
  return { ...note, start, end: note.end === note.start ? start : note.end + before(note.end) };
}

function sentences(left: ReadonlyMap<string, Reason>, unshown: number, limits: FigureLimits): string[] {
  const count = (reason: Reason): number => [...left.values()].filter((one) => one === reason).length;
  const images = (n: number): string => `${n.toLocaleString('en')} ${n === 1 ? 'image' : 'images'}`;
  const were = (n: number): string => `${images(n)} ${n === 1 ? 'was' : 'were'}`;
  const said = (n: number, sentence: (n: number) => string): string[] => (n === 0 ? [] : [sentence(n)]);
  return [
    ...said(
      count('not brought'),
      (n) => `${were(n)} not in the source; what it says about ${n === 1 ? 'it' : 'them'} is in the text.`,
    ),
    ...said(
      count('of no kind'),
      (n) => `${were(n)} left out: not a PNG, JPEG, GIF or WebP, or with too many pixels to be shown.`,
    ),
    ...said(
      count('too large'),
      (n) => `${were(n)} left out: larger than ${megabytes(limits.bytesEach)} MB, the most for one image.`,
    ),
    ...said(
      count('too many'),
      (n) =>
        `${were(n)} left out: a report keeps at most ${images(limits.images)} and ${megabytes(limits.bytesTogether)} MB of them.`,
    ),
    ...said(unshown, (n) => `${were(n)} left out: shown nowhere in the text.`),
  ];
}

function megabytes(bytes: number): string {
  return (bytes / (1024 * 1024)).toLocaleString('en', { maximumFractionDigits: 1 });
}
