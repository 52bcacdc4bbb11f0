/**
 * Which comments of a file that went out from here are ours, now that it comes back. Surest first: the record's own id,
 * which a PDF has as the annotation's name and a Word file in a part of ours; then the eight hex digits by which Word
 * names a comment, made of the first 31 bits of our id; then author, minute and first words, since a program that saves
 * the file may drop all of that. Digits alone are not believed: another file's may be the same by chance. Each record is
 * at most one comment of the file, so that a comment that somebody copied is a new one.
 */
import { plainComment } from '#core/mentions.ts';
import type { ClaimRecord, ThreadRecord } from '#core/records.ts';
import type { ReadComment } from './notes.ts';
import type { PlannedNote } from './plan-notes.ts';

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
  /** Of a claim: the words that it is on, as they were and as they are. */
  readonly quotes: readonly string[];
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
    quotes: [claim.quote.exact, claim.anchor.exact ?? claim.quote.exact],
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
      quotes: [],
    })),
  );
  return [...heads, ...said];
}

/** What each comment of the file is that is ours. `text` is the file's. */
export function matchRemarks(
  remarks: readonly OwnRemark[],
  notes: readonly PlannedNote[],
  text: string,
): ReadonlyMap<ReadComment, OwnRemark> {
  const matching = new Matching(remarks, notes);
  matching.pass(
    ({ id }) => [id],
    ({ originId }) => originId?.toLowerCase() ?? null,
  );
  matching.pass(
    ({ id }) => [String(keyOf(id))],
    ({ originId }) => (isKey(originId) ? String(Number.parseInt(originId, 16)) : null),
    isLike,
  );
  matching.pass(
    ({ author, at, body, commentId }) => (commentId === null ? [] : [wordsKey(author, at, body ?? DELETED)]),
    ({ author, at, body }) => (author === null || at === null ? null : wordsKey(author, at, body)),
  );
  const heads = new Map(
    notes.flatMap(({ range, comments: [head] }) => (range && head ? [[head, range]] : [])),
  );
  matching.pass(
    ({ quotes }) => [...new Set(quotes.map(tidy))],
    (comment) => {
      const range = heads.get(comment);
      return range === undefined || !CLAIM.test(comment.body)
        ? null
        : tidy(text.slice(range.start, range.end));
    },
  );
  matching.takeContinued();
  return matching.found;
}

/** What stands in a Word file for a comment that was deleted. */
const DELETED = '[deleted]';
/** How the note of a claim begins in Word and in PDF. */
const CLAIM = /^(Claim )?\d+( ·|\.) /;

class Matching {
  readonly found = new Map<ReadComment, OwnRemark>();
  readonly #taken = new Set<OwnRemark>();

  constructor(
    readonly remarks: readonly OwnRemark[],
    readonly notes: readonly PlannedNote[],
  ) {}

  /** Gives each comment that is nobody's yet a record that is no comment's yet and has its key; earlier ones first. */
  pass(
    keysOf: (remark: OwnRemark) => readonly string[],
    keyIn: (comment: ReadComment) => string | null,
    isSure: (remark: OwnRemark, comment: ReadComment) => boolean = () => true,
  ): void {
    const byKey = new Map<string, OwnRemark[]>();
    for (const remark of this.remarks) {
      if (this.#taken.has(remark)) continue;
      for (const key of keysOf(remark)) byKey.set(key, [...(byKey.get(key) ?? []), remark]);
    }
    for (const comment of this.notes.flatMap(({ comments }) => comments)) {
      const key = this.found.has(comment) ? null : keyIn(comment);
      const remark = (key === null ? [] : (byKey.get(key) ?? [])).find(
        (each) => !this.#taken.has(each) && isSure(each, comment),
      );
      if (remark === undefined) continue;
      this.#taken.add(remark);
      this.found.set(comment, remark);
    }
  }

  /** What was cut off a long one of ours (plan-notes.ts) is still ours. */
  takeContinued(): void {
    for (const { comments } of this.notes)
      for (const comment of comments) {
        const before = comment.parent === null ? undefined : comments[comment.parent];
        const remark = before === undefined ? undefined : this.found.get(before);
        const isCut = comment.originId === null && before?.originId !== null;
        if (isCut && remark !== undefined && comment.author === before?.author && comment.at === before.at)
          this.found.set(comment, remark);
      }
  }
}

function isKey(originId: string | null): originId is string {
  return /^[0-9a-f]{8}$/i.test(originId ?? '');
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
