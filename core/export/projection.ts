/**
 * What leaves the house: one frozen value that every export format is made from, so that no format can show more
 * than another, or a verdict as more than it is.
 * Three things are decided here, once: what is desk only is dropped before anything else is looked at; people are
 * names; and how a verdict stands (signed off, alone, proposed, stale …) is worked out from the records as they
 * are now, so that a verdict whose words have changed since is never given out as final.
 * The same state gives an equal projection: everything is sorted, and the time comes from the caller.
 */
import { draftOutcomes, type Rating } from '../domain/rating-scale.ts';
import { groupBy } from '../grouping.ts';
import type {
  AnchorRecord,
  ClaimRecord,
  EvidenceRecord,
  ReportRecord,
  ThreadRecord,
  VerdictRecord,
} from '../records.ts';
import { paragraphsOf, type DocNode } from '../text/doc-json.ts';
import { imagesNamed } from '../text/figures.ts';
import { flattenNode } from '../text/flatten-node.ts';
import { lastChange, type SubjectChange } from './last-change.ts';
import { everything, isChosen, mayTell, namesFor, type ExportOptions, type NameOf } from './options.ts';
import { byTime, compare } from './order.ts';
import { peopleIn } from './people.ts';
import { withoutUnsafeLinks } from './safe-links.ts';
import { standingOf, type VerdictStanding } from './standing.ts';
import { byPlace, projectThread, type ExportThread } from './thread.ts';

export interface ExportReview {
  readonly id: string;
  readonly reviewer: string;
  readonly decision: VerdictRecord['reviews'][number]['decision'];
  readonly comment: string | null;
  readonly alone: boolean;
  readonly at: string;
}

export interface ExportVerdict {
  readonly id: string;
  readonly rating: string;
  readonly label: string;
  readonly tone: Rating['tone'];
  /** The rating's place in the scale's order; null outside it. */
  readonly order: number | null;
  readonly summary: string;
  readonly rationale: string;
  readonly words: string;
  readonly state: VerdictRecord['state'];
  readonly standing: VerdictStanding;
  readonly basis: string | null;
  readonly proposedBy: string;
  readonly proposedAt: string;
  readonly decidedAt: string | null;
  readonly goodUntil: string | null;
  readonly aloneReason: string | null;
  readonly stale: {
    readonly before: string;
    readonly after: string;
    readonly by: string | null;
    readonly at: string;
  } | null;
  readonly reviews: readonly ExportReview[];
}

export interface ExportEvidence extends Omit<
  EvidenceRecord,
  'claimId' | 'reportId' | 'deskOnly' | 'addedBy'
> {
  readonly addedBy: string;
}

export interface ExportClaim extends Pick<
  ClaimRecord,
  | 'id'
  | 'quote'
  | 'anchor'
  | 'type'
  | 'claimant'
  | 'claimantRole'
  | 'claimDate'
  | 'place'
  | 'priority'
  | 'status'
  | 'dismissReason'
  | 'attribution'
  | 'createdAt'
  | 'updatedAt'
> {
  /** Counted in the order of the text from 1; those without a place come last. */
  readonly number: number;
  /** Whether `anchor` is a place that can be shown as its own: found, and not one of several. */
  readonly isPlaced: boolean;
  readonly tags: readonly string[];
  readonly rationale: { readonly text: string; readonly doc: DocNode };
  readonly verdict: ExportVerdict | null;
  readonly disputes: readonly ExportVerdict[];
  /** Verdicts that stood once, oldest first; without `verdict` and `disputes`. */
  readonly earlierVerdicts: readonly ExportVerdict[];
  readonly evidence: readonly ExportEvidence[];
  readonly thread: ExportThread | null;
  readonly createdBy: string;
}

export interface ExportImage {
  readonly mediaType: string;
  /** The one thing that cannot be frozen: not to be written to. */
  readonly bytes: Uint8Array;
}

