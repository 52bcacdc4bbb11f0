/**
 * A message as WebSocket bytes (RFC 6455, section 5.2: one unmasked binary frame), made once however many sockets it
 * goes to. `ws` makes a header, two writes and two callbacks for each socket; with a hundred readers of a report
 * that is most of what a keystroke costs.
 */
const FINAL_BINARY = 0x82;
const IN_16_BITS = 126;
const IN_64_BITS = 127;
/** Longer ones are not copied behind their header. */
export const LONGEST_COPIED = 16 * 1024;

const made = new WeakMap<Uint8Array, readonly Uint8Array[]>();

/** The bytes to write, in order: one piece, or header and message. The message must not be changed afterwards. */
export function websocketBytes(message: Uint8Array): readonly Uint8Array[] {
  let pieces = made.get(message);
  if (pieces === undefined) {
    const header = headerOf(message.length);
    pieces = message.length > LONGEST_COPIED ? [header, message] : [Buffer.concat([header, message])];
    made.set(message, pieces);
  }
  return pieces;
}

function headerOf(length: number): Buffer {
  if (length < IN_16_BITS) return Buffer.from([FINAL_BINARY, length]);
  if (length < 2 ** 16) {
    const header = Buffer.from([FINAL_BINARY, IN_16_BITS, 0, 0]);
    header.writeUInt16BE(length, 2);
    return header;
  }
  const header = Buffer.alloc(10);
  header.set([FINAL_BINARY, IN_64_BITS]);
  header.writeBigUInt64BE(BigInt(length), 2);
  return header;
}
