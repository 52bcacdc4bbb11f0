/**
 * Makes rows of annotations whose places are known. The plan: those about words first, each a claim, a thread or a
 * suggestion per passage; then what answers them, nearest first, so that an answer always finds what it answers;
 * what is left answers something that is not here. What is in the report already is found by its id and left alone.
 */
import { beginThreadOfClaim } from './brought-rows.ts';
import type { AnchorRecord } from '#core/records.ts';
import { MAX_REPLY_DEPTH } from '#core/limits.ts';
import type { Range } from '#core/anchor/fold.ts';
import type { NewEntry } from '#core/text/claim-entry.ts';
import { quotationOf, type ReadAnnotation } from '#server/import/annotations/annotation.ts';
import { commentsOf } from '#server/import/annotations/comments.ts';
import type { ReadNote } from '#server/import/notes.ts';
import { planNotes } from '#server/import/plan-notes.ts';
import {
  commentIds,
  knownNote,
  lookUp,
  namedId,
  noteId,
  type Known,
  type KnownThings,
} from './annotation-ids.ts';
import type { TargetPlace } from './annotation-places.ts';
import { namedIds, takeComments, takeNote, type NotesTarget } from './notes.ts';

export interface Anchored {
  /** The annotation's own name, and its place in the file. */
  readonly id: string;
  readonly index: number;
  readonly kind: Known['kind'];
  readonly claimId: string | null;
  readonly threadId: string | null;
  readonly anchor: AnchorRecord | null;
}

export interface Unanchored {
  readonly id: string;
  readonly index: number;
  readonly quote: string | null;
  readonly reason: string;
}

export interface AnnotationsAnswer {
  readonly anchored: Anchored[];
  readonly unanchored: Unanchored[];
  readonly unreadable: string[];
}

export interface PutAnnotations extends AnnotationsAnswer {
  /** Of new claims, for the document. */
  readonly entries: NewEntry[];
}

export interface AnnotationsToPut {
  readonly annotations: readonly ReadAnnotation[];
  /** Of each target, in order. */
  readonly places: ReadonlyMap<ReadAnnotation, readonly TargetPlace[]>;
  readonly known: KnownThings;
  readonly room: { readonly claims: number; readonly threads: number };
}

/** Adds rows; sends nothing. */
export function putAnnotations(target: Omit<NotesTarget, 'ids'>, things: AnnotationsToPut): PutAnnotations {
  const putting = new Putting(target, things);
  putting.putAll();
  const inOrder = <T extends { index: number }>(some: readonly T[]): T[] =>
    some.toSorted((a, b) => a.index - b.index);
  return {
    anchored: inOrder(putting.anchored),
    unanchored: inOrder(putting.unanchored),
    unreadable: putting.unreadable,
    entries: putting.entries,
  };
}

interface Put extends Known {
  /** How many comments are above its own. */
  readonly depth: number;
}

class Putting {
  readonly anchored: Anchored[] = [];
  readonly unanchored: Unanchored[] = [];
  readonly unreadable: string[] = [];
  readonly entries: NewEntry[] = [];
  readonly #target: NotesTarget;
  readonly #reportId: string;
  readonly #index: ReadonlyMap<ReadAnnotation, number>;
  readonly #threadOfClaim: Map<string, string>;

