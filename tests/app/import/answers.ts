/** Answers of the server to imports, for tests. */
import type { ImportedReport, ImportPreview } from '../../../app/_import/send-source.ts';

export function found(part: Partial<ImportPreview> = {}): ImportPreview {
  return {
    kind: 'docx',
    title: 'Harbour talks',
    wordCount: 1240,
    excerpt: 'The two sides met.\nThey left early.',
    figures: 0,
    meta: null,
    notes: { threads: 0, claims: 0, suggestions: 0 },
    unreadable: [],
    ...part,
  };
}

const person = { id: null, name: 'Ana' };
const at = '2026-01-01T00:00:00.000Z';

export function imported(part: Partial<ImportedReport> = {}): ImportedReport {
  return {
    id: 'report-1',
    title: 'Harbour talks',
    purpose: 'external',
    genre: 'news_report',
    status: 'draft',
    locked: true,
    source: { kind: 'docx', sha256: '', name: null, from: null, meta: null, takenAt: at },
    wordCount: 1240,
    claims: { total: 0, decided: 0, needsRecheck: 0, awaitingReview: 0, byRating: {} },
    createdBy: person,
    createdAt: at,
    updatedAt: at,
    updatedBy: person,
    deletedAt: null,
    notes: { threads: 0, claims: 0, suggestions: 0 },
    unreadable: [],
    ...part,
  };
}
