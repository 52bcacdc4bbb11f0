/** Author and date as they stand on the page, where its markup says which words they are. */
import { isoDate } from './iso-date.ts';
import type { PageDocument } from './place.ts';
import type { VisibleMeta } from './page-meta.ts';

const MAX_NAME = 120;
const MAX_AUTHORS = 20;
/** A date in words: "Wednesday, 30 September 2026". */
const MAX_DATE = 40;
/** Elements without others in them that a head has between its title and its date. */
const NEAR_HEADING = 15;

/** From the most exact marking to the vaguest; the first that gives a name counts. */
const authorMarks = [
  '[itemprop~=author] [itemprop~=name]',
  '[itemprop~=author]',
  'a[rel~=author], [rel~=author]',
  '[class*=contributorname i], .byline__name, .byline-name, .author-name, .author__name, .p-author, .fn',
  '.byline, [class*=byline], .author, .article-author, .post-author, .entry-author, #byline',
];
const dateMarks = [
  '[itemprop~=datePublished]',
  'time[pubdate]',
  'header time[datetime], article time[datetime]',
  'time[datetime]',
  'time, .published, .date, .post-date, .entry-date, .pubdate, .article-date, .timestamp',
];

export function visibleMeta(document: PageDocument): VisibleMeta {
  return { byline: authorsIn(document), publishedAt: dateIn(document) };
}

function authorsIn(document: PageDocument): string | null {
  for (const mark of authorMarks) {
    const names = [...document.querySelectorAll(mark)]
      .filter((element) => element.closest('[itemtype*=Comment], .comment, .comments, #comments') === null)
      .map((element) => tidy(element.getAttribute('content') ?? element.textContent ?? ''))
      .filter((name) => name !== '' && name.length <= MAX_NAME && !/^https?:/.test(name));
    // A block that says "byline" holds names that are marked again inside it.
    const distinct = [...new Set(names)].filter(
      (name, _, all) => !all.some((other) => other !== name && name.includes(other)),
    );
    const first = distinct[0];
    if (first === undefined) continue;
    return mark === authorMarks.at(-1) ? beforeSeparator(first) : distinct.slice(0, MAX_AUTHORS).join(', ');
  }
  return null;
}

/** "By Jane Doe | 3 March 2026 | 5 min read" */
function beforeSeparator(byline: string): string {
  return byline.split(/\s*[|·•]\s*|\s+[–—]\s+|\n/)[0]?.trim() ?? byline;
}

function dateIn(document: PageDocument): string | null {
  for (const mark of dateMarks) {
    for (const element of document.querySelectorAll(mark)) {
      const value =
        element.getAttribute('datetime') ?? element.getAttribute('content') ?? element.textContent ?? '';
      if (/\d/.test(value) && value.length < 200) return tidy(value);
    }
  }
  return dateNearHeading(document);
}

/** A date that stands alone after the heading, unmarked. */
function dateNearHeading(document: PageDocument): string | null {
  const heading = document.querySelector('h1');
  if (heading === null) return null;
  let isAfter = false;
  let looked = 0;
  for (const element of document.querySelectorAll('*')) {
    if (element === heading) isAfter = true;
    if (!isAfter || element.firstElementChild !== null) continue;
    looked += 1;
    if (looked > NEAR_HEADING) return null;
    const words = tidy(element.textContent ?? '');
    if (words.length <= MAX_DATE && isoDate(words) !== null) return words;
  }
  return null;
}

function tidy(words: string): string {
  return words.replace(/\s+/g, ' ').trim();
}
