/**
 * The last look at an article: small parts that stand between its paragraphs. What Readability took stays, but for
 * calls to read something else; what it did not take goes when it is mostly links, or a few words that are no
 * paragraph. Paragraphs, headings, tables, quotations and figures stay.
 */
import type { Cutter } from './cutter.ts';
import { belongsToArticle } from './furniture.ts';
import { isInline, linkShare, NOTHING, type Measured } from './measure.ts';
import type { Place } from './place.ts';

const MOSTLY_LINKS = 0.5;
/** Links among the few words of a list of facts. */
const SOME_LINKS = 0.2;
/** What is shorter is no list of facts. */
const LEAST_FACTS = 40;
/** Prose in a form that asks for an address. */
const MAX_FORM_PROSE = 600;

/** Calls that stand alone in a line, in the languages of the desks that asked. */
const calls =
  /^(advertisement|advertising|anzeige|werbung|publicité|publicidad|pubblicità|advertentie|реклама|إعلان|廣告|广告|広告|광고|continue reading( the main story)?|story continues below( advertisement)?|article continues (below|after).{0,30}|skip (past|advertisement).{0,40}|loading( comments)?\.{0,3}…?|share( this)?( (article|story|page))?|sign up( now)?|subscribe( now)?|read more|listen to (this )?article.{0,30}|print|save|copy link)$/i;
const callsToRead =
  /^(read (more|also|next)|also read|see also|more (on|from|about)|related|watch|don.t miss|lesen sie( auch)?|mehr zum thema|lire aussi|à lire|lea también|leia (também|mais)|leggi anche|lees ook|czytaj|читайте|اقرأ أيضا|إقرأ أيضاً|関連記事|相关阅读|延伸閱讀)\b|^(関連記事|相关阅读|延伸閱讀|اقرأ أيض)/i;

export function cutSmallParts(place: Place, heading: Element | null, cutter: Cutter): void {
  const { element: root, measures } = place;
  const judge = judgeOf(place, heading);
  const waiting = [...root.children].toReversed();
  for (let element = waiting.pop(); element !== undefined; element = waiting.pop()) {
    if (element === heading) continue;
    const measured = measures.get(element) ?? NOTHING;
    const holdsHeading = heading !== null && element.contains(heading);
    if (!holdsHeading && judge(element, measured)) {
      const isLinks = measured.links > 1 && linkShare(measured) > MOSTLY_LINKS;
      cutter.cut(element, isLinks ? 'related' : null, measured.links);
    } else waiting.push(...[...element.children].toReversed());
  }
}

/** Tells the parts that go. */
function judgeOf(
  { element: root, chosen, measures }: Place,
  heading: Element | null,
): (element: Element, measured: Measured) => boolean {
  const holding = withParents(chosen);
  const { first, second } = opening(root, measures);
  const aboveHeading = heading === null ? new Set<Element>() : elementsBefore(root, heading);
  return (element, measured) => {
    const isLost = !holding.has(element);
    if (isInline(element)) {
      const isBesideHeading =
        heading !== null && aboveHeading.has(element) && element.parentElement?.contains(heading) === true;
      return (
        (isBesideHeading && measured.chars > 0) || (isLost && second.has(element) && isDateOrName(element))
      );
    }
    if (isCall(element, measured) || isMenu(element, measured)) return true;
    if (measured.chars > 0 && measured.proseChars === 0 && aboveHeading.has(element)) return true;
    if (measured.proseChars === 0 && second.has(element) && isDateOrName(element)) return true;
    return isLost && isSmall(element, measured, first.has(element));
  };
}

export function withParents(elements: Iterable<Element>): Set<Element> {
  const all = new Set<Element>();
  for (const element of elements)
    for (let at: Element | null = element; at !== null && !all.has(at); at = at.parentElement) all.add(at);
  return all;
}

/** What stands before the first prose of the article, and before the second: the first may be its introduction. */
function opening(root: Element, measures: Place['measures']): { first: Set<Element>; second: Set<Element> } {
  const [first, second] = [new Set<Element>(), new Set<Element>()];
  let prose = 0;
  for (const element of root.querySelectorAll('*')) {
    if ((measures.get(element) ?? NOTHING).ownProse > 0) prose += 1;
    if (prose === 0) first.add(element);
    if (prose <= 1) second.add(element);
    else break;
  }
  return { first, second };
}

function elementsBefore(root: Element, heading: Element): Set<Element> {
  const before = new Set<Element>();
  for (const element of root.querySelectorAll('*')) {
    if (element === heading) return before;
    before.add(element);
  }
  return new Set();
}

