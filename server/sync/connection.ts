/**
 * One socket's life: it is being admitted, then it is open in a room, then it is closing. Messages that come before
 * it is open wait for it, and so do those above the rate: the socket is paused, so its sender slows down, and only
 * a flood is cut. Every SyncStep2 and Update is numbered from 1; the room acknowledges or refuses by that number.
 */
import { can } from '#core/domain/roles.ts';
import type { Role } from '#core/domain/words.ts';
import type { Principal } from '#server/principal.ts';
import { NOTHING, type Person, type Visitor } from './awareness.ts';
import { closeCodes, type CloseReason, type Refusal } from './close-codes.ts';
import { isEmptyUpdate } from './document.ts';
import type { Incoming } from './examination.ts';
import { decodeMessage, encodeAck, encodeRefused, type ClientMessage } from './frame.ts';
import * as limits from './limits.ts';
import { Rate } from './rate.ts';
import type { Room } from './room.ts';

/** The socket itself, without its protocol. */
export interface Wire {
  /** `sent` runs when the bytes have left this process. */
  send(frame: Uint8Array, sent?: () => void): void;
  /** Bytes that have not left yet. */
  buffered(): number;
  setPaused(paused: boolean): void;
  ping(): void;
  close(code: number, reason: string): void;
  terminate(): void;
}

type State =
  | { readonly kind: 'admitting' }
  | { readonly kind: 'open'; readonly room: Room; readonly principal: Principal; role: Role }
  /** `role`: with what right it sent what is still under way; null when that was taken, or it was cut. */
  | { readonly kind: 'closing'; readonly role: Role | null };

export class Connection implements Visitor {
  #state: State = { kind: 'admitting' };
  #waiting: Uint8Array[] = [];
  #waitingBytes = 0;
  #timer: NodeJS.Timeout | null = null;
  /** How many SyncStep2 and Update messages came, how many of them were dealt with, and how many are settled. */
  #received = 0;
  #reached = 0;
  #settled = 0;
  /** Whether its SyncStep2 came, and what came before it and hangs on it. */
  #hasBroughtAll = false;
  readonly #early: Incoming[] = [];
  /** The numbers of such messages until they are settled: later ones may be settled before them. */
  readonly #unsettledEarly = new Set<number>();
  #earlyTimer: NodeJS.Timeout | null = null;
  #unsettledBytes = 0;
  /** Bytes of the SyncStep2 under way: a big document is no sign of a reader that does not read. */
  #answering = 0;
  /** The newest SyncStep1 that came meanwhile. One answer at a time: each may be the whole document. */
  #asked: Uint8Array | null = null;
  #isAlive = true;
  #sayClosed: () => void = () => undefined;
  /** Resolves when the socket is closed on both sides. */
  readonly closed = new Promise<void>((resolve) => {
    this.#sayClosed = resolve;
  });
  readonly #rate: Rate;
  readonly #step1Rate: Rate;

  constructor(
    readonly wire: Wire,
    readonly wantsAcks: boolean,
    readonly now: () => number,
  ) {
    this.#rate = new Rate(limits.MESSAGES_PER_SECOND, limits.MESSAGE_BURST, now());
    this.#step1Rate = new Rate(limits.STEP1_PER_SECOND, limits.STEP1_BURST, now());
  }

  get isClosing(): boolean {
    return this.#state.kind === 'closing';
  }

  /** Whose it is; null before it is admitted and after it was closed. */
  get principal(): Principal | null {
    return this.#state.kind === 'open' ? this.#state.principal : null;
  }

  get role(): Role | null {
    return this.#state.kind === 'admitting' ? null : this.#state.role;
  }

