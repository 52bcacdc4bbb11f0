/**
 * HTML, pasted or from a file, into a document: a stream of tags into the builder, one pass, no tree. Only what
 * the schema knows comes through, so scripts, handlers, frames and `javascript:` links have no way in; what
 * readers cannot see (hidden parts, form controls) is left out, and its words and what cannot be taken are said.
 * Knows the habits of Google Docs (a bold wrapper that is not bold, emphasis by style) and Word (lists that are
 * paragraphs). No DOM is built: the parsers of one cost minutes on a million nested tags.
 */
import { Parser } from 'htmlparser2';
import { AppError } from '#core/errors.ts';
import { MAX_TITLE_LENGTH } from '#core/limits.ts';
import type { SourceMeta } from '#core/source-meta.ts';
import type { DocNode } from '#core/text/doc-json.ts';
import { isSafeHref } from '#core/text/schema.ts';
import { DocBuilder, type ContainerName, type MarkName } from './doc-builder.ts';
import { absolute, Pictures, type PageParts } from './html-pictures.ts';
import { isHidden } from './html-hidden.ts';
import { reasonFor, SkippedWords } from './html-skipped.ts';
import { MAX_OPEN_TAGS } from './limits.ts';
import type { ReadImage } from './notes.ts';

export interface ReadMarkup {
  readonly doc: DocNode;
  /** What the source calls itself outside its text; null when it does not. */
  readonly title: string | null;
  readonly unreadable: readonly string[];
  /** What the source says of itself; of kinds that can. */
  readonly meta?: SourceMeta | null;
}

type Attributes = Readonly<Record<string, string>>;

const words = (list: string): ReadonlySet<string> => new Set(list.split(' '));
const skipped = words(
  'script style noscript template iframe frame frameset noframes object embed applet svg math canvas audio video map select datalist textarea input button rp noembed xmp plaintext',
);
const blocks = words(
  'p div section article main header footer nav aside figure figcaption address center details summary dialog dl dt dd fieldset form legend hgroup body',
);
const containers: Readonly<Record<string, ContainerName>> = {
  blockquote: 'blockquote',
  ul: 'bullet_list',
  menu: 'bullet_list',
  dir: 'bullet_list',
  ol: 'ordered_list',
  li: 'list_item',
  table: 'table',
  tr: 'table_row',
  td: 'table_cell',
  th: 'table_header',
};
const markOf: Readonly<Record<string, MarkName>> = {
  b: 'strong',
  strong: 'strong',
  i: 'em',
  em: 'em',
  cite: 'em',
  dfn: 'em',
  var: 'em',
  u: 'underline',
  ins: 'underline',
  s: 'strike',
  del: 'strike',
  strike: 'strike',
  code: 'code',
  kbd: 'code',
  samp: 'code',
  tt: 'code',
};
const superscripts: Readonly<Record<string, string>> = {
  '0': '⁰',
  '1': '¹',
  '2': '²',
  '3': '³',
  '4': '⁴',
  '5': '⁵',
  '6': '⁶',
  '7': '⁷',
  '8': '⁸',
  '9': '⁹',
  '+': '⁺',
  '-': '⁻',
  '−': '⁻',
};

export interface ReadHtml extends ReadMarkup {
  readonly images: readonly ReadImage[];
  /** Addresses of images in the text whose bytes did not come along, in order. */
  readonly missing: readonly string[];
}

export function readHtml(source: string, parts: PageParts = {}): ReadHtml {
  const reader = new HtmlReader(parts);
  const parser = new Parser(
    {
      onopentag: (name, attributes) => reader.open(name, attributes),
      onclosetag: (name) => reader.close(name),
      ontext: (text) => reader.text(text),
    },
    { decodeEntities: true },
  );
  parser.end(source);
  return reader.finish();
}

class HtmlReader {
  private readonly builder = new DocBuilder();
  /** What ends each open tag. */
  private readonly ends: (() => void)[] = [];
  private skipping = 0;
  private inTitle = 0;
  private raised = 0;
  private embedded = 0;
  private readonly skippedWords = new SkippedWords();
  /** What is to stand before the next words: the bracket of a reading that may turn out to be empty. */
  private reading: 'none' | 'open' | 'begun' = 'none';
  private readonly titles = { page: '', shared: '' };
  private readonly pictures: Pictures;

  constructor(private readonly parts: PageParts) {
    this.pictures = new Pictures(this.builder, parts);
  }

  open(name: string, attributes: Attributes): void {
    if (this.ends.length >= MAX_OPEN_TAGS) {
      throw new AppError(
        'too_large',
        `The page nests tags more than ${MAX_OPEN_TAGS.toLocaleString('en')} deep, the most that is taken.`,
      );
    }
    this.ends.push(this.begin(name, attributes));
  }

  close(_name: string): void {
    this.ends.pop()?.();
  }

  text(text: string): void {
    if (this.inTitle > 0) this.titles.page += text.slice(0, 1_000);
    if (this.skipping > 0) return this.skippedWords.add(text);
    if (this.inTitle > 0) return;
    if (this.reading === 'open' && text.trim() !== '') {
      this.builder.text(' (');
      this.reading = 'begun';
    }
    if (this.raised > 0 && /^[\d+−-]+$/.test(text)) {
      return this.builder.text(Array.from(text, (sign) => superscripts[sign] ?? sign).join(''));
    }
    this.builder.flowingText(text);
  }

  finish(): ReadHtml {
    const doc = this.builder.finish();
    const title = tidy(this.titles.shared) || tidy(this.titles.page) || null;
    const { images, missing } = this.pictures;
    return { doc, title, unreadable: [...this.leftOut()], images, missing };
  }

