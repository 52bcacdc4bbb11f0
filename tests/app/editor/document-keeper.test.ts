/** The store on this device, over an IndexedDB in memory and a page that can go away. */
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import * as Y from 'yjs';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { indexedDbKeeper } from '../../../app/_editor/document-keeper.ts';
import { testDevice } from './test-device.ts';

const store = 'proofdesk:m:w:r';
let { storage } = testDevice();

beforeEach(() => {
  vi.stubGlobal('indexedDB', new IDBFactory());
  vi.stubGlobal('IDBKeyRange', IDBKeyRange);
});
afterEach(() => {
  vi.unstubAllGlobals();
  storage.clear();
});

/** A visit: what it wrote, and how it ends. */
function visit() {
  const page = new EventTarget();
  const doc = new Y.Doc();
  const keeper = indexedDbKeeper(storage, page);
  const kept = keeper.keep(store, doc);
  return {
    page,
    doc,
    keeper,
    kept,
    write: (words: string) => doc.getText('t').insert(doc.getText('t').length, words),
  };
}

test('ED15: what a page that goes away had not written is there on the next visit, once, and is then only in the store', async () => {
  const first = visit();
  await first.kept.loaded;
  first.write('Kept. ');
  await vi.waitFor(async () => expect(await wordsIn()).toBe('Kept. '));
  await leaveDiskAsItIs();
  first.write('Typed in ');
  first.write('the last instant.');
  first.page.dispatchEvent(new Event('pagehide'));
  leaveStorageAsItIs();
  expect(storage.length).toBe(1);

  const second = visit();
  await second.kept.loaded;
  expect(second.doc.getText('t').toString()).toBe('Kept. Typed in the last instant.');
  await vi.waitFor(() => expect(storage.length).toBe(0));
  await second.kept.close();
  expect(await wordsIn()).toBe('Kept. Typed in the last instant.');
});

test('ED15: a page that wrote all of it leaves nothing behind, and one that comes back forgets what it left', async () => {
  const { page, kept, write } = visit();
  await kept.loaded;
  write('Written. ');
  page.dispatchEvent(new Event('pagehide'));
  expect(storage.length).toBe(1);
  await vi.waitFor(() => expect(storage.length).toBe(0));
  page.dispatchEvent(new Event('pagehide'));
  expect(storage.length).toBe(0);
});

test('ED15: what was typed before the store was read outlives a report that is left at once', async () => {
  const first = visit();
  first.write('Hasty.');
  await first.kept.close();
  const second = visit();
  await second.kept.loaded;
  expect(second.doc.getText('t').toString()).toBe('Hasty.');
});

test('ED15: what is unreadable under the name of a store keeps nobody out, and goes with the store', async () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  storage.setItem(`${store}:tail:1`, 'not base64 *');
  storage.setItem(`${store}:1:tail:1`, 'of another store');
  const { keeper, kept } = visit();
  expect(await kept.loaded).toBe(true);
  expect(warn).toHaveBeenCalledOnce();
  await kept.close();
  await keeper.remove(store);
  expect([storage.length, storage.getItem(`${store}:1:tail:1`)]).toEqual([1, 'of another store']);
});

async function wordsIn(): Promise<string> {
  const { doc, kept } = visit();
  await kept.loaded;
  await kept.close();
  return doc.getText('t').toString();
}

/** What the visits before write from here on is never written: their page went away. */
async function leaveDiskAsItIs(): Promise<void> {
  const { doc, kept } = visit();
  await kept.loaded;
  vi.stubGlobal('indexedDB', new IDBFactory());
  const copy = visit();
  await copy.kept.loaded;
  Y.applyUpdate(copy.doc, Y.encodeStateAsUpdate(doc));
  await Promise.all([kept.close(), copy.kept.close()]);
}

/** The same for the small texts. */
function leaveStorageAsItIs(): void {
  const left = storage;
  storage = testDevice().storage;
  for (let index = 0; index < left.length; index += 1) {
    const key = left.key(index) ?? '';
    storage.setItem(key, left.getItem(key) ?? '');
  }
}
