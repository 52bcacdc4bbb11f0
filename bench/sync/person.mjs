/**
 * Somebody with a document open, as lean as can be: a socket and counters, no document. Marks (marks.mjs) in what
 * comes are told with the time of their arrival.
 */
import { WebSocket } from 'ws';
import { eachMark } from './marks.mjs';
import { readNumber } from './wire.mjs';

const PATIENCE_MILLISECONDS = 60_000;

export class Person {
  /** How many of its updates the server says it has: durably with this server, in memory with Hocuspocus. */
  acknowledged = 0;
  onAck = null;
  /** Marks of its own: a server that merges updates sends them back with those of others. */
  own = new Set();
  onMark = null;
  /** The bytes of the first SyncStep2. */
  firstStep2 = null;
  #waitingForStep2 = [];
  #closed = null;
  #largest = 0;
  #wanted = Number.POSITIVE_INFINITY;
  #haveWanted = () => undefined;

  constructor({ address, headers = {}, dialect, answersStep1 }) {
    this.dialect = dialect;
    this.socket = new WebSocket(address, { headers, perMessageDeflate: false, maxPayload: 64 * 1024 * 1024 });
    this.opened = new Promise((resolve, reject) => {
      this.socket.once('open', () => {
        if (dialect.greeting !== null) this.socket.send(dialect.greeting);
        if (answersStep1) this.socket.send(dialect.step1);
        resolve();
      });
      this.socket.once('error', reject);
    });
    this.opened.catch(() => undefined);
    this.closed = new Promise((resolve) => this.socket.once('close', resolve));
    this.socket.on('close', (code, reason) => this.#fail(new Error(`closed with ${code} ${String(reason)}`)));
    this.socket.on('error', () => undefined);
    this.socket.on('message', (frame) => this.#receive(frame));
    this.answersStep1 = answersStep1;
  }

  #receive(frame) {
    this.#largest = Math.max(this.#largest, frame.length);
    if (this.#largest >= this.#wanted) this.#haveWanted();
    const { kind, at } = this.dialect.read(frame);
    if (kind === 'ack') this.#acknowledge(readNumber(frame, at));
    else if (kind === 'status') this.#acknowledge(this.acknowledged + 1);
    else if (kind === 'step2') this.#sync(frame);
    if (this.onMark !== null) {
      const now = performance.now();
      eachMark(frame, (mark) => this.onMark(mark, now));
    }
  }

  #acknowledge(count) {
    this.acknowledged = count;
    this.onAck?.(count, performance.now());
  }

  #sync(frame) {
    this.firstStep2 ??= frame.length;
    for (const { resolve } of this.#waitingForStep2.splice(0)) resolve(frame);
  }

  #fail(error) {
    this.#closed = error;
    for (const { reject } of this.#waitingForStep2.splice(0)) reject(error);
  }

  /** Resolves when it is open and in step; at once with a server that has no documents. */
  async ready() {
    await within(this.opened, 'the socket did not open');
    if (this.answersStep1) await this.step2();
  }

  /** The next SyncStep2, as a frame. */
  step2() {
    if (this.firstStep2 !== null) return Promise.resolve(null);
    return this.nextStep2();
  }

  nextStep2() {
    if (this.#closed !== null) return Promise.reject(this.#closed);
    const answer = new Promise((resolve, reject) => this.#waitingForStep2.push({ resolve, reject }));
    return within(answer, 'no SyncStep2 came');
  }

  /** Resolves when a frame of at least so many bytes came, of whatever kind. */
  received(bytes) {
    const arrived = new Promise((resolve) => {
      this.#wanted = bytes;
      this.#haveWanted = resolve;
      if (this.#largest >= bytes) resolve();
    });
    return within(arrived, `no frame of ${Math.round(bytes)} bytes came`);
  }

  /** Asks for the whole document. */
  askAgain() {
    this.socket.send(this.dialect.step1);
  }

  /** Sends an update that was framed by `frame`. */
  send(frame) {
    this.socket.send(frame);
  }

  /** Sends many at once: one turn, as few system calls as ws makes of it. */
  sendAll(frames) {
    this.socket._socket?.cork();
    for (const frame of frames) this.socket.send(frame);
    this.socket._socket?.uncork();
  }

  frame(update) {
    return this.dialect.update(update);
  }

  throwIfClosed() {
    if (this.#closed !== null) throw new Error(this.#closed.message, { cause: this.#closed });
  }

  async leave() {
    this.socket.terminate();
    await this.closed;
  }
}

/** Rejects when `promise` takes too long, so that a lost message is a failure and not a hang. */
export async function within(promise, words, milliseconds = PATIENCE_MILLISECONDS) {
  let alarm;
  const late = new Promise((_resolve, reject) => {
    alarm = setTimeout(() => reject(new Error(`${words} within ${milliseconds / 1000} s`)), milliseconds);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(alarm);
  }
}
