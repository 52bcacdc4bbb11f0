/**
 * The records of one report as the server knows them, and how an event changes them. Pure. An event carries the
 * changed record whole, so putting it in place twice, or after a newer load, does no harm.
 */
import type { EventEnvelope, RecordEvent } from '#core/events.ts';
import type {
  AssignmentRecord,
  ClaimRecord,
  CommentRecord,
  EvidenceRecord,
  MemberRecord,
  ReportRecord,
  ThreadRecord,
} from '#core/records.ts';

export interface DeskState {
  readonly report: ReportRecord;
  readonly claims: ReadonlyMap<string, ClaimRecord>;
  readonly threads: ReadonlyMap<string, ThreadRecord>;
  readonly members: ReadonlyMap<string, MemberRecord>;
  /** Set when the report was deleted under our eyes. */
  readonly removed: boolean;
}

/** An event of another report, or of none that the desk shows, changes nothing. */
export function applyEvent(state: DeskState, event: RecordEvent): DeskState {
  if (!concerns(state, event.payload)) return state;
  switch (event.name) {
    case 'report.imported':
    case 'report.changed':
      return { ...state, report: event.payload.report };
    case 'report.removed':
      return { ...state, removed: true };
    case 'claim.added':
    case 'claim.changed':
    case 'claim.judged':
    case 'claim.reviewed':
      return putClaim(state, event.payload.claim);
    case 'claim.removed':
      return { ...state, claims: without(state.claims, event.payload.claimId) };
    case 'evidence.added':
    case 'evidence.changed':
      return putEvidence(state, event.payload.evidence);
    case 'evidence.removed':
      return dropEvidence(state, event.payload.claimId, event.payload.evidenceId);
    case 'assignment.added':
    case 'assignment.changed':
      return putAssignment(state, event.payload.assignment);
    case 'assignment.removed':
      return dropAssignment(state, event.payload.claimId, event.payload.assignmentId);
    case 'thread.opened':
    case 'thread.changed':
    case 'thread.resolved':
    case 'thread.reopened':
      return putThread(state, event.payload.thread);
    case 'comment.added':
    case 'comment.edited':
    case 'comment.removed':
    case 'comment.reacted':
      return putComment(state, event.payload.comment);
    case 'member.joined':
    case 'member.changed':
      return { ...state, members: new Map(state.members).set(event.payload.member.id, event.payload.member) };
    case 'member.left':
      return { ...state, members: without(state.members, event.payload.memberId) };
    case 'checkpoint.added':
    case 'workspace.changed':
    case 'notification.added':
    case 'notification.read':
      return state;
  }
}

function concerns(state: DeskState, { reportId }: EventEnvelope): boolean {
  return reportId === null || reportId === state.report.id;
}

export function putClaim(state: DeskState, claim: ClaimRecord): DeskState {
  return { ...state, claims: new Map(state.claims).set(claim.id, claim) };
}

export function changeClaimIn(
  state: DeskState,
  claimId: string,
  change: (claim: ClaimRecord) => ClaimRecord,
): DeskState {
  const claim = state.claims.get(claimId);
  return claim === undefined ? state : putClaim(state, change(claim));
}

export function putEvidence(state: DeskState, evidence: EvidenceRecord): DeskState {
  return changeClaimIn(state, evidence.claimId, (claim) => ({
    ...claim,
    evidence: upsert(claim.evidence, evidence),
  }));
}

export function dropEvidence(state: DeskState, claimId: string, evidenceId: string): DeskState {
  return changeClaimIn(state, claimId, (claim) => ({
    ...claim,
    evidence: claim.evidence.filter((one) => one.id !== evidenceId),
  }));
}

export function putAssignment(state: DeskState, assignment: AssignmentRecord): DeskState {
  return changeClaimIn(state, assignment.claimId, (claim) => ({
    ...claim,
    assignments: upsert(claim.assignments, assignment),
  }));
}

export function dropAssignment(state: DeskState, claimId: string, assignmentId: string): DeskState {
  return changeClaimIn(state, claimId, (claim) => ({
    ...claim,
    assignments: claim.assignments.filter((one) => one.id !== assignmentId),
  }));
}

export function putThread(state: DeskState, thread: ThreadRecord): DeskState {
  return { ...state, threads: new Map(state.threads).set(thread.id, thread) };
}

/** A comment whose thread is not known yet waits for the event that brings the thread, with the comment in it. */
export function putComment(state: DeskState, comment: CommentRecord): DeskState {
  const thread = state.threads.get(comment.threadId);
  return thread === undefined
    ? state
    : putThread(state, { ...thread, comments: upsert(thread.comments, comment) });
}

export function without<V>(map: ReadonlyMap<string, V>, key: string): ReadonlyMap<string, V> {
  if (!map.has(key)) return map;
  const rest = new Map(map);
  rest.delete(key);
  return rest;
}

export function upsert<T extends { id: string }>(items: readonly T[], item: T): T[] {
  const known = items.some((one) => one.id === item.id);
  return known ? items.map((one) => (one.id === item.id ? item : one)) : [...items, item];
}
