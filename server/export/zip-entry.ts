/**
 * The records of a zip (PKWARE APPNOTE 4.3), for entries that are there whole when they are written: sizes and checksum
 * stand before the bytes. A zip that says them only behind (bit 3) cannot be read as a stream when the bytes are
 * stored, and nobody can count its files while it comes. Times are written as the numbers of UTC, so no time zone and
 * no change of clocks has a part in them.
 */
import { crc32 } from 'node:zlib';
import { deflateSync } from 'fflate';

export interface ZipFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly at: Date;
  /** Files that are packed already are stored as they are. */
  readonly isPacked: boolean;
}

/** An entry as it was written. */
export interface WrittenEntry {
  /** What its local header and its line in the directory have in common. */
  readonly common: Uint8Array;
  readonly name: Uint8Array;
  readonly offset: number;
}

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const VERSION = 20;
const UTF8_NAMES = 0x0800;
const STORED = 0;
const DEFLATED = 8;
const LEVEL = 6;
/** The greatest size, offset and number of entries of a zip without the extension for large ones. */
const MAX_32 = 0xffff_fffe;
const MAX_16 = 0xfffe;

/** The local header, the name and the bytes of a file; `offset` is where it begins in the zip. */
export function writeEntry(
  { name, bytes, at, isPacked }: ZipFile,
  offset: number,
): { readonly entry: WrittenEntry; readonly chunk: Uint8Array } {
  const data = isPacked ? bytes : deflateSync(bytes, { level: LEVEL });
  const encoded = new TextEncoder().encode(name);
  const common = record(22, (view) => {
    view.setUint16(0, UTF8_NAMES, true);
    view.setUint16(2, isPacked ? STORED : DEFLATED, true);
    view.setUint32(4, dosTime(at), true);
    view.setUint32(8, crc32(bytes), true);
    view.setUint32(12, data.length, true);
    view.setUint32(16, bytes.length, true);
    view.setUint16(20, encoded.length, true);
  });
  if (offset + data.length > MAX_32) throw new RangeError('The zip is larger than a zip can be');
  const head = record(6, (view) => {
    view.setUint32(0, LOCAL, true);
    view.setUint16(4, VERSION, true);
  });
  const noExtra = new Uint8Array(2);
  return {
    entry: { common, name: encoded, offset },
    chunk: Buffer.concat([head, common, noExtra, encoded, data]),
  };
}

/** The directory and the end of the zip. */
export function writeDirectory(entries: readonly WrittenEntry[], offset: number): Uint8Array {
  if (entries.length > MAX_16) throw new RangeError('The zip has more files than a zip can have');
  const lines = entries.flatMap((entry) => {
    const head = record(6, (view) => {
      view.setUint32(0, CENTRAL, true);
      view.setUint16(4, VERSION, true);
    });
    const needed = record(2, (view) => view.setUint16(0, VERSION, true));
    // Lengths of extra and comment, disk, attributes inside and outside: none; then where the entry is.
    const rest = record(16, (view) => view.setUint32(12, entry.offset, true));
    return [head, needed, entry.common, rest, entry.name];
  });
  const size = lines.reduce((sum, line) => sum + line.length, 0);
  const end = record(22, (view) => {
    view.setUint32(0, END, true);
    view.setUint16(8, entries.length, true);
    view.setUint16(10, entries.length, true);
    view.setUint32(12, size, true);
    view.setUint32(16, offset, true);
  });
  return Buffer.concat([...lines, end]);
}

function record(length: number, fill: (view: DataView) => void): Uint8Array {
  const bytes = new Uint8Array(length);
  fill(new DataView(bytes.buffer));
  return bytes;
}

/** Date and time as MS-DOS kept them, in steps of two seconds, from 1980 to 2107. */
function dosTime(at: Date): number {
  const year = at.getUTCFullYear();
  if (year < 1980) return (1 << 21) | (1 << 16);
  const day = ((Math.min(year, 2107) - 1980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate();
  const time = (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1);
  return ((day << 16) | time) >>> 0;
}
