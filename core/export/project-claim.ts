/** A claim as exports show it, with its verdicts, evidence and thread. */
import { draftOutcomes } from '../domain/rating-scale.ts';
import type { AnchorRecord, ClaimRecord, EvidenceRecord, ThreadRecord, VerdictRecord } from '../records.ts';
import { pagesOf } from '../source-page.ts';
import { paragraphsOf, type DocNode } from '../text/doc-json.ts';
import type { Names } from './names.ts';
import type { ExportOptions } from './options.ts';
import { byTime, compare } from './order.ts';
import type { ExportClaim, ExportEvidence, ExportVerdict, ProjectionInput } from './projection.ts';
import { withoutUnsafeLinks } from './safe-links.ts';
import { standingOf } from './standing.ts';
import { projectThread } from './thread.ts';

const emptyDoc: DocNode = { type: 'doc', content: [{ type: 'paragraph' }] };

/** What a claim is projected with. */
export interface Around {
  readonly input: ProjectionInput;
  readonly text: string;
  /** Of claims, those that may be told. */
  readonly threads: ReadonlyMap<string, ThreadRecord>;
  readonly verdicts: ReadonlyMap<string, readonly VerdictRecord[]>;
  readonly now: string;
  readonly names: Names;
  readonly options: ExportOptions;
}

export function projectClaim(claim: ClaimRecord, number: number, around: Around): ExportClaim {
  const { input, text, threads, verdicts, names, options } = around;
  const {
    id,
    quote,
    anchor,
    type,
    claimant,
    claimantRole,
    claimDate,
    place,
    priority,
    status,
    dismissReason,
    createdAt,
    updatedAt,
  } = claim;
  const own = (words: string | null): string | null => (words === null ? null : names.in(words));
  const thread = threads.get(id);
  const standing = [claim.verdict, ...claim.disputes].flatMap((verdict) => verdict ?? []);
  const current = new Set(standing.map((verdict) => verdict.id));
  const earlier = (verdicts.get(id) ?? []).filter((verdict) => !current.has(verdict.id));
  const verdictOf = (verdict: VerdictRecord): ExportVerdict => projectVerdict(verdict, claim, around);
  return {
    id,
    number,
    quote: { ...quote },
    anchor: { ...anchor },
    isPlaced: isPlaced(anchor, text),
    pages: pagesOfClaim(anchor, text, input),
    type,
    claimant,
    claimantRole,
    claimDate,
    place,
    priority,
    status,
    dismissReason,
    tags: claim.tags.map((tag) => names.in(tag)).sort(compare),
    attribution: { ...claim.attribution, note: own(claim.attribution.note) },
    rationale: rationaleOf(claim, around),
    verdict: claim.verdict === null ? null : verdictOf(claim.verdict),
    disputes: [...claim.disputes].sort(byProposal).map(verdictOf),
    earlierVerdicts: earlier.sort(byProposal).map(verdictOf),
    evidence: claim.evidence
      .filter((item) => options.evidence && !item.deskOnly)
      .sort(byTime((item) => item.addedAt))
      .map((item) => projectEvidence(item, names)),
    thread: thread === undefined ? null : projectThread(thread, names),
    createdBy: names.of(claim.createdBy),
    createdAt,
    updatedAt,
  };
}

function pagesOfClaim(
  anchor: AnchorRecord,
  text: string,
  { pages = [] }: ProjectionInput,
): ExportClaim['pages'] {
  const { start, end } = anchor;
  return start === null || end === null || !isPlaced(anchor, text) ? null : pagesOf(pages, { start, end });
}

/** A final verdict is given out with the rationale that was signed off, whatever was written in it since. */
function rationaleOf(claim: ClaimRecord, { input, names }: Around): ExportClaim['rationale'] {
  const { text, doc } = rationaleThatCounts(claim, input);
  return { text: names.in(text), doc: names.inDocument(doc) };
}

function rationaleThatCounts(claim: ClaimRecord, input: ProjectionInput): ExportClaim['rationale'] {
  const { text, doc } = input.rationales.get(claim.id) ?? { text: '', doc: emptyDoc };
  const signed = claim.verdict?.state === 'final' ? claim.verdict.rationale : text;
  if (signed !== text) return { text: signed, doc: paragraphsOf(signed) ?? emptyDoc };
  return { text, doc: withoutUnsafeLinks(doc) };
}

function projectVerdict(
  verdict: VerdictRecord,
  claim: ClaimRecord,
  { input, now, names }: Around,
): ExportVerdict {
  const {
    id,
    rating,
    label,
    summary,
    rationale,
    words,
    state,
    basis,
    proposedAt,
    decidedAt,
    goodUntil,
    aloneReason,
    stale,
  } = verdict;
  const { ratingScale } = input.workspace;
  // A report's purpose can change after some of its verdicts.
  const scales =
    input.report.purpose === 'draft'
      ? [...draftOutcomes, ...ratingScale]
      : [...ratingScale, ...draftOutcomes];
  const onScale = scales.find((candidate) => candidate.value === rating);
  return {
    id,
    rating,
    label,
    tone: onScale?.tone ?? 'other',
    order: onScale?.order ?? null,
    summary: names.in(summary),
    rationale: names.in(rationale),
    words,
    state,
    standing: standingOf(verdict, claim, now),
    basis,
    proposedBy: names.of(verdict.proposedBy),
    proposedAt,
    decidedAt,
    goodUntil,
    aloneReason: aloneReason === null ? null : names.in(aloneReason),
    stale: stale === null ? null : { ...stale, by: stale.by === null ? null : names.of(stale.by) },
    reviews: [...verdict.reviews].sort(byTime((review) => review.at)).map((review) => ({
      id: review.id,
      reviewer: names.of(review.reviewer),
      decision: review.decision,
      comment: review.comment === null ? null : names.in(review.comment),
      alone: review.alone,
      at: review.at,
    })),
  };
}

function projectEvidence(item: EvidenceRecord, names: Names): ExportEvidence {
  const { id, title, url, publisher, publishedAt, kind, quote, stance, addedAt } = item;
  return {
    id,
    title: names.in(title),
    url,
    publisher: publisher === null ? null : names.in(publisher),
    publishedAt,
    kind,
    quote: quote === null ? null : names.in(quote),
    stance,
    addedAt,
    addedBy: names.of(item.addedBy),
  };
}

function isPlaced(anchor: AnchorRecord, text: string): boolean {
  const { start, end, state } = anchor;
  return (
    start !== null &&
    end !== null &&
    start >= 0 &&
    start < end &&
    end <= text.length &&
    state !== 'orphaned' &&
    state !== 'ambiguous'
  );
}

/** By place; those without one last. */
export function inTextOrder(text: string): (one: ClaimRecord, other: ClaimRecord) => number {
  const rank = (claim: ClaimRecord): number =>
    isPlaced(claim.anchor, text) ? (claim.anchor.start ?? 0) : Number.MAX_SAFE_INTEGER;
  return (one, other) =>
    rank(one) - rank(other) ||
    (one.anchor.end ?? 0) - (other.anchor.end ?? 0) ||
    compare(one.createdAt, other.createdAt) ||
    compare(one.id, other.id);
}

function byProposal(one: VerdictRecord, other: VerdictRecord): number {
  return compare(one.proposedAt, other.proposedAt) || compare(one.id, other.id);
}
