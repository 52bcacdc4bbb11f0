/**
 * The messages on the wire: the y-websocket protocol, and two of ours. A message is `varUint(type)` and its parts,
 * a few lines each (docs/PROTOCOL.md). Everything that arrives is untrusted and decoded here, once.
 */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';

const SYNC = 0;
const AWARENESS = 1;
const QUERY_AWARENESS = 3;
const ACK = 16;
const REFUSED = 17;

const STEP_1 = 0;
const STEP_2 = 1;
const UPDATE = 2;

export type ClientMessage =
  | { readonly kind: 'step1'; readonly stateVector: Uint8Array }
  /** SyncStep2 (`isWhole`) and Update: both bring an update, and both are counted and acknowledged. */
  | { readonly kind: 'update'; readonly update: Uint8Array; readonly isWhole: boolean }
  | { readonly kind: 'awareness'; readonly update: Uint8Array }
  | { readonly kind: 'query-awareness' }
  /** A type that we do not know, from a newer client; it is ignored. */
  | { readonly kind: 'unknown' };

/** Null: not a message. */
export function decodeMessage(bytes: Uint8Array): ClientMessage | null {
  try {
    return readMessage(decoding.createDecoder(bytes));
  } catch {
    return null; // lib0 throws when a message ends before its parts do
  }
}

function readMessage(decoder: decoding.Decoder): ClientMessage | null {
  switch (decoding.readVarUint(decoder)) {
    case SYNC:
      return readSync(decoder);
    case AWARENESS:
      return { kind: 'awareness', update: decoding.readVarUint8Array(decoder) };
    case QUERY_AWARENESS:
      return { kind: 'query-awareness' };
    default:
      return { kind: 'unknown' };
  }
}

function readSync(decoder: decoding.Decoder): ClientMessage | null {
  const step = decoding.readVarUint(decoder);
  const bytes = decoding.readVarUint8Array(decoder);
  if (step === STEP_1) return { kind: 'step1', stateVector: bytes };
  return step === STEP_2 || step === UPDATE
    ? { kind: 'update', update: bytes, isWhole: step === STEP_2 }
    : null;
}

export const encodeStep1 = (stateVector: Uint8Array): Uint8Array => sync(STEP_1, stateVector);
export const encodeStep2 = (update: Uint8Array): Uint8Array => sync(STEP_2, update);
export const encodeUpdate = (update: Uint8Array): Uint8Array => sync(UPDATE, update);

function sync(step: number, bytes: Uint8Array): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, SYNC);
    encoding.writeVarUint(encoder, step);
    encoding.writeVarUint8Array(encoder, bytes);
  });
}

export function encodeAwareness(update: Uint8Array): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, AWARENESS);
    encoding.writeVarUint8Array(encoder, update);
  });
}

/** The first `count` SyncStep2 and Update messages of this socket are committed. */
export function encodeAck(count: number): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, ACK);
    encoding.writeVarUint(encoder, count);
  });
}

/** Message `index`, counted like those of an ack, was refused. */
export function encodeRefused(index: number, code: string): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, REFUSED);
    encoding.writeVarUint(encoder, index);
    encoding.writeVarString(encoder, code);
  });
}
