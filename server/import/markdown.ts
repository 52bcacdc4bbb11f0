/**
 * Markdown (CommonMark with tables and strike-through) into a document. HTML in it is not read but shown as the
 * words it is: who wants markup imports HTML. Front matter gives the title and is not text.
 */
import MarkdownIt, { type Token } from 'markdown-it';
import { MAX_TITLE_LENGTH } from '#core/limits.ts';
import { isSafeHref } from '#core/text/schema.ts';
import { DocBuilder, type ContainerName, type MarkName } from './doc-builder.ts';
import type { ReadMarkup } from './html.ts';
import { MAX_BLOCK_DEPTH } from './limits.ts';

const containers: Readonly<Record<string, ContainerName>> = {
  blockquote: 'blockquote',
  bullet_list: 'bullet_list',
  ordered_list: 'ordered_list',
  list_item: 'list_item',
  table: 'table',
  tr: 'table_row',
  td: 'table_cell',
  th: 'table_header',
};
const marks: Readonly<Record<string, MarkName>> = { em: 'em', strong: 'strong', s: 'strike' };

export function readMarkdown(source: string): ReadMarkup {
  const { title, body } = splitFrontMatter(source);
  const parser = new MarkdownIt({ html: false, linkify: false, maxNesting: MAX_BLOCK_DEPTH });
  // Every link is read, so that of an unsafe one the words remain; which are kept is decided below.
  parser.validateLink = () => true;
  const builder = new DocBuilder();
  let images = 0;
  for (const token of parser.parse(body, {})) images += addBlock(builder, token);
  const doc = builder.finish();
  const unreadable: string[] = [];
  if (images > 0)
    unreadable.push(
      images === 1
        ? 'One image was left out; its description is in the text.'
        : `${images} images were left out; their descriptions are in the text.`,
    );
  if (builder.dropped > 0) unreadable.push(`${builder.dropped} control characters were left out.`);
  return { doc, title, unreadable };
}

/** Adds what a token of the block level says; answers how many images it held. */
function addBlock(builder: DocBuilder, token: Token): number {
  const name = token.type.replace(/_(open|close)$/, '');
  const container = containers[name];
  if (container !== undefined) {
    if (token.nesting > 0) builder.open(container, attributesOf(container, token));
    else builder.close();
    return 0;
  }
  switch (token.type) {
    case 'paragraph_open':
    case 'paragraph_close':
      builder.endLine();
      return 0;
    case 'heading_open':
      builder.openLine('heading', Number(token.tag.slice(1)));
      return 0;
    case 'heading_close':
      builder.close();
      return 0;
    case 'fence':
    case 'code_block':
      builder.openLine('code_block');
      builder.text(token.content);
      builder.close();
      return 0;
    case 'hr':
      builder.rule();
      return 0;
    case 'inline':
      return addInline(builder, token.children ?? []);
    default:
      return 0;
  }
}

function attributesOf(container: ContainerName, token: Token): Record<string, unknown> | undefined {
  if (container !== 'ordered_list') return undefined;
  const order = Number(token.attrGet('start') ?? 1);
  return { order: Number.isInteger(order) ? order : 1 };
}

function addInline(builder: DocBuilder, tokens: readonly Token[]): number {
  let images = 0;
  /** Whether each open link was kept. */
  const links: boolean[] = [];
  for (const token of tokens) {
    const mark = marks[token.type.replace(/_(open|close)$/, '')];
    if (mark !== undefined) {
      if (token.nesting > 0) builder.pushMark(mark);
      else builder.popMark();
      continue;
    }
    switch (token.type) {
      case 'link_open':
        links.push(beginLink(builder, token));
        break;
      case 'link_close':
        if (links.pop() === true) builder.popMark();
        break;
      case 'code_inline':
        builder.pushMark('code');
        builder.text(token.content);
        builder.popMark();
        break;
      case 'softbreak':
        builder.flowingText(' ');
        break;
      case 'hardbreak':
        builder.break();
        break;
      case 'image':
        images += 1;
        addInline(builder, token.children ?? []);
        break;
      default:
        builder.text(token.content);
    }
  }
  return images;
}

function beginLink(builder: DocBuilder, token: Token): boolean {
  const href = String(token.attrGet('href') ?? '').trim();
  if (!/^(https?|mailto):/i.test(href) || !isSafeHref(href)) return false;
  const title = token.attrGet('title');
  builder.pushMark('link', { href, title: title === null ? null : String(title).slice(0, MAX_TITLE_LENGTH) });
  return true;
}

/** `---`, lines of `key: value`, `---` at the very start; anything else between the rules is text. */
function splitFrontMatter(source: string): { title: string | null; body: string } {
  const none = { title: null, body: source };
  if (!/^---[ \t]*\n/.test(source.slice(0, 100))) return none;
  const lines = source.slice(0, 20_000).split('\n', 101);
  const end = lines.findIndex((line, i) => i > 0 && line.trimEnd() === '---');
  if (end < 2 || !lines.slice(1, end).every((line) => /^([\w-]+:|[ \t]|- |#|$)/.test(line))) return none;
  const given =
    lines
      .slice(1, end)
      .find((line) => /^title:/i.test(line))
      ?.slice('title:'.length)
      .trim() ?? '';
  const title = given.replace(/^(["'])(.*)\1$/, '$2').slice(0, MAX_TITLE_LENGTH);
  const length = lines.slice(0, end + 1).reduce((sum, line) => sum + line.length + 1, 0);
  return { title: title || null, body: source.slice(length) };
}
