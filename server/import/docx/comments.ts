/**
 * Comments as threads. The words are in comments.xml; who answers whom and what is resolved in commentsExtended.xml,
 * by the ids of paragraphs; lasting ids in commentsIds.xml; times in UTC in commentsExtensible.xml. (people.xml only
 * says which account an author's name belongs to, and is not read.)
 * A thread stands on the range of the comment that began it. No comment is lost: one that the text never mentions
 * is about the whole, and the loss says so.
 */
import { MAX_NAME_LENGTH } from '#core/limits.ts';
import type { ReadComment, ReadNote } from '../notes.ts';
import { MAX_COMMENTS } from './limits.ts';
import type { Losses } from './losses.ts';
import { momentOf } from './moment.ts';
import type { WordPackage } from './package.ts';
import { plainText } from './plain.ts';
import { tooIntricate } from './refusals.ts';
import { childrenOf, elementsOf, firstInside, type XmlElement } from './xml.ts';

export type AnchorPart = 'start' | 'end' | 'at';

interface Comment {
  readonly id: string;
  readonly originId: string | null;
  readonly author: string | null;
  readonly at: string | null;
  readonly body: string;
  readonly isDone: boolean;
  /** The place in the list of the comment that it answers. */
  readonly parent: number | null;
}

interface Extension {
  readonly parentParagraph: string | null;
  readonly isDone: boolean;
}

interface Extras {
  /** By the id of a paragraph of the comment. */
  readonly extensions: ReadonlyMap<string, Extension>;
  readonly durableIds: ReadonlyMap<string, string>;
  /** By durable id. */
  readonly times: ReadonlyMap<string, string>;
}

export class Comments {
  private readonly placed = new Set<string>();

  private constructor(
    private readonly all: readonly Comment[],
    private readonly ids: ReadonlySet<string>,
    private readonly losses: Losses,
  ) {}

  /** `records`: what the file says which comment of it is which record of ours. */
  static read(
    pkg: WordPackage,
    main: string,
    { losses, records }: { losses: Losses; records: ReadonlyMap<string, string> },
  ): Comments {
    const part = pkg.partOf(main, 'comments');
    if (part === null) return new Comments([], new Set(), losses);
    const elements: XmlElement[] = [];
    pkg.stream(
      part,
      (name, depth) => depth > 0 && name === 'w:comment',
      (element) => {
        elements.push(element);
        if (elements.length > MAX_COMMENTS)
          throw tooIntricate(`it has more than ${MAX_COMMENTS.toLocaleString('en')} comments`);
      },
    );
    const all = withParents(elements, readExtras(pkg, main), bodyReader(pkg, part, losses)).map(
      (comment) => ({ ...comment, originId: records.get(comment.originId ?? '') ?? comment.originId }),
    );
    return new Comments(all, new Set(all.map(({ id }) => id)), losses);
  }

  get isEmpty(): boolean {
    return this.all.length === 0;
  }

  /** The name of the point to set where the text mentions a comment; null when there is no such comment, or it has one. */
  pointFor(id: string, part: AnchorPart): string | null {
    const name = pointName(id, part);
    if (this.placed.has(name)) return null;
    if (!this.ids.has(id)) {
      if (part === 'at') this.losses.add('missingComment');
      return null;
    }
    this.placed.add(name);
    return name;
  }

  /** The threads, given the offsets of the points in `text`. */
  notes(offsets: ReadonlyMap<string, number>, text: string): ReadNote[] {
    return threadsOf(this.all).map((thread): ReadNote => {
      const place = thread.map(({ id }) => placeOf(id, offsets, text)).find((each) => each !== null) ?? null;
      if (place === null) this.losses.add('unplacedComment');
      return {
        kind: 'thread',
        ...(place ?? { start: 0, end: 0, isAboutAll: true }),
        isResolved: thread[0]?.isDone === true,
        suggestion: null,
        comments: readComments(thread, this.all),
        tags: [],
      };
    });
  }
}

function pointName(id: string, part: AnchorPart): string {
  return `comment ${id} ${part}`;
}

/** The words between start and end, without white space at the edges; else the place of the reference. */
function placeOf(
  id: string,
  offsets: ReadonlyMap<string, number>,
  text: string,
): { start: number; end: number } | null {
  const [start, end, at] = (['start', 'end', 'at'] as const).map((part) => offsets.get(pointName(id, part)));
  if (start === undefined || end === undefined || end < start) {
    const point = at ?? start ?? end;
    return point === undefined ? null : { start: point, end: point };
  }
  let from = start;
  let to = end;
  while (from < to && /\s/.test(text.charAt(from))) from += 1;
  while (to > from && /\s/.test(text.charAt(to - 1))) to -= 1;
  return from === to ? { start, end: start } : { start: from, end: to };
}

/** Each comment that answers none, with all that answer it or one another, in their order, parents first. */
function threadsOf(all: readonly Comment[]): Comment[][] {
  const answers = new Map<number, number[]>();
  all.forEach(({ parent }, i) => {
    if (parent !== null) answers.set(parent, [...(answers.get(parent) ?? []), i]);
  });
  return all.flatMap((comment, root) => {
    if (comment.parent !== null) return [];
    const members: number[] = [];
    const waiting = [root];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      members.push(next);
      waiting.push(...(answers.get(next) ?? []));
    }
    // A parent stands before its answers in the file only by habit.
    return [orderedByParent(members, all)];
  });
}

