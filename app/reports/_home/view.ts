/**
 * How the list is looked at: filter, search, order. Kept in the address bar, so a link or the back button brings
 * the same view. What is the default stays out of the address.
 */
import type { ReportRecord } from '#core/records.ts';

export const filters = ['all', 'checking', 'in_review', 'published', 'archived'] as const;
export type Filter = (typeof filters)[number];
export const sorts = ['changed', 'report', 'decided', 'status'] as const;
export type Sort = (typeof sorts)[number];

export interface View {
  filter: Filter;
  query: string;
  sort: Sort;
  reversed: boolean;
}

export const defaultView: View = { filter: 'all', query: '', sort: 'changed', reversed: false };

export function viewFrom(params: Pick<URLSearchParams, 'get'>): View {
  const order = params.get('sort') ?? '';
  const reversed = order.startsWith('-');
  const name = reversed ? order.slice(1) : order;
  return {
    filter: filters.find((filter) => filter === params.get('status')) ?? 'all',
    query: params.get('q') ?? '',
    sort: sorts.find((sort) => sort === name) ?? 'changed',
    reversed,
  };
}

export function addressOf(view: View): string {
  const params = new URLSearchParams();
  if (view.filter !== 'all') params.set('status', view.filter);
  if (view.query.trim() !== '') params.set('q', view.query);
  if (view.sort !== 'changed' || view.reversed) params.set('sort', (view.reversed ? '-' : '') + view.sort);
  const query = params.toString();
  return query === '' ? '/reports' : `/reports?${query}`;
}

function fits(report: ReportRecord, filter: Filter): boolean {
  if (filter === 'all') return report.status !== 'archived';
  if (filter === 'checking') return report.status === 'checking' || report.status === 'draft';
  if (filter === 'published') return report.status === 'published' || report.status === 'corrected';
  return report.status === filter;
}

/** Lower case without accents, so "chloe" finds "Chloé". */
function folded(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
}

function mentions(report: ReportRecord, query: string): boolean {
  const text = folded(
    [report.title, report.source.name ?? '', report.source.from ?? '', report.updatedBy.name].join(' '),
  );
  return folded(query)
    .split(/\s+/)
    .every((word) => text.includes(word));
}

const statusOrder = ['in_review', 'checking', 'draft', 'corrected', 'published', 'archived'];

function share({ claims }: ReportRecord): number {
  return claims.total === 0 ? -1 : claims.decided / claims.total;
}

const orders: Record<Sort, (a: ReportRecord, b: ReportRecord) => number> = {
  changed: (a, b) => b.updatedAt.localeCompare(a.updatedAt),
  report: (a, b) => a.title.localeCompare(b.title, 'en', { numeric: true }),
  decided: (a, b) => share(b) - share(a),
  status: (a, b) => statusOrder.indexOf(a.status) - statusOrder.indexOf(b.status),
};

/** `found`: ids that the server's search named for this query besides. */
export function shownReports(
  reports: readonly ReportRecord[],
  view: View,
  found: ReadonlySet<string>,
): ReportRecord[] {
  const query = view.query.trim();
  const sign = view.reversed ? -1 : 1;
  return reports
    .filter(
      (report) =>
        fits(report, view.filter) && (query === '' || mentions(report, query) || found.has(report.id)),
    )
    .sort((a, b) => sign * orders[view.sort](a, b) || orders.changed(a, b));
}
