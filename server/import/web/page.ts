/**
 * A page of HTML, from a file, a field or the web: its words (the article's, when the page has an article and
 * furniture around it), what it says of itself, and its images. The words always go through the one reader of HTML
 * (html.ts), which decides what can come in at all; this only decides which part of a page it is given.
 */
import type { ReadImage } from '../notes.ts';
import { readHtml, type ReadMarkup } from '../html.ts';
import type { PageParts } from '../html-pictures.ts';
import { findArticle, pageDocument } from './article.ts';
import { pageMeta } from './page-meta.ts';
import { scanPage, type PageScan } from './page-scan.ts';
import type { SourceMeta } from '#core/source-meta.ts';
import { visibleMeta } from './visible-meta.ts';

export interface ReadPage extends ReadMarkup {
  readonly meta: SourceMeta | null;
  readonly images: readonly ReadImage[];
  /** Addresses of images in the text that were not there, in order. */
  readonly missing: readonly string[];
}

/** A page whose words stand in `noscript` has next to none outside. Characters. */
const HARDLY_ANY = 200;
/** "Please switch on JavaScript to see this page." */
const A_CALL = 120;
/** Programs that write a document and nothing around it. */
const officePrograms =
  /\b(microsoft word|word \d|libreoffice|openoffice|abiword|google docs|pandoc|pages|scrivener|textutil|cocoa html writer|markdown|asciidoctor|latex2html|tex4ht|hevea)\b/i;

/** `address`: where it was fetched from, which relative links are seen from. */
export function readPage(source: string, parts: PageParts = {}): ReadPage {
  const scan = scanWhole(source);
  const unreadable: string[] = [];
  const none = { byline: null, publishedAt: null };
  if (scan.body === null) {
    unreadable.push(
      'The page has too many elements to tell its article from what is around it, so all of it was taken.',
    );
    const { meta } = pageMeta(scan, none, parts.address ?? null);
    return finished(readHtml(source, withBase(parts, scan)), meta, unreadable, null);
  }
  const document = pageDocument(scan.body);
  const isPlain = officePrograms.test(scan.metas.get('generator') ?? '') || isFromGoogleDocs(source);
  const { meta, headline } = pageMeta(scan, visibleMeta(document), parts.address ?? null);
  const article = isPlain
    ? null
    : findArticle(document, [headline ?? '', titleWithoutSite(scan.title, meta.publisher)]);
  if (article === null) return finished(readHtml(source, withBase(parts, scan)), meta, unreadable, null);
  unreadable.push(...article.leftOut, ...(scan.skipped === null ? [] : [scan.skipped]));
  return finished(
    readHtml(article.html, withBase(parts, scan)),
    meta,
    unreadable,
    headline ?? (titleWithoutSite(scan.title, meta.publisher) || null),
  );
}

/** With the words of `noscript` when there are no others. */
function scanWhole(source: string): PageScan {
  const scan = scanPage(source, { withNoscript: false });
  if (scan.body === null || wordsIn(scan.body) >= HARDLY_ANY || !/<noscript/i.test(source)) return scan;
  const whole = scanPage(source, { withNoscript: true });
  return whole.body !== null && wordsIn(whole.body) > 3 * wordsIn(scan.body) + A_CALL ? whole : scan;
}

function wordsIn(markup: string): number {
  return markup.replace(/<[^<>]*>/g, '').replace(/\s+/g, '').length;
}

function withBase(parts: PageParts, scan: PageScan): PageParts {
  const { address } = parts;
  const base = scan.base ?? undefined;
  if (base === undefined || !URL.canParse(base, address)) return parts;
  return { ...parts, address: new URL(base, address).href };
}

function finished(
  read: ReturnType<typeof readHtml>,
  meta: SourceMeta,
  unreadable: readonly string[],
  title: string | null,
): ReadPage {
  const isSilent = Object.values(meta).every((value) => value === null);
  return {
    ...read,
    title: title ?? read.title,
    meta: isSilent ? null : meta,
    unreadable: [...unreadable, ...read.unreadable],
  };
}

function isFromGoogleDocs(source: string): boolean {
  return /id="docs-internal-guid|class="[^"]*\bdoc-content\b/.test(source.slice(0, 200_000));
}

/** "A heading | The Paper" and "A heading - The Paper" without the paper, when its name is known or short. */
function titleWithoutSite(title: string, publisher: string | null): string {
  const tidy = title.replace(/\s+/g, ' ').trim();
  const parts = /^(.{8,}?)\s+[|–—·»-]\s+(.{2,60})$/u.exec(tidy);
  if (parts === null) return tidy;
  const [, head = tidy, rest = ''] = parts;
  const isSite = publisher !== null && rest.toLowerCase().includes(publisher.toLowerCase());
  return isSite || head.length > rest.length ? head : tidy;
}