/** In the order of the file, but each after the one that it answers. */
function orderedByParent(members: readonly number[], all: readonly Comment[]): Comment[] {
  const done = new Set<number>();
  const ordered: Comment[] = [];
  const isMember = new Set(members);
  for (const member of [...members].sort((one, other) => one - other)) {
    const chain: number[] = [];
    for (let at: number | null = member; at !== null && isMember.has(at) && !done.has(at);) {
      done.add(at);
      chain.push(at);
      at = all[at]?.parent ?? null;
    }
    for (const at of chain.reverse()) {
      const comment = all[at];
      if (comment !== undefined) ordered.push(comment);
    }
  }
  return ordered;
}

function readComments(thread: readonly Comment[], all: readonly Comment[]): ReadComment[] {
  const places = new Map(thread.map((comment, i) => [comment, i]));
  return thread.map(({ originId, parent, author, at, body }) => {
    const answered = parent === null ? undefined : all[parent];
    const place = answered === undefined ? null : (places.get(answered) ?? null);
    return { originId, parent: place, author, at, body };
  });
}

type BodyReader = (comment: XmlElement) => string;

function bodyReader(pkg: WordPackage, part: string, losses: Losses): BodyReader {
  const targets = new Map(pkg.relationsOf(part).map(({ id, target }) => [id, target]));
  const addressOf = (link: XmlElement): string | null => targets.get(link.attributes['r:id'] ?? '') ?? null;
  return (comment) => {
    const body = plainText(comment, 'after', addressOf);
    if (firstInside(comment, 'a:blip') !== null || firstInside(comment, 'v:imagedata') !== null)
      losses.add('commentPicture');
    return body;
  };
}

function withParents(elements: readonly XmlElement[], extras: Extras, bodyOf: BodyReader): Comment[] {
  const paragraphs = elements.map((element) => paragraphIds(element));
  const owners = new Map<string, number>();
  paragraphs.forEach((ids, i) => ids.forEach((id) => owners.set(id, i)));
  const extensions = paragraphs.map(
    (ids) => ids.map((id) => extras.extensions.get(id)).findLast((each) => each !== undefined) ?? null,
  );
  const parents = extensions.map((each) => owners.get(each?.parentParagraph ?? '') ?? null);
  breakCircles(parents);
  return elements.map((element, i): Comment => {
    const { attributes } = element;
    const author = (attributes['w:author']?.trim() || attributes['w:initials']?.trim() || null) ?? null;
    const lasting = paragraphs[i]?.map((id) => extras.durableIds.get(id)).findLast((id) => id !== undefined);
    const date = attributes['w:date'] ?? null;
    const id = attributes['w:id'] ?? '';
    return {
      id,
      originId: lasting ?? paragraphs[i]?.at(-1) ?? `${author ?? ''} ${date ?? ''} ${id}`,
      author: author?.slice(0, MAX_NAME_LENGTH) ?? null,
      at: momentOf(extras.times.get(lasting ?? '') ?? null) ?? momentOf(date),
      body: bodyOf(element),
      isDone: extensions[i]?.isDone === true,
      parent: parents[i] ?? null,
    };
  });
}

/** Comments that answer themselves in a circle: the first of them answers nobody. */
function breakCircles(parents: (number | null)[]): void {
  const sound = new Set<number>();
  parents.forEach((_, begin) => {
    const path = new Set<number>();
    let at: number | null = begin;
    while (at !== null && !sound.has(at) && !path.has(at)) {
      path.add(at);
      at = parents[at] ?? null;
    }
    if (at !== null && path.has(at)) parents[at] = null;
    for (const each of path) sound.add(each);
  });
}

/** `w14:paraId` of its paragraphs; Word names the last one elsewhere, other programs the first. */
function paragraphIds(comment: XmlElement): string[] {
  const ids: string[] = [];
  const visit = (element: XmlElement): void => {
    const id = element.name === 'w:p' ? element.attributes['w14:paraId'] : undefined;
    if (id !== undefined && id !== '') ids.push(id.toUpperCase());
    for (const child of elementsOf(element)) visit(child);
  };
  visit(comment);
  return ids;
}

function readExtras(pkg: WordPackage, main: string): Extras {
  const list = (type: string, name: string): XmlElement[] => {
    const part = pkg.partOf(main, type);
    const root = part === null ? null : pkg.tree(part);
    return root === null ? [] : childrenOf(root, name);
  };
  const id = (element: XmlElement, name: string): string => (element.attributes[name] ?? '').toUpperCase();
  return {
    extensions: new Map(
      list('commentsExtended', 'w15:commentEx').map((each) => [
        id(each, 'w15:paraId'),
        {
          parentParagraph: id(each, 'w15:paraIdParent') || null,
          isDone: /^(1|true|on)$/i.test(each.attributes['w15:done'] ?? ''),
        },
      ]),
    ),
    durableIds: new Map(
      list('commentsIds', 'w16cid:commentId').map((each) => [
        id(each, 'w16cid:paraId'),
        id(each, 'w16cid:durableId'),
      ]),
    ),
    times: new Map(
      list('commentsExtensible', 'w16cex:commentExtensible').map((each) => [
        id(each, 'w16cex:durableId'),
        each.attributes['w16cex:dateUtc'] ?? '',
      ]),
    ),
  };
}