  constructor(
    target: Omit<NotesTarget, 'ids'>,
    readonly things: AnnotationsToPut,
  ) {
    const { reportId } = target.ref;
    this.#reportId = reportId;
    this.#target = {
      ...target,
      ids: namedIds(target.change.runtime.newId, (said) => commentIds(reportId, said)),
    };
    this.#index = new Map(things.annotations.map((annotation, i) => [annotation, i]));
    this.#threadOfClaim = new Map(things.known.threadOfClaim);
  }

  putAll(): void {
    const inFile = new Set(this.things.annotations.map(({ id }) => id));
    const answers = new Map<string, ReadAnnotation[]>();
    const waiting: { annotation: ReadAnnotation; put: Put | null }[] = [];
    const left = new Set(this.things.annotations);
    for (const annotation of this.things.annotations) {
      const asked = this.#isAnswer(annotation)
        ? annotation.answers.find((name) => name !== annotation.id && inFile.has(name))
        : undefined;
      if (asked !== undefined) answers.set(asked, [...(answers.get(asked) ?? []), annotation]);
      else waiting.push({ annotation, put: this.#putFirst(annotation) });
    }
    // Grows while it is walked: an answer is put after what it answers.
    for (const { annotation, put } of waiting) {
      left.delete(annotation);
      for (const answer of answers.get(annotation.id) ?? [])
        waiting.push({
          annotation: answer,
          put: put === null ? this.#lost(answer) : this.#putAnswer(answer, put),
        });
    }
    for (const annotation of left) this.#refuse(annotation, 'It answers itself, by way of others.');
  }

  /** About no words, but about something that may be an annotation. */
  #isAnswer(annotation: ReadAnnotation): boolean {
    return annotation.answers.length > 0 && this.#placesOf(annotation).every((place) => 'reason' in place);
  }

  #placesOf(annotation: ReadAnnotation): readonly TargetPlace[] {
    return this.things.places.get(annotation) ?? [];
  }

  /** What answers nothing in the file: it is about words, or answers what came before. */
  #putFirst(annotation: ReadAnnotation): Put | null {
    const known = lookUp(this.things.known, this.#reportId, annotation.id);
    if (this.#isAnswer(annotation)) {
      const above = annotation.answers.flatMap(
        (name) => lookUp(this.things.known, this.#reportId, name) ?? [],
      );
      const [parent] = above;
      if (parent !== undefined) return this.#putAnswer(annotation, { ...parent, depth: 0 });
    }
    const puts = this.#placesOf(annotation).map((place, i) =>
      'reason' in place ? place : this.#putOn(annotation, place.range, i),
    );
    const done = puts.filter((put): put is Put => !('reason' in put));
    for (const put of done) this.#accept(annotation, put);
    const [first] = done;
    if (first !== undefined) return first;
    // It was placed once; its words are gone since.
    if (known !== null) return this.#accept(annotation, { ...known, depth: 0 });
    const reasons = puts.flatMap((put) => ('reason' in put ? [put.reason] : []));
    this.#refuse(
      annotation,
      reasons[0] ?? 'It answers an annotation that is neither in the file nor in the report.',
    );
    return null;
  }

  #putOn(annotation: ReadAnnotation, range: Range, i: number): Put | { reason: string } {
    const name = i === 0 ? annotation.id : `${annotation.id} target ${i}`;
    const known =
      i === 0
        ? lookUp(this.things.known, this.#reportId, annotation.id)
        : knownNote(
            this.things.known,
            noteId(this.#reportId, annotation.id, i),
            commentNamed(this.#reportId, name),
          );
    if (known !== null) return { ...known, depth: 0 };
    const { notes, unreadable } = planNotes(this.#target.places.text, [noteOf(annotation, range, name)]);
    const [note] = notes;
    if (note === undefined) return { reason: unreadable[0] ?? 'It says nothing.' };
    const full = this.#noRoomFor(note);
    if (full !== null) return { reason: full };
    this.unreadable.push(...unreadable);
    const ids = { ...this.#target.ids, note: () => noteId(this.#reportId, annotation.id, i) };
    const { claimId, threadId, entry } = takeNote({ ...this.#target, ids }, note);
    if (entry !== null) this.entries.push(entry);
    if (claimId !== null && threadId !== null) this.#threadOfClaim.set(claimId, threadId);
    const isSaid = note.comments.some(({ originId }) => originId === name);
    const { anchor } = this.#target.places.at(range.start, range.end);
    const commentId = isSaid ? commentNamed(this.#reportId, name) : null;
    return { claimId, threadId, commentId, parentId: null, kind: note.kind, anchor, depth: 0 };
  }

  #noRoomFor(note: {
    readonly kind: ReadNote['kind'];
    readonly comments: readonly unknown[];
  }): string | null {
    const { room } = this.things;
    const { rows } = this.#target;
    if (note.kind === 'claim' && rows.claims.length >= room.claims)
      return 'The report holds as many claims as it can.';
    const needsThread = note.kind !== 'claim' || note.comments.length > 0;
    return needsThread && rows.threads.length >= room.threads
      ? 'The report holds as many threads as it can.'
      : null;
  }

  #putAnswer(annotation: ReadAnnotation, parent: Put): Put | null {
    const known = lookUp(this.things.known, this.#reportId, annotation.id);
    if (known !== null)
      return this.#accept(annotation, { ...known, depth: parent.depth + 1, kind: 'thread' });
    const said = commentsOf(annotation, annotation.id);
    if (said.every(({ body }) => body.trim() === '')) {
      this.#refuse(annotation, 'It answers, and says nothing.');
      // What answers it answers what it answered.
      return parent;
    }
    const threadId = parent.threadId ?? this.#threadFor(parent.claimId);
    if (threadId === null) {
      this.#refuse(annotation, 'The report holds as many threads as it can.');
      return null;
    }
    const isTooDeep = parent.depth >= MAX_REPLY_DEPTH;
    const under = isTooDeep ? parent.parentId : parent.commentId;
    const [plan] = planNotes('', [{ ...aboutAll, comments: said }]).notes;
    takeComments(this.#target, plan?.comments ?? [], { threadId, claimId: parent.claimId, under });
    const commentId = commentNamed(this.#reportId, annotation.id);
    const depth = isTooDeep ? parent.depth : parent.depth + 1;
    return this.#accept(annotation, {
      ...parent,
      threadId,
      commentId,
      parentId: under,
      depth,
      kind: 'thread',
    });
  }

  /** A claim's thread begins with the first that is said about it. */
  #threadFor(claimId: string | null): string | null {
    if (claimId === null) return null;
    const known = this.#threadOfClaim.get(claimId);
    if (known !== undefined) return known;
    if (this.#target.rows.threads.length >= this.things.room.threads) return null;
    const id = beginThreadOfClaim(this.#target, claimId);
    this.#threadOfClaim.set(claimId, id);
    return id;
  }

  #accept(annotation: ReadAnnotation, put: Put): Put {
    const { kind, claimId, threadId, anchor } = put;
    const index = this.#index.get(annotation) ?? 0;
    this.anchored.push({ id: annotation.id, index, kind, claimId, threadId, anchor });
    return put;
  }

  #lost(annotation: ReadAnnotation): null {
    this.#refuse(annotation, 'It answers an annotation that has no place here.');
    return null;
  }

  #refuse(annotation: ReadAnnotation, reason: string): void {
    const index = this.#index.get(annotation) ?? 0;
    const quote = annotation.targets.map(({ selector }) => quotationOf(selector)).find((one) => one !== null);
    this.unanchored.push({ id: annotation.id, index, quote: quote ?? null, reason });
  }
}

function commentNamed(reportId: string, name: string): string {
  return namedId(reportId, `comment 0 ${name}`);
}

const aboutAll = {
  kind: 'thread',
  start: 0,
  end: 0,
  isAboutAll: true,
  isResolved: false,
  suggestion: null,
  tags: [],
} as const;

function noteOf(annotation: ReadAnnotation, { start, end }: Range, name: string): ReadNote {
  const { replacement, kind, tags } = annotation;
  const suggestion =
    replacement === null
      ? null
      : { kind: replacement === '' ? ('delete' as const) : ('replace' as const), text: replacement };
  return {
    kind: suggestion === null ? kind : 'suggestion',
    start,
    end,
    isResolved: false,
    suggestion,
    comments: commentsOf(annotation, name),
    tags,
  };
}
