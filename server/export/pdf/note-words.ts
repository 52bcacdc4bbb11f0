/** A claim's note in words: for its annotation as plain text, and the titles of notes. */
import { aboutEvidence, factsOf } from '#core/export/facts.ts';
import type { ExportClaim, ExportEvidence, ExportVerdict } from '#core/export/projection.ts';
import type { ExportThread } from '#core/export/thread.ts';
import {
  earlierWords,
  headline,
  placeSentence,
  reviewWords,
  stanceLabels,
  standingSentence,
  threadState,
} from '#core/export/wording.ts';

export function threadNoteTitle(thread: ExportThread, number: number): string {
  return `Comment ${number}, ${threadState(thread)}`;
}

/** The whole note without its comments, which are replies of their own. */
export function claimNoteText(claim: ExportClaim): string {
  const { verdict } = claim;
  const lines = [
    `${claim.number}. ${headline(claim)}`,
    ...(verdict === null ? [] : verdictLines(verdict)),
    ...claim.disputes.flatMap((dispute) => [`Against it: ${dispute.label}`, ...verdictLines(dispute)]),
    placeSentence(claim) ?? '',
    ...factsOf(claim).map(({ label, value }) => `${label}: ${value}`),
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
  const about = aboutEvidence(item).join(', ');
  return [
    `– ${stanceLabels[item.stance]}: ${item.title}`,
    about === '' ? '' : `, ${about}`,
    item.url === null ? '' : ` <${item.url}>`,
    item.quote === null ? '' : ` “${item.quote}”`,
  ].join('');
}
