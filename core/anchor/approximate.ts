/**
 * Edit distance with machine words: 32 rows of the dynamic programming table in two integers.
 * G. Myers, "A fast bit-vector algorithm for approximate string matching based on dynamic programming" (JACM 1999),
 * in the block form of H. Hyyrö, "A bit-vector algorithm for computing Levenshtein and Damerau edit distances"
 * (2003). Columns are the text, rows the pattern; a free start makes row 0 all zeros, a pinned one 0, 1, 2, ….
 */

interface Sweep {
  readonly pattern: string;
  readonly text: string;
  /** The part of the text that is swept, from `from` to `to`; backwards when `from` > `to`. */
  readonly from: number;
  readonly to: number;
  /** Whether a match must begin at `from` (else it may begin anywhere). */
  readonly pinned: boolean;
}

type Visit = (count: number, distance: number) => void;

/**
 * Calls `visit(count, distance)` after each text unit: how many units were read, and the least number of edits
 * between the whole pattern and a piece of text that ends there. Backwards, the pattern is read backwards too.
 * `visit` must not search itself: the table of rows is shared.
 */
function sweep(search: Sweep, visit: Visit): void {
  const masks = rowMasks(search.pattern, search.from > search.to);
  if (search.pattern.length <= 32) sweepWord(search, masks, visit);
  else sweepWords(search, masks, visit);
  for (let row = 0; row < search.pattern.length; row += 1) slots[search.pattern.charCodeAt(row)] = 0;
}

/** For each unit the number of its mask, 0 for units that are not in the pattern. Kept between searches, always cleared. */
const slots = new Uint16Array(0x10000);

/** For each different unit of the pattern, in the order of `slots`, the rows where it stands; the first has none. */
function rowMasks(pattern: string, reversed: boolean): Int32Array {
  const words = Math.ceil(pattern.length / 32);
  let count = 1;
  for (let row = 0; row < pattern.length; row += 1) {
    const unit = pattern.charCodeAt(row);
    if (slots[unit] !== 0) continue;
    slots[unit] = count;
    count += 1;
  }
  const masks = new Int32Array(count * words);
  for (let row = 0; row < pattern.length; row += 1) {
    const at =
      (slots[pattern.charCodeAt(reversed ? pattern.length - 1 - row : row)] ?? 0) * words + (row >> 5);
    masks[at] = (masks[at] ?? 0) | (1 << (row & 31));
  }
  return masks;
}

/** Up to 32 rows: the common case, several times faster without the carry. */
function sweepWord({ pattern, text, from, to, pinned }: Sweep, masks: Int32Array, visit: Visit): void {
  const step = from <= to ? 1 : -1;
  const columns = Math.abs(to - from);
  const first = step > 0 ? from : from - 1;
  const lastBit = 1 << (pattern.length - 1);
  const top = pinned ? 1 : 0;
  let plus = -1;
  let minus = 0;
  let distance = pattern.length;
  for (let count = 1; count <= columns; count += 1) {
    const equal = masks[slots[text.charCodeAt(first + step * (count - 1))] ?? 0] ?? 0;
    const horizontal = (((equal & plus) + plus) ^ plus) | equal;
    let rise = minus | ~(horizontal | plus);
    let fall = plus & horizontal;
    if ((rise & lastBit) !== 0) distance += 1;
    else if ((fall & lastBit) !== 0) distance -= 1;
    rise = (rise << 1) | top;
    fall <<= 1;
    plus = fall | ~(equal | minus | rise);
    minus = rise & (equal | minus);
    visit(count, distance);
  }
}

