/**
 * One row a claim, for spreadsheets. A cell that begins like a formula gets an apostrophe before it, so that
 * nothing anyone wrote is ever computed; the byte order mark makes spreadsheets read UTF-8.
 */
import { stringify } from 'csv-stringify/sync';
import type { ExportClaim, ExportEvidence, ExportProjection } from './projection.ts';
import { isFinal } from './standing.ts';
import {
  attributionLabels,
  capital,
  dismissLabels,
  plain,
  stanceLabels,
  standingLabels,
  statusLabels,
  typeLabels,
  wordsOf,
} from './wording.ts';

type Column = readonly [title: string, value: (claim: ExportClaim, projection: ExportProjection) => string];

const columns: readonly Column[] = [
  ['Number', (claim) => String(claim.number)],
  ['Quotation', wordsOf],
  ['Original quotation', (claim) => claim.quote.exact],
  ['Said by', (claim) => [claim.claimant, claim.claimantRole].filter((part) => part !== null).join(', ')],
  ['Said on', (claim) => claim.claimDate ?? ''],
  ['Place', (claim) => claim.place ?? ''],
  ['Type', (claim) => typeLabels[claim.type]],
  ['Priority', (claim) => capital(claim.priority)],
  ['Status', (claim) => statusLabels[claim.status]],
  ['Dismissed because', (claim) => (claim.dismissReason === null ? '' : dismissLabels[claim.dismissReason])],
  ['Rating', (claim) => claim.verdict?.label ?? ''],
  ['Verdict is', (claim) => (claim.verdict === null ? '' : standingLabels[claim.verdict.standing])],
  ['Final', (claim) => (claim.verdict !== null && isFinal(claim.verdict.standing) ? 'yes' : 'no')],
  ['Summary', (claim) => claim.verdict?.summary ?? ''],
  ['Why', (claim) => claim.rationale.text],
  ['Was it said', (claim) => attributionLabels[claim.attribution.state]],
  ['Was it said: note', (claim) => claim.attribution.note ?? ''],
  ['Evidence', (claim) => claim.evidence.map(evidenceLine).join('\n')],
  ['Proposed by', (claim) => claim.verdict?.proposedBy ?? ''],
  ['Proposed at', (claim) => claim.verdict?.proposedAt ?? ''],
  [
    'Reviewed by',
    (claim) =>
      (claim.verdict?.reviews ?? [])
        .map((review) => `${review.reviewer} (${plain(review.decision)})`)
        .join('; '),
  ],
  [
    'Signed off at',
    (claim) =>
      claim.verdict !== null && isFinal(claim.verdict.standing) ? (claim.verdict.decidedAt ?? '') : '',
  ],
  ['Signed off alone because', (claim) => claim.verdict?.aloneReason ?? ''],
  [
    'Disputed by',
    (claim) => claim.disputes.map((verdict) => `${verdict.label} (${verdict.proposedBy})`).join('; '),
  ],
  ['Tags', (claim) => claim.tags.join('; ')],
  [
    'Place in text',
    (claim) =>
      capital(
        claim.anchor.state === 'orphaned'
          ? 'not found in text'
          : claim.anchor.state === 'ambiguous'
            ? 'several places fit'
            : claim.anchor.state,
      ),
  ],
  ['Start', (claim) => (claim.isPlaced ? String(claim.anchor.start) : '')],
  ['End', (claim) => (claim.isPlaced ? String(claim.anchor.end) : '')],
  ['Added by', (claim) => claim.createdBy],
  ['Added at', (claim) => claim.createdAt],
  ['Changed at', (claim) => claim.updatedAt],
  ['Report', (_, projection) => projection.report.title],
  ['Id', (claim) => claim.id],
];

export function formatCsv(projection: ExportProjection): string {
  const rows = projection.claims.map((claim) =>
    columns.map(([, value]) => disarmed(value(claim, projection))),
  );
  return stringify([columns.map(([title]) => title), ...rows], {
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

function evidenceLine(item: ExportEvidence): string {
  const about = [item.title, item.publisher, item.publishedAt, item.url].filter(
    (part) => part !== null && part !== '',
  );
  return `${stanceLabels[item.stance]}: ${about.join(', ')}${item.quote === null ? '' : ` “${item.quote}”`}`;
}
