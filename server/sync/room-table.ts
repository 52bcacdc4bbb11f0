/**
 * The open reports of this node. Each is loaded once however many ask at the same time, hears from the other nodes
 * from before its load on (what comes during it waits), and is let go after a while without readers. The bus may lose
 * anything: `look` asks the database where the open reports stand, and a room that is elsewhere goes there.
 */
import type { Database } from '#db/open.ts';
import { AppError } from '#core/errors.ts';
import {
  documentHeads,
  loadDocument,
  type LogEntry,
  readClients,
  readDocumentSince,
} from '#db/queries/document-log.ts';
import type { Bus } from '#server/bus/bus.ts';
import type { Log } from '#server/log.ts';
import type { Person } from './awareness.ts';
import { Backlog } from './backlog.ts';
import type { CommitQueue } from './commit-queue.ts';
import type { Compactor } from './compactor.ts';
import { Gate } from '#server/gate.ts';
import { FreshRuns } from './fresh-runs.ts';
import { IDLE_MILLISECONDS, MAX_COLD_LOADS, PEOPLE_MILLISECONDS } from './limits.ts';
import {
  decodeReportMessage,
  encodeNodeMessage,
  reportChannel,
  type ReportMessage,
} from './node-messages.ts';
import { Room, type DocRef, type RoomSurroundings } from './room.ts';

export interface RoomTableOptions {
  readonly database: Database;
  readonly bus: Bus;
  readonly commits: CommitQueue;
  readonly compactor: Compactor;
  readonly nodeId: string;
  readonly log: Log;
  readonly onPeopleChanged: (ref: DocRef) => void;
  readonly onBodyCommitted: (ref: DocRef, memberId: string) => void;
}

/** A room's life. It ends by leaving the table; whoever still holds it finds that its connections are closing. */
type Life =
  /** `early`: what was committed meanwhile; it is taken after the load. */
  { readonly kind: 'loading'; readonly early: LogEntry[] } | { readonly kind: 'open'; readonly room: Room };

interface Slot {
  readonly ref: DocRef;
  life: Life;
  /** Settles when it is open, or could not be opened. */
  loading: Promise<Room>;
  readonly stopListening: () => void;
  usedAt: number;
  /** People with sockets on other nodes, by node. */
  readonly elsewhere: Map<string, { readonly people: readonly Person[]; readonly at: number }>;
  shown: string;
}

/** Null while it loads. */
function roomOf({ life }: Slot): Room | null {
  return life.kind === 'open' ? life.room : null;
}

export class RoomTable {
  readonly #slots = new Map<string, Slot>();
  readonly #loads = new Gate(MAX_COLD_LOADS);
  readonly #backlog = new Backlog();
  readonly #looks = new FreshRuns(() => this.#lookOnce());

  constructor(readonly options: RoomTableOptions) {}

  /** The room of a report, loaded when it is not open. Throws not_found. */
  get(ref: DocRef): Promise<Room> {
    const slot = this.#slots.get(ref.reportId) ?? this.#openSlot(ref);
    slot.usedAt = Date.now();
    if (slot.ref.workspaceId === ref.workspaceId) return slot.loading;
    return Promise.reject(new AppError('not_found', 'There is no such report in this workspace'));
  }

  /** The room if it is open now. */
  opened(reportId: string): Room | null {
    const slot = this.#slots.get(reportId);
    return slot === undefined ? null : roomOf(slot);
  }

