/**
 * Cuts what a client sends into whole messages of PostgreSQL's wire protocol.
 *
 * PGlite runs on whatever it is given and takes a missing rest for the end of the connection, so it may only
 * get whole messages. Terminate is kept from it as well: it would end the database, not the connection.
 */

const SYNC = 'S'.charCodeAt(0);
const QUERY = 'Q'.charCodeAt(0);
const TERMINATE = 'X'.charCodeAt(0);

/** A cancel request and an SSL request are not for us; the start-up message of protocol 3 is. */
const PROTOCOL_3 = 3;

export type Batch = {
  /** Whole messages, in the order they came. The start-up message is always a batch of its own. */
  bytes: Uint8Array;
  /** Whether the server answers it with ReadyForQuery, so that nothing is half done afterwards. */
  isComplete: boolean;
};

export class FrontendMessages {
  #rest: Uint8Array = new Uint8Array(0);
  #started = false;
  #terminated = false;

  /** The whole messages that these bytes complete; none while a message is still incomplete. */
  push(bytes: Uint8Array): Batch[] {
    if (this.#terminated) return [];
    this.#rest = this.#rest.length === 0 ? bytes : concat(this.#rest, bytes);
    const batches: Batch[] = [];
    if (!this.#started) {
      const startup = this.#takeStartup();
      if (startup === null) return batches;
      batches.push(startup);
    }
    const messages = this.#takeMessages();
    if (messages !== null) batches.push(messages);
    return batches;
  }

  #takeStartup(): Batch | null {
    const length = this.#lengthAt(0);
    if (length === null || this.#rest.length < length) return null;
    if (this.#rest[5] !== PROTOCOL_3 || this.#rest[4] !== 0)
      throw new Error('Not a start-up message of protocol 3');
    this.#started = true;
    return { bytes: this.#take(length), isComplete: true };
  }

  #takeMessages(): Batch | null {
    let end = 0;
    let lastType = 0;
    for (;;) {
      const type = this.#rest[end];
      const length = this.#lengthAt(end + 1);
      if (type === undefined || length === null) break;
      if (type === TERMINATE) {
        this.#terminated = true;
        break;
      }
      if (end + 1 + length > this.#rest.length) break;
      lastType = type;
      end += 1 + length;
    }
    if (end === 0) return null;
    return { bytes: this.#take(end), isComplete: lastType === SYNC || lastType === QUERY };
  }

  #take(length: number): Uint8Array {
    const taken = this.#rest.subarray(0, length);
    this.#rest = this.#rest.subarray(length);
    return taken;
  }

  /** The big-endian length at an offset, which counts itself; null when it is not there yet. */
  #lengthAt(offset: number): number | null {
    if (this.#rest.length < offset + 4) return null;
    const length = new DataView(this.#rest.buffer, this.#rest.byteOffset + offset, 4).getUint32(0);
    if (length < 4) throw new Error('A message of the wire protocol has a bad length');
    return length;
  }
}

export function concat(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
