/**
 * Whether new items stand between the neighbours that they claim. Yjs cuts known words behind the origin and before
 * the right origin and looks for a place from the one to the other. If the right origin is the origin itself or
 * stands before it, both the cut and the end of the search depend on what a document has and how it has it in
 * pieces: two documents would differ for ever. No item in such an order can stand between the two, and every other
 * does. Nor can what one of the two leans on stand between them: whoever knew a neighbour knew that too, and would have
 * written beside it. An order that no writer saw ends in different places, depending on what came first. It is looked at
 * after the update was applied: before that only some of its neighbours have a place at all.
 */
import * as Y from 'yjs';
import { everyItemBrought } from './brought.ts';
import { MAX_INTEGRATION_STEPS } from './limits.ts';

/** Whether everything that the transaction brought stands where somebody could have put it. */
export function standsInOrder(transaction: Y.Transaction): boolean {
  const { store } = transaction.doc;
  const sides = [new Side(store, 'left'), new Side(store, 'right')];
  const nesting = new Nesting(store);
  return everyItemBrought(
    transaction,
    (item, goesOn) => goesOn || (sides.every((side) => side.hasNeighbourOf(item)) && nesting.holdsFor(item)),
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

/**
 * Whether the right neighbour's own origin is not right of the left neighbour, nor the left neighbour's right origin left of
 * the right one. Yjs keeps the pairs of neighbours nested (the non-crossing of YATA), and rests on it.
 */
class Nesting {
  /** By right neighbour, what is known to stand right of its origin; by left neighbour, left of its right origin. */
  readonly #inside = new Map<Y.Item, Set<Y.Item>>();
  #steps = 0;

  constructor(readonly store: Y.Doc['store']) {}

  holdsFor(item: Y.Item): boolean {
    const [left, right] = [this.#itemAt(item.origin), this.#itemAt(item.rightOrigin)];
    if (item.parentSub !== null || left === undefined || right === undefined) return true;
    // Words that stand together in one item: whoever knew one of them knew the one before it.
    if (right !== null && right.id.clock < (item.rightOrigin?.clock ?? 0)) return false;
    const before = right?.origin ?? null;
    const after = left?.rightOrigin ?? null;
    const isBeforeKnown = before === null || isIn(left, before) || this.#isInside(right, left);
    const isAfterKnown = after === null || isIn(right, after) || this.#isInside(left, right);
    if ((!isBeforeKnown || !isAfterKnown) && !this.#isFree(item, left, right, [before, after])) return false;
    this.#note(right, item);
    this.#note(left, item);
    return true;
  }

  /** Whether none of `ids` is between the neighbours. */
  #isFree(item: Y.Item, left: Y.Item | null, right: Y.Item | null, ids: readonly (Y.ID | null)[]): boolean {
    const first = left === null ? (item.parent as Y.AbstractType<unknown>)._start : left.right;
    for (let next = first; next !== right; next = next.right) {
      if (next === null || ++this.#steps > MAX_INTEGRATION_STEPS) return false;
      if (next !== item && ids.some((id) => id !== null && isIn(next, id))) return false;
    }
    return true;
  }

  #isInside(neighbour: Y.Item | null, item: Y.Item | null): boolean {
    return neighbour !== null && item !== null && this.#inside.get(neighbour)?.has(item) === true;
  }

  #note(neighbour: Y.Item | null, item: Y.Item): void {
    if (neighbour === null) return;
    const inside = this.#inside.get(neighbour) ?? new Set();
    this.#inside.set(neighbour, inside.add(item));
  }

  /** Undefined: it was collected, and so is whatever leans on it. */
  #itemAt(id: Y.ID | null): Y.Item | null | undefined {
    if (id === null) return null;
    const found: unknown = Y.getItem(this.store, id);
    return found instanceof Y.Item ? found : undefined;
  }
}

function isIn(item: Y.Item | null, { client, clock }: Y.ID): boolean {
  return (
    item !== null &&
    item.id.client === client &&
    clock >= item.id.clock &&
    clock < item.id.clock + item.length
  );
}