  get person(): Person {
    if (this.#state.kind !== 'open') return { id: '', name: '', color: '' };
    const { memberId, name, color } = this.#state.principal;
    return { id: memberId, name, color };
  }

  rights(): { readonly body: boolean; readonly rationale: boolean } {
    const { role } = this;
    return {
      body: role !== null && can(role, 'body.write'),
      rationale: role !== null && can(role, 'rationale.write'),
    };
  }

  /** Admits it into a room, which must have been loaded. Does nothing when it went away meanwhile. */
  open(room: Room, principal: Principal, role: Role): void {
    if (this.#state.kind !== 'admitting') return;
    this.#state = { kind: 'open', room, principal, role };
    room.enter(this);
    this.#pump();
  }

  changeRole(role: Role): void {
    if (this.#state.kind === 'open') this.#state.role = role;
  }

  /** A message came from the socket. */
  receive(bytes: Uint8Array): void {
    if (this.isClosing) return;
    this.#isAlive = true;
    if (bytes.length > limits.MAX_FRAME_BYTES) return this.close('too_large');
    this.#waiting.push(bytes);
    this.#waitingBytes += bytes.length;
    if (this.#waiting.length > limits.MAX_WAITING_MESSAGES || this.#waitingBytes > limits.MAX_WAITING_BYTES) {
      return this.close('too_many_messages');
    }
    this.#pump();
  }

  /** Handles what waits, as far as it may be read now; the rest keeps the socket paused. */
  #pump(): void {
    if (this.#state.kind !== 'open' || this.#timer !== null) return this.#pauseWhileWaiting();
    const { room } = this.#state;
    while (this.#waiting.length > 0 && !this.#hasTooMuchUnsettled() && !this.isClosing) {
      const delay = this.#rate.take(this.now());
      if (delay > 0) {
        this.#timer = setTimeout(() => {
          this.#timer = null;
          this.#pump();
        }, delay);
        break;
      }
      const bytes = this.#waiting.shift();
      if (bytes === undefined) break;
      this.#waitingBytes -= bytes.length;
      this.#handle(decodeMessage(bytes), room);
    }
    this.#pauseWhileWaiting();
  }

  #pauseWhileWaiting(): void {
    if (!this.isClosing) this.wire.setPaused(this.#waiting.length > 0);
  }

  #hasTooMuchUnsettled(): boolean {
    const count = this.#received - this.#settled;
    return count >= limits.MAX_UNSETTLED_MESSAGES || this.#unsettledBytes >= limits.MAX_UNSETTLED_BYTES;
  }

