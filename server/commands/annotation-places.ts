/** Where annotations stand in a text: the very words that their selectors name, else why not. */
import { setImmediate as aTurn } from 'node:timers/promises';
import { prepareText, type PreparedText, type Range } from '#core/anchor/fold.ts';
import { resolveSelector, type TextSelector } from '#core/anchor/selector.ts';
import { MAX_QUOTE_LENGTH } from '#core/limits.ts';
import type { ReadAnnotation, ReadTarget } from '#server/import/annotations/annotation.ts';

export type TargetPlace = { readonly range: Range } | { readonly reason: string };

/** Places of every target, in order. Lets others have a turn between them: a text may be long, and they may be many. */
export async function placesOf(
  text: string,
  annotations: readonly ReadAnnotation[],
): Promise<Map<ReadAnnotation, TargetPlace[]>> {
  const prepared = prepareText(text);
  const places = new Map<ReadAnnotation, TargetPlace[]>();
  for (const annotation of annotations) {
    await aTurn();
    places.set(
      annotation,
      annotation.targets.map((target) => placeOf(prepared, target)),
    );
  }
  return places;
}

function placeOf(text: PreparedText, { selector, reason }: ReadTarget): TargetPlace {
  if (selector === null) return { reason };
  if (selector.kind === 'words') return wordsAt(text, selector.selectors);
  const from = wordsAt(text, selector.from);
  const to = wordsAt(text, selector.to);
  if ('reason' in from) return from;
  if ('reason' in to) return to;
  // Up to the beginning of what ends it.
  const passage = text.original.slice(from.range.start, to.range.start).trimEnd();
  return marked(text, { start: from.range.start, end: from.range.start + passage.length });
}

function wordsAt(text: PreparedText, selectors: readonly TextSelector[]): TargetPlace {
  const telling = selectors.filter((one) => one.type !== 'TextQuoteSelector' || one.exact.trim() !== '');
  if (telling.length === 0) return { reason: 'Its quotation is empty.' };
  const found = resolveSelector(text, telling);
  switch (found.kind) {
    case 'found':
      return marked(text, found);
    case 'ambiguous':
      return { reason: `Its quotation fits ${found.candidates.length} places equally well.` };
    case 'not_found':
      return {
        reason: telling.some((one) => one.type === 'TextQuoteSelector')
          ? 'Its quotation is not in the text.'
          : 'Its position is not in the text.',
      };
  }
}

function marked(text: PreparedText, { start, end }: Range): TargetPlace {
  if (text.original.slice(start, end).trim() === '') return { reason: 'No words are at its place.' };
  return end - start > MAX_QUOTE_LENGTH
    ? { reason: `At most ${MAX_QUOTE_LENGTH.toLocaleString('en')} characters can be marked at once.` }
    : { range: { start, end } };
}
