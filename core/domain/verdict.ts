/**
 * The life of a verdict and what it does to its claim. A verdict is never changed, only superseded; a second
 * person signs it off: nobody who proposed it or wrote in its rationale. Rules VD1.. of docs/SPEC.md.
 *
 *   proposed ──approve──▶ final ──words edited──▶ stale
 *      │ └─request changes─▶ in_review ──approve──▶ final
 *      └──reject──▶ withdrawn          any of them ──a newer one──▶ superseded
 */
import type { ClaimStatus, ReviewDecision, Role, VerdictState } from './words.ts';
import { can } from './roles.ts';

export interface ReviewedVerdict {
  readonly state: VerdictState;
  readonly proposedBy: string;
  readonly rationaleAuthors: readonly string[];
}

export interface Reviewer {
  readonly memberId: string;
  readonly role: Role;
}

export type ReviewAllowance =
  | { kind: 'second_person' }
  /** An owner who works alone; the reason goes into every export. */
  | { kind: 'alone'; reason: string }
  | { kind: 'refused'; code: 'own_verdict' | 'own_rationale' | 'forbidden' | 'verdict_not_open' };

/** Whether this person may give this decision on this verdict. `comment` is an owner's reason when alone. */
export function allowReview(
  verdict: ReviewedVerdict,
  reviewer: Reviewer,
  decision: ReviewDecision,
  comment: string | null,
): ReviewAllowance {
  if (!can(reviewer.role, 'verdict.review')) return { kind: 'refused', code: 'forbidden' };
  if (!isOpenForReview(verdict.state)) return { kind: 'refused', code: 'verdict_not_open' };
  const own = ownPart(verdict, reviewer.memberId);
  if (own === null) return { kind: 'second_person' };
  const mayStandAlone = decision === 'approve' && can(reviewer.role, 'verdict.sign_alone');
  if (mayStandAlone && comment !== null && comment.trim() !== '') return { kind: 'alone', reason: comment };
  return { kind: 'refused', code: own };
}

function ownPart(verdict: ReviewedVerdict, memberId: string): 'own_verdict' | 'own_rationale' | null {
  if (verdict.proposedBy === memberId) return 'own_verdict';
  return verdict.rationaleAuthors.includes(memberId) ? 'own_rationale' : null;
}

export function isOpenForReview(state: VerdictState): boolean {
  return state === 'proposed' || state === 'in_review';
}

/**
 * What a review makes of the verdict and of its claim. `others` are the states of the verdicts that stand beside it:
 * where a disagreement ends by turning one down, the claim is where the other one has it.
 */
export function afterReview(
  decision: ReviewDecision,
  others: readonly VerdictState[] = [],
): { verdict: VerdictState; claim: ClaimStatus } {
  switch (decision) {
    case 'approve':
      return { verdict: 'final', claim: 'decided' };
    case 'request_changes':
      return { verdict: 'in_review', claim: others.includes('proposed') ? 'in_review' : 'in_progress' };
    case 'reject':
      return { verdict: 'withdrawn', claim: claimUnder(others) };
  }
}

function claimUnder(standing: readonly VerdictState[]): ClaimStatus {
  if (standing.includes('proposed')) return 'in_review';
  if (standing.includes('final')) return 'decided';
  return standing.includes('stale') ? 'needs_recheck' : 'in_progress';
}

export interface StandingVerdict {
  readonly id: string;
  readonly state: VerdictState;
  readonly proposedBy: string;
}

/**
 * What a new verdict does to those that stand. It replaces the one it names as its basis, the proposer's own and
 * those that no longer count (stale, imported). Another person's stays beside it: a disagreement to settle.
 */
export function placeVerdict(
  standing: readonly StandingVerdict[],
  proposer: string,
  basis: string | null,
): { superseded: string[]; disputed: string[] } {
  const settles = basis !== null && standing.at(-1)?.id === basis;
  const superseded: string[] = [];
  const disputed: string[] = [];
  for (const verdict of standing) {
    const ownOrPast =
      verdict.proposedBy === proposer || verdict.state === 'stale' || verdict.state === 'imported';
    if (settles || ownOrPast) superseded.push(verdict.id);
    else disputed.push(verdict.id);
  }
  return { superseded, disputed };
}

/** States that count as somebody's present opinion. */
export function isStanding(state: VerdictState): boolean {
  return state !== 'superseded' && state !== 'withdrawn';
}
