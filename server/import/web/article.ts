/**
 * An article out of a page. The plan:
 * 1. Is there furniture at all? A letter, an export of an office program, a fragment has none: everything is kept.
 * 2. Take away what is called or marked as furniture (furniture.ts), but never the heading or much of the prose.
 * 3. Let Readability find the article in what is left. It finds the place well and drops too much there (short
 *    paragraphs, lists, second halves), so only the place is taken (place.ts).
 * 4. In that place everything stays but what Readability dropped and looks like furniture: mostly links, or a few
 *    words that are no paragraph (small-parts.ts). For a checker a lost sentence is worse than a stray one.
 * Prose in the place is never dropped without a name that says why; whatever is left out is counted.
 */
import { parseHTML } from 'linkedom';
import { MAX_TITLE_LENGTH } from '#core/limits.ts';
import { Cutter } from './cutter.ts';
import { furnitureKind, isSurelyFurniture, type FurnitureKind } from './furniture.ts';
import { isInline, linkShare, measure, NOTHING, type Measures } from './measure.ts';
import { findPlace, type PageDocument } from './place.ts';
import { introduction, tellOutside } from './around.ts';
import { cutSmallParts, withParents } from './small-parts.ts';

export interface Article {
  /** Markup of the article, its heading first. */
  readonly html: string;
  readonly leftOut: readonly string[];
}

/** A page with less prose than this, and without a heading or a main part, has no article: a form, a list of links. */
const LEAST_PROSE = 140;
/** Furniture by name never holds this share of a page's prose. */
const MAX_FURNITURE_SHARE = 0.35;
/** Shorter names fit too much. Letters and figures. */
const LEAST_NAME = 6;
/** A menu in a page without names: this many links to elsewhere, before the first prose. */
const LEAST_MENU = 3;

export function pageDocument(body: string): PageDocument {
  return parseHTML(`<!doctype html><html><head></head><body>${body}</body></html>`).document;
}

/** Null when the page has no furniture or no article: all of it is the text. Changes `document`. */
export function findArticle(document: PageDocument, names: readonly string[]): Article | null {
  const { body } = document;
  const measures = measure(body);
  const heading = findHeading(body, measures, names);
  const isShort = (measures.get(body) ?? NOTHING).proseChars < LEAST_PROSE;
  if (isShort && heading === null && body.querySelector('main, article, [role=main]') === null) return null;
  const found = findFurniture(body, measures, heading);
  if (found.length === 0 && !hasMenu(body, measures)) return null;
  const cutter = new Cutter();
  for (const { element, kind } of found) cutter.cut(element, kind, measures.get(element)?.links);
  const place = findPlace(document, heading);
  const intro = introduction(place, heading, cutter);
  tellOutside(place, heading, cutter);
  cutSmallParts(place, heading, cutter);
  cutter.cutOrphans(place.element, heading);
  const title = heading === null ? '' : titleOf(heading, names, cutter);
  heading?.remove();
  return { html: `${title}${intro}${place.element.innerHTML}`, leftOut: cutter.leftOut.sentences() };
}

/** The page's own heading: the one that says what the page is called, else its only first-rank one. */
function findHeading(body: Element, measures: Measures, names: readonly string[]): Element | null {
  const known = names.map(letters).filter((name) => name.length >= LEAST_NAME);
  const says = (element: Element): boolean => {
    const own = letters(element.textContent ?? '');
    return known.some(
      (name) =>
        own.includes(name) ||
        (own.length >= name.length * 0.5 && own.length >= LEAST_NAME && name.startsWith(own)),
    );
  };
  const firsts = [...body.querySelectorAll('h1')].filter((h1) => letters(h1.textContent ?? '') !== '');
  const named = firsts.find(says);
  if (named !== undefined || firsts.length === 1) return named ?? firsts[0] ?? null;
  return (
    [...body.querySelectorAll('h2, h3, [itemprop=headline]')].find(says) ??
    firsts[0] ??
    findNamedBlock(body, measures, known)
  );
}

