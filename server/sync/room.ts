/**
 * One open report on this node: its document as committed, who is here, and what comes in. Only what is committed
 * is relayed, answered to a newcomer, or read; so a crash can lose nothing that anyone has seen.
 */
import type * as Y from 'yjs';
import type { LogEntry, StoredDocument } from '#db/queries/document-log.ts';
import type { Log } from '#server/log.ts';
import { Awareness, type Person } from './awareness.ts';
import type { Backlog } from './backlog.ts';
import type { CommitRequest, Committed } from './commit-queue.ts';
import type { Connection } from './connection.ts';
import { CommittedDocument } from './document.ts';
import { encodeUpdate } from './frame.ts';
import type { Accepted, CaughtUp, Incoming } from './examination.ts';
import { FreshRuns } from './fresh-runs.ts';
import { Intake } from './intake.ts';
import { COMPACT_BYTES, COMPACT_ROWS, MAX_DOCUMENT_BYTES } from './limits.ts';

export interface DocRef {
  readonly workspaceId: string;
  readonly reportId: string;
}

/** What a room needs from outside. */
export interface RoomSurroundings {
  readonly backlog: Backlog;
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
  compact(): Promise<void>;
  /** The document here can no longer be trusted or followed: load it anew. */
  abandon(): void;
  readonly log: Log;
  now(): number;
}

export class Room {
  readonly awareness: Awareness;
  readonly connections = new Set<Connection>();
  /** A restored backup begins a new one. */
  readonly epoch: number;
  readonly #document: CommittedDocument;
  readonly #intake: Intake;
  /** Whose each client id is, as committed; of those first used on other nodes not all are known here. */
  readonly #owners: Map<number, string>;
  readonly #reads = new FreshRuns(() => this.#readMissed());
  #locked: boolean;
  #lockSaid = 0;
  #tail: { rows: number; bytes: number };
  #isCompacting = false;
  /** An upper bound of the document's size, without encoding it each time. */
  #size: number;

  constructor(
    readonly ref: DocRef,
    stored: StoredDocument,
    owners: Map<number, string>,
    readonly around: RoomSurroundings,
  ) {
    this.#document = new CommittedDocument(stored);
    this.epoch = stored.epoch;
    this.#owners = owners;
    this.#locked = stored.locked;
    this.#tail = { rows: stored.headSeq - stored.snapshotSeq, bytes: stored.tailBytes };
    this.#size = stored.entries.reduce((sum, { data }) => sum + data.length, 0);
    this.awareness = new Awareness(around.publishAwareness, around.now);
    this.#intake = this.#openIntake();
    this.#compactIfLong(); // a process that died may have left it so
  }

