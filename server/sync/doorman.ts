/**
 * Who may come in, and who must leave: signs a socket in, finds its role for the report, holds the limits of this node's
 * sockets, and cuts those whose right is lost. A right may be lost while its socket is still being admitted, so
 * each admission asks at its end whether a cut came meanwhile. Cuts may be lost too: each socket carries the version
 * of its workspace's rights that was read before it was asked what it may do, and while that is not the newest it is
 * asked again.
 */
import { roles, type Role } from '#core/domain/words.ts';
import { isAppError } from '#core/errors.ts';
import type { Authenticator } from '#server/auth/authenticator.ts';
import { watchExpiry } from '#server/auth/expiry.ts';
import type { Log } from '#server/log.ts';
import type { Principal } from '#server/principal.ts';
import type { CloseReason } from './close-codes.ts';
import type { Connection } from './connection.ts';
import {
  ADMIT_MILLISECONDS,
  MAX_SOCKETS_PER_MEMBER,
  MAX_SOCKETS_PER_REPORT,
  OLDEST_PROTOCOL_VERSION,
} from './limits.ts';
import { FreshRuns } from './fresh-runs.ts';
import type { CutMessage } from './node-messages.ts';
import type { DocRef, Room } from './room.ts';

export type CutTarget = CutMessage['target'];

/** What sync needs of it. */
export type SyncAuthenticator = Pick<
  Authenticator,
  'authenticate' | 'roleFor' | 'isAllowedOrigin' | 'forget'
>;

export interface DoormanOptions {
  readonly auth: SyncAuthenticator;
  readonly log: Log;
  readonly openRoom: (ref: DocRef) => Promise<Room>;
  /** Of each workspace; it rises with each change of somebody's rights there. */
  readonly rightsVersions: (workspaceIds: readonly string[]) => Promise<ReadonlyMap<string, number>>;
}

/** What a socket asks for, and by whom. */
export interface Visit {
  readonly headers: Headers;
  readonly reportId: string;
  /** The epoch of the document that the client has; null: it does not say. */
  readonly epoch: number | null;
  /** Of our own client's protocol; null: somebody else's client. */
  readonly version: number | null;
}

const cutReasons = { 4401: 'signed_out', 4403: 'no_right', 4404: 'no_report' } as const satisfies Record<
  CutMessage['code'],
  CloseReason
>;

export class Doorman {
  readonly #visits = new Map<Connection, Visit>();
  /** Those that were let in, by member. */
  readonly #ofMember = new Map<string, Set<Connection>>();
  readonly #admissions = new Set<Promise<void>>();
  /** As last read, when what was remembered from before was forgotten. Replaced, never changed: an admission holds its own. */
  #rights: ReadonlyMap<string, number> = new Map();
  /** By which version of rights each socket was asked last; without one, as no version was known then. */
  readonly #askedBy = new WeakMap<Connection, number>();
  readonly #rightsChecks = new FreshRuns(() => this.#checkRights());
  #cuts: { readonly message: CutMessage; readonly at: number }[] = [];

  constructor(readonly options: DoormanOptions) {}

  connections(): Connection[] {
    for (const connection of this.#visits.keys()) if (connection.isClosing) this.#visits.delete(connection);
    return [...this.#visits.keys()];
  }

  /** Opens the connection into its report's room, or closes it with the reason. */
  admit(connection: Connection, visit: Visit): void {
    this.#visits.set(connection, visit);
    const admission = this.#admit(connection, visit).finally(() => this.#admissions.delete(admission));
    this.#admissions.add(admission);
  }

  /** Resolves when whoever came so far is in, or turned away. */
  async admitted(): Promise<void> {
    await Promise.all(this.#admissions);
  }

  async #admit(connection: Connection, visit: Visit): Promise<void> {
    const impatience = setTimeout(() => {
      if (connection.principal === null) connection.close('try_later');
    }, ADMIT_MILLISECONDS);
    try {
      const problem = await this.#letIn(connection, visit);
      if (problem !== null) connection.close(problem);
    } catch (error) {
      if (isAppError(error) && error.code === 'not_found') return connection.close('no_report');
      this.options.log.warn({ err: error, report: visit.reportId }, 'a socket could not be admitted');
      connection.close('try_later');
    } finally {
      clearTimeout(impatience);
    }
  }

  async #letIn(connection: Connection, visit: Visit): Promise<CloseReason | null> {
    const { headers, reportId, epoch, version } = visit;
    const { auth, openRoom } = this.options;
    if (version !== null && version < OLDEST_PROTOCOL_VERSION) return 'client_too_old';
    const startedAt = Date.now();
    const rights = this.#rights;
    const principal = await auth.authenticate(headers);
    if (principal === null) return 'signed_out';
    const role = isUuid(reportId) ? await auth.roleFor(principal, reportId) : null;
    if (role === null) return 'no_report';
    const room = await openRoom({ workspaceId: principal.workspaceId, reportId });
    if (epoch !== null && epoch !== room.epoch) return 'epoch_changed';
    const cut = this.#cuts.find(
      ({ message, at }) => at >= startedAt && isHit(message.target, principal, reportId),
    );
    if (cut !== undefined) return cutReasons[cut.message.code];
    if (
      room.connections.size >= MAX_SOCKETS_PER_REPORT ||
      this.#countOf(principal.memberId) >= MAX_SOCKETS_PER_MEMBER
    )
      return 'try_later';
    this.#noteAsked(connection, rights.get(principal.workspaceId));
    connection.open(room, principal, role);
    this.#count(connection, principal.memberId);
    this.#cutWhenExpired(connection, principal, headers);
    return null;
  }