  rooms(): Room[] {
    return [...this.#slots.values()].flatMap((slot) => roomOf(slot) ?? []);
  }

  /** Entries that were committed beside the room: it takes them now, or after its load. */
  take(reportId: string, entries: readonly LogEntry[]): void {
    const slot = this.#slots.get(reportId);
    switch (slot?.life.kind) {
      case undefined:
        return;
      case 'loading':
        slot.life.early.push(...entries);
        return;
      case 'open':
        return slot.life.room.advance(entries);
    }
  }

  /** At once; then it is asked for, since two commands may end in another order than they committed. */
  setLocked(reportId: string, locked: boolean): void {
    const slot = this.#slots.get(reportId);
    if (slot === undefined) return;
    roomOf(slot)?.setLocked(locked);
    this.#lookOnceLoaded(slot);
  }

  tell(reportId: string, message: ReportMessage): void {
    const { bus } = this.options;
    if (!bus.isAlone()) bus.publish(reportChannel(reportId), encodeNodeMessage(message));
  }

  #openSlot(ref: DocRef): Slot {
    const { reportId } = ref;
    const slot: Slot = {
      ref,
      life: { kind: 'loading', early: [] },
      loading: Promise.reject(new Error('not loading yet')),
      stopListening: this.options.bus.subscribe(reportChannel(reportId), (bytes) => {
        const message = decodeReportMessage(bytes);
        if (message !== null) this.#hear(slot, message);
      }),
      usedAt: Date.now(),
      elsewhere: new Map(),
      shown: '[]',
    };
    slot.loading.catch(() => undefined);
    this.#slots.set(reportId, slot);
    slot.loading = this.#loads.run(() => this.#load(slot));
    return slot;
  }

  async #load(slot: Slot): Promise<Room> {
    const { db } = this.options.database;
    const { reportId, workspaceId } = slot.ref;
    try {
      await this.options.bus.listening();
      const stored = await loadDocument(db, reportId);
      if (stored === null || stored.workspaceId !== workspaceId)
        throw new AppError('not_found', 'There is no such report');
      const room = new Room(slot.ref, stored, await readClients(db, reportId), this.#surround(slot));
      const { life } = slot;
      slot.life = { kind: 'open', room };
      if (life.kind === 'loading') room.advance(life.early);
      this.tell(reportId, { kind: 'hello' });
      return room;
    } catch (error) {
      this.#forget(slot);
      throw error;
    }
  }

  #surround(slot: Slot): RoomSurroundings {
    const { database, commits, compactor, nodeId, log, onBodyCommitted } = this.options;
    const { reportId } = slot.ref;
    return {
      backlog: this.#backlog,
      commit: (request) => commits.commit(request),
      readSince: (seq) => readDocumentSince(database.db, reportId, seq),
      publishEntries: (entries) => {
        // A room that was given up may end a commit after the next one was loaded.
        if (this.#slots.get(reportId) !== slot) this.take(reportId, entries);
        this.tell(reportId, { kind: 'entries', entries: [...entries] });
      },
      publishAwareness: (update) => this.tell(reportId, { kind: 'awareness', node: nodeId, update }),
      peopleChanged: () => this.#sayPeople(slot),
      bodyCommitted: (memberIds) => {
        for (const memberId of memberIds) onBodyCommitted(slot.ref, memberId);
      },
      compact: () => compactor.compact(reportId),
      abandon: () => this.#abandon(slot),
      log,
      now: Date.now,
    };
  }

  // Other nodes

