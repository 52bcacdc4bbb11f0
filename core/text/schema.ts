/**
 * The structure of a report's text and of a rationale, as ProseMirror schemas. Imports are made to fit them,
 * the editor works in them, and the server holds every change from a socket against `allowedNodes` and
 * `allowedMarks`, since raw Yjs can carry nodes and links that no editor ever makes.
 * Highlights are never marks: a claim's place is a record with positions.
 */
import { Schema, type DOMOutputSpec, type MarkSpec, type NodeSpec } from 'prosemirror-model';
import { MAX_IMAGE_PIXELS } from '../image-header.ts';
import { figureOf, imageAddress, isImageName } from './figures.ts';
import { isSafeHref } from './safe-href.ts';
import { tableNodes } from './table-nodes.ts';

export { isSafeHref };

function pixels(image: Element | null, name: 'width' | 'height'): number | null {
  const value = Number(image?.getAttribute(name));
  return Number.isInteger(value) && value > 0 && value <= MAX_IMAGE_PIXELS ? value : null;
}

const nodes = {
  doc: { content: 'block+' },
  paragraph: { content: 'inline*', group: 'block', parseDOM: [{ tag: 'p' }], toDOM: () => ['p', 0] },
  heading: {
    attrs: { level: { default: 2 } },
    content: 'inline*',
    group: 'block',
    defining: true,
    parseDOM: [1, 2, 3, 4, 5, 6].map((level) => ({ tag: `h${level}`, attrs: { level } })),
    toDOM: (node) => [`h${Number(node.attrs['level'])}`, 0],
  },
  blockquote: {
    content: 'block+',
    group: 'block',
    defining: true,
    parseDOM: [{ tag: 'blockquote' }],
    toDOM: () => ['blockquote', 0],
  },
  bullet_list: { content: 'list_item+', group: 'block', parseDOM: [{ tag: 'ul' }], toDOM: () => ['ul', 0] },
  ordered_list: {
    attrs: { order: { default: 1 } },
    content: 'list_item+',
    group: 'block',
    parseDOM: [
      {
        tag: 'ol',
        getAttrs: (dom) => ({ order: Number(dom.getAttribute('start') ?? 1) || 1 }),
      },
    ],
    toDOM: (node) =>
      node.attrs['order'] === 1 ? ['ol', 0] : ['ol', { start: Number(node.attrs['order']) }, 0],
  },
  list_item: { content: 'block+', defining: true, parseDOM: [{ tag: 'li' }], toDOM: () => ['li', 0] },
  code_block: {
    content: 'text*',
    marks: '',
    group: 'block',
    code: true,
    defining: true,
    parseDOM: [{ tag: 'pre', preserveWhitespace: 'full' }],
    toDOM: () => ['pre', ['code', 0]],
  },
  /**
   * An image of the source, by the SHA-256 of its bytes (hex); the bytes are kept beside the text. It has no words: the
   * caption is what the image is called, and nobody can select it. Nothing is required, for two people's changes at
   * once may leave out anything, and a text that cannot be read would be worse than a figure without its image.
   */
  figure: {
    attrs: {
      image: { default: '' },
      alt: { default: '' },
      width: { default: null },
      height: { default: null },
    },
    group: 'block',
    atom: true,
    parseDOM: [
      {
        tag: 'figure[data-image]',
        getAttrs: (dom) => {
          const image = dom.getAttribute('data-image') ?? '';
          if (!isImageName(image)) return false;
          const shown = dom.querySelector('img');
          const alt = shown?.getAttribute('alt') ?? '';
          return { image, alt, width: pixels(shown, 'width'), height: pixels(shown, 'height') };
        },
      },
    ],
    toDOM: (node) => {
      const { image, alt, width, height } = figureOf(node.attrs);
      const size = width === null || height === null ? {} : { width, height };
      const shown = { src: imageAddress(image), alt, ...size, loading: 'lazy', decoding: 'async' };
      const caption: DOMOutputSpec[] = alt === '' ? [] : [['figcaption', { 'aria-hidden': 'true' }, alt]];
      return ['figure', { 'data-image': image }, ['img', shown], ...caption];
    },
  },
  horizontal_rule: { group: 'block', parseDOM: [{ tag: 'hr' }], toDOM: () => ['hr'] },
  ...tableNodes,
  text: { group: 'inline' },
  hard_break: {
    inline: true,
    group: 'inline',
    selectable: false,
    parseDOM: [{ tag: 'br' }],
    toDOM: () => ['br'],
  },
} satisfies Record<string, NodeSpec>;

const marks = {
  link: {
    attrs: { href: {}, title: { default: null } },
    inclusive: false,
    parseDOM: [
      {
        tag: 'a[href]',
        getAttrs: (dom) => {
          const href = dom.getAttribute('href') ?? '';
          return isSafeHref(href) ? { href, title: dom.getAttribute('title') } : false;
        },
      },
    ],
    toDOM: (mark) => [
      'a',
      {
        href: String(mark.attrs['href']),
        title: mark.attrs['title'] as string | null,
        rel: 'noopener noreferrer nofollow',
      },
      0,
    ],
  },
  strong: { parseDOM: [{ tag: 'strong' }, { tag: 'b' }], toDOM: () => ['strong', 0] },
  em: { parseDOM: [{ tag: 'em' }, { tag: 'i' }], toDOM: () => ['em', 0] },
  underline: { parseDOM: [{ tag: 'u' }], toDOM: () => ['u', 0] },
  strike: { parseDOM: [{ tag: 's' }, { tag: 'del' }, { tag: 'strike' }], toDOM: () => ['s', 0] },
  code: { parseDOM: [{ tag: 'code' }], toDOM: () => ['code', 0] },
} satisfies Record<string, MarkSpec>;

/** The text of a report: root `body` of the document. */
export const reportSchema = new Schema({ nodes, marks });

/** A rationale: short rich text, root `claims[id].rationale`. */
export const rationaleSchema = new Schema({
  nodes: {
    doc: { content: 'block+' },
    paragraph: nodes.paragraph,
    blockquote: nodes.blockquote,
    bullet_list: nodes.bullet_list,
    ordered_list: nodes.ordered_list,
    list_item: nodes.list_item,
    text: nodes.text,
    hard_break: nodes.hard_break,
  },
  marks,
});

export const BODY_ROOT = 'body';
export const CLAIMS_ROOT = 'claims';
