/**
 * Makes what a reader found fit what a report can hold, before any row is made: a mark without words goes to the
 * nearest ones, long comments are cut into several, and past the limits it is said what was left out.
 * Pure, so that the same source always gives the same plan.
 */
import { wholeCharacters } from '#core/anchor/fold.ts';
import {
  MAX_CLAIMS_PER_REPORT,
  MAX_COMMENT_LENGTH,
  MAX_COMMENTS_BROUGHT,
  MAX_COMMENTS_PER_THREAD,
  MAX_QUOTE_LENGTH,
  MAX_REPLY_DEPTH,
  MAX_THREADS_PER_REPORT,
} from '#core/limits.ts';
import type { ReadComment, ReadNote } from './notes.ts';

export interface PlannedNote {
  readonly kind: ReadNote['kind'];
  readonly originId: string | null;
  /** Null: about the report as a whole. A claim always has one. */
  readonly range: Range | null;
  readonly isResolved: boolean;
  readonly suggestion: ReadNote['suggestion'];
  /** Who made it and when; null when the source says neither. */
  readonly made: Pick<ReadComment, 'author' | 'at'> | null;
  readonly comments: readonly ReadComment[];
  readonly tags: readonly string[];
}

export interface NotesPlan {
  readonly notes: readonly PlannedNote[];
  /** What could not be kept as it was, in sentences for people. */
  readonly unreadable: readonly string[];
}

interface Range {
  readonly start: number;
  readonly end: number;
}

/** How far from a bare place its word may begin or end: a long word, or a few without spaces between them. */
const WORD_REACH = 40;

export function planNotes(text: string, notes: readonly ReadNote[]): NotesPlan {
  const said = new Sentences();
  const planned: PlannedNote[] = [];
  let claims = 0;
  let threads = 0;
  let comments = 0;
  for (const note of notes) {
    const plan = planNote(text, note, claims < MAX_CLAIMS_PER_REPORT, said);
    if (plan === null) continue;
    const needsThread = plan.kind !== 'claim' || plan.comments.length > 0;
    if (needsThread && (threads >= MAX_THREADS_PER_REPORT || comments >= MAX_COMMENTS_BROUGHT)) {
      said.count('notes', plan);
      continue;
    }
    if (plan.kind === 'claim') claims += 1;
    if (needsThread) threads += 1;
    comments += plan.comments.length;
    planned.push(plan);
  }
  return { notes: planned, unreadable: said.all() };
}

function planNote(text: string, note: ReadNote, hasRoom: boolean, said: Sentences): PlannedNote | null {
  const { originId = null, isResolved, tags } = note;
  const comments = plannedComments(note.comments, said);
  const [first] = note.comments;
  const made = first === undefined ? null : { author: first.author, at: first.at };
  const base = { originId, isResolved, tags, comments, suggestion: null, made };
  if (note.isAboutAll === true) return { ...base, kind: 'thread', range: null };
  const marked = wordsIn(text, note);
  if (note.kind === 'suggestion' && note.suggestion !== null)
    return planSuggestion(text, { ...base, suggestion: note.suggestion }, { note, marked }, said);
  const range = marked === null ? wordAt(text, note.start) : shortened(text, marked, said);
  if (note.kind === 'claim' && marked !== null && range !== null && hasRoom)
    return { ...base, kind: 'claim', range, comments: withoutBlankFirst(comments) };
  if (note.kind === 'claim' && comments.every(({ body }) => body.trim() === '')) {
    said.count(marked === null ? 'marks' : 'claims');
    return null;
  }
  return { ...base, kind: 'thread', range };
}

