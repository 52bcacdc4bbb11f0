/**
 * A socket without a network: what each side sends lies in a queue until somebody delivers it, one message at a time,
 * so that a seed decides who hears what when. It may break with any part of both queues delivered.
 */
import type { Connection, Wire } from '#server/sync/connection.ts';
import type { Visit } from '#server/sync/doorman.ts';
import type { Rooms } from '#server/sync/rooms.ts';
import type { Random } from './random.ts';

export interface Listener {
  hear(frame: Uint8Array): void;
  /** 1006: it broke. */
  closed(code: number, reason: string): void;
}

interface Outgoing {
  readonly frame: Uint8Array;
  readonly sent: () => void;
}

export class FakeSocket implements Wire {
  readonly #toServer: Uint8Array[] = [];
  readonly #toClient: Outgoing[] = [];
  #closing: { code: number; reason: string } | null = null;
  #isPaused = false;
  isOpen = true;
  readonly #connection: Connection;

  constructor(
    rooms: Rooms,
    visit: Visit & { readonly wantsAcks: boolean },
    readonly listener: Listener,
  ) {
    this.#connection = rooms.enter(this, visit);
  }

  // The server's side

  send(frame: Uint8Array, sent: () => void = () => undefined): void {
    if (this.isOpen) this.#toClient.push({ frame, sent });
  }

  buffered(): number {
    return this.#toClient.reduce((sum, { frame }) => sum + frame.length, 0);
  }

  setPaused(paused: boolean): void {
    this.#isPaused = paused;
  }

  ping(): void {
    if (this.isOpen) this.#connection.answeredPing();
  }

  close(code: number, reason: string): void {
    this.#closing ??= { code, reason };
  }

  terminate(): void {
    this.#end(1006, '');
  }

  // The client's side

  say(frame: Uint8Array): void {
    if (this.isOpen) this.#toServer.push(frame);
  }

  /** The next message on its way arrives. False: nothing was on its way. */
  deliverToServer(): boolean {
    if (!this.isOpen || this.#isPaused || this.#closing !== null) return false;
    const frame = this.#toServer.shift();
    if (frame !== undefined) this.#connection.receive(frame);
    return frame !== undefined;
  }

  deliverToClient(): boolean {
    if (!this.isOpen) return false;
    const next = this.#toClient.shift();
    if (next === undefined) return this.#finishClosing();
    next.sent();
    this.listener.hear(next.frame);
    return true;
  }

  #finishClosing(): boolean {
    if (this.#closing === null) return false;
    this.#end(this.#closing.code, this.#closing.reason);
    return true;
  }

  /** Some of what is under way arrives, the rest is lost, and both sides learn that it is over. */
  breakOff(random: Random): void {
    for (let i = random(this.#toServer.length + 1); i > 0; i--) this.deliverToServer();
    for (let i = random(this.#toClient.length + 1); i > 0; i--) this.deliverToClient();
    this.#end(1006, '');
  }

  /** The server's process is gone: it hears nothing of it. */
  loseServer(): void {
    this.isOpen = false;
    this.listener.closed(1006, '');
  }

  #end(code: number, reason: string): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.#connection.gone();
    this.listener.closed(code, reason);
  }
}
