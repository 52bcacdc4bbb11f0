/**
 * The documents that this device keeps, in IndexedDB.
 *
 * IndexedDB writes behind, and a page that goes away aborts what is not written yet: a hand typing fast is a dozen
 * words ahead of a slow disk. So every change is remembered until a transaction begun after it has ended, and what is
 * left of these when the page goes goes to localStorage, which is written at once. The next visit takes it into the
 * store. That it may be there twice does no harm: a change arrives once.
 */
import { fromBase64, toBase64 } from 'lib0/buffer';
import { clearDocument, IndexeddbPersistence } from 'y-indexeddb';
import * as Y from 'yjs';

/** Where the document is kept. `loaded` settles when its content is in the document; false when there is no store. */
export interface KeptDocument {
  readonly loaded: Promise<boolean>;
  /** The origin of the one transaction that brings its content into the document. */
  readonly origin: unknown;
  close(): Promise<void>;
}

export interface DocumentKeeper {
  keep(storeName: string, doc: Y.Doc): KeptDocument;
  remove(storeName: string): Promise<void>;
}

/**
 * IndexedDB, or nothing where the browser has none to give (some private windows).
 * @param page - tells by `pagehide` that the page goes away.
 */
export function indexedDbKeeper(storage: Storage, page: EventTarget): DocumentKeeper {
  if (typeof indexedDB === 'undefined') return nowhere;
  return {
    keep: (storeName, doc) => new IndexedDocument(storeName, doc, storage, page),
    async remove(storeName) {
      for (const key of tailKeys(storage, storeName)) storage.removeItem(key);
      // A store that another tab holds open, or none at all: nothing waits for its end.
      await clearDocument(storeName).catch(() => undefined);
    },
  };
}

const nowhere: DocumentKeeper = {
  keep: () => ({ loaded: Promise.resolve(false), origin: null, close: () => Promise.resolve() }),
  remove: () => Promise.resolve(),
};

class IndexedDocument implements KeptDocument {
  readonly loaded: Promise<boolean>;
  readonly origin: IndexeddbPersistence;
  readonly #doc: Y.Doc;
  readonly #storage: Storage;
  readonly #page: EventTarget;
  readonly #storeName: string;
  /** Changes not known to be written, each with its number. */
  #unwritten: { readonly number: number; readonly update: Uint8Array }[] = [];
  #lastNumber = 0;
  #isAsking = false;
  /** The tails that this visit answers for: what earlier ones left, and its own. */
  readonly #tails: Set<string>;

  constructor(storeName: string, doc: Y.Doc, storage: Storage, page: EventTarget) {
    this.#storeName = storeName;
    this.#doc = doc;
    this.#storage = storage;
    this.#page = page;
    this.#tails = new Set(tailKeys(storage, storeName));
    this.origin = new IndexeddbPersistence(storeName, doc);
    doc.on('update', this.#note);
    page.addEventListener('pagehide', this.#keepTail);
    const isRead = this.origin.whenSynced.then(() => this.#takeTails());
    this.loaded = Promise.race([
      isRead,
      this.origin._db.then(
        () => new Promise<boolean>(() => undefined),
        () => false,
      ),
    ]);
  }

  async close(): Promise<void> {
    this.#doc.off('update', this.#note);
    // A store that is closed before it was read writes nothing.
    if (this.origin.synced) this.#ask();
    else this.#keepTail();
    await this.origin.destroy().catch(() => undefined);
  }

  readonly #note = (update: Uint8Array, origin: unknown): void => {
    if (origin === this.origin) return;
    this.#lastNumber += 1;
    this.#unwritten.push({ number: this.#lastNumber, update });
    if (!this.#isAsking) this.#ask();
  };

  /** Asks when all that is noted so far is written: a transaction waits for those that were begun before it. */
  #ask(): void {
    const { db, synced } = this.origin;
    if (db === null || !synced) return;
    const asked = this.#lastNumber;
    const transaction = db.transaction('updates', 'readonly');
    transaction.objectStore('updates').count();
    this.#isAsking = true;
    transaction.addEventListener('complete', () => {
      this.#isAsking = false;
      this.#written(asked);
    });
    transaction.addEventListener('abort', () => {
      this.#isAsking = false;
    });
  }

  #written(upTo: number): void {
    this.#unwritten = this.#unwritten.filter(({ number }) => number > upTo);
    if (this.#unwritten.length > 0) {
      if (!this.origin._destroyed) this.#ask();
      return;
    }
    for (const key of this.#tails) this.#storage.removeItem(key);
    this.#tails.clear();
    if (this.origin._destroyed) this.#page.removeEventListener('pagehide', this.#keepTail);
  }

  readonly #keepTail = (): void => {
    if (this.#unwritten.length === 0) return;
    const key = `${tailPrefix(this.#storeName)}${this.#doc.clientID}`;
    this.#tails.add(key);
    this.#storage.setItem(key, toBase64(Y.mergeUpdates(this.#unwritten.map(({ update }) => update))));
  };

  /** What earlier visits had no time to write; it goes into the store like any change, and only then is forgotten. */
  #takeTails(): boolean {
    for (const key of this.#tails) {
      const tail = this.#storage.getItem(key);
      if (tail !== null) applyTail(this.#doc, tail);
    }
    this.#ask();
    return true;
  }
}

/** Somebody else's text under our key must not keep the report from opening. */
function applyTail(doc: Y.Doc, tail: string): void {
  try {
    Y.applyUpdate(doc, fromBase64(tail), 'kept tail');
  } catch (error) {
    console.warn('What was kept of an earlier visit cannot be read.', error);
  }
}

function tailPrefix(storeName: string): string {
  return `${storeName}:tail:`;
}

function tailKeys(storage: Storage, storeName: string): string[] {
  const keys = Array.from({ length: storage.length }, (_none, index) => storage.key(index));
  return keys.filter((key) => key?.startsWith(tailPrefix(storeName)) === true) as string[];
}
