/**
 * A page's first reading, as a stream: what it says of itself in its head, and its body again as clean markup without
 * scripts, hidden parts and form controls, ready for a DOM. Bounded before any tree is built: depth by a refusal,
 * the number of elements by a flag, since the parsers of trees recurse and Readability walks the tree many times.
 */
import { Parser } from 'htmlparser2';
import { AppError } from '#core/errors.ts';
import { isHidden } from '../html-hidden.ts';
import { reasonFor, SkippedWords } from '../html-skipped.ts';
import { MAX_OPEN_TAGS } from '../limits.ts';

/** Elements of which a DOM is built at most: the longest liveblogs have 40,000; Readability takes seconds for more. */
const MAX_ELEMENTS = 60_000;
/** Structured data of a page is a few kilobytes; a long liveblog's a few hundred. Characters, in all. */
const MAX_JSON_LD = 2_000_000;
/** `meta` tags that are looked at: pages have up to 100. */
const MAX_METAS = 500;

export interface PageScan {
  /** Of `html`, else null. */
  readonly language: string | null;
  /** `<title>`; empty when there is none. */
  readonly title: string;
  /** Name (small letters) to the first value that is not empty. */
  readonly metas: ReadonlyMap<string, string>;
  readonly authors: readonly string[];
  readonly canonical: string | null;
  /** `<base href>`, or the address in the comment that browsers write when they save a page. */
  readonly base: string | null;
  readonly jsonLd: readonly string[];
  /** Markup of the body; null when the page has too many elements for a DOM. */
  readonly body: string | null;
  /** Words that are not in `body`, in one sentence; null when there are none. */
  readonly skipped: string | null;
}

type Attributes = Readonly<Record<string, string>>;

const words = (list: string): ReadonlySet<string> => new Set(list.split(' '));
/** Content that nobody reads, or that is not words. */
const dropped = words(
  'script style template svg canvas select datalist textarea button rp noembed noframes xmp plaintext map applet',
);
/** Left out, but the second reading counts them. */
const counted = words('iframe object embed audio video math');
const unwrapped = words('html head body title meta link base button');
const kept = words(
  'class id role itemprop itemtype itemscope href src srcset data-src data-original data-lazy-src alt title width height style aria-hidden rel datetime colspan rowspan start lang dir type content',
);
const voids = words('area br col hr img input wbr source track param');

export function scanPage(source: string, options: { readonly withNoscript: boolean }): PageScan {
  const scanner = new Scanner(options.withNoscript);
  const parser = new Parser(
    {
      onopentag: (name, attributes) => scanner.open(name, attributes),
      onclosetag: (name) => scanner.close(name),
      ontext: (text) => scanner.text(text),
      oncomment: (text) => scanner.comment(text),
    },
    { decodeEntities: true },
  );
  parser.end(source);
  return scanner.finish();
}

class Scanner {
  private readonly metas = new Map<string, string>();
  private readonly authors: string[] = [];
  private readonly jsonLd: string[] = [];
  private readonly out: string[] = [];
  private readonly skippedWords = new SkippedWords();
  private title = '';
  private language: string | null = null;
  private canonical: string | null = null;
  private base: string | null = null;
  private savedFrom: string | null = null;
  private depth = 0;
  private elements = 0;
  private jsonLength = 0;
  /** Depth at which leaving out began; 0: nothing is left out. */
  private droppedAt = 0;
  /** Depth of the open heading; 0: there is none. */
  private headingAt = 0;
  private isTitle = false;
  private isJsonLd = false;

  constructor(private readonly withNoscript: boolean) {}

  open(name: string, attributes: Attributes): void {
    this.depth += 1;
    if (this.depth > MAX_OPEN_TAGS) throw tooDeep();
    this.note(name, attributes);
    if (this.droppedAt > 0) return this.skippedWords.space();
    if (/^h[1-6]$/.test(name)) this.headingAt = this.depth;
    // The heads of parts that fold are buttons; elsewhere a button is a mark of furniture.
    if (name === 'button') {
      if (this.headingAt > 0) return;
      this.emit('<input type="button">');
    }
    const isDropped =
      dropped.has(name) || (name === 'noscript' && !this.withNoscript) || isHidden(attributes);
    if (isDropped || counted.has(name)) {
      this.droppedAt = this.depth;
      this.skippedWords.begin(reasonFor(name, attributes));
      if (!isDropped) this.emit(`<${name}></${name}>`);
      return;
    }
    if (isWritten(name)) this.emit(tagOf(name, attributes));
  }

