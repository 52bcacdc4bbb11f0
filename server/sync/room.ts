/**
 * One open report on this node: its committed document, a draft ahead of it while people write, who is here.
 *
 * Updates come in one after another and leave in batches: examine and apply to the draft, commit, then show. Only
 * what is committed is acknowledged, relayed, answered to a newcomer, or read; so a crash can lose nothing that
 * anyone has seen. What arrives during a commit makes the next batch.
 */
import type * as Y from 'yjs';
import type { LogEntry, StoredDocument } from '#db/queries/document-log.ts';
import type { Log } from '#server/log.ts';
import { Awareness, type Person } from './awareness.ts';
import type { Refusal } from './close-codes.ts';
import type { CommitRequest, Committed } from './commit-queue.ts';
import type { Connection } from './connection.ts';
import { CommittedDocument } from './document.ts';
import { Draft } from './draft.ts';
import { encodeUpdate } from './frame.ts';
import * as limits from './limits.ts';

export interface DocRef {
  readonly workspaceId: string;
  readonly reportId: string;
}

/** A numbered message of a socket, waiting for its turn. `update` null: an empty one. */
export interface Incoming {
  readonly connection: Connection;
  readonly memberId: string;
  readonly index: number;
  readonly update: Uint8Array | null;
  readonly bytes: number;
}

interface Accepted extends Incoming {
  /** What goes into the log. */
  readonly update: Uint8Array;
  readonly touchesBody: boolean;
  readonly newClients: readonly number[];
}

type Verdict =
  | { readonly kind: 'refused'; readonly code: Refusal }
  | { readonly kind: 'read-only' }
  | { readonly kind: 'too large' };

/** What a room needs from outside. */
export interface RoomSurroundings {
  commit(request: CommitRequest): Promise<Committed>;
  /** Entries after `seq`; null when the document must be loaded anew. */
  readSince(seq: number): Promise<LogEntry[] | null>;
  /** Tells the other nodes. */
  publishEntries(entries: readonly LogEntry[]): void;
  publishAwareness(update: Uint8Array): void;
  peopleChanged(): void;
  /** The body changed by this commit, in these members' names. */
  bodyCommitted(memberIds: readonly string[]): void;
  /** The log since the last snapshot has grown long. Never fails. */
  compact(uptoSeq: number, state: Uint8Array): Promise<void>;
  /** The document here can no longer be trusted or followed: load it anew. */
  abandon(): void;
  readonly log: Log;
  now(): number;
}

export class Room {
  readonly awareness: Awareness;
  readonly connections = new Set<Connection>();
  readonly #document: CommittedDocument;
  /** Whose each client id is, as committed. */
  readonly #owners: Map<number, string>;
  #draft: Draft | null = null;
  #inbox: Incoming[] = [];
  #working: Promise<void> | null = null;
  #catchingUp: Promise<boolean> | null = null;
  #locked: boolean;
  #tail: { rows: number; bytes: number };
  #isCompacting = false;
  #writtenAt = 0;
  /** An upper bound of the document's size, without encoding it each time. */
  #size: number;

  constructor(
    readonly ref: DocRef,
    stored: StoredDocument,
    owners: Map<number, string>,
    readonly around: RoomSurroundings,
  ) {
    this.#document = new CommittedDocument(stored);
    this.#owners = owners;
    this.#locked = stored.locked;
    this.#tail = { rows: stored.headSeq - stored.snapshotSeq, bytes: stored.tailBytes };
    this.#size = stored.entries.reduce((sum, { data }) => sum + data.length, 0);
    this.awareness = new Awareness(around.publishAwareness, around.now);
  }

  get doc(): Y.Doc {
    return this.#document.doc;
  }

  get seq(): number {
    return this.#document.seq;
  }

  get isBusy(): boolean {
    return this.#working !== null || this.#inbox.length > 0;
  }

  copy(): Y.Doc {
    return this.#document.copy();
  }

  ownerOf(clientId: number): string | undefined {
    return this.#owners.get(clientId);
  }

  // People

