/**
 * What a person does on the desk, as plain values that survive a reload. Each knows its request; ids are made here,
 * so that sending one twice does it once.
 */
import type { AddEvidence, ChangeClaim } from '#core/commands.ts';
import type { AssignmentRole, AttributionState, ReviewDecision } from '#core/domain/words.ts';

/** Words marked in the text, offsets in UTF-16 units of the plain text. */
export interface MarkedWords {
  readonly start: number;
  readonly end: number;
  readonly exact: string;
  readonly prefix: string;
  readonly suffix: string;
}

export type EvidenceFields = Omit<AddEvidence, 'id'>;

export type DeskCommand =
  | { kind: 'add_claim'; claimId: string; words: MarkedWords; suggested: boolean }
  | { kind: 'change_claim'; claimId: string; changes: ChangeClaim }
  | { kind: 'move_claim'; claimId: string; words: MarkedWords }
  | { kind: 'remove_claim'; claimId: string }
  | { kind: 'restore_claim'; claimId: string }
  | { kind: 'set_attribution'; claimId: string; state: AttributionState; note: string | null }
  | {
      kind: 'propose_verdict';
      claimId: string;
      rating: string;
      label: string;
      summary: string;
      basis: string | null;
    }
  | {
      kind: 'review';
      claimId: string;
      reviewId: string;
      verdictId: string;
      decision: ReviewDecision;
      comment: string | null;
    }
  | { kind: 'add_evidence'; claimId: string; evidenceId: string; fields: EvidenceFields }
  | { kind: 'change_evidence'; claimId: string; evidenceId: string; fields: Partial<EvidenceFields> }
  | { kind: 'remove_evidence'; claimId: string; evidenceId: string }
  | {
      kind: 'add_comment';
      claimId: string | null;
      threadId: string | null;
      commentId: string;
      parentId: string | null;
      body: string;
      deskOnly: boolean;
    }
  | { kind: 'change_comment'; threadId: string; commentId: string; body: string }
  | { kind: 'remove_comment'; threadId: string; commentId: string }
  | { kind: 'react'; threadId: string; commentId: string; name: string; on: boolean }
  | {
      kind: 'open_thread';
      threadId: string;
      commentId: string;
      words: MarkedWords;
      body: string;
      deskOnly: boolean;
    }
  | { kind: 'set_thread_state'; threadId: string; state: 'open' | 'resolved' }
  | { kind: 'decide_suggestion'; threadId: string; decision: 'accept' | 'reject' }
  | { kind: 'assign'; claimId: string; assignmentId: string; memberId: string; role: AssignmentRole }
  | { kind: 'unassign'; claimId: string; assignmentId: string }
  | { kind: 'change_report'; changes: { title?: string; locked?: boolean } };

/** A command on its way: who gave it where, under a key by which the server knows a retry. */
export interface Given {
  readonly key: string;
  readonly reportId: string;
  readonly at: string;
  /** Tells apart what was given in the same millisecond. */
  readonly order: number;
  readonly command: DeskCommand;
}

export interface CommandRequest {
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  body?: unknown;
}

export function requestOf({ reportId, command }: Given): CommandRequest {
  switch (command.kind) {
    case 'add_claim':
      return {
        method: 'POST',
        path: `/reports/${reportId}/claims`,
        body: { id: command.claimId, selector: selectorOf(command.words) },
      };
    case 'change_claim':
      return { method: 'PATCH', path: `/claims/${command.claimId}`, body: command.changes };
    case 'move_claim':
      return {
        method: 'PUT',
        path: `/claims/${command.claimId}/anchor`,
        body: { selector: selectorOf(command.words) },
      };
    case 'remove_claim':
      return { method: 'DELETE', path: `/claims/${command.claimId}` };
    case 'restore_claim':
      return { method: 'POST', path: `/claims/${command.claimId}/restore`, body: {} };
    case 'set_attribution':
      return {
        method: 'PUT',
        path: `/claims/${command.claimId}/attribution`,
        body: { state: command.state, note: command.note },
      };
    case 'propose_verdict': {
      const { rating, summary, basis } = command;
      return { method: 'PUT', path: `/claims/${command.claimId}/verdict`, body: { rating, summary, basis } };
    }
    case 'review': {
      const { reviewId, verdictId, decision, comment } = command;
      return {
        method: 'POST',
        path: `/claims/${command.claimId}/review`,
        body: { id: reviewId, verdictId, decision, comment },
      };
    }
    case 'add_evidence':
      return {
        method: 'POST',
        path: `/claims/${command.claimId}/evidence`,
        body: { id: command.evidenceId, ...command.fields },
      };
    case 'change_evidence':
      return { method: 'PATCH', path: `/evidence/${command.evidenceId}`, body: command.fields };
    case 'remove_evidence':
      return { method: 'DELETE', path: `/evidence/${command.evidenceId}` };
    case 'assign': {
      const { assignmentId, memberId, role } = command;
      return {
        method: 'POST',
        path: `/claims/${command.claimId}/assignments`,
        body: { id: assignmentId, memberId, role },
      };
    }
    case 'unassign':
      return { method: 'DELETE', path: `/assignments/${command.assignmentId}` };
    case 'decide_suggestion':
      return { method: 'POST', path: `/suggestions/${command.threadId}/${command.decision}`, body: {} };
    case 'change_report':
      return { method: 'PATCH', path: `/reports/${reportId}`, body: command.changes };
    default:
      return talkRequest(reportId, command);
  }
}

type Talk = Extract<DeskCommand, { commentId: string } | { threadId: string; state: 'open' | 'resolved' }>;

function talkRequest(reportId: string, command: Talk): CommandRequest {
  switch (command.kind) {
    case 'add_comment': {
      const { commentId: id, body, parentId, deskOnly } = command;
      if (command.claimId === null)
        return {
          method: 'POST',
          path: `/threads/${command.threadId ?? ''}/comments`,
          body: { id, body, parentId },
        };
      return {
        method: 'POST',
        path: `/claims/${command.claimId}/comments`,
        body: { id, body, parentId, deskOnly },
      };
    }
    case 'change_comment':
      return { method: 'PATCH', path: `/comments/${command.commentId}`, body: { body: command.body } };
    case 'remove_comment':
      return { method: 'DELETE', path: `/comments/${command.commentId}` };
    case 'react':
      return {
        method: command.on ? 'PUT' : 'DELETE',
        path: `/comments/${command.commentId}/reactions/${command.name}`,
      };
    case 'open_thread': {
      const { threadId: id, commentId, words, body, deskOnly } = command;
      return {
        method: 'POST',
        path: `/reports/${reportId}/threads`,
        body: { id, commentId, selector: selectorOf(words), body, deskOnly },
      };
    }
    case 'set_thread_state':
      return {
        method: 'POST',
        path: `/threads/${command.threadId}/${command.state === 'resolved' ? 'resolve' : 'reopen'}`,
        body: {},
      };
  }
}

/** The quotation with its surroundings, and the offsets that tell equal ones apart. */
function selectorOf({ start, end, exact, prefix, suffix }: MarkedWords): unknown {
  return [
    { type: 'TextQuoteSelector', exact, prefix, suffix },
    { type: 'TextPositionSelector', start, end },
  ];
}
