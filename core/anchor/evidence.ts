/**
 * What speaks for and against a stretch of text being a quotation's place: how alike the words are, whether the
 * old neighbours stand beside it, whether its numbers are the same. Judges one candidate at a time; quote.ts
 * compares them. All offsets here count folded units (fold.ts).
 */
import { editDistance, matchPinned } from './approximate.ts';
import {
  cutsPair,
  fold,
  foldedIndex,
  originalRange,
  wholeCharacters,
  type PreparedText,
  type Range,
} from './fold.ts';

/** A quotation as it stood in some earlier text. */
export interface Quote {
  readonly exact: string;
  readonly prefix?: string | undefined;
  readonly suffix?: string | undefined;
  /** Where it stood, in that text. */
  readonly start?: number | undefined;
  readonly end?: number | undefined;
  /** How many times these words stood in that text. */
  readonly copies?: number | undefined;
}

/** The quotation in folded form. */
export interface Wanted {
  readonly original: string;
  readonly exact: string;
  /** Nearest words before and after, without the space that touches the quotation; '' when unknown. */
  readonly prefix: string;
  readonly suffix: string;
  readonly numbers: readonly string[];
  /** Whether a word ran on over the edge; null when unknown. */
  readonly ranOnBefore: boolean | null;
  readonly ranOnAfter: boolean | null;
  readonly atStart: number | null;
  readonly start: number | null;
  readonly copies: number | null;
}

/** Longer contexts than we store come from outside; more than this adds little (128 gave 1.5 points over 32). */
const CONTEXT = 48;
/** Less than this is on many sides of many quotations and tells nothing. */
export const LEAST_CONTEXT = 6;

/** Folds a quotation; null when there are no words in it. */
export function readQuote(quote: Quote, text: PreparedText): Wanted | null {
  const exact = fold(quote.exact).text.trim();
  if (exact === '') return null;
  const start =
    quote.start !== undefined && Number.isInteger(quote.start) && quote.start >= 0 ? quote.start : null;
  return {
    original: quote.exact,
    exact,
    prefix: fold((quote.prefix ?? '').slice(-4 * CONTEXT))
      .text.trimEnd()
      .slice(-CONTEXT),
    suffix: fold((quote.suffix ?? '').slice(0, 4 * CONTEXT))
      .text.trimStart()
      .slice(0, CONTEXT),
    numbers: numbersIn(quote.exact),
    ranOnBefore: quote.prefix ? runsOn(quote.prefix + quote.exact.slice(0, 2), quote.prefix.length) : null,
    ranOnAfter: quote.suffix
      ? runsOn(quote.exact.slice(-2) + quote.suffix, Math.min(2, quote.exact.length))
      : null,
    start,
    atStart: start === null ? null : foldedIndex(text.folded, start),
    copies: quote.copies ?? null,
  };
}

const wordUnit = /[\p{L}\p{N}_\p{M}]/u;
const digit = /\p{Nd}/u;

/** Whether one word or number runs over an offset ("17|0", "cat|s", "2.|5"). Scripts without spaces never end one. */
export function runsOn(text: string, offset: number): boolean {
  const before = text[offset - 1] ?? '';
  const after = text[offset] ?? '';
  if (cutsPair(text, offset)) return true;
  if (wordUnit.test(before) && wordUnit.test(after)) return true;
  const separated = /[.,]/.test(after) && digit.test(before) && digit.test(text[offset + 1] ?? '');
  return separated || (/[.,]/.test(before) && digit.test(after) && digit.test(text[offset - 2] ?? ''));
}

