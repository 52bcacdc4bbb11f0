/** A device without a browser: sockets of `ws`, stores and small texts in memory that outlive a session. */
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import type { Device, DocumentSession } from '../../../app/_editor/document-session.ts';
import type { DocumentKeeper } from '../../../app/_editor/document-keeper.ts';
import type { SyncStatus } from '../../../app/_editor/sync-status.ts';

class MemoryStorage implements Storage {
  [name: string]: unknown;
  readonly #items = new Map<string, string>();
  get length(): number {
    return this.#items.size;
  }
  getItem(key: string): string | null {
    return this.#items.get(key) ?? null;
  }
  setItem(key: string, value: string): void {
    this.#items.set(key, value);
  }
  removeItem(key: string): void {
    this.#items.delete(key);
  }
  clear(): void {
    this.#items.clear();
  }
  key(index: number): string | null {
    return [...this.#items.keys()][index] ?? null;
  }
}

export class MemoryKeeper implements DocumentKeeper {
  readonly stores = new Map<string, Uint8Array[]>();
  /** Stores are read only by `read`; as IndexedDB on a busy disk. */
  isSlow = false;
  /** The browser has no store to give. */
  isMissing = false;
  #unread: (() => void)[] = [];

  keep(storeName: string, doc: Y.Doc): ReturnType<DocumentKeeper['keep']> {
    if (this.isMissing) return { loaded: Promise.resolve(false), origin: {}, close: () => Promise.resolve() };
    const updates = this.stores.get(storeName) ?? [];
    this.stores.set(storeName, updates);
    const origin = {};
    const store = (update: Uint8Array, from: unknown): void => {
      if (from !== origin) updates.push(update);
    };
    doc.on('update', store);
    let isClosed = false;
    const loaded = new Promise<boolean>((resolve) => {
      this.#unread.push(() => {
        if (isClosed) return;
        Y.transact(doc, () => updates.forEach((update) => Y.applyUpdate(doc, update)), origin, false);
        resolve(true);
      });
    });
    if (!this.isSlow) this.read();
    const close = (): Promise<void> => {
      isClosed = true;
      doc.off('update', store);
      return Promise.resolve();
    };
    return { loaded, origin, close };
  }

  /** Brings what the stores hold into the documents that wait for it. */
  read(): void {
    for (const read of this.#unread.splice(0)) read();
  }

  remove(storeName: string): Promise<void> {
    this.stores.delete(storeName);
    return Promise.resolve();
  }
}

export interface TestDevice extends Device {
  readonly keeper: MemoryKeeper;
}

export function testDevice(): TestDevice {
  return {
    // The same interface as the browser's, from another declaration.
    Socket: WebSocket as unknown as Device['Socket'],
    keeper: new MemoryKeeper(),
    storage: new MemoryStorage(),
    random: () => 0,
  };
}

export function memoryStorage(): Storage {
  return new MemoryStorage();
}

/** Resolves with the first status for which the test holds. */
export function statusWhere(
  session: DocumentSession,
  holds: (status: SyncStatus) => boolean,
): Promise<SyncStatus> {
  const now = session.status.getState();
  if (holds(now)) return Promise.resolve(now);
  return new Promise((resolve) => {
    const stop = session.status.subscribe((status) => {
      if (!holds(status)) return;
      stop();
      resolve(status);
    });
  });
}
