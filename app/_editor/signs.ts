/**
 * The small sign after a claim's words: what was decided is told by shape and word first, by colour second.
 * Drawn in a 24 × 24 box with a stroke; the same paths serve the editor's widgets and the server-rendered text.
 */
import type { RatingTone } from '#core/domain/rating-scale.ts';
import type { ClaimMarkState } from './marks.ts';

export interface Sign {
  readonly paths: readonly string[];
  /** The circle around it; a proposal's is broken. */
  readonly circle: 'whole' | 'broken' | 'none';
}

/** The same signs as on the cards (app/_ui/verdict.tsx), simple enough for the size of a letter. */
const decided: Readonly<Record<RatingTone, Sign>> = {
  true: { paths: ['m8.5 12.2 2.4 2.4 4.6-5'], circle: 'whole' },
  'mostly-true': { paths: ['m8 11.2 3.4 3.4L21.5 4.5', 'M21.3 10.4a9.5 9.5 0 1 1-4.2-6.4'], circle: 'none' },
  half: { paths: ['M12 17.5a5.5 5.5 0 0 0 0-11Z'], circle: 'whole' },
  'mostly-false': { paths: ['m9 15 6-6'], circle: 'whole' },
  false: { paths: ['m9 9 6 6', 'm15 9-6 6'], circle: 'whole' },
  other: { paths: ['M12 7.5v5', 'M12 16.2v.1'], circle: 'whole' },
};
const proposed: Sign = { paths: [], circle: 'broken' };
const again: Sign = { paths: ['M20 12a8 8 0 1 1-2.6-5.9', 'M20.5 3.5V8H16'], circle: 'none' };

/** Null for a claim that has nothing to tell after its words (open, suggested, dismissed). */
export function signOf(state: ClaimMarkState, tone: RatingTone | null): Sign | null {
  if (state === 'recheck') return again;
  if (state === 'proposed') return proposed;
  if (state === 'decided') return decided[tone ?? 'other'];
  return null;
}

/** The class names of a claim's highlight, without those of its lane and of being looked at. */
export function highlightClass(state: ClaimMarkState, tone: RatingTone | null): string {
  const isRated = state === 'decided' || state === 'proposed' || state === 'recheck';
  return isRated ? `hl hl-${state} tone-${tone ?? 'other'}` : `hl hl-${state}`;
}

export const SIGN_CIRCLE = { cx: 12, cy: 12, r: 9.5, broken: '4.2 3.26' } as const;
/** Keeps the sign on the line of the last word. */
export const WORD_JOINER = '\u2060';
