/**
 * The directory of a ZIP, read strictly: every entry has its own bytes (none overlap, as in the bombs that use one
 * stream many times), and its header before the bytes says the same name and method as the directory.
 * Layout after PKWARE's APPNOTE 6.3; numbers are little-endian.
 */
import { MAX_PARTS } from './limits.ts';
import { damaged, locked } from './refusals.ts';

const END_SIGNATURE = 0x06054b50;
const END_LENGTH = 22;
const MAX_COMMENT = 0xffff;
const ENTRY_SIGNATURE = 0x02014b50;
const ENTRY_LENGTH = 46;
const HEADER_SIGNATURE = 0x04034b50;
const HEADER_LENGTH = 30;
const ZIP64_EXTRA = 0x0001;
const SEE_EXTRA = 0xffffffff;

export interface Entry {
  readonly name: string;
  readonly isStored: boolean;
  readonly crc: number;
  /** Where its packed bytes begin. */
  readonly start: number;
  readonly packedSize: number;
  /** As declared; the truth is known after unpacking. */
  readonly size: number;
}

interface Listed extends Entry {
  readonly rawName: Uint8Array;
  readonly method: number;
  readonly header: number;
}

export interface Directory {
  readonly entries: readonly Entry[];
  readonly strayNames: number;
}

/** Throws `unsupported_kind` with a sentence on what is wrong. Folders are left out. */
export function readDirectory(bytes: Uint8Array): Directory {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = findEnd(view);
  const count = view.getUint16(end + 10, true);
  const from = view.getUint32(end + 16, true);
  if (from + view.getUint32(end + 12, true) > end) throw damaged('its list of parts is cut off');
  const listed: Listed[] = [];
  let at = from;
  // One more than are taken, so that the count is refused by whoever holds the limit.
  for (let i = 0; i < Math.min(count, MAX_PARTS + 1); i++) {
    if (at + ENTRY_LENGTH > end || view.getUint32(at, true) !== ENTRY_SIGNATURE)
      throw damaged('its list of parts is broken');
    const next = at + ENTRY_LENGTH + variableLength(view, at);
    if (next > end) throw damaged('its list of parts is broken');
    listed.push(listedAt(view, bytes, at));
    at = next;
  }
  const placed = withoutOverlap(listed, view, bytes, from);
  const entries = placed.filter(({ name }) => !name.endsWith('/') && !isStray(name));
  return { entries, strayNames: placed.filter(({ name }) => isStray(name)).length };
}

function variableLength(view: DataView, at: number): number {
  return view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
}

/** The end record is the last one whose comment reaches exactly to the end of the file, or simply the last. */
function findEnd(view: DataView): number {
  let last: number | null = null;
  const lowest = Math.max(0, view.byteLength - END_LENGTH - MAX_COMMENT);
  for (let at = view.byteLength - END_LENGTH; at >= lowest; at--) {
    if (view.getUint32(at, true) !== END_SIGNATURE) continue;
    if (at + END_LENGTH + view.getUint16(at + 20, true) === view.byteLength) return at;
    last ??= at;
  }
  if (last === null) throw damaged('the end of its package (ZIP) is missing');
  return last;
}

function listedAt(view: DataView, bytes: Uint8Array, at: number): Listed {
  const rawName = bytes.subarray(at + ENTRY_LENGTH, at + ENTRY_LENGTH + view.getUint16(at + 28, true));
  const name = nameOf(rawName);
  if ((view.getUint16(at + 8, true) & 1) !== 0) throw locked();
  const method = view.getUint16(at + 10, true);
  if (method !== 0 && method !== 8)
    throw damaged(`its part “${name.slice(0, 80)}” is packed in an unknown way`);
  const extra = zip64Numbers(view, at + ENTRY_LENGTH + rawName.length, view.getUint16(at + 30, true));
  const number = (offset: number): number => {
    const value = view.getUint32(at + offset, true);
    return value === SEE_EXTRA ? (extra.shift() ?? value) : value;
  };
  const size = number(24);
  const packedSize = number(20);
  const header = number(42);
  const crc = view.getUint32(at + 16, true);
  return { name, rawName, method, isStored: method === 0, crc, start: 0, packedSize, size, header };
}

/** The numbers that are too large for the entry itself, in their order. */
function zip64Numbers(view: DataView, from: number, length: number): number[] {
  for (let at = from; at + 4 <= from + length; at += 4 + view.getUint16(at + 2, true)) {
    if (view.getUint16(at, true) !== ZIP64_EXTRA) continue;
    const end = Math.min(at + 4 + view.getUint16(at + 2, true), from + length);
    const numbers: number[] = [];
    for (let each = at + 4; each + 8 <= end; each += 8) numbers.push(Number(view.getBigUint64(each, true)));
    return numbers;
  }
  return [];
}

/** Gives each entry the place of its bytes; throws when they are not its own. `limit` is where the directory begins. */
function withoutOverlap(
  listed: readonly Listed[],
  view: DataView,
  bytes: Uint8Array,
  limit: number,
): readonly Entry[] {
  let free = 0;
  const starts = new Map<Listed, number>();
  for (const entry of [...listed].sort((one, other) => one.header - other.header)) {
    const start = startOf(entry, view, bytes, limit);
    if (entry.header < free || start + entry.packedSize > limit)
      throw damaged(`its part “${entry.name.slice(0, 80)}” lies over another`);
    free = start + entry.packedSize;
    starts.set(entry, start);
  }
  return listed.map((entry) => ({ ...entry, start: starts.get(entry) ?? 0 }));
}

/** Where the bytes begin, after a header that agrees with the directory. */
function startOf(entry: Listed, view: DataView, bytes: Uint8Array, limit: number): number {
  const { header, rawName } = entry;
  if (header + HEADER_LENGTH > limit || view.getUint32(header, true) !== HEADER_SIGNATURE)
    throw damaged(`its part “${entry.name.slice(0, 80)}” is missing`);
  const nameLength = view.getUint16(header + 26, true);
  const name = bytes.subarray(header + HEADER_LENGTH, header + HEADER_LENGTH + nameLength);
  const isSame = nameLength === rawName.length && name.every((byte, i) => byte === rawName[i]);
  if (!isSame || view.getUint16(header + 8, true) !== entry.method)
    throw damaged(`its part “${entry.name.slice(0, 80)}” is called otherwise in the list of parts`);
  return header + HEADER_LENGTH + nameLength + view.getUint16(header + 28, true);
}

/** Some programs write backslashes and a slash at the start. */
function nameOf(raw: Uint8Array): string {
  return new TextDecoder('utf-8').decode(raw).replaceAll('\\', '/').replace(/^\/+/, '');
}

function isStray(name: string): boolean {
  return name.includes('\0') || /^[a-z]:/i.test(name) || name.split('/').includes('..');
}
