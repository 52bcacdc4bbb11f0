/**
 * What the desk shows before the server has answered: the records, with every command that is still on its way
 * laid over them. Taking a refused command out of the list takes its effect back; nothing has to be undone.
 */
import type {
  AssignmentRecord,
  ClaimRecord,
  EvidenceRecord,
  MemberRecord,
  VerdictRecord,
} from '#core/records.ts';
import { afterReview } from '#core/domain/verdict.ts';
import type { DeskCommand, Given } from './desk-command.ts';
import {
  changeClaimIn,
  dropAssignment,
  dropEvidence,
  putAssignment,
  putClaim,
  putEvidence,
  without,
  type DeskState,
} from './desk-state.ts';
import { anchorOf, person, type Me } from './optimism-parts.ts';
import { layTalk } from './talk-optimism.ts';

export type { Me };

export function withPending(state: DeskState, pending: readonly Given[], me: Me): DeskState {
  return pending.reduce(
    (shown, given) => (given.reportId === state.report.id ? lay(shown, given, me) : shown),
    state,
  );
}

function lay(state: DeskState, { command, at, reportId }: Given, me: Me): DeskState {
  switch (command.kind) {
    case 'add_claim':
      return state.claims.has(command.claimId) ? state : putClaim(state, newClaim(command, reportId, at, me));
    case 'change_claim':
      return changeClaimIn(state, command.claimId, (claim) => changedClaim(claim, command.changes));
    case 'move_claim':
      return changeClaimIn(state, command.claimId, (claim) => ({
        ...claim,
        anchor: anchorOf(command.words),
      }));
    case 'remove_claim':
      return { ...state, claims: without(state.claims, command.claimId) };
    case 'restore_claim':
      return state;
    case 'set_attribution':
      return changeClaimIn(state, command.claimId, (claim) => ({
        ...claim,
        attribution: { state: command.state, note: command.note },
      }));
    case 'propose_verdict':
      return changeClaimIn(state, command.claimId, (claim) => judged(claim, command, at, me));
    case 'review':
      return changeClaimIn(state, command.claimId, (claim) => reviewed(claim, command, at, me));
    case 'add_evidence':
      return putEvidence(state, newEvidence(command, reportId, at, me));
    case 'change_evidence':
      return changeClaimIn(state, command.claimId, (claim) => ({
        ...claim,
        evidence: claim.evidence.map((one) =>
          one.id === command.evidenceId ? { ...one, ...definedOf(command.fields) } : one,
        ),
      }));
    case 'remove_evidence':
      return dropEvidence(state, command.claimId, command.evidenceId);
    case 'assign':
      return putAssignment(
        state,
        newAssignment(command, reportId, at, me, state.members.get(command.memberId)),
      );
    case 'unassign':
      return dropAssignment(state, command.claimId, command.assignmentId);
    case 'change_report':
      return { ...state, report: { ...state.report, ...command.changes } };
    default:
      return layTalk(state, command, reportId, at, me);
  }
}

function newClaim(
  command: Extract<DeskCommand, { kind: 'add_claim' }>,
  reportId: string,
  at: string,
  me: Me,
): ClaimRecord {
  const { exact, prefix, suffix } = command.words;
  return {
    id: command.claimId,
    reportId,
    quote: { exact, prefix, suffix },
    anchor: anchorOf(command.words),
    type: 'other',
    claimant: null,
    claimantRole: null,
    claimDate: null,
    place: null,
    priority: 'normal',
    status: command.suggested ? 'suggested' : 'open',
    dismissReason: null,
    tags: [],
    attribution: { state: 'unchecked', note: null },
    verdict: null,
    disputes: [],
    evidence: [],
    assignments: [],
    createdBy: person(me),
    createdAt: at,
    updatedAt: at,
  };
}

function changedClaim(
  claim: ClaimRecord,
  changes: Extract<DeskCommand, { kind: 'change_claim' }>['changes'],
): ClaimRecord {
  return { ...claim, ...definedOf(changes) };
}

/** The fields that are given; what is left out stays as it is. */
function definedOf<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

function judged(
  claim: ClaimRecord,
  command: Extract<DeskCommand, { kind: 'propose_verdict' }>,
  at: string,
  me: Me,
): ClaimRecord {
  const known = claim.verdict;
  // The event of this very verdict came before the answer.
  if (
    known !== null &&
    known.proposedBy.id === me.id &&
    known.rating === command.rating &&
    known.proposedAt >= at
  )
    return claim;
  const verdict: VerdictRecord = {
    id: `pending-${at}`,
    claimId: claim.id,
    rating: command.rating,
    label: command.label,
    summary: command.summary,
    rationale: '',
    words: claim.anchor.exact ?? claim.quote.exact,
    state: 'proposed',
    basis: command.basis,
    proposedBy: person(me),
    proposedAt: at,
    decidedAt: null,
    goodUntil: null,
    aloneReason: null,
    stale: null,
    reviews: [],
  };
  return { ...claim, verdict, status: 'in_review' };
}

function reviewed(
  claim: ClaimRecord,
  command: Extract<DeskCommand, { kind: 'review' }>,
  at: string,
  me: Me,
): ClaimRecord {
  if (claim.verdict === null || claim.verdict.id !== command.verdictId) return claim;
  const { decision, comment, reviewId } = command;
  const next = afterReview(decision);
  const review = {
    id: reviewId,
    verdictId: command.verdictId,
    reviewer: person(me),
    decision,
    comment,
    alone: false,
    at,
  };
  const verdict = {
    ...claim.verdict,
    state: next.verdict,
    reviews: [...claim.verdict.reviews.filter((one) => one.id !== reviewId), review],
  };
  return { ...claim, status: next.claim, verdict: next.verdict === 'withdrawn' ? null : verdict };
}

function newEvidence(
  command: Extract<DeskCommand, { kind: 'add_evidence' }>,
  reportId: string,
  at: string,
  me: Me,
): EvidenceRecord {
  const { title, url, publisher, publishedAt, kind, quote, stance, deskOnly } = command.fields;
  return {
    id: command.evidenceId,
    claimId: command.claimId,
    reportId,
    title,
    url: url ?? null,
    publisher: publisher ?? null,
    publishedAt: publishedAt ?? null,
    kind: kind ?? 'other',
    quote: quote ?? null,
    stance,
    deskOnly: deskOnly ?? false,
    addedBy: person(me),
    addedAt: at,
  };
}

function newAssignment(
  command: Extract<DeskCommand, { kind: 'assign' }>,
  reportId: string,
  at: string,
  me: Me,
  member: MemberRecord | undefined,
): AssignmentRecord {
  return {
    id: command.assignmentId,
    claimId: command.claimId,
    reportId,
    member: { id: command.memberId, name: member?.name ?? '' },
    role: command.role,
    status: 'assigned',
    dueAt: null,
    assignedBy: person(me),
    at,
  };
}
