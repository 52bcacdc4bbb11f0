/**
 * The state of drawing text in a PDF: matrices, font and spacings, as ISO 32000 9.3 and 9.4 define them. Knows how
 * the state changes and where a letter comes to stand; the operators are read in page-glyphs.ts.
 */
import type { PdfFont } from './font-style.ts';
import type { FontStyle } from './glyph.ts';

export type Matrix = readonly [number, number, number, number, number, number];
export const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0];

/** What a point goes through first is the second one. */
export function times(m: Matrix, n: Matrix): Matrix {
  return [
    m[0] * n[0] + m[2] * n[1],
    m[1] * n[0] + m[3] * n[1],
    m[0] * n[2] + m[2] * n[3],
    m[1] * n[2] + m[3] * n[3],
    m[0] * n[4] + m[2] * n[5] + m[4],
    m[1] * n[4] + m[3] * n[5] + m[5],
  ];
}

export function moved(m: Matrix, x: number, y: number): readonly [number, number] {
  return [m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]];
}

/** [left, bottom, right, top] of what a rectangle covers after a matrix. */
export type Rectangle = readonly [number, number, number, number];

export function boxAfter(m: Matrix, [x0, y0, x1, y1]: Rectangle): Rectangle {
  const corners = [moved(m, x0, y0), moved(m, x1, y0), moved(m, x0, y1), moved(m, x1, y1)];
  const xs = corners.map(([x]) => x);
  const ys = corners.map(([, y]) => y);
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

export function common(a: Rectangle, b: Rectangle): Rectangle {
  return [Math.max(a[0], b[0]), Math.max(a[1], b[1]), Math.min(a[2], b[2]), Math.min(a[3], b[3])];
}

export interface LoadedFont extends PdfFont {
  readonly style: FontStyle;
}

/** What `q` keeps and `Q` gives back. Replaced as a whole on change, so keeping it is keeping a reference. */
export interface Graphics {
  readonly matrix: Matrix;
  /** What may be drawn on, in the page's coordinates. */
  readonly clip: Rectangle;
  readonly font: LoadedFont | null;
  readonly size: number;
  readonly leading: number;
  readonly charSpacing: number;
  readonly wordSpacing: number;
  readonly stretch: number;
  readonly rise: number;
}

export function startGraphics(clip: Rectangle): Graphics {
  return {
    matrix: IDENTITY,
    clip,
    font: null,
    size: 0,
    leading: 0,
    charSpacing: 0,
    wordSpacing: 0,
    stretch: 1,
    rise: 0,
  };
}

/** Where the next letter goes: the text matrix, the start of the line and the pen. */
export class Pen {
  matrix: Matrix = IDENTITY;
  x = 0;
  y = 0;
  private lineX = 0;
  private lineY = 0;

  begin(matrix: Matrix): void {
    this.matrix = matrix;
    this.x = this.y = this.lineX = this.lineY = 0;
  }

  nextLine(x: number, y: number): void {
    this.x = this.lineX += x;
    this.y = this.lineY += y;
  }
}

/** A letter as the operators give it. */
export interface DrawnGlyph {
  readonly unicode: string;
  readonly width: number;
  readonly isSpace: boolean;
  readonly vmetric?: readonly number[] | null;
}

export interface Placed {
  readonly glyph: DrawnGlyph;
  /** Start of the base line, in the page's coordinates. */
  readonly x: number;
  readonly y: number;
  /** Direction of the text, of length 1. */
  readonly ux: number;
  readonly uy: number;
  readonly width: number;
  readonly size: number;
}

const THOUSANDTH = 0.001;

/** Places letters and moves the pen over them. Numbers among them are thousandths of an em to step back. */
export function* placeGlyphs(
  items: readonly (DrawnGlyph | number)[],
  graphics: Graphics,
  pen: Pen,
): Generator<Placed> {
  const { font } = graphics;
  if (font === null || graphics.size === 0) return;
  const isVertical = font.vertical === true;
  const direction = graphics.size < 0 ? -1 : 1;
  const size = Math.abs(graphics.size);
  const stretch = graphics.stretch * direction;
  const full = times(graphics.matrix, pen.matrix);
  const [ax, ay] = [full[0] * stretch, full[1] * stretch];
  const along = isVertical ? Math.hypot(full[2], full[3]) : Math.hypot(ax, ay);
  const height = glyphHeight(font, size) * Math.hypot(full[2], full[3]);
  const unit = size * Math.abs(font.fontMatrix?.[0] ?? THOUSANDTH);
  let step = 0;
  for (const item of items) {
    if (typeof item === 'number') {
      step -= (item * size) / 1_000;
      continue;
    }
    const spacing = (item.isSpace ? graphics.wordSpacing : 0) + graphics.charSpacing;
    const advance = isVertical ? downAdvance(item, font) * unit : item.width * unit;
    const [x, y] = isVertical
      ? moved(full, pen.x - size / 2, pen.y + step + graphics.rise)
      : moved(full, pen.x + step * stretch, pen.y + graphics.rise);
    const [ux, uy] = isVertical
      ? [-full[2] / (along || 1), -full[3] / (along || 1)]
      : [ax / (along || 1), ay / (along || 1)];
    yield { glyph: item, x, y, ux, uy, width: Math.abs(advance) * along, size: height };
    step += isVertical ? -(advance + spacing) : advance + spacing * direction;
  }
  if (isVertical) pen.y += step;
  else pen.x += step * stretch;
}

function downAdvance(glyph: DrawnGlyph, font: LoadedFont): number {
  return Math.abs(glyph.vmetric?.[0] ?? font.defaultVMetrics?.[0] ?? 1_000);
}

/** Fonts drawn by operators (type 3) may have any unit; their box says how tall their letters are. */
function glyphHeight(font: LoadedFont, size: number): number {
  if (font.isType3Font !== true) return size;
  const scale = Math.abs(font.fontMatrix?.[3] ?? THOUSANDTH);
  const box = font.bbox;
  const tall = box === undefined || box === null ? 0 : Math.abs((box[3] ?? 0) - (box[1] ?? 0));
  return tall > 0 && tall * scale < 10 ? size * tall * scale : size * scale * 1_000;
}
