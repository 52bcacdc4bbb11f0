/**
 * The words that exports use for the domain's values, the plain labels of docs/GLOSSARY.md. In English: an
 * export is a document of record and does not change with the reader's settings.
 */
import type {
  AttributionState,
  ClaimStatus,
  ClaimType,
  DismissReason,
  ReviewDecision,
  Stance,
} from '../domain/words.ts';
import { readIsoDate } from '../iso-date.ts';
import type { ExportClaim, ExportVerdict } from './projection.ts';
import { isFinal, type VerdictStanding } from './standing.ts';
import type { ExportThread } from './thread.ts';

export const typeLabels: Readonly<Record<ClaimType, string>> = {
  quantity: 'Number',
  event: 'Event',
  quotation: 'Quotation',
  causation: 'Cause',
  rule: 'Rule',
  identity: 'Identity',
  prediction: 'Prediction',
  opinion: 'Opinion',
  other: 'Other',
};
export const statusLabels: Readonly<Record<ClaimStatus, string>> = {
  suggested: 'Suggested',
  open: 'Open',
  in_progress: 'In progress',
  in_review: 'In review',
  decided: 'Decided',
  needs_recheck: 'Needs re-check',
  dismissed: 'Dismissed',
};
export const dismissLabels: Readonly<Record<DismissReason, string>> = {
  not_checkable: 'not checkable',
  not_a_claim: 'not a claim',
  duplicate: 'duplicate',
  out_of_scope: 'out of scope',
};
export const attributionLabels: Readonly<Record<AttributionState, string>> = {
  unchecked: 'Not checked',
  confirmed: 'Said so',
  altered: 'Said differently',
  not_found: 'No record of it',
};
export const stanceLabels: Readonly<Record<Stance, string>> = {
  supports: 'Supports',
  refutes: 'Contradicts',
  context: 'Context',
};
export const decisionLabels: Readonly<Record<ReviewDecision, string>> = {
  approve: 'signed off',
  request_changes: 'asked for changes',
  reject: 'rejected',
};
export const standingLabels: Readonly<Record<VerdictStanding, string>> = {
  signed_off: 'Signed off',
  signed_off_alone: 'Signed off alone',
  disputed: 'Disputed',
  stale: 'Needs re-check',
  proposed: 'Not signed off',
  changes_requested: 'Changes asked for',
  rejected: 'Rejected in review',
  imported: 'Imported, not signed off here',
  withdrawn: 'Withdrawn',
  superseded: 'Replaced',
};

/** A value of a vocabulary as words: `primary_document` is "primary document". */
export function plain(value: string): string {
  return value.replaceAll('_', ' ');
}

export function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What readers see first of a claim: the rating with how it stands, or its status. */
export function headline(claim: ExportClaim): string {
  const { verdict } = claim;
  if (claim.status === 'dismissed')
    return claim.dismissReason === null ? 'Dismissed' : `Dismissed: ${dismissLabels[claim.dismissReason]}`;
  if (verdict === null) return claim.status === 'decided' ? 'No verdict' : statusLabels[claim.status];
  return isFinal(verdict.standing) && verdict.standing === 'signed_off'
    ? verdict.label
    : `${verdict.label} (${standingLabels[verdict.standing].toLowerCase()})`;
}

/** Who made the verdict and how it stands, in one sentence or several. */
export function standingSentence(verdict: ExportVerdict): string {
  const by = `Proposed by ${verdict.proposedBy}, ${time(verdict.proposedAt)}`;
  const approvals = verdict.reviews.filter((review) => review.decision === 'approve' && !review.alone);
  const signed = approvals.map((review) => `${review.reviewer}, ${time(review.at)}`).join('; ');
  switch (verdict.standing) {
    case 'signed_off':
    case 'disputed':
    case 'stale':
      return `${by}.${signed === '' ? '' : ` Signed off by ${signed}.`}${standingNote(verdict)}`;
    case 'signed_off_alone':
      return `${by}. Signed off alone: nobody else has checked it. Reason: ${verdict.aloneReason ?? 'none given'}.`;
    case 'proposed':
    case 'changes_requested':
    case 'rejected':
    case 'imported':
    case 'withdrawn':
    case 'superseded':
      return `${by}. ${standingLabels[verdict.standing]}.`;
  }
}

/** What reviewers wrote, one line each. */
export function reviewWords(verdict: ExportVerdict): string[] {
  return verdict.reviews.flatMap(({ reviewer, decision, comment }) =>
    comment === null ? [] : [`${reviewer} ${decisionLabels[decision]}: ${comment}`],
  );
}

