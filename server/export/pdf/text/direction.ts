/** The directions in a text: which way each letter runs, and how a line of pieces is put in order (UAX #9). */
import bidiFactory from 'bidi-js';

const bidi = bidiFactory();
const rightToLeft =
  /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\u200f\u2067\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
const strong = /[\p{L}\p{N}]/u;
const rightStrong = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

export type Direction = 'ltr' | 'rtl';

export interface Directions {
  readonly base: Direction;
  /** A level for each UTF-16 unit; null: all run from left to right. */
  readonly levels: Uint8Array | null;
  /** What is drawn instead of a bracket in text that runs from right to left. */
  readonly mirrored: ReadonlyMap<number, string>;
}

const plain: Directions = { base: 'ltr', levels: null, mirrored: new Map() };

/** The direction of the first letter that has one. */
export function baseDirection(text: string): Direction {
  if (!rightToLeft.test(text)) return 'ltr';
  for (const character of text) {
    if (/\p{N}/u.test(character)) continue;
    if (rightStrong.test(character)) return 'rtl';
    if (strong.test(character)) return 'ltr';
  }
  return 'ltr';
}

export function directionsOf(text: string, base: Direction): Directions {
  if (base === 'ltr' && !rightToLeft.test(text)) return plain;
  const { levels } = bidi.getEmbeddingLevels(text, base);
  return { base, levels, mirrored: bidi.getMirroredCharactersMap(text, levels) };
}

/** From left to right: the pieces of one line, reversed wherever a level says so (rule L2). */
export function inVisualOrder<T extends { readonly level: number }>(pieces: readonly T[]): T[] {
  const ordered = [...pieces];
  const highest = ordered.reduce((most, piece) => Math.max(most, piece.level), 0);
  for (let level = highest; level > 0; level--) {
    for (let start = 0; start < ordered.length; start++) {
      if ((ordered[start]?.level ?? 0) < level) continue;
      let end = start;
      while ((ordered[end]?.level ?? 0) >= level) end += 1;
      ordered.splice(start, end - start, ...ordered.slice(start, end).reverse());
      start = end;
    }
  }
  return ordered;
}
