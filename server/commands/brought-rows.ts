/**
 * Rows that an import brings, collected first and stored together: claims before what hangs on them, many rows a
 * statement, since a file may bring thousands. Authors are names, never members; the importer stands beside them as
 * the one who brought it. What came from outside is made storable here, for every kind of import.
 */
import { describeQuote } from '#core/anchor/quote.ts';
import { makePlace } from '#core/anchor/place.ts';
import { prepareText, type PreparedText } from '#core/anchor/fold.ts';
import { MAX_NAME_LENGTH } from '#core/limits.ts';
import { plainComment } from '#core/mentions.ts';
import type { EncodedPlace } from '#core/text/claim-entry.ts';
import type { FlatText } from '#core/text/flatten.ts';
import type { Tx } from '#db/open.ts';
import { claims, comments, evidence, reactions, reviews, threads, verdicts } from '#db/schema.ts';
import { storable } from '#server/import/storable.ts';
import type { Principal } from '#server/principal.ts';
import type { DocRef } from '#server/sync/rooms.ts';
import type { Change } from './command.ts';
import { anchorColumns, type FoundPlace } from './places.ts';

export type NewClaimRow = typeof claims.$inferInsert;
export type NewThreadRow = typeof threads.$inferInsert;
export type NewCommentRow = typeof comments.$inferInsert;

/** A row has up to 30 values, and a statement of PostgreSQL takes 65,535. */
const ROWS_A_STATEMENT = 500;

/** Who said it, where the source does not know. */
export const UNKNOWN_AUTHOR = 'Unknown';

/** Who brings rows, where to, and when. */
interface BringsRows {
  readonly change: Change;
  readonly principal: Principal;
  readonly ref: DocRef;
  readonly rows: BroughtRows;
}

export class BroughtRows {
  readonly claims: NewClaimRow[] = [];
  readonly verdicts: (typeof verdicts.$inferInsert)[] = [];
  readonly reviews: (typeof reviews.$inferInsert)[] = [];
  readonly evidence: (typeof evidence.$inferInsert)[] = [];
  readonly threads: NewThreadRow[] = [];
  readonly comments: NewCommentRow[] = [];
  readonly reactions: (typeof reactions.$inferInsert)[] = [];

  readonly #last = new Map<string, { count: number; at: number }>();

  /**
   * The time of a thread's next comment: `at`, or where the source gives none `fallback`, in the order in which they
   * come. With `inOrder` a comment of the same second as the one before it comes after it, by a millisecond.
   */
  timeIn(
    threadId: string,
    at: Date | null,
    { fallback, inOrder }: { fallback: Date; inOrder: boolean },
  ): Date {
    const last = this.#last.get(threadId) ?? { count: 0, at: Number.NEGATIVE_INFINITY };
    const wanted = at?.getTime() ?? fallback.getTime() + last.count;
    const isSameMoment = wanted <= last.at && last.at - wanted < 1_000;
    const time = inOrder && isSameMoment ? last.at + 1 : wanted;
    this.#last.set(threadId, { count: last.count + 1, at: time });
    return new Date(time);
  }

  async store(tx: Tx): Promise<void> {
    for (const some of parts(this.claims)) await tx.insert(claims).values(some);
    for (const some of parts(this.verdicts)) await tx.insert(verdicts).values(some);
    for (const some of parts(this.reviews)) await tx.insert(reviews).values(some);
    for (const some of parts(this.evidence)) await tx.insert(evidence).values(some);
    for (const some of parts(this.threads)) await tx.insert(threads).values(some);
    for (const some of parts(this.comments)) await tx.insert(comments).values(some);
    for (const some of parts(this.reactions)) await tx.insert(reactions).values(some).onConflictDoNothing();
  }
}

/** The row of a claim's own thread, which begins with the first that is said about it. Returns its id. */
export function beginThreadOfClaim({ change, principal, ref, rows }: BringsRows, claimId: string): string {
  const id = change.runtime.newId();
  rows.threads.push({
    id,
    ...ref,
    claimId,
    state: 'open',
    deskOnly: false,
    createdBy: principal.memberId,
    createdAt: change.at,
  });
  return id;
}

function* parts<T>(rows: readonly T[]): Generator<T[]> {
  for (let at = 0; at < rows.length; at += ROWS_A_STATEMENT) yield rows.slice(at, at + ROWS_A_STATEMENT);
}

/** The name of somebody outside. */
export function authorName(name: string | null): string {
  const shown = storable(name ?? '')
    .replaceAll(/\s+/g, ' ')
    .trim();
  return shown === '' ? UNKNOWN_AUTHOR : Array.from(shown).slice(0, MAX_NAME_LENGTH).join('');
}

/** What somebody outside said: they cannot mention anybody here. */
export function bodyText(body: string): string {
  let words = storable(body);
  // What is left of one may make another.
  for (let plain = plainComment(words); plain !== words; plain = plainComment(words)) words = plain;
  return words;
}

/** A moment that the source gives; null where it gives none, or one that no calendar of ours has. */
export function momentOf(at: string | null): Date | null {
  const moment = at === null ? Number.NaN : Date.parse(at);
  const isWritable = moment >= Date.UTC(1, 0, 1) && moment < Date.UTC(10_000, 0, 1);
  return isWritable ? new Date(moment) : null;
}

/** Places in one reading of a document; finds out how often each quotation stands in it. */
export class PlaceMaker {
  readonly #flat: FlatText;
  readonly #text: PreparedText;

  constructor(flat: FlatText) {
    this.#flat = flat;
    this.#text = prepareText(flat.text);
  }

  get text(): string {
    return this.#flat.text;
  }

  encoded(start: number, end: number): EncodedPlace {
    return makePlace(this.#flat, start, end);
  }

  /** A position before the character there, wherever that goes. */
  before(offset: number): Uint8Array {
    return this.encoded(offset, offset).start;
  }

  copies(start: number, end: number): number {
    return describeQuote(this.#text, start, end).copies;
  }

  /** The place of words that stand there now. */
  at(start: number, end: number): FoundPlace {
    const quote = describeQuote(this.#text, start, end);
    const anchor = { start, end, exact: quote.exact, state: 'anchored', confidence: 1 } as const;
    return { quote, anchor, place: this.encoded(start, end) };
  }
}

/** The columns of a thread on words. */
export function threadPlaceColumns({ quote, anchor, place }: FoundPlace) {
  return {
    ...quote,
    startPosition: place.start,
    endPosition: place.end,
    ...anchorColumns(anchor),
  };
}
