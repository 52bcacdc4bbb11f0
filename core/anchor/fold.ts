/**
 * Text without its typography: every kind of white space is one space, every quotation mark `"`, every dash `-`
 * (with the space around it gone: "1–2", "1 - 2" and "1 -- 2" are the same), invisible characters are dropped.
 * Two strings that fold to the same are variants of one quotation, and nothing else is (no letter case, no
 * spelling). Each folded unit knows the stretch of the original that it came from.
 */

export interface Folded {
  readonly text: string;
  /** Where each unit's stretch begins in the original, in UTF-16 units. */
  readonly from: Uint32Array;
  /** Where it ends. */
  readonly to: Uint32Array;
}

const SPACE = 1;
const QUOTE = 2;
const DASH = 3;
const INVISIBLE = 4;
const LINE_BREAK = 0x0a;

/** Pairs of first and last code. */
const spaces = [
  0x09, 0x0d, 0x20, 0x20, 0x85, 0x85, 0xa0, 0xa0, 0x1680, 0x1680, 0x2000, 0x200a, 0x2028, 0x2029, 0x202f,
  0x202f, 0x205f, 0x205f, 0x3000, 0x3000,
];
const quotes = [
  0x22, 0x22, 0x27, 0x27, 0x60, 0x60, 0xab, 0xab, 0xb4, 0xb4, 0xbb, 0xbb, 0x2018, 0x201f, 0x2032, 0x2037,
  0x2039, 0x203a, 0x300c, 0x300f, 0x301d, 0x301f, 0xff02, 0xff02, 0xff07, 0xff07,
];
const dashes = [
  0x2d, 0x2d, 0x2010, 0x2015, 0x2212, 0x2212, 0x2e3a, 0x2e3b, 0xfe58, 0xfe58, 0xfe63, 0xfe63, 0xff0d, 0xff0d,
];
const invisibles = [
  0xad, 0xad, 0x200b, 0x200b, 0x200e, 0x200f, 0x202a, 0x202e, 0x2060, 0x2060, 0x2066, 0x2069, 0xfeff, 0xfeff,
];

function classTable(): Uint8Array {
  const table = new Uint8Array(0x10000);
  const mark = (kind: number, pairs: readonly number[]): void => {
    for (let i = 0; i < pairs.length; i += 2) table.fill(kind, pairs[i], (pairs[i + 1] ?? 0) + 1);
  };
  mark(SPACE, spaces);
  mark(QUOTE, quotes);
  mark(DASH, dashes);
  mark(INVISIBLE, invisibles);
  return table;
}

const classes = classTable();

interface FoldOptions {
  /** White space with a line break in it counts as nothing: pages joined from their parts have none there. */
  readonly joinLines?: boolean;
}

/** Folds a text in one pass; `joinLines` also joins its lines. */
export function fold(original: string, options: FoldOptions = {}): Folded {
  const units = new Uint16Array(original.length);
  const from = new Uint32Array(original.length);
  const to = new Uint32Array(original.length);
  let length = 0;

  const put = (unit: number, start: number, end: number): void => {
    units[length] = unit;
    from[length] = start;
    to[length] = end;
    length += 1;
  };
  const last = (): number => (length === 0 ? 0 : (units[length - 1] ?? 0));

  for (let at = 0; at < original.length;) {
    const unit = original.charCodeAt(at);
    const kind = classes[unit] ?? 0;
    const start = at;
    at += 1;
    if (kind === SPACE) {
      const run = spaceRun(original, start);
      at = run.end;
      if (last() === 0x20) to[length - 1] = at;
      else if (last() !== 0x2d && !(run.hasLineBreak && options.joinLines === true)) put(0x20, start, at);
    } else if (kind === DASH) {
      if (last() === 0x20) length -= 1;
      if (last() === 0x2d && to[length - 1] === start) to[length - 1] = at;
      else put(0x2d, start, at);
    } else if (kind !== INVISIBLE) put(kind === QUOTE ? 0x22 : unit, start, at);
  }
  return {
    text: decode(units.subarray(0, length)),
    from: from.subarray(0, length),
    to: to.subarray(0, length),
  };
}

