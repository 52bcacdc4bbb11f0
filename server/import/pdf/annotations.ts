/**
 * Annotations to notes. A highlight or an underline that nobody said anything about is a claim; with words or
 * answers it is a thread, as sticky notes are. What is struck out, and what a caret puts in, is a suggestion,
 * unless it was talked about. Answers hang on what they answer; states that reviewers set are no answers but
 * settle the thread.
 */
import type { ReadComment, ReadNote } from '../notes.ts';
import type { PdfAnnotation } from './annotation-data.ts';
import type { Range } from './places.ts';

export interface PlacedAnnotation {
  readonly annotation: PdfAnnotation;
  readonly place: Range | null;
}

/** A note before its offsets are known. */
export interface Remark {
  readonly place: Range;
  readonly isPoint: boolean;
  readonly note: Omit<ReadNote, 'start' | 'end'>;
}

export interface Remarks {
  readonly remarks: readonly Remark[];
  /** Sentences about what could not be kept. */
  readonly unreadable: readonly string[];
}

const MARKS = new Set(['Highlight', 'Underline', 'Squiggly', 'StrikeOut', 'Caret']);
/** What has a place in the text only by its words. */
const DRAWN = new Set([
  'Stamp',
  'Ink',
  'Line',
  'Square',
  'Circle',
  'Polygon',
  'PolyLine',
  'FileAttachment',
  'Sound',
  'Movie',
]);
const OTHER = new Set(['Text', 'FreeText']);

export function remarksOf(
  all: readonly PlacedAnnotation[],
  originOf: (id: string) => string | null,
): Remarks {
  const family = familyOf(all.map(({ annotation }) => annotation));
  const remarks: Remark[] = [];
  const lost = { drawn: 0, placeless: 0 };
  for (const { annotation, place } of all) {
    if (family.parents.has(annotation.id) || !isKnown(annotation)) continue;
    const members = [annotation, ...family.group(annotation.id)];
    const answers = family.answers(annotation.id);
    const words = members.map(({ body }) => body).find((body) => body !== '') ?? '';
    if (DRAWN.has(annotation.type) && words === '' && answers.length === 0) lost.drawn += 1;
    else if (place === null) lost.placeless += 1;
    else {
      const remark = remarkOf({ annotation, members, answers, words, place }, all, originOf);
      if (remark !== null) remarks.push(remark);
    }
  }
  return { remarks, unreadable: sentences(lost) };
}

function isKnown({ type }: PdfAnnotation): boolean {
  return MARKS.has(type) || OTHER.has(type) || DRAWN.has(type);
}

interface Family {
  /** Ids of those that belong to another one. */
  readonly parents: ReadonlyMap<string, string>;
  group(id: string): readonly PdfAnnotation[];
  answers(id: string): readonly PdfAnnotation[];
}

/** Who answers whom, and who is one with whom. Chains that lead in a circle are cut where they close. */
function familyOf(annotations: readonly PdfAnnotation[]): Family {
  const known = new Map(annotations.map((each) => [each.id, each]));
  const parents = new Map<string, string>();
  const groups = new Map<string, PdfAnnotation[]>();
  const answers = new Map<string, PdfAnnotation[]>();
  for (const each of annotations) {
    const parent = each.inReplyTo;
    if (parent === null || !known.has(parent) || leadsTo(parent, each.id, parents)) continue;
    parents.set(each.id, parent);
    const list = each.isGrouped ? groups : answers;
    list.set(parent, [...(list.get(parent) ?? []), each]);
  }
  return { parents, group: (id) => groups.get(id) ?? [], answers: (id) => inOrder(id, answers) };
}

function leadsTo(from: string, to: string, parents: ReadonlyMap<string, string>): boolean {
  for (let at: string | undefined = from, steps = 0; at !== undefined && steps < 1_000; steps++) {
    if (at === to) return true;
    at = parents.get(at);
  }
  return false;
}