function sweepWords({ pattern, text, from, to, pinned }: Sweep, masks: Int32Array, visit: Visit): void {
  const step = from <= to ? 1 : -1;
  const columns = Math.abs(to - from);
  const first = step > 0 ? from : from - 1;
  const words = Math.ceil(pattern.length / 32);
  const lastBit = 1 << ((pattern.length - 1) & 31);
  const up = new Int32Array(words).fill(-1);
  const down = new Int32Array(words);
  let distance = pattern.length;
  for (let count = 1; count <= columns; count += 1) {
    const mask = (slots[text.charCodeAt(first + step * (count - 1))] ?? 0) * words;
    let carry = pinned ? 1 : 0;
    for (let word = 0; word < words; word += 1) {
      const plus = up[word] ?? 0;
      const minus = down[word] ?? 0;
      let equal = masks[mask + word] ?? 0;
      const vertical = equal | minus;
      if (carry < 0) equal |= 1;
      const horizontal = (((equal & plus) + plus) ^ plus) | equal;
      let rise = minus | ~(horizontal | plus);
      let fall = plus & horizontal;
      const bit = word === words - 1 ? lastBit : 1 << 31;
      const next = (rise & bit) !== 0 ? 1 : (fall & bit) !== 0 ? -1 : 0;
      rise = (rise << 1) | (carry > 0 ? 1 : 0);
      fall = (fall << 1) | (carry < 0 ? 1 : 0);
      up[word] = fall | ~(vertical | rise);
      down[word] = rise & vertical;
      carry = next;
    }
    distance += carry;
    visit(count, distance);
  }
}

/** The least number of insertions, deletions and substitutions between two strings. */
export function editDistance(a: string, b: string): number {
  if (a === b) return 0;
  if (a === '' || b === '') return Math.max(a.length, b.length);
  let result = 0;
  sweep({ pattern: a, text: b, from: 0, to: b.length, pinned: true }, (_count, distance) => {
    result = distance;
  });
  return result;
}

export interface PinnedMatch {
  /** How many units of the text the match takes. */
  readonly length: number;
  readonly distance: number;
}

/**
 * The best match of the whole pattern with the text that begins at `at` (direction 1) or ends there (-1). Of equally
 * good ones that whose length is nearest to the pattern's.
 */
export function matchPinned(pattern: string, text: string, at: number, direction: 1 | -1): PinnedMatch {
  if (pattern === '') return { length: 0, distance: 0 };
  const reach = pattern.length + Math.ceil(pattern.length / 2) + 4;
  const to = direction > 0 ? Math.min(text.length, at + reach) : Math.max(0, at - reach);
  let best: PinnedMatch = { length: 0, distance: pattern.length };
  const closeness = (length: number): number => Math.abs(length - pattern.length);
  const keep = (length: number, distance: number): void => {
    if (
      distance < best.distance ||
      (distance === best.distance && closeness(length) < closeness(best.length))
    ) {
      best = { length, distance };
    }
  };
  if (to === at) return best;
  sweep({ pattern, text, from: at, to, pinned: true }, keep);
  return best;
}

export interface Match {
  readonly start: number;
  readonly end: number;
  readonly distance: number;
}

/**
 * Where the pattern stands in text[from, to) with at most `most` edits: up to `limit` places that do not overlap
 * much, best first.
 */
export function findMatches(
  pattern: string,
  text: string,
  from: number,
  to: number,
  most: number,
  limit: number,
): Match[] {
  const apart = Math.max(1, pattern.length >> 1);
  const ends: { end: number; distance: number }[] = [];
  let current: { end: number; distance: number } | null = null;
  const close = (): void => {
    if (current === null) return;
    ends.push(current);
    ends.sort((a, b) => a.distance - b.distance);
    ends.length = Math.min(ends.length, limit);
    current = null;
  };
  sweep({ pattern, text, from, to, pinned: false }, (count, distance) => {
    if (distance > most) return;
    const end = from + count;
    if (current !== null && end - current.end >= apart) close();
    if (current === null || distance < current.distance) current = { end, distance };
  });
  close();
  return ends.map(({ end, distance }) => ({
    start: end - matchPinned(pattern, text, end, -1).length,
    end,
    distance,
  }));
}
