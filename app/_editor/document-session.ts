/**
 * One person's open document of one report: the Y.Doc, its awareness, its socket and its store on this device.
 *
 *   const session = openDocument({ reportId, workspaceId, memberId });
 *   session.status.getState()  // SyncStatus; a zustand vanilla store, so `useStore(session.status)` in React
 *   await session.flush()      // true once everything typed so far is acknowledged
 *   session.destroy()
 *
 * "Saved" is `unsaved === 0`: message 16 acknowledged it (ack-ledger.ts). A close code 44xx stops the session for
 * good: `status.stopped` says why. After 4401, 4404 or 4429 `retry()` tries again. A refusal sets the store on this
 * device aside and joins `status.refused`: destroy the session and open a new one, which lists it until
 * `dismissRefused(storeName)`; `readRefused()` gives the words back. `useDocumentSession` does the reopening.
 */
import { Awareness } from 'y-protocols/awareness';
import { WebsocketProvider } from 'y-websocket';
import { readVarString, readVarUint } from 'lib0/decoding';
import * as Y from 'yjs';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { BODY_ROOT } from '#core/text/schema.ts';
import { AckLedger } from './ack-ledger.ts';
import { countedSocket } from './counted-socket.ts';
import { deviceStorage } from './device-storage.ts';
import { indexedDbKeeper, type DocumentKeeper, type KeptDocument } from './document-keeper.ts';
import { StoreRecord } from './local-store.ts';
import './sound-redo.ts';
import { RationaleDrafts } from './rationale-drafts.ts';
import { readRefusedWork, type RefusedText } from './refused-work.ts';
import { stopCodeOf, type StopCode, type SyncStatus } from './sync-status.ts';

/** Raised when a server can no longer speak with what went before (docs/PROTOCOL.md). */
const PROTOCOL_VERSION = '1';
const ACKNOWLEDGED = 16;
const REFUSED = 17;
/** y-websocket gives a silent socket up after 30 s; asking again keeps a quiet report connected and well. */
const RESYNC_MS = 20_000;
const LONGEST_BACKOFF_MS = 10_000;
/** The store on this device is read before the socket opens, but a store that hangs must not keep people out. */
const LOCAL_STORE_MS = 2_000;

export interface DocumentOptions {
  readonly reportId: string;
  readonly workspaceId: string;
  readonly memberId: string;
  /** The document's epoch; a store of another one is set aside. */
  readonly epoch?: number;
  /** Where the rooms are: `ws://host/sync` (default: of this page). */
  readonly url?: string;
  /** What the browser gives; tests give their own. */
  readonly device?: Device;
}

export interface Device {
  readonly Socket: typeof WebSocket;
  readonly keeper: DocumentKeeper;
  readonly storage: Storage;
  /** 0 to 1, for the jitter of reconnecting. */
  random(this: void): number;
}

export interface DocumentSession {
  readonly doc: Y.Doc;
  readonly awareness: Awareness;
  readonly status: StoreApi<SyncStatus>;
  readonly drafts: RationaleDrafts;
  /** Resolves to true when nothing is unsaved, to false when the session stops or the time is over. */
  flush(timeoutMs?: number): Promise<boolean>;
  /** Connects again now: after signing in again, or from "offline" without waiting. */
  retry(): void;
  /** What was refused, one each of `status.refused`; without what the server has, once this session is synced. */
  readRefused(): Promise<readonly RefusedText[]>;
  /** The person has seen to it: forgets and deletes one store that was set aside. */
  dismissRefused(storeName: string): Promise<void>;
  destroy(): void;
}

export function openDocument(options: DocumentOptions): DocumentSession {
  return new OpenDocument(options, options.device ?? browserDevice());
}

function browserDevice(): Device {
  const storage = deviceStorage();
  const keeper = indexedDbKeeper(storage, window);
  return { Socket: WebSocket, keeper, storage, random: Math.random };
}

function ownRooms(): string {
  return `${location.origin.replace(/^http/, 'ws')}/sync`;
}

