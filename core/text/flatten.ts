/**
 * A report's plain text, from the shared document and from ProseMirror, with maps back into both.
 * Every textblock is one block, blocks are joined by "\n", a hard break is one "\n", a rule is nothing. Offsets
 * count UTF-16 code units in exactly this text: what `/text` answers, selectors count in and claims stand on.
 * Invariant: both sides give the same text and the same blocks for the same document, so an offset made in the
 * editor means the same place on the server.
 * Shared positions are Yjs relative positions; core/anchor/place.ts decides what a pair of them means.
 */
import * as Y from 'yjs';

/** The nodes that hold words. Everything else is a container, a leaf, or unknown and skipped. */
export const textblockNames: ReadonlySet<string> = new Set(['paragraph', 'heading', 'code_block']);
const HARD_BREAK = 'hard_break';

/** Which neighbour a position keeps to: 0 the character after it, -1 the one before it. */
export type Association = 0 | -1;

/** A child of a textblock and the part of the text that it makes; `child` is an XmlText or a hard break. */
interface FlatRun {
  readonly start: number;
  readonly end: number;
  readonly child: Y.XmlText | Y.XmlElement;
}

export interface FlatBlock {
  readonly start: number;
  readonly end: number;
  readonly element: Y.XmlElement;
  readonly runs: readonly FlatRun[];
}

/** A reading of one moment: make a new one after each change of the fragment. */
export interface FlatText {
  readonly text: string;
  readonly blocks: readonly FlatBlock[];
  readonly fragment: Y.XmlFragment;
  /** The part of the text that each XmlText makes. */
  readonly runOf: ReadonlyMap<object, FlatRun>;
  readonly blockOf: ReadonlyMap<object, FlatBlock>;
  /** How many blocks stand before each element, and how many with its own. */
  readonly spans: ReadonlyMap<object, BlockSpan>;
}

interface BlockSpan {
  readonly first: number;
  readonly past: number;
}

type AnyType = Y.AbsolutePosition['type'];

/** Reads the whole text of a fragment written by y-prosemirror. */
export function flatten(fragment: Y.XmlFragment): FlatText {
  const blocks: FlatBlock[] = [];
  const runOf = new Map<object, FlatRun>();
  const spans = new Map<object, BlockSpan>();
  const blockOf = new Map<object, FlatBlock>();
  const pieces: string[] = [];
  let length = 0;

  const addBlock = (element: Y.XmlElement): void => {
    if (blocks.length > 0) length += 1;
    const start = length;
    const runs: FlatRun[] = [];
    let words = '';
    for (const child of element.toArray()) {
      const part = runText(child);
      if (part === null || !(child instanceof Y.XmlText || child instanceof Y.XmlElement)) continue;
      const run = { start: length, end: length + part.length, child };
      runs.push(run);
      runOf.set(child, run);
      words += part;
      length += part.length;
    }
    const block = { start, end: length, element, runs };
    blocks.push(block);
    blockOf.set(element, block);
    pieces.push(words);
  };
  const visit = (parent: Y.XmlFragment): void => {
    const first = blocks.length;
    if (parent instanceof Y.XmlElement && textblockNames.has(parent.nodeName)) addBlock(parent);
    else for (const child of parent.toArray()) if (child instanceof Y.XmlElement) visit(child);
    spans.set(parent, { first, past: blocks.length });
  };
  visit(fragment);
  return { text: pieces.join('\n'), blocks, fragment, runOf, blockOf, spans };
}

/** The text of a textblock's child; null for what holds no text. XmlText's own toString would add tags for marks. */
function runText(child: unknown): string | null {
  if (child instanceof Y.XmlText) return Y.Text.prototype.toString.call(child);
  return child instanceof Y.XmlElement && child.nodeName === HARD_BREAK ? '\n' : null;
}