function spaceRun(original: string, start: number): { end: number; hasLineBreak: boolean } {
  let end = start;
  let hasLineBreak = false;
  for (; end < original.length; end += 1) {
    const unit = original.charCodeAt(end);
    const kind = classes[unit];
    if (kind !== SPACE && kind !== INVISIBLE) break;
    if (unit === LINE_BREAK) hasLineBreak = true;
  }
  return { end, hasLineBreak };
}

/** In slices, since a call takes only so many arguments. */
function decode(units: Uint16Array): string {
  const slices: string[] = [];
  for (let at = 0; at < units.length; at += 8192)
    slices.push(String.fromCharCode(...units.subarray(at, at + 8192)));
  return slices.join('');
}

/** The folded index of the first unit that ends after an original offset (the folded length if none does). */
export function foldedIndex(folded: Folded, offset: number): number {
  let low = 0;
  let high = folded.text.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((folded.to[middle] ?? 0) > offset) high = middle;
    else low = middle + 1;
  }
  return low;
}

export interface Range {
  readonly start: number;
  readonly end: number;
}

/** The stretch of the original under folded units `start` to `end` (not empty), never half of a surrogate pair. */
export function originalRange(original: string, folded: Folded, start: number, end: number): Range {
  return wholeCharacters(original, {
    start: folded.from[start] ?? original.length,
    end: folded.to[end - 1] ?? original.length,
  });
}

/** The range, made wider where an end would cut a surrogate pair. */
export function wholeCharacters(text: string, { start, end }: Range): Range {
  return { start: cutsPair(text, start) ? start - 1 : start, end: cutsPair(text, end) ? end + 1 : end };
}

/** Whether an offset is between the halves of a surrogate pair. */
export function cutsPair(text: string, offset: number): boolean {
  return isHigh(text.charCodeAt(offset - 1)) && isLow(text.charCodeAt(offset));
}

const isHigh = (unit: number): boolean => unit >= 0xd800 && unit < 0xdc00;
const isLow = (unit: number): boolean => unit >= 0xdc00 && unit < 0xe000;

/**
 * Calls `visit` with every place of `pattern` in `text`, overlapping ones too, in order, until it returns false.
 * Long patterns are searched in linear time (Knuth-Morris-Pratt), since the engine's own search can be made to take
 * text times pattern; for short ones that stays bearable and it is many times faster on honest text.
 */
export function forEachOccurrence(text: string, pattern: string, visit: (at: number) => boolean): void {
  if (pattern === '') return;
  if (pattern.length > 256) return forEachLong(text, pattern, visit);
  for (let at = text.indexOf(pattern); at >= 0; at = text.indexOf(pattern, at + 1)) if (!visit(at)) return;
}

function forEachLong(text: string, pattern: string, visit: (at: number) => boolean): void {
  if (!text.includes(pattern.slice(0, 64))) return;
  const failure = failureTable(pattern);
  let matched = 0;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    while (matched > 0 && pattern.charCodeAt(matched) !== unit) matched = failure[matched - 1] ?? 0;
    if (pattern.charCodeAt(matched) === unit) matched += 1;
    if (matched < pattern.length) continue;
    if (!visit(i - pattern.length + 1)) return;
    matched = failure[matched - 1] ?? 0;
  }
}

function failureTable(pattern: string): Uint32Array {
  const failure = new Uint32Array(pattern.length);
  let matched = 0;
  for (let i = 1; i < pattern.length; i += 1) {
    while (matched > 0 && pattern.charCodeAt(i) !== pattern.charCodeAt(matched))
      matched = failure[matched - 1] ?? 0;
    if (pattern.charCodeAt(i) === pattern.charCodeAt(matched)) matched += 1;
    failure[i] = matched;
  }
  return failure;
}

/** A text made ready for many searches. */
export interface PreparedText {
  readonly original: string;
  readonly folded: Folded;
}

export function prepareText(original: string): PreparedText {
  return { original, folded: fold(original) };
}
