/** What Yjs's undo brings back, where it would take one item for both of its neighbours. */
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import '../../../app/_editor/sound-redo.ts';
import { standsInOrder } from '#server/sync/order.ts';

function words(...each: readonly string[]): { doc: Y.Doc; text: Y.Text; items: Y.Item[] } {
  const doc = new Y.Doc();
  const text = doc.getText('t');
  // One by one and from the end, so that each is an item of its own.
  for (const word of each.toReversed()) text.insert(0, word);
  const items: Y.Item[] = [];
  for (let item = text._start; item !== null; item = item.right) items.push(item);
  return { doc, text, items };
}

function bringBack(doc: Y.Doc, origin: unknown, left: Y.Item | null, right: Y.Item | null): boolean {
  let isSound = false;
  doc.once('afterTransaction', (transaction) => {
    isSound = standsInOrder(transaction);
  });
  doc.transact((transaction) => {
    const id = Y.createID(doc.clientID, Y.getState(doc.store, doc.clientID));
    const content = new Y.ContentString('again ');
    const parent = doc.getText('t');
    const [leftId, rightId] = [left?.lastId ?? null, right?.id ?? null];
    new Y.Item(id, left, leftId, right, rightId, parent, null, content).integrate(transaction, 0);
  }, origin);
  return isSound;
}

test('ED16 what is brought back between one and the same neighbour stands right of it, in an order that holds', () => {
  const { doc, text, items } = words('one ', 'two ', 'three ');
  const [one] = items;
  expect(bringBack(doc, new Y.UndoManager(text), one ?? null, one ?? null)).toBe(true);
  expect(text.toString()).toBe('one again two three ');
});

test('ED16 what is brought back between neighbours that stand apart stands right of the left one, or first', () => {
  const { doc, text, items } = words('one ', 'two ', 'three ');
  const undo = new Y.UndoManager(text);
  expect(bringBack(doc, undo, items[0] ?? null, items[2] ?? null)).toBe(true);
  expect(text.toString()).toBe('one again two three ');
  expect(bringBack(doc, undo, null, items[1] ?? null)).toBe(true);
  expect(text.toString()).toBe('again one again two three ');
});

test('ED16 everything else is left as it is: without undo such an order is seen', () => {
  const { doc, items } = words('one ', 'two ');
  const [one] = items;
  expect(bringBack(doc, 'somebody else', one ?? null, one ?? null)).toBe(false);
});

test('ED16 undo and redo bring words back where they were', () => {
  const { doc, text } = words('one ', 'two ', 'three ');
  const undo = new Y.UndoManager(text, { captureTimeout: 0 });
  text.delete(4, 4);
  const other = new Y.Doc();
  Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
  other.getText('t').insert(4, 'and ');
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(other), 'the network');
  undo.undo();
  expect(text.toString()).toMatch(/^one (and two|two and) three $/);
  undo.redo();
  expect(text.toString()).toBe('one and three ');
});
