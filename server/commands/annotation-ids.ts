/**
 * Names of what annotations become, made of the report and of the annotation's own name, so that sent again it finds
 * itself. One that left this house bears the name of its record, and is that record when it comes back to its report.
 */
import { createHash } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import { MAX_CLAIMS_PER_REPORT, MAX_THREADS_PER_REPORT } from '#core/limits.ts';
import type { AnchorRecord } from '#core/records.ts';
import type { Tx } from '#db/open.ts';
import { among } from '#db/queries/among.ts';
import { claims, comments, threads } from '#db/schema.ts';
import type { ReadAnnotation } from '#server/import/annotations/annotation.ts';
import type { ReadComment } from '#server/import/notes.ts';

/** A UUID (version 8) that the same report and name always have. */
export function namedId(reportId: string, name: string): string {
  const hex = createHash('sha256').update(`${reportId} ${name}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** The claim or thread that an annotation makes of one of its targets. */
export function noteId(reportId: string, annotation: string, target: number): string {
  return namedId(reportId, `note ${target} ${annotation}`);
}

/** Comments by their origin's name; the further parts of a long one by its and their number. */
export function commentIds(reportId: string, said: readonly ReadComment[]): string[] {
  let name = '';
  let part = 0;
  return said.map(({ originId }) => {
    if (originId !== null) [name, part] = [originId, 0];
    else part += 1;
    return namedId(reportId, `comment ${part} ${name}`);
  });
}

/** What a name stands for in the report already. */
export interface Known {
  readonly claimId: string | null;
  readonly threadId: string | null;
  /** Null: the claim itself. */
  readonly commentId: string | null;
  /** The comment that it answers. */
  readonly parentId: string | null;
  readonly kind: 'claim' | 'thread' | 'suggestion';
  readonly anchor: AnchorRecord | null;
}

export interface KnownThings {
  /** By id. A deleted claim is known: whoever deleted it wants it to stay away. */
  readonly claims: ReadonlyMap<string, AnchorRecord>;
  readonly threads: ReadonlyMap<string, Known>;
  readonly comments: ReadonlyMap<string, { threadId: string; parentId: string | null }>;
  /** The public thread of a claim. */
  readonly threadOfClaim: ReadonlyMap<string, string>;
}

/** What the ids stand for in this report. */
export async function knownThings(tx: Tx, reportId: string, ids: readonly string[]): Promise<KnownThings> {
  const said = await tx
    .select({ id: comments.id, threadId: comments.threadId, parentId: comments.parentId })
    .from(comments)
    .where(and(eq(comments.reportId, reportId), among(comments.id, ids)));
  const marked = await tx
    .select()
    .from(claims)
    .where(and(eq(claims.reportId, reportId), among(claims.id, ids)));
  const talked = await tx
    .select()
    .from(threads)
    .where(
      and(eq(threads.reportId, reportId), among(threads.id, [...ids, ...said.map((row) => row.threadId)])),
    );
  const ofClaims = await tx
    .select({ id: threads.id, claimId: threads.claimId })
    .from(threads)
    .where(and(eq(threads.reportId, reportId), eq(threads.deskOnly, false)));
  return {
    claims: new Map(marked.map((row) => [row.id, anchorOf(row)])),
    threads: new Map(talked.map((row) => [row.id, knownThread(row)])),
    comments: new Map(said.map(({ id, ...row }) => [id, row])),
    threadOfClaim: new Map(ofClaims.flatMap(({ id, claimId }) => (claimId === null ? [] : [[claimId, id]]))),
  };
}

interface Placed {
  anchorStart: number | null;
  anchorEnd: number | null;
  anchorExact: string | null;
  anchorState: AnchorRecord['state'] | null;
  anchorConfidence: number | null;
}

function anchorOf(row: Placed): AnchorRecord {
  return {
    start: row.anchorStart,
    end: row.anchorEnd,
    exact: row.anchorExact,
    state: row.anchorState ?? 'orphaned',
    confidence: row.anchorConfidence ?? 0,
  };
}

function knownThread(row: typeof threads.$inferSelect): Known {
  return {
    claimId: row.claimId,
    threadId: row.id,
    commentId: null,
    parentId: null,
    kind: row.suggestionKind === null ? 'thread' : 'suggestion',
    anchor: row.anchorState === null ? null : anchorOf(row),
  };
}

/** The id of the record that an export of this house named the annotation by; null for any other name. */
export function ownId(name: string): string | null {
  return /^urn:uuid:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i.exec(name)?.[1]?.toLowerCase() ?? null;
}

/** Every id that an annotation may have here. */
export function idsOf(reportId: string, annotation: ReadAnnotation): string[] {
  const names = [annotation.id, ...annotation.answers];
  const own = names.flatMap((name) => ownId(name) ?? []);
  const made = names.flatMap((name) => [noteId(reportId, name, 0), namedId(reportId, `comment 0 ${name}`)]);
  const further = annotation.targets.map((_, i) => noteId(reportId, annotation.id, i));
  return [...own, ...made, ...further];
}

/** What a name stands for; null when it is not known here. */
export function lookUp(known: KnownThings, reportId: string, name: string): Known | null {
  const own = ownId(name);
  if (own !== null) {
    const found = knownNote(known, own, null) ?? knownComment(known, own);
    if (found !== null) return found;
  }
  const comment = namedId(reportId, `comment 0 ${name}`);
  return knownNote(known, noteId(reportId, name, 0), comment) ?? knownComment(known, comment);
}

/** A claim or thread by its id; `comment` is the one that says what its annotation said, if any did. */
export function knownNote(known: KnownThings, id: string, comment: string | null): Known | null {
  const commentId = comment !== null && known.comments.has(comment) ? comment : null;
  const thread = known.threads.get(id);
  if (thread !== undefined) return { ...thread, commentId };
  const anchor = known.claims.get(id);
  if (anchor === undefined) return null;
  const threadId = known.threadOfClaim.get(id) ?? null;
  return { claimId: id, threadId, commentId, parentId: null, kind: 'claim', anchor };
}

function knownComment(known: KnownThings, id: string): Known | null {
  const comment = known.comments.get(id);
  const thread = comment === undefined ? undefined : known.threads.get(comment.threadId);
  if (comment === undefined || thread === undefined) return null;
  const anchor = thread.claimId === null ? thread.anchor : (known.claims.get(thread.claimId) ?? null);
  return { ...thread, anchor, commentId: id, parentId: comment.parentId };
}

/** How many claims and threads the report may still get; removed claims count, since they come back. */
export async function roomIn(tx: Tx, reportId: string): Promise<{ claims: number; threads: number }> {
  return {
    claims: MAX_CLAIMS_PER_REPORT - (await tx.$count(claims, eq(claims.reportId, reportId))),
    threads: MAX_THREADS_PER_REPORT - (await tx.$count(threads, eq(threads.reportId, reportId))),
  };
}
