/**
 * A claim's place in the shared document: a pair of relative positions, and what to make of them now.
 * The positions come first and the quotation second: positions keep to the very characters that were marked, while
 * the same words may stand in several places. But an editor that moves or rewrites a paragraph makes new characters,
 * so where the words between the positions changed, the quotation is asked too.
 */
import * as Y from 'yjs';
import type { AnchorState } from '#core/domain/words.ts';
import { toOffset, toRelative, type FlatText } from '#core/text/flatten.ts';
import type { Quote } from './evidence.ts';
import { fold, prepareText, type PreparedText, type Range } from './fold.ts';
import { reanchor, SURE, type Reanchored } from './quote.ts';

/** Encoded relative positions, as they are kept in the document and in rows. */
export interface EncodedRange {
  readonly start: Uint8Array;
  readonly end: Uint8Array;
}

/** Positions of a text range such that what is typed at its edges stays outside. */
export function makePlace(
  flat: FlatText,
  start: number,
  end: number,
): { start: Uint8Array; end: Uint8Array } {
  return {
    start: Y.encodeRelativePosition(toRelative(flat, start, 0)),
    end: Y.encodeRelativePosition(toRelative(flat, end, -1)),
  };
}

export type ResolvedPlace =
  | {
      readonly state: Exclude<AnchorState, 'orphaned'>;
      readonly start: number;
      readonly end: number;
      readonly exact: string;
      readonly confidence: number;
    }
  | {
      readonly state: 'orphaned';
      readonly start: null;
      readonly end: null;
      readonly exact: null;
      readonly confidence: 0;
    };

const orphaned: ResolvedPlace = { state: 'orphaned', start: null, end: null, exact: null, confidence: 0 };

/**
 * What stands at the claim's place now. Positions that are damaged or unknown count as none; only then
 * `quote.start`, where the claim was last seen, is used.
 */
export function resolvePlace(
  flat: FlatText,
  ydoc: Y.Doc,
  place: EncodedRange | null,
  quote: Quote,
): ResolvedPlace {
  const start = place === null ? null : offsetNow(flat, ydoc, place.start);
  const end = place === null ? null : offsetNow(flat, ydoc, place.end);
  if (start === null || end === null) return fromSearch(flat, quote, start ?? end);
  if (end > start && flat.text.slice(start, end) === quote.exact)
    return placed(flat, 'anchored', { start, end }, 1);
  if (end <= start || !hasWords(flat.text.slice(start, end), quote.exact))
    return fromSearch(flat, quote, Math.min(start, end));
  return fromChanged(flat, { start, end }, quote);
}

/** Where an encoded position is in the text now; null when it is damaged, or in nothing that this text knows. */
export function offsetNow(flat: FlatText, ydoc: Y.Doc, encoded: Uint8Array): number | null {
  const position = decode(encoded);
  return position === null ? null : toOffset(flat, ydoc, position);
}

/** Null for bytes that are no position: the row or the entry is damaged, and the quotation still finds the claim. */
function decode(encoded: Uint8Array): Y.RelativePosition | null {
  try {
    const position = Y.decodeRelativePosition(encoded);
    return position.item === null && position.tname === null && position.type === null ? null : position;
  } catch {
    return null;
  }
}

/** Whether any letter or digit of a quotation that has some is left. */
function hasWords(text: string, exact: string): boolean {
  const word = /[\p{L}\p{N}]/u;
  return text.trim() !== '' && (word.test(text) || !word.test(exact));
}

/**
 * The words changed where they stood, unless the very words are surely to be found: elsewhere, then those here are
 * others; or around what is left here, since undoing a deletion makes new characters beside the old.
 */
function fromChanged(flat: FlatText, range: Range, quote: Quote): ResolvedPlace {
  const found = reanchor(prepared(flat), { ...quote, start: range.start, end: range.end });
  const isFound =
    found !== null &&
    found.confidence >= SURE &&
    isVariant(flat.text.slice(found.start, found.end), quote.exact);
  if (!isFound) return placed(flat, 'edited', range, 1);
  const isHere = found.start < range.end && range.start < found.end;
  return isHere ? atHome(flat, found, quote, 1) : placed(flat, 'moved', found, found.confidence);
}

function fromSearch(flat: FlatText, quote: Quote, near: number | null): ResolvedPlace {
  const hint = near === null ? {} : { start: near, end: near + quote.exact.length };
  const found = reanchor(prepared(flat), { ...quote, ...hint });
  if (found === null) return orphaned;
  if (found.confidence < SURE) return placed(flat, 'ambiguous', found, found.confidence);
  const isHere = near === null ? isUnmoved(found, quote) : found.start <= near && near <= found.end;
  return isHere
    ? atHome(flat, found, quote, found.confidence)
    : placed(flat, 'moved', found, found.confidence);
}

/** A block that became a heading has new characters: the same offset between the same neighbours is the same place. */
function isUnmoved(found: Reanchored, quote: Quote): boolean {
  return found.start === quote.start && found.confidence >= 0.95;
}

/** Written anew where they stood: the very words, or others in their place. */
function atHome(flat: FlatText, range: Range, quote: Quote, confidence: number): ResolvedPlace {
  return placed(
    flat,
    flat.text.slice(range.start, range.end) === quote.exact ? 'anchored' : 'edited',
    range,
    confidence,
  );
}

function placed(
  flat: FlatText,
  state: Exclude<AnchorState, 'orphaned'>,
  { start, end }: Range,
  confidence: number,
): ResolvedPlace {
  return { state, start, end, exact: flat.text.slice(start, end), confidence };
}

/** The same but for typography. */
function isVariant(text: string, exact: string): boolean {
  return text === exact || fold(text).text.trim() === fold(exact).text.trim();
}

const preparedTexts = new WeakMap<FlatText, PreparedText>();

/** One reading serves all claims of a report. */
function prepared(flat: FlatText): PreparedText {
  const known = preparedTexts.get(flat);
  if (known !== undefined) return known;
  const made = prepareText(flat.text);
  preparedTexts.set(flat, made);
  return made;
}
