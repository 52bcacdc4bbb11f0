/**
 * Who wrote a page, when, where it lives: one answer each from what a page says in several places and seldom
 * everywhere right. Structured data comes before `meta` tags, these before what stands on the page, since the last
 * is for people and says "5 hours ago". What cannot be put into its form (a date, an address) is left open.
 */
import type { SourceMeta } from '#core/source-meta.ts';
import { isoDate } from './iso-date.ts';
import { articleData, type ArticleData } from './json-ld.ts';
import type { PageScan } from './page-scan.ts';

/** What stands on the page itself, read from its markup (rel=author, microdata, time). */
export interface VisibleMeta {
  readonly byline: string | null;
  readonly publishedAt: string | null;
}

export interface PageMeta {
  readonly meta: SourceMeta;
  /** What the page is called where it is shared or listed; null when only `<title>` says. */
  readonly headline: string | null;
  readonly isArticle: boolean;
}

const MAX_BYLINE = 300;
const MAX_PUBLISHER = 200;
const MAX_ADDRESS = 4_000;

/** `address`: where the page was fetched from, if it was. */
export function pageMeta(scan: PageScan, visible: VisibleMeta, address: string | null): PageMeta {
  const data = articleData(scan.jsonLd);
  const first = (...names: string[]): string | null => {
    for (const name of names) {
      const value = scan.metas.get(name);
      if (value !== undefined) return value;
    }
    return null;
  };
  const base = address ?? scan.base;
  return {
    meta: {
      byline: bylineOf(scan, data, visible),
      publishedAt: isoDate(
        data?.publishedAt,
        first('article:published_time', 'og:article:published_time', 'datepublished'),
        first(
          'parsely-pub-date',
          'sailthru.date',
          'publish-date',
          'publishdate',
          'pubdate',
          'publication_date',
        ),
        first(
          'dc.date.issued',
          'dcterms.issued',
          'dcterms.created',
          'dc.date.created',
          'dc.date',
          'dcterms.date',
        ),
        first('citation_publication_date', 'citation_date', 'date', 'article.published', 'og:published_time'),
        visible.publishedAt,
      ),
      language: languageOf(
        scan.language,
        data?.language,
        first('content-language', 'dc.language', 'language', 'inlanguage'),
        first('og:locale'),
      ),
      canonicalUrl: addressOf(
        base,
        scan.canonical,
        first('og:url'),
        data?.url,
        first('parsely-link'),
        address ?? scan.base,
      ),
      publisher: tidied(
        first('og:site_name') ??
          data?.publisher ??
          first('publisher', 'dc.publisher', 'dcterms.publisher', 'citation_publisher', 'application-name'),
        MAX_PUBLISHER,
      ),
    },
    headline: tidied(
      data?.isArticle === true
        ? (data.headline ?? first('og:title', 'twitter:title'))
        : first('og:title', 'twitter:title', 'headline', 'dc.title'),
      1_000,
    ),
    isArticle:
      data?.isArticle === true ||
      /^article$/i.test(first('og:type') ?? '') ||
      scan.metas.has('article:published_time'),
  };
}

function bylineOf(scan: PageScan, data: ArticleData | null, visible: VisibleMeta): string | null {
  const structured = (data?.authors ?? []).filter((name) => !isAddress(name));
  if (structured.length > 0) return tidied([...new Set(structured)].join(', '), MAX_BYLINE);
  const named = scan.authors
    .map((entry) => entry.split('\n') as [string, string]) // written so by the scan
    .filter(([, value]) => !isAddress(value));
  const one = named[0]?.[0];
  const authors = named.filter(([name]) => name === one).map(([, value]) => value);
  const byline =
    authors.length > 0 ? [...new Set(authors)].join(', ') : (scan.metas.get('byl') ?? visible.byline);
  return withoutBy(tidied(byline, MAX_BYLINE));
}

/** "By Jane Doe" in the languages that put a short word there. */
function withoutBy(byline: string | null): string | null {
  if (byline === null) return null;
  const name = byline
    .replace(
      /^(?:written\s+by|by|von|par|por|di|door|av|af|od|autor(?:in)?|author|text|texte|auteur|автор|بقلم|كتب|文)\s*[::]?\s+/iu,
      '',
    )
    .replace(/^(?:文[/／]|撰文[::]\s*|記者\s*[::]\s*|作者\s*[::]\s*|بقلم\s*[::]\s*)/u, '')
    .replace(/[\s|·•,–—-]+$/u, '')
    .trim();
  return name === '' ? null : name;
}

function isAddress(value: string): boolean {
  return /^(https?:|www\.|\/|@)/i.test(value.trim());
}

/** The first that is a language, as BCP 47 writes it. */
function languageOf(...candidates: (string | null | undefined)[]): string | null {
  for (const candidate of candidates) {
    const tag =
      (candidate ?? '')
        .split(/[,;\s]/, 1)[0]
        ?.replaceAll('_', '-')
        .trim() ?? '';
    if (!/^[a-z]{2,3}(-[a-z0-9]{2,8}){0,4}$/i.test(tag)) continue;
    try {
      return Intl.getCanonicalLocales(tag)[0] ?? null;
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
  }
  return null;
}

/** The first that is an address on the web. */
function addressOf(base: string | null, ...candidates: (string | null | undefined)[]): string | null {
  for (const candidate of candidates) {
    const value = (candidate ?? '').trim();
    if (value === '' || value.length > MAX_ADDRESS) continue;
    if (!URL.canParse(value, base ?? undefined)) continue;
    const url = new URL(value, base ?? undefined);
    if (/^https?:$/.test(url.protocol)) return url.href;
  }
  return null;
}

function tidied(value: string | null | undefined, most: number): string | null {
  const words = (value ?? '').replace(/\s+/g, ' ').trim();
  return words === '' ? null : words.slice(0, most);
}
