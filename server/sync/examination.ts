/**
 * The examination of one batch: which of its messages may be applied, and what of them goes into the log. Most are
 * plain, and are applied to the draft in runs, one transaction of Yjs each; what is not plain breaks the run and is
 * tried alone. After a rejection the rest of that socket's messages falls. What one socket brought in a run is one
 * entry of the log. Entries of a batch are committed together: only after all of them is the document whole.
 */
import * as Y from 'yjs';
import type { Refusal } from './close-codes.ts';
import type { Connection } from './connection.ts';
import type { Draft } from './draft.ts';
import { mayRestOnNews, type Sender } from './inspect.ts';
import { MAX_MERGE, MAX_UPDATE_BYTES } from './limits.ts';

/** A numbered message of a socket, waiting for its turn. `update` null: an empty one. */
export interface Incoming {
  readonly connection: Connection;
  readonly memberId: string;
  readonly index: number;
  readonly update: Uint8Array | null;
  readonly bytes: number;
  /**
   * The socket has not brought its SyncStep2 yet, so this may hang on work of its that is not here: what was written
   * offline. y-websocket sends what is typed at once, also before it has been asked for the rest.
   */
  readonly comesEarly: boolean;
  /** A SyncStep2: it also holds what others wrote. An Update holds what its sender did. */
  readonly isWhole: boolean;
}

/** One entry of the log to be, and what brought it. */
export interface Accepted {
  readonly connection: Connection;
  readonly memberId: string;
  readonly update: Uint8Array;
  readonly touchesBody: boolean;
  /** The server's own tidying is in it, which its sender has not. */
  readonly isTidied: boolean;
  /** Client ids that it claims, each with the message that used it first. */
  readonly claims: ReadonlyMap<number, Incoming>;
}

export type Rejection =
  | { readonly kind: 'refused'; readonly code: Refusal }
  | { readonly kind: 'read-only' }
  | { readonly kind: 'too large' }
  /** Whether it may be taken cannot be told now. */
  | { readonly kind: 'try later' };

export interface Examined {
  readonly accepted: readonly Accepted[];
  readonly rejected: ReadonlyMap<Incoming, Rejection>;
  /** What must wait for the SyncStep2 of its socket. */
  readonly early: readonly Incoming[];
}

/** What came of reading what other nodes committed: something new, nothing new, or it could not be read. */
export type CaughtUp = 'advanced' | 'nothing' | 'failed';

/** The room, as an examination sees it. */
export interface ExaminedRoom {
  isLocked(): boolean;
  hasSpaceFor(bytes: number): boolean;
  /** Whose a client id is; undefined: nobody's yet. */
  ownerOf(clientId: number): string | undefined;
  /** Reads what other nodes committed until now. */
  catchUp(): Promise<CaughtUp>;
}

/** A message of a run that was applied. */
interface Plain {
  readonly incoming: Incoming;
  readonly update: Uint8Array;
  readonly touchesBody: boolean;
  readonly newClients: readonly number[];
}

type TrialOutcome = 'done' | Rejection;

export class Examination {
  readonly #accepted: Accepted[] = [];
  readonly #rejected = new Map<Incoming, Rejection>();
  readonly #fallen = new Set<Connection>();
  readonly #early: Incoming[] = [];
  /** Bytes accepted in this batch, which the room does not count yet. */
  #accepting = 0;
  /** Who claims a client id by an update of this batch. */
  #claimants = new Map<number, string>();

  /** `lost`: messages that used client ids which somebody on another node claimed first. */
  constructor(
    readonly room: ExaminedRoom,
    readonly draft: Draft,
    readonly lost: ReadonlySet<Incoming>,
  ) {}

  async examine(batch: readonly Incoming[]): Promise<Examined> {
    for (let at = 0; at < batch.length;) {
      const run = this.#tryRun(batch, at);
      for (const incoming of run.again) await this.#tryAlone(incoming);
      at = run.next;
      const alone = batch[at++];
      if (alone !== undefined) await this.#tryAlone(alone);
    }
    return { accepted: this.#accepted, rejected: this.#rejected, early: this.#early };
  }

  #mayBeTried({ connection, update }: Incoming): boolean {
    return update !== null && !this.#fallen.has(connection);
  }

