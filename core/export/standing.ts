/**
 * How a verdict stands at the moment of an export. The state in the record is what people decided; standing is
 * what may be said to readers: a final verdict on words that have changed since, or past its hour, is stale,
 * whether or not somebody has marked it yet.
 */
import type { ClaimRecord, VerdictRecord } from '../records.ts';

export const verdictStandings = [
  'signed_off',
  'signed_off_alone',
  'disputed',
  'stale',
  'proposed',
  'changes_requested',
  'rejected',
  'imported',
  'withdrawn',
  'superseded',
] as const;
export type VerdictStanding = (typeof verdictStandings)[number];

export function standingOf(verdict: VerdictRecord, claim: ClaimRecord, at: string): VerdictStanding {
  switch (verdict.state) {
    case 'superseded':
    case 'withdrawn':
    case 'stale':
    case 'imported':
      return verdict.state;
    case 'proposed':
    case 'in_review':
      return openStanding(verdict);
    case 'final':
      return finalStanding(verdict, claim, at);
  }
}

function openStanding(verdict: VerdictRecord): VerdictStanding {
  const last = verdict.reviews.reduce<VerdictRecord['reviews'][number] | null>(
    (latest, review) => (latest === null || review.at >= latest.at ? review : latest),
    null,
  );
  if (last?.decision === 'request_changes') return 'changes_requested';
  return last?.decision === 'reject' ? 'rejected' : 'proposed';
}

function finalStanding(verdict: VerdictRecord, claim: ClaimRecord, at: string): VerdictStanding {
  const { state, exact } = claim.anchor;
  const hasNewWords = state === 'orphaned' || (state === 'edited' && exact !== verdict.words);
  const isPastItsHour = verdict.goodUntil !== null && Date.parse(verdict.goodUntil) <= Date.parse(at);
  if (verdict.stale !== null || hasNewWords || isPastItsHour || claim.status === 'needs_recheck')
    return 'stale';
  if (claim.disputes.length > 0) return 'disputed';
  return verdict.aloneReason !== null ||
    verdict.reviews.some((review) => review.alone && review.decision === 'approve')
    ? 'signed_off_alone'
    : 'signed_off';
}

/** Whether readers may take it as the desk's verdict. */
export function isFinal(standing: VerdictStanding): boolean {
  return standing === 'signed_off' || standing === 'signed_off_alone';
}
