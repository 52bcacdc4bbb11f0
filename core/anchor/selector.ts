/**
 * Resolves selectors that come from outside (W3C Web Annotation: TextQuoteSelector, TextPositionSelector, or several
 * for the same text). Stricter than finding a claim again (quote.ts): only the very words or a variant of white
 * space, quotation marks and dashes count, since nobody has seen yet where this was meant to be. Prefix, suffix and
 * position only choose among places of the words; where they leave several that fit equally well, all are listed.
 */
import {
  fold,
  forEachOccurrence,
  originalRange,
  prepareText,
  wholeCharacters,
  type Folded,
  type PreparedText,
  type Range,
} from './fold.ts';

export interface TextQuoteSelector {
  readonly type: 'TextQuoteSelector';
  readonly exact: string;
  readonly prefix?: string | undefined;
  readonly suffix?: string | undefined;
}

/** UTF-16 units of the text, 0 ≤ start < end ≤ its length. */
export interface TextPositionSelector {
  readonly type: 'TextPositionSelector';
  readonly start: number;
  readonly end: number;
}

export type TextSelector = TextQuoteSelector | TextPositionSelector;

export interface SelectorCandidate {
  readonly start: number;
  readonly end: number;
  readonly exact: string;
  readonly prefix: string;
  readonly suffix: string;
}

export type SelectorResult =
  | { readonly kind: 'found'; readonly start: number; readonly end: number; readonly exact: string }
  | { readonly kind: 'not_found' }
  | { readonly kind: 'ambiguous'; readonly candidates: SelectorCandidate[] };

/** As many as a person can look through. */
const MOST_CANDIDATES = 50;

/**
 * Where the selector's words are. `exact` is what the document says there, which may differ from the selector's in
 * typography. With several selectors the quotation decides, and a position chooses among its equally good places.
 */
export function resolveSelector(
  source: string | PreparedText,
  selector: TextSelector | readonly TextSelector[],
): SelectorResult {
  const text = typeof source === 'string' ? prepareText(source) : source;
  const selectors: readonly TextSelector[] = 'type' in selector ? [selector] : selector;
  const quotes = selectors.filter((one) => one.type === 'TextQuoteSelector');
  const positions = selectors
    .filter((one) => one.type === 'TextPositionSelector')
    .filter((one) => isWithin(text.original, one));
  if (quotes.length === 0)
    return agree(text, [positions.map((position) => wholeCharacters(text.original, position))]);
  return agree(
    text,
    quotes.map((quote) => placesOf(text, quote, positions)),
  );
}

function isWithin(text: string, { start, end }: TextPositionSelector): boolean {
  return Number.isInteger(start) && Number.isInteger(end) && start >= 0 && start < end && end <= text.length;
}

/** One answer of what each selector alone says: a single place wins over several, two different single ones are a question. */
function agree(text: PreparedText, answers: readonly (readonly Range[])[]): SelectorResult {
  const single = distinct(answers.filter((places) => places.length === 1).flat());
  const several = distinct(answers.flat());
  const places = single.length > 0 ? single : several;
  const [only] = places;
  if (only === undefined) return { kind: 'not_found' };
  if (places.length === 1)
    return { kind: 'found', ...only, exact: text.original.slice(only.start, only.end) };
  return {
    kind: 'ambiguous',
    candidates: places.slice(0, MOST_CANDIDATES).map((place) => describe(text.original, place)),
  };
}

function distinct(ranges: readonly Range[]): Range[] {
  const byKey = new Map(ranges.map(({ start, end }) => [`${start} ${end}`, { start, end }]));
  return [...byKey.values()].toSorted((a, b) => a.start - b.start);
}

/** The places where a quotation fits best: one, several equally good ones (the first of them), or none. */
function placesOf(
  text: PreparedText,
  quote: TextQuoteSelector,
  positions: readonly Range[],
): readonly Range[] {
  if (fold(quote.exact).text.trim() === '') return [];
  const inText = bestPlaces(text.original, text.folded, {
    quote,
    exact: fold(quote.exact).text.trim(),
    positions,
  });
  if (inText.length > 0 || !text.original.includes('\n')) return inText;
  const joined = fold(quote.exact, { joinLines: true }).text.trim();
  return bestPlaces(text.original, fold(text.original, { joinLines: true }), {
    quote,
    exact: joined,
    positions,
  });
}

