/**
 * A bundle back in: JSON text to a checked value. Nothing in it is trusted: depth and sizes are bounded before
 * anything recursive touches it, documents are held against the schemas and their links against what people may
 * follow, and every offset, id and answer must fit the rest.
 * Makes no records: the import command gives new ids, keeps names and times, and marks the verdicts.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { fromBase64 } from '#core/base64.ts';
import {
  BUNDLE_FORMAT,
  bundleSchema,
  bundleVersions,
  type Bundle,
  type BundleThread,
} from '#core/export/bundle.ts';
import { AppError } from '#core/errors.ts';
import type { ClaimStatus } from '#core/domain/words.ts';
import { readImageHeader } from '#core/image-header.ts';
import { rationaleSchema, reportSchema } from '#core/text/schema.ts';
import { flattenNode } from '#core/text/flatten-node.ts';
import { checkedDocument } from './document.ts';
import { parseJsonText } from './json-text.ts';
import type { ReadImage } from './notes.ts';
import { storable } from './storable.ts';

/** Throws `invalid_input` or `unsupported_kind` with the place and what was expected. */
export function readBundle(source: string): Bundle {
  const value = wellFormed(parseJsonText(source, invalid));
  refuseOtherVersions(value);
  const parsed = bundleSchema.safeParse(value);
  if (!parsed.success) throw invalid(firstIssue(parsed.error));
  const bundle = parsed.data;
  const doc = checkedDocument(bundle.doc, reportSchema, 'doc');
  if (flattenNode(doc).text !== bundle.text)
    throw invalid('text: is not the plain text of doc, so no offset can be relied on');
  const claims = bundle.claims.map((claim, i) => {
    const at = `claims[${i}]`;
    checkAnchor(claim.anchor, bundle.text, `${at}.anchor`);
    checkVerdicts(claim, at);
    if (claim.thread !== null) checkThread(claim.thread, bundle.text, `${at}.thread`);
    const rationale = checkedDocument(claim.rationale.doc, rationaleSchema, `${at}.rationale.doc`);
    return { ...claim, rationale: { text: flattenNode(rationale).text, doc: rationale } };
  });
  bundle.threads.forEach((thread, i) => {
    checkThread(thread, bundle.text, `threads[${i}]`);
    if ((thread.anchor === null) !== (thread.quote === null))
      throw invalid(`threads[${i}]: a thread on words needs their anchor and quote`);
  });
  checkIds(bundle);
  return { ...bundle, doc, claims };
}

/**
 * The images of a bundle that was read. Each must be what it says: the bytes of its name, of its kind, once.
 */
export function imagesIn({ images = [] }: Bundle): ReadImage[] {
  const names = new Set<string>();
  return images.map(({ sha256, mediaType, data }, i) => {
    const at = `images[${i}]`;
    const bytes = fromBase64(data);
    if (bytes === null) throw invalid(`${at}.data: is not base64`);
    if (createHash('sha256').update(bytes).digest('hex') !== sha256)
      throw invalid(`${at}.sha256: is not that of its data`);
    if (readImageHeader(bytes)?.mediaType !== mediaType)
      throw invalid(`${at}.mediaType: its data is no ${mediaType} that can be shown`);
    if (names.has(sha256)) throw invalid(`${at}: stands there twice`);
    names.add(sha256);
    return { sha256, mediaType, bytes };
  });
}

/** The state of a verdict that came with a bundle: it says what others found and signs nothing off here. */
export function importedVerdictState(
  state: Bundle['claims'][number]['verdicts'][number]['state'],
): 'imported' | 'superseded' | 'withdrawn' {
  return state === 'superseded' || state === 'withdrawn' ? state : 'imported';
}

/** The status of a claim that came with a bundle: without a verdict of ours it is open again, at most. */
export function importedClaimStatus(status: ClaimStatus): ClaimStatus {
  return status === 'suggested' || status === 'dismissed' || status === 'open' ? status : 'open';
}

