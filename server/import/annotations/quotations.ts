/**
 * A report out of annotations alone: each passage that they quote is a paragraph (its lines, where it has several), in
 * the order in which the passages stand in their page, as far as they say; pages one after another, each under its
 * title where there are several. What is quoted inside another passage stands there and not once more. Contexts are
 * left out: they begin and end in the middle of words.
 */
import { AppError } from '#core/errors.ts';
import { MAX_TITLE_LENGTH } from '#core/limits.ts';
import type { DocNode } from '#core/text/doc-json.ts';
import type { ReadComment, ReadNote } from '../notes.ts';
import { commentsOf } from './comments.ts';
import { positionOf, quotationOf, type ReadAnnotation, type ReadAnnotations } from './annotation.ts';

export interface ReadQuotations {
  readonly title: string | null;
  readonly doc: DocNode;
  readonly notes: readonly ReadNote[];
  readonly unreadable: readonly string[];
}

interface Passage {
  readonly words: string;
  readonly page: string;
  readonly position: number;
  /** Where it came in the file. */
  readonly order: number;
}

/** Throws `empty_text` when nothing is quoted. */
export function readQuotations({ annotations, title, titles, unreadable }: ReadAnnotations): ReadQuotations {
  const passages = annotations.flatMap(passagesOf).map((passage, order) => ({ ...passage, order }));
  if (passages.length === 0) throw nothingQuoted(annotations.length);
  const pages = [...new Set(passages.map(({ page }) => page))];
  const written = new Written();
  for (const page of pages) {
    const heading = titles.get(page) ?? page;
    if (pages.length > 1) written.heading(heading === '' ? 'Without an address' : heading);
    for (const passage of outermost(passages.filter((one) => one.page === page)))
      written.passage(page, passage.words);
  }
  const only = pages.length === 1 ? (pages[0] ?? '') : '';
  const talk = new Talk(annotations, written);
  return {
    title: cut(title ?? titles.get(only) ?? only),
    doc: { type: 'doc', content: written.blocks },
    notes: talk.notes(),
    unreadable: [...unreadable, ...talk.lost()],
  };
}

function nothingQuoted(count: number): AppError {
  const what = count === 1 ? 'one annotation' : `${count.toLocaleString('en')} annotations`;
  return new AppError(
    'empty_text',
    `The file holds ${what}, and none quotes words, so there is no text to make a report of. Import the text that they are about, then add the annotations to it.`,
  );
}

function cut(title: string): string | null {
  const line = title.replaceAll(/\s+/g, ' ').trim();
  return line === '' ? null : Array.from(line).slice(0, MAX_TITLE_LENGTH).join('');
}

function passagesOf({ targets }: ReadAnnotation): Omit<Passage, 'order'>[] {
  return targets.flatMap(({ selector, source }) => {
    const quotation = quotationOf(selector);
    if (quotation === null) return [];
    const position = positionOf(selector) ?? Number.MAX_SAFE_INTEGER;
    return [{ words: asWritten(quotation), page: source ?? '', position }];
  });
}

/** Lines trimmed, without the empty ones: as it will stand in the text. */
function asWritten(quotation: string): string {
  return quotation
    .split(/[\n\r\u2028\u2029]+/)
    .map((line) => line.replaceAll(/[\s\u0000-\u001f\u007f]+/g, ' ').trim())
    .filter((line) => line !== '')
    .join('\n');
}

/** Passages that are in no other, in the order of their page. */
function outermost(passages: readonly Passage[]): Passage[] {
  const kept: Passage[] = [];
  let all = '';
  for (const passage of passages.toSorted((a, b) => b.words.length - a.words.length || a.order - b.order)) {
    if (all.includes(passage.words)) continue;
    kept.push(passage);
    all += `\0${passage.words}`;
  }
  return kept.toSorted((a, b) => a.position - b.position || a.order - b.order);
}

/** The text while it is made; remembers where each passage stands. */
class Written {
  readonly blocks: DocNode[] = [];
  #length = 0;
  readonly #pages = new Map<string, { start: number; words: string }>();

  heading(words: string): void {
    this.#add({ type: 'heading', attrs: { level: 2 }, content: [{ type: 'text', text: words }] }, words);
  }

