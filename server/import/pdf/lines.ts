/**
 * Letters to lines. Order on the sheet counts, not the order of drawing: letters with one base line make a row,
 * wide gaps part it into pieces, small letters beside larger ones (powers, note numbers) join them. A letter that
 * is printed twice to look bold counts once. A line keeps its letters in the order they are seen; `logical` puts
 * them in the order they are read.
 */
import bidiFactory from 'bidi-js';
import { accented, combiningAccent, isMark, isRightToLeft } from './characters.ts';
import { endOf, type Glyph } from './glyph.ts';

export interface Line {
  /** From left to right, spaces left out where the gap says the same. */
  readonly glyphs: readonly Glyph[];
  readonly x0: number;
  readonly x1: number;
  /** Of the base line. */
  readonly y: number;
  /** Of most of its letters. */
  readonly size: number;
  readonly page: number;
}

/** Gaps wider than this many ems may part columns; words of justified text stand closer. */
const WIDE_GAP = 0.9;
/** Letters this far from a base line, in ems, still stand on it. */
const SAME_BASE = 0.22;

export function piecesOf(glyphs: readonly Glyph[]): Line[] {
  const pieces = rowsOf(glyphs).flatMap((row) => split(row));
  return withScripts(pieces.map((row) => lineOf(withMarks(withoutCopies(row)))));
}

export function lineOf(glyphs: readonly Glyph[]): Line {
  const sizes = new Map<number, number>();
  let [x0, x1] = [Infinity, -Infinity];
  for (const glyph of glyphs) {
    x0 = Math.min(x0, glyph.x);
    x1 = Math.max(x1, endOf(glyph));
    const size = Math.round(glyph.size * 10) / 10;
    if (glyph.text !== ' ') sizes.set(size, (sizes.get(size) ?? 0) + glyph.text.length);
  }
  const size = mostOf(sizes) ?? glyphs[0]?.size ?? 1;
  const main = glyphs.find((glyph) => Math.abs(glyph.size - size) < 0.1) ?? glyphs[0];
  return { glyphs, x0, x1, y: main?.y ?? 0, size, page: glyphs[0]?.page ?? 1 };
}

export function mostOf(counts: ReadonlyMap<number, number>): number | null {
  let best: number | null = null;
  for (const [value, count] of counts) if (best === null || count > (counts.get(best) ?? 0)) best = value;
  return best;
}

/** One line of several pieces that stand beside each other. */
export function joinPieces(pieces: readonly Line[]): Line {
  if (pieces.length === 1 && pieces[0] !== undefined) return pieces[0];
  return lineOf(pieces.flatMap((piece) => piece.glyphs).sort((a, b) => a.x - b.x));
}

function rowsOf(glyphs: readonly Glyph[]): Glyph[][] {
  const rows: Glyph[][] = [];
  let last: { glyphs: Glyph[]; y: number; size: number } | null = null;
  for (const glyph of [...glyphs].sort((a, b) => a.y - b.y)) {
    if (last !== null && glyph.y - last.y <= SAME_BASE * Math.min(last.size, glyph.size))
      last.glyphs.push(glyph);
    else {
      last = { glyphs: [glyph], y: glyph.y, size: glyph.size };
      rows.push(last.glyphs);
    }
  }
  return rows.map((row) => row.sort((a, b) => a.x - b.x));
}

/** Parts letters that stand from left to right where a gap is wider than `gap` ems. */
export function split(row: readonly Glyph[], gap = WIDE_GAP): Glyph[][] {
  const pieces: Glyph[][] = [];
  let piece: Glyph[] = [];
  let [end, size] = [-Infinity, 0];
  for (const glyph of row) {
    if (glyph.text.trim() === '') {
      if (piece.length > 0) piece.push(glyph);
      continue;
    }
    if (piece.length > 0 && glyph.x - end > gap * Math.max(size, glyph.size)) {
      pieces.push(piece);
      piece = [];
    }
    piece.push(glyph);
    end = Math.max(end, endOf(glyph));
    size = glyph.size;
  }
  if (piece.length > 0) pieces.push(piece);
  return pieces;
}

