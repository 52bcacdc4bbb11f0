/**
 * The events of one workspace on this node, in order, each once. Events arrive as they were published: by this
 * node after its commits, by others over the bus, in any order and with holes. What follows the last version goes
 * out at once; what comes too early waits for the missing one, which, if it does not come soon, is read from the
 * table. A listener that joins hears everything after the version it is told, also what is committed meanwhile.
 */
import type { RecordEvent } from '#core/events.ts';
import type { DbOrTx } from '#db/open.ts';
import { eventHeadOf } from '#db/queries/log.ts';
import { readEvents, type EventRow } from '#db/queries/events.ts';

export type StoredEvent = RecordEvent & { onlyMemberId: string | null };

export type Listener = (event: StoredEvent) => void;

/** An event that came before its forerunner is published a moment later by the same node, or was lost. */
const PATIENCE_MILLISECONDS = 100;
const PAGE = 500;

export class WorkspaceStream {
  readonly #listeners = new Set<Listener>();
  readonly #early = new Map<number, StoredEvent>();
  readonly #workspaceId: string;
  readonly #db: DbOrTx;
  readonly #onError: (error: unknown) => void;
  #head: number | null = null;
  #opening: Promise<void> | null = null;
  #reading: Promise<void> | null = null;
  #again = false;
  #patience: NodeJS.Timeout | null = null;

  constructor(options: { workspaceId: string; db: DbOrTx; onError: (error: unknown) => void }) {
    this.#workspaceId = options.workspaceId;
    this.#db = options.db;
    this.#onError = options.onError;
  }

  get isUnused(): boolean {
    return this.#listeners.size === 0;
  }

  /** The last version that went out; listeners of `join` hear what comes after the one it was at that moment. */
  get head(): number {
    return this.#head ?? 0;
  }

  /** Knows where the stream stands. Publishes before that wait. */
  open(): Promise<void> {
    this.#opening ??= eventHeadOf(this.#db, this.#workspaceId).then((head) => {
      this.#head = head;
      this.#flush();
    });
    return this.#opening;
  }

  join(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  publish(events: readonly StoredEvent[]): void {
    for (const event of events) {
      if (this.#head === null || event.payload.version > this.#head)
        this.#early.set(event.payload.version, event);
    }
    this.#flush();
  }

  /** Reads what was committed after the last version. Whoever asks while a reading runs gets the next one. */
  async catchUp(): Promise<void> {
    await this.open();
    if (this.#reading !== null) {
      this.#again = true;
      return this.#reading;
    }
    this.#reading = this.#readOn();
    try {
      await this.#reading;
    } finally {
      this.#reading = null;
    }
  }

  async #readOn(): Promise<void> {
    do {
      this.#again = false;
      for (;;) {
        const rows = await readEvents(this.#db, this.#workspaceId, { after: this.head, limit: PAGE });
        this.publish(rows.map(toStored));
        if (rows.length < PAGE) break;
      }
    } while (this.#again);
  }

  #flush(): void {
    if (this.#head === null) return;
    for (
      let next = this.#early.get(this.#head + 1);
      next !== undefined;
      next = this.#early.get(this.#head + 1)
    ) {
      this.#head += 1;
      this.#early.delete(this.#head);
      for (const listener of this.#listeners) listener(next);
    }
    for (const version of this.#early.keys()) if (version <= this.#head) this.#early.delete(version);
    if (this.#early.size === 0 || this.#patience !== null) return;
    this.#patience = setTimeout(() => this.#lookForMissing(), PATIENCE_MILLISECONDS).unref();
  }

  #lookForMissing(): void {
    this.#patience = null;
    if (this.#early.size > 0) this.catchUp().catch(this.#onError);
  }
}

export function toStored({ name, version, at, actor, reportId, onlyMemberId, data }: EventRow): StoredEvent {
  // Written by `runCommand`, which takes name and data as one pair from the registry.
  return {
    name,
    payload: { version, at: at.toISOString(), actor, reportId, ...data },
    onlyMemberId,
  } as unknown as StoredEvent;
}
