/**
 * The live documents of this node, as the rest of the server sees them: read one as committed, edit it in a
 * command's transaction, let sockets in, cut them, drain. How a room works is in room.ts; who may enter, in
 * doorman.ts; what goes over the wire, in docs/PROTOCOL.md.
 */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import * as Y from 'yjs';
import type { Database, Tx } from '#db/open.ts';
import { AppError } from '#core/errors.ts';
import { withinTime } from '#core/within-time.ts';
import {
  appendGroup,
  appendIn,
  createDocument,
  type NewClient,
  type NewEntry,
  type Written,
} from '#db/queries/document-append.ts';
import { documentHead, loadDocument, readClients } from '#db/queries/document-log.ts';
import { rightsVersions } from '#db/queries/principals.ts';
import type { Bus } from '#server/bus/bus.ts';
import type { Log } from '#server/log.ts';
import { applyAsIs } from './apply-as-is.ts';
import { clientsOf, rationaleClients, touchesBody } from './authors.ts';
import type { Person } from './awareness.ts';
import { CommitQueue } from './commit-queue.ts';
import { Compactor } from './compactor.ts';
import { Connection, type Wire } from './connection.ts';
import { CommittedDocument } from './document.ts';
import { Doorman, type CutTarget, type SyncAuthenticator, type Visit } from './doorman.ts';
import * as limits from './limits.ts';
import { CUT_CHANNEL, decodeCutMessage, encodeNodeMessage, type CutMessage } from './node-messages.ts';
import type { DocRef } from './room.ts';
import { RoomTable } from './room-table.ts';
import { refuseOrigin, Sockets } from './sockets.ts';

export type { DocRef } from './room.ts';

/** A server's own edit as stored. */
export interface Appended {
  readonly seq: number;
  readonly update: Uint8Array;
  readonly memberId: string;
  readonly clientIds: readonly number[];
}

/** `entries` of the log were committed together, which took so many seconds. */
type CommitListener = (commit: { readonly entries: number; readonly seconds: number }) => void;

export interface Rooms {
  /**
   * Looks at the document as committed, with every commit that was acknowledged before. Do not change it.
   * Inside a transaction pass it: the embedded database has one connection. Throws not_found.
   */
  read<T>(ref: DocRef, look: (doc: Y.Doc) => T, tx?: Tx): Promise<T>;
  /** The document as the transaction sees it, no newer either: beside rows that are read in the same snapshot. */
  readAsOf<T>(tx: Tx, ref: DocRef, look: (doc: Y.Doc) => T): Promise<T>;
  /** A private copy of the committed document, for a server's own edit. `tx` as with `read`. */
  fork(ref: DocRef, tx?: Tx): Promise<Y.Doc>;
  /** The first entry of a new report's log, in the caller's transaction. */
  create(tx: Tx, ref: DocRef, update: Uint8Array, memberId: string): Promise<void>;
  /** A server's own edit on behalf of a member, in the caller's transaction. Claims the update's client ids for the member. */
  append(tx: Tx, ref: DocRef, update: Uint8Array, memberId: string): Promise<Appended>;
  /** After that transaction's commit: into the open room, to sockets, to other nodes. */
  deliver(ref: DocRef, appended: Appended): void;
  /** Members who wrote visible characters of the claim's rationale. */
  rationaleAuthors(ref: DocRef, claimId: string, tx?: Tx): Promise<string[]>;
  /** Cuts the sockets that fit every part of the target, on every node. */
  cut(target: CutTarget, code: CutMessage['code']): void;
  /** Sockets may write `body` from now on, or no longer; on every node. */
  lockChanged(ref: DocRef, locked: boolean): void;
  /** Distinct people with an open socket on the report, on all nodes. */
  people(reportId: string): Person[];
  onPeopleChanged(listener: (ref: DocRef) => void): void;
  /** After a commit that changed `body`, on the node that made it. */
  onBodyCommitted(listener: (ref: DocRef, memberId: string | null) => void): void;
  /** After each commit of what sockets sent, of one report or of many. */
  onCommit(listener: CommitListener): void;
  /** A socket that came in, however it did, and what it asks for. */
  enter(wire: Wire, visit: Visit & { readonly wantsAcks: boolean }): Connection;
  /** The upgrade of /sync/:reportId. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  stats(): { rooms: number; connections: number };
  /** Commits and acknowledges what arrived, and closes all sockets with 1012. */
  drain(): Promise<void>;
}

