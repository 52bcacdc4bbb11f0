/**
 * One report's document, exactly as the log has it: the first `seq` entries, each applied in order, nothing more.
 * So whatever is shown from here is committed, at any moment, without waiting. Entries that come ahead of their
 * turn (another node's message was lost, or is later than our own commit) wait until the hole is filled; what would be
 * too much to keep while the log cannot be read is dropped, and read from the log with the rest.
 */
import * as Y from 'yjs';
import { applyAsIs } from './apply-as-is.ts';
import { defineRoots } from './roots.ts';
import type { LogEntry, StoredDocument } from '#db/queries/document-log.ts';
import { encodeStep1, encodeStep2, encodeUpdate } from './frame.ts';
import { MAX_AHEAD_BYTES } from './limits.ts';

/** An update without items and without deletions. */
export const EMPTY_UPDATE = new Uint8Array([0, 0]);

export const isEmptyUpdate = (update: Uint8Array): boolean =>
  update.length === 2 && update[0] === 0 && update[1] === 0;

export class CommittedDocument {
  readonly doc = new Y.Doc();
  #seq: number;
  readonly #ahead = new Map<number, Uint8Array>();
  #aheadBytes = 0;
  /** The latest entry that was heard of. */
  #known: number;
  #cached: Partial<{ state: Uint8Array; stateVector: Uint8Array; deletions: Uint8Array; step2: Uint8Array }> =
    {};

  constructor(stored: StoredDocument) {
    defineRoots(this.doc);
    // One transaction: observers and garbage collection run once, not for each entry.
    applyAsIs(
      this.doc,
      stored.entries.map(({ data }) => data),
    );
    this.#seq = this.#known = stored.headSeq;
  }

  get seq(): number {
    return this.#seq;
  }

  /** Whether later entries are here while an earlier one is missing: then the log must be read. */
  get hasHole(): boolean {
    return this.#known > this.#seq;
  }

  /** Takes committed entries, in any order and as often as they come. Returns what changed, as one update; null: nothing. */
  advance(entries: readonly LogEntry[]): Uint8Array | null {
    const next: Uint8Array[] = [];
    for (const { seq, data } of entries) {
      this.#known = Math.max(this.#known, seq);
      if (seq > this.#seq + 1) this.#keep(seq, data);
      if (seq !== this.#seq + 1) continue;
      this.#drop(seq);
      this.#seq = seq;
      next.push(data, ...this.#takeWaiting());
    }
    return next.length === 0 ? null : this.#apply(next);
  }

  #takeWaiting(): Uint8Array[] {
    const waiting: Uint8Array[] = [];
    for (let data = this.#drop(this.#seq + 1); data !== undefined; data = this.#drop(this.#seq + 1)) {
      this.#seq += 1;
      waiting.push(data);
    }
    return waiting;
  }

  #keep(seq: number, data: Uint8Array): void {
    if (this.#ahead.has(seq) || this.#aheadBytes + data.length > MAX_AHEAD_BYTES) return;
    this.#ahead.set(seq, data);
    this.#aheadBytes += data.length;
  }

  #drop(seq: number): Uint8Array | undefined {
    const data = this.#ahead.get(seq);
    this.#ahead.delete(seq);
    this.#aheadBytes -= data?.length ?? 0;
    return data;
  }

  /** In one transaction, so that Yjs merges what changed better than `mergeUpdates` could. */
  #apply(updates: readonly Uint8Array[]): Uint8Array | null {
    const brought: Uint8Array[] = [];
    const listen = (update: Uint8Array): void => void brought.push(update);
    this.doc.on('update', listen);
    applyAsIs(this.doc, updates);
    this.doc.off('update', listen);
    this.#cached = {};
    const [first] = brought;
    if (first === undefined) return null;
    return brought.length === 1 ? first : Y.mergeUpdates(brought);
  }

  /** All of it, as a newcomer needs it, and as a snapshot keeps it. */
  get state(): Uint8Array {
    return (this.#cached.state ??= Y.encodeStateAsUpdate(this.doc));
  }

  get stateVector(): Uint8Array {
    return (this.#cached.stateVector ??= Y.encodeStateVector(this.doc));
  }

  step1(): Uint8Array {
    return encodeStep1(this.stateVector);
  }

  /**
   * The answer to a client's state vector, as frames in order. A client that has every item may still lack
   * deletions, which no state vector tells: they go before, so that "synced" stays true, and its SyncStep2 is empty.
   * Throws on a state vector that is none.
   */
  answer(stateVector: Uint8Array): Uint8Array[] {
    const theirs = Y.decodeStateVector(stateVector);
    if (theirs.size === 0) return [(this.#cached.step2 ??= encodeStep2(this.state))];
    const ours = Y.decodeStateVector(this.stateVector);
    const lacksNothing = [...ours].every(([client, clock]) => (theirs.get(client) ?? 0) >= clock);
    if (!lacksNothing) return [encodeStep2(Y.encodeStateAsUpdate(this.doc, stateVector))];
    const deletions = (this.#cached.deletions ??= Y.encodeStateAsUpdate(this.doc, this.stateVector));
    const empty = encodeStep2(EMPTY_UPDATE);
    return isEmptyUpdate(deletions) ? [empty] : [encodeUpdate(deletions), empty];
  }

  copy(): Y.Doc {
    const copy = defineRoots(new Y.Doc());
    applyAsIs(copy, [this.state]);
    return copy;
  }

  destroy(): void {
    this.doc.destroy();
  }
}
