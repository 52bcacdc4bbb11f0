/**
 * The columns of a table with a row a claim: what each is called, what it holds, and how wide it is shown. Every
 * value is text, as a CSV file has it; the kind tells a spreadsheet what it may become.
 */
import { aboutEvidence, saidBy } from './facts.ts';
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

export interface ClaimColumn {
  readonly title: string;
  /** A `moment` is ISO 8601 in UTC, a `date` has no time; either can be something else that somebody wrote. */
  readonly kind: 'text' | 'number' | 'date' | 'moment';
  /** In characters. */
  readonly width: number;
  /** Empty for nothing. */
  value(claim: ExportClaim, projection: ExportProjection): string;
}

export const claimColumns: readonly ClaimColumn[] = [
  { title: 'Number', kind: 'number', width: 8, value: (claim) => String(claim.number) },
  { title: 'Quotation', kind: 'text', width: 50, value: wordsOf },
  { title: 'Original quotation', kind: 'text', width: 50, value: (claim) => claim.quote.exact },
  {
    title: 'Said by',
    kind: 'text',
    width: 24,
    value: saidBy,
  },
  { title: 'Said on', kind: 'date', width: 14, value: (claim) => claim.claimDate ?? '' },
  { title: 'Place', kind: 'text', width: 14, value: (claim) => claim.place ?? '' },
  { title: 'Type', kind: 'text', width: 14, value: (claim) => typeLabels[claim.type] },
  { title: 'Priority', kind: 'text', width: 14, value: (claim) => capital(claim.priority) },
  { title: 'Status', kind: 'text', width: 14, value: (claim) => statusLabels[claim.status] },
  {
    title: 'Dismissed because',
    kind: 'text',
    width: 14,
    value: (claim) => (claim.dismissReason === null ? '' : dismissLabels[claim.dismissReason]),
  },
  { title: 'Rating', kind: 'text', width: 16, value: (claim) => claim.verdict?.label ?? '' },
  {
    title: 'Verdict is',
    kind: 'text',
    width: 18,
    value: (claim) => (claim.verdict === null ? '' : standingLabels[claim.verdict.standing]),
  },
  {
    title: 'Final',
    kind: 'text',
    width: 14,
    value: (claim) => (claim.verdict !== null && isFinal(claim.verdict.standing) ? 'yes' : 'no'),
  },
  { title: 'Summary', kind: 'text', width: 50, value: (claim) => claim.verdict?.summary ?? '' },
  { title: 'Why', kind: 'text', width: 50, value: (claim) => claim.rationale.text },
  {
    title: 'Was it said',
    kind: 'text',
    width: 14,
    value: (claim) => attributionLabels[claim.attribution.state],
  },
  { title: 'Was it said: note', kind: 'text', width: 30, value: (claim) => claim.attribution.note ?? '' },
  {
    title: 'Evidence',
    kind: 'text',
    width: 50,
    value: (claim) => claim.evidence.map(evidenceLine).join('\n'),
  },
  { title: 'Proposed by', kind: 'text', width: 14, value: (claim) => claim.verdict?.proposedBy ?? '' },
  { title: 'Proposed at', kind: 'moment', width: 20, value: (claim) => claim.verdict?.proposedAt ?? '' },
  {
    title: 'Reviewed by',
    kind: 'text',
    width: 28,
    value: (claim) =>
      (claim.verdict?.reviews ?? [])
        .map((review) => `${review.reviewer} (${plain(review.decision)})`)
        .join('; '),
  },
  {
    title: 'Signed off at',
    kind: 'moment',
    width: 20,
    value: (claim) =>
      claim.verdict !== null && isFinal(claim.verdict.standing) ? (claim.verdict.decidedAt ?? '') : '',
  },
  {
    title: 'Signed off alone because',
    kind: 'text',
    width: 28,
    value: (claim) => claim.verdict?.aloneReason ?? '',
  },
  {
    title: 'Disputed by',
    kind: 'text',
    width: 28,
    value: (claim) => claim.disputes.map((verdict) => `${verdict.label} (${verdict.proposedBy})`).join('; '),
  },
  { title: 'Tags', kind: 'text', width: 20, value: (claim) => claim.tags.join('; ') },
  {
    title: 'Place in text',
    kind: 'text',
    width: 14,
    value: (claim) =>
      capital(
        claim.anchor.state === 'orphaned'
          ? 'not found in text'
          : claim.anchor.state === 'ambiguous'
            ? 'several places fit'
            : claim.anchor.state,
      ),
  },
  {
    title: 'Start',
    kind: 'number',
    width: 9,
    value: (claim) => (claim.isPlaced ? String(claim.anchor.start) : ''),
  },
  {
    title: 'End',
    kind: 'number',
    width: 9,
    value: (claim) => (claim.isPlaced ? String(claim.anchor.end) : ''),
  },
  { title: 'Added by', kind: 'text', width: 14, value: (claim) => claim.createdBy },
  { title: 'Added at', kind: 'moment', width: 20, value: (claim) => claim.createdAt },
  { title: 'Changed at', kind: 'moment', width: 20, value: (claim) => claim.updatedAt },
  { title: 'Report', kind: 'text', width: 30, value: (_, projection) => projection.report.title },
  { title: 'Id', kind: 'text', width: 38, value: (claim) => claim.id },
];

function evidenceLine(item: ExportEvidence): string {
  const about = [item.title, ...aboutEvidence(item), item.url ?? ''].filter((part) => part !== '');
  return `${stanceLabels[item.stance]}: ${about.join(', ')}${item.quote === null ? '' : ` “${item.quote}”`}`;
}
