/**
 * Which words lie under a rectangle. The letters that were written, in the order of the text, are put into strips
 * by their height on the page, so that a thousand notes on a page cost little.
 */
import type { Glyph } from './glyph.ts';
import type { PdfAnnotation } from './annotation-data.ts';
import type { Rectangle } from './text-state.ts';

/** Indices of the first and the last letter. */
export interface Range {
  readonly first: number;
  readonly last: number;
}

/** Points of height of a strip: about a line. */
const STRIP = 12;

export class Places {
  private readonly strips = new Map<string, number[]>();

  /** Letters in the order of the text; their index is their place. */
  constructor(private readonly glyphs: readonly Glyph[]) {
    glyphs.forEach((glyph, at) => {
      if (glyph.text.trim() === '') return;
      const key = `${glyph.page} ${Math.floor(glyph.centreY / STRIP)}`;
      const strip = this.strips.get(key);
      if (strip === undefined) this.strips.set(key, [at]);
      else strip.push(at);
    });
  }

  /** Letters whose centre lies in one of the rectangles; null when there are none. */
  under(page: number, quads: readonly Rectangle[]): Range | null {
    let [first, last] = [Infinity, -1];
    for (const at of this.indices(page, quads)) {
      first = Math.min(first, at);
      last = Math.max(last, at);
    }
    return last < 0 ? null : { first, last };
  }

  /** Every letter under the rectangles. */
  *indices(page: number, quads: readonly Rectangle[]): Generator<number> {
    for (const [x0, y0, x1, y1] of quads) {
      const [from, to] = [Math.floor(y0 / STRIP), Math.floor(y1 / STRIP)];
      // A rectangle over many pages' heights is one over the whole page.
      for (let strip = Math.max(from, -1_000); strip <= Math.min(to, 2_000); strip++) {
        for (const at of this.strips.get(`${page} ${strip}`) ?? []) {
          const glyph = this.glyphs[at];
          if (glyph === undefined) continue;
          const { centreX: x, centreY: y } = glyph;
          if (x >= x0 && x <= x1 && y >= y0 && y <= y1) yield at;
        }
      }
    }
  }

  /** The line nearest to a note that lies beside or over the text; null on a page without text. */
  nearestLine(page: number, rect: Rectangle): Range | null {
    const middle = [(rect[0] + rect[2]) / 2, (rect[1] + rect[3]) / 2] as const;
    let best: { at: number; distance: number } | null = null;
    for (const at of this.onPage(page)) {
      const glyph = this.glyphs[at];
      if (glyph === undefined) continue;
      // A note at the margin belongs to the line at its height, so height counts more.
      const distance = Math.abs(glyph.centreY - middle[1]) * 4 + Math.abs(glyph.centreX - middle[0]);
      if (best === null || distance < best.distance) best = { at, distance };
    }
    return best === null ? null : this.lineAround(best.at);
  }

  private *onPage(page: number): Generator<number> {
    for (const [key, strip] of this.strips) if (key.startsWith(`${page} `)) yield* strip;
  }

  /** The neighbours in the text that stand on one base line. */
  private lineAround(at: number): Range {
    const base = this.glyphs[at];
    const isSame = (i: number): boolean => {
      const glyph = this.glyphs[i];
      if (glyph === undefined || base === undefined || glyph.page !== base.page) return false;
      return glyph.text === ' ' || Math.abs(glyph.y - base.y) < base.size * 0.5;
    };
    let [first, last] = [at, at];
    while (isSame(first - 1)) first -= 1;
    while (isSame(last + 1)) last += 1;
    while (first < at && this.glyphs[first]?.text === ' ') first += 1;
    while (last > at && this.glyphs[last]?.text === ' ') last -= 1;
    return { first, last };
  }
}

/** Where an annotation is in the text: on the words it marks, else at the nearest line. */
export function placeOf(annotation: PdfAnnotation, page: number, places: Places): Range | null {
  const { quads, rect } = annotation;
  if (quads.length > 0) {
    const under = places.under(page, quads);
    if (under !== null) return under;
  }
  return places.under(page, annotation.type === 'Text' ? [] : [rect]) ?? places.nearestLine(page, rect);
}