  #openIntake(): Intake {
    const { around } = this;
    return new Intake({
      docId: this.ref.reportId,
      backlog: around.backlog,
      copyCommitted: () => this.#document.copy(),
      isLocked: () => this.#locked,
      hasSpaceFor: (bytes) =>
        this.#size + bytes <= MAX_DOCUMENT_BYTES || this.#measure() + bytes <= MAX_DOCUMENT_BYTES,
      ownerOf: (clientId) => this.#owners.get(clientId),
      markLocked: () => this.setLocked(true),
      catchUp: () => this.catchUp(),
      commit: (request) => around.commit(request),
      show: (accepted, firstSeq) => this.#show(accepted, firstSeq),
      fail: (error) => {
        around.log.error({ err: error, report: this.ref.reportId }, 'a room failed and is loaded anew');
        around.abandon();
      },
      now: around.now,
    });
  }

  /** The document as committed. Not to be changed. */
  get doc(): Y.Doc {
    return this.#document.doc;
  }

  get seq(): number {
    return this.#document.seq;
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
    this.#lockSaid += 1;
  }

  /** Rises with each `setLocked`: what was read before may be older. */
  get lockSaid(): number {
    return this.#lockSaid;
  }

  /** Client ids that belong to a member from now on. */
  claim(clientIds: readonly number[], memberId: string): void {
    for (const id of clientIds) this.#owners.set(id, memberId);
  }

  // What comes in

  receive(incoming: Incoming): void {
    this.#intake.receive(incoming);
  }

  get isBusy(): boolean {
    return this.#intake.isBusy;
  }

  /** Resolves when everything received so far is settled. */
  settled(): Promise<void> {
    return this.#intake.settled();
  }

  // What is shown

  /** The answer to a state vector, as frames. Null: it is none. */
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
    if (update !== null) this.#intake.absorb(update);
  }

  #show(accepted: readonly Accepted[], firstSeq: number): void {
    const entries = accepted.map(({ update }, i) => ({ seq: firstSeq + i, data: update }));
    for (const { claims, memberId } of accepted) this.claim([...claims.keys()], memberId);
    const before = this.seq;
    const update = this.#follow(entries, onlyAuthor(accepted));
    // Others' entries that had waited for these: the draft has not heard of them.
    if (update !== null && this.seq - before > entries.length) this.#intake.absorb(update);
    this.around.publishEntries(entries);
    const writers = new Set(accepted.filter((one) => one.touchesBody).map(({ memberId }) => memberId));
    if (writers.size > 0) this.around.bodyCommitted([...writers]);
  }

  /** Moves on by committed entries and relays what changed; their only author has them, but not what waited for them. */
  #follow(entries: readonly LogEntry[], author: Connection | null): Uint8Array | null {
    const before = this.seq;
    const update = this.#document.advance(entries);
    if (update !== null) {
      const frame = encodeUpdate(update);
      const isOnlyThese = this.seq - before === entries.length;
      for (const connection of this.connections)
        if (!isOnlyThese || connection !== author) connection.send(frame);
      this.#count(this.seq - before, update.length);
    }
    if (this.#document.hasHole) void this.catchUp();
    return update;
  }

  // The log

  /** Reads from the log what was missed until now, whoever brings it meanwhile. Never rejects. */
  async catchUp(): Promise<CaughtUp> {
    const before = this.seq;
    const isRead = await this.#reads.run();
    if (this.seq > before) return 'advanced';
    return isRead ? 'nothing' : 'failed';
  }

  /** False: it could not be read, or this room not follow it. */
  async #readMissed(): Promise<boolean> {
    try {
      const missed = await this.around.readSince(this.seq);
      if (missed === null) this.around.abandon();
      else this.advance(missed);
      return missed !== null;
    } catch (error) {
      this.around.log.warn(
        { err: error, report: this.ref.reportId },
        'the log could not be read; the next look tries again',
      );
      return false;
    }
  }

  #count(rows: number, bytes: number): void {
    this.#tail = { rows: this.#tail.rows + rows, bytes: this.#tail.bytes + bytes };
    this.#size += bytes;
    this.#compactIfLong();
  }

  #compactIfLong(): void {
    const isLong = this.#tail.rows > COMPACT_ROWS || this.#tail.bytes > COMPACT_BYTES;
    if (!isLong || this.#isCompacting) return;
    this.#isCompacting = true;
    this.#tail = { rows: 0, bytes: 0 };
    void this.around.compact().finally(() => {
      this.#isCompacting = false;
    });
  }

  #measure(): number {
    this.#size = this.#document.state.length;
    return this.#size;
  }

  // Time

  /** Lets go of what only writing needs. */
  relax(): void {
    this.#intake.relax();
  }

  destroy(): void {
    this.#intake.close();
    this.#document.destroy();
  }
}

/** The one socket that has all of this already. */
function onlyAuthor(accepted: readonly Accepted[]): Connection | null {
  const [first] = accepted;
  const author = first?.connection ?? null;
  const isAll = accepted.every(({ connection, isTidied }) => connection === author && !isTidied);
  return isAll ? author : null;
}