/** A block that is nothing but what the page is called: a heading that is not marked as one. */
function findNamedBlock(body: Element, measures: Measures, known: readonly string[]): Element | null {
  for (const [element, { ownChars, chars }] of inOrder(body, measures))
    if (
      ownChars > 0 &&
      chars === ownChars &&
      chars <= MAX_TITLE_LENGTH &&
      known.includes(letters(element.textContent ?? ''))
    )
      return /^(td|th|li)$/.test(element.localName) ? null : element;
  return null;
}

/** Headings carry a kicker ("Budget: …") that the page's name elsewhere does not have; then the name is the title. */
function titleOf(heading: Element, names: readonly string[], cutter: Cutter): string {
  const own = letters(heading.textContent ?? '');
  const name = names.find(
    (each) => letters(each).length >= LEAST_NAME && own.endsWith(letters(each)) && own !== letters(each),
  );
  if (name === undefined) return `<h1>${heading.innerHTML}</h1>`;
  const words = (heading.textContent ?? '').replace(/\s+/g, ' ').trim();
  cutter.leftOut.addOther(words.slice(0, Math.max(words.length - name.length, 0)));
  return `<h1>${name.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</h1>`;
}

function letters(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
}

interface Found {
  readonly element: Element;
  readonly kind: FurnitureKind;
}

function findFurniture(body: Element, measures: Measures, heading: Element | null): Found[] {
  const all = (measures.get(body) ?? NOTHING).proseChars;
  const found: Found[] = [];
  const holdsBody = withParents([
    ...body.querySelectorAll('[itemprop~=articleBody]'),
    ...(heading === null ? [] : [heading]),
  ]);
  const waiting = [...body.children].toReversed().map((element) => ({ element, isInside: false }));
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { element, isInside } = next;
    const measured = measures.get(element) ?? NOTHING;
    const kind = isHiddenCopy(element, measured.proseChars / all)
      ? 'hidden'
      : furnitureKind(element, measured, isInside);
    const isProtected =
      (kind !== 'comments' &&
        !isSurelyFurniture(element) &&
        measured.proseChars > all * MAX_FURNITURE_SHARE) ||
      holdsBody.has(element) ||
      measured.proseChars > all - Math.min(LEAST_PROSE, all / 2);
    if (kind !== null && !isProtected) {
      found.push({ element, kind });
      continue;
    }
    const isPart = isInside || isMainPart(element);
    for (const child of [...element.children].toReversed())
      waiting.push({ element: child, isInside: isPart });
  }
  return found;
}

/** Hidden from screen readers: a copy or an ornament, unless it is the page itself behind an open dialog. */
function isHiddenCopy(element: Element, share: number): boolean {
  return element.getAttribute('aria-hidden') === 'true' && share < 0.25;
}

function isMainPart(element: Element): boolean {
  return (
    /^(article|main)$/.test(element.localName) ||
    element.getAttribute('role') === 'main' ||
    /\barticleBody\b/.test(element.getAttribute('itemprop') ?? '')
  );
}

/** Whether links to elsewhere stand together before the first prose: the menu of a page that names nothing. */
function hasMenu(body: Element, measures: Measures): boolean {
  for (const [element, measured] of inOrder(body, measures)) {
    if (measured.ownProse > 0) return false;
    if (isInline(element) || linkShare(measured) < 0.6 || measured.links < LEAST_MENU) continue;
    const links = [...element.querySelectorAll('a')].filter((a) =>
      /^(?!#|mailto:)./.test(a.getAttribute('href') ?? ''),
    );
    if (links.length >= LEAST_MENU) return true;
  }
  return false;
}

function* inOrder(body: Element, measures: Measures) {
  for (const element of body.querySelectorAll('*'))
    yield [element, measures.get(element) ?? NOTHING] as const;
}