  close(name: string): void {
    if (name === 'title') this.isTitle = false;
    if (name === 'script') this.isJsonLd = false;
    if (this.droppedAt === 0 && isWritten(name) && !voids.has(name)) this.out.push(`</${name}>`);
    if (this.droppedAt === this.depth) {
      this.droppedAt = 0;
      this.skippedWords.end();
    }
    if (this.headingAt === this.depth) this.headingAt = 0;
    this.depth -= 1;
  }

  text(text: string): void {
    if (this.isJsonLd && this.jsonLength + text.length <= MAX_JSON_LD) {
      this.jsonLength += text.length;
      this.jsonLd[this.jsonLd.length - 1] += text;
    }
    if (this.isTitle) this.title += text.slice(0, 1_000);
    else if (this.droppedAt === 0) this.out.push(escaped(text));
    else this.skippedWords.add(text);
  }

  comment(text: string): void {
    this.savedFrom ??= /^\s*saved from url=\(\d{1,6}\)(https?:\S{1,4000})/i.exec(text)?.[1] ?? null;
  }

  finish(): PageScan {
    return {
      language: this.language,
      title: this.title,
      metas: this.metas,
      authors: this.authors,
      canonical: this.canonical,
      base: this.base ?? this.savedFrom,
      jsonLd: this.jsonLd,
      body: this.elements > MAX_ELEMENTS ? null : this.out.join(''),
      skipped: this.skippedWords.inOneSentence(),
    };
  }

  private emit(markup: string): void {
    this.elements += 1;
    if (this.elements <= MAX_ELEMENTS) this.out.push(markup);
  }

  /** Takes what a tag says about the page. */
  private note(name: string, attributes: Attributes): void {
    switch (name) {
      case 'html':
        this.language ??= attributes['lang'] ?? attributes['xml:lang'] ?? null;
        return;
      case 'title':
        // A drawing has titles too; the page's comes first, and outside of what is left out.
        this.isTitle = this.title === '' && this.droppedAt === 0;
        return;
      case 'base':
        this.base ??= attributes['href'] ?? null;
        return;
      case 'link':
        if (/(^|\s)canonical(\s|$)/i.test(attributes['rel'] ?? ''))
          this.canonical ??= attributes['href'] ?? null;
        return;
      case 'meta':
        return this.meta(attributes);
      case 'script':
        if (/^application\/ld\+json/i.test((attributes['type'] ?? '').trim())) {
          this.isJsonLd = true;
          this.jsonLd.push('');
        }
    }
  }

  private meta(attributes: Attributes): void {
    const content = (attributes['content'] ?? '').trim();
    if (content === '' || this.metas.size >= MAX_METAS) return;
    for (const key of ['property', 'name', 'itemprop', 'http-equiv']) {
      const name = (attributes[key] ?? '').trim().toLowerCase();
      if (name === '') continue;
      if (/^(author|article:author|dc\.creator|citation_author|parsely-author)$/.test(name))
        this.authors.push(`${name}\n${content}`);
      if (!this.metas.has(name)) this.metas.set(name, content);
    }
  }
}

function tooDeep(): AppError {
  return new AppError(
    'too_large',
    `The page nests tags more than ${MAX_OPEN_TAGS.toLocaleString('en')} deep, the most that is taken.`,
  );
}

/** Tags that broken markup brings (`<a"b>`) go, their words stay. */
function isWritten(name: string): boolean {
  return !unwrapped.has(name) && /^[a-z][a-z0-9:-]*$/.test(name);
}

function tagOf(name: string, attributes: Attributes): string {
  let tag = `<${name}`;
  for (const [key, value] of Object.entries(attributes))
    if (kept.has(key)) tag += ` ${key}="${escaped(value).replaceAll('"', '&quot;')}"`;
  return `${tag}>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
