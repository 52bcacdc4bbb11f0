/**
 * Where exactly a quotation begins and ends among changed words. An approximate search leaves its edges wherever
 * the edits happen to cost least, in the middle of a word or one word short; here they are put on words and against
 * the old neighbours. Offsets count folded units.
 */
import { editDistance } from './approximate.ts';
import { likenessAfter, likenessBefore, runsOn, type Wanted } from './evidence.ts';
import type { Range } from './fold.ts';

/** Fitting compares some twenty pairs of edges; for very long quotations they are as good as they are. */
const LONGEST_FITTED = 2_000;
const LONGEST_WORD = 24;

/** Inner edges of the places that look like the prefix and the suffix. */
interface Edges {
  readonly before: readonly number[];
  readonly after: readonly number[];
}

/**
 * The edges with the fewest edits in neighbours and words together, of: the search's own, whole words, and where the
 * neighbours end and begin. Of equals the shortest, so what was put in at an edge stays outside.
 */
export function fitEdges(folded: string, wanted: Wanted, range: Range, neighbours: Edges): Range {
  const { length } = wanted.exact;
  if (length > LONGEST_FITTED) return range;
  const slack = (length >> 1) + 16;
  const starts = new Set([
    ...wordEdges(folded, range.start, wanted.ranOnBefore),
    ...nearest(neighbours.before, range.start, slack),
  ]);
  const ends = new Set([
    ...wordEdges(folded, range.end, wanted.ranOnAfter),
    ...nearest(neighbours.after, range.end, slack),
  ]);
  let best = range;
  let least = Number.POSITIVE_INFINITY;
  for (const start of starts) {
    for (const end of ends) {
      const fitted = trimmed(folded, { start, end });
      if (fitted.end <= fitted.start) continue;
      const edits =
        editsAround(folded, wanted, fitted) +
        editDistance(wanted.exact, folded.slice(fitted.start, fitted.end));
      const isShorter = edits === least && fitted.end - fitted.start < best.end - best.start;
      if (edits > least || (edits === least && !isShorter)) continue;
      least = edits;
      best = fitted;
    }
  }
  return best;
}

function nearest(edges: readonly number[], at: number, slack: number): number[] {
  return edges.filter((edge) => Math.abs(edge - at) <= slack).slice(0, 3);
}

/** The offset itself, or both ends of the word that it cuts. */
function wordEdges(folded: string, at: number, ranOn: boolean | null): number[] {
  if (ranOn === true || !runsOn(folded, at)) return [at];
  let left = at;
  let right = at;
  while (left > 0 && at - left < LONGEST_WORD && runsOn(folded, left)) left -= 1;
  while (right < folded.length && right - at < LONGEST_WORD && runsOn(folded, right)) right += 1;
  const whole = [left, right].filter((edge) => !runsOn(folded, edge));
  return whole.length === 0 ? [at] : whole;
}

function editsAround(folded: string, wanted: Wanted, { start, end }: Range): number {
  const before = 1 - (likenessBefore(folded, wanted, start) ?? 1);
  const after = 1 - (likenessAfter(folded, wanted, end) ?? 1);
  return before * wanted.prefix.length + after * wanted.suffix.length;
}

/** Without the space at its ends. */
export function trimmed(folded: string, { start, end }: Range): Range {
  const isEmpty = end <= start;
  return {
    start: !isEmpty && folded[start] === ' ' ? start + 1 : start,
    end: !isEmpty && folded[end - 1] === ' ' ? end - 1 : end,
  };
}
