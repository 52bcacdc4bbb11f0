/**
 * What is being imported, source by source: first looked at, then sent, one after the other. A source that is refused
 * stops no other; stopping leaves those that are done. Each keeps the id it was given, so a second try makes nothing
 * twice. Knows nothing of screens; sending and ids come as arguments.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ReportPurpose } from '#core/domain/words.ts';
import type { ImportProgress, ReadingStep } from '#core/events.ts';
import { RequestProblem } from '../_session/request.ts';
import type { Sending } from '../_session/upload.ts';
import { keyOf, type ImportSource } from './pasted.ts';
import {
  importSentence,
  mayPass,
  type ImportedReport,
  type ImportFields,
  type ImportPreview,
} from './send-source.ts';

/** Before it is kept. `none`: it was not looked at (pasted words stand before one's eyes already). */
export type Look =
  | { state: 'none' }
  | { state: 'reading'; sent: number | null }
  | { state: 'found'; found: ImportPreview }
  | { state: 'refused'; sentence: string; mayPass: boolean };

export type Keeping =
  | { state: 'waiting' }
  | { state: 'sending'; sent: number | null }
  | { state: 'done'; report: ImportedReport }
  | { state: 'refused'; sentence: string };

export interface ImportItem {
  readonly key: string;
  readonly id: string;
  readonly source: ImportSource;
  readonly look: Look;
  readonly keeping: Keeping;
  /** Where the server is with reading it; null until it says so. */
  readonly at: ReadingStep | null;
  /** As typed; null: as it was found. */
  readonly title: string | null;
}

export interface ImportState {
  readonly items: readonly ImportItem[];
  readonly isRunning: boolean;
}

export interface ImportPorts {
  lookAt: (source: ImportSource, id: string, sending: Sending) => Promise<ImportPreview>;
  importSource: (source: ImportSource, fields: ImportFields, sending: Sending) => Promise<ImportedReport>;
  newId: () => string;
}

/** Enough to keep a line busy while the server reads; more would only make each wait longer. */
const LOOKS_AT_ONCE = 2;

/** Whether it can still be imported. */
export function isLeft({ look, keeping }: ImportItem): boolean {
  return keeping.state !== 'done' && (look.state !== 'refused' || look.mayPass);
}

export class ImportQueue {
  readonly state: StoreApi<ImportState> = createStore<ImportState>(() => ({ items: [], isRunning: false }));
  readonly #ports: ImportPorts;
  readonly #looking = new Map<string, AbortController>();
  #running: AbortController | null = null;

  constructor(ports: ImportPorts) {
    this.#ports = ports;
  }

  /**
   * These are the sources now: what is known of one that stays is kept, what is gone is no longer read. New ones are
   * looked at, unless they are to be sent in the next moment.
   */
  show(sources: readonly ImportSource[], areLookedAt = true): void {
    const before = new Map(this.state.getState().items.map((item) => [item.key, item]));
    const items = sources.map((source) => {
      const key = keyOf(source);
      const known = before.get(key);
      return known === undefined ? this.#begin(key, source, areLookedAt) : { ...known, source };
    });
    this.state.setState({ items });
    const keys = new Set(items.map(({ key }) => key));
    for (const [key, stop] of this.#looking) if (!keys.has(key)) stop.abort();
    this.#lookOn();
  }

  #begin(key: string, source: ImportSource, isLookedAt: boolean): ImportItem {
    return {
      key,
      id: this.#ports.newId(),
      source,
      look: isLookedAt && isPicked(source) ? { state: 'reading', sent: null } : { state: 'none' },
      keeping: { state: 'waiting' },
      at: null,
      title: null,
    };
  }

  setTitle(key: string, title: string): void {
    this.#change(key, { title });
  }

  /** What the server says of the one with this id. */
  progressed({ importId, at }: ImportProgress): void {
    const item = this.state.getState().items.find(({ id }) => id === importId);
    if (item !== undefined) this.#change(item.key, { at });
  }

