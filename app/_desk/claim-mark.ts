/** How a claim looks in the text and in lists: which state, which tone, which words for those who do not see it. */
import type { Rating, RatingTone } from '#core/domain/rating-scale.ts';
import type { ClaimRecord } from '#core/records.ts';
import type { ClaimMark, ClaimMarkState } from '../_editor/marks.ts';
import { reportStrings as words } from '../_strings/en-report.ts';

/** A rated claim whose verdict nobody signed off is `proposed`, whatever its status says in between. */
export function markStateOf(claim: ClaimRecord): ClaimMarkState {
  if (claim.status === 'dismissed') return 'dismissed';
  if (claim.status === 'suggested') return 'suggested';
  if (claim.status === 'needs_recheck') return 'recheck';
  if (claim.verdict === null) return 'open';
  switch (claim.verdict.state) {
    case 'final':
      return 'decided';
    case 'stale':
      return 'recheck';
    case 'proposed':
    case 'in_review':
    case 'imported':
      return 'proposed';
    case 'superseded':
    case 'withdrawn':
      return 'open';
  }
}

export function toneOfClaim(claim: ClaimRecord, ratings: readonly Rating[]): RatingTone | null {
  const { verdict } = claim;
  if (verdict === null) return null;
  return ratings.find((rating) => rating.value === verdict.rating)?.tone ?? 'other';
}

export function markOf(claim: ClaimRecord, ratings: readonly Rating[]): ClaimMark {
  const { start, end, state } = claim.anchor;
  const isPlaced = start !== null && end !== null && state !== 'orphaned' && state !== 'ambiguous';
  const markState = markStateOf(claim);
  return {
    id: claim.id,
    state: markState,
    tone:
      markState === 'open' || markState === 'suggested' || markState === 'dismissed'
        ? null
        : toneOfClaim(claim, ratings),
    label: words.markLabel(words.markStates[markState], claim.verdict?.label ?? null),
    fallback: isPlaced ? { start, end } : null,
  };
}

/** The same mark object while nothing in it changed, so that the text redraws only what did. */
export class MarkCache {
  #known = new Map<string, ClaimMark>();
  #list: readonly ClaimMark[] = [];

  marksOf(claims: readonly ClaimRecord[], ratings: readonly Rating[]): readonly ClaimMark[] {
    const marks = claims.map((claim) => {
      const mark = markOf(claim, ratings);
      const known = this.#known.get(claim.id);
      return known !== undefined && isSame(known, mark) ? known : mark;
    });
    const isUnchanged =
      marks.length === this.#list.length && marks.every((mark, index) => mark === this.#list[index]);
    if (isUnchanged) return this.#list;
    this.#known = new Map(marks.map((mark) => [mark.id, mark]));
    this.#list = marks;
    return marks;
  }
}

function isSame(a: ClaimMark, b: ClaimMark): boolean {
  return (
    a.state === b.state &&
    a.tone === b.tone &&
    a.label === b.label &&
    a.fallback?.start === b.fallback?.start &&
    a.fallback?.end === b.fallback?.end
  );
}
