/**
 * Holds a document from outside against a schema. A schema of ProseMirror checks which nodes may stand where, but
 * not their attributes, and raw JSON can carry any; so nodes and marks are made anew with the attributes we know.
 */
import type { Schema } from 'prosemirror-model';
import { AppError } from '#core/errors.ts';
import { MAX_IMAGE_PIXELS } from '#core/image-header.ts';
import type { DocMark, DocNode } from '#core/text/doc-json.ts';
import { isImageNameOrNone } from '#core/text/figures.ts';
import { isSafeHref } from '#core/text/schema.ts';
import { MAX_ALT_LENGTH, MAX_NODES, MAX_SPAN } from './limits.ts';

type Attributes = Readonly<Record<string, unknown>>;

/** The document as its schema writes it. `at` says where it stands, for the sentence of the error. */
export function checkedDocument(value: unknown, schema: Schema, at: string): DocNode {
  let nodes = 0;
  const rebuild = (node: unknown, path: string): DocNode => {
    nodes += 1;
    if (nodes > MAX_NODES)
      throw new AppError(
        'too_large',
        `${at} has more than ${MAX_NODES.toLocaleString('en')} nodes, the most that are taken.`,
      );
    if (!isRecord(node) || typeof node['type'] !== 'string') throw refused(path, 'is no node');
    const { type, text, content, marks } = node;
    if (!Object.hasOwn(schema.nodes, type)) throw refused(path, `a node “${type.slice(0, 40)}” is not known`);
    if (type === 'text') {
      if (typeof text !== 'string' || text === '') throw refused(path, 'a text node needs words');
      const known = listOf(marks, path).map((mark, i) => checkedMark(mark, schema, `${path}.marks[${i}]`));
      return known.length === 0 ? { type, text } : { type, marks: known, text };
    }
    const attrs = checkedAttributes(type, isRecord(node['attrs']) ? node['attrs'] : {}, path);
    const children = listOf(content, path).map((child, i) => rebuild(child, `${path}.content[${i}]`));
    return { type, ...(attrs && { attrs }), ...(children.length > 0 && { content: children }) };
  };
  return fitted(rebuild(value, at), schema, at);
}

/** Throws when nodes stand where they may not; answers the schema's own writing of the document. */
export function fitted(doc: DocNode, schema: Schema, at: string): DocNode {
  if (doc.type !== 'doc') throw refused(at, 'a document begins with a node “doc”');
  try {
    const node = schema.nodeFromJSON(doc);
    node.check();
    // ProseMirror types its JSON as any; it is what was just built.
    return node.toJSON() as DocNode;
  } catch (error) {
    if (error instanceof RangeError) throw refused(at, error.message.slice(0, 200));
    throw error;
  }
}

function checkedMark(mark: unknown, schema: Schema, path: string): DocMark {
  if (!isRecord(mark) || typeof mark['type'] !== 'string' || !Object.hasOwn(schema.marks, mark['type']))
    throw refused(path, 'is no mark that is known');
  const { type } = mark;
  if (type !== 'link') return { type };
  const attrs = isRecord(mark['attrs']) ? mark['attrs'] : {};
  const { href, title } = attrs;
  if (typeof href !== 'string' || !isSafeHref(href))
    throw refused(path, 'a link may lead to http, https or mailto only');
  return { type, attrs: { href, title: typeof title === 'string' ? title.slice(0, 1_000) : null } };
}

function checkedAttributes(type: string, attrs: Attributes, path: string): Attributes | undefined {
  switch (type) {
    case 'heading':
      return { level: whole(attrs['level'] ?? 2, 1, 6, `${path}.attrs.level`) };
    case 'ordered_list':
      return { order: whole(attrs['order'] ?? 1, 0, 1_000_000_000, `${path}.attrs.order`) };
    case 'figure':
      return checkedFigure(attrs, path);
    case 'table_cell':
    case 'table_header':
      return {
        colspan: whole(attrs['colspan'] ?? 1, 1, MAX_SPAN, `${path}.attrs.colspan`),
        rowspan: whole(attrs['rowspan'] ?? 1, 1, 10_000, `${path}.attrs.rowspan`),
        colwidth: widths(attrs['colwidth']),
      };
    default:
      return undefined;
  }
}

function checkedFigure({ image, alt, width, height }: Attributes, path: string): Attributes {
  if (!isImageNameOrNone(image)) throw refused(`${path}.attrs.image`, 'must be a SHA-256 in hex, or empty');
  const size = (value: unknown, name: string): number | null =>
    value === undefined || value === null ? null : whole(value, 1, MAX_IMAGE_PIXELS, `${path}.attrs.${name}`);
  return {
    image,
    alt: typeof alt === 'string' ? alt.slice(0, MAX_ALT_LENGTH) : '',
    width: size(width, 'width'),
    height: size(height, 'height'),
  };
}

function whole(value: unknown, least: number, most: number, path: string): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value;
  throw refused(path, `must be a whole number from ${least} to ${most}`);
}

/** Column widths in pixels; what is none is left to the reader. */
function widths(value: unknown): number[] | null {
  if (!Array.isArray(value) || value.length > MAX_SPAN) return null;
  const numbers = value.filter(
    (width): width is number => typeof width === 'number' && width >= 0 && width < 10_000,
  );
  return numbers.length === value.length ? numbers : null;
}

function listOf(value: unknown, path: string): readonly unknown[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value;
  throw refused(path, 'its content must be a list');
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function refused(path: string, why: string): AppError {
  return new AppError('refused_content', `The document is not taken. ${path}: ${why}.`);
}
