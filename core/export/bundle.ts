/**
 * The bundle: a whole report as JSON, which `POST /reports` takes back. It says everything that an export may say;
 * ids are those of the house it came from (an import makes its own), people are names, and offsets count UTF-16
 * units in `text`, which is the plain text of `doc`.
 * A change that an older reader would misread raises the version; readers take theirs and those before, and refuse what
 * is newer. A bundle says the lowest version that has all it holds: 1, or 2 when there are figures in its text (with
 * their images), so that a bundle without any is still read by what knows only the first.
 */
import { z } from 'zod';
import {
  anchorStates,
  attributionStates,
  claimStatuses,
  claimTypes,
  dismissReasons,
  evidenceKinds,
  priorities,
  reportGenres,
  reportPurposes,
  reportStatuses,
  reviewDecisions,
  stances,
  suggestionKinds,
  suggestionStates,
  threadStates,
  verdictStates,
} from '../domain/words.ts';
import { toBase64 } from '../base64.ts';
import { imageTypes } from '../image-header.ts';
import { isIsoDate } from '../iso-date.ts';
import * as limits from '../limits.ts';
import { sourcePageRecord } from '../records.ts';
import { sourceMeta } from '../source-meta.ts';
import type { DocNode } from '../text/doc-json.ts';
import { isImageName } from '../text/figures.ts';
import type { ExportClaim, ExportProjection, ExportVerdict } from './projection.ts';
import { verdictStandings } from './standing.ts';
import { ownWords, suggestionSentence } from './suggestion.ts';
import type { ExportComment, ExportThread } from './thread.ts';

export const BUNDLE_FORMAT = 'proofdesk';
export const bundleVersions = [1, 2] as const;

const id = z.uuid();
const time = z.iso.datetime({ offset: true });
/** A day or a moment. */
const date = z.string().max(40).refine(isIsoDate, 'must be a date of ISO 8601, as 2025-12-28').nullable();
const name = z.string().max(limits.MAX_NAME_LENGTH);
const line = (max: number) => z.string().max(max);
const optional = (max: number) => z.string().max(max).nullable();
/** Checked against its schema by the importer; here only that it is a node. */
const doc = z.custom<DocNode>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  'must be a document',
);

const anchor = z.strictObject({
  start: z.int().min(0).nullable(),
  end: z.int().min(0).nullable(),
  exact: z.string().max(limits.MAX_TEXT_LENGTH).nullable(),
  state: z.enum(anchorStates),
  confidence: z.number().min(0).max(1),
});
/** A claim may have grown past what a new one may hold, so quotations are bounded by the text only. */
const quote = z.strictObject({
  exact: line(limits.MAX_TEXT_LENGTH),
  prefix: line(limits.MAX_CONTEXT_LENGTH),
  suffix: line(limits.MAX_CONTEXT_LENGTH),
});

const review = z.strictObject({
  id,
  reviewer: name,
  decision: z.enum(reviewDecisions),
  comment: optional(limits.MAX_SUMMARY_LENGTH),
  alone: z.boolean(),
  at: time,
});

const verdict = z.strictObject({
  id,
  rating: line(40),
  label: line(60),
  summary: line(limits.MAX_SUMMARY_LENGTH),
  rationale: line(limits.MAX_TEXT_LENGTH),
  words: line(limits.MAX_TEXT_LENGTH),
  state: z.enum(verdictStates),
  /** What it could be taken for at the moment of the export. */
  standing: z.enum(verdictStandings),
  basis: id.nullable(),
  proposedBy: name,
  proposedAt: time,
  decidedAt: time.nullable(),
  goodUntil: time.nullable(),
  aloneReason: optional(limits.MAX_SUMMARY_LENGTH),
  stale: z
    .strictObject({
      before: line(limits.MAX_TEXT_LENGTH),
      after: line(limits.MAX_TEXT_LENGTH),
      by: name.nullable(),
      at: time,
    })
    .nullable(),
  reviews: z.array(review).max(200),
});