  passage(page: string, words: string): void {
    const start = this.#length === 0 ? 0 : this.#length + 1;
    for (const line of words.split('\n'))
      this.#add({ type: 'paragraph', content: [{ type: 'text', text: line }] }, line);
    const known = this.#pages.get(page);
    if (known === undefined) this.#pages.set(page, { start, words });
    else this.#pages.set(page, { start: known.start, words: `${known.words}\n${words}` });
  }

  /** Where words of a page stand; null when they do not. */
  find(page: string, words: string): { start: number; end: number } | null {
    const known = this.#pages.get(page);
    const at = known?.words.indexOf(words) ?? -1;
    if (known === undefined || at < 0 || words === '') return null;
    return { start: known.start + at, end: known.start + at + words.length };
  }

  #add(block: DocNode, words: string): void {
    this.blocks.push(block);
    this.#length += words.length + (this.#length === 0 && this.blocks.length === 1 ? 0 : 1);
  }
}

/** Annotations as notes on the passages, answers under what they answer. */
class Talk {
  readonly #answers = new Map<string, ReadAnnotation[]>();
  readonly #roots: ReadAnnotation[] = [];
  readonly #put = new Set<ReadAnnotation>();

  constructor(
    readonly annotations: readonly ReadAnnotation[],
    readonly written: Written,
  ) {
    const inFile = new Set(annotations.map(({ id }) => id));
    for (const annotation of annotations) {
      const asked = hasQuotation(annotation)
        ? undefined
        : annotation.answers.find((name) => name !== annotation.id && inFile.has(name));
      if (asked === undefined) this.#roots.push(annotation);
      else this.#answers.set(asked, [...(this.#answers.get(asked) ?? []), annotation]);
    }
  }

  notes(): ReadNote[] {
    return this.#roots.flatMap((annotation) => {
      const comments = this.#talkOf(annotation);
      const places = annotation.targets.flatMap(({ selector, source }) => {
        const quotation = quotationOf(selector);
        return quotation === null ? [] : (this.written.find(source ?? '', asWritten(quotation)) ?? []);
      });
      const hasWords = comments.some(({ body }) => body.trim() !== '');
      if (places.length === 0) return hasWords ? [noteOf(annotation, null, comments)] : [];
      // The talk is once, beside the first passage; what is marked elsewhere bears the maker's name, or what was said.
      const isClaim = annotation.kind === 'claim' && annotation.replacement === null;
      const made = comments.slice(0, 1).map((one) => (isClaim ? { ...one, body: '' } : one));
      return places.map((place, i) => noteOf(annotation, place, i === 0 ? comments : made));
    });
  }

  /** After `notes`. */
  lost(): string[] {
    const left = this.annotations.filter((annotation) => !this.#put.has(annotation));
    const silent = this.#roots.filter(
      (annotation) =>
        !hasQuotation(annotation) && (annotation.remarks[0].words + annotation.tags.join('')).trim() === '',
    );
    const count = left.length + silent.length;
    return count === 0
      ? []
      : [
          `Annotations that quote nothing and say nothing, or that only answer each other, were left out: ${count.toLocaleString('en')}.`,
        ];
  }

  #talkOf(root: ReadAnnotation): ReadComment[] {
    const comments: ReadComment[] = [];
    const waiting: { annotation: ReadAnnotation; parent: number | null }[] = [
      { annotation: root, parent: null },
    ];
    for (const { annotation, parent } of waiting) {
      this.#put.add(annotation);
      const place = comments.length;
      comments.push(...commentsOf(annotation, annotation.id, { parent, place }));
      for (const answer of this.#answers.get(annotation.id) ?? [])
        waiting.push({ annotation: answer, parent: place });
    }
    return comments;
  }
}

function hasQuotation({ targets }: ReadAnnotation): boolean {
  return targets.some(({ selector }) => quotationOf(selector) !== null);
}

function noteOf(
  { kind, id, tags, replacement }: ReadAnnotation,
  place: { start: number; end: number } | null,
  comments: readonly ReadComment[],
): ReadNote {
  const isChange = replacement !== null && place !== null;
  return {
    kind: isChange ? 'suggestion' : place === null ? 'thread' : kind,
    originId: id,
    start: place?.start ?? 0,
    end: place?.end ?? 0,
    isAboutAll: place === null,
    isResolved: false,
    suggestion: isChange ? { kind: replacement === '' ? 'delete' : 'replace', text: replacement } : null,
    comments,
    tags,
  };
}