function planSuggestion(
  text: string,
  base: Omit<PlannedNote, 'kind' | 'range'> & { readonly suggestion: NonNullable<ReadNote['suggestion']> },
  { note, marked }: { note: ReadNote; marked: Range | null },
  said: Sentences,
): PlannedNote | null {
  const { suggestion } = base;
  if (suggestion.kind === 'insert') {
    const at = Math.min(Math.max(note.end, 0), text.length);
    const before = wordBefore(text, at);
    if (before !== null) return { ...base, kind: 'suggestion', range: before };
    // What is put in before the first word of a line takes its place, with it.
    const after = wordAt(text, at);
    if (after === null || after.start < at) return asComment(base, null, said);
    const whole = {
      ...suggestion,
      kind: 'replace' as const,
      text: suggestion.text + text.slice(at, after.end),
    };
    return { ...base, kind: 'suggestion', range: { start: at, end: after.end }, suggestion: whole };
  }
  if (marked === null) return asComment(base, wordAt(text, note.start), said);
  if (marked.end - marked.start > MAX_QUOTE_LENGTH)
    return asComment(base, shortened(text, marked, said), said);
  return { ...base, kind: 'suggestion', range: marked };
}

/** A change that cannot be carried out as a suggestion, in words. */
function asComment(
  base: Omit<PlannedNote, 'kind' | 'range'> & { readonly suggestion: NonNullable<ReadNote['suggestion']> },
  range: Range | null,
  said: Sentences,
): PlannedNote {
  const { kind, text } = base.suggestion;
  const verb = { insert: 'Insert', delete: 'Delete', replace: 'Replace by' }[kind];
  const [first, ...others] = base.comments;
  const parts = [text === '' ? `${verb} these words` : `${verb}: ${text}`, first?.body ?? ''];
  const body = parts.filter((part) => part.trim() !== '').join('\n');
  const opening = { originId: null, parent: null, author: null, at: null, ...first, body };
  said.count('changes');
  return {
    ...base,
    kind: 'thread',
    range,
    suggestion: null,
    comments: plannedComments([opening, ...others], said),
  };
}

/** The marked words; null when nothing but white space is marked, or nothing. */
function wordsIn(text: string, note: ReadNote): Range | null {
  const start = Math.min(Math.max(note.start, 0), text.length);
  const end = Math.min(Math.max(note.end, 0), text.length);
  if (start >= end || text.slice(start, end).trim() === '') return null;
  return wholeCharacters(text, { start, end });
}

function shortened(text: string, range: Range, said: Sentences): Range {
  if (range.end - range.start <= MAX_QUOTE_LENGTH) return range;
  said.count('quotations');
  return wholeCharacters(text, { start: range.start, end: range.start + MAX_QUOTE_LENGTH - 1 });
}

/** The word at a place, else the one before it, else the one after, in its line; null in an empty line. */
export function wordAt(text: string, at: number): Range | null {
  const place = Math.min(Math.max(at, 0), text.length);
  const before = lineBefore(text, place);
  const after = lineAfter(text, place);
  const inside = /^\S+/.exec(after)?.[0] ?? '';
  const left = /(\S+)(\s*)$/.exec(before);
  if (left !== null && (inside === '' || left[2] === '')) {
    const end = place - (left[2]?.length ?? 0);
    const start = end - (left[1]?.length ?? 0);
    return wholeCharacters(text, { start, end: left[2] === '' ? place + inside.length : end });
  }
  const right = /^(\s*)(\S+)/.exec(after);
  if (right === null) return null;
  const start = place + (right[1]?.length ?? 0);
  return wholeCharacters(text, { start, end: start + (right[2]?.length ?? 0) });
}

/** From the start of the last word before a place to the place, in its line. */
function wordBefore(text: string, at: number): Range | null {
  const left = /\S+\s*$/.exec(lineBefore(text, at))?.[0] ?? '';
  return left === '' ? null : wholeCharacters(text, { start: at - left.length, end: at });
}

function lineBefore(text: string, at: number): string {
  const reach = text.slice(Math.max(0, at - WORD_REACH), at);
  return reach.slice(reach.lastIndexOf('\n') + 1);
}

function lineAfter(text: string, at: number): string {
  return text.slice(at, at + WORD_REACH).split('\n', 1)[0] ?? '';
}