/** The numbers of a text in order, with sign and decimals, without thousands separators. */
export function numbersIn(text: string): string[] {
  const found = text.match(/(?:(?<=^|[\s(])[-−])?\p{Nd}+(?:[.,:/]\p{Nd}+)*/gu) ?? [];
  return found.map((number) => number.replace('−', '-').replace(/,(?=\p{Nd}{3}(?!\p{Nd}))/gu, ''));
}

/** Whether all of the numbers stand in the text, in their order; others may have come between. */
export function keepsNumbers(numbers: readonly string[], text: string): boolean {
  if (numbers.length === 0) return true;
  let next = 0;
  for (const number of numbersIn(text)) if (number === numbers[next]) next += 1;
  return next === numbers.length;
}

/** One side's neighbours: `likeness` 0..1, null when unknown. */
export type Likeness = number | null;

export interface Candidate {
  readonly start: number;
  readonly end: number;
  /** The same in the original text. */
  readonly range: Range;
  /** Likeness of the words, 1 for the same or a variant of typography. */
  readonly words: number;
  /** The very characters. */
  readonly verbatim: boolean;
  readonly numbers: boolean;
  readonly before: Likeness;
  readonly after: Likeness;
  /** Both sides together, 0..1; null when neither is known. */
  readonly context: number | null;
  /** Rather the quotation's old neighbour than the quotation itself. */
  readonly neighbour: boolean;
}

/** A word that grew a letter is nearly the same; less than any sure place without neighbours needs. */
const GROWN = 0.93;

/** Weighs one stretch of the text. */
export function weigh(text: PreparedText, wanted: Wanted, start: number, end: number): Candidate {
  const slice = text.folded.text.slice(start, end);
  const isSame = slice === wanted.exact;
  const range = isSame
    ? verbatimRange(text, wanted, start, end)
    : originalRange(text.original, text.folded, start, end);
  const grown = isSame && hasGrown(text.original, wanted, range);
  const before = likenessBefore(text.folded.text, wanted, start);
  const after = likenessAfter(text.folded.text, wanted, end);
  const neighbour = isSame
    ? isCopyBeside(text.folded.text, wanted, { start, end, before, after })
    : isNeighbour(text.folded.text, wanted, start, end);
  return {
    start,
    end,
    range,
    words: isSame
      ? grown
        ? GROWN
        : 1
      : 1 - editDistance(wanted.exact, slice) / Math.max(slice.length, wanted.exact.length),
    verbatim: text.original.slice(range.start, range.end) === wanted.original,
    numbers: keepsNumbers(wanted.numbers, wholeNumbers(text.original, range)),
    before,
    after,
    context: together(before, wanted.prefix.length, after, wanted.suffix.length),
    neighbour,
  };
}

/** With the white space that the quotation had at its edges, if the text has the same. */
function verbatimRange(text: PreparedText, wanted: Wanted, start: number, end: number): Range {
  const found = originalRange(text.original, text.folded, start, end);
  const lead = wanted.original.length - wanted.original.trimStart().length;
  const from = found.start - lead;
  if (from < 0 || !text.original.startsWith(wanted.original, from)) return found;
  return wholeCharacters(text.original, { start: from, end: from + wanted.original.length });
}

function hasGrown(original: string, wanted: Wanted, range: Range): boolean {
  const before = runsOn(original, range.start) && wanted.ranOnBefore !== true;
  return before || (runsOn(original, range.end) && wanted.ranOnAfter !== true);
}

/** The words of a range, with the numbers whole that its edges cut: "A.2.17" in "A.2.170" has not the number 17. */
function wholeNumbers(original: string, { start, end }: Range): string {
  let from = start;
  let to = end;
  while (from > 0 && start - from < 40 && digit.test(original[from] ?? '') && runsOn(original, from))
    from -= 1;
  while (to < original.length && to - end < 40 && digit.test(original[to - 1] ?? '') && runsOn(original, to))
    to += 1;
  return original.slice(from, to);
}

const MEANT_FROM = 0.4;

/** Unrelated texts are alike by about 0.3, so likeness counts from 0.4. */
function together(
  before: Likeness,
  beforeLength: number,
  after: Likeness,
  afterLength: number,
): number | null {
  let sum = 0;
  let weights = 0;
  for (const [likeness, length] of [
    [before, beforeLength],
    [after, afterLength],
  ] as const) {
    if (likeness === null) continue;
    const weight = Math.min(1, length / 12);
    sum += weight * Math.max(0, (likeness - MEANT_FROM) / (1 - MEANT_FROM));
    weights += weight;
  }
  return weights === 0 ? null : sum / weights;
}

/** How alike the words before `start` are to the prefix. */
export function likenessBefore(folded: string, wanted: Wanted, start: number): Likeness {
  return likeness(folded, wanted.prefix, folded[start - 1] === ' ' ? start - 1 : start, -1);
}

/** How alike the words after `end` are to the suffix. */
export function likenessAfter(folded: string, wanted: Wanted, end: number): Likeness {
  return likeness(folded, wanted.suffix, folded[end] === ' ' ? end + 1 : end, 1);
}

/** Neighbours with another figure in them are rather those of a similar sentence: rows of a table, years of a series. */
const OTHER_FIGURE = 0.25;

function likeness(folded: string, context: string, at: number, direction: 1 | -1): Likeness {
  if (context === '') return null;
  const { distance, length } = matchPinned(context, folded, at, direction);
  const found = direction > 0 ? folded.slice(at, at + length) : folded.slice(at - length, at);
  const alike = 1 - distance / context.length;
  return distance > 0 && !sameFigures(context, found, direction) ? Math.max(0, alike - OTHER_FIGURE) : alike;
}

/** Whether a context's figures are all there; the one at its far end may be cut in two and does not count. */
function sameFigures(context: string, found: string, direction: 1 | -1): boolean {
  const whole = direction > 0 ? context.replace(/[\p{Nd}.,]+$/u, '') : context.replace(/^[\p{Nd}.,]+/u, '');
  return keepsNumbers(numbersIn(whole), found);
}

const STRONG = 0.8;

/** Whether a side is long enough to tell and is there. */
export function isStrong(likeness: Likeness, context: string): boolean {
  return likeness !== null && likeness >= STRONG && context.length >= LEAST_CONTEXT;
}

/** How alike a pattern is to the text that begins at `at` (direction 1) or ends there (-1). */
function alike(pattern: string, folded: string, at: number, direction: 1 | -1): number {
  return 1 - matchPinned(pattern, folded, at, direction).distance / Math.max(1, pattern.length);
}

/**
 * Changed words: their beginning is more like the words that followed the quotation than like the quotation, or
 * their end more like those that went before.
 */
function isNeighbour(folded: string, { exact, prefix, suffix }: Wanted, start: number, end: number): boolean {
  if (suffix.length >= LEAST_CONTEXT) {
    const asSuffix = alike(suffix, folded, start, 1);
    if (asSuffix >= STRONG && asSuffix > alike(exact.slice(0, suffix.length), folded, start, 1)) return true;
  }
  if (prefix.length < LEAST_CONTEXT) return false;
  const asPrefix = alike(prefix, folded, end, -1);
  return asPrefix >= STRONG && asPrefix > alike(exact.slice(-prefix.length), folded, end, -1);
}

interface Placed {
  readonly start: number;
  readonly end: number;
  readonly before: Likeness;
  readonly after: Likeness;
}

/** The same words: what followed them fits better from their beginning on, so they are the copy that stood beside. */
function isCopyBeside(
  folded: string,
  { prefix, suffix }: Wanted,
  { start, end, before, after }: Placed,
): boolean {
  const asSuffix = suffix.length >= LEAST_CONTEXT ? alike(suffix, folded, start, 1) : 0;
  const asPrefix = prefix.length >= LEAST_CONTEXT ? alike(prefix, folded, end, -1) : 0;
  return (asSuffix >= STRONG && asSuffix > (after ?? 0)) || (asPrefix >= STRONG && asPrefix > (before ?? 0));
}
