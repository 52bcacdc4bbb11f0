/**
 * A client over a fake socket that does what docs/PROTOCOL.md asks: SyncStep1 and 2, its changes as they are made,
 * coming again after 1012, 1013 and a broken socket with all it has, and setting its document aside after a refusal.
 * It remembers what it was promised, which is what it was shown and what was acknowledged, and why it was turned away.
 */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import { decodeMessage } from '#server/sync/frame.ts';
import { defineRoots } from '#server/sync/roots.ts';
import type { Rooms } from '#server/sync/rooms.ts';
import { FakeSocket, type Listener } from './fake-socket.ts';
import type { Random } from './random.ts';

const ACK = 16;
const SERVER = 'server';

export class FakeClient implements Listener {
  doc: Y.Doc;
  socket: FakeSocket | null = null;
  /** Each numbered message of this socket that is not acknowledged. */
  #unacknowledged: Uint8Array[] = [];
  #acknowledged = 0;
  readonly promised: Uint8Array[] = [];
  /** Each `CODE reason` of a socket that was closed for good; with `, early` if it had typed before its SyncStep2. */
  readonly turnedAway: string[] = [];
  #hasTypedEarly = false;
  /** The server's state vector came on this socket, so its answer is on the way. */
  isIntroduced = false;
  isSynced = false;

  constructor(
    readonly name: string,
    readonly reportId: string,
    readonly random: Random,
  ) {
    this.doc = this.#open();
  }

  #open(): Y.Doc {
    const doc = defineRoots(new Y.Doc({ gc: this.random(4) > 0 }));
    doc.clientID = 1 + this.random(2 ** 31 - 1);
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== SERVER && this.socket !== null) this.#sendNumbered(2, update);
    });
    return doc;
  }

  /** Nothing of what it did is under way. */
  get isSettled(): boolean {
    return this.isSynced && this.isIntroduced && this.#unacknowledged.length === 0;
  }

  connect(rooms: Rooms): void {
    if (this.socket !== null) return;
    const headers = new Headers({ authorization: `Bearer ${this.name}` });
    this.isIntroduced = this.isSynced = this.#hasTypedEarly = false;
    this.#unacknowledged = [];
    this.#acknowledged = 0;
    const visit = { headers, reportId: this.reportId, epoch: null, version: null, wantsAcks: true };
    this.socket = new FakeSocket(rooms, visit, this);
    this.#send(0, Y.encodeStateVector(this.doc));
  }

  /** Says its last numbered message again, as a network does that delivers twice. */
  repeat(update: Uint8Array): void {
    if (this.socket !== null) this.#sendNumbered(2, update);
  }

  reload(): void {
    const kept = Y.encodeStateAsUpdate(this.doc);
    this.socket?.breakOff(this.random);
    this.doc.destroy();
    this.doc = this.#open();
    Y.applyUpdate(this.doc, kept, 'device');
  }

  // What it hears

  hear(frame: Uint8Array): void {
    const message = decodeMessage(frame);
    if (message?.kind === 'step1') {
      this.isIntroduced = true;
      this.#sendNumbered(1, Y.encodeStateAsUpdate(this.doc, message.stateVector));
    } else if (message?.kind === 'update') {
      this.promised.push(message.update);
      Y.applyUpdate(this.doc, message.update, SERVER);
      if (frame[1] === 1) this.isSynced = true;
    } else this.#hearAck(frame);
  }

  #hearAck(frame: Uint8Array): void {
    const decoder = decoding.createDecoder(frame);
    if (decoding.readVarUint(decoder) !== ACK) return;
    const count = decoding.readVarUint(decoder);
    this.promised.push(...this.#unacknowledged.splice(0, count - this.#acknowledged));
    this.#acknowledged = count;
  }

  closed(code: number, reason: string): void {
    this.socket = null;
    this.isSynced = this.isIntroduced = false;
    // 44xx: what was refused, or came after the right was lost, must not come again.
    if (code >= 4400) {
      this.turnedAway.push(`${code} ${reason}${this.#hasTypedEarly ? ', early' : ''}`);
      this.doc.destroy();
      this.doc = this.#open();
    }
  }

  #sendNumbered(step: number, update: Uint8Array): void {
    this.#hasTypedEarly ||= step === 2 && !this.isIntroduced;
    this.#unacknowledged.push(update);
    this.#send(step, update);
  }

  #send(step: number, bytes: Uint8Array): void {
    this.socket?.say(
      encoding.encode((encoder) => {
        encoding.writeVarUint(encoder, 0);
        encoding.writeVarUint(encoder, step);
        encoding.writeVarUint8Array(encoder, bytes);
      }),
    );
  }
}
