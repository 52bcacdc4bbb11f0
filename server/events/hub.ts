/**
 * Tells people what happens in their workspace: the records' events over Socket.IO on `/events`, in one sequence
 * per workspace, and who has which report open. On several nodes the bus carries them; the table is the truth, so
 * a lost message costs time and nothing else.
 */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Socket } from 'socket.io';
import {
  clientMessages,
  IMPORT_PROGRESS_EVENT,
  PRESENCE_EVENT,
  type ImportProgress,
  type ReportPresence,
} from '#core/events.ts';
import { roles } from '#core/domain/words.ts';
import type { Database } from '#db/open.ts';
import { workspaceMarks } from '#db/queries/principals.ts';
import type { Authenticator } from '#server/auth/authenticator.ts';
import { watchExpiry } from '#server/auth/expiry.ts';
import type { Bus } from '#server/bus/bus.ts';
import type { Log } from '#server/log.ts';
import { openDoor, type Door, type Visit } from './door.ts';
import { EventListener } from './listener.ts';
import { WorkspaceStream, type StoredEvent } from './stream.ts';

export type { StoredEvent } from './stream.ts';

export interface CutTarget {
  memberId?: string;
  sessionId?: string;
  tokenId?: string;
  workspaceId?: string;
}

/** Who imports. */
export interface Importer {
  readonly workspaceId: string;
  readonly memberId: string;
}

export type CutCode = 4401 | 4403;

export interface EventHub {
  /** After the commit: to the workspace's sockets on every node, in the order of versions, each once. */
  publish(workspaceId: string, events: StoredEvent[]): void;
  /** Says `revoked` to the sockets that fit every part of the target and closes them, on every node. */
  cut(target: CutTarget, code?: CutCode): void;
  /** Tells the sockets of one member, on every node, how far an import of theirs is; it is kept nowhere. */
  importProgressed(to: Importer, progress: ImportProgress): void;
  /** Who has the report open changed. */
  presence(ref: { workspaceId: string; reportId: string }): void;
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  stats(): { connections: number };
  drain(): Promise<void>;
}

export interface EventHubOptions {
  database: Database;
  bus: Bus;
  auth: Authenticator;
  log: Log;
  /** Asked late, because rooms and hub know each other. */
  people: (reportId: string) => ReportPresence['people'];
  serverBuild: string;
}

const CUT_CHANNEL = 'events-cut';
const PROGRESS_CHANNEL = 'events-progress';
const PRESENCE_MILLISECONDS = 50;
/** How often a node looks whether rights or events changed without its being told. */
const WATCH_MILLISECONDS = 500;

export function openEventHub(options: EventHubOptions): EventHub {
  return new OpenEventHub(options);
}

interface Workspace {
  stream: WorkspaceStream;
  listeners: Set<EventListener>;
  rights: number | null;
  stop: () => void;
}

class OpenEventHub implements EventHub {
  readonly #options: EventHubOptions;
  readonly #door: Door;
  readonly #workspaces = new Map<string, Workspace>();
  /** Reports that somebody has open, by workspace: what a newcomer is told. */
  readonly #open = new Map<string, Set<string>>();
  readonly #changed = new Map<string, string>();
  readonly #stops: (() => void)[] = [];
  #presenceTimer: NodeJS.Timeout | null = null;