const evidence = z.strictObject({
  id,
  title: line(limits.MAX_TITLE_LENGTH),
  url: z
    .string()
    .max(limits.MAX_URL_LENGTH)
    .refine(
      (value) => /^https?:\/\/[^\s/]/i.test(value) && URL.canParse(value),
      'must be an http or https address',
    )
    .nullable(),
  publisher: optional(limits.MAX_NAME_LENGTH),
  publishedAt: date,
  kind: z.enum(evidenceKinds),
  quote: optional(limits.MAX_QUOTE_LENGTH),
  stance: z.enum(stances),
  addedAt: time,
  addedBy: name,
});

const comment = z.strictObject({
  id,
  /** Another comment of the same thread that stands before it. */
  parentId: id.nullable(),
  body: line(limits.MAX_COMMENT_LENGTH),
  author: name,
  at: time,
  editedAt: time.nullable(),
  deleted: z.boolean(),
  reactions: z.array(z.strictObject({ name: line(40), by: z.array(name).max(1_000) })).max(20),
});

const thread = z.strictObject({
  id,
  state: z.enum(threadStates),
  resolvedBy: name.nullable(),
  createdAt: time,
  anchor: anchor.nullable(),
  quote: quote.nullable(),
  /** Only of a thread that suggests a change of its words; readers of older versions refuse it. */
  suggestion: z
    .strictObject({
      kind: z.enum(suggestionKinds),
      text: line(limits.MAX_TEXT_LENGTH),
      state: z.enum(suggestionStates),
    })
    .optional(),
  comments: z.array(comment).max(limits.MAX_COMMENTS_PER_THREAD),
});

const claim = z.strictObject({
  id,
  quote,
  anchor,
  type: z.enum(claimTypes),
  claimant: optional(limits.MAX_NAME_LENGTH),
  claimantRole: optional(limits.MAX_NAME_LENGTH),
  claimDate: date,
  place: optional(limits.MAX_NAME_LENGTH),
  priority: z.enum(priorities),
  status: z.enum(claimStatuses),
  dismissReason: z.enum(dismissReasons).nullable(),
  tags: z.array(line(limits.MAX_TAG_LENGTH)).max(limits.MAX_TAGS),
  attribution: z.strictObject({
    state: z.enum(attributionStates),
    note: optional(limits.MAX_SUMMARY_LENGTH),
  }),
  rationale: z.strictObject({ text: line(limits.MAX_TEXT_LENGTH), doc }),
  /** Which of `verdicts` counts, and which stand against it. */
  verdict: id.nullable(),
  disputes: z.array(id).max(200),
  /** Every verdict there was, oldest first. */
  verdicts: z.array(verdict).max(500),
  evidence: z.array(evidence).max(1_000),
  thread: thread.nullable(),
  createdBy: name,
  createdAt: time,
  updatedAt: time,
});

const image = z.strictObject({
  sha256: z.string().refine(isImageName, 'must be a SHA-256 in hex'),
  mediaType: z.enum(imageTypes),
  /** Base64. */
  data: line(Math.ceil(limits.MAX_IMAGE_BYTES / 3) * 4),
});

export const bundleSchema = z.strictObject({
  format: z.literal(BUNDLE_FORMAT),
  version: z.literal(bundleVersions),
  exportedAt: time,
  workspace: z.strictObject({ name }),
  report: z.strictObject({
    id,
    title: z.string().trim().min(1).max(limits.MAX_TITLE_LENGTH),
    purpose: z.enum(reportPurposes),
    genre: z.enum(reportGenres),
    status: z.enum(reportStatuses),
    source: z.strictObject({
      kind: line(40),
      sha256: line(64),
      name: optional(1_000),
      from: optional(limits.MAX_URL_LENGTH),
      meta: sourceMeta.nullable().optional(),
      takenAt: time,
    }),
    createdBy: name,
    createdAt: time,
    updatedAt: time,
  }),
  text: line(limits.MAX_TEXT_LENGTH),
  doc,
  /** Those that figures of `doc` name, by name; of version 2. */
  images: z.array(image).max(limits.MAX_IMAGES).optional(),
  /** Where the pages of the source begin in `text`, if it has any. */
  pages: z.array(sourcePageRecord).max(limits.MAX_SOURCE_PAGES).optional(),
  claims: z.array(claim).max(limits.MAX_CLAIMS_PER_REPORT),
  threads: z.array(thread).max(limits.MAX_THREADS_PER_REPORT),
  people: z.array(name).max(10_000),
});
export type Bundle = z.infer<typeof bundleSchema>;
export type BundleClaim = Bundle['claims'][number];
export type BundleThread = Bundle['threads'][number];
export type BundleComment = BundleThread['comments'][number];
export type BundleVerdict = BundleClaim['verdicts'][number];

