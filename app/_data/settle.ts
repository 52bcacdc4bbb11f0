/**
 * What the server's answer to a command makes of the records. The answer is the record as it is now; an event with
 * a newer one may have come first, and then stays.
 */
import type {
  AssignmentRecord,
  ClaimRecord,
  CommentRecord,
  EvidenceRecord,
  ReportRecord,
  ThreadRecord,
  VerdictRecord,
} from '#core/records.ts';
import type { Given } from './desk-command.ts';
import {
  changeClaimIn,
  putAssignment,
  putClaim,
  putComment,
  putEvidence,
  putThread,
  type DeskState,
} from './desk-state.ts';
import { withPending, type Me } from './optimism.ts';

/** `answer` is what our own API answered to exactly this command; null where it answers nothing. */
export function settle(state: DeskState, given: Given, answer: unknown, me: Me): DeskState {
  const { command } = given;
  if (given.reportId !== state.report.id) return state;
  switch (command.kind) {
    case 'add_claim':
    case 'change_claim':
    case 'move_claim':
    case 'restore_claim':
    case 'set_attribution':
    case 'review':
      return isRecord<ClaimRecord>(answer) ? putNewerClaim(state, answer) : state;
    case 'propose_verdict':
      return putVerdict(state, command.claimId, answer);
    case 'add_evidence':
    case 'change_evidence':
      return isRecord<EvidenceRecord>(answer) ? putEvidence(state, answer) : state;
    case 'assign':
      return isRecord<AssignmentRecord>(answer) ? putAssignment(state, answer) : state;
    case 'add_comment':
      return isRecord<CommentRecord>(answer) ? putNewComment(state, answer) : state;
    case 'change_comment':
    case 'react':
      return isRecord<CommentRecord>(answer) ? putComment(state, answer) : state;
    case 'open_thread':
    case 'set_thread_state':
      return isRecord<ThreadRecord>(answer) ? putThread(state, answer) : state;
    case 'change_report':
      return isRecord<ReportRecord>(answer) ? { ...state, report: answer } : state;
    case 'remove_claim':
    case 'remove_evidence':
    case 'remove_comment':
    case 'unassign':
    case 'decide_suggestion':
      // No record of ours is answered: what we expected has happened.
      return withPending(state, [given], me);
  }
}

function isRecord<T extends { id: string }>(answer: unknown): answer is T {
  return typeof answer === 'object' && answer !== null && 'id' in answer && typeof answer.id === 'string';
}

function putNewerClaim(state: DeskState, claim: ClaimRecord): DeskState {
  const known = state.claims.get(claim.id);
  return known !== undefined && known.updatedAt > claim.updatedAt ? state : putClaim(state, claim);
}

/** 200 answers the verdict; 409 verdict_conflict `{yours, theirs}`, and both stand. */
function putVerdict(state: DeskState, claimId: string, answer: unknown): DeskState {
  const { verdict, disputes } = verdictsIn(answer);
  if (verdict === null) return state;
  return changeClaimIn(state, claimId, (claim) => {
    const isKnown = claim.verdict?.id === verdict.id || claim.disputes.some((one) => one.id === verdict.id);
    const isOlder = claim.verdict !== null && claim.verdict.proposedAt > verdict.proposedAt;
    return isKnown || isOlder ? claim : { ...claim, verdict, disputes, status: 'in_review' };
  });
}

function verdictsIn(answer: unknown): { verdict: VerdictRecord | null; disputes: VerdictRecord[] } {
  if (isRecord<VerdictRecord>(answer)) return { verdict: answer, disputes: [] };
  if (typeof answer !== 'object' || answer === null) return { verdict: null, disputes: [] };
  const { yours, theirs } = answer as { yours?: unknown; theirs?: unknown };
  if (!isRecord<VerdictRecord>(yours)) return { verdict: null, disputes: [] };
  return {
    verdict: yours,
    disputes: Array.isArray(theirs) ? theirs.filter((one) => isRecord<VerdictRecord>(one)) : [],
  };
}

/** The first comment begins a thread that only its own event brings whole; until then it is made of what is known. */
function putNewComment(state: DeskState, comment: CommentRecord): DeskState {
  if (state.threads.has(comment.threadId)) return putComment(state, comment);
  return putThread(state, {
    id: comment.threadId,
    reportId: comment.reportId,
    claimId: comment.claimId,
    anchor: null,
    quote: null,
    state: 'open',
    resolvedBy: null,
    deskOnly: false,
    createdAt: comment.at,
    suggestion: null,
    comments: [comment],
  });
}