  constructor(options: EventHubOptions) {
    this.#options = options;
    const { auth, bus, database } = options;
    this.#door = openDoor(auth, (socket, visit) => this.#enter(socket, visit));
    this.#stops.push(
      bus.subscribe(CUT_CHANNEL, (bytes) => {
        const { target, code }: { target: CutTarget; code: CutCode } = JSON.parse(text(bytes));
        this.#cutHere(target, code);
      }),
      bus.subscribe(PROGRESS_CHANNEL, (bytes) => {
        const { to, progress }: { to: Importer; progress: ImportProgress } = JSON.parse(text(bytes));
        this.#progressedHere(to, progress);
      }),
      bus.onGap(() => this.#catchUp([...this.#workspaces.values()])),
    );
    if (database.engine === 'postgres') {
      const watch = setInterval(() => void this.#watch(), WATCH_MILLISECONDS).unref();
      this.#stops.push(() => clearInterval(watch));
    }
  }

  publish(workspaceId: string, events: StoredEvent[]): void {
    this.#workspaces.get(workspaceId)?.stream.publish(events);
    this.#options.bus.publish(channelOf(workspaceId), JSON.stringify(events));
  }

  cut(target: CutTarget, code: CutCode = 4403): void {
    this.#cutHere(target, code);
    this.#options.bus.publish(CUT_CHANNEL, JSON.stringify({ target, code }));
  }

  importProgressed({ workspaceId, memberId }: Importer, progress: ImportProgress): void {
    const to = { workspaceId, memberId };
    this.#progressedHere(to, progress);
    this.#options.bus.publish(PROGRESS_CHANNEL, JSON.stringify({ to, progress }));
  }

  presence({ workspaceId, reportId }: { workspaceId: string; reportId: string }): void {
    const open = this.#open.get(workspaceId) ?? new Set();
    this.#open.set(workspaceId, open.add(reportId));
    this.#changed.set(reportId, workspaceId);
    this.#presenceTimer ??= setTimeout(() => this.#sendPresence(), PRESENCE_MILLISECONDS).unref();
  }

  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.#door.handleUpgrade(request, socket, head);
  }