/** Strings as a database and UTF-8 can hold them: no half characters; a zero character is refused. */
function wellFormed(value: unknown): unknown {
  if (typeof value === 'string') {
    if (value.includes('\0')) throw invalid('a string holds the character U+0000');
    return storable(value);
  }
  if (Array.isArray(value)) return value.map(wellFormed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, wellFormed(member)]));
}

function refuseOtherVersions(value: unknown): void {
  const head = z.object({ format: z.literal(BUNDLE_FORMAT), version: z.int() }).safeParse(value);
  if (head.success && !bundleVersions.some((version) => version === head.data.version)) {
    throw new AppError(
      'unsupported_kind',
      `The bundle is of version ${head.data.version}; versions ${bundleVersions.join(' and ')} can be imported.`,
    );
  }
}

function checkAnchor(anchor: Bundle['claims'][number]['anchor'], text: string, at: string): void {
  const { start, end, exact } = anchor;
  if (start === null && end === null) return;
  if (start === null || end === null || start > end || end > text.length) {
    throw invalid(`${at}: start and end must be within the text (0 to ${text.length})`);
  }
  if (exact !== null && text.slice(start, end) !== exact)
    throw invalid(`${at}.exact: is not what stands from ${start} to ${end}`);
}

function checkVerdicts(claim: Bundle['claims'][number], at: string): void {
  const known = new Set(claim.verdicts.map((verdict) => verdict.id));
  const named = [...(claim.verdict === null ? [] : [claim.verdict]), ...claim.disputes];
  const missing = named.find((id) => !known.has(id));
  if (missing !== undefined) throw invalid(`${at}.verdict: ${missing} is none of its verdicts`);
}

/** Answers stand after what they answer, so that they can be stored in order. */
function checkThread(thread: BundleThread, text: string, at: string): void {
  if (thread.anchor !== null) checkAnchor(thread.anchor, text, `${at}.anchor`);
  const seen = new Set<string>();
  thread.comments.forEach((comment, i) => {
    if (comment.parentId !== null && !seen.has(comment.parentId)) {
      throw invalid(`${at}.comments[${i}].parentId: is no comment that stands before it in the thread`);
    }
    seen.add(comment.id);
  });
}

function checkIds(bundle: Bundle): void {
  const threads = [...bundle.threads, ...bundle.claims.flatMap((claim) => claim.thread ?? [])];
  const verdicts = bundle.claims.flatMap((claim) => claim.verdicts);
  const groups: readonly (readonly [string, readonly { readonly id: string }[]])[] = [
    ['claims', bundle.claims],
    ['verdicts', verdicts],
    ['reviews', verdicts.flatMap((verdict) => verdict.reviews)],
    ['evidence', bundle.claims.flatMap((claim) => claim.evidence)],
    ['threads', threads],
    ['comments', threads.flatMap((thread) => thread.comments)],
  ];
  for (const [what, things] of groups) {
    if (new Set(things.map((thing) => thing.id)).size !== things.length)
      throw invalid(`two ${what} have the same id`);
  }
}

function firstIssue(error: z.ZodError): string {
  const issue = error.issues[0];
  if (issue === undefined) return 'the bundle is not valid';
  const path = issue.path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '');
  return `${path === '' ? 'the bundle' : path}: ${issue.message}`;
}

function invalid(detail: string): AppError {
  return new AppError(
    'invalid_input',
    `The bundle cannot be imported. ${detail.charAt(0).toUpperCase()}${detail.slice(1)}.`,
  );
}

/** The pages of a bundle that was read: in order, each once, within the text. */
export function pagesIn(pages: NonNullable<Bundle['pages']>, text: string): NonNullable<Bundle['pages']> {
  for (const [i, { page, start }] of pages.entries()) {
    const before = pages[i - 1];
    if (start > text.length || (before !== undefined && (page <= before.page || start < before.start)))
      throw new AppError('invalid_input', `pages[${i}]: pages stand in order, within the text`);
  }
  return pages;
}
