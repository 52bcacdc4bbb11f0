/**
 * Where a quotation could be: places of the same words, the place where its old neighbours stand, and places of
 * nearly the same words. Finds and trims candidates; says nothing about which is right. Every loop has a cap, so
 * that hostile text costs no more than a pass over it.
 */
import { findMatches, matchPinned } from './approximate.ts';
import { trimmed } from './edges.ts';
import { isStrong, LEAST_CONTEXT, likenessAfter, likenessBefore, type Wanted } from './evidence.ts';
import { forEachOccurrence, type PreparedText, type Range } from './fold.ts';

export interface SameWords {
  /** How many times the words are there, variants of typography included. */
  readonly count: number;
  /** The likeliest few: the longest same neighbours first, then the nearest to where they stood. */
  readonly ranges: readonly Range[];
}

const KEPT = 12;

/** All places of the very words or a variant. */
export function findSameWords(text: PreparedText, wanted: Wanted): SameWords {
  const { text: folded } = text.folded;
  const kept: { range: Range; rank: number; away: number }[] = [];
  let count = 0;
  forEachOccurrence(folded, wanted.exact, (start) => {
    count += 1;
    const end = start + wanted.exact.length;
    const rank = sameBefore(folded, start, wanted.prefix) + sameAfter(folded, end, wanted.suffix);
    const away = wanted.atStart === null ? start : Math.abs(start - wanted.atStart);
    const last = kept.at(-1);
    if (
      kept.length === KEPT &&
      last !== undefined &&
      (rank < last.rank || (rank === last.rank && away >= last.away))
    )
      return true;
    kept.push({ range: { start, end }, rank, away });
    kept.sort((a, b) => b.rank - a.rank || a.away - b.away);
    kept.length = Math.min(kept.length, KEPT);
    return true;
  });
  return { count, ranges: kept.map(({ range }) => range) };
}

function sameBefore(folded: string, start: number, prefix: string): number {
  const at = folded[start - 1] === ' ' ? start - 1 : start;
  let same = 0;
  while (same < prefix.length && folded[at - 1 - same] === prefix[prefix.length - 1 - same]) same += 1;
  return same;
}

function sameAfter(folded: string, end: number, suffix: string): number {
  const at = folded[end] === ' ' ? end + 1 : end;
  let same = 0;
  while (same < suffix.length && folded[at + same] === suffix[same]) same += 1;
  return same;
}

/** The ends of places like the prefix, and the starts of places like the suffix. */
export interface Neighbours {
  readonly before: readonly number[];
  readonly after: readonly number[];
  /** The prefix runs straight into the suffix somewhere: the best sign that what stood between was taken out. */
  readonly touch: boolean;
  /** At least one of them is still there, wherever. */
  readonly remain: boolean;
}

const PLACES = 24;
const TAIL = 16;

export function findNeighbours(text: PreparedText, wanted: Wanted): Neighbours {
  const folded = text.folded.text;
  const before = places(folded, wanted.prefix, wanted.prefix.slice(-TAIL), wanted, 1);
  const after = places(folded, wanted.suffix, wanted.suffix.slice(0, TAIL), wanted, -1);
  const isBefore = (end: number): boolean => isStrong(likenessBefore(folded, wanted, end), wanted.prefix);
  const isAfter = (start: number): boolean => isStrong(likenessAfter(folded, wanted, start), wanted.suffix);
  const touch = before.some((end) => isBefore(end) && isAfter(folded[end] === ' ' ? end + 1 : end));
  return { before, after, touch, remain: before.some(isBefore) || after.some(isAfter) };
}

/** Inner edges of a context's places; by a search for nearly the same where its nearest words are not found. */
function places(folded: string, context: string, nearest: string, wanted: Wanted, side: 1 | -1): number[] {
  if (context.length < LEAST_CONTEXT) return [];
  const edges: number[] = [];
  forEachOccurrence(folded, nearest, (at) => {
    edges.push(side > 0 ? at + nearest.length : at);
    return edges.length < 1_000;
  });
  if (edges.length === 0 && context.length >= TAIL) {
    const matches = findMatches(context, folded, 0, folded.length, Math.floor(context.length / 4), 4);
    edges.push(...matches.map((match) => (side > 0 ? match.end : match.start)));
  }
  const { atStart } = wanted;
  if (atStart !== null) edges.sort((a, b) => Math.abs(a - atStart) - Math.abs(b - atStart));
  return edges.slice(0, PLACES);
}

/** Above this a quotation is looked for by its very words only: no claim is that long, and it would take seconds. */
const LONGEST_APPROXIMATE = 12_000;
/** Shorter ones are too like anything; they are only recognised between both of their neighbours. */
const SHORTEST_APPROXIMATE = 8;
/** Above this only the beginning and end are searched for in the whole text. */
const PIECE = 600;

/** Places of nearly the same words near where the old neighbours or the old offsets are. */
export function findAtOldPlace(text: PreparedText, wanted: Wanted, neighbours: Neighbours): Range[] {
  const folded = text.folded.text;
  const { length } = wanted.exact;
  if (length > LONGEST_APPROXIMATE) return [];
  const reach = Math.ceil(length * 1.5) + 40;
  const ranges = between(folded, neighbours, 2 * length + 64);
  const windows: Range[] = [
    ...neighbours.before.map((edge) => ({ start: edge - 8, end: edge + reach })),
    ...neighbours.after.map((edge) => ({ start: edge - reach, end: edge + 8 })),
  ];
  if (wanted.atStart !== null)
    windows.push({ start: wanted.atStart - 200, end: wanted.atStart + reach + 200 });
  const affordable = Math.max(2, Math.floor(4e8 / (length * length)));
  if (length < SHORTEST_APPROXIMATE) return ranges;
  for (const window of windows.slice(0, affordable)) {
    const from = Math.max(0, window.start);
    const to = Math.min(folded.length, window.end);
    if (from < to) ranges.push(...findMatches(wanted.exact, folded, from, to, length >> 1, 2));
  }
  return ranges;
}

/** What stands between a place like the prefix and one like the suffix. */
function between(folded: string, { before, after }: Neighbours, longest: number): Range[] {
  const ranges: Range[] = [];
  for (const start of before) {
    for (const end of after) {
      if (end <= start || end - start > longest) continue;
      const range = trimmed(folded, { start, end });
      if (range.end > range.start) ranges.push(range);
    }
  }
  return ranges.slice(0, PLACES);
}

/** Places of nearly the same words anywhere. */
export function findAnywhere(text: PreparedText, wanted: Wanted): Range[] {
  const folded = text.folded.text;
  const { exact } = wanted;
  if (exact.length < SHORTEST_APPROXIMATE || exact.length > LONGEST_APPROXIMATE) return [];
  const most = (length: number): number => Math.floor(length * 0.35);
  if (exact.length <= 2 * PIECE) return findMatches(exact, folded, 0, folded.length, most(exact.length), 6);
  const heads = findMatches(exact.slice(0, PIECE), folded, 0, folded.length, most(PIECE), 2);
  const tails = findMatches(exact.slice(-PIECE), folded, 0, folded.length, most(PIECE), 2);
  return [
    ...heads.map(({ start }) => ({ start, end: start + matchPinned(exact, folded, start, 1).length })),
    ...tails.map(({ end }) => ({ start: end - matchPinned(exact, folded, end, -1).length, end })),
  ];
}
