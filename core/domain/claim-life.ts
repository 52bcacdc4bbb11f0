/**
 * Which state of a claim a person may set by hand. `in_review`, `decided` and `needs_recheck` follow from
 * verdicts, reviews and edits of the words; only "check again" on a decided claim is a person's word.
 */
import type { ClaimStatus } from './words.ts';

const byHand: Record<ClaimStatus, readonly ClaimStatus[]> = {
  suggested: ['open', 'in_progress', 'dismissed'],
  open: ['in_progress', 'dismissed'],
  in_progress: ['open', 'dismissed'],
  in_review: ['open', 'in_progress', 'dismissed'],
  decided: ['needs_recheck', 'dismissed'],
  needs_recheck: ['in_progress', 'dismissed'],
  dismissed: ['open'],
};

export function maySetStatus(from: ClaimStatus, to: ClaimStatus): boolean {
  return from === to || byHand[from].includes(to);
}
