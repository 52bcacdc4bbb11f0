/**
 * Lines of one flow to paragraphs and items of lists. A paragraph ends where the next line stands further away, is
 * set in another size, is indented or begins with a marker, or where the line was left short: its next word would
 * have had room. Works on a flow of one direction; for text from right to left the sheet is mirrored.
 */
import { textBlock, type Block, type TextBlock } from './block.ts';
import { runsRightToLeft } from './columns.ts';
import { logical, mostOf, textOf, type Line } from './lines.ts';
import { markerOf } from './list-marker.ts';
import { isBold, linesAndTables } from './rows.ts';

/** Distance of base lines in sizes, where a flow is too short to tell. */
const USUAL_PITCH = 1.25;

interface Flow {
  readonly pitch: number;
  readonly left: number;
  readonly right: number;
  readonly isMirrored: boolean;
}

interface Edges {
  readonly start: number;
  readonly end: number;
}

export function blocksOf(pieces: readonly Line[]): Block[] {
  const parts = linesAndTables(pieces);
  const lines = parts.filter((part): part is Line => !('kind' in part));
  const flow = measured(lines);
  const blocks: Block[] = [];
  let open: Line[] = [];
  const flush = (): void => {
    if (open.length > 0) blocks.push(blockOf(open, flow));
    open = [];
  };
  for (const part of parts) {
    if ('kind' in part) {
      flush();
      blocks.push(part);
      continue;
    }
    if (open.length > 0 && isBreak(open, part, flow)) flush();
    open.push(part);
  }
  flush();
  const last = blocks.at(-1);
  if (last !== undefined && last.kind !== 'table') blocks[blocks.length - 1] = { ...last, endsFlow: true };
  return blocks;
}

function measured(lines: readonly Line[]): Flow {
  const isMirrored = runsRightToLeft(lines);
  const edges = lines.map((line) => edgesOf(line, isMirrored));
  const ratios: number[] = [];
  lines.forEach((line, i) => {
    const next = lines[i + 1];
    if (next !== undefined && Math.abs(next.size - line.size) < 0.5 && next.y > line.y)
      ratios.push((next.y - line.y) / line.size);
  });
  ratios.sort((a, b) => a - b);
  // Lines of a paragraph are the closest ones: the lower third knows their distance, even among many short ones.
  const pitch = ratios.length < 2 ? USUAL_PITCH : (ratios[Math.floor(ratios.length / 3)] ?? USUAL_PITCH);
  return {
    pitch: Math.min(Math.max(pitch, 0.9), 2.6),
    left: edges.reduce((least, { start }) => Math.min(least, start), Infinity),
    right: rightEdge(edges.map(({ end }) => end)),
    isMirrored,
  };
}

/** Where lines end at most. In justified text most end at one place, and what sticks out of it says nothing. */
function rightEdge(ends: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const end of ends) counts.set(Math.round(end / 2), (counts.get(Math.round(end / 2)) ?? 0) + 1);
  const usual = mostOf(counts);
  const isJustified = usual !== null && (counts.get(usual) ?? 0) >= Math.max(4, ends.length * 0.3);
  return isJustified ? usual * 2 + 1 : ends.reduce((most, end) => Math.max(most, end), -Infinity);
}

/** Where reading the line begins and ends. */
function edgesOf(line: Line, isMirrored: boolean): Edges {
  return isMirrored ? { start: -line.x1, end: -line.x0 } : { start: line.x0, end: line.x1 };
}

function isBreak(open: readonly Line[], next: Line, flow: Flow): boolean {
  const last = open.at(-1);
  const first = open[0];
  if (last === undefined || first === undefined) return false;
  const size = Math.max(last.size, next.size);
  const gap = next.y - last.y;
  if (gap <= 0 || gap > flow.pitch * size * 1.32 + 1) return true;
  if (Math.abs(last.size - next.size) > size * 0.09) return true;
  if (isBold(last) !== isBold(next) && isWholeBold(open, next, flow)) return true;
  // Half a word ends no paragraph.
  if (/\p{L}[-‐\u00ad]$/u.test(textOf(last)) && /^\p{Ll}/u.test(textOf(next))) return false;
  if (isItemStart(first, next, flow)) return true;
  if (isCentred(last, flow) && isCentred(next, flow)) return false;
  return isIndented(open, next, flow) || isShort(last, next, flow);
}

