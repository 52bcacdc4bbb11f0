/**
 * Which comments of a file that went out from here are ours, now that it comes back. A Word file names each comment
 * by eight hex digits, which the export makes of the first 31 bits of our id; a program that saves the file may drop
 * them, so author, minute and first words decide where they are gone. Digits alone are not believed: another file's
 * may be the same by chance.
 */
import { plainComment } from '#core/mentions.ts';
import type { ClaimRecord, ThreadRecord } from '#core/records.ts';
import type { ReadComment } from './notes.ts';

/** A claim, or a comment of a thread, as it went out. */
export interface OwnRemark {
  readonly id: string;
  /** Null: the claim itself. */
  readonly commentId: string | null;
  readonly claimId: string | null;
  readonly thread: ThreadRecord | null;
  readonly author: string;
  readonly at: string;
  /** Null where the file shows other words than it says: a claim's summary, a deleted comment. */
  readonly body: string | null;
}

export function ownRemarks(claims: readonly ClaimRecord[], threads: readonly ThreadRecord[]): OwnRemark[] {
  const told = threads.filter(({ deskOnly }) => !deskOnly);
  const threadOf = new Map(
    told.flatMap((thread) => (thread.claimId === null ? [] : [[thread.claimId, thread]])),
  );
  const heads = claims.map((claim): OwnRemark => ({
    id: claim.id,
    commentId: null,
    claimId: claim.id,
    thread: threadOf.get(claim.id) ?? null,
    author: claim.verdict?.proposedBy.name ?? claim.createdBy.name,
    at: claim.verdict?.proposedAt ?? claim.createdAt,
    body: null,
  }));
  const said = told.flatMap((thread) =>
    thread.comments.map((comment, i): OwnRemark => ({
      id: comment.id,
      commentId: comment.id,
      claimId: thread.claimId,
      thread,
      author: comment.author.name,
      at: comment.at,
      // A suggestion's first comment goes out with the sentence of what it would change.
      body: comment.deleted || (i === 0 && thread.suggestion !== null) ? null : plainComment(comment.body),
    })),
  );
  return [...heads, ...said];
}

export class OwnRemarks {
  readonly #byKey = new Map<number, OwnRemark[]>();
  readonly #byWords = new Map<string, OwnRemark>();

  constructor(remarks: readonly OwnRemark[]) {
    for (const remark of remarks) {
      const key = keyOf(remark.id);
      this.#byKey.set(key, [...(this.#byKey.get(key) ?? []), remark]);
      if (remark.body !== null) this.#byWords.set(wordsKey(remark.author, remark.at, remark.body), remark);
    }
  }

  /** The one that a comment of the file is; null for a new one. */
  find(comment: ReadComment): OwnRemark | null {
    const digits = /^[0-9a-f]{8}$/i.test(comment.originId ?? '')
      ? Number.parseInt(comment.originId ?? '', 16)
      : null;
    const named = digits === null ? [] : (this.#byKey.get(digits) ?? []);
    const found = named.find((remark) => isLike(remark, comment));
    if (found !== undefined) return found;
    if (comment.author === null || comment.at === null) return null;
    return this.#byWords.get(wordsKey(comment.author, comment.at, comment.body)) ?? null;
  }
}

/** Word takes keys from 1 to this. */
const LAST_KEY = 0x7fff_fffd;

function keyOf(id: string): number {
  return Math.min(Math.max(1, Number.parseInt(id.slice(0, 8), 16) >>> 1), LAST_KEY);
}

/** Names may have been left out of the export, times shifted, words changed: not all three. */
function isLike(remark: OwnRemark, comment: ReadComment): boolean {
  return (
    remark.author === comment.author ||
    (comment.at !== null && minuteOf(remark.at) === minuteOf(comment.at)) ||
    (remark.body !== null && isSameText(remark.body, comment.body))
  );
}

function minuteOf(at: string): number {
  return Math.floor(Date.parse(at) / 60_000);
}

function wordsKey(author: string, at: string, body: string): string {
  return JSON.stringify([author, minuteOf(at), tidy(body).slice(0, 60)]);
}

export function isSameText(one: string, other: string): boolean {
  return tidy(one) === tidy(other);
}

function tidy(text: string): string {
  return text.replaceAll(/[\s\u00a0]+/g, ' ').trim();
}

/** How many lines of a text another text has, word for word, and how many it has not. */
export function comparedLines(text: string, other: string): { shared: number; missing: number } {
  const lines = text
    .split('\n')
    .map(tidy)
    .filter((line) => line !== '');
  const known = new Set(other.split('\n').map(tidy));
  const shared = lines.filter((line) => known.has(line)).length;
  return { shared, missing: lines.length - shared };
}
