/** From a selector to a place: what claims and threads on plain words have in common. */
import { describeQuote } from '#core/anchor/quote.ts';
import { makePlace } from '#core/anchor/place.ts';
import { resolveSelector } from '#core/anchor/selector.ts';
import type { SelectorInput } from '#core/commands.ts';
import { AppError } from '#core/errors.ts';
import { MAX_QUOTE_LENGTH } from '#core/limits.ts';
import type { AnchorRecord } from '#core/records.ts';
import type { EncodedPlace } from '#core/text/claim-entry.ts';
import { flatten } from '#core/text/flatten.ts';
import { BODY_ROOT } from '#core/text/schema.ts';
import type { Runtime } from '#server/runtime.ts';
import type { DocRef } from '#server/sync/rooms.ts';

export interface FoundPlace {
  quote: { exact: string; prefix: string; suffix: string; copies: number };
  anchor: AnchorRecord & { start: number; end: number; exact: string };
  place: EncodedPlace;
}

/** Finds the selector's words in the committed text. Throws anchor_not_found or anchor_ambiguous. */
export async function findPlace(runtime: Runtime, ref: DocRef, selector: SelectorInput): Promise<FoundPlace> {
  return runtime.rooms.read(ref, (doc) => {
    const flat = flatten(doc.getXmlFragment(BODY_ROOT));
    const found = resolveSelector(flat.text, selector);
    if (found.kind === 'not_found')
      throw new AppError(
        'anchor_not_found',
        'The quotation of the selector is not in the text of the report',
      );
    if (found.kind === 'ambiguous') {
      const places = found.candidates.length;
      throw new AppError(
        'anchor_ambiguous',
        `The quotation fits ${places} places equally well; add prefix, suffix or a TextPositionSelector`,
        { candidates: found.candidates },
      );
    }
    const { start, end, exact } = found;
    if (exact.trim() === '') throw new AppError('anchor_not_found', 'The selector holds no words');
    if (exact.length > MAX_QUOTE_LENGTH) {
      throw new AppError(
        'invalid_input',
        `selector: at most ${MAX_QUOTE_LENGTH} characters can be marked at once, this is ${exact.length}`,
      );
    }
    return {
      quote: describeQuote(flat.text, start, end),
      anchor: { start, end, exact, state: 'anchored', confidence: 1 },
      place: makePlace(flat, start, end),
    };
  });
}

/** The columns of claims and threads that keep where they were found last. */
export function anchorColumns(anchor: AnchorRecord) {
  return {
    anchorStart: anchor.start,
    anchorEnd: anchor.end,
    anchorExact: anchor.exact,
    anchorState: anchor.state,
    anchorConfidence: anchor.confidence,
  };
}
