/**
 * The ZIP under a Word file. The directory at its end is read and held against the headers before each part, so that
 * two readers cannot see two files in it; then parts are unpacked one at a time as they are asked for.
 * Nothing declared is believed: sizes are counted while unpacking, and the sum over all parts has a cap. Names are
 * only looked up, never a path on a disk. A ZIP in a ZIP is a part like others and is not opened.
 */
import { crc32 } from 'node:zlib';
import { Inflate } from 'fflate';
import { AppError } from '#core/errors.ts';
import { MAX_PARTS, MAX_UNPACKED_BYTES } from './limits.ts';
import { damaged, tooMuchUnpacked } from './refusals.ts';
import { readDirectory, type Entry } from './zip-directory.ts';

/** Packed bytes given to the unpacker at once: they can become a thousand times as many. */
const PACKED_CHUNK = 16 * 1024;

export interface Archive {
  /** Names of the parts as they are looked up: without a slash at the start. */
  readonly names: readonly string[];
  has(name: string): boolean;
  /** The bytes of a part; null when there is none. Throws `unsupported_kind` when it is damaged, `too_large`. */
  read(name: string, maxBytes: number): Uint8Array | null;
  /** Parts whose names lead out of the file (`../x`), which are never read. */
  readonly strayNames: number;
}

/** Throws `unsupported_kind` for what is no sound ZIP, `too_large` for too many parts or bytes. */
export function openArchive(bytes: Uint8Array): Archive {
  const { entries, strayNames } = readDirectory(bytes);
  refuseTooMuch(entries);
  const byName = new Map<string, Entry>();
  for (const entry of entries) {
    const key = entry.name.toLowerCase();
    if (byName.has(key)) throw damaged(`two of its parts are called “${entry.name.slice(0, 80)}”`);
    byName.set(key, entry);
  }
  let left = MAX_UNPACKED_BYTES;
  return {
    names: entries.map(({ name }) => name),
    has: (name) => byName.has(name.toLowerCase()),
    read(name, maxBytes) {
      const entry = byName.get(name.toLowerCase());
      if (entry === undefined) return null;
      const most = Math.min(maxBytes, left);
      // A part that fails has cost as much as it was allowed to.
      left -= most;
      const part = unpack(bytes, entry, most);
      left += most - part.length;
      return part;
    },
    strayNames,
  };
}

function refuseTooMuch(entries: readonly Entry[]): void {
  if (entries.length > MAX_PARTS)
    throw new AppError(
      'too_large',
      `The file has ${entries.length.toLocaleString('en')} parts; the most that are taken are ${MAX_PARTS.toLocaleString('en')}.`,
    );
  if (entries.reduce((sum, { size }) => sum + size, 0) > MAX_UNPACKED_BYTES) throw tooMuchUnpacked();
}

function unpack(bytes: Uint8Array, entry: Entry, maxBytes: number): Uint8Array {
  const packed = bytes.subarray(entry.start, entry.start + entry.packedSize);
  if (entry.isStored && packed.length > maxBytes) throw tooMuchUnpacked();
  const part = entry.isStored ? packed : inflate(packed, entry, maxBytes);
  if (part.length !== entry.size || crc32(part) !== entry.crc)
    throw damaged(`its part “${entry.name.slice(0, 80)}” is not what the file says it is`);
  return part;
}

function inflate(packed: Uint8Array, entry: Entry, maxBytes: number): Uint8Array {
  const chunks: Uint8Array[] = [];
  let length = 0;
  let isWhole = false;
  const stream = new Inflate((chunk, isLast) => {
    length += chunk.length;
    if (length > maxBytes) throw tooMuchUnpacked();
    chunks.push(chunk);
    isWhole = isLast;
  });
  try {
    for (let at = 0; at < packed.length || at === 0; at += PACKED_CHUNK)
      stream.push(packed.subarray(at, at + PACKED_CHUNK), at + PACKED_CHUNK >= packed.length);
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw damaged(`its part “${entry.name.slice(0, 80)}” cannot be unpacked`);
  }
  if (!isWhole) throw damaged(`its part “${entry.name.slice(0, 80)}” is cut off`);
  return new Uint8Array(Buffer.concat(chunks, length));
}
