/**
 * What comes into a room: updates wait in line and leave in batches. A batch is examined and applied to a draft
 * ahead of the log, committed, and only then handed to the room to be shown; what arrives during a commit makes the
 * next batch. So an update that is refused, or a commit that fails, was never seen by anybody.
 */
import type * as Y from 'yjs';
import type { Backlog } from './backlog.ts';
import type { CommitRequest, Committed } from './commit-queue.ts';
import type { Connection } from './connection.ts';
import { Draft } from './draft.ts';
import {
  Examination,
  type Accepted,
  type Examined,
  type ExaminedRoom,
  type Incoming,
  type Rejection,
} from './examination.ts';
import { IDLE_MILLISECONDS, MAX_BATCH, MAX_BATCH_BYTES } from './limits.ts';

/** The room, as its intake sees it. */
export interface IntakeRoom extends ExaminedRoom {
  readonly docId: string;
  readonly backlog: Backlog;
  copyCommitted(): Y.Doc;
  /** It turned out to be locked. */
  markLocked(): void;
  commit(request: CommitRequest): Promise<Committed>;
  /** They are in the log, from `firstSeq` on: time to show them. */
  show(accepted: readonly Accepted[], firstSeq: number): void;
  fail(error: unknown): void;
  now(): number;
}

export class Intake {
  #draft: Draft | null = null;
  #line: Incoming[] = [];
  #working: Promise<void> | null = null;
  #usedAt = 0;

  constructor(readonly room: IntakeRoom) {}

  get isBusy(): boolean {
    return this.#working !== null;
  }

  /** Closes the sender's socket where too much waits already; its client has it and brings it again. */
  receive(incoming: Incoming): void {
    if (!this.room.backlog.take(incoming.bytes)) return incoming.connection.close('try_later');
    this.#line.push(incoming);
    this.#usedAt = this.room.now();
    this.#working ??= this.#work();
  }

  /** Resolves when everything received so far is settled. */
  async settled(): Promise<void> {
    while (this.#working !== null) await this.#working;
  }

  /** Takes what was committed beside it. */
  absorb(update: Uint8Array): void {
    this.#draft?.absorb(update);
  }

  /** Lets go of the draft while nobody writes: it costs as much memory as the document. */
  relax(): void {
    if (!this.isBusy && this.room.now() - this.#usedAt > IDLE_MILLISECONDS) this.close();
  }

  close(): void {
    this.#draft?.destroy();
    this.#draft = null;
  }

  async #work(): Promise<void> {
    // Messages of one turn make one batch.
    await Promise.resolve();
    while (this.#line.length > 0) {
      const batch = this.#takeBatch();
      try {
        await this.#process(batch);
      } catch (error) {
        this.room.fail(error);
      }
      this.room.backlog.release(batch.reduce((sum, { bytes }) => sum + bytes, 0));
    }
    // In the same turn as the last look: whoever comes later starts the next run.
    this.#working = null;
  }

  /** The next messages, at least one. */
  #takeBatch(): Incoming[] {
    let bytes = 0;
    const end = this.#line.findIndex((incoming, at) => {
      bytes += incoming.bytes;
      return at === MAX_BATCH || (at > 0 && bytes > MAX_BATCH_BYTES);
    });
    return this.#line.splice(0, end === -1 ? this.#line.length : end);
  }

  /**
   * `lost`: messages that used client ids which somebody on another node claimed first; `tried`: whole ones of them that
   * were tried once more.
   */
  async #process(
    batch: readonly Incoming[],
    lost: ReadonlySet<Incoming> = new Set(),
    tried: ReadonlySet<Incoming> = new Set(),
  ): Promise<void> {
    const wasLocked = this.room.isLocked();
    const { accepted, rejected, early } = await this.#examine(batch, lost);
    if (accepted.length > 0) {
      // What passed while it was locked may be stored while it is.
      const isOpen = !wasLocked || !this.room.isLocked();
      const committed = await this.room.commit(requestOf(this.room.docId, accepted, isOpen));
      switch (committed.kind) {
        case 'committed':
          this.#draft?.settled();
          this.room.show(accepted, committed.firstSeq);
          break;
        case 'foreign_client': {
          // Whose they are is not known here, only whose they are not: their owner may come to this node.
          const claimed = claiming(accepted, committed.clientIds);
          const isRead = (await this.room.catchUp()) !== 'failed';
          this.#draft?.restart();
          if (!isRead) for (const { connection } of claimed) connection.close('try_later');
          // A SyncStep2 may hold what the owner wrote, shown to the sender by another node: then it is nothing new.
          const again = claimed.filter((incoming) => incoming.isWhole && isRead && !tried.has(incoming));
          const nowLost = claimed.filter((incoming) => !again.includes(incoming));
          return this.#process(batch, new Set([...lost, ...nowLost]), new Set([...tried, ...again]));
        }
        case 'locked':
          this.room.markLocked();
          this.#draft?.restart();
          return this.#process(batch, lost, tried);
        case 'impossible':
          this.#draft?.restart();
          for (const { connection } of batch) connection.close('try_later');
          return undefined;
      }
    }
    for (const incoming of early) incoming.connection.keepEarly(incoming);
    acknowledge(batch, rejected, early);
    for (const [{ connection, index }, rejection] of rejected) turnDown(connection, index, rejection);
    return undefined;
  }

  #examine(batch: readonly Incoming[], lost: ReadonlySet<Incoming>): Promise<Examined> {
    this.#draft ??= new Draft(() => this.room.copyCommitted());
    return new Examination(this.room, this.#draft, lost).examine(batch);
  }
}

/** The messages that would have claimed one of these client ids. */
function claiming(accepted: readonly Accepted[], clientIds: readonly number[]): Incoming[] {
  return accepted.flatMap(({ claims }) => clientIds.flatMap((clientId) => claims.get(clientId) ?? []));
}

/** `isOpen`: it was examined while the text was not locked. */
function requestOf(docId: string, accepted: readonly Accepted[], isOpen: boolean): CommitRequest {
  return {
    docId,
    entries: accepted.map(({ memberId, update, touchesBody }) => ({
      docId,
      memberId,
      data: update,
      unlessLocked: isOpen && touchesBody,
    })),
    clients: accepted.flatMap(({ memberId, claims }) =>
      [...claims.keys()].map((clientId) => ({ docId, clientId, memberId })),
    ),
  };
}

/** Each socket learns what of it is settled: all up to its last one, or up to the one before a rejection, but what waits. */
function acknowledge(
  batch: readonly Incoming[],
  rejected: ReadonlyMap<Incoming, Rejection>,
  early: readonly Incoming[],
): void {
  const settled = new Map<Connection, { indexes: number[]; bytes: number }>();
  const stopped = new Set<Connection>();
  for (const incoming of batch) {
    const { connection, index, bytes } = incoming;
    if (rejected.has(incoming)) stopped.add(connection);
    if (stopped.has(connection)) continue;
    const { indexes, bytes: before } = settled.get(connection) ?? { indexes: [], bytes: 0 };
    if (!early.includes(incoming)) indexes.push(index);
    settled.set(connection, { indexes, bytes: before + bytes });
  }
  for (const [connection, { indexes, bytes }] of settled) connection.acknowledge(indexes, bytes);
}

function turnDown(connection: Connection, index: number, rejection: Rejection): void {
  switch (rejection.kind) {
    case 'refused':
      return connection.refuse(index, rejection.code);
    case 'read-only':
      return connection.close('no_right');
    case 'too large':
      return connection.close('too_large');
    case 'try later':
      return connection.close('try_later');
  }
}