/** All that answer a note or its answers, each after what it answers, earlier ones first. */
function inOrder(id: string, answers: ReadonlyMap<string, readonly PdfAnnotation[]>): PdfAnnotation[] {
  const result: PdfAnnotation[] = [];
  const waiting = [...(answers.get(id) ?? [])];
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    result.push(next);
    waiting.push(...(answers.get(next.id) ?? []));
  }
  const time = (each: PdfAnnotation): number => (each.at === null ? 0 : Date.parse(each.at));
  // A stable sort keeps what has no time behind what it answers.
  const isDated = result.every(({ at }) => at !== null);
  return isDated ? result.sort((a, b) => time(a) - time(b)) : result;
}

interface Said {
  readonly annotation: PdfAnnotation;
  readonly members: readonly PdfAnnotation[];
  readonly answers: readonly PdfAnnotation[];
  readonly words: string;
  readonly place: Range;
}

function remarkOf(
  said: Said,
  all: readonly PlacedAnnotation[],
  originOf: (id: string) => string | null,
): Remark | null {
  const { annotation, answers } = said;
  const states = answers.filter(({ state }) => state !== null);
  const suggestion = suggestionOf(said);
  const replies = answers.filter(({ state, body }) => state === null && body !== '');
  const kind = suggestion !== null ? 'suggestion' : isSilent(said, replies) ? 'claim' : 'thread';
  if (kind === 'thread' && said.words === '' && replies.length === 0) return null;
  // What a suggestion puts in is no talk about it.
  const words = suggestion !== null && suggestion.text !== '' ? '' : said.words;
  const comments = commentsOf({ ...said, words, answers: replies }, originOf);
  const last = states.filter(({ state }) => !/^(Marked|Unmarked)$/.test(state ?? '')).at(-1)?.state;
  const isResolved = last === 'Completed' || last === 'Accepted';
  const strike = said.members.find(({ type }) => type === 'StrikeOut');
  const place =
    suggestion?.kind === 'replace' && annotation.type === 'Caret' && strike !== undefined
      ? (all.find((each) => each.annotation === strike)?.place ?? said.place)
      : said.place;
  const isPoint = suggestion?.kind === 'insert';
  return { place, isPoint, note: { kind, isResolved, suggestion, comments, tags: [] } };
}

function isSilent({ annotation, words }: Said, replies: readonly PdfAnnotation[]): boolean {
  return /^(Highlight|Underline|Squiggly)$/.test(annotation.type) && words === '' && replies.length === 0;
}

function suggestionOf({ annotation, members, answers, words }: Said): ReadNote['suggestion'] {
  const has = (type: string): boolean => members.some((each) => each.type === type);
  if (has('Caret') && has('StrikeOut')) return { kind: 'replace', text: words };
  if (annotation.type === 'Caret') return words === '' ? null : { kind: 'insert', text: words };
  const isTalked = words !== '' || answers.some(({ body, state }) => state === null && body !== '');
  return annotation.type === 'StrikeOut' && !isTalked ? { kind: 'delete', text: '' } : null;
}

function commentsOf(said: Said, originOf: (id: string) => string | null): ReadComment[] {
  const { annotation, answers, words } = said;
  const comments: ReadComment[] = [];
  const places = new Map<string, number>();
  const add = (each: PdfAnnotation, body: string, parent: number | null): void => {
    places.set(each.id, comments.length);
    comments.push({ originId: originOf(each.id), parent, author: each.author, at: each.at, body });
  };
  if (words !== '') add(annotation, words, null);
  for (const answer of answers) {
    const parent = places.get(answer.inReplyTo ?? '') ?? (comments.length > 0 ? 0 : null);
    add(answer, answer.body, parent);
  }
  return comments;
}

function sentences({ drawn, placeless }: { drawn: number; placeless: number }): string[] {
  const result: string[] = [];
  if (drawn > 0) result.push(`Drawings, stamps and attached files without words were left out: ${drawn}.`);
  if (placeless > 0)
    result.push(`Notes on pages without text have no words to stand on and were left out: ${placeless}.`);
  return result;
}
