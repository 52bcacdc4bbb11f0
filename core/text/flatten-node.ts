/**
 * The same plain text as core/text/flatten.ts, read from a ProseMirror node or its JSON, with a map between text
 * offsets and ProseMirror positions. For the editor (decorations, selections) and the exporters.
 */
import { blockIndexAt, textblockNames } from './flatten.ts';

/** What a ProseMirror Node and its JSON have in common. */
export interface NodeLike {
  readonly type: string | { readonly name: string };
  readonly text?: string | undefined;
  readonly nodeSize?: number;
  readonly content?: { forEach(visit: (child: NodeLike) => void): void } | undefined;
}

/** A stretch where text and positions run side by side: `length` units from `offset` are at `position` and on. */
interface NodeRun {
  readonly offset: number;
  readonly position: number;
  readonly length: number;
}

export interface FlatNodeBlock {
  readonly start: number;
  readonly end: number;
  /** The position of the block's first character (inside the block). */
  readonly position: number;
  readonly node: NodeLike;
  readonly runs: readonly NodeRun[];
}

export interface FlatNode {
  readonly text: string;
  readonly blocks: readonly FlatNodeBlock[];
}

/** Inline and block leaves of our schemas; a JSON node does not tell a leaf from an empty element. */
const leafNames: ReadonlySet<string> = new Set(['hard_break', 'horizontal_rule', 'figure']);

/** Reads the text of a whole document (`doc`, as Node or JSON). Positions count as in ProseMirror, from the doc's start. */
export function flattenNode(doc: NodeLike): FlatNode {
  const blocks: FlatNodeBlock[] = [];
  const pieces: string[] = [];
  let length = 0;

  const addBlock = (node: NodeLike, position: number): void => {
    if (blocks.length > 0) length += 1;
    const start = length;
    const runs: NodeRun[] = [];
    let words = '';
    let at = position;
    node.content?.forEach((child) => {
      const part = nameOf(child) === 'hard_break' ? '\n' : (child.text ?? '');
      if (part !== '') runs.push({ offset: length, position: at, length: part.length });
      words += part;
      length += part.length;
      at += sizeOf(child);
    });
    blocks.push({ start, end: length, position, node, runs });
    pieces.push(words);
  };
  const visit = (parent: NodeLike, position: number): void => {
    let at = position;
    parent.content?.forEach((child) => {
      if (textblockNames.has(nameOf(child))) addBlock(child, at + 1);
      else visit(child, at + 1);
      at += sizeOf(child);
    });
  };
  visit(doc, 0);
  return { text: pieces.join('\n'), blocks };
}

function nameOf(node: NodeLike): string {
  return typeof node.type === 'string' ? node.type : node.type.name;
}

function sizeOf(node: NodeLike): number {
  if (node.nodeSize !== undefined) return node.nodeSize;
  if (node.text !== undefined) return node.text.length;
  if (leafNames.has(nameOf(node))) return 1;
  let size = 2;
  node.content?.forEach((child) => {
    size += sizeOf(child);
  });
  return size;
}

/** The ProseMirror position of a text offset (clamped to the text); null when the document has no textblock. */
export function positionAtOffset(flat: FlatNode, offset: number): number | null {
  const block = flat.blocks[blockIndexAt(flat.blocks, offset)];
  if (block === undefined) return null;
  const at = Math.min(Math.max(offset, block.start), block.end);
  const run = block.runs.findLast((candidate) => candidate.offset <= at);
  return run === undefined ? block.position : run.position + Math.min(at - run.offset, run.length);
}

/** The text offset of a ProseMirror position; between blocks, the end of the block before (or the first one's start). */
export function offsetAtPosition(flat: FlatNode, position: number): number {
  const block = flat.blocks.findLast((candidate) => candidate.position <= position);
  if (block === undefined) return 0;
  const run = block.runs.findLast((candidate) => candidate.position <= position);
  return run === undefined ? block.start : run.offset + Math.min(position - run.position, run.length);
}