/** Each at most as long as a comment may be, answers not too deep, and not more than a thread holds. */
function plannedComments(comments: readonly ReadComment[], said: Sentences): ReadComment[] {
  const planned: ReadComment[] = [];
  const depths: number[] = [];
  /** Where each comment of the source stands now. */
  const places: number[] = [];
  for (const comment of comments) {
    if (planned.length >= MAX_COMMENTS_PER_THREAD) {
      said.count('comments');
      continue;
    }
    const wanted = comment.parent === null ? null : (places[comment.parent] ?? null);
    const isTooDeep = wanted !== null && (depths[wanted] ?? 0) >= MAX_REPLY_DEPTH;
    const parent = isTooDeep ? (planned[wanted]?.parent ?? null) : wanted;
    const [first = '', ...rest] = cut(comment.body);
    places.push(planned.length);
    const place = planned.length;
    planned.push({ ...comment, parent, body: first });
    depths.push(parent === null ? 0 : (depths[parent] ?? 0) + 1);
    for (const body of rest) {
      planned.push({ ...comment, originId: null, parent: place, body });
      depths.push(1 + (depths[place] ?? 0));
    }
  }
  return planned;
}

/** Whoever marks words and says nothing has made a claim and no comment. */
function withoutBlankFirst(comments: readonly ReadComment[]): readonly ReadComment[] {
  const [first, ...others] = comments;
  if (first === undefined || first.body.trim() !== '' || others.some(({ parent }) => parent === 0))
    return comments;
  return others.map((one) => ({ ...one, parent: one.parent === null ? null : one.parent - 1 }));
}

/** Parts of at most MAX_COMMENT_LENGTH, between words where there are any. */
function cut(body: string): string[] {
  const parts: string[] = [];
  let rest = body;
  while (rest.length > MAX_COMMENT_LENGTH) {
    const most = wholeCharacters(rest, { start: 0, end: MAX_COMMENT_LENGTH - 1 }).end;
    const space = rest.slice(0, most).search(/\s\S*$/);
    const at = space > MAX_COMMENT_LENGTH / 2 ? space + 1 : most;
    parts.push(rest.slice(0, at));
    rest = rest.slice(at);
  }
  return [...parts, rest];
}

type Left = 'marks' | 'claims' | 'notes' | 'comments' | 'quotations' | 'changes';

const many = (value: number, one: string, more = `${one}s`): string =>
  value === 1 ? `One ${one} was` : `${value.toLocaleString('en')} ${more} were`;

/** One sentence for each kind of loss, with its number. */
class Sentences {
  readonly #counts = new Map<Left, number>();

  count(what: Left, { comments }: { readonly comments?: readonly unknown[] } = {}): void {
    this.#counts.set(what, (this.#counts.get(what) ?? 0) + 1);
    if (comments !== undefined && comments.length > 0)
      this.#counts.set('comments', (this.#counts.get('comments') ?? 0) + comments.length);
  }

  all(): string[] {
    const sentences: Readonly<Record<Left, (value: number) => string>> = {
      marks: (value) => `${many(value, 'mark')} left out: no words are marked, and nothing is said.`,
      claims: (value) =>
        `${many(value, 'mark')} left out: a report holds at most ${MAX_CLAIMS_PER_REPORT.toLocaleString('en')} claims.`,
      notes: (value) =>
        `${many(value, 'note')} left out: an import brings at most ${MAX_THREADS_PER_REPORT.toLocaleString('en')} threads with ${MAX_COMMENTS_BROUGHT.toLocaleString('en')} comments.`,
      comments: (value) => `${many(value, 'comment')} left out: there are more than the report can hold.`,
      quotations: (value) =>
        `${many(value, 'marked passage')} cut: at most ${MAX_QUOTE_LENGTH.toLocaleString('en')} characters can be marked at once.`,
      changes: (value) =>
        `${many(value, 'tracked change')} kept as a comment: there are no words, or too many, for a suggestion to stand on.`,
    };
    return [...this.#counts].map(([what, value]) => sentences[what](value));
  }
}
