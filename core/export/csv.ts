/**
 * One row a claim, for spreadsheets. A cell that begins like a formula gets an apostrophe before it, so that
 * nothing anyone wrote is ever computed; the byte order mark makes spreadsheets read UTF-8.
 */
import { stringify } from 'csv-stringify/sync';
import { claimColumns } from './claim-columns.ts';
import type { ExportProjection } from './projection.ts';

export function formatCsv(projection: ExportProjection): string {
  const rows = projection.claims.map((claim) =>
    claimColumns.map(({ value }) => disarmed(value(claim, projection))),
  );
  return stringify([claimColumns.map(({ title }) => title), ...rows], {
    bom: true,
    record_delimiter: 'windows',
    quoted_match: /[\r\n]/,
  });
}

/**
 * A cell that no spreadsheet computes. Besides the usual first characters their full-width forms, which some
 * programs read alike, and any white space or invisible sign before them.
 */
export function disarmed(cell: string): string {
  const clean = cell.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '');
  return /^[\s\p{Cf}]*[=+\-@\uff1d\uff0b\uff0d\uff20\u2212]|^[\t\r\n]/u.test(clean) ? `'${clean}` : clean;
}