  stats(): { connections: number } {
    return {
      connections: [...this.#workspaces.values()].reduce((sum, { listeners }) => sum + listeners.size, 0),
    };
  }

  async drain(): Promise<void> {
    for (const stop of this.#stops) stop();
    for (const { stop } of this.#workspaces.values()) stop();
    if (this.#presenceTimer !== null) clearTimeout(this.#presenceTimer);
    await this.#door.close();
  }

  #enter(socket: Socket, { principal, headers, since }: Visit): void {
    const { database, serverBuild } = this.#options;
    const listener = new EventListener(socket, principal, headers);
    const workspace = this.#workspace(principal.workspaceId);
    workspace.listeners.add(listener);
    const stop = watchExpiry({
      principal,
      ask: () => this.#options.auth.authenticate(headers),
      ended: (error) => {
        if (error !== null)
          this.#options.log.warn({ err: error }, 'whether a session ended could not be asked for');
        revoke(listener, 4401);
      },
    });
    socket.on('disconnect', () => {
      stop();
      this.#left(listener);
    });
    socket.on('report.open', (...said: unknown[]) => void this.#opened(listener, said[0], said.at(-1)));
    socket.on('report.close', (...said: unknown[]) => {
      const isFine = clientMessages['report.close'].safeParse(said[0]).success;
      acknowledge(said.at(-1), isFine ? { ok: true } : { ok: false, code: 'invalid_input' });
    });
    listener
      .begin(workspace.stream, database.db, since, serverBuild)
      .then(() => this.#greet(listener))
      .catch((error: unknown) => {
        this.#options.log.error({ err: error }, 'an events socket could not begin');
        socket.conn.close();
      });
  }

  /** Tells a newcomer who is where. */
  #greet({ socket, principal }: EventListener): void {
    for (const reportId of this.#open.get(principal.workspaceId) ?? []) {
      socket.emit(PRESENCE_EVENT, { reportId, people: this.#options.people(reportId) });
    }
  }

  async #opened({ socket, principal }: EventListener, message: unknown, answer: unknown): Promise<void> {
    const parsed = clientMessages['report.open'].safeParse(message);
    if (!parsed.success) return acknowledge(answer, { ok: false, code: 'invalid_input' });
    const { reportId } = parsed.data;
    try {
      const role = await this.#options.auth.roleFor(principal, reportId);
      if (role === null) return acknowledge(answer, { ok: false, code: 'not_found' });
      const presence = { reportId, people: this.#options.people(reportId) };
      socket.emit(PRESENCE_EVENT, presence);
      acknowledge(answer, { ok: true, people: presence.people });
    } catch (error) {
      this.#options.log.error({ err: error }, 'a report could not be opened for events');
      acknowledge(answer, { ok: false, code: 'internal' });
    }
  }

  #workspace(workspaceId: string): Workspace {
    const present = this.#workspaces.get(workspaceId);
    if (present !== undefined) return present;
    const { bus, database, log } = this.#options;
    const onError = (error: unknown): void =>
      log.error({ err: error, workspaceId }, 'missing events could not be read');
    const stream = new WorkspaceStream({ workspaceId, db: database.db, onError });
    const stop = bus.subscribe(channelOf(workspaceId), (bytes) => stream.publish(JSON.parse(text(bytes))));
    const workspace = { stream, listeners: new Set<EventListener>(), rights: null, stop };
    this.#workspaces.set(workspaceId, workspace);
    return workspace;
  }

  #left(listener: EventListener): void {
    listener.end();
    const { workspaceId } = listener.principal;
    const workspace = this.#workspaces.get(workspaceId);
    workspace?.listeners.delete(listener);
    if (workspace === undefined || workspace.listeners.size > 0) return;
    workspace.stop();
    this.#workspaces.delete(workspaceId);
  }

  #cutHere(target: CutTarget, code: CutCode): void {
    this.#options.auth.forget();
    for (const { listeners } of this.#workspaces.values()) {
      for (const listener of listeners) if (fits(listener, target)) revoke(listener, code);
    }
  }

  #progressedHere({ workspaceId, memberId }: Importer, progress: ImportProgress): void {
    for (const { socket, principal } of this.#workspaces.get(workspaceId)?.listeners ?? [])
      if (principal.memberId === memberId) socket.emit(IMPORT_PROGRESS_EVENT, progress);
  }

  #sendPresence(): void {
    this.#presenceTimer = null;
    for (const [reportId, workspaceId] of this.#changed) {
      const people = this.#options.people(reportId);
      if (people.length === 0) this.#open.get(workspaceId)?.delete(reportId);
      for (const { socket } of this.#workspaces.get(workspaceId)?.listeners ?? [])
        socket.emit(PRESENCE_EVENT, { reportId, people });
    }
    this.#changed.clear();
  }

  #catchUp(workspaces: readonly Workspace[]): void {
    for (const { stream } of workspaces) {
      stream
        .catchUp()
        .catch((error: unknown) =>
          this.#options.log.warn({ err: error }, 'events could not be caught up with'),
        );
    }
  }

  /** Rights and events follow within a second also when the bus is away: both have a number to look at. */
  async #watch(): Promise<void> {
    if (this.#workspaces.size === 0) return;
    try {
      for (const { id, eventHead, rightsVersion } of await workspaceMarks(this.#options.database.db, [
        ...this.#workspaces.keys(),
      ])) {
        const workspace = this.#workspaces.get(id);
        if (workspace === undefined) continue;
        const seen = workspace.rights;
        workspace.rights = rightsVersion;
        if (eventHead > workspace.stream.head) this.#catchUp([workspace]);
        if (seen !== null && seen !== rightsVersion) await this.#checkAgain(workspace);
      }
    } catch (error) {
      this.#options.log.debug({ err: error }, 'rights and events could not be asked for');
    }
  }

  async #checkAgain({ listeners }: Workspace): Promise<void> {
    const { auth } = this.#options;
    auth.forget();
    for (const listener of listeners) {
      const now = await auth.authenticate(listener.headers);
      if (now === null || now.workspaceId !== listener.principal.workspaceId) revoke(listener, 4401);
      else if (roles.indexOf(now.role) < roles.indexOf(listener.principal.role)) revoke(listener, 4403);
    }
  }
}

function channelOf(workspaceId: string): string {
  return `events:${workspaceId}`;
}

function text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

function fits(
  { principal }: EventListener,
  { memberId, sessionId, tokenId, workspaceId }: CutTarget,
): boolean {
  const { via } = principal;
  if (memberId === undefined && sessionId === undefined && tokenId === undefined && workspaceId === undefined)
    return false;
  return (
    (memberId === undefined || principal.memberId === memberId) &&
    (workspaceId === undefined || principal.workspaceId === workspaceId) &&
    (sessionId === undefined || (via.kind === 'session' && via.id === sessionId)) &&
    (tokenId === undefined || (via.kind === 'token' && via.id === tokenId))
  );
}

function revoke({ socket }: EventListener, code: CutCode): void {
  socket.emit('revoked', { code, reason: code === 4401 ? 'unauthenticated' : 'forbidden' });
  socket.disconnect(true);
}

function acknowledge(answer: unknown, value: Record<string, unknown>): void {
  if (typeof answer === 'function') Reflect.apply(answer, undefined, [value]);
}
