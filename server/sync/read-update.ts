/**
 * Reads the bytes of an update without believing them: a count is only as good as the bytes behind it, each client
 * has one section (Yjs would read the last of two and pass over the other, which we would have examined), and
 * nothing follows the end. What no document of ours holds is refused before it is made: a text in a text, a root
 * of another name, values without end.
 */
import type { Decoder } from 'lib0/decoding';
import * as Y from 'yjs';
import { BODY_ROOT, CLAIMS_ROOT } from '#core/text/schema.ts';
import type { Refusal } from './close-codes.ts';
import { MAX_ATTRIBUTE_BYTES, MAX_CLOCK, MAX_UPDATE_ATTRIBUTE_BYTES, MAX_UPDATE_STRUCTS } from './limits.ts';
import { UpdateStructs } from './place.ts';

export interface ReadUpdate {
  readonly structs: UpdateStructs;
  /** By client, sorted and merged. */
  readonly deletions: ReadonlyMap<number, readonly { clock: number; len: number }[]>;
}

/** Why an update cannot be taken. */
export class RefusedError extends Error {
  constructor(readonly code: Refusal) {
    super(code);
  }
}

/** Throws RefusedError, or whatever lib0 and JSON throw when the bytes are none of an update. */
export function readUpdate(update: Uint8Array): ReadUpdate {
  const { structs, ds } = Y.decodeUpdateV2(update, WaryDecoder);
  WaryDecoder.last?.expectEnd();
  for (const struct of structs) checkStruct(struct);
  // Merged, or a thousand times the same range would cost a thousand walks.
  return { structs: new UpdateStructs(structs), deletions: Y.mergeDeleteSets([ds]).clients };
}

function checkStruct(struct: Y.Item | Y.GC | Y.Skip): void {
  if (struct.id.clock + struct.length > MAX_CLOCK || struct.length <= 0) throw new RefusedError('malformed');
  if (!(struct instanceof Y.Item)) return;
  // Also of what is known already: Yjs makes a root of any name that it reads.
  const parent: unknown = struct.parent;
  if (typeof parent === 'string' && parent !== BODY_ROOT && parent !== CLAIMS_ROOT)
    throw new RefusedError('forbidden_place');
}

/** The kinds of content, in the low bits of an item's first byte, that no document here has. */
const [JSON_VALUES, EMBED, DOCUMENT] = [2, 5, 9];
const KIND_BITS = 31;

class WaryDecoder extends Y.UpdateDecoderV1 {
  /** Yjs makes the decoder itself and keeps it. Reading is one turn, so the last one is ours. */
  static last: WaryDecoder | null = null;
  readonly #clients = new Set<number>();
  #structs = 0;
  #attributeBytes = 0;

  constructor(decoder: Decoder) {
    super(decoder);
    WaryDecoder.last = this;
  }

  /** At the head of each client's section. */
  override readClient(): number {
    const client = super.readClient();
    if (this.#clients.has(client)) throw new RefusedError('malformed');
    this.#clients.add(client);
    return client;
  }

  override readInfo(): number {
    if (++this.#structs > MAX_UPDATE_STRUCTS) throw new RefusedError('malformed');
    const info = super.readInfo();
    const kind = info & KIND_BITS;
    if (kind === JSON_VALUES || kind === EMBED || kind === DOCUMENT)
      throw new RefusedError('forbidden_content');
    return info;
  }

  /** The value of a node's attribute. */
  override readAny(): unknown {
    return this.#measured(() => super.readAny());
  }

  /** The value of a mark. */
  override readJSON(): unknown {
    return this.#measured(() => super.readJSON());
  }

  #measured(read: () => unknown): unknown {
    const start = this.restDecoder.pos;
    const value = read();
    const bytes = this.restDecoder.pos - start;
    this.#attributeBytes += bytes;
    if (bytes > MAX_ATTRIBUTE_BYTES || this.#attributeBytes > MAX_UPDATE_ATTRIBUTE_BYTES)
      throw new RefusedError('forbidden_content');
    return value;
  }

  expectEnd(): void {
    WaryDecoder.last = null;
    if (this.restDecoder.pos !== this.restDecoder.arr.length) throw new RefusedError('malformed');
  }
}
