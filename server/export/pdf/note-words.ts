/** A claim's note in words: for its annotation as plain text, and the rows that the notes after the text are set from. */
import type { ExportClaim, ExportEvidence, ExportVerdict } from '#core/export/projection.ts';
import type { ExportThread } from '#core/export/thread.ts';
import {
  attributionLabels,
  capital,
  day,
  decisionLabels,
  headline,
  placeSentence,
  plain,
  stanceLabels,
  standingLabels,
  standingSentence,
  time,
  typeLabels,
} from '#core/export/wording.ts';

export interface Fact {
  readonly label: string;
  readonly value: string;
}

/** What is known of a claim apart from its verdict; only what there is. */
export function factsOf(claim: ExportClaim): Fact[] {
  const joined = (...parts: (string | null)[]): string => parts.filter((part) => part !== null).join(', ');
  const attribution = [attributionLabels[claim.attribution.state], claim.attribution.note];
  const isAsked = claim.type === 'quotation' || claim.attribution.state !== 'unchecked';
  const facts: Fact[] = [
    { label: 'Said by', value: joined(claim.claimant, claim.claimantRole) },
    { label: 'on', value: claim.claimDate === null ? '' : day(claim.claimDate) },
    { label: 'at', value: claim.place ?? '' },
    { label: 'Type', value: typeLabels[claim.type] },
    { label: 'Was it said?', value: isAsked ? attribution.filter((part) => part !== null).join(': ') : '' },
    { label: 'Tags', value: claim.tags.join(', ') },
    { label: 'Marked by', value: claim.createdBy },
  ];
  return facts.filter((fact) => fact.value !== '');
}

/** Publisher, date and kind of a piece of evidence. */
export function aboutEvidence(item: ExportEvidence): string {
  return [
    item.publisher,
    item.publishedAt === null ? null : day(item.publishedAt),
    item.kind === 'other' ? null : plain(item.kind),
  ]
    .filter((part) => part !== null)
    .join(', ');
}

export function reviewWords(verdict: ExportVerdict): string[] {
  return verdict.reviews
    .filter((review) => review.comment !== null)
    .map((review) => `${review.reviewer} ${decisionLabels[review.decision]}: ${review.comment ?? ''}`);
}

export function earlierWords(verdict: ExportVerdict): string {
  const { label, standing, proposedBy, proposedAt, summary } = verdict;
  return `${label}, ${standingLabels[standing].toLowerCase()}: ${proposedBy}, ${time(proposedAt)}. ${summary}`.trim();
}

export function threadNoteTitle(thread: ExportThread, number: number): string {
  return `Comment ${number}, ${thread.state}`;
}

/** The whole note without its comments, which are replies of their own. */
export function claimNoteText(claim: ExportClaim): string {
  const { verdict } = claim;
  const lines = [
    `${claim.number}. ${headline(claim)}`,
    ...(verdict === null ? [] : verdictLines(verdict)),
    ...claim.disputes.flatMap((dispute) => [`Against it: ${dispute.label}`, ...verdictLines(dispute)]),
    placeSentence(claim) ?? '',
    ...factsOf(claim).map(({ label, value }) => `${capital(label)}: ${value}`),
    claim.rationale.text.trim() === '' ? '' : `Why: ${claim.rationale.text.trim()}`,
    ...(claim.evidence.length === 0 ? [] : ['Evidence:', ...claim.evidence.map(evidenceLine)]),
    ...(claim.earlierVerdicts.length === 0
      ? []
      : ['Earlier verdicts:', ...claim.earlierVerdicts.map((earlier) => `– ${earlierWords(earlier)}`)]),
  ];
  return lines.filter((line) => line !== '').join('\n');
}

function verdictLines(verdict: ExportVerdict): string[] {
  return [verdict.summary, standingSentence(verdict), ...reviewWords(verdict)];
}

function evidenceLine(item: ExportEvidence): string {
  const about = aboutEvidence(item);
  return [
    `– ${stanceLabels[item.stance]}: ${item.title}`,
    about === '' ? '' : `, ${about}`,
    item.url === null ? '' : ` <${item.url}>`,
    item.quote === null ? '' : ` “${item.quote}”`,
  ].join('');
}
