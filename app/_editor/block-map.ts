/**
 * What a change from the shared document did to positions. y-prosemirror replaces the whole document each time,
 * which would collapse every highlight. But it keeps the nodes of blocks that did not change, so comparing blocks by
 * identity finds the ones that did. Plan: equal blocks at both ends fall away; if as many old as new ones are left,
 * each changed pair gives one range, narrowed to what differs inside; else all that is left is one range.
 * Exact for one change a block; the places are settled from relative positions soon after (claim-places.ts).
 */
import type { Node } from 'prosemirror-model';
import { StepMap } from 'prosemirror-transform';

export function blockMap(before: Node, after: Node): StepMap {
  let start = 0;
  let position = 0;
  const shared = Math.min(before.childCount, after.childCount);
  while (start < shared && before.child(start) === after.child(start)) {
    position += before.child(start).nodeSize;
    start += 1;
  }
  let tail = 0;
  while (
    tail < shared - start &&
    before.child(before.childCount - 1 - tail) === after.child(after.childCount - 1 - tail)
  )
    tail += 1;
  const olds = childrenBetween(before, start, before.childCount - tail);
  const news = childrenBetween(after, start, after.childCount - tail);
  if (olds.length !== news.length) return new StepMap([position, sizeOf(olds), sizeOf(news)]);
  const ranges: number[] = [];
  for (const [index, old] of olds.entries()) {
    const now = news[index];
    if (now !== undefined && now !== old) ranges.push(...differingRange(old, now, position));
    position += old.nodeSize;
  }
  return new StepMap(ranges);
}

function childrenBetween(node: Node, from: number, to: number): readonly Node[] {
  return Array.from({ length: to - from }, (_, index) => node.child(from + index));
}

function sizeOf(nodes: readonly Node[]): number {
  return nodes.reduce((sum, node) => sum + node.nodeSize, 0);
}

/** `[start, old size, new size]` of what differs between two blocks, or nothing when they are equal. */
function differingRange(old: Node, now: Node, position: number): readonly number[] {
  const inside = position + 1;
  const start = old.content.findDiffStart(now.content, inside);
  if (start === null) return [];
  const end = old.content.findDiffEnd(now.content, inside + old.content.size, inside + now.content.size);
  if (end === null) return [];
  // "aa" → "aaa": the equal start and the equal end overlap; move the ends behind the start.
  const overlap = Math.max(0, start - Math.min(end.a, end.b));
  return [start, end.a + overlap - start, end.b + overlap - start];
}
