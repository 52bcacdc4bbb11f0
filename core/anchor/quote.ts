/**
 * Finds a quotation again in a text that has changed. Plan:
 *   1. all places of the same words (typography aside), weighed by what stands around them;
 *   2. unless one of them stands between its old neighbours: places of nearly the same words where the old
 *      neighbours or offsets are, for an identical copy elsewhere must not win over the edited original;
 *   3. if the words are nowhere: places of nearly the same words anywhere;
 *   4. the best must beat the runner-up by a margin and be sure on its own, else it is a question or nothing.
 * A wrong place is worse than none: what cannot be told apart is never answered as sure. The thresholds below were
 * set on generated edits (tests/core/anchor/scenarios.test.ts), where not one sure answer may be wrong.
 */
import { fitEdges } from './edges.ts';
import {
  isStrong,
  LEAST_CONTEXT,
  readQuote,
  weigh,
  type Candidate,
  type Quote,
  type Wanted,
} from './evidence.ts';
import { cutsPair, fold, forEachOccurrence, prepareText, type PreparedText, type Range } from './fold.ts';
import { findAnywhere, findAtOldPlace, findNeighbours, findSameWords, type Neighbours } from './search.ts';

export interface Reanchored {
  readonly start: number;
  readonly end: number;
  /** 0..1; from `SURE` up the place is sure, below it is a question to a person. */
  readonly confidence: number;
}

export const SURE = 0.5;

/** Points between the best and the runner-up without which they are equally good. */
const MARGIN = 0.1;
/** The words weigh more than the neighbours: an exact copy without them is worth 0.6, words half changed between both 0.7. */
const WORDS = 0.6;

/** What is known about the whole search. */
interface Facts {
  readonly wanted: Wanted;
  readonly count: number;
  readonly hasContext: boolean;
  readonly neighbours: Neighbours;
}

const unsought: Neighbours = { before: [], after: [], touch: false, remain: true };

/**
 * Where the quotation is now: offsets in UTF-16 units of `source`, with a confidence; null when it is not found.
 * Pass a prepared text when many quotations are looked for in one.
 */
export function reanchor(source: string | PreparedText, quote: Quote): Reanchored | null {
  const text = typeof source === 'string' ? prepareText(source) : source;
  const wanted = readQuote(quote, text);
  if (wanted === null) return null;
  const same = findSameWords(text, wanted);
  const exact = same.ranges.map(({ start, end }) => weigh(text, wanted, start, end));
  const hasContext = Math.max(wanted.prefix.length, wanted.suffix.length) >= LEAST_CONTEXT;
  const facts = { wanted, count: same.count, hasContext, neighbours: unsought };
  if (exact.some(standsAtHome)) return decide(exact, facts);
  const neighbours = findNeighbours(text, wanted);
  const changed = changedCandidates(text, wanted, neighbours, exact);
  return decide([...exact, ...changed], { ...facts, neighbours });
}

const HOME = 0.95;

/** The same words between the same neighbours, as far as those are known. */
function standsAtHome({ words, before, after, context, neighbour }: Candidate): boolean {
  return words === 1 && !neighbour && context !== null && (before ?? 1) >= HOME && (after ?? 1) >= HOME;
}

/** Candidates of changed words: where the old neighbours are, and if neither they nor the words help, anywhere. */
function changedCandidates(
  text: PreparedText,
  wanted: Wanted,
  neighbours: Neighbours,
  exact: readonly Candidate[],
): Candidate[] {
  const seen = new Set<string>();
  const weighAll = (ranges: readonly Range[]): Candidate[] => {
    const candidates: Candidate[] = [];
    for (const range of ranges) {
      if (exact.some((candidate) => overlap(candidate, range))) continue;
      const { start, end } = fitEdges(text.folded.text, wanted, range, neighbours);
      if (seen.has(`${start} ${end}`)) continue;
      seen.add(`${start} ${end}`);
      const candidate = weigh(text, wanted, start, end);
      if (!candidate.neighbour) candidates.push(candidate);
    }
    return candidates;
  };
  const near = weighAll(findAtOldPlace(text, wanted, neighbours));
  const isSettled =
    exact.length > 0 || near.some(({ words, context }) => words >= 0.75 && (context ?? 0) >= 0.75);
  return isSettled ? near : near.concat(weighAll(findAnywhere(text, wanted)));
}

/** Whether two ranges share most of the shorter one. */
function overlap(a: Range, b: Range): boolean {
  const shared = Math.min(a.end, b.end) - Math.max(a.start, b.start);
  return shared * 2 > Math.min(a.end - a.start, b.end - b.start);
}

function score({ words, context }: Candidate): number {
  return WORDS * words + (1 - WORDS) * (context ?? 0.5);
}

/** Compares the candidates and answers with the best, if it is one. */
function decide(candidates: readonly Candidate[], facts: Facts): Reanchored | null {
  const ranked = candidates.toSorted(
    (a, b) => score(b) - score(a) || Number(b.verbatim) - Number(a.verbatim),
  );
  for (const [index, best] of ranked.entries()) {
    const alone = judge(best, facts);
    if (alone === null) continue;
    const equals = ranked.filter(
      (other) => other !== best && isRival(best, other) && score(best) - score(other) < MARGIN,
    );
    const outdone = index > 0 && ranked.slice(0, index).some((other) => isRival(best, other));
    if (equals.length === 0 && !outdone) return answer(best, alone);
    const chosen = equals.length === 0 ? null : breakTie([best, ...equals], facts);
    if (chosen === null || outdone) return answer(best, Math.min(alone, 0.4));
    return answer(chosen.candidate, Math.min(chosen.confidence, judge(chosen.candidate, facts) ?? 0));
  }
  return null;
}

