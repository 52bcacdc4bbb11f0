import { describe, expect, it } from 'vitest';
import type { ReportRecord } from '#core/records.ts';
import { addressOf, defaultView, shownReports, viewFrom } from '../../../app/reports/_home/view.ts';

const person = { id: null, name: 'Chloé Martin' };
const none: ReadonlySet<string> = new Set();

function report(title: string, part: Partial<ReportRecord> = {}): ReportRecord {
  return {
    id: title,
    title,
    purpose: 'external',
    genre: 'news_report',
    status: 'checking',
    locked: true,
    source: {
      kind: 'text',
      sha256: '',
      name: null,
      from: null,
      meta: null,
      takenAt: '2026-01-01T00:00:00.000Z',
    },
    wordCount: 1,
    claims: { total: 0, decided: 0, needsRecheck: 0, awaitingReview: 0, byRating: {} },
    createdBy: person,
    createdAt: '2026-01-01T00:00:00.000Z',
    updatedAt: '2026-01-01T00:00:00.000Z',
    updatedBy: person,
    deletedAt: null,
    ...part,
  };
}

const titles = (reports: readonly ReportRecord[]) => reports.map(({ title }) => title);

describe('the view of the list', () => {
  it('comes back from its own address', () => {
    const view = { filter: 'in_review', query: 'été & hiver', sort: 'decided', reversed: true } as const;
    expect(viewFrom(new URL(addressOf(view), 'http://here').searchParams)).toEqual(view);
  });

  it('leaves what is the default out of the address', () => {
    expect(addressOf(defaultView)).toBe('/reports');
  });

  it('takes an address of nonsense for the default', () => {
    expect(viewFrom(new URLSearchParams('status=drop&sort=-price'))).toEqual({
      ...defaultView,
      reversed: true,
    });
  });

  it('hides the archive unless it is asked for', () => {
    const reports = [report('here'), report('gone', { status: 'archived' })];
    expect(titles(shownReports(reports, defaultView, none))).toEqual(['here']);
    expect(titles(shownReports(reports, { ...defaultView, filter: 'archived' }, none))).toEqual(['gone']);
  });

  it('counts a corrected report as published', () => {
    const reports = [report('a', { status: 'published' }), report('b', { status: 'corrected' }), report('c')];
    expect(titles(shownReports(reports, { ...defaultView, filter: 'published' }, none))).toEqual(['a', 'b']);
  });

  it('finds words without their accents, and what the server found besides', () => {
    const reports = [
      report('Récolte'),
      report('Rail', { updatedBy: { id: null, name: 'Ben' } }),
      report('Lake'),
    ];
    expect(titles(shownReports(reports, { ...defaultView, query: 'recolte' }, none))).toEqual(['Récolte']);
    expect(titles(shownReports(reports, { ...defaultView, query: 'nine' }, new Set(['Rail'])))).toEqual([
      'Rail',
    ]);
  });

  it('sorts by the share that is decided, those without claims last', () => {
    const claims = (total: number, decided: number) => ({ ...report('').claims, total, decided });
    const reports = [
      report('none'),
      report('half', { claims: claims(4, 2) }),
      report('all', { claims: claims(2, 2) }),
    ];
    const view = { ...defaultView, sort: 'decided' } as const;
    expect(titles(shownReports(reports, view, none))).toEqual(['all', 'half', 'none']);
    expect(titles(shownReports(reports, { ...view, reversed: true }, none))).toEqual(['none', 'half', 'all']);
  });
});