  #handle(message: ClientMessage | null, room: Room): void {
    switch (message?.kind) {
      case undefined:
        return this.close('refused', 'malformed');
      case 'step1':
        return this.#answer(message.stateVector, room);
      case 'update':
        return this.#takeUpdate(message, room);
      case 'awareness': {
        const problem = room.awareness.hear(this, message.update);
        if (problem === 'too_large') return this.close('too_large');
        return problem === null ? undefined : this.close('refused', problem);
      }
      case 'query-awareness': {
        const others = room.awareness.everybodyBut(this);
        return others === null ? undefined : this.send(others);
      }
      case 'unknown':
        return undefined;
    }
  }

  #answer(stateVector: Uint8Array, room: Room): void {
    if (this.#step1Rate.take(this.now()) > 0) return this.close('too_many_messages');
    this.#asked = stateVector;
    this.#answerNext(room);
  }

  #answerNext(room: Room): void {
    const stateVector = this.#asked;
    if (stateVector === null || this.#answering > 0 || this.isClosing) return;
    this.#asked = null;
    const frames = room.answer(stateVector);
    if (frames === null) return this.close('refused', 'malformed');
    this.#answering = frames.reduce((sum, { length }) => sum + length, 0);
    for (const frame of frames) {
      this.wire.send(frame, () => {
        this.#answering -= frame.length;
        this.#answerNext(room);
      });
    }
  }

  #takeUpdate({ update, isWhole }: { update: Uint8Array; isWhole: boolean }, room: Room): void {
    this.#received += 1;
    // A SyncStep2 repeats every deletion: what it changes is measured when that is known (draft.ts).
    if (!isWhole && update.length > limits.MAX_UPDATE_BYTES) return this.close('too_large');
    const { length: bytes } = update;
    this.#unsettledBytes += bytes;
    this.#hasBroughtAll ||= isWhole;
    room.receive({
      connection: this,
      memberId: this.person.id,
      index: this.#received,
      // An empty one is fine from anyone, and is acknowledged in its turn.
      update: isEmptyUpdate(update) ? null : update,
      bytes,
      comesEarly: !this.#hasBroughtAll,
      isWhole,
    });
    if (isWhole) this.#handInEarly(room);
  }

  /** An update that must wait for this socket's SyncStep2; until then nothing is acknowledged. */
  keepEarly(incoming: Incoming): void {
    this.#early.push(incoming);
    this.#unsettledEarly.add(incoming.index);
    const bytes = this.#early.reduce((sum, early) => sum + early.bytes, 0);
    if (this.#early.length > limits.MAX_EARLY_UPDATES || bytes > limits.MAX_UPDATE_BYTES)
      return this.refuse(incoming.index, 'gap');
    if (this.#state.kind !== 'open') return;
    if (this.#hasBroughtAll) return this.#handInEarly(this.#state.room);
    this.#earlyTimer ??= setTimeout(() => this.refuse(incoming.index, 'gap'), limits.EARLY_MILLISECONDS);
  }

  #handInEarly(room: Room): void {
    if (this.#earlyTimer !== null) clearTimeout(this.#earlyTimer);
    this.#earlyTimer = null;
    for (const incoming of this.#early.splice(0)) {
      this.#unsettledBytes += incoming.bytes;
      room.receive({ ...incoming, comesEarly: false });
    }
  }

  /** These messages are settled: committed, or nothing new; and so are all before them that did not come early. */
  acknowledge(indexes: readonly number[], bytes: number): void {
    this.#unsettledBytes -= bytes;
    this.#reached = Math.max(this.#reached, ...indexes);
    for (const index of indexes) this.#unsettledEarly.delete(index);
    if (this.#unsettledEarly.size === 0 && this.#reached > this.#settled) {
      this.#settled = this.#reached;
      if (this.wantsAcks) this.send(encodeAck(this.#settled));
    }
    this.#pump();
  }

  refuse(index: number, code: Refusal): void {
    if (this.wantsAcks) this.send(encodeRefused(index, code));
    this.close('refused', code);
  }

  send(frame: Uint8Array): void {
    if (this.isClosing) return;
    if (this.wire.buffered() > limits.MAX_BUFFERED_BYTES + this.#answering)
      return this.close('try_later', 'too slow a reader');
    this.wire.send(frame);
  }

  /** Every 25 s: keeps proxies and y-websocket content, and ends a peer that is gone. */
  checkAlive(): void {
    if (this.isClosing) return;
    const isPaused = this.#waiting.length > 0;
    if (!this.#isAlive && !isPaused) {
      this.wire.terminate();
      return this.gone();
    }
    this.#isAlive = false;
    this.wire.ping();
    this.send(NOTHING);
  }

  answeredPing(): void {
    this.#isAlive = true;
  }

  close(reason: CloseReason, words: string = reason): void {
    if (this.isClosing) return;
    const code = closeCodes[reason];
    this.#end(code < 4000);
    // What is unread would keep the peer's answer to the close from being read.
    this.wire.setPaused(false);
    this.wire.close(code, words);
  }

  /** The socket is closed. */
  gone(): void {
    if (!this.isClosing) this.#end(true);
    this.#sayClosed();
  }

  #end(keepsRole: boolean): void {
    const state = this.#state;
    this.#state = { kind: 'closing', role: keepsRole && state.kind === 'open' ? state.role : null };
    this.#waiting = [];
    this.#asked = null;
    if (this.#timer !== null) clearTimeout(this.#timer);
    if (this.#earlyTimer !== null) clearTimeout(this.#earlyTimer);
    if (state.kind === 'open') state.room.leave(this);
  }
}