/** Links to elsewhere and hardly anything between them, wherever they stand. */
function isMenu(element: Element, measured: Measured): boolean {
  const share = linkShare(measured);
  const isList = /^[uo]l$/.test(element.localName);
  return (
    ((measured.links >= 3 && share > 0.6) || (isList && measured.links >= 2 && share > 0.9)) &&
    measured.proseChars === 0 &&
    /^(div|ul|ol|td|p|font|section|center|tr|table|aside|header|footer)$/.test(element.localName) &&
    !belongsToArticle(element) &&
    !followsSources(element)
  );
}

function isCall(element: Element, { chars, linkChars }: Measured): boolean {
  if (chars === 0 || chars > 250 || /^(h[1-6]|table|figure)$/.test(element.localName)) return false;
  const words = (element.textContent ?? '').replace(/\s+/g, ' ').trim();
  return calls.test(words) || (callsToRead.test(words) && linkChars > chars * 0.3);
}

function isSmall(element: Element, measured: Measured, isBefore: boolean): boolean {
  const { chars, proseChars, inputs } = measured;
  if (chars === 0 || belongsToArticle(element) || followsSources(element)) return false;
  const share = linkShare(measured);
  switch (element.localName) {
    case 'h1':
    case 'h2':
    case 'h3':
    case 'h4':
    case 'h5':
    case 'h6':
    case 'blockquote':
    case 'pre':
    case 'figure':
    case 'figcaption':
    case 'dl':
    case 'details':
      return false;
    case 'p':
      return isBefore ? isDateOrName(element) || share > MOSTLY_LINKS : share > 0.8 && chars < 150;
    case 'table':
      return share > 0.7;
    case 'ul':
    case 'ol':
      return share > MOSTLY_LINKS || (isBefore && proseChars === 0);
    case 'li':
    case 'tr':
    case 'td':
    case 'th':
    case 'tbody':
    case 'thead':
      return false;
    default:
      if (inputs > 0) return proseChars < MAX_FORM_PROSE;
      if (share > MOSTLY_LINKS) return true;
      return proseChars === 0 && !isListOfFacts(element, measured, share);
  }
}

/** Short lines that belong together: a table, a list or paragraphs, hardly linked. */
function isListOfFacts(element: Element, { chars }: Measured, share: number): boolean {
  const lines = element.querySelectorAll('li, td, p, dt, dd, h2, h3, h4, blockquote, pre').length;
  return (
    (lines >= 1 && share <= SOME_LINKS && chars >= LEAST_FACTS) ||
    element.querySelector('figure, table, figcaption') !== null
  );
}

function followsSources(element: Element): boolean {
  const before = element.previousElementSibling;
  return (
    before !== null &&
    /^(h[2-6]|p)$/.test(before.localName) &&
    /^\W*(sources?|references?|notes?|footnotes?|bibliography|documents?|literature|quellen|belege|einzelnachweise|literatur|nachweise|sources et|références|fuentes|referencias|fonti|источники|примечания|المصادر|المراجع|参考文献|出典|脚注|参考资料)\W*$/iu.test(
      before.textContent ?? '',
    )
  );
}

/** A byline or a date before the text: they are in the metadata, and told as left out. */
export function isDateOrName(element: Element): boolean {
  const words = (element.textContent ?? '').replace(/\s+/g, ' ').trim();
  if (words.length > 160) return false;
  if (element.localName === 'time' || element.localName === 'address') return true;
  if (
    /(^|[\s_-])(byline|author|authors|dateline-time|date|time|timestamp|published|pubdate|meta|post-meta|entry-meta|reading-time)([\s_-]|$)/i.test(
      `${element.getAttribute('class') ?? ''} ${element.getAttribute('itemprop') ?? ''} ${element.getAttribute('rel') ?? ''}`,
    )
  )
    return true;
  return (
    (/^(by|von|par|por)\s+\p{Lu}/u.test(words) && words.length < 100) ||
    /^(published|updated|posted|last (updated|modified)|veröffentlicht|aktualisiert|publié|publicado|stand:)\b/i.test(
      words,
    ) ||
    /^\W*(\p{L}+,?\s+)?\d{1,2}\.?\s+\p{L}+\s+\d{4}\b.{0,30}$/u.test(words) ||
    /^\W*\d{1,2}[./]\s?\d{1,2}[./]\s?\d{2,4}\b.{0,30}$/u.test(words) ||
    /^\W*(\p{L}+,\s+)?\p{L}{3,12}\.?\s+\d{1,2},\s+\d{4}\b.{0,30}$/u.test(words) ||
    /^\W*\d{4}[-./年]\s*\d{1,2}[-./月]\s*\d{1,2}.{0,20}$/u.test(words) ||
    /^\d{1,3}\s*(min|minutes?|minuten)(\s+read)?\b.{0,20}$/i.test(words)
  );
}
