/**
 * The frames of both dialects. Plain: the y-websocket protocol (this server, the reference server, the relay).
 * Hocuspocus: the same behind the document's name, entered by an authentication message.
 */
import * as encoding from 'lib0/encoding';

const SYNC = 0;
const ACK = 16;
const HOCUSPOCUS_AUTH = 2;
const HOCUSPOCUS_SYNC_REPLY = 4;
const HOCUSPOCUS_SYNC_STATUS = 8;
const [STEP_1, STEP_2, UPDATE] = [0, 1, 2];
const EMPTY_STATE_VECTOR = new Uint8Array([0]);

function frameOf(prefix, ...write) {
  return Buffer.from(
    encoding.encode((encoder) => {
      encoding.writeUint8Array(encoder, prefix);
      for (const one of write) one(encoder);
    }),
  );
}

const number = (value) => (encoder) => encoding.writeVarUint(encoder, value);
const bytes = (value) => (encoder) => encoding.writeVarUint8Array(encoder, value);
const string = (value) => (encoder) => encoding.writeVarString(encoder, value);

function dialect(prefix, greeting, readOther) {
  const syncTypes = [SYNC, HOCUSPOCUS_SYNC_REPLY];
  return {
    greeting,
    step1: frameOf(prefix, number(SYNC), number(STEP_1), bytes(EMPTY_STATE_VECTOR)),
    update: (update) => frameOf(prefix, number(SYNC), number(UPDATE), bytes(update)),
    /** `{kind, at}`: where the payload begins, its length included. */
    read(frame) {
      const start = prefix.length;
      if (!syncTypes.includes(frame[start])) return readOther(frame, start);
      const kind = { [STEP_1]: 'step1', [STEP_2]: 'step2', [UPDATE]: 'update' }[frame[start + 1]];
      return { kind, at: start + 2 };
    },
  };
}

export function plainDialect() {
  return dialect(new Uint8Array(), null, (frame) => ({
    kind: frame[0] === ACK ? 'ack' : 'other',
    at: 1,
  }));
}

export function hocuspocusDialect(documentName) {
  const prefix = encoding.encode(string(documentName));
  const greeting = frameOf(prefix, number(HOCUSPOCUS_AUTH), number(0), string('token'));
  return dialect(prefix, greeting, (frame, start) => ({
    kind: frame[start] === HOCUSPOCUS_SYNC_STATUS ? 'status' : 'other',
    at: start + 1,
  }));
}

/** A `varUint` of a frame. */
export function readNumber(frame, at) {
  let value = 0;
  for (let i = at, factor = 1; ; i++, factor *= 128) {
    value += (frame[i] & 127) * factor;
    if (frame[i] < 128) return value;
  }
}
