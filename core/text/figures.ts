/**
 * Figures of a text: where their images are fetched, how one looks as elements, and which images a document names.
 * The editor and the text without one make the same elements, so neither moves when it takes the other's place.
 */
import type { DocNode } from './doc-json.ts';

/** Whether this can be the name of an image: a SHA-256 in hex. */
export function isImageName(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
}

/**
 * Whether a figure may say this of its image. Empty: it has none. Where somebody deleted the name, an editor writes the
 * empty one of the schema in its place with the next change beside it.
 */
export function isImageNameOrNone(value: unknown): value is string {
  return value === '' || isImageName(value);
}

/** Loads nothing and fails at once: a figure without an image shows its words like one whose image is gone. */
const NO_IMAGE = 'data:,';

export function imageAddress(name: unknown): string {
  return isImageName(name) ? `/api/v1/images/${name}` : NO_IMAGE;
}

/** What a document says of a figure. Two people's changes at once can leave any of it out. */
export interface Figure {
  readonly image: string;
  readonly alt: string;
  readonly width: number | null;
  readonly height: number | null;
}

export function figureOf(attrs: Readonly<Record<string, unknown>> | undefined): Figure {
  const { image, alt, width, height } = attrs ?? {};
  const isSized = typeof width === 'number' && typeof height === 'number';
  return {
    image: typeof image === 'string' ? image : '',
    alt: typeof alt === 'string' ? alt : '',
    width: isSized ? width : null,
    height: isSized ? height : null,
  };
}

/** What stands for a figure where no image can. */
export function figureWords(alt: string): string {
  const words = alt.replaceAll(/\s+/g, ' ').trim();
  return words === '' ? '[Image]' : `[Image: ${words}]`;
}

/** The images that a document's figures name, each once, in the order of the text. */
export function imagesNamed(doc: DocNode): string[] {
  const names = new Set<string>();
  const visit = (node: DocNode): void => {
    if (node.type === 'figure' && isImageName(node.attrs?.['image'])) names.add(node.attrs['image']);
    else node.content?.forEach(visit);
  };
  visit(doc);
  return [...names];
}
