/** Records as the server sends them, with what a test does not care about filled in. */
import type {
  AssignmentRecord,
  ClaimRecord,
  CommentRecord,
  EvidenceRecord,
  ReportRecord,
  ReviewRecord,
  ThreadRecord,
  VerdictRecord,
} from '#core/records.ts';
import type { DeskState } from '../../../app/_data/desk-state.ts';
import type { DeskCommand, Given } from '../../../app/_data/desk-command.ts';

export const me = { id: 'm-ana', name: 'Ana' };
export const ben = { id: 'm-ben', name: 'Ben' };
export const at = '2026-12-28T14:20:00.000Z';

export function report(changes: Partial<ReportRecord> = {}): ReportRecord {
  return {
    id: 'r1',
    title: 'Talks at the lake',
    purpose: 'external',
    genre: 'news_report',
    status: 'checking',
    locked: true,
    source: { kind: 'text', sha256: 'ab', name: null, from: null, meta: null, takenAt: at },
    wordCount: 10,
    claims: { total: 0, decided: 0, needsRecheck: 0, awaitingReview: 0, byRating: {} },
    createdBy: ben,
    createdAt: at,
    updatedAt: at,
    updatedBy: ben,
    deletedAt: null,
    ...changes,
  };
}

export function claim(id: string, changes: Partial<ClaimRecord> = {}): ClaimRecord {
  return {
    id,
    reportId: 'r1',
    quote: { exact: `words of ${id}`, prefix: '', suffix: '' },
    anchor: { start: 0, end: 5, exact: `words of ${id}`, state: 'anchored', confidence: 1 },
    type: 'other',
    claimant: null,
    claimantRole: null,
    claimDate: null,
    place: null,
    priority: 'normal',
    status: 'open',
    dismissReason: null,
    tags: [],
    attribution: { state: 'unchecked', note: null },
    verdict: null,
    disputes: [],
    evidence: [],
    assignments: [],
    createdBy: ben,
    createdAt: at,
    updatedAt: at,
    ...changes,
  };
}

export function verdict(changes: Partial<VerdictRecord> = {}): VerdictRecord {
  return {
    id: 'v1',
    claimId: 'c1',
    rating: 'true',
    label: 'True',
    summary: '',
    rationale: '',
    words: 'words',
    state: 'proposed',
    basis: null,
    proposedBy: ben,
    proposedAt: at,
    decidedAt: null,
    goodUntil: null,
    aloneReason: null,
    stale: null,
    reviews: [],
    ...changes,
  };
}

export function review(changes: Partial<ReviewRecord> = {}): ReviewRecord {
  return {
    id: 'w1',
    verdictId: 'v1',
    reviewer: me,
    decision: 'approve',
    comment: null,
    alone: false,
    at,
    ...changes,
  };
}

export function evidence(id: string, changes: Partial<EvidenceRecord> = {}): EvidenceRecord {
  return {
    id,
    claimId: 'c1',
    reportId: 'r1',
    title: id,
    url: null,
    publisher: null,
    publishedAt: null,
    kind: 'other',
    quote: null,
    stance: 'supports',
    deskOnly: false,
    addedBy: ben,
    addedAt: at,
    ...changes,
  };
}

export function assignment(id: string, member = me): AssignmentRecord {
  return {
    id,
    claimId: 'c1',
    reportId: 'r1',
    member,
    role: 'checker',
    status: 'assigned',
    dueAt: null,
    assignedBy: ben,
    at,
  };
}

export function comment(id: string, changes: Partial<CommentRecord> = {}): CommentRecord {
  return {
    id,
    threadId: 't1',
    claimId: 'c1',
    reportId: 'r1',
    parentId: null,
    body: id,
    author: ben,
    at,
    editedAt: null,
    deleted: false,
    reactions: [],
    ...changes,
  };
}

export function thread(id: string, changes: Partial<ThreadRecord> = {}): ThreadRecord {
  return {
    id,
    reportId: 'r1',
    claimId: 'c1',
    anchor: null,
    quote: null,
    state: 'open',
    resolvedBy: null,
    deskOnly: false,
    createdAt: at,
    suggestion: null,
    comments: [],
    ...changes,
  };
}

export function desk(claims: readonly ClaimRecord[] = [], threads: readonly ThreadRecord[] = []): DeskState {
  return {
    report: report(),
    claims: new Map(claims.map((one) => [one.id, one])),
    threads: new Map(threads.map((one) => [one.id, one])),
    members: new Map(),
    removed: false,
  };
}

let order = 0;

export function given(command: DeskCommand, changes: Partial<Given> = {}): Given {
  order += 1;
  return { key: `k${order}`, reportId: 'r1', at, order, command, ...changes };
}

export const marked = { start: 3, end: 8, exact: 'words', prefix: 'a ', suffix: ' b' };
