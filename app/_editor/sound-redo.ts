/**
 * Undo and redo that no server has to refuse. Yjs puts what it brings back between copies of its old neighbours; where
 * words were brought back several times, both may turn out to be one and the same item (about one redo in thirty
 * thousand, by our histories), or to stand apart with others between them. Such an order is read differently by
 * different documents. So what is brought back stands right beside its left neighbour, as if it were typed there.
 */
import * as Y from 'yjs';

// Yjs has no hook between the choice of the neighbours and their use.
const { integrate } = Y.Item.prototype;
Y.Item.prototype.integrate = function integrateSound(transaction, offset): void {
  if (transaction.origin instanceof Y.UndoManager) standBesideLeft(this);
  integrate.call(this, transaction, offset);
};

function standBesideLeft(item: Y.Item): void {
  const { parent, parentSub, left } = item;
  // A value of an attribute stands behind the one before, which Yjs sees to.
  if (!(parent instanceof Y.AbstractType) || parentSub !== null) return;
  const right = left === null ? parent._start : left.right;
  if (right === item.right) return;
  item.right = right;
  item.rightOrigin = right?.id ?? null;
}