  /** Does what a tag begins with and returns what ends it. */
  private begin(name: string, attributes: Attributes): () => void {
    if (this.skipping > 0 || skipped.has(name) || isHidden(attributes)) return this.skip(name, attributes);
    const { builder } = this;
    switch (name) {
      case 'title':
        this.inTitle += 1;
        return () => (this.inTitle -= 1);
      case 'meta':
        if (attributes['property'] === 'og:title') this.titles.shared = attributes['content'] ?? '';
        return nothing;
      case 'source':
        this.pictures.offer(attributes['srcset'] ?? '');
        return nothing;
      case 'img':
      case 'amp-img':
        this.pictures.add(attributes);
        return nothing;
      case 'figure':
        builder.endLine();
        this.pictures.openFigure();
        return () => {
          this.pictures.closeFigure();
          builder.endLine();
        };
      case 'figcaption':
        this.pictures.caption();
        break;
      case 'br':
        builder.break();
        return nothing;
      case 'hr':
        builder.rule();
        return nothing;
      case 'sup':
        this.raised += 1;
        return () => (this.raised -= 1);
      case 'rt':
        this.reading = 'open';
        return () => {
          if (this.reading === 'begun') builder.text(')');
          this.reading = 'none';
        };
      case 'q':
        builder.text('“');
        return () => builder.text('”');
      case 'caption':
        builder.open('table_row', { isCaption: true });
        builder.open('table_cell');
        return () => {
          builder.close();
          builder.close();
        };
      case 'pre':
      case 'listing':
        builder.openLine('code_block');
        return () => builder.close();
    }
    const container = isWordListItem(name, attributes) ? 'list_item' : containers[name];
    if (container !== undefined) {
      builder.open(container, attributesOf(container, attributes));
      return () => builder.close();
    }
    if (/^h[1-6]$/.test(name)) {
      builder.openLine('heading', Number(name[1]));
      return () => builder.close();
    }
    if (blocks.has(name)) builder.endLine();
    const endMarks = this.beginMarks(name, attributes);
    return () => {
      endMarks();
      if (blocks.has(name)) builder.endLine();
    };
  }

  private beginMarks(name: string, attributes: Attributes): () => void {
    const marks = marksOf(name, attributes['style'] ?? '');
    for (const mark of marks) this.builder.pushMark(mark);
    const href = name === 'a' ? absolute((attributes['href'] ?? '').trim(), this.parts.address) : '';
    const isLink = name === 'a' && /^(https?|mailto):/i.test(href) && isSafeHref(href);
    if (isLink) this.builder.pushMark('link', { href, title: tidy(attributes['title'] ?? '') || null });
    const count = marks.length + (isLink ? 1 : 0);
    return () => {
      for (let i = 0; i < count; i++) this.builder.popMark();
    };
  }

  private skip(name: string, attributes: Attributes): () => void {
    if (this.skipping === 0) {
      if (/^(iframe|object|embed|svg|canvas|audio|video|math)$/.test(name)) this.embedded += 1;
      this.skippedWords.begin(reasonFor(name, attributes));
    }
    this.skippedWords.space();
    this.skipping += 1;
    return () => {
      this.skipping -= 1;
      if (this.skipping === 0) this.skippedWords.end();
    };
  }

  private *leftOut(): Generator<string> {
    yield* this.pictures.leftOut();
    yield* this.skippedWords.sentences();
    if (this.embedded > 0)
      yield this.embedded === 1
        ? 'One embedded part (video, frame or drawing) was left out.'
        : `${this.embedded} embedded parts (videos, frames or drawings) were left out.`;
    if (this.builder.dropped > 0) yield `${this.builder.dropped} control characters were left out.`;
  }
}

function nothing(): void {
  // A tag that needs no end.
}

/** Word writes the items of a list as paragraphs that say which list they are of. */
function isWordListItem(name: string, attributes: Attributes): boolean {
  return name === 'p' && /mso-list\s*:\s*l\d/i.test(attributes['style'] ?? '');
}

function attributesOf(container: ContainerName, attributes: Attributes): Record<string, unknown> | undefined {
  switch (container) {
    case 'ordered_list': {
      const start = Number(attributes['start'] ?? 1);
      return { order: Number.isInteger(start) && start >= 0 && start < 1_000_000_000 ? start : 1 };
    }
    case 'table_cell':
    case 'table_header':
      return { colspan: Number(attributes['colspan'] ?? 1), rowspan: Number(attributes['rowspan'] ?? 1) };
    default:
      return undefined;
  }
}

/** The marks of a tag; a style overrules it, since Google Docs wraps all it copies into a `b` that is not bold. */
function marksOf(name: string, style: string): MarkName[] {
  const marks = new Set<MarkName>();
  const own = markOf[name];
  if (own !== undefined) marks.add(own);
  if (style === '') return [...marks];
  const weight = /font-weight\s*:\s*(\w+)/i.exec(style)?.[1]?.toLowerCase();
  if (weight !== undefined) setMark(marks, 'strong', /^(bold|bolder|[6-9]\d\d)$/.test(weight));
  const slant = /font-style\s*:\s*(\w+)/i.exec(style)?.[1]?.toLowerCase();
  if (slant !== undefined) setMark(marks, 'em', slant === 'italic' || slant === 'oblique');
  const lines = /text-decoration(?:-line)?\s*:([^;]*)/i.exec(style)?.[1]?.toLowerCase() ?? '';
  if (lines.includes('line-through')) marks.add('strike');
  if (lines.includes('underline') && name !== 'a') marks.add('underline');
  return [...marks];
}

function setMark(marks: Set<MarkName>, mark: MarkName, isOn: boolean): void {
  if (isOn) marks.add(mark);
  else marks.delete(mark);
}

function tidy(title: string): string {
  return title.replace(/\s+/g, ' ').trim().slice(0, MAX_TITLE_LENGTH);
}