  #hear(slot: Slot, message: ReportMessage): void {
    switch (message.kind) {
      case 'entries':
        return this.take(slot.ref.reportId, message.entries);
      case 'awareness':
        return roomOf(slot)?.awareness.hearNode(message.node, message.update);
      case 'people':
        slot.elsewhere.set(message.node, { people: message.people, at: Date.now() });
        return this.#notePeople(slot);
      case 'hello':
        return this.#introduce(slot);
      case 'lock':
        return this.#lookOnceLoaded(slot);
    }
  }

  #introduce(slot: Slot): void {
    const room = roomOf(slot);
    if (room === null || room.connections.size === 0) return;
    const { reportId } = slot.ref;
    const { nodeId } = this.options;
    const update = room.awareness.ownStates();
    if (update !== null) this.tell(reportId, { kind: 'awareness', node: nodeId, update });
    this.tell(reportId, { kind: 'people', node: nodeId, people: room.people() });
  }

  /** Asks where the open reports stand, from now on, and brings each room there. Rejects when it cannot be asked. */
  look(): Promise<void> {
    return this.#looks.run();
  }

  async #lookOnce(): Promise<void> {
    const open = [...this.#slots.values()].flatMap((slot) => {
      const room = roomOf(slot);
      return room === null ? [] : [{ slot, room, lockSaid: room.lockSaid }];
    });
    if (open.length === 0) return;
    const ids = open.map(({ slot }) => slot.ref.reportId);
    const heads = await documentHeads(this.options.database.db, ids);
    for (const { slot, room, lockSaid } of open) {
      if (this.#slots.get(slot.ref.reportId) !== slot) continue;
      const head = heads.get(slot.ref.reportId);
      if (head === undefined || head.epoch !== room.epoch) this.#abandon(slot);
      else {
        if (lockSaid === room.lockSaid) room.setLocked(head.locked);
        if (head.seq > room.seq) void room.catchUp();
      }
    }
  }

  /** One that is loading may have read its rows before they changed. */
  #lookOnceLoaded(slot: Slot): void {
    slot.loading
      .then(() => this.look())
      .catch((error: unknown) => this.options.log.debug({ err: error }, 'reports could not be asked for'));
  }

  /** After messages may have been lost: it is asked where the reports stand, and who is there. */
  afterGap(): void {
    for (const slot of this.#slots.values()) {
      this.#lookOnceLoaded(slot);
      this.tell(slot.ref.reportId, { kind: 'hello' });
      this.#introduce(slot);
    }
  }

  // People

  people(reportId: string): Person[] {
    const slot = this.#slots.get(reportId);
    return slot === undefined ? [] : this.#peopleOf(slot);
  }

  #peopleOf(slot: Slot): Person[] {
    const elsewhere = [...slot.elsewhere.values()].flatMap(({ people }) => people);
    const all = [...(roomOf(slot)?.people() ?? []), ...elsewhere];
    return [...new Map(all.map((person) => [person.id, person])).values()];
  }

  #sayPeople(slot: Slot): void {
    slot.usedAt = Date.now();
    const people = roomOf(slot)?.people() ?? [];
    this.tell(slot.ref.reportId, { kind: 'people', node: this.options.nodeId, people });
    this.#notePeople(slot);
  }

  #notePeople(slot: Slot): void {
    const shown = JSON.stringify(this.#peopleOf(slot));
    if (shown === slot.shown) return;
    slot.shown = shown;
    this.options.onPeopleChanged(slot.ref);
  }

  // Time

  /** Lets go of what nobody uses. */
  sweep(): void {
    const before = Date.now() - IDLE_MILLISECONDS;
    for (const slot of this.#slots.values()) {
      const room = roomOf(slot);
      if (room === null || room.isBusy || slot.usedAt > before) continue;
      if (room.connections.size === 0) this.#close(slot);
      else room.relax();
    }
  }

  /** Keeps other nodes informed, and forgets those that are silent. */
  refresh(): void {
    const before = Date.now() - PEOPLE_MILLISECONDS;
    for (const slot of this.#slots.values()) {
      roomOf(slot)?.awareness.forgetSilent(before);
      for (const [node, { at }] of slot.elsewhere) if (at < before) slot.elsewhere.delete(node);
      this.#notePeople(slot);
      this.#introduce(slot);
    }
  }

  #abandon(slot: Slot): void {
    for (const connection of roomOf(slot)?.connections ?? [])
      connection.close('restarting', 'the report is loaded anew');
    this.#close(slot);
  }

  #close(slot: Slot): void {
    roomOf(slot)?.destroy();
    this.#forget(slot);
  }

  #forget(slot: Slot): void {
    slot.stopListening();
    if (this.#slots.get(slot.ref.reportId) === slot) this.#slots.delete(slot.ref.reportId);
  }

  closeAll(): void {
    for (const slot of this.#slots.values()) this.#close(slot);
  }
}