/** Copies of a letter lie within a fraction of its width; two equal letters in a word never do. */
function withoutCopies(row: readonly Glyph[]): Glyph[] {
  const kept: Glyph[] = [];
  for (const glyph of row) {
    const isCopy = kept
      .slice(-4)
      .some(
        (other) =>
          other.text === glyph.text &&
          glyph.x - other.x < Math.min(glyph.width, other.width) * 0.35 &&
          Math.abs(other.size - glyph.size) < glyph.size * 0.1,
      );
    if (!isCopy || glyph.text === ' ') kept.push(glyph);
  }
  return kept;
}

/** Marks and accents that are drawn over a letter become part of it. */
function withMarks(row: readonly Glyph[]): Glyph[] {
  const over = row.filter(({ text }) => combiningAccent(text) !== null || (text > '\u02ff' && isMark(text)));
  if (over.length === 0) return [...row];
  const rest: (Glyph | null)[] = row.filter((glyph) => !over.includes(glyph));
  const alone = over.filter((mark) => {
    const centre = mark.x + mark.width / 2;
    const at = rest.findIndex(
      (base) =>
        base !== null &&
        base.text !== ' ' &&
        centre > base.x - 0.05 * base.size &&
        centre < endOf(base) + 0.05 * base.size,
    );
    const base = rest[at];
    if (base === null || base === undefined) return true;
    const text = isMark(mark.text)
      ? (base.text + mark.text).normalize('NFC')
      : accented(base.text, combiningAccent(mark.text) ?? '');
    if (text === null) return true;
    rest[at] = { ...base, text };
    return false;
  });
  return [...rest.filter((glyph) => glyph !== null), ...alone].sort((a, b) => a.x - b.x);
}

/** Joins small letters that stand above or below the base line to the larger ones they touch. */
function withScripts(pieces: readonly Line[]): Line[] {
  const lines = [...pieces].sort((a, b) => a.y - b.y);
  const taken = new Map<number, number[]>();
  const joined = new Set<number>();
  lines.forEach((small, at) => {
    const host = hostOf(small, at, lines, joined);
    if (host === null) return;
    joined.add(at);
    taken.set(host, [...(taken.get(host) ?? []), at]);
  });
  return lines.flatMap((line, at) => {
    if (joined.has(at)) return [];
    const scripts = (taken.get(at) ?? []).flatMap((script) => lines[script]?.glyphs ?? []);
    if (scripts.length === 0) return [line];
    return [lineOf([...line.glyphs, ...scripts].sort((a, b) => a.x - b.x))];
  });
}

function hostOf(small: Line, at: number, lines: readonly Line[], joined: ReadonlySet<number>): number | null {
  for (const step of [1, -1]) {
    for (let i = at + step; i >= 0 && i < lines.length; i += step) {
      const host = lines[i];
      if (host === undefined || Math.abs(host.y - small.y) > host.size) break;
      const isSmaller = small.size < host.size * 0.86 && Math.abs(host.y - small.y) < host.size * 0.62;
      const isNear = small.x0 < host.x1 + 0.35 * host.size && small.x1 > host.x0 - 0.35 * host.size;
      if (isSmaller && isNear && !joined.has(i)) return i;
    }
  }
  return null;
}

const bidi = bidiFactory();

const known = new WeakMap<Line, readonly Glyph[]>();

/** A line's letters in reading order, with a space where a word ends. */
export function logical(line: Line): readonly Glyph[] {
  const before = known.get(line);
  if (before !== undefined) return before;
  const glyphs = inOrder(line);
  known.set(line, glyphs);
  return glyphs;
}

