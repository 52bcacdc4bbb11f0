/**
 * What a page's structured data (schema.org as JSON-LD) says about its article. Pages carry several items, nested,
 * in graphs and by reference; the one that is an article is asked first. Bounded in items and depth.
 */

export interface ArticleData {
  readonly headline: string | null;
  readonly authors: readonly string[];
  readonly publishedAt: string | null;
  readonly language: string | null;
  readonly publisher: string | null;
  readonly url: string | null;
  /** Whether it is said to be an article (and not just a page). */
  readonly isArticle: boolean;
}

type Item = Readonly<Record<string, unknown>>;

/** A news page has about 50 items; the walk ends here. */
const MAX_ITEMS = 5_000;
const MAX_DEPTH = 12;
/** A joint investigation has some 20 authors. */
const MAX_AUTHORS = 50;

const articleTypes =
  /^(Article|NewsArticle|ReportageNewsArticle|AnalysisNewsArticle|OpinionNewsArticle|BackgroundNewsArticle|ReviewNewsArticle|AskPublicNewsArticle|SatiricalArticle|AdvertiserContentArticle|LiveBlogPosting|BlogPosting|SocialMediaPosting|DiscussionForumPosting|Report|ScholarlyArticle|TechArticle|MedicalScholarlyArticle|PressRelease|SpecialAnnouncement)$/;
const pageTypes = /^(WebPage|ItemPage|AboutPage|FAQPage|CollectionPage|GovernmentService)$/;

/** Null when nothing in them is an article or page. */
export function articleData(scripts: readonly string[]): ArticleData | null {
  const items = scripts.flatMap(parsed).flatMap((value) => [...walk(value)]);
  const byId = new Map(
    items.flatMap((item) =>
      typeof item['@id'] === 'string' && 2 < Object.keys(item).length ? [[item['@id'], item]] : [],
    ),
  );
  const article = items.find((item) => isOf(item, articleTypes));
  const found = article ?? items.find((item) => isOf(item, pageTypes));
  if (found === undefined) return null;
  const resolve = (value: unknown): unknown =>
    isItem(value) && typeof value['@id'] === 'string' && value['name'] === undefined
      ? (byId.get(value['@id']) ?? value)
      : value;
  return {
    headline: words(found['headline']) ?? (article === undefined ? null : words(found['name'])),
    authors: listOf(found['author'] ?? found['creator'])
      .map((value) => nameOf(resolve(value)))
      .filter((name) => name !== null)
      .slice(0, MAX_AUTHORS),
    publishedAt: words(found['datePublished']) ?? words(found['dateCreated']),
    language: words(found['inLanguage']) ?? nameOf(found['inLanguage']),
    publisher: nameOf(resolve(listOf(found['publisher'] ?? found['sourceOrganization'])[0])),
    url: words(found['url']) ?? addressOf(found['mainEntityOfPage']),
    isArticle: article !== undefined,
  };
}

/** Pages wrap it in comments and CDATA, and forget that a string has no line feed. */
function parsed(script: string): unknown[] {
  const json = script
    .replace(/^\s*(?:<!--|\/\*\s*<!\[CDATA\[\s*\*\/|<!\[CDATA\[)/, '')
    .replace(/(?:-->|\/\*\s*\]\]>\s*\*\/|\]\]>)\s*$/, '');
  for (const attempt of [json, json.replace(/[\u0000-\u001f]+/g, ' '), json.trim().replace(/;$/, '')]) {
    try {
      return [JSON.parse(attempt)];
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
    }
  }
  return [];
}

function* walk(root: unknown): Generator<Item> {
  const waiting: { value: unknown; depth: number }[] = [{ value: root, depth: 0 }];
  for (let seen = 0; seen < MAX_ITEMS; seen++) {
    const next = waiting.shift();
    if (next === undefined) return;
    const { value, depth } = next;
    if (isItem(value)) yield value;
    if (depth >= MAX_DEPTH || value === null || typeof value !== 'object') continue;
    for (const member of Object.values(value))
      if (typeof member === 'object' && member !== null && waiting.length < MAX_ITEMS)
        waiting.push({ value: member, depth: depth + 1 });
  }
}

function isItem(value: unknown): value is Item {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isOf(item: Item, types: RegExp): boolean {
  return listOf(item['@type']).some(
    (type) => typeof type === 'string' && types.test(type.replace(/^https?:\/\/schema\.org\//, '')),
  );
}

function listOf(value: unknown): readonly unknown[] {
  return value === undefined || value === null ? [] : Array.isArray(value) ? value : [value];
}

function words(value: unknown): string | null {
  const first = listOf(value)[0];
  return typeof first === 'string' && first.trim() !== '' ? first.trim() : null;
}

function nameOf(value: unknown): string | null {
  return isItem(value) ? (words(value['name']) ?? words(value['alternateName'])) : words(value);
}

function addressOf(value: unknown): string | null {
  return isItem(value) ? (words(value['@id']) ?? words(value['url'])) : words(value);
}