export function toBundle(projection: ExportProjection): Bundle {
  const { exportedAt, workspace, report, text, claims, threads, people } = projection;
  const { wordCount: _, ...aboutReport } = report;
  const hasFigures = holdsFigure(projection.doc);
  return {
    format: BUNDLE_FORMAT,
    version: hasFigures ? 2 : 1,
    exportedAt,
    workspace: { name: workspace.name },
    report: { ...aboutReport, source: withoutEmptyMeta(aboutReport.source) },
    text,
    doc: projection.doc,
    ...(hasFigures && { images: bundleImages(projection) }),
    ...(projection.pages.length > 0 && { pages: [...projection.pages] }),
    claims: claims.map(bundleClaim),
    threads: threads.map(bundleThread),
    people: [...people],
  };
}

function holdsFigure(node: DocNode): boolean {
  return node.type === 'figure' || (node.content ?? []).some(holdsFigure);
}

/** Only what a reader takes back: images of the four kinds. */
function bundleImages({ images }: ExportProjection): NonNullable<Bundle['images']> {
  return Object.entries(images).flatMap(([sha256, { mediaType, bytes }]) => {
    const known = imageTypes.find((type) => type === mediaType);
    return known === undefined ? [] : [{ sha256, mediaType: known, data: toBase64(bytes) }];
  });
}

/** A source that says nothing of itself needs no word for it; so older bundles read the same. */
function withoutEmptyMeta({
  meta,
  ...source
}: ExportProjection['report']['source']): Bundle['report']['source'] {
  return meta === null ? source : { ...source, meta };
}

function bundleClaim(from: ExportClaim): BundleClaim {
  const {
    number: _number,
    isPlaced: _isPlaced,
    pages: _pages,
    verdict: current,
    disputes,
    earlierVerdicts,
    ...rest
  } = from;
  const standing = current === null ? disputes : [current, ...disputes];
  return {
    ...rest,
    tags: [...rest.tags],
    verdict: current?.id ?? null,
    disputes: disputes.map((each) => each.id),
    verdicts: [...earlierVerdicts, ...standing].sort(byProposal).map(bundleVerdict),
    claimDate: dateIn(rest.claimDate),
    evidence: rest.evidence.map((item) => ({ ...item, publishedAt: dateIn(item.publishedAt) })),
    thread: rest.thread === null ? null : bundleThread(rest.thread),
  };
}

/** A bundle with words for a date could not come in anywhere; older imports took them. */
function dateIn(text: string | null): string | null {
  return text !== null && isIsoDate(text) ? text : null;
}

function byProposal(one: ExportVerdict, other: ExportVerdict): number {
  if (one.proposedAt !== other.proposedAt) return one.proposedAt < other.proposedAt ? -1 : 1;
  return one.id < other.id ? -1 : 1;
}

function bundleVerdict(from: ExportVerdict): BundleVerdict {
  const { tone: _tone, order: _order, reviews, ...rest } = from;
  const state = rest.standing === 'stale' ? 'stale' : rest.state;
  return { ...rest, state, reviews: [...reviews] };
}

function bundleThread(from: ExportThread): BundleThread {
  const { suggestion, ...rest } = from;
  const comments = from.comments.map(bundleComment);
  if (suggestion === null) return { ...rest, comments };
  const { kind, text, state } = suggestion;
  const sentence = suggestionSentence(suggestion, from.quote?.exact ?? from.anchor?.exact ?? '');
  const [first, ...others] = comments;
  const said = first === undefined ? [] : [{ ...first, body: ownWords(first.body, sentence) }, ...others];
  return { ...rest, suggestion: { kind, text, state }, comments: said };
}

function bundleComment({ depth: _, ...comment }: ExportComment): BundleComment {
  const reactions = comment.reactions.map((reaction) => ({ name: reaction.name, by: [...reaction.by] }));
  return { ...comment, reactions };
}