  /** Applies plain messages from `at` on. `next`: the first that must go alone; `again`: all before it, if it was spoiled. */
  #tryRun(
    batch: readonly Incoming[],
    at: number,
  ): { readonly next: number; readonly again: readonly Incoming[] } {
    const run: Plain[] = [];
    let next = at;
    const result = this.draft.run(() => {
      for (; next < batch.length; next++) {
        const incoming = batch[next];
        if (incoming === undefined || !this.#tryInRun(incoming, run)) return;
      }
    });
    if (result === 'spoiled') {
      const again = batch.slice(at, next);
      this.#forget(again);
      return { next, again };
    }
    if (result !== 'nothing') this.#accepted.push(...entriesOf(run, result.update, result.tidied));
    return { next, again: [] };
  }

  /** What was found of these was found beside something that is not to be. */
  #forget(messages: readonly Incoming[]): void {
    this.#claimants = claimantsOf(this.#accepted);
    this.#accepting = this.#accepted.reduce((sum, { update }) => sum + update.length, 0);
    for (const incoming of messages)
      if (this.#rejected.delete(incoming)) this.#fallen.delete(incoming.connection);
  }

  /** False: it must go alone. */
  #tryInRun(incoming: Incoming, run: Plain[]): boolean {
    if (!this.#mayBeTried(incoming)) return true;
    const { update, memberId } = incoming;
    if (update === null || this.lost.has(incoming)) return false;
    const trial = this.draft.tryPlain(update, this.#senderOf(incoming), this.#ownerOf, this.#fits);
    switch (trial.kind) {
      case 'alone':
        return false;
      case 'nothing new':
        return true;
      case 'applied':
        for (const client of trial.newClients) this.#claimants.set(client, memberId);
        this.#accepting += update.length;
        run.push({ incoming, update, touchesBody: trial.touchesBody, newClients: trial.newClients });
        return true;
      default:
        this.#reject(incoming, trial);
        return true;
    }
  }

  async #tryAlone(incoming: Incoming): Promise<void> {
    if (!this.#mayBeTried(incoming)) return;
    // Not tried again: what the other wrote may be here by now, and this would look like nothing new.
    if (this.lost.has(incoming)) return this.#reject(incoming, { kind: 'refused', code: 'foreign_client' });
    let outcome = this.#try(incoming);
    // What other nodes committed may be missing here.
    if (outcome !== 'done' && mayRestOnNews(outcome)) {
      const caughtUp = await this.room.catchUp();
      if (caughtUp === 'advanced') outcome = this.#try(incoming);
      else if (caughtUp === 'failed') outcome = { kind: 'try later' };
    }
    if (isGap(outcome) && incoming.comesEarly) this.#early.push(incoming);
    else if (outcome !== 'done') this.#reject(incoming, outcome);
  }

  #try(incoming: Incoming): TrialOutcome {
    const { connection, memberId, update } = incoming;
    if (update === null) return 'done';
    const trial = this.draft.try(update, this.#senderOf(incoming), this.#ownerOf, this.#fits);
    if (trial.kind === 'nothing new') return 'done';
    if (trial.kind !== 'applied') return trial;
    const { touchesBody, isTidied, newClients } = trial;
    const claims = new Map(newClients.map((client) => [client, incoming]));
    for (const client of newClients) this.#claimants.set(client, memberId);
    this.#accepting += trial.update.length;
    this.#accepted.push({ connection, memberId, update: trial.update, touchesBody, isTidied, claims });
    return 'done';
  }

  #reject(incoming: Incoming, rejection: Rejection): void {
    this.#rejected.set(incoming, rejection);
    this.#fallen.add(incoming.connection);
  }

  #senderOf({ connection, memberId }: Incoming): Sender {
    return { memberId, rights: { ...connection.rights(), locked: this.room.isLocked() } };
  }

  readonly #ownerOf = (clientId: number): string | undefined =>
    this.room.ownerOf(clientId) ?? this.#claimants.get(clientId);

  readonly #fits = (bytes: number): boolean =>
    bytes <= MAX_UPDATE_BYTES && this.room.hasSpaceFor(this.#accepting + bytes);
}

function isGap(outcome: TrialOutcome): boolean {
  return outcome !== 'done' && outcome.kind === 'refused' && outcome.code === 'gap';
}

function claimantsOf(accepted: readonly Accepted[]): Map<number, string> {
  return new Map(
    accepted.flatMap(({ memberId, claims }) => [...claims.keys()].map((client) => [client, memberId])),
  );
}

/** `whole`: what the run changed, encoded once; that is the entry when all of it came by one socket. */
function entriesOf(run: readonly Plain[], whole: Uint8Array, tidied: Uint8Array | null): Accepted[] {
  const bySocket = new Map<Connection, Plain[]>();
  for (const plain of run) {
    const own = bySocket.get(plain.incoming.connection);
    if (own === undefined) bySocket.set(plain.incoming.connection, [plain]);
    else own.push(plain);
  }
  const entries =
    bySocket.size === 1
      ? [entryOf(run, whole)]
      : [...bySocket.values()].flatMap((own) => inLots(own).map((lot) => entryOf(lot, mergedOf(lot))));
  const last = entries.at(-1);
  if (tidied !== null && last !== undefined)
    entries.push({ ...last, update: tidied, isTidied: true, claims: new Map() });
  return entries;
}

function entryOf(plain: readonly Plain[], update: Uint8Array): Accepted {
  const [first] = plain;
  if (first === undefined) throw new Error('an entry of nothing');
  const { connection, memberId } = first.incoming;
  return {
    connection,
    memberId,
    update,
    touchesBody: plain.some((one) => one.touchesBody),
    isTidied: false,
    claims: new Map(
      plain.flatMap(({ newClients, incoming }) => newClients.map((client) => [client, incoming] as const)),
    ),
  };
}

function mergedOf(lot: readonly Plain[]): Uint8Array {
  const [only] = lot;
  return lot.length === 1 && only !== undefined
    ? only.update
    : Y.mergeUpdates(lot.map(({ update }) => update));
}

function inLots(plain: readonly Plain[]): Plain[][] {
  const lots: Plain[][] = [];
  for (let at = 0; at < plain.length; at += MAX_MERGE) lots.push(plain.slice(at, at + MAX_MERGE));
  return lots;
}