export interface ExportProjection {
  readonly exportedAt: string;
  readonly workspace: {
    readonly name: string;
    /** The ends of the scale's order; null when no rating of it has a place in one. */
    readonly ratings: { readonly worst: number; readonly best: number } | null;
  };
  readonly report: Pick<
    ReportRecord,
    'id' | 'title' | 'purpose' | 'genre' | 'status' | 'source' | 'wordCount' | 'createdAt' | 'updatedAt'
  > & {
    readonly createdBy: string;
  };
  readonly doc: DocNode;
  /** The plain text that all offsets count in: what `doc` flattens to. */
  readonly text: string;
  /** Images that figures of `doc` name, by their SHA-256, sorted. A figure may name one that is not here. */
  readonly images: Readonly<Record<string, ExportImage>>;
  readonly claims: readonly ExportClaim[];
  /** Threads on plain words, in the order of the text. */
  readonly threads: readonly ExportThread[];
  /** Everyone named in it, sorted. */
  readonly people: readonly string[];
}

export interface ProjectionInput {
  readonly report: ReportRecord;
  readonly workspace: { readonly name: string; readonly ratingScale: readonly Rating[] };
  /** The report's text as ProseMirror JSON; the anchors of `claims` and `threads` are resolved in exactly it. */
  readonly doc: DocNode;
  /** By SHA-256; those that no figure of `doc` names are left out. */
  readonly images?: ReadonlyMap<string, ExportImage>;
  readonly claims: readonly ClaimRecord[];
  /** Every thread of the report, on claims and on plain words. */
  readonly threads: readonly ThreadRecord[];
  /** By claim; a claim without one has an empty rationale. */
  readonly rationales: ReadonlyMap<string, { readonly text: string; readonly doc: DocNode }>;
  /** Every verdict there was, in any state; at least those in `claims` are exported. */
  readonly verdicts?: readonly VerdictRecord[];
  /** When the text became what it is here: the same state gives the same bytes. ISO 8601. */
  readonly exportedAt: string;
  /** The last change of every other thing of the report; those of what is exported move `exportedAt`. */
  readonly changes?: readonly SubjectChange[];
  /** For verdicts that are good until some hour; without it, `exportedAt`. ISO 8601. */
  readonly now?: string;
}

const emptyDoc: DocNode = { type: 'doc', content: [{ type: 'paragraph' }] };

export function buildProjection(
  input: ProjectionInput,
  options: ExportOptions = everything,
): ExportProjection {
  const { text } = flattenNode(input.doc);
  const now = input.now ?? input.exportedAt;
  const nameOf = namesFor(options);
  nameOf(input.report.createdBy);
  const threads = input.threads.filter((thread) => mayTell(thread, options));
  const around: Around = {
    input,
    text,
    threads: new Map(
      threads.flatMap((thread) => (thread.claimId === null ? [] : [[thread.claimId, thread]])),
    ),
    verdicts: groupBy(input.verdicts ?? [], (verdict) => verdict.claimId),
    now,
    nameOf,
    options,
  };
  const claims = [...input.claims]
    .filter((claim) => isChosen(claim, options, now))
    .sort(inTextOrder(text))
    .map((claim, index) => projectClaim(claim, index + 1, around));
  const plain = threads
    .filter((thread) => thread.claimId === null)
    .sort(byPlace)
    .map((thread) => projectThread(thread, nameOf));
  const exportedAt = lastChange(input.exportedAt, input.changes ?? [], {
    reportId: input.report.id,
    claims,
    threads: plain,
  });
  const report = projectReport(input.report, exportedAt, nameOf);
  const projection = {
    exportedAt,
    workspace: { name: input.workspace.name, ratings: endsOf(input.workspace.ratingScale) },
    report,
    doc: withoutUnsafeLinks(input.doc),
    text,
    images: projectImages(input),
    claims,
    threads: plain,
    people: peopleIn(report.createdBy, claims, plain),
  };
  return frozen(projection);
}

function endsOf(scale: readonly Rating[]): ExportProjection['workspace']['ratings'] {
  const orders = scale.flatMap(({ order }) => order ?? []);
  return orders.length === 0 ? null : { worst: Math.min(...orders), best: Math.max(...orders) };
}

/** `updatedAt` of the record tells of what is desk only too; of an export it is that of what is in it. */
function projectReport(report: ReportRecord, updatedAt: string, nameOf: NameOf): ExportProjection['report'] {
  const { id, title, purpose, genre, status, source, wordCount, createdAt } = report;
  return {
    id,
    title,
    purpose,
    genre,
    status,
    source: { ...source },
    wordCount,
    createdAt,
    updatedAt,
    createdBy: nameOf(report.createdBy),
  };
}

