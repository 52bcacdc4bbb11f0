/**
 * Bounds what one update may cost to integrate. Yjs finds the place of a new item by walking from its origin to its
 * right origin over all that stands between (YATA: Nicolaescu et al., Near Real-Time Peer-to-Peer Shared Editing on
 * Extensible Data Types, 2016). An honest author saw the two side by side, so only what others wrote there meanwhile
 * is walked over. A forged update names neighbours far apart, thousands of times: forty kilobytes take seconds, here
 * and at every load of the document from then on.
 * The walk is done here first, with each step counted; beyond the budget the update is given up in mid-integration,
 * and the document with it.
 */
import * as Y from 'yjs';

/** What an update may cost was used up. The document that it was applied to is to be thrown away. */
export class TooManyStepsError extends Error {}

let stepsLeft: number | null = null;

/** Runs `work`, which applies updates at once, within so many steps together. Throws TooManyStepsError. */
export function withinSteps<T>(steps: number, work: () => T): T {
  stepsLeft = steps;
  try {
    return work();
  } finally {
    stepsLeft = null;
  }
}

function takeStep(): void {
  if (stepsLeft !== null && --stepsLeft < 0)
    throw new TooManyStepsError('too much stands between the neighbours');
}

// Yjs has no hook here, and does the same for every document: without a budget, nothing.
const { integrate } = Y.Item.prototype;
Y.Item.prototype.integrate = function integrateCounted(transaction, offset): void {
  if (stepsLeft !== null) goToPlace(this, transaction.doc.store, offset);
  integrate.call(this, transaction, offset);
};

/** Goes to the place of an item that is about to be integrated, from its `offset` on. */
function goToPlace(item: Y.Item, store: Y.Doc['store'], offset: number): void {
  const { parent, parentSub } = item;
  if (!(parent instanceof Y.AbstractType)) return;
  const left = offset > 0 ? itemAt(store, Y.createID(item.id.client, item.id.clock + offset - 1)) : item.left;
  const isNext = left === null ? item.right !== null && item.right.left === null : left.right === item.right;
  if (isNext && (left !== null || parentSub === null)) return;
  const first = left === null ? firstOf(parent, parentSub) : left.right;
  if (!isNext) walk(item, first, store);
}

/** Values of an attribute hang together from the last to the first; Yjs goes that way once more to put one there. */
function firstOf(parent: Y.AbstractType<unknown>, parentSub: string | null): Y.Item | null {
  if (parentSub === null) return parent._start;
  let first = parent._map.get(parentSub) ?? null;
  while (first?.left != null) {
    takeStep();
    first = first.left;
  }
  return first;
}

/** As Yjs walks; only how far it is matters here, not where it ends. */
function walk(item: Y.Item, first: Y.Item | null, store: Y.Doc['store']): void {
  const passed = new Set<Y.Item | Y.GC>();
  for (let other = first; other !== null && other !== item.right; other = other.right) {
    takeStep();
    passed.add(other);
    if (Y.compareIDs(item.origin, other.origin)) {
      const isBefore = other.id.client < item.id.client;
      if (!isBefore && Y.compareIDs(item.rightOrigin, other.rightOrigin)) return;
    } else if (other.origin === null || !passed.has(Y.getItem(store, other.origin))) return;
  }
}

function itemAt(store: Y.Doc['store'], id: Y.ID): Y.Item | null {
  const struct = Y.getItem(store, id);
  return struct instanceof Y.Item ? struct : null;
}
