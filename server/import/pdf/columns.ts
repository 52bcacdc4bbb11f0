/**
 * The order in which the pieces of a page are read. A gutter is a place that no piece crosses over several lines,
 * with prose on both sides: what is left of it is read before what is right (the other way round in a text that
 * runs from right to left). Pieces that cross it (titles, wide figures' words) part the page into bands above and
 * below. Columns of short words are cells of a table and stay in their rows.
 */
import { isRightToLeft, isSpaceless } from './characters.ts';
import type { Line } from './lines.ts';

/** Columns in columns: newspapers have bands of columns in columns. */
const MAX_DEPTH = 6;
const CANDIDATES = 8;
/** Points by which edges of one column may differ. */
const EDGE = 5;

interface Band {
  readonly left: Line[];
  readonly right: Line[];
}

/** Remembers the gutters of earlier pages: on the last page a column may have one line only. */
export class ReadingOrder {
  private readonly gutters: number[] = [];

  /** Groups of pieces; each is one flow of text, from top to bottom. */
  order(pieces: readonly Line[], depth = 0): Line[][] {
    if (pieces.length === 0) return [];
    const gutter = depth < MAX_DEPTH ? this.gutterOf(pieces) : null;
    if (gutter === null) return [[...pieces].sort((a, b) => a.y - b.y || a.x0 - b.x0)];
    if (!this.gutters.some((known) => Math.abs(known - gutter) <= EDGE)) this.gutters.push(gutter);
    const flows: Line[][] = [];
    let full: Line[] = [];
    const flush = (): void => {
      if (full.length > 0)
        flows.push(...this.order(full, full.length < pieces.length ? depth + 1 : MAX_DEPTH));
      full = [];
    };
    for (const part of bandsOf(pieces, gutter)) {
      if (Array.isArray(part)) full.push(...part);
      else if (!this.isColumns(part, gutter)) full.push(...part.left, ...part.right);
      else {
        flush();
        const sides = runsRightToLeft(pieces) ? [part.right, part.left] : [part.left, part.right];
        for (const side of sides) flows.push(...this.order(side, depth + 1));
      }
    }
    flush();
    return flows;
  }

  private gutterOf(pieces: readonly Line[]): number | null {
    let best: { x: number; lines: number } | null = null;
    for (const x of candidatesOf(pieces, this.gutters)) {
      let lines = 0;
      for (const part of bandsOf(pieces, x)) {
        if (!Array.isArray(part) && this.isColumns(part, x)) lines += part.left.length + part.right.length;
      }
      if (lines > 0 && (best === null || lines > best.lines)) best = { x, lines };
    }
    return best?.x ?? null;
  }

  private isColumns({ left, right }: Band, gutter: number): boolean {
    if (isProse(left, 3) && isProse(right, 3)) return true;
    const isKnown = this.gutters.some((known) => Math.abs(known - gutter) <= EDGE);
    return isKnown && left.length > 0 && right.length > 0 && (isProse(left, 3) || isProse(right, 3));
  }
}

/** Left edges of what has a neighbour on its left, right edges of what has one on its right; the usual ones first. */
function candidatesOf(pieces: readonly Line[], known: readonly number[]): number[] {
  const votes = new Map<number, { x: number; count: number }>();
  const vote = (x: number): void => {
    const bin = Math.round(x / EDGE);
    const entry = votes.get(bin) ?? { x, count: 0 };
    votes.set(bin, { x: Math.min(entry.x, x), count: entry.count + 1 });
  };
  const rows = [...pieces].sort((a, b) => a.y - b.y);
  rows.forEach((piece, i) => {
    for (let j = i + 1; j < rows.length; j++) {
      const other = rows[j];
      if (other === undefined || other.y - piece.y > piece.size * 0.8) break;
      const [a, b] = piece.x0 < other.x0 ? [piece, other] : [other, piece];
      if (b.x0 <= a.x1) continue;
      vote(b.x0 - 1.5);
      vote(a.x1 + 1.5);
    }
  });
  const usual = [...votes.values()].sort((a, b) => b.count - a.count).slice(0, CANDIDATES);
  return [...usual.map(({ x }) => x), ...known];
}

/** From top to bottom: pieces that cross, and what stands on both sides between them. */
function bandsOf(pieces: readonly Line[], x: number): (Line[] | Band)[] {
  const parts: (Line[] | Band)[] = [];
  for (const piece of [...pieces].sort((a, b) => a.y - b.y)) {
    const crosses = piece.x0 < x - 1 && piece.x1 > x + 1;
    const last = parts.at(-1);
    if (crosses) {
      if (Array.isArray(last)) last.push(piece);
      else parts.push([piece]);
      continue;
    }
    let band = last;
    if (band === undefined || Array.isArray(band)) {
      band = { left: [], right: [] };
      parts.push(band);
    }
    (piece.x1 <= x + 1 ? band.left : band.right).push(piece);
  }
  return parts;
}

/** Lines that fill their column with words; pieces of one line count together. */
function isProse(pieces: readonly Line[], least: number): boolean {
  const rows: { x0: number; x1: number; y: number; letters: number }[] = [];
  for (const piece of [...pieces].sort((a, b) => a.y - b.y)) {
    const last = rows.at(-1);
    if (last === undefined || piece.y - last.y > piece.size * 0.35)
      rows.push({ x0: piece.x0, x1: piece.x1, y: piece.y, letters: weightOf(piece) });
    else {
      last.x0 = Math.min(last.x0, piece.x0);
      last.x1 = Math.max(last.x1, piece.x1);
      last.letters += weightOf(piece);
    }
  }
  if (rows.length < least) return false;
  const left = rows.reduce((x, row) => Math.min(x, row.x0), Infinity);
  const right = rows.reduce((x, row) => Math.max(x, row.x1), -Infinity);
  const widths = rows.map((row) => row.x1 - row.x0).sort((a, b) => a - b);
  const median = widths[Math.floor(widths.length / 2)] ?? 0;
  const letters = rows.reduce((sum, row) => sum + row.letters, 0) / rows.length;
  return median >= (right - left) * 0.55 && letters >= 14;
}

/** Letters of a line; an ideograph is worth two. */
function weightOf(line: Line): number {
  return line.glyphs.reduce((sum, { text }) => sum + (isSpaceless(text) ? 2 : text.length), 0);
}

export function runsRightToLeft(lines: readonly Line[]): boolean {
  let [right, all] = [0, 0];
  for (const line of lines) {
    for (const { text } of line.glyphs) {
      if (isRightToLeft(text)) right += 1;
      if (text !== ' ') all += 1;
    }
  }
  return right * 2 > all;
}
