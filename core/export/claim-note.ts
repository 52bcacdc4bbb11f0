/**
 * A claim's note in plain lines, for files whose notes hold no markup of ours: what the HTML export says in its
 * note, in the same order and the same words. The first line tells the number, the rating and how it stands.
 */
import { aboutEvidence, factsOf } from './facts.ts';
import type { ExportClaim, ExportEvidence, ExportVerdict } from './projection.ts';
import { isFinal } from './standing.ts';
import {
  day,
  dismissLabels,
  earlierWords,
  placeSentence,
  reviewWords,
  stanceLabels,
  standingLabels,
  standingSentence,
  statusLabels,
} from './wording.ts';

export interface NoteLine {
  /** What the line is about; null for a line that needs no label. */
  readonly label: string | null;
  /** Can have several lines. */
  readonly text: string;
}

/** "Claim 3 · Mostly true · signed off by Ben Okafor, 28 Dec 2025". */
export function noteTitle(claim: ExportClaim): string {
  return [`Claim ${claim.number}`, ...standingParts(claim)].join(' · ');
}

/** The rating and how it stands, or the status of a claim that has none. */
function standingParts(claim: ExportClaim): string[] {
  const { verdict, status } = claim;
  if (status === 'dismissed')
    return [claim.dismissReason === null ? 'Dismissed' : `Dismissed: ${dismissLabels[claim.dismissReason]}`];
  if (verdict === null) return [status === 'decided' ? 'No verdict' : statusLabels[status]];
  return [verdict.label, standingPhrase(verdict)];
}

/** "signed off by Ben Okafor, 28 Dec 2025"; for all but a signed-off verdict what it is instead. */
function standingPhrase(verdict: ExportVerdict): string {
  const label = standingLabels[verdict.standing].toLowerCase();
  if (!isFinal(verdict.standing)) return label;
  const signers = verdict.reviews.filter((review) => review.decision === 'approve');
  const by = signers.map((review) => review.reviewer).join(', ');
  const at = verdict.decidedAt ?? signers.at(-1)?.at ?? null;
  return `${label}${by === '' ? '' : ` by ${by}`}${at === null ? '' : `, ${day(at)}`}`;
}

/** What follows the title. */
export function noteLines(claim: ExportClaim): NoteLine[] {
  const { verdict, thread } = claim;
  const all = [
    line(null, placeSentence(claim) ?? ''),
    ...(verdict === null ? [] : verdictLines(verdict)),
    ...claim.disputes.flatMap((dispute) => [line('Against it', dispute.label), ...verdictLines(dispute)]),
    ...factsOf(claim).map(({ label, value }) => line(label, value)),
    line('Why', claim.rationale.text),
    ...claim.evidence.map((item) => line(stanceLabels[item.stance], evidenceWords(item))),
    line('Comments resolved by', thread?.state === 'resolved' ? (thread.resolvedBy ?? 'somebody') : ''),
    ...claim.earlierVerdicts.map((earlier) => line('Earlier verdict', earlierWords(earlier))),
  ];
  return all.filter(({ text }) => text.trim() !== '');
}

/** Title, publisher, date, kind, address and the words quoted. */
function evidenceWords(item: ExportEvidence): string {
  const about = [item.title, ...aboutEvidence(item), item.url ?? ''];
  const shown = about.filter((part) => part !== '').join(', ');
  return item.quote === null ? shown : `${shown}\n“${item.quote}”`;
}

function line(label: string | null, text: string): NoteLine {
  return { label, text };
}

function verdictLines(verdict: ExportVerdict): NoteLine[] {
  return [
    line(null, verdict.summary),
    line(null, standingSentence(verdict)),
    ...reviewWords(verdict).map((words) => line(null, words)),
  ];
}