function isRival(best: Candidate, other: Candidate): boolean {
  return best.words === 1 && other.words === 1 ? best.start !== other.start : !overlap(best, other);
}

function answer({ range }: Candidate, confidence: number): Reanchored {
  return { start: range.start, end: range.end, confidence: Math.round(confidence * 1000) / 1000 };
}

/** How sure one candidate is by itself; null when it is not worth asking about. */
function judge(candidate: Candidate, facts: Facts): number | null {
  const { wanted } = facts;
  const strong = [isStrong(candidate.before, wanted.prefix), isStrong(candidate.after, wanted.suffix)];
  const known = [wanted.prefix, wanted.suffix].filter((context) => context.length >= LEAST_CONTEXT).length;
  const sides = strong.filter(Boolean).length;
  const isFramed = sides === known && sides > 0;
  if (candidate.words === 1 && candidate.numbers) return judgeSame(candidate, facts, isFramed ? 2 : sides);
  return judgeChanged(candidate, facts, sides, isFramed);
}

/** Long enough not to be there by chance. */
const SPECIFIC = 20;
/** So long that a second one, unknown to us, is unlikely. */
const WHOLE_SENTENCE = 40;

/**
 * The same words. Between old neighbours they are sure; without any it matters how often they were there: if a copy
 * is gone it may have been the one, and where the neighbours touch, what stood between was taken out.
 */
function judgeSame(
  { context, neighbour }: Candidate,
  { wanted, count, hasContext, neighbours: { touch, remain } }: Facts,
  strongSides: number,
): number | null {
  const { copies, exact } = wanted;
  const isSpecific = exact.length >= SPECIFIC;
  if (!hasContext) return isSpecific ? 0.8 : 0.6;
  if (neighbour && copies !== 1) return 0.4;
  const isCopyGone = copies !== null && count < copies;
  if (isCopyGone && strongSides < 2) return touch ? null : 0.4;
  if (strongSides === 2 || (strongSides === 1 && (isSpecific || copies !== null)))
    return 0.8 + 0.2 * (context ?? 0);
  if (count > 1) return 0.4;
  if (copies === null) return exact.length >= WHOLE_SENTENCE && !remain ? 0.55 : 0.4;
  return isSpecific ? 0.7 : touch ? 0.35 : 0.55;
}

/** With both neighbours a half-changed sentence is sure, with one it must be three quarters alike, with none almost whole. */
function judgeChanged(
  candidate: Candidate,
  facts: Facts,
  strongSides: number,
  isFramed: boolean,
): number | null {
  const { words, context, numbers } = candidate;
  const isBetween = strongSides === 2;
  if (!numbers) return isFramed && words >= 0.5 ? 0.4 : null;
  const confidence = 0.5 + 0.25 * words + 0.2 * (context ?? 0);
  if (isBetween) return words >= 0.5 ? confidence : words >= 0.4 ? 0.35 : null;
  if (strongSides === 1) return words >= 0.75 ? confidence : words >= 0.5 ? 0.35 : null;
  if (facts.hasContext) return words >= 0.8 ? 0.4 : null;
  const isSpecific = facts.wanted.exact.length >= 1.5 * SPECIFIC;
  return words >= 0.9 && isSpecific ? 0.55 : words >= 0.7 ? 0.35 : null;
}

/**
 * Among equally good places: the one that is the same to the character, if the others are only variants; else the
 * one where it stood before, if no words came or went; else one that is far nearer to that than all the others,
 * for how far a text shifted is not known.
 */
function breakTie(
  equals: readonly Candidate[],
  { wanted, count }: Facts,
): { candidate: Candidate; confidence: number } | null {
  const verbatim = equals.filter((candidate) => candidate.verbatim);
  const [only] = verbatim;
  if (
    only !== undefined &&
    verbatim.length === 1 &&
    equals.every((other) => (other.context ?? 0) <= (only.context ?? 0) + 0.02)
  ) {
    return { candidate: only, confidence: 0.7 };
  }
  const { start } = wanted;
  if (start === null || (wanted.copies !== null && wanted.copies !== count)) return null;
  const away = (candidate: Candidate): number => Math.abs(candidate.range.start - start);
  const [nearest, next] = equals.toSorted((a, b) => away(a) - away(b));
  if (nearest === undefined || next === undefined || !nearest.numbers || nearest.words < 1) return null;
  if (away(nearest) === 0) return { candidate: nearest, confidence: 0.8 };
  const isFarNearer = away(next) - away(nearest) >= 2_000 && away(nearest) * 8 <= away(next);
  return isFarNearer ? { candidate: nearest, confidence: 0.6 } : null;
}

export interface QuoteDescription {
  readonly exact: string;
  readonly prefix: string;
  readonly suffix: string;
  readonly copies: number;
}

/** Units of context kept on either side. */
export const CONTEXT_LENGTH = 32;

/** What to keep of the words at [start, end) so that they can be found again: they, 32 units either side, and how often they are there. */
export function describeQuote(source: string | PreparedText, start: number, end: number): QuoteDescription {
  const text = typeof source === 'string' ? prepareText(source) : source;
  const { original, folded } = text;
  const from = Math.max(0, start - CONTEXT_LENGTH);
  const to = Math.min(original.length, end + CONTEXT_LENGTH);
  const exact = original.slice(start, end);
  let copies = 0;
  forEachOccurrence(folded.text, fold(exact).text.trim(), () => {
    copies += 1;
    return true;
  });
  return {
    exact,
    prefix: original.slice(cutsPair(original, from) ? from + 1 : from, start),
    suffix: original.slice(end, cutsPair(original, to) ? to - 1 : to),
    copies: Math.max(1, copies),
  };
}