  #cutWhenExpired(connection: Connection, principal: Principal, headers: Headers): void {
    const { auth, log } = this.options;
    const stop = watchExpiry({
      principal,
      ask: () => auth.authenticate(headers),
      ended: (error) => {
        if (error !== null) log.warn({ err: error }, 'whether a session ended could not be asked for');
        connection.close(error === null ? 'signed_out' : 'try_later');
      },
    });
    void connection.closed.then(stop);
  }

  #count(connection: Connection, memberId: string): void {
    const own = this.#ofMember.get(memberId) ?? new Set();
    this.#ofMember.set(memberId, own.add(connection));
    void connection.closed.then(() => {
      own.delete(connection);
      if (own.size === 0 && this.#ofMember.get(memberId) === own) this.#ofMember.delete(memberId);
    });
  }

  #countOf(memberId: string): number {
    let count = 0;
    for (const { isClosing } of this.#ofMember.get(memberId) ?? []) if (!isClosing) count += 1;
    return count;
  }

  /** Closes whom it concerns, also those who are still being admitted. */
  cut(message: CutMessage): void {
    const now = Date.now();
    this.#cuts = [...this.#cuts.filter(({ at }) => now - at < ADMIT_MILLISECONDS), { message, at: now }];
    for (const connection of this.connections()) {
      const visit = this.#visits.get(connection);
      const { principal } = connection;
      if (visit !== undefined && principal !== null && isHit(message.target, principal, visit.reportId)) {
        connection.close(cutReasons[message.code]);
      }
    }
  }

  /** Asks again what each socket may do whose workspace's rights changed since; what fails is asked the next time. */
  checkRights(): Promise<void> {
    return this.#rightsChecks.run();
  }

  async #checkRights(): Promise<void> {
    const { auth, log, rightsVersions } = this.options;
    const workspaceIds = new Set(this.connections().flatMap(({ principal }) => principal?.workspaceId ?? []));
    if (workspaceIds.size === 0) return;
    const rights = await rightsVersions([...workspaceIds]);
    if ([...rights].some(([id, version]) => this.#rights.get(id) !== version)) auth.forget();
    this.#rights = rights;
    const checks = this.connections().map((connection) => this.#checkOne(connection, rights));
    for (const check of await Promise.allSettled(checks))
      if (check.status === 'rejected')
        log.debug({ err: check.reason as unknown }, 'what a socket may do could not be asked for');
  }

  async #checkOne(connection: Connection, rights: ReadonlyMap<string, number>): Promise<void> {
    const visit = this.#visits.get(connection);
    const version = rights.get(connection.principal?.workspaceId ?? '');
    if (visit === undefined || version === undefined || this.#askedBy.get(connection) === version) return;
    const principal = await this.options.auth.authenticate(visit.headers);
    if (principal === null) return connection.close('signed_out');
    const role = await this.options.auth.roleFor(principal, visit.reportId);
    if (role === null) return connection.close('no_report');
    if (connection.role !== null && isLower(connection.role, role)) return connection.close('no_right');
    connection.changeRole(role);
    this.#noteAsked(connection, version);
  }

  #noteAsked(connection: Connection, version: number | undefined): void {
    if (version !== undefined) this.#askedBy.set(connection, version);
  }
}

function isLower(before: Role, next: Role): boolean {
  return roles.indexOf(next) < roles.indexOf(before);
}

/** Every part that the target names must fit; a target that names nothing hits nobody. */
function isHit(target: CutTarget, principal: Principal, reportId: string): boolean {
  const { via } = principal;
  const facts: Required<CutTarget> = {
    memberId: principal.memberId,
    sessionId: via.kind === 'session' ? via.id : undefined,
    tokenId: via.kind === 'token' ? via.id : undefined,
    workspaceId: principal.workspaceId,
    reportId,
  };
  const named = Object.entries(target).filter(([, value]) => value !== undefined);
  return (
    named.length > 0 &&
    named.every(([name, value]) =>
      Object.entries(facts).some(([fact, own]) => fact === name && own === value),
    )
  );
}

/** In small letters: rooms and the log know no others. */
function isUuid(value: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value);
}
