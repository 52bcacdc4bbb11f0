/** What a claim asks of the person who looks at it. The card shows this first. */
import { can } from '#core/domain/roles.ts';
import { isOpenForReview } from '#core/domain/verdict.ts';
import type { ClaimRecord } from '#core/records.ts';
import type { Viewer } from './claim-filters.ts';

export type VerdictAsk =
  /** A commenter's claim waits to be taken in. */
  | 'accept'
  /** Nobody has rated it. */
  | 'rate'
  /** A proposal that I may sign off as a second person. */
  | 'review'
  /** My own proposal: somebody else signs it off; an owner can alone. */
  | 'own'
  | 'own_alone'
  /** I asked for changes: it is the proposer's turn. */
  | 'changes_asked'
  /** The words changed under the verdict. */
  | 'stale'
  | 'settle'
  | 'decided'
  | 'dismissed'
  /** I may only read. */
  | 'none';

export function askOf(claim: ClaimRecord, viewer: Viewer): VerdictAsk {
  if (claim.status === 'dismissed') return 'dismissed';
  if (!can(viewer.role, 'verdict.propose')) return 'none';
  if (claim.status === 'suggested') return 'accept';
  if (claim.disputes.length > 0) return 'settle';
  const { verdict } = claim;
  if (verdict === null) return 'rate';
  if (claim.status === 'needs_recheck') return 'stale';
  // Somebody checks it again: the old verdict is only remembered.
  if (verdict.state === 'stale' || (verdict.state === 'final' && claim.status !== 'decided')) return 'rate';
  if (verdict.state === 'final') return 'decided';
  if (!isOpenForReview(verdict.state)) return 'rate';
  if (verdict.proposedBy.id === viewer.id) {
    return can(viewer.role, 'verdict.sign_alone') ? 'own_alone' : 'own';
  }
  const last = verdict.reviews.at(-1);
  const isAnswered =
    verdict.state === 'in_review' && last?.decision === 'request_changes' && last.reviewer.id === viewer.id;
  return isAnswered ? 'changes_asked' : 'review';
}
