/**
 * What comes into a room: updates wait in line and leave in batches. A batch is examined and applied to a draft
 * ahead of the log, committed, and only then handed to the room to be shown; what arrives during a commit makes the
 * next batch. So an update that is refused, or a commit that fails, was never seen by anybody.
 */
import type * as Y from 'yjs';
import type { Refusal } from './close-codes.ts';
import type { CommitRequest, Committed } from './commit-queue.ts';
import type { Connection } from './connection.ts';
import { Draft } from './draft.ts';
import { IDLE_MILLISECONDS, MAX_BATCH } from './limits.ts';

/** A numbered message of a socket, waiting for its turn. `update` null: an empty one. */
export interface Incoming {
  readonly connection: Connection;
  readonly memberId: string;
  readonly index: number;
  readonly update: Uint8Array | null;
  readonly bytes: number;
}

export interface Accepted {
  readonly incoming: Incoming;
  /** What goes into the log. */
  readonly update: Uint8Array;
  readonly touchesBody: boolean;
  /** The server's own tidying is in it, which its sender has not. */
  readonly isTidied: boolean;
  readonly newClients: readonly number[];
}

/** The room, as its intake sees it. */
export interface IntakeRoom {
  readonly docId: string;
  copyCommitted(): Y.Doc;
  isLocked(): boolean;
  hasSpaceFor(bytes: number): boolean;
  /** Whose a client id is; undefined: nobody's yet. */
  ownerOf(clientId: number): string | undefined;
  /** These client ids turned out to be somebody else's, we do not know whose. */
  markForeign(clientIds: readonly number[]): void;
  /** Reads what other nodes committed; false: nothing new. */
  catchUp(): Promise<boolean>;
  commit(request: CommitRequest): Promise<Committed>;
  /** They are in the log, from `firstSeq` on: time to show them. */
  show(accepted: readonly Accepted[], firstSeq: number): void;
  fail(error: unknown): void;
  now(): number;
}

type Rejection =
  | { readonly kind: 'refused'; readonly code: Refusal }
  | { readonly kind: 'read-only' }
  | { readonly kind: 'too large' };

type Outcome =
  | { readonly kind: 'accepted'; readonly accepted: Accepted }
  | { readonly kind: 'nothing new' }
  | Rejection;

interface Examined {
  readonly accepted: readonly Accepted[];
  readonly rejected: ReadonlyMap<Incoming, Rejection>;
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

  receive(incoming: Incoming): void {
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
      try {
        await this.#process(this.#line.splice(0, MAX_BATCH));
      } catch (error) {
        this.room.fail(error);
      }
    }
    // In the same turn as the last look: whoever comes later starts the next run.
    this.#working = null;
  }

  /** `lost`: messages whose client ids somebody on another node claimed first. */
  async #process(batch: readonly Incoming[], lost: ReadonlySet<Incoming> = new Set()): Promise<void> {
    const { accepted, rejected } = await this.#examine(batch, lost);
    if (accepted.length > 0) {
      const committed = await this.room.commit(requestOf(this.room.docId, accepted));
      switch (committed.kind) {
        case 'committed':
          this.room.show(accepted, committed.firstSeq);
          break;
        case 'foreign_client':
          this.room.markForeign(committed.clientIds);
          this.#draft?.restart([]);
          return this.#process(batch, new Set([...lost, ...claiming(accepted, committed.clientIds)]));
        case 'impossible':
          this.#draft?.restart([]);
          for (const { connection } of batch) connection.close('try_later');
          return undefined;
      }
    }
    acknowledge(batch, rejected);
    for (const [{ connection, index }, rejection] of rejected) turnDown(connection, index, rejection);
    return undefined;
  }

  /** Applies to the draft what may be applied. After a rejection the rest of that socket's messages falls. */
  async #examine(batch: readonly Incoming[], lost: ReadonlySet<Incoming>): Promise<Examined> {
    const accepted: Accepted[] = [];
    const rejected = new Map<Incoming, Rejection>();
    const fallen = new Set<Connection>();
    for (const incoming of batch) {
      if (fallen.has(incoming.connection)) continue;
      // Not tried again: what the other wrote may be here by now, and this would look like nothing new.
      let outcome: Outcome = lost.has(incoming)
        ? { kind: 'refused', code: 'foreign_client' }
        : this.#try(incoming, accepted);
      // A client that comes from another node may know what this one has not heard of yet.
      if (isGap(outcome) && (await this.room.catchUp())) outcome = this.#try(incoming, accepted);
      if (outcome.kind === 'nothing new') continue;
      if (outcome.kind === 'accepted') {
        accepted.push(outcome.accepted);
        continue;
      }
      rejected.set(incoming, outcome);
      fallen.add(incoming.connection);
    }
    return { accepted, rejected };
  }

  #try(incoming: Incoming, before: readonly Accepted[]): Outcome {
    const { connection, memberId, update } = incoming;
    if (update === null) return { kind: 'nothing new' };
    if (!this.room.hasSpaceFor(update.length)) return { kind: 'too large' };
    this.#draft ??= new Draft(() => this.room.copyCommitted());
    const trial = this.#draft.try(
      update,
      { memberId, rights: { ...connection.rights(), locked: this.room.isLocked() } },
      (clientId) => this.room.ownerOf(clientId) ?? claimantAmong(before, clientId),
      before.map((one) => one.update),
    );
    if (trial.kind !== 'applied') return trial;
    const { kind: _, ...applied } = trial;
    return { kind: 'accepted', accepted: { incoming, ...applied } };
  }
}

/** Who claims a client id by an update that waits for its commit. */
function claimantAmong(accepted: readonly Accepted[], clientId: number): string | undefined {
  return accepted.find(({ newClients }) => newClients.includes(clientId))?.incoming.memberId;
}

/** The messages that would have claimed one of these client ids. */
function claiming(accepted: readonly Accepted[], clientIds: readonly number[]): Incoming[] {
  const isTaken = (clientId: number): boolean => clientIds.includes(clientId);
  return accepted.filter(({ newClients }) => newClients.some(isTaken)).map(({ incoming }) => incoming);
}

function requestOf(docId: string, accepted: readonly Accepted[]): CommitRequest {
  return {
    docId,
    entries: accepted.map(({ incoming, update }) => ({ docId, memberId: incoming.memberId, data: update })),
    clients: accepted.flatMap(({ incoming, newClients }) =>
      newClients.map((clientId) => ({ docId, clientId, memberId: incoming.memberId })),
    ),
  };
}

/** Each socket learns how far its messages are settled: to its last one, or to the one before a rejection. */
function acknowledge(batch: readonly Incoming[], rejected: ReadonlyMap<Incoming, Rejection>): void {
  const reached = new Map<Connection, { index: number; bytes: number }>();
  const stopped = new Set<Connection>();
  for (const incoming of batch) {
    const { connection, index, bytes } = incoming;
    if (rejected.has(incoming)) stopped.add(connection);
    if (stopped.has(connection)) continue;
    reached.set(connection, { index, bytes: bytes + (reached.get(connection)?.bytes ?? 0) });
  }
  for (const [connection, { index, bytes }] of reached) connection.acknowledge(index, bytes);
}

function turnDown(connection: Connection, index: number, rejection: Rejection): void {
  switch (rejection.kind) {
    case 'refused':
      return connection.refuse(index, rejection.code);
    case 'read-only':
      return connection.close('no_right');
    case 'too large':
      return connection.close('too_large');
  }
}

function isGap(outcome: Outcome): boolean {
  return outcome.kind === 'refused' && outcome.code === 'gap';
}
