/**
 * Notes of a returned file, one after the other, put where they belong in the report: see returned.ts. Collects rows;
 * `settle` tells of them once they are stored.
 */
import { beginThreadOfClaim } from './brought-rows.ts';
import { createHash } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { prepareText, type PreparedText } from '#core/anchor/fold.ts';
import { resolveSelector } from '#core/anchor/selector.ts';
import { AppError } from '#core/errors.ts';
import { threads } from '#db/schema.ts';
import { comparedLines, isSameText, type OwnRemark } from '#server/import/match-returned.ts';
import type { ReadComment } from '#server/import/notes.ts';
import type { PlannedNote } from '#server/import/plan-notes.ts';
import type { ImportedText } from '#server/import/reader.ts';
import type { Principal } from '#server/principal.ts';
import { lookUp, namedId, noteId, type KnownThings } from './annotation-ids.ts';
import type { Change } from './command.ts';
import { takeComments, takeNote, type NotesTarget } from './notes.ts';
import { anchorColumns } from './places.ts';
import { sayBrought } from './say-brought.ts';
import { sayThread } from './say-thread.ts';

export interface Counts {
  readonly repliesAdded: number;
  readonly threadsAdded: number;
  readonly suggestionsAdded: number;
  /** Comments of ours that say something else in the file. */
  readonly textsChanged: number;
  /** Comments that are here already. */
  readonly alreadyThere: number;
}

export function noCounts(): { -readonly [Name in keyof Counts]: number } {
  return { repliesAdded: 0, threadsAdded: 0, suggestionsAdded: 0, textsChanged: 0, alreadyThere: 0 };
}

/** Of threads. */
export interface Outcome {
  /** Those that the file says are dealt with and that are, or become, open. */
  readonly closing: readonly string[];
  readonly resolved: number;
  readonly reopened: number;
}

/** Kept without a place: its words are not in the text, or in several places. */
export interface Unplaced {
  readonly threadId: string;
  readonly quote: string;
  readonly author: string;
  readonly words: string;
}

/** How much of the text a file must have in which no comment of ours is found. */
const LEAST_SHARED = 0.5;

/** What a comment of the file is called here: Word keeps its digits, its author and its time. */
function nameOf({ originId, author, at }: ReadComment): string {
  return `returned ${originId ?? ''} ${author ?? ''} ${at ?? ''}`;
}

/** What a comment of ours is called here that says something else in the file. */
function changedName(remark: OwnRemark, { body }: ReadComment): string {
  return `changed ${remark.id} ${createHash('sha256').update(body).digest('hex').slice(0, 16)}`;
}

/** Which comments of the file are ours. */
export type OwnComments = ReadonlyMap<ReadComment, OwnRemark>;

/** Every id that a comment of the file may have here. */
export function namesHere(reportId: string, comment: ReadComment, own: OwnComments): string[] {
  const ours = own.get(comment);
  const name = nameOf(comment);
  const names = ours === undefined ? [name] : [name, changedName(ours, comment)];
  return [noteId(reportId, name, 0), ...names.map((one) => namedId(reportId, `comment 0 ${one}`))];
}

export class Joining {
  readonly counts = noCounts();
  readonly toPlace: Unplaced[] = [];
  readonly #text: PreparedText;
  /** Threads of ours that the file says are dealt with. */
  readonly #done = new Set<string>();
  readonly #answered = new Set<string>();
  readonly #threadOfClaim = new Map<string, string>();
  readonly #compared: { readonly shared: number; readonly missing: number };
  #foundOurs = false;

  constructor(
    readonly target: NotesTarget,
    readonly things: { readonly own: OwnComments; readonly known: KnownThings; readonly read: ImportedText },
  ) {
    this.#text = prepareText(target.places.text);
    this.#compared = comparedLines(target.places.text, things.read.text);
  }

  take(note: PlannedNote): void {
    const own = note.comments.map((comment) => this.things.own.get(comment) ?? null);
    const ours = own.find((remark) => remark !== null) ?? null;
    if (ours === null) this.#takeNew(note);
    else this.#takeAnswers(note, own, ours);
  }

