/**
 * The filters of the report's rail. One number means one thing everywhere: a count is the length of the list that
 * its filter shows.
 */
import { allowReview, isOpenForReview } from '#core/domain/verdict.ts';
import type { Role } from '#core/domain/words.ts';
import type { ClaimCounts, ClaimRecord } from '#core/records.ts';

export const claimFilters = [
  'all',
  'mine',
  'left',
  'awaiting',
  'recheck',
  'unplaced',
  'suggested',
  'dismissed',
] as const;
export type ClaimFilter = (typeof claimFilters)[number];

export interface Viewer {
  readonly id: string;
  readonly role: Role;
}

export function filterNamed(name: string | null): ClaimFilter {
  return claimFilters.find((one) => one === name) ?? 'all';
}

/** Dismissed claims are shown only by their own filter. */
export function fits(claim: ClaimRecord, filter: ClaimFilter, viewer: Viewer): boolean {
  if (filter === 'dismissed') return claim.status === 'dismissed';
  if (filter === 'suggested') return claim.status === 'suggested';
  if (claim.status === 'dismissed') return false;
  switch (filter) {
    case 'all':
      return true;
    case 'mine':
      return isMine(claim, viewer);
    case 'left':
      return isLeft(claim);
    case 'awaiting':
      return awaitsMe(claim, viewer);
    case 'recheck':
      return claim.status === 'needs_recheck';
    case 'unplaced':
      return isUnplaced(claim);
  }
}

/** Assigned to me; without an assignment, made by me. */
function isMine(claim: ClaimRecord, viewer: Viewer): boolean {
  const active = claim.assignments.filter((one) => one.status !== 'declined');
  if (active.length > 0) return active.some((one) => one.member.id === viewer.id);
  return claim.createdBy.id === viewer.id;
}

function isLeft(claim: ClaimRecord): boolean {
  return claim.status !== 'decided' && claim.status !== 'suggested';
}

/** A verdict that I may sign off as a second person. Whether I wrote in its rationale only the server knows. */
export function awaitsMe(claim: ClaimRecord, viewer: Viewer): boolean {
  const { verdict } = claim;
  // A disagreement is settled first.
  if (claim.disputes.length > 0) return false;
  if (verdict === null || verdict.proposedBy.id === null || !isOpenForReview(verdict.state)) return false;
  // Whoever asked for changes waits for a new proposal.
  if (verdict.state === 'in_review' && verdict.reviews.at(-1)?.reviewer.id === viewer.id) return false;
  const read = { state: verdict.state, proposedBy: verdict.proposedBy.id, rationaleAuthors: [] };
  return (
    allowReview(read, { memberId: viewer.id, role: viewer.role }, 'approve', null).kind === 'second_person'
  );
}

export function isUnplaced(claim: ClaimRecord): boolean {
  return claim.anchor.state === 'orphaned' || claim.anchor.state === 'ambiguous';
}

export function countByFilter(claims: Iterable<ClaimRecord>, viewer: Viewer): Record<ClaimFilter, number> {
  const counts: Record<ClaimFilter, number> = {
    all: 0,
    mine: 0,
    left: 0,
    awaiting: 0,
    recheck: 0,
    unplaced: 0,
    suggested: 0,
    dismissed: 0,
  };
  for (const claim of claims)
    for (const filter of claimFilters) if (fits(claim, filter, viewer)) counts[filter] += 1;
  return counts;
}

/** What the bar and "7 of 12 decided" show: claims that count, which suggestions and dismissed ones do not. */
export function progressOf(claims: Iterable<ClaimRecord>): ClaimCounts {
  const byRating: Record<string, number> = {};
  let [total, decided, needsRecheck, awaitingReview] = [0, 0, 0, 0];
  for (const claim of claims) {
    if (claim.status === 'dismissed' || claim.status === 'suggested') continue;
    total += 1;
    if (claim.status === 'needs_recheck') needsRecheck += 1;
    if (claim.status === 'in_review') awaitingReview += 1;
    if (claim.status !== 'decided' || claim.verdict === null) continue;
    decided += 1;
    byRating[claim.verdict.rating] = (byRating[claim.verdict.rating] ?? 0) + 1;
  }
  return { total, decided, needsRecheck, awaitingReview, byRating };
}

/** In the order of the text; what has no place comes last, in the order in which it was made. */
export function inTextOrder(claims: Iterable<ClaimRecord>): ClaimRecord[] {
  return [...claims].toSorted(
    (a, b) =>
      compareNumbers(placeOf(a), placeOf(b)) ||
      (a.anchor.end ?? 0) - (b.anchor.end ?? 0) ||
      (a.createdAt < b.createdAt ? -1 : a.createdAt > b.createdAt ? 1 : 0),
  );
}

function placeOf(claim: ClaimRecord): number {
  return isUnplaced(claim) ? Infinity : (claim.anchor.start ?? Infinity);
}

/** Infinity minus itself is no number. */
function compareNumbers(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