  enter(connection: Connection): void {
    this.connections.add(connection);
    connection.send(this.#document.step1());
    this.awareness.enter(connection);
    this.around.peopleChanged();
  }

  leave(connection: Connection): void {
    if (!this.connections.delete(connection)) return;
    this.awareness.leave(connection);
    this.around.peopleChanged();
  }

  people(): Person[] {
    const people = new Map<string, Person>();
    for (const { person } of this.connections) people.set(person.id, person);
    return [...people.values()];
  }

  setLocked(locked: boolean): void {
    this.#locked = locked;
  }

  // What may be shown

  /** Null: the state vector is none. */
  answer(stateVector: Uint8Array): Uint8Array[] | null {
    try {
      return this.#document.answer(stateVector);
    } catch {
      return null; // lib0 throws when bytes end too early
    }
  }

  /** Takes entries that others committed: another node, or a command of this one. */
  advance(entries: readonly LogEntry[]): void {
    const update = this.#follow(entries, null);
    if (update !== null) this.#draft?.absorb(update);
  }

  /** Moves on by committed entries and shows what changed; an only author has it already. */
  #follow(entries: readonly LogEntry[], author: Connection | null): Uint8Array | null {
    const before = this.seq;
    const update = this.#document.advance(entries);
    if (update !== null) {
      const frame = encodeUpdate(update);
      for (const connection of this.connections) if (connection !== author) connection.send(frame);
      this.#count(this.seq - before, update.length);
    }
    if (this.#document.hasHole) void this.catchUp();
    return update;
  }

  /** Reads from the log what was missed. False: nothing was. */
  catchUp(): Promise<boolean> {
    this.#catchingUp ??= this.#readMissed().finally(() => {
      this.#catchingUp = null;
    });
    return this.#catchingUp;
  }

  async #readMissed(): Promise<boolean> {
    try {
      const before = this.seq;
      const missed = await this.around.readSince(before);
      if (missed === null) this.around.abandon();
      else this.advance(missed);
      return this.seq > before;
    } catch (error) {
      this.around.log.warn(
        { err: error, report: this.ref.reportId },
        'the log could not be read; trying again with the next message',
      );
      return false;
    }
  }

  // What comes in

  receive(incoming: Incoming): void {
    this.#inbox.push(incoming);
    this.#writtenAt = this.around.now();
    this.#working ??= this.#work();
  }

  /** Resolves when everything received so far is settled. */
  async settled(): Promise<void> {
    while (this.#working !== null) await this.#working;
  }

  async #work(): Promise<void> {
    // Messages of one turn make one batch.
    await Promise.resolve();
    while (this.#inbox.length > 0) {
      const batch = this.#inbox.splice(0, limits.MAX_BATCH);
      try {
        await this.#processBatch(batch);
      } catch (error) {
        this.around.log.error({ err: error, report: this.ref.reportId }, 'a room failed and is loaded anew');
        this.around.abandon();
      }
    }
    // In the same turn as the last look: whoever comes later starts the next run.
    this.#working = null;
  }

  async #processBatch(batch: readonly Incoming[]): Promise<void> {
    const { accepted, refused } = await this.#examine(batch);
    const committed = accepted.length === 0 ? null : await this.around.commit(this.#request(accepted));
    if (committed !== null && committed.kind !== 'committed') {
      this.#draft?.restart([]);
      if (committed.kind === 'impossible') return this.#turnAway(batch);
      for (const clientId of committed.clientIds) this.#owners.set(clientId, '');
      return this.#processBatch(batch);
    }
    if (committed !== null) this.#takeCommitted(accepted, committed.firstSeq);
    acknowledge(batch, refused);
    for (const [{ connection, index }, verdict] of refused) turnDown(connection, index, verdict);
  }

  /** Applies what may be applied to the draft. After a refusal, the rest of that socket's messages falls. */
  async #examine(
    batch: readonly Incoming[],
  ): Promise<{ accepted: Accepted[]; refused: Map<Incoming, Verdict> }> {
    const accepted: Accepted[] = [];
    const refused = new Map<Incoming, Verdict>();
    const fallen = new Set<Connection>();
    const claimed = new Map<number, string>();
    for (const incoming of batch) {
      if (fallen.has(incoming.connection) || incoming.update === null) continue;
      let outcome = this.#try(incoming, accepted, claimed);
      // A client that comes from another node may know what this one has not heard of yet.
      if (isGap(outcome) && (await this.catchUp())) outcome = this.#try(incoming, accepted, claimed);
      if (outcome === null) continue;
      if ('newClients' in outcome) {
        accepted.push(outcome);
        for (const clientId of outcome.newClients) claimed.set(clientId, incoming.memberId);
      } else {
        refused.set(incoming, outcome);
        fallen.add(incoming.connection);
      }
    }
    return { accepted, refused };
  }

  /** Null: it brings nothing new. */
  #try(
    incoming: Incoming,
    accepted: readonly Accepted[],
    claimed: ReadonlyMap<number, string>,
  ): Accepted | Verdict | null {
    const { connection, memberId, update } = incoming;
    if (update === null) return null;
    if (
      this.#size + update.length > limits.MAX_DOCUMENT_BYTES &&
      this.#measure() + update.length > limits.MAX_DOCUMENT_BYTES
    ) {
      return { kind: 'too large' };
    }
    this.#draft ??= new Draft(() => this.copy());
    const trial = this.#draft.try(
      update,
      { memberId, rights: { ...connection.rights(), locked: this.#locked } },
      (clientId) => this.#owners.get(clientId) ?? claimed.get(clientId),
      accepted.map((one) => one.update),
    );
    switch (trial.kind) {
      case 'applied':
        return {
          ...incoming,
          update: trial.update,
          touchesBody: trial.touchesBody,
          newClients: trial.newClients,
        };
      case 'nothing new':
        return null;
      case 'read-only':
      case 'refused':
        return trial;
    }
  }

  #measure(): number {
    this.#size = this.#document.state.length;
    return this.#size;
  }

  #request(accepted: readonly Accepted[]): CommitRequest {
    const docId = this.ref.reportId;
    return {
      docId,
      entries: accepted.map(({ memberId, update }) => ({ docId, memberId, data: update })),
      clients: accepted.flatMap(({ memberId, newClients }) =>
        newClients.map((clientId) => ({ docId, clientId, memberId })),
      ),
    };
  }

  #takeCommitted(accepted: readonly Accepted[], firstSeq: number): void {
    const entries = accepted.map(({ update }, i) => ({ seq: firstSeq + i, data: update }));
    for (const { newClients, memberId } of accepted)
      for (const id of newClients) this.#owners.set(id, memberId);
    const authors = new Set(accepted.map(({ connection }) => connection));
    const [author] = authors;
    this.#follow(entries, authors.size === 1 && author !== undefined ? author : null);
    this.around.publishEntries(entries);
    const writers = new Set(accepted.filter((one) => one.touchesBody).map(({ memberId }) => memberId));
    if (writers.size > 0) this.around.bodyCommitted([...writers]);
  }

  /** Client ids that a command of this node claimed. */
  claim(clientIds: readonly number[], memberId: string): void {
    for (const id of clientIds) this.#owners.set(id, memberId);
  }

  /** The database will not take it, and asking again would not help. */
  #turnAway(batch: readonly Incoming[]): void {
    for (const connection of new Set(batch.map((one) => one.connection))) connection.close('try_later');
  }

  /** Lets go of the draft while nobody writes: it costs as much memory as the document. */
  relax(): void {
    if (this.isBusy || this.around.now() - this.#writtenAt < limits.IDLE_MILLISECONDS) return;
    this.#draft?.destroy();
    this.#draft = null;
  }

  // The log

  #count(rows: number, bytes: number): void {
    this.#tail = { rows: this.#tail.rows + rows, bytes: this.#tail.bytes + bytes };
    this.#size += bytes;
    const isLong = this.#tail.rows > limits.COMPACT_ROWS || this.#tail.bytes > limits.COMPACT_BYTES;
    if (isLong && !this.#isCompacting) void this.#compact();
  }

  async #compact(): Promise<void> {
    this.#isCompacting = true;
    this.#tail = { rows: 0, bytes: 0 };
    await this.around.compact(this.seq, this.#document.state);
    this.#isCompacting = false;
  }

  destroy(): void {
    this.#draft?.destroy();
    this.#document.destroy();
  }
}

/** Each socket learns how far its messages are settled: to its last one, or to the one before a refusal. */
function acknowledge(batch: readonly Incoming[], refused: ReadonlyMap<Incoming, Verdict>): void {
  const reached = new Map<Connection, { index: number; bytes: number }>();
  const stopped = new Set<Connection>();
  for (const incoming of batch) {
    const { connection, index, bytes } = incoming;
    if (refused.has(incoming)) stopped.add(connection);
    if (stopped.has(connection)) continue;
    reached.set(connection, { index, bytes: bytes + (reached.get(connection)?.bytes ?? 0) });
  }
  for (const [connection, { index, bytes }] of reached) connection.acknowledge(index, bytes);
}

function turnDown(connection: Connection, index: number, verdict: Verdict): void {
  switch (verdict.kind) {
    case 'refused':
      return connection.refuse(index, verdict.code);
    case 'read-only':
      return connection.close('no_right');
    case 'too large':
      return connection.close('too_large');
  }
}

function isGap(outcome: Accepted | Verdict | null): boolean {
  return outcome !== null && 'code' in outcome && outcome.code === 'gap';
}
