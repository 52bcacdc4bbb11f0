/**
 * What Markdown's parser does not know and would take for something else, taken care of in the source, line by line
 * and outside of code: front matter (what the text says of itself), comments (left out, as on every rendered page)
 * and footnotes (the parser takes `[^1]: word` for the address of a link and loses it; they become paragraphs at the
 * end, with the name that the text refers to).
 */
import type { SourceMeta } from '#core/source-meta.ts';
import { isoDate } from './web/iso-date.ts';

export interface MarkdownSource {
  readonly title: string | null;
  readonly meta: SourceMeta | null;
  readonly body: string;
  readonly comments: number;
}

/** Front matter is a few lines; a long one has a hundred. */
const MAX_FRONT_LINES = 200;
const MAX_VALUE = 300;

export function readMarkdownSource(source: string): MarkdownSource {
  const { front, rest } = splitFrontMatter(source);
  const { lines, comments } = withoutComments(rest.split('\n'));
  return { title: front.get('title') ?? null, meta: metaOf(front), body: withNotesAtEnd(lines), comments };
}

function metaOf(front: ReadonlyMap<string, string>): SourceMeta | null {
  const first = (...names: string[]): string | null => {
    for (const name of names) {
      const value = front.get(name);
      if (value !== undefined) return value;
    }
    return null;
  };
  const address = first('canonical_url', 'canonicalurl', 'canonical', 'url', 'source');
  const language = first('lang', 'language');
  const meta: SourceMeta = {
    byline: first('author', 'authors', 'byline'),
    publishedAt: isoDate(first('date', 'published', 'published_at', 'pubdate')),
    language: language !== null && /^[a-z]{2,3}(-[a-z0-9]{2,8}){0,3}$/i.test(language) ? language : null,
    canonicalUrl:
      address !== null && /^https?:\/\/\S+$/i.test(address) && URL.canParse(address) ? address : null,
    publisher: first('publisher', 'publication', 'site'),
  };
  return Object.values(meta).every((value) => value === null) ? null : meta;
}