/** The index of the block that holds `offset` (its end belongs to it); -1 without blocks. */
export function blockIndexAt(blocks: readonly { readonly start: number }[], offset: number): number {
  let low = 0;
  let high = blocks.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((blocks[middle]?.start ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return high < 0 ? -1 : low;
}

/**
 * A relative position at a text offset (clamped to the text). A start takes 0 and an end takes -1, so that what is
 * typed at a claim's edges stays outside of it.
 */
export function toRelative(flat: FlatText, offset: number, association: Association): Y.RelativePosition {
  const block = flat.blocks[blockIndexAt(flat.blocks, offset)];
  if (block === undefined) return Y.createRelativePositionFromTypeIndex(flat.fragment, 0, association);
  const at = Math.min(Math.max(offset, block.start), block.end);
  const holds = (run: FlatRun): boolean =>
    association < 0 ? run.start < at && at <= run.end : run.start <= at && at < run.end;
  const run = block.runs.find(holds) ?? (association < 0 ? block.runs[0] : block.runs.at(-1));
  if (run?.child instanceof Y.XmlText)
    return Y.createRelativePositionFromTypeIndex(run.child, at - run.start, association);
  if (run === undefined) return Y.createRelativePositionFromTypeIndex(block.element, 0, association);
  const index = block.element.toArray().indexOf(run.child) + (at > run.start ? 1 : 0);
  return Y.createRelativePositionFromTypeIndex(block.element, index, association);
}

/**
 * The text offset where a relative position is now; null when it is not in this fragment, not yet known, or was in
 * something deleted of which nothing is kept. Follows no local undo, so every replica gives the same answer.
 */
export function toOffset(flat: FlatText, ydoc: Y.Doc, position: Y.RelativePosition): number | null {
  const root: unknown = position.tname === null ? flat.fragment : ydoc.share.get(position.tname);
  if (root !== flat.fragment) return null;
  const absolute = Y.createAbsolutePositionFromRelativePosition(position, ydoc, false);
  if (absolute === null) return null;
  const run = absolute.type instanceof Y.XmlText ? flat.runOf.get(absolute.type) : undefined;
  if (run !== undefined) return Math.min(run.start + absolute.index, run.end);
  const place = livePlace(absolute.type, absolute.index);
  const block = flat.blockOf.get(place.type);
  if (block !== undefined) return offsetInBlock(block, place.index);
  const span = flat.spans.get(place.type);
  return span === undefined ? null : offsetBetweenBlocks(flat, place, span, position.assoc);
}

interface ChildPlace {
  readonly type: AnyType;
  readonly index: number;
}

/** The place itself, or, if it is inside deleted elements, the spot where the outermost of them stood. */
function livePlace(type: AnyType, index: number): ChildPlace {
  let place: ChildPlace = { type, index };
  for (
    let item = type._item;
    item !== null && item.parent instanceof Y.AbstractType;
    item = item.parent._item
  ) {
    if (item.deleted) place = { type: item.parent, index: countBefore(item) };
  }
  return place;
}

function countBefore(item: Y.Item): number {
  let count = 0;
  for (let left = item.left; left !== null; left = left.left)
    if (!left.deleted && left.countable) count += left.length;
  return count;
}

/** The offset before the child `index` of a textblock. */
function offsetInBlock(block: FlatBlock, index: number): number {
  const before = new Set(block.element.toArray().slice(0, index));
  return block.runs.findLast((run) => before.has(run.child))?.end ?? block.start;
}

/** Between blocks a start goes to the next block and an end to the one before, where there is one. */
function offsetBetweenBlocks(
  flat: FlatText,
  place: ChildPlace,
  span: BlockSpan,
  association: number,
): number {
  const child =
    place.type instanceof Y.XmlFragment
      ? place.type
          .toArray()
          .slice(place.index)
          .find((next) => flat.spans.has(next))
      : undefined;
  const following = (child === undefined ? undefined : flat.spans.get(child)?.first) ?? span.past;
  const next = flat.blocks[following];
  const previous = flat.blocks[following - 1];
  if (association < 0) return previous?.end ?? next?.start ?? 0;
  return next?.start ?? previous?.end ?? 0;
}