export interface RoomsOptions {
  readonly database: Database;
  readonly bus: Bus;
  readonly auth: SyncAuthenticator;
  readonly log: Log;
  readonly now: () => Date;
  /** Tells this process from the others; also written beside each entry of the log. */
  readonly nodeId: string;
}

export function openRooms(options: RoomsOptions): Rooms {
  return new OpenRooms(options);
}

class OpenRooms implements Rooms {
  readonly #table: RoomTable;
  readonly #doorman: Doorman;
  readonly #sockets = new Sockets();
  readonly #commits: CommitQueue;
  readonly #compactor: Compactor;
  readonly #peopleListeners: ((ref: DocRef) => void)[] = [];
  readonly #bodyListeners: ((ref: DocRef, memberId: string | null) => void)[] = [];
  readonly #commitListeners: CommitListener[] = [];
  readonly #timers: NodeJS.Timeout[];
  readonly #stopListening: (() => void)[];
  #drained: Promise<void> | null = null;

  constructor(readonly options: RoomsOptions) {
    const { database, bus, auth, log } = options;
    this.#commits = new CommitQueue((entries, clients) => this.#appendGroup(entries, clients), log);
    this.#compactor = new Compactor(options);
    this.#table = new RoomTable({
      ...options,
      commits: this.#commits,
      compactor: this.#compactor,
      onPeopleChanged: (ref) => {
        for (const listener of this.#peopleListeners) listener(ref);
      },
      onBodyCommitted: (ref, memberId) => this.#sayBody(ref, memberId),
    });
    this.#doorman = new Doorman({
      auth,
      log,
      openRoom: (ref) => this.#table.get(ref),
      rightsVersions: (workspaceIds) => rightsVersions(database.db, workspaceIds),
    });
    this.#stopListening = [
      bus.onGap(() => this.#table.afterGap()),
      bus.subscribe(CUT_CHANNEL, (bytes) => {
        const message = decodeCutMessage(bytes);
        if (message !== null) this.#doorman.cut(message);
      }),
    ];
    this.#timers = this.#startTimers();
  }

  #startTimers(): NodeJS.Timeout[] {
    const every = (milliseconds: number, work: () => void): NodeJS.Timeout =>
      setInterval(work, milliseconds).unref();
    const timers = [
      every(limits.IDLE_MILLISECONDS / 2, () => this.#table.sweep()),
      every(limits.PEOPLE_MILLISECONDS / 3, () => this.#table.refresh()),
      every(limits.PING_MILLISECONDS, () => {
        for (const connection of this.#doorman.connections()) connection.checkAlive();
      }),
    ];
    // Alone on an embedded database, nobody else can change anything behind our back.
    if (this.#isShared) timers.push(every(limits.WATCH_MILLISECONDS, () => this.#watch()));
    return timers;
  }

  get #isShared(): boolean {
    return this.options.database.engine === 'postgres';
  }

  #origin(): { nodeId: string; at: Date } {
    return { nodeId: this.options.nodeId, at: this.options.now() };
  }

  async #appendGroup(entries: readonly NewEntry[], clients: readonly NewClient[]): Promise<Written> {
    const startedAt = performance.now();
    const written = await appendGroup(this.options.database, entries, clients, this.#origin());
    const seconds = (performance.now() - startedAt) / 1_000;
    for (const listener of this.#commitListeners) listener({ entries: entries.length, seconds });
    return written;
  }

  // Reading

  async read<T>(ref: DocRef, look: (doc: Y.Doc) => T, tx?: Tx): Promise<T> {
    const open = tx === undefined ? await this.#table.get(ref) : this.#table.opened(ref.reportId);
    if (open === null || open.ref.workspaceId !== ref.workspaceId) return this.#readApart(ref, look, tx);
    // Another node may have committed and acknowledged what has not reached this one.
    const head = this.#isShared ? await documentHead(tx ?? this.options.database.db, ref.reportId) : open.seq;
    if (head > open.seq && tx === undefined) await open.catchUp();
    return head > open.seq ? this.#readApart(ref, look, tx) : look(open.doc);
  }

  async readAsOf<T>(tx: Tx, ref: DocRef, look: (doc: Y.Doc) => T): Promise<T> {
    const open = this.#table.opened(ref.reportId);
    const isSame =
      open !== null &&
      open.ref.workspaceId === ref.workspaceId &&
      open.seq === (await documentHead(tx, ref.reportId));
    return isSame ? look(open.doc) : this.#readApart(ref, look, tx);
  }

  /**
   * From the log, past the room: for a transaction, which must not wait for what waits for its connection, and when
   * the room cannot follow the log.
   */
  async #readApart<T>(ref: DocRef, look: (doc: Y.Doc) => T, tx?: Tx): Promise<T> {
    const stored = await loadDocument(tx ?? this.options.database.db, ref.reportId);
    if (stored === null || stored.workspaceId !== ref.workspaceId)
      throw new AppError('not_found', 'There is no such report');
    const document = new CommittedDocument(stored);
    try {
      return look(document.doc);
    } finally {
      document.destroy();
    }
  }

  fork(ref: DocRef, tx?: Tx): Promise<Y.Doc> {
    return this.read(ref, copyOf, tx);
  }

  async rationaleAuthors(ref: DocRef, claimId: string, tx?: Tx): Promise<string[]> {
    const clients = await this.read(ref, (doc) => rationaleClients(doc, claimId), tx);
    if (clients.size === 0) return [];
    const owners = await readClients(tx ?? this.options.database.db, ref.reportId);
    return [...new Set([...clients].flatMap((client) => owners.get(client) ?? []))];
  }

  // The server's own edits

  create(tx: Tx, { workspaceId, reportId }: DocRef, update: Uint8Array, memberId: string): Promise<void> {
    const entry = { docId: reportId, memberId, data: update };
    return createDocument(tx, workspaceId, entry, clientsOf(update), this.#origin());
  }

  async append(tx: Tx, { reportId }: DocRef, update: Uint8Array, memberId: string): Promise<Appended> {
    const clientIds = clientsOf(update);
    const clients = clientIds.map((clientId) => ({ docId: reportId, clientId, memberId }));
    const written = await appendIn(
      tx,
      [{ docId: reportId, memberId, data: update }],
      clients,
      this.#origin(),
    );
    if (written.kind === 'foreign_client')
      throw new AppError('refused_content', 'The edit writes under a client id of somebody else');
    const base = written.base.get(reportId);
    if (base === undefined) throw new AppError('not_found', 'There is no such report');
    return { seq: base + 1, update, memberId, clientIds };
  }

  deliver(ref: DocRef, { seq, update, memberId, clientIds }: Appended): void {
    const entry = { seq, data: update };
    this.#table.opened(ref.reportId)?.claim(clientIds, memberId);
    this.#table.take(ref.reportId, [entry]);
    this.#table.tell(ref.reportId, { kind: 'entries', entries: [entry] });
    this.read(ref, (doc) => touchesBody(update, doc)).then(
      (isTouched) => {
        if (isTouched) this.#sayBody(ref, memberId);
      },
      (error: unknown) =>
        this.options.log.warn({ err: error, report: ref.reportId }, 'an edit could not be looked at'),
    );
  }

  #sayBody(ref: DocRef, memberId: string | null): void {
    for (const listener of this.#bodyListeners) listener(ref, memberId);
  }

  // Rights

  cut(target: CutTarget, code: CutMessage['code']): void {
    const message = { target, code };
    this.#doorman.cut(message);
    this.options.bus.publish(CUT_CHANNEL, encodeNodeMessage(message));
  }

  lockChanged(ref: DocRef, locked: boolean): void {
    this.#table.setLocked(ref.reportId, locked);
    this.#table.tell(ref.reportId, { kind: 'lock' });
  }

  // What the bus may have lost

  /** Rights and documents follow within a second also when the bus is away. */
  #watch(): void {
    const failed = (error: unknown): void =>
      this.options.log.debug({ err: error }, 'what the bus may have lost could not be asked for');
    this.#doorman.checkRights().catch(failed);
    this.#table.look().catch(failed);
  }

  // People

  people(reportId: string): Person[] {
    return this.#table.people(reportId);
  }

  onPeopleChanged(listener: (ref: DocRef) => void): void {
    this.#peopleListeners.push(listener);
  }

  onBodyCommitted(listener: (ref: DocRef, memberId: string | null) => void): void {
    this.#bodyListeners.push(listener);
  }

  onCommit(listener: CommitListener): void {
    this.#commitListeners.push(listener);
  }

  // Sockets

  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const { origin, host } = request.headers;
    if (!this.options.auth.isAllowedOrigin(origin ?? null, host ?? null)) return refuseOrigin(socket);
    const visit = { headers: headersOf(request), ...readAddress(request.url ?? '') };
    this.#sockets.accept(request, socket, head, (wire) => this.enter(wire, visit));
  }

  enter(wire: Wire, { wantsAcks, ...visit }: Visit & { readonly wantsAcks: boolean }): Connection {
    const connection = new Connection(wire, wantsAcks, () => performance.now());
    if (this.#drained !== null) connection.close('restarting');
    else this.#doorman.admit(connection, visit);
    return connection;
  }

  stats(): { rooms: number; connections: number } {
    return { rooms: this.#table.rooms().length, connections: this.#doorman.connections().length };
  }

  drain(): Promise<void> {
    this.#drained ??= this.#drain();
    return this.#drained;
  }

  /** Resolves when all that was sent to this process is committed and acknowledged, also what it has yet to read. */
  async #settle(): Promise<void> {
    await this.#doorman.admitted();
    do {
      await aTurn();
      await Promise.all(this.#table.rooms().map((room) => room.settled()));
    } while (this.#table.rooms().some((room) => room.isBusy));
  }

  async #drain(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    await withinTime(this.#settle(), limits.DRAIN_MILLISECONDS);
    // A database that is still away has had its time; whoever waits for it comes again elsewhere.
    this.#commits.stop();
    const closing = this.#doorman.connections();
    for (const connection of closing) connection.close('restarting');
    await Promise.all(closing.map((connection) => connection.closed));
    for (const stop of this.#stopListening) stop();
    this.#sockets.close();
    this.#table.closeAll();
    await this.#compactor.close();
  }
}

/** Long enough for the event loop to read what lies ready in every socket. */
async function aTurn(): Promise<void> {
  // The first ends the turn that it is called in, which may be past its reading.
  await new Promise((resolve) => setImmediate(resolve));
  await new Promise((resolve) => setImmediate(resolve));
}

function copyOf(doc: Y.Doc): Y.Doc {
  const copy = new Y.Doc();
  applyAsIs(copy, [Y.encodeStateAsUpdate(doc)]);
  return copy;
}

/**
 * `/sync/REPORT?ack=1&epoch=N&v=N`: y-websocket adds the room's name as the last part of the path. An id is written
 * in small letters everywhere inside, as the database does; in large ones it would open a second room.
 */
function readAddress(address: string): Omit<Visit, 'headers'> & { wantsAcks: boolean } {
  const [path = '', text = ''] = address.split('?', 2);
  const query = new URLSearchParams(text);
  const whole = (name: string): number | null => {
    const value = query.get(name);
    return value !== null && /^\d{1,10}$/.test(value) ? Number(value) : null;
  };
  return {
    reportId: (path.split('/').at(-1) ?? '').toLowerCase(),
    wantsAcks: query.get('ack') === '1',
    epoch: whole('epoch'),
    version: whole('v'),
  };
}

function headersOf(request: IncomingMessage): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    for (const one of Array.isArray(value) ? value : [value])
      if (one !== undefined) headers.append(name, one);
  }
  return headers;
}