function inOrder(line: Line): Glyph[] {
  const spaced = withSpaces(line.glyphs, line.size);
  const rightToLeft = spaced.filter((glyph) => isRightToLeft(glyph.text)).length;
  if (rightToLeft === 0) return spaced;
  const letters = spaced.filter((glyph) => /\p{L}/u.test(glyph.text)).length;
  return reordered(spaced, rightToLeft * 2 >= letters ? 'rtl' : 'ltr');
}

/**
 * What is seen becomes what is read by the same rule that makes the one of the other (UAX 9): runs of the other
 * direction are turned round, and numbers in them turned back. Each glyph stands for one sign in the rule.
 */
function reordered(glyphs: readonly Glyph[], direction: 'rtl' | 'ltr'): Glyph[] {
  const signs = glyphs.map((glyph) => Array.from(glyph.text)[0] ?? ' ');
  const units = signs.map((sign) => (sign.length === 1 ? sign : 'a')).join('');
  const levels = bidi.getEmbeddingLevels(units, direction);
  const result = [...glyphs];
  for (const [start, end] of bidi.getReorderSegments(units, levels)) {
    result.splice(start, end - start + 1, ...result.slice(start, end + 1).reverse());
  }
  const turned = [...result];
  for (const [at, sign] of bidi.getMirroredCharactersMap(units, levels.levels)) {
    const glyph = glyphs[at];
    if (glyph !== undefined) turned[turned.indexOf(glyph)] = { ...glyph, text: sign };
  }
  // Some programs name a bracket as it is drawn, others as it is meant; the way in which pairs open first is right.
  return unpaired(turned) <= unpaired(result) ? turned : result;
}

/** Brackets that close nothing or are never closed. */
function unpaired(glyphs: readonly Glyph[]): number {
  let [open, wrong] = [0, 0];
  for (const { text } of glyphs) {
    if (/^[([{«]$/.test(text)) open += 1;
    else if (/^[)\]}»]$/.test(text)) {
      if (open > 0) open -= 1;
      else wrong += 1;
    }
  }
  return open + wrong;
}

/** Puts spaces where gaps are wide; explicit ones count when something follows. */
function withSpaces(glyphs: readonly Glyph[], size: number): Glyph[] {
  const tracking = usualGap(glyphs);
  const result: Glyph[] = [];
  let [end, isPending] = [-Infinity, false];
  for (const glyph of glyphs) {
    if (glyph.text.trim() === '') {
      isPending = result.length > 0;
      end = Math.max(end, endOf(glyph));
      continue;
    }
    const last = result.at(-1);
    const limit = Math.max(Math.min(size, glyph.size) * 0.13, tracking + size * 0.12);
    if (last !== undefined && (isPending || glyph.x - end > limit)) result.push(spaceBetween(last, glyph));
    result.push(glyph);
    end = endOf(glyph);
    isPending = false;
  }
  return result;
}

export function spaceBetween(before: Glyph, after: Glyph): Glyph {
  const width = Math.max(0, after.x - endOf(before));
  return {
    ...after,
    text: ' ',
    x: endOf(before),
    width,
    style: before.style,
    centreX: (before.centreX + after.centreX) / 2,
    centreY: (before.centreY + after.centreY) / 2,
  };
}

/** The gap that most neighbours have: above zero in words that are set wide. */
function usualGap(glyphs: readonly Glyph[]): number {
  const gaps: number[] = [];
  glyphs.forEach((glyph, i) => {
    const next = glyphs[i + 1];
    if (next !== undefined && glyph.text !== ' ' && next.text !== ' ') gaps.push(next.x - endOf(glyph));
  });
  if (gaps.length < 3) return 0;
  gaps.sort((a, b) => a - b);
  return Math.max(0, gaps[Math.floor(gaps.length / 2)] ?? 0);
}

export function textOf(line: Line): string {
  return logical(line)
    .map((glyph) => glyph.text)
    .join('');
}