/** A verdict that stood once, in one line. */
export function earlierWords(verdict: ExportVerdict): string {
  const { label, standing, proposedBy, proposedAt, summary } = verdict;
  return `${label}, ${standingLabels[standing].toLowerCase()}: ${proposedBy}, ${time(proposedAt)}. ${summary}`.trim();
}

function standingNote(verdict: ExportVerdict): string {
  if (verdict.standing === 'disputed') return ' Another verdict stands against it.';
  if (verdict.standing !== 'stale') return '';
  const alone = verdict.aloneReason === null ? '' : ` It had been signed off alone: ${verdict.aloneReason}.`;
  if (verdict.stale !== null) {
    const by = verdict.stale.by === null ? '' : ` by ${verdict.stale.by}`;
    return `${alone} No longer holds: the words were changed${by}, ${time(verdict.stale.at)}, from “${verdict.stale.before}” to “${verdict.stale.after}”.`;
  }
  if (verdict.goodUntil !== null)
    return `${alone} It was good until ${time(verdict.goodUntil)} and has to be checked again.`;
  return `${alone} The words have changed since; it has to be checked again.`;
}

/** What to say about a claim's place; null when it stands on its very words. */
export function placeSentence(claim: ExportClaim): string | null {
  const { anchor } = claim;
  switch (anchor.state) {
    case 'anchored':
      return null;
    case 'edited':
      return anchor.exact === claim.quote.exact || anchor.exact === null
        ? null
        : `The words were changed; they were “${claim.quote.exact}”.`;
    case 'moved':
      return `Found again in another place (${Math.round(anchor.confidence * 100)} % sure).`;
    case 'ambiguous':
      return 'Several places in the text fit; none is marked.';
    case 'orphaned':
      return 'Not found in the text any more.';
  }
}

/** `shown` (the words, escaped for where they go) in quotation marks, single ones where the words have double ones. */
export function quoted(shown: string, words: string): string {
  if (/^[“"«„‘].*[”"»“’]$/s.test(words)) return shown;
  return /[“”"„]/.test(words) ? `‘${shown}’` : `“${shown}”`;
}

/** The words that the claim is about: as they stand now, or as they were quoted when they are not found. */
export function wordsOf(claim: ExportClaim): string {
  return claim.isPlaced ? (claim.anchor.exact ?? claim.quote.exact) : claim.quote.exact;
}

/** What a thread without words is about. */
export const ABOUT_ALL = 'the report as a whole';

/** "resolved by Ana Reyes" or "open". */
export function threadState({ state, resolvedBy }: ExportThread): string {
  return state === 'resolved' && resolvedBy !== null ? `resolved by ${resolvedBy}` : state;
}

/** Empty for a thread about the report as a whole. */
export function threadWords(thread: ExportThread): string {
  return thread.anchor?.exact ?? thread.quote?.exact ?? '';
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** "28 Dec 2025, 14:20 UTC", the same on every machine; what is no time is given back as it is. */
export function time(iso: string): string {
  const date = readIsoDate(iso);
  if (date === null) return iso;
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${day(iso)}, ${two(date.getUTCHours())}:${two(date.getUTCMinutes())} UTC`;
}

/** "28 Dec 2025" in UTC; words that are no date of ISO 8601 stay as they are. */
export function day(iso: string): string {
  const date = readIsoDate(iso);
  if (date === null) return iso;
  return `${date.getUTCDate()} ${months[date.getUTCMonth()] ?? ''} ${date.getUTCFullYear()}`;
}

export interface CountedRating {
  readonly label: string;
  readonly tone: ExportVerdict['tone'] | 'open' | 'proposed' | 'stale' | 'dismissed';
  readonly count: number;
}

/** How many claims stand under each rating: only signed-off verdicts count as decided, the rest by what they await. */
export function countRatings(claims: readonly ExportClaim[]): CountedRating[] {
  const counted = new Map<string, CountedRating & { readonly rank: number }>();
  const add = (label: string, tone: CountedRating['tone'], rank: number): void => {
    const before = counted.get(label);
    counted.set(label, { label, tone, rank, count: (before?.count ?? 0) + 1 });
  };
  for (const claim of claims) {
    const { verdict } = claim;
    if (claim.status === 'dismissed') add('Dismissed', 'dismissed', 103);
    else if (verdict === null) add('No verdict yet', 'open', 102);
    else if (isFinal(verdict.standing))
      add(verdict.label, verdict.tone, verdict.order === null ? 50 : 10 - verdict.order);
    else if (verdict.standing === 'stale') add('Needs re-check', 'stale', 100);
    else add('Not signed off', 'proposed', 101);
  }
  return [...counted.values()]
    .sort((one, other) => one.rank - other.rank || (one.label < other.label ? -1 : 1))
    .map(({ label, tone, count }) => ({ label, tone, count }));
}
