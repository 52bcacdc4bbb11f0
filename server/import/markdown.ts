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
import { readMarkdownSource } from './markdown-source.ts';

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
  const { title, meta, body, comments } = readMarkdownSource(source);
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
  if (comments > 0)
    unreadable.push(
      comments === 1
        ? 'One comment in the source was left out.'
        : `${comments} comments in the source were left out.`,
    );
  if (builder.dropped > 0) unreadable.push(`${builder.dropped} control characters were left out.`);
  return { doc, title: title?.slice(0, MAX_TITLE_LENGTH) ?? null, meta, unreadable };
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
      return addInline(builder, withoutAlert(builder, token));
    default:
      return 0;
  }
}

/** `[!NOTE]` alone at the head of a quotation is GitHub's way to say what kind it is: it becomes a word. */
function withoutAlert(builder: DocBuilder, token: Token): readonly Token[] {
  const children = token.children ?? [];
  const kind = /^\[!(note|tip|important|warning|caution)\][ \t]*(\n|$)/i.exec(token.content)?.[1];
  if (kind === undefined) return children;
  const rest = children.findIndex(({ type }) => type === 'softbreak' || type === 'hardbreak');
  builder.pushMark('strong');
  builder.text(`${kind.charAt(0).toUpperCase()}${kind.slice(1).toLowerCase()}`);
  builder.popMark();
  builder.endLine();
  return rest < 0 ? [] : children.slice(rest + 1);
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