interface Search {
  readonly quote: TextQuoteSelector;
  readonly exact: string;
  readonly positions: readonly Range[];
}

/** Passes over the words' places, so that a million of them need no list: their count, the best fit, those that have it. */
function bestPlaces(original: string, folded: Folded, { quote, exact, positions }: Search): readonly Range[] {
  let count = 0;
  forEachOccurrence(folded.text, exact, () => {
    count += 1;
    return true;
  });
  const length = Math.max(LEAST_COMPARED, Math.floor(MOST_COMPARISONS / (count + 1)));
  const prefix = withoutSpace(quote.prefix ?? '').slice(-length);
  const suffix = withoutSpace(quote.suffix ?? '').slice(0, length);
  const fitAt = (at: number): number =>
    fitBefore(folded.text, at, prefix) + fitAfter(folded.text, at + exact.length, suffix);
  let best = -1;
  forEachOccurrence(folded.text, exact, (at) => {
    best = Math.max(best, fitAt(at));
    return true;
  });
  const isFull = best === Number(prefix !== '') + Number(suffix !== '');
  const equals: Range[] = [];
  const verbatim: Range[] = [];
  const positioned: Range[] = [];
  forEachOccurrence(folded.text, exact, (at) => {
    const fit = fitAt(at);
    if (isFull ? fit < best : best - fit >= DECISIVE) return true;
    const range = rangeOf(original, folded, quote.exact, { start: at, end: at + exact.length });
    if (equals.length < MOST_CANDIDATES) equals.push(range);
    if (verbatim.length < 2 && original.startsWith(quote.exact, range.start)) verbatim.push(range);
    if (positions.some((position) => position.start < range.end && range.start < position.end))
      positioned.push(range);
    return positioned.length < MOST_CANDIDATES * 20;
  });
  if (equals.length === 1) return equals;
  const atPosition = positioned.filter((range) =>
    positions.some((position) => position.start === range.start && position.end === range.end),
  );
  for (const choice of [atPosition, positioned, verbatim]) if (choice.length === 1) return choice;
  return equals;
}

/** Context is read whole where the words stand a few thousand times, and less of it where they stand a million times. */
const MOST_COMPARISONS = 2e7;
const LEAST_COMPARED = 24;

/** How much more of one side's context must be there for one place to win, where no place has all of it. */
const DECISIVE = 0.25;

/** What a side is worth where the text begins or ends within the context: more than a misfit, less than all of it. */
const CUT_OFF = 0.5;

function withoutSpace(context: string): string {
  return fold(context.slice(0, 4_000)).text.replaceAll(' ', '');
}

/** The share of the prefix that stands before `at`, from its near end. White space counts as nothing. */
function fitBefore(folded: string, at: number, prefix: string): number {
  if (prefix === '') return 0;
  let matched = 0;
  let left = at - 1;
  for (; left >= 0 && matched < prefix.length; left -= 1) {
    if (folded[left] === ' ') continue;
    if (folded[left] !== prefix[prefix.length - 1 - matched]) break;
    matched += 1;
  }
  return Math.max(left < 0 && matched > 0 ? CUT_OFF : 0, matched / prefix.length);
}

function fitAfter(folded: string, at: number, suffix: string): number {
  if (suffix === '') return 0;
  let matched = 0;
  let right = at;
  for (; right < folded.length && matched < suffix.length; right += 1) {
    if (folded[right] === ' ') continue;
    if (folded[right] !== suffix[matched]) break;
    matched += 1;
  }
  return Math.max(right === folded.length && matched > 0 ? CUT_OFF : 0, matched / suffix.length);
}

/** In the original, with the white space at the quotation's edges if it is there too. */
function rangeOf(original: string, folded: Folded, exact: string, { start, end }: Range): Range {
  const range = originalRange(original, folded, start, end);
  const from = range.start - (exact.length - exact.trimStart().length);
  const isVerbatim = from >= 0 && original.startsWith(exact, from);
  return isVerbatim ? wholeCharacters(original, { start: from, end: from + exact.length }) : range;
}

function describe(original: string, { start, end }: Range): SelectorCandidate {
  const from = Math.max(0, start - 32);
  const to = end + 32;
  return {
    start,
    end,
    exact: original.slice(start, end),
    prefix: original.slice(from, start),
    suffix: original.slice(end, to),
  };
}