  lookAgain(key: string): void {
    this.#change(key, { look: { state: 'reading', sent: null } });
    this.#lookOn();
  }

  #lookOn(): void {
    for (const item of this.state.getState().items) {
      if (this.#running !== null || this.#looking.size >= LOOKS_AT_ONCE) return;
      if (item.look.state === 'reading' && !this.#looking.has(item.key)) void this.#lookAt(item);
    }
  }

  async #lookAt({ key, id, source }: ImportItem): Promise<void> {
    const stop = new AbortController();
    this.#change(key, { at: null });
    this.#looking.set(key, stop);
    const onProgress = (sent: number | null): void => this.#change(key, { look: { state: 'reading', sent } });
    let look: Look;
    try {
      look = {
        state: 'found',
        found: await this.#ports.lookAt(source, id, { signal: stop.signal, onProgress }),
      };
    } catch (error) {
      look = { state: 'refused', sentence: importSentence(error), mayPass: mayPass(error) };
    }
    if (this.#looking.get(key) === stop) this.#looking.delete(key);
    if (!stop.signal.aborted) this.#change(key, { look });
    this.#lookOn();
  }

  /** Sends all that is left. Resolves when it is through, stopped, or cannot go on. */
  async send(purpose: ReportPurpose): Promise<void> {
    const stop = new AbortController();
    this.#running = stop;
    // What is to be kept need not be looked at any more: the server would read it twice.
    for (const looking of this.#looking.values()) looking.abort();
    this.state.setState(({ items }) => ({
      isRunning: true,
      items: items.map((item) =>
        item.look.state === 'reading' ? { ...item, look: { state: 'none' as const } } : item,
      ),
    }));
    for (const { key } of this.state.getState().items.filter(isLeft)) {
      const goesOn = !stop.signal.aborted && (await this.#keep(key, purpose, stop.signal));
      if (!goesOn) break;
    }
    this.#running = null;
    this.state.setState(({ items }) => ({ isRunning: false, items: items.map(lookedAtLater) }));
    this.#lookOn();
  }

  /** False: no other would pass either. */
  async #keep(key: string, purpose: ReportPurpose, signal: AbortSignal): Promise<boolean> {
    const item = this.state.getState().items.find((one) => one.key === key);
    if (item === undefined) return true;
    this.#change(key, {
      keeping: { state: 'sending', sent: item.source.kind === 'file' ? 0 : null },
      at: null,
    });
    const onProgress = (sent: number | null): void =>
      this.#change(key, { keeping: { state: 'sending', sent } });
    const title = item.title?.trim() ?? '';
    const fields = { id: item.id, purpose, ...(title === '' ? {} : { title }) };
    try {
      const report = await this.#ports.importSource(item.source, fields, { signal, onProgress });
      this.#change(key, { keeping: { state: 'done', report } });
      return true;
    } catch (error) {
      const keeping: Keeping = signal.aborted
        ? { state: 'waiting' }
        : { state: 'refused', sentence: importSentence(error) };
      this.#change(key, { keeping });
      return !stopsAll(error);
    }
  }

  /** What is done stays; what was under way waits again. */
  cancel(): void {
    this.#running?.abort();
  }

  #change(key: string, part: Partial<ImportItem>): void {
    this.state.setState(({ items }) => ({
      items: items.map((item) => (item.key === key ? { ...item, ...part } : item)),
    }));
  }
}

/** Pasted words stand before one's eyes already. */
function isPicked({ kind }: ImportSource): boolean {
  return kind === 'file' || kind === 'url';
}

/** What was not looked at because it was to be sent, and then was not. */
function lookedAtLater(item: ImportItem): ImportItem {
  const isOwed = item.keeping.state === 'waiting' && item.look.state === 'none' && isPicked(item.source);
  return isOwed ? { ...item, look: { state: 'reading', sent: null } } : item;
}

const hopeless = new Set(['offline', 'unauthenticated', 'forbidden', 'cancelled']);

function stopsAll(error: unknown): boolean {
  return error instanceof RequestProblem && hopeless.has(error.code);
}
