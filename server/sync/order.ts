/**
 * Whether new items stand between the neighbours that they claim. Yjs cuts known words behind the origin and before
 * the right origin and looks for a place from the one to the other. If the right origin is the origin itself or
 * stands before it, both the cut and the end of the search depend on what a document has and how it has it in
 * pieces: two documents would differ for ever. No item in such an order can stand between the two, and every other
 * does. It is looked at after the update was applied: before that only some of its neighbours have a place at all.
 */
import * as Y from 'yjs';
import { everyItemBrought } from './brought.ts';

/** Whether everything that the transaction brought stands right of its origin and left of its right origin. */
export function standsInOrder(transaction: Y.Transaction): boolean {
  const { store } = transaction.doc;
  const sides = [new Side(store, 'left'), new Side(store, 'right')];
  return everyItemBrought(
    transaction,
    (item, goesOn) => goesOn || sides.every((side) => side.hasNeighbourOf(item)),
  );
}

class Side {
  /** What was passed on the way to a neighbour: many that share one cost a single walk. */
  readonly #passed = new Map<Y.Item, Set<Y.Item>>();

  constructor(
    readonly store: Y.Doc['store'],
    readonly side: 'left' | 'right',
  ) {}

  /** Walks no further than Yjs did to find the place, unless the order is wrong. */
  hasNeighbourOf(item: Y.Item): boolean {
    const id = this.side === 'left' ? item.origin : item.rightOrigin;
    if (id === null) return true;
    const neighbour = Y.getItem(this.store, id);
    const passed = this.#passed.get(neighbour) ?? new Set();
    this.#passed.set(neighbour, passed);
    for (let next = item[this.side]; next !== neighbour; next = next[this.side]) {
      if (next === null) return false;
      if (passed.has(next)) return true;
      passed.add(next);
    }
    passed.add(item);
    return true;
  }
}
