/**
 * What leaves the house: one frozen value that every export format is made from, so that no format can show more
 * than another, or a verdict as more than it is.
 * Three things are decided here, once: what is desk only is dropped before anything else is looked at; people are
 * names; and how a verdict stands (signed off, alone, proposed, stale …) is worked out from the records as they
 * are now, so that a verdict whose words have changed since is never given out as final.
 * The same state gives an equal projection: everything is sorted, and the time comes from the caller.
 */
import type { Rating } from '../domain/rating-scale.ts';
import { groupBy } from '../grouping.ts';
import type {
  ClaimRecord,
  EvidenceRecord,
  Person,
  ReportRecord,
  SourcePageRecord,
  ThreadRecord,
  VerdictRecord,
} from '../records.ts';
import type { DocNode } from '../text/doc-json.ts';
import { imagesNamed } from '../text/figures.ts';
import { flattenNode } from '../text/flatten-node.ts';
import { lastChange, type SubjectChange } from './last-change.ts';
import { Names, peopleIn } from './names.ts';
import { everything, isChosen, mayTell, type ExportOptions } from './options.ts';
import { compare } from './order.ts';
import { inTextOrder, projectClaim, type Around } from './project-claim.ts';
import { withoutUnsafeLinks } from './safe-links.ts';
import type { VerdictStanding } from './standing.ts';
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
  /** Of the source, where it has pages. */
  readonly pages: { readonly first: number; readonly last: number } | null;
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
  /** Where the pages of the source begin in `text`, if it has any. */
  readonly pages: readonly SourcePageRecord[];
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
  readonly pages?: readonly SourcePageRecord[];
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
  /** Everyone of the workspace: whoever leaves names out leaves out theirs. */
  readonly members?: readonly Person[];
  /** For verdicts that are good until some hour; without it, `exportedAt`. ISO 8601. */
  readonly now?: string;
}

export function buildProjection(
  input: ProjectionInput,
  options: ExportOptions = everything,
): ExportProjection {
  const { text } = flattenNode(input.doc);
  const now = input.now ?? input.exportedAt;
  const names = namesFor(input, options);
  names.of(input.report.createdBy);
  const threads = input.threads.filter((thread) => mayTell(thread, options));
  const around: Around = {
    input,
    text,
    threads: new Map(
      threads.flatMap((thread) => (thread.claimId === null ? [] : [[thread.claimId, thread]])),
    ),
    verdicts: groupBy(input.verdicts ?? [], (verdict) => verdict.claimId),
    now,
    names,
    options,
  };
  const claims = [...input.claims]
    .filter((claim) => isChosen(claim, options, now))
    .sort(inTextOrder(text))
    .map((claim, index) => projectClaim(claim, index + 1, around));
  const plain = threads
    .filter((thread) => thread.claimId === null)
    .sort(byPlace)
    .map((thread) => projectThread(thread, names));
  const exportedAt = lastChange(input.exportedAt, input.changes ?? [], {
    reportId: input.report.id,
    claims,
    threads: plain,
  });
  const report = projectReport(input.report, exportedAt, names);
  const projection = {
    exportedAt,
    workspace: { name: input.workspace.name, ratings: endsOf(input.workspace.ratingScale) },
    report,
    doc: withoutUnsafeLinks(input.doc),
    text,
    images: projectImages(input),
    pages: (input.pages ?? []).map(({ page, start }) => ({ page, start })),
    claims,
    threads: plain,
    people: names.given,
  };
  return frozen(projection);
}

/** Who may stand in what somebody wrote matters only when nobody may. */
function namesFor(input: ProjectionInput, { names }: ExportOptions): Names {
  if (names) return new Names(false, []);
  const { report, claims, threads, verdicts = [], members = [] } = input;
  return new Names(true, peopleIn([members, report, claims, threads, verdicts]));
}

function endsOf(scale: readonly Rating[]): ExportProjection['workspace']['ratings'] {
  const orders = scale.flatMap(({ order }) => order ?? []);
  return orders.length === 0 ? null : { worst: Math.min(...orders), best: Math.max(...orders) };
}

/** `updatedAt` of the record tells of what is desk only too; of an export it is that of what is in it. */
function projectReport(report: ReportRecord, updatedAt: string, names: Names): ExportProjection['report'] {
  const { id, title, purpose, genre, status, source, wordCount, createdAt } = report;
  return {
    id,
    title: names.in(title),
    purpose,
    genre,
    status,
    source: projectSource(source, names),
    wordCount,
    createdAt,
    updatedAt,
    createdBy: names.of(report.createdBy),
  };
}

function projectSource(source: ReportRecord['source'], names: Names): ReportRecord['source'] {
  const { name, meta } = source;
  const own = (words: string | null): string | null => (words === null ? null : names.in(words));
  return {
    ...source,
    name: own(name),
    meta: meta === null ? null : { ...meta, byline: own(meta.byline), publisher: own(meta.publisher) },
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