  refuseStranger(): void {
    const { shared, missing } = this.#compared;
    if (this.#foundOurs || shared >= LEAST_SHARED * (shared + missing)) return;
    throw new AppError(
      'invalid_input',
      'The file has no comment and little of the text of this report; import it as a report of its own',
    );
  }

  /** What differs though no change of it is tracked. */
  untracked(): string[] {
    const { missing } = this.#compared;
    const lines =
      missing === 1 ? 'One line of the text is' : `${missing.toLocaleString('en')} lines of the text are`;
    return missing === 0 ? [] : [`${lines} not in the file as here; only tracked changes were taken over.`];
  }

  /** What becomes of threads of ours, given those that are resolved now. */
  outcome(wasResolved: ReadonlySet<string>): Outcome {
    const closing = [...this.#done].filter((id) => !wasResolved.has(id) || this.#answered.has(id));
    return {
      closing,
      resolved: closing.filter((id) => !wasResolved.has(id)).length,
      reopened: [...this.#answered].filter((id) => wasResolved.has(id) && !this.#done.has(id)).length,
    };
  }

  /** Tells what is new, and closes what the file says is dealt with. */
  async settle(change: Change<Principal>, { closing }: Outcome): Promise<void> {
    await sayBrought(change, this.target.ref.reportId, this.target.rows);
    for (const id of closing) {
      await change.tx
        .update(threads)
        .set({ state: 'resolved', resolvedBy: change.actor.memberId })
        .where(eq(threads.id, id));
      await sayThread(change, id, 'thread.resolved');
    }
  }

  /** A thread of ours: what is new in it, and what says something else. */
  #takeAnswers(note: PlannedNote, own: readonly (OwnRemark | null)[], ours: OwnRemark): void {
    this.#foundOurs = true;
    const { claimId } = ours;
    const places = new Map<number, string | null>();
    own.forEach((remark, i) => {
      const comment = note.comments[i];
      if (comment === undefined) return;
      const under = comment.parent === null ? null : (places.get(comment.parent) ?? null);
      if (remark !== null) {
        places.set(i, remark.commentId);
        this.counts.alreadyThere += 1;
        if (remark.body !== null && !isSameText(remark.body, comment.body))
          this.#takeChanged(remark, comment);
        return;
      }
      const name = nameOf(comment);
      const there = lookUp(this.things.known, this.target.ref.reportId, name);
      if (there !== null) {
        this.counts.alreadyThere += 1;
        places.set(i, there.commentId);
        return;
      }
      places.set(i, this.#say({ ...comment, originId: name, parent: null }, { ours, under }));
      this.counts.repliesAdded += 1;
    });
    const threadId = ours.thread?.id ?? (claimId === null ? undefined : this.#threadOfClaim.get(claimId));
    if (note.isResolved && threadId !== undefined) this.#done.add(threadId);
  }

  #takeChanged(remark: OwnRemark, comment: ReadComment): void {
    const { reportId } = this.target.ref;
    const name = changedName(remark, comment);
    if (this.things.known.comments.has(namedId(reportId, `comment 0 ${name}`))) return;
    const body = `(changed in the returned file) ${comment.body}`;
    this.#say(
      { ...comment, originId: name, parent: null, at: null, body },
      { ours: remark, under: remark.commentId },
    );
    this.counts.textsChanged += 1;
  }

  #say(comment: ReadComment, { ours, under }: { ours: OwnRemark; under: string | null }): string | null {
    const { claimId } = ours;
    const threadId = ours.thread?.id ?? this.#openFor(claimId);
    if (threadId === null) return null;
    if (ours.thread !== null) this.#answered.add(threadId);
    return takeComments(this.target, [comment], { threadId, claimId, under })[0] ?? null;
  }

  /** A claim's thread begins with the first that is said about it. */
  #openFor(claimId: string | null): string | null {
    if (claimId === null) return null;
    const known = this.#threadOfClaim.get(claimId);
    if (known !== undefined) return known;
    const id = beginThreadOfClaim(this.target, claimId);
    this.#threadOfClaim.set(claimId, id);
    return id;
  }

  /** A note of theirs: a thread or a suggestion on the same words here. */
  #takeNew(note: PlannedNote): void {
    const { reportId } = this.target.ref;
    const [first] = note.comments;
    if (first === undefined) return;
    const name = nameOf(first);
    if (lookUp(this.things.known, reportId, name) !== null) {
      this.counts.alreadyThere += note.comments.length;
      return;
    }
    const words = this.#wordsOf(note);
    const range = words === null ? null : this.#find(words);
    const comments = note.comments.map((comment) => ({ ...comment, originId: nameOf(comment) }));
    const kind = note.kind === 'claim' ? 'thread' : note.kind;
    const ids = { ...this.target.ids, note: () => noteId(reportId, name, 0) };
    const { threadId } = takeNote({ ...this.target, ids }, { ...note, kind, range, comments });
    if (kind === 'suggestion') this.counts.suggestionsAdded += 1;
    else this.counts.threadsAdded += 1;
    if (range === null && words !== null && threadId !== null) this.#leaveUnplaced(threadId, words, first);
  }

  #wordsOf({ range }: PlannedNote): Words | null {
    if (range === null) return null;
    const { text } = this.things.read;
    return {
      exact: text.slice(range.start, range.end),
      prefix: text.slice(Math.max(0, range.start - AROUND), range.start),
      suffix: text.slice(range.end, range.end + AROUND),
    };
  }

  #find(words: Words): { start: number; end: number } | null {
    const found = resolveSelector(this.#text, { type: 'TextQuoteSelector', ...words });
    return found.kind === 'found' ? { start: found.start, end: found.end } : null;
  }

  /** The row has no place yet: it keeps its quotation, as one whose words are gone. */
  #leaveUnplaced(threadId: string, words: Words, first: ReadComment): void {
    const { rows } = this.target;
    const at = rows.threads.findIndex(({ id }) => id === threadId);
    const row = rows.threads[at];
    if (row === undefined) return;
    const nowhere = { start: null, end: null, exact: null, state: 'orphaned', confidence: 0 } as const;
    rows.threads[at] = { ...row, ...words, copies: 1, ...anchorColumns(nowhere) };
    this.toPlace.push({ threadId, quote: words.exact, author: first.author ?? 'Unknown', words: first.body });
  }
}

interface Words {
  readonly exact: string;
  readonly prefix: string;
  readonly suffix: string;
}

/** Characters either side of a quotation, as for the anchors themselves. */
const AROUND = 32;