/** A heading or a label in bold, with the text it belongs to right under it. */
function isWholeBold(open: readonly Line[], next: Line, flow: Flow): boolean {
  return open.every(isBold) ? open.length <= 2 && isShort(open.at(-1) ?? next, next, flow) : isBold(next);
}

/** A number begins an item only where numbers go on or start at one: a sentence may end "… in 3." */
function isItemStart(first: Line, next: Line, flow: Flow): boolean {
  const marker = markerOf(textOf(next));
  if (marker === null) return false;
  const before = markerOf(textOf(first));
  const isFurther =
    edgesOf(next, flow.isMirrored).start - edgesOf(first, flow.isMirrored).start > next.size * 0.5;
  if (marker.number === null)
    return before?.number === null || isFurther || /[:.;]$/.test(textOf(first).trim());
  if (before?.number !== null && before !== null)
    return marker.number === before.number + 1 || marker.number === 1;
  return marker.number === 1;
}

function isIndented(open: readonly Line[], next: Line, flow: Flow): boolean {
  const starts = open.map((line) => edgesOf(line, flow.isMirrored).start);
  const [first = 0, last = 0] = [starts[0], starts.at(-1)];
  const { start } = edgesOf(next, flow.isMirrored);
  const em = next.size;
  const isItem = markerOf(textOf(open[0] ?? next)) !== null;
  if (isItem) return open.length > 1 && Math.abs(start - last) > em * 0.8;
  if (start - last > em * 0.7) {
    const goesOn = open.length === 1 && isFull(open[0] ?? next, flow) && !endsSentence(open[0] ?? next);
    return !goesOn;
  }
  return last - start > em * 0.7 && open.length > 1 && Math.abs(first - last) < em * 0.7;
}

function isFull(line: Line, flow: Flow): boolean {
  return flow.right - edgesOf(line, flow.isMirrored).end < line.size * 3;
}

/** True when the next line's first word would have had room on this one. */
function isShort(line: Line, next: Line, flow: Flow): boolean {
  const room = flow.right - edgesOf(line, flow.isMirrored).end;
  return room > firstWordWidth(next) + line.size * 1.1;
}

function firstWordWidth(line: Line): number {
  let width = 0;
  for (const glyph of logical(line)) {
    if (glyph.text === ' ') break;
    width += glyph.width;
  }
  return width;
}

function isCentred(line: Line, flow: Flow): boolean {
  const { start, end } = edgesOf(line, flow.isMirrored);
  const [before, after] = [start - flow.left, flow.right - end];
  return before > line.size * 2 && Math.abs(before - after) < line.size;
}

export function endsSentence(line: Line): boolean {
  return /[.!?:;。！？：؟۔…]["'”’»)\]]*$/.test(textOf(line).trim());
}

function blockOf(lines: readonly Line[], flow: Flow): TextBlock {
  const right = flow.isMirrored ? -flow.right : flow.right;
  const first = lines[0];
  const marker = first === undefined ? null : markerOf(textOf(first));
  if (marker === null || first === undefined) return textBlock(lines, { right });
  return textBlock([withoutStart(first, marker.length), ...lines.slice(1)], {
    kind: 'item',
    number: marker.number,
    level: Math.round(edgesOf(first, flow.isMirrored).start),
    right,
  });
}

/** The line without its first characters in reading order. */
export function withoutStart(line: Line, characters: number): Line {
  let left = characters;
  const gone = new Set<string>();
  for (const glyph of logical(line)) {
    if (left <= 0) break;
    left -= glyph.text.length;
    if (glyph.text !== ' ') gone.add(`${glyph.x} ${glyph.y}`);
  }
  const glyphs = line.glyphs.filter((glyph) => !gone.has(`${glyph.x} ${glyph.y}`));
  return { ...line, glyphs };
}
