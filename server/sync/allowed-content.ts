/**
 * What may stand in a text: the nodes, marks and attributes of the schemas, and links that are safe to follow.
 * Raw Yjs can carry what no editor ever makes, so each item that an update brought is held against this after it
 * was applied, when its parent is known for certain. How many blocks there are is not checked: two honest edits at
 * once can leave a list without items, and the editors mend that.
 */
import type { NodeType, Schema } from 'prosemirror-model';
import * as Y from 'yjs';
import { MAX_IMAGE_PIXELS } from '#core/image-header.ts';
import { isImageNameOrNone } from '#core/text/figures.ts';
import { BODY_ROOT, isSafeHref, rationaleSchema, reportSchema } from '#core/text/schema.ts';
import { everyItemBrought } from './brought.ts';

/** Whether everything that the transaction brought is allowed. */
export function bringsOnlyAllowed(transaction: Y.Transaction): boolean {
  return everyItemBrought(transaction, isAllowed);
}

function isAllowed(item: Y.Item): boolean {
  const { content, parent, parentSub } = item;
  if (content instanceof Y.ContentDeleted) return true;
  if (!(parent instanceof Y.AbstractType)) return false;
  const schema = schemaFor(parent);
  if (parentSub !== null) return isAllowedAttribute(parent, parentSub, content, schema);
  if (parent instanceof Y.XmlText) {
    if (content instanceof Y.ContentFormat) return isAllowedMark(content.key, content.value, schema);
    return content instanceof Y.ContentString;
  }
  return content instanceof Y.ContentType && isAllowedNode(content.type, parent, schema);
}

function schemaFor(type: Y.AbstractType<unknown>): Schema {
  let top = type;
  while (top._item !== null && top._item.parent instanceof Y.AbstractType) top = top._item.parent;
  return top._item === null && Y.findRootTypeKey(top) === BODY_ROOT ? reportSchema : rationaleSchema;
}

/** A node, or a run of words, which some content of its parent has. Neither's kind ever changes, whoever edits beside. */
function isAllowedNode(type: unknown, parent: unknown, schema: Schema): boolean {
  const outer = parent instanceof Y.XmlElement ? nodeType(parent, schema) : schema.topNodeType;
  if (outer === null) return false;
  if (type instanceof Y.XmlText) return outer.inlineContent;
  const inner = type instanceof Y.XmlElement ? nodeType(type, schema) : null;
  return inner !== null && !inner.isText && childrenOf(outer).has(inner);
}

function nodeType({ nodeName }: Y.XmlElement, schema: Schema): NodeType | null {
  return Object.hasOwn(schema.nodes, nodeName) ? (schema.nodes[nodeName] ?? null) : null;
}

const known = new WeakMap<NodeType, ReadonlySet<NodeType>>();

/** The kinds of nodes that may stand somewhere in a node of this kind. */
function childrenOf(outer: NodeType): ReadonlySet<NodeType> {
  const remembered = known.get(outer);
  if (remembered !== undefined) return remembered;
  const children = new Set<NodeType>();
  const seen = new Set([outer.contentMatch]);
  for (const match of seen) {
    for (let i = 0; i < match.edgeCount; i++) {
      const { type, next } = match.edge(i);
      children.add(type);
      seen.add(next);
    }
  }
  known.set(outer, children);
  return children;
}

function isAllowedAttribute(parent: unknown, name: string, content: unknown, schema: Schema): boolean {
  if (!(parent instanceof Y.XmlElement) || !(content instanceof Y.ContentAny) || content.arr.length !== 1)
    return false;
  const specs = schema.nodes[parent.nodeName]?.spec.attrs ?? {};
  const [value] = content.arr;
  return Object.hasOwn(specs, name) && (nodeAttributes[name] ?? isShort)(value);
}

/** A mark is a key with its attributes, or null where it ends. */
function isAllowedMark(name: string, value: unknown, schema: Schema): boolean {
  const mark = Object.hasOwn(schema.marks, name) ? schema.marks[name] : undefined;
  if (mark === undefined) return false;
  if (value === null) return true;
  if (typeof value !== 'object' || Array.isArray(value)) return false;
  const specs = mark.spec.attrs ?? {};
  // Without what it needs no editor can read it, nor the words under it.
  const hasAll = Object.entries(specs).every(([key, spec]) => 'default' in spec || Object.hasOwn(value, key));
  return (
    hasAll &&
    Object.entries(value).every(
      ([key, one]) => Object.hasOwn(specs, key) && (markAttributes[key] ?? isShort)(one),
    )
  );
}

type Check = (value: unknown) => boolean;

const isWhole =
  (least: number, most: number): Check =>
  (value) =>
    typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most;

const isShort: Check = (value) =>
  value === null ||
  typeof value === 'boolean' ||
  Number.isFinite(value) ||
  (typeof value === 'string' && value.length <= 1_000);

const isPixels: Check = (value) => value === null || isWhole(1, MAX_IMAGE_PIXELS)(value);

const nodeAttributes: Readonly<Record<string, Check>> = {
  level: isWhole(1, 6),
  order: isWhole(0, 1_000_000),
  colspan: isWhole(1, 1_000),
  rowspan: isWhole(1, 1_000),
  image: isImageNameOrNone,
  alt: (value) => typeof value === 'string' && isShort(value),
  width: isPixels,
  height: isPixels,
  colwidth: (value) =>
    value === null || (Array.isArray(value) && value.length <= 1_000 && value.every(isWhole(0, 100_000))),
};

const markAttributes: Readonly<Record<string, Check>> = {
  href: (value) => typeof value === 'string' && isSafeHref(value),
};