/** `---`, lines of `key: value`, `---` at the very start; anything else between the rules is text. */
function splitFrontMatter(source: string): { front: Map<string, string>; rest: string } {
  const none = { front: new Map<string, string>(), rest: source };
  if (!/^---[ \t]*\n/.test(source.slice(0, 100))) return none;
  const lines = source.slice(0, 20_000).split('\n', MAX_FRONT_LINES + 2);
  const end = lines.findIndex((line, i) => i > 0 && /^(---|\.\.\.)[ \t]*$/.test(line));
  const inside = lines.slice(1, end);
  if (end < 2 || !inside.every((line) => /^([\w-]+:|[ \t]|- |#|$)/.test(line))) return none;
  const length = lines.slice(0, end + 1).reduce((sum, line) => sum + line.length + 1, 0);
  return { front: valuesOf(inside), rest: source.slice(length) };
}

/** Flat values and lists of words; what is nested is for the program that wrote it. */
function valuesOf(lines: readonly string[]): Map<string, string> {
  const values = new Map<string, string>();
  lines.forEach((line, i) => {
    const [, key, rest = ''] = /^([\w-]+):(.*)$/.exec(line) ?? [];
    if (key === undefined) return;
    const value = rest.trim() === '' ? listAfter(lines, i + 1) : inlineValue(rest.trim());
    if (value !== '' && !values.has(key.toLowerCase()))
      values.set(key.toLowerCase(), value.slice(0, MAX_VALUE));
  });
  return values;
}

function inlineValue(value: string): string {
  const list = /^\[(.*)\]$/.exec(value)?.[1];
  return list === undefined
    ? unquoted(value)
    : list
        .split(',')
        .map((item) => unquoted(item.trim()))
        .filter(Boolean)
        .join(', ');
}

function listAfter(lines: readonly string[], from: number): string {
  const items: string[] = [];
  for (const line of lines.slice(from)) {
    const item = /^\s*- +(.+)$/.exec(line)?.[1];
    if (item === undefined) break;
    items.push(unquoted(item.trim()));
  }
  return items.join(', ');
}

function unquoted(value: string): string {
  const quoted = /^(["'])(.*)\1$/.exec(value)?.[2];
  if (quoted !== undefined) return quoted;
  return /^[|>&*{]/.test(value) ? '' : value.replace(/\s+#.*$/, '');
}

/** Takes comments out; one that is never closed is text. */
function withoutComments(lines: readonly string[]): { lines: string[]; comments: number } {
  const kept: string[] = [];
  let comments = 0;
  const fence = new Fence();
  // Behind it no comment ends, and none is looked for.
  const lastEnd = lines.findLastIndex((line) => line.includes('-->'));
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] ?? '';
    if (i > lastEnd || fence.holds(line) || /^( {4}|\t)/.test(line)) {
      kept.push(line);
      continue;
    }
    const cut = cutComments(line, i < lastEnd);
    comments += cut.comments;
    if (!cut.isOpen) {
      kept.push(cut.words);
      continue;
    }
    comments += 1;
    do i += 1;
    while (lines[i]?.includes('-->') !== true);
    // What stands behind its end may hold the next one.
    const rest = lines[i] ?? '';
    const after = cutComments(rest.slice(rest.indexOf('-->') + 3), false);
    comments += after.comments;
    kept.push(cut.words + after.words);
  }
  return { lines: kept, comments };
}

/** The words of one line. `isOpen`: its last comment does not end in it, and `mayStayOpen`. */
function cutComments(
  line: string,
  mayStayOpen: boolean,
): { words: string; comments: number; isOpen: boolean } {
  let words = '';
  let comments = 0;
  let from = 0;
  let isCode = false;
  for (const { index, 0: mark } of line.matchAll(/`+|<!--/g)) {
    if (index < from) continue;
    if (mark !== '<!--') isCode = !isCode;
    else if (!isCode) {
      const end = line.indexOf('-->', index + 4);
      if (end < 0) {
        if (mayStayOpen) return { words: words + line.slice(from, index), comments, isOpen: true };
        break;
      }
      words += line.slice(from, index);
      from = end + 3;
      comments += 1;
    }
  }
  return { words: words + line.slice(from), comments, isOpen: false };
}

/** Moves footnotes to the end; each is a paragraph that begins with its name. */
function withNotesAtEnd(lines: readonly string[]): string {
  const body: string[] = [];
  const notes: string[] = [];
  const fence = new Fence();
  let isNote = false;
  let isAfterBlank = false;
  for (const line of lines) {
    const isCode = fence.holds(line);
    const [, name, words = ''] = isCode ? [] : (/^ {0,3}\[\^([^\]\s]{1,100})\]:[ \t]*(.*)$/.exec(line) ?? []);
    if (name !== undefined) {
      notes.push('', `\\[^${name}\\]: ${words}`);
      isNote = true;
    } else if (isNote && line.trim() === '') notes.push('');
    else if (isNote && (/^( {2,}|\t)/.test(line) || (!isAfterBlank && !/^\s*([#>*+-]|\d+[.)])\s/.test(line))))
      notes.push(line.trim());
    else {
      isNote = false;
      body.push(line);
    }
    isAfterBlank = line.trim() === '';
  }
  return [...body, ...notes].join('\n');
}

/** Follows fenced code through the lines. */
class Fence {
  private open: string | null = null;

  /** Whether the line belongs to fenced code, its fences included. */
  holds(line: string): boolean {
    const mark = /^\s{0,3}(`{3,}|~{3,})(.*)$/.exec(line);
    if (this.open === null) {
      // A line of backticks with more of them is code in a line.
      if (mark?.[1] === undefined || (mark[1].startsWith('`') && mark[2]?.includes('`') === true))
        return false;
      this.open = mark[1];
      return true;
    }
    const isEnd = mark?.[1] !== undefined && mark[1].startsWith(this.open) && mark[2]?.trim() === '';
    if (isEnd) this.open = null;
    return true;
  }
}
