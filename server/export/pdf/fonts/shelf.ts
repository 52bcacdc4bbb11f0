/**
 * Fonts that have been read, for the next report too: taking one apart costs some milliseconds, and many reports leave
 * one after the other. What was not used for long goes when the shelf is full.
 */
import { create, type Font } from 'fontkit';
import { readFontFile, type FamilyName } from './families.ts';
import { openTypeFromWoff2 } from './woff2.ts';

interface Shelved {
  readonly font: Font;
  readonly bytes: number;
  readonly weights: Map<number, Font>;
}

/** All fonts of a report in European languages are 2 MB; a Chinese one takes up to 12. */
const MAX_BYTES = 24 * 1024 * 1024;
const shelf = new Map<string, Shelved>();

/** A family's file at its own weight: for asking what it has. */
export function fontOf(family: FamilyName, subset: string): Font {
  return take(family, subset).font;
}

/** The same at a weight; the nearest that the font has. */
export function fontAt(
  family: FamilyName,
  subset: string,
  weight: number,
): { readonly font: Font; readonly weight: number } {
  const { font, weights } = take(family, subset);
  const axis = font.variationAxes['wght'];
  if (axis === undefined) return { font, weight: 400 };
  const real = Math.min(Math.max(weight, axis.min), axis.max);
  const varied = weights.get(real) ?? font.getVariation({ wght: real });
  weights.set(real, varied);
  return { font: varied, weight: real };
}

function take(family: FamilyName, subset: string): Shelved {
  const key = `${family} ${subset}`;
  const known = shelf.get(key);
  if (known !== undefined) {
    // The order of a map is that of its use.
    shelf.delete(key);
    shelf.set(key, known);
    return known;
  }
  const bytes = openTypeFromWoff2(readFontFile(family, subset));
  const made = {
    font: create(Buffer.from(bytes.buffer)),
    bytes: bytes.length,
    weights: new Map<number, Font>(),
  };
  shelf.set(key, made);
  makeRoom();
  return made;
}

function makeRoom(): void {
  let size = 0;
  for (const { bytes } of shelf.values()) size += bytes;
  for (const [key, { bytes }] of shelf) {
    if (size <= MAX_BYTES || shelf.size === 1) return;
    shelf.delete(key);
    size -= bytes;
  }
}
