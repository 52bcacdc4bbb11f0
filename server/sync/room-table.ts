/**
 * The open reports of this node. Each is loaded once however many ask at the same time, hears from the other nodes
 * from before its load on (what comes during it waits), and is let go after a while without readers.
 */
import type { Database } from '#db/open.ts';
import { AppError } from '#core/errors.ts';
import * as documentLog from '#db/queries/document-log.ts';
import type { Bus } from '#server/bus/bus.ts';
import type { Log } from '#server/log.ts';
import type { Person } from './awareness.ts';
import type { CommitQueue } from './commit-queue.ts';
import type { Compactor } from './compactor.ts';
import { IDLE_MILLISECONDS, PEOPLE_MILLISECONDS } from './limits.ts';
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

interface Slot {
  readonly ref: DocRef;
  /** Null while it loads. */
  open: Room | null;
  /** What was committed while it loaded. */
  readonly early: documentLog.LogEntry[];
  loading: Promise<Room>;
  readonly stopListening: () => void;
  usedAt: number;
  /** People with sockets on other nodes, by node. */
  readonly elsewhere: Map<string, { readonly people: readonly Person[]; readonly at: number }>;
  shown: string;
}

export class RoomTable {
  readonly #slots = new Map<string, Slot>();

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
    return this.#slots.get(reportId)?.open ?? null;
  }

  rooms(): Room[] {
    return [...this.#slots.values()].flatMap(({ open }) => (open === null ? [] : [open]));
  }

  /** Entries that were committed beside the room: it takes them now, or after its load. */
  take(reportId: string, entries: readonly documentLog.LogEntry[]): void {
    const slot = this.#slots.get(reportId);
    if (slot?.open === null) slot.early.push(...entries);
    else slot?.open?.advance(entries);
  }

  /** At once, and again after a load that may have read the row before it changed. */
  setLocked(reportId: string, locked: boolean): void {
    const slot = this.#slots.get(reportId);
    slot?.open?.setLocked(locked);
    slot?.loading.then(
      (room) => room.setLocked(locked),
      () => undefined,
    );
  }

  tell(reportId: string, message: ReportMessage): void {
    this.options.bus.publish(reportChannel(reportId), encodeNodeMessage(message));
  }

  #openSlot(ref: DocRef): Slot {
    const { reportId } = ref;
    const slot: Slot = {
      ref,
      open: null,
      early: [],
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
    slot.loading = this.#load(slot);
    return slot;
  }

  async #load(slot: Slot): Promise<Room> {
    const { db } = this.options.database;
    const { reportId, workspaceId } = slot.ref;
    try {
      const stored = await documentLog.loadDocument(db, reportId);
      if (stored === null || stored.workspaceId !== workspaceId)
        throw new AppError('not_found', 'There is no such report');
      const room = new Room(
        slot.ref,
        stored,
        await documentLog.readClients(db, reportId),
        this.#surround(slot),
      );
      slot.open = room;
      room.advance(slot.early.splice(0));
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
      commit: (request) => commits.commit(request),
      readSince: (seq) => documentLog.readDocumentSince(database.db, reportId, seq),
      publishEntries: (entries) => this.tell(reportId, { kind: 'entries', entries: [...entries] }),
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
        return slot.open?.awareness.hearNode(message.node, message.update);
      case 'people':
        slot.elsewhere.set(message.node, { people: message.people, at: Date.now() });
        return this.#notePeople(slot);
      case 'hello':
        return this.#introduce(slot);
      case 'lock':
        return this.setLocked(slot.ref.reportId, message.locked);
    }
  }

  #introduce({ ref, open }: Slot): void {
    if (open === null || open.connections.size === 0) return;
    const { nodeId } = this.options;
    const update = open.awareness.ownStates();
    if (update !== null) this.tell(ref.reportId, { kind: 'awareness', node: nodeId, update });
    this.tell(ref.reportId, { kind: 'people', node: nodeId, people: open.people() });
  }

  /** After messages may have been lost: each room reads the log, and asks who is there. */
  afterGap(): void {
    for (const slot of this.#slots.values()) {
      void slot.open?.catchUp();
      this.tell(slot.ref.reportId, { kind: 'hello' });
      this.#introduce(slot);
    }
  }

  // People

  people(reportId: string): Person[] {
    const slot = this.#slots.get(reportId);
    return slot === undefined ? [] : this.#peopleOf(slot);
  }

  #peopleOf({ open, elsewhere }: Slot): Person[] {
    const all = [...(open?.people() ?? []), ...[...elsewhere.values()].flatMap(({ people }) => people)];
    return [...new Map(all.map((person) => [person.id, person])).values()];
  }

  #sayPeople(slot: Slot): void {
    slot.usedAt = Date.now();
    const people = slot.open?.people() ?? [];
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
      const { open } = slot;
      if (open === null || open.isBusy || slot.usedAt > before) continue;
      if (open.connections.size === 0) this.#close(slot);
      else open.relax();
    }
  }

  /** Keeps other nodes informed, and forgets those that are silent. */
  refresh(): void {
    const before = Date.now() - PEOPLE_MILLISECONDS;
    for (const slot of this.#slots.values()) {
      slot.open?.awareness.forgetSilent(before);
      for (const [node, { at }] of slot.elsewhere) if (at < before) slot.elsewhere.delete(node);
      this.#notePeople(slot);
      this.#introduce(slot);
    }
  }

  #abandon(slot: Slot): void {
    for (const connection of slot.open?.connections ?? [])
      connection.close('restarting', 'the report is loaded anew');
    this.#close(slot);
  }

  #close(slot: Slot): void {
    slot.open?.destroy();
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