function projectImages({ doc, images }: ProjectionInput): ExportProjection['images'] {
  const shown = imagesNamed(doc).sort(compare);
  return Object.fromEntries(
    shown.flatMap((name) => {
      const image = images?.get(name);
      return image === undefined ? [] : [[name, { mediaType: image.mediaType, bytes: image.bytes }]];
    }),
  );
}

interface Around {
  readonly input: ProjectionInput;
  readonly text: string;
  /** Of claims, those that may be told. */
  readonly threads: ReadonlyMap<string, ThreadRecord>;
  readonly verdicts: ReadonlyMap<string, readonly VerdictRecord[]>;
  readonly now: string;
  readonly nameOf: NameOf;
  readonly options: ExportOptions;
}

function projectClaim(claim: ClaimRecord, number: number, around: Around): ExportClaim {
  const { input, text, threads, verdicts, nameOf, options } = around;
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
    type,
    claimant,
    claimantRole,
    claimDate,
    place,
    priority,
    status,
    dismissReason,
    tags: [...claim.tags].sort(compare),
    attribution: { ...claim.attribution },
    rationale: rationaleOf(input, claim),
    verdict: claim.verdict === null ? null : verdictOf(claim.verdict),
    disputes: [...claim.disputes].sort(byProposal).map(verdictOf),
    earlierVerdicts: earlier.sort(byProposal).map(verdictOf),
    evidence: claim.evidence
      .filter((item) => options.evidence && !item.deskOnly)
      .sort(byTime((item) => item.addedAt))
      .map((item) => projectEvidence(item, nameOf)),
    thread: thread === undefined ? null : projectThread(thread, nameOf),
    createdBy: nameOf(claim.createdBy),
    createdAt,
    updatedAt,
  };
}

/** A final verdict is given out with the rationale that was signed off, whatever was written in it since. */
function rationaleOf(input: ProjectionInput, claim: ClaimRecord): ExportClaim['rationale'] {
  const { text, doc } = input.rationales.get(claim.id) ?? { text: '', doc: emptyDoc };
  const signed = claim.verdict?.state === 'final' ? claim.verdict.rationale : text;
  if (signed !== text) return { text: signed, doc: paragraphsOf(signed) ?? emptyDoc };
  return { text, doc: withoutUnsafeLinks(doc) };
}

function projectVerdict(
  verdict: VerdictRecord,
  claim: ClaimRecord,
  { input, now, nameOf }: Around,
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
    summary,
    rationale,
    words,
    state,
    standing: standingOf(verdict, claim, now),
    basis,
    proposedBy: nameOf(verdict.proposedBy),
    proposedAt,
    decidedAt,
    goodUntil,
    aloneReason,
    stale: stale === null ? null : { ...stale, by: stale.by === null ? null : nameOf(stale.by) },
    reviews: [...verdict.reviews].sort(byTime((review) => review.at)).map((review) => ({
      id: review.id,
      reviewer: nameOf(review.reviewer),
      decision: review.decision,
      comment: review.comment,
      alone: review.alone,
      at: review.at,
    })),
  };
}

function projectEvidence(item: EvidenceRecord, nameOf: NameOf): ExportEvidence {
  const { id, title, url, publisher, publishedAt, kind, quote, stance, addedAt } = item;
  return {
    id,
    title,
    url,
    publisher,
    publishedAt,
    kind,
    quote,
    stance,
    addedAt,
    addedBy: nameOf(item.addedBy),
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

function inTextOrder(text: string): (one: ClaimRecord, other: ClaimRecord) => number {
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

/** Frozen through and through (but for bytes, which cannot be): a formatter that changed it would change what the next one says. */
function frozen<T>(value: T): T {
  const waiting: unknown[] = [value];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (typeof next !== 'object' || next === null || ArrayBuffer.isView(next) || Object.isFrozen(next))
      continue;
    Object.freeze(next);
    for (const member of Object.values(next))
      if (typeof member === 'object' && member !== null) waiting.push(member);
  }
  return value;
}
