/**
 * Where on a page the article is. Readability chooses paragraphs; the place is the smallest part that holds them, or
 * more when it left out much of the page's prose (it takes one entry of a live blog, one of several sections).
 */
import { Readability } from '@mozilla/readability';
import type { parseHTML } from 'linkedom';
import { measure, NOTHING, type Measures } from './measure.ts';

export type PageDocument = ReturnType<typeof parseHTML>['document'];

export interface Place {
  readonly element: Element;
  /** Blocks that Readability took. */
  readonly chosen: ReadonlySet<Element>;
  readonly measures: Measures;
}

const MARK = 'data-block';
/** Readability's time grows with both: 8,000 elements take it a second, 200 levels another. Pages have 60 levels. */
const MAX_ELEMENTS = 8_000;
const MAX_DEPTH = 100;
/** Readability may choose a stray block elsewhere; the place holds at least this share of the words it chose. */
const MOST_WORDS = 0.93;
/** When the place holds less than this share of the page's prose, Readability left out too much. */
const ENOUGH_PROSE = 0.65;
/** An `article` with the page's heading and this share of the page's prose is the article. */
const ENOUGH_IN_ARTICLE = 0.35;
/** A larger place is one that holds this share. */
const MOST_PROSE = 0.9;

export function findPlace(document: PageDocument, heading: Element | null): Place {
  const { body } = document;
  const measures = measure(body);
  const blocks = [...measures].flatMap(([element, { ownChars }]) => (ownChars > 0 ? [element] : []));
  blocks.forEach((block, i) => block.setAttribute(MARK, String(i)));
  const isBounded = measures.size <= MAX_ELEMENTS && depthOf(body) <= MAX_DEPTH;
  const chosen = isBounded ? choose(document, blocks) : new Set<Element>();
  for (const block of blocks) block.removeAttribute(MARK);
  const whole = measures.get(body) ?? NOTHING;
  const all = new Set(blocks);
  const sums = weights(chosen, (block) => (measures.get(block) ?? NOTHING).ownChars);
  const own = articleAround(heading, measures);
  if (own !== null) {
    // Of two short texts Readability may have chosen the other.
    const isChosen = (sums.get(own) ?? 0) >= (measures.get(own) ?? NOTHING).chars / 2;
    return { element: own, chosen: isChosen ? chosen : all, measures };
  }
  if (chosen.size === 0) return { element: mainPart(body, measures), chosen: all, measures };
  let element = outerArticle(smallestWith(body, sums, MOST_WORDS), body);
  if ((measures.get(element) ?? NOTHING).proseChars < whole.proseChars * ENOUGH_PROSE) {
    const prose = (block: Element): number => (measures.get(block) ?? NOTHING).proseChars;
    element = larger(element, body, prose, whole.proseChars);
  }
  return { element: asContainer(element), chosen, measures };
}

function choose(document: PageDocument, blocks: readonly Element[]): Set<Element> {
  // Readability takes the page apart, so it is given a copy.
  const copy = document.cloneNode(true) as PageDocument; // a document's copy is a document
  const { content } = new Readability(copy, { disableJSONLD: true, charThreshold: 200 }).parse() ?? {};
  const chosen = new Set<Element>();
  for (const [, number] of (content ?? '').matchAll(/data-block="(\d+)"/g)) {
    const block = blocks[Number(number)];
    if (block !== undefined) chosen.add(block);
  }
  return chosen;
}

function depthOf(root: Element): number {
  const depths = new Map<Element, number>([[root, 1]]);
  let deepest = 1;
  for (const element of root.querySelectorAll('*')) {
    const depth = element.parentElement === null ? 1 : (depths.get(element.parentElement) ?? 0) + 1;
    depths.set(element, depth);
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}

/** Each element's weight with all that it holds. */
function weights(blocks: Iterable<Element>, weigh: (block: Element) => number): Map<Element, number> {
  const sums = new Map<Element, number>();
  for (const block of blocks) {
    const own = weigh(block);
    for (let at: Element | null = block; at !== null; at = at.parentElement)
      sums.set(at, (sums.get(at) ?? 0) + own);
  }
  return sums;
}

/** Goes down as long as one child holds the share. */
function smallestWith(root: Element, sums: ReadonlyMap<Element, number>, share: number): Element {
  const least = (sums.get(root) ?? 0) * share;
  let element = root;
  for (;;) {
    const inner = [...element.children].find((child) => (sums.get(child) ?? 0) >= least);
    if (inner === undefined) return element;
    element = inner;
  }
}

/** The `article` that has the page's heading and much of its prose, unless there are others (a live blog). */
function articleAround(heading: Element | null, measures: Measures): Element | null {
  const article = heading?.closest('article') ?? null;
  if (article === null) return null;
  const prose = (element: Element): number => (measures.get(element) ?? NOTHING).proseChars;
  const { body } = article.ownerDocument;
  const others = [...article.ownerDocument.querySelectorAll('article')].filter(
    (other) => !other.contains(article) && !article.contains(other) && prose(other) > 0,
  );
  return prose(article) >= prose(body) * ENOUGH_IN_ARTICLE && others.length === 0 ? article : null;
}

/** The whole `article` (or marked body) around a part of it. */
function outerArticle(element: Element, body: Element): Element {
  for (let at: Element | null = element; at !== null && at !== body; at = at.parentElement)
    if (at.localName === 'article' || /\barticleBody\b/.test(at.getAttribute('itemprop') ?? '')) return at;
  return element;
}

/** The nearest part around that has most of the page's prose. */
function larger(element: Element, body: Element, prose: (element: Element) => number, all: number): Element {
  for (let at: Element | null = element; at !== null; at = at.parentElement)
    if (prose(at) >= all * MOST_PROSE || at === body) return at;
  return body;
}

/** Without a choice: the main part, if it has most of the prose. */
function mainPart(body: Element, measures: Measures): Element {
  const all = (measures.get(body) ?? NOTHING).proseChars;
  const main = [...body.querySelectorAll('main, [role=main], article')].find(
    (part) => (measures.get(part) ?? NOTHING).proseChars >= all * MOST_PROSE,
  );
  return main ?? body;
}

/** What may hold blocks; a single paragraph, list or table is taken with what is around it. */
function asContainer(element: Element): Element {
  let at = element;
  while (
    !/^(body|div|section|article|main|td|center|font|form|fieldset|header)$/.test(at.localName) &&
    at.parentElement !== null
  )
    at = at.parentElement;
  return at;
}