class OpenDocument implements DocumentSession {
  readonly doc = new Y.Doc();
  readonly awareness = new Awareness(this.doc);
  readonly status: StoreApi<SyncStatus>;
  readonly drafts: RationaleDrafts;
  readonly #device: Device;
  readonly #ledger = new AckLedger();
  readonly #record: StoreRecord;
  readonly #storeName: string;
  readonly #kept: KeptDocument;
  readonly #provider: WebsocketProvider;
  /** False once it is known that this browser keeps nothing. */
  #hasStore = true;
  #refusal: string | null = null;
  #isAside = false;
  #isDestroyed = false;

  constructor(options: DocumentOptions, device: Device) {
    this.#device = device;
    const base = `proofdesk:${options.memberId}:${options.workspaceId}:${options.reportId}`;
    this.#record = new StoreRecord(base, device.storage);
    const unneeded = options.epoch === undefined ? null : this.#record.enterEpoch(options.epoch);
    if (unneeded !== null) void device.keeper.remove(unneeded);
    this.#ledger.carry(this.#record.takeOver(this.doc.clientID));
    this.status = createStore<SyncStatus>(() => ({
      connection: 'connecting',
      synced: false,
      hasLocal: false,
      unsaved: this.#ledger.unsaved,
      stopped: null,
      refused: this.#record.refused,
    }));
    this.#storeName = this.#record.storeName;
    this.#kept = device.keeper.keep(this.#storeName, this.doc);
    // Before the provider's own listener: a change is noted before it is sent.
    this.doc.on('update', this.#noteChange);
    this.#provider = this.#makeProvider(options);
    this.drafts = new RationaleDrafts(this.doc, device.storage, base);
    this.#listen();
    void this.#begin();
  }

  #makeProvider({ url, reportId, epoch }: DocumentOptions): WebsocketProvider {
    const ledger = this.#ledger;
    const provider = new WebsocketProvider(url ?? ownRooms(), reportId, this.doc, {
      connect: false,
      disableBc: true,
      awareness: this.awareness,
      params: { ack: '1', v: PROTOCOL_VERSION, ...(epoch === undefined ? {} : { epoch: String(epoch) }) },
      resyncInterval: RESYNC_MS,
      WebSocketPolyfill: countedSocket(this.#device.Socket, {
        opened: () => ledger.opened(),
        mayUpdate: () => ledger.mayUpdate,
        sentAnswer: () => ledger.sentAnswer(),
        sentUpdate: () => ledger.sentUpdate(),
      }),
    });
    provider.messageHandlers[ACKNOWLEDGED] = (_encoder, decoder) => {
      ledger.acknowledged(readVarUint(decoder));
      this.#publishUnsaved();
    };
    provider.messageHandlers[REFUSED] = (_encoder, decoder) => {
      readVarUint(decoder);
      this.#refusal = readVarString(decoder);
    };
    return provider;
  }

  #listen(): void {
    const provider = this.#provider;
    provider.on('status', ({ status }) => {
      if (status === 'connected') this.#set({ connection: 'online' });
    });
    provider.on('sync', (isSynced) => {
      if (!isSynced) return;
      this.#set({ synced: true });
      this.drafts.mergeAll();
    });
    provider.on('connection-close', (event) => {
      if (this.status.getState().stopped === null) this.#set({ connection: 'offline' });
      this.#spreadReconnects(event?.code ?? null);
    });
    provider.on('closed', ({ code, reason }) => this.#stop(stopCodeOf(code), reason));
    if (typeof window !== 'undefined') {
      window.addEventListener('online', this.#cameOnline);
      window.addEventListener('offline', this.#wentOffline);
    }
  }

  async #begin(): Promise<void> {
    const patience = new Promise<void>((resolve) => setTimeout(resolve, LOCAL_STORE_MS));
    await Promise.race([this.#kept.loaded.then(this.#noteStore), patience]);
    if (this.#isDestroyed) return;
    if (isBrowserOffline()) this.#set({ connection: 'offline' });
    else this.#provider.connect();
  }

  /** Without a store nothing of this visit is kept; what earlier ones kept stays unsaved until there is one again. */
  readonly #noteStore = (isThere: boolean): void => {
    if (this.#isDestroyed || this.#isAside) return;
    this.#hasStore = isThere;
    if (isThere) this.#ledger.storeRead();
    this.#publishUnsaved();
    this.#set({ hasLocal: isThere && this.doc.getXmlFragment(BODY_ROOT).length > 0 });
  };

  readonly #noteChange = (_update: Uint8Array, origin: unknown): void => {
    if (origin === this.#provider) return;
    if (origin === this.#kept.origin) this.#ledger.storeBrought();
    else this.#ledger.changed();
    this.#publishUnsaved();
  };

  readonly #cameOnline = (): void => {
    if (this.status.getState().stopped === null) this.#provider.connect();
  };

  readonly #wentOffline = (): void => {
    this.#provider.disconnect();
    if (this.status.getState().stopped === null) this.#set({ connection: 'offline' });
  };

  /**
   * y-websocket waits min(2^n * 100 ms, maxBackoffTime). A room of people that lost the same server must not come
   * back in the same instant: everybody waits a random half to whole of that, and after a restart at least spreads
   * over 1.6 s.
   */
  #spreadReconnects(code: number | null): void {
    const provider = this.#provider;
    if (code === 1012 || code === 1013)
      provider.wsUnsuccessfulReconnects = Math.max(provider.wsUnsuccessfulReconnects, 3);
    const full = Math.min(2 ** (provider.wsUnsuccessfulReconnects + 1) * 100, LONGEST_BACKOFF_MS);
    const least = code === 1012 || code === 1013 ? 0.1 : 0.5;
    provider.maxBackoffTime = full * (least + (1 - least) * this.#device.random());
  }

  #stop(code: StopCode, reason: string): void {
    const isRefused = code === 4422 || ((code === 4403 || code === 4413) && this.#ledger.unsaved > 0);
    if (isRefused) this.#setAside(this.#refusal ?? (reason === '' ? `close_${code}` : reason));
    this.#set({ connection: 'stopped', stopped: { code, reason }, refused: this.#record.refused });
  }

  /** The store keeps what it has and is not used again; the next session begins a fresh one. */
  #setAside(code: string): void {
    this.#isAside = true;
    this.#record.setAside(this.#storeName, code);
    this.#set({ unsaved: 0 });
    void this.#kept.close();
  }

  #publishUnsaved(): void {
    if (this.#isAside) return;
    const { unsaved, inStore } = this.#ledger;
    this.#record.countUnsaved(this.doc.clientID, this.#hasStore ? unsaved : inStore);
    if (unsaved !== this.status.getState().unsaved) this.#set({ unsaved });
  }

  #set(part: Partial<SyncStatus>): void {
    if (!this.#isDestroyed) this.status.setState(part);
  }

  flush(timeoutMs = 10_000): Promise<boolean> {
    const settled = (): boolean | null => {
      const { unsaved, stopped } = this.status.getState();
      if (unsaved === 0) return !this.#isAside;
      return stopped === null ? null : false;
    };
    const now = settled();
    if (now !== null) return Promise.resolve(now);
    return new Promise((resolve) => {
      const finish = (isSaved: boolean): void => {
        clearTimeout(timer);
        unsubscribe();
        resolve(isSaved);
      };
      const timer = setTimeout(() => finish(false), timeoutMs);
      const unsubscribe = this.status.subscribe(() => {
        const result = settled();
        if (result !== null) finish(result);
      });
    });
  }

  retry(): void {
    if (this.#isDestroyed || this.#isAside) return;
    this.#set({ connection: 'connecting', stopped: null });
    this.#provider.connect();
  }

  readRefused(): Promise<readonly RefusedText[]> {
    const { keeper } = this.#device;
    // A document that was set aside holds what was refused: it does not tell what the server has.
    const current = this.status.getState().synced && !this.#isAside ? this.doc : null;
    return Promise.all(this.#record.refused.map((refused) => readRefusedWork(refused, keeper, current)));
  }

  async dismissRefused(storeName: string): Promise<void> {
    this.#record.forgetRefused(storeName);
    this.#set({ refused: this.#record.refused });
    await this.#device.keeper.remove(storeName);
  }

  destroy(): void {
    if (this.#isDestroyed) return;
    this.#isDestroyed = true;
    if (typeof window !== 'undefined') {
      window.removeEventListener('online', this.#cameOnline);
      window.removeEventListener('offline', this.#wentOffline);
    }
    this.drafts.destroy();
    this.#provider.destroy();
    this.awareness.destroy();
    if (!this.#isAside) void this.#kept.close();
    this.doc.destroy();
  }
}

function isBrowserOffline(): boolean {
  return typeof navigator !== 'undefined' && navigator.onLine === false;
}
