/**
 * Weighs a PDF before pdf.js reads it. The file is searched for its packed parts (streams), whatever its tables say
 * of them, and each is unpacked with a bound and thrown away, so that a few bytes which become gigabytes are refused
 * early and cheaply. Images are not unpacked here nor later; they are counted. Names that annotations have are
 * collected on the way, since pdf.js does not tell them.
 */
import { constants, inflateSync } from 'node:zlib';
import { AppError } from '#core/errors.ts';
import { MAX_CONTENT_BYTES, MAX_FILTERS, MAX_PART_BYTES, MAX_UNPACKED_BYTES } from './limits.ts';

export interface Parts {
  readonly images: number;
  readonly isXfa: boolean;
  /** Names (`NM`) by the number of the object: `12R`. */
  readonly names: ReadonlyMap<string, string>;
}

/** Characters before `stream` that its dictionary may take. */
const DICTIONARY = 4_096;
const MAX_NAMES = 10_000;

interface Weigh {
  unpacked: number;
  images: number;
  readonly names: Map<string, string>;
}

/** Throws `too_large`. */
export function weighParts(bytes: Uint8Array): Parts {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const state: Weigh = { unpacked: 0, images: 0, names: new Map() };
  const isEncrypted = file.includes('/Encrypt');
  let from = 0;
  for (let at = file.indexOf('stream'); at >= 0; at = file.indexOf('stream', from)) {
    from = at + 6;
    if (file.toString('latin1', Math.max(0, at - 3), at) === 'end') continue;
    const dictionary = dictionaryBefore(file, at);
    const end = endOf(file, at);
    weighPart(file.subarray(startOf(file, at), end), dictionary, state, isEncrypted);
    if (end > at) from = Math.max(from, end);
  }
  if (!isEncrypted) collectNames(file.toString('latin1'), state.names);
  return { images: state.images, isXfa: file.includes('/XFA'), names: state.names };
}

function dictionaryBefore(file: Buffer, at: number): string {
  const text = file.toString('latin1', Math.max(0, at - DICTIONARY), at);
  const begins = Math.max(text.lastIndexOf(' obj'), text.lastIndexOf('endstream'));
  return begins < 0 ? text : text.slice(begins);
}

function startOf(file: Buffer, at: number): number {
  let start = at + 6;
  if (file[start] === 0x0d) start += 1;
  if (file[start] === 0x0a) start += 1;
  return start;
}

function endOf(file: Buffer, at: number): number {
  const end = file.indexOf('endstream', at);
  return end < 0 ? file.length : end;
}

function weighPart(packed: Buffer, dictionary: string, state: Weigh, isEncrypted: boolean): void {
  // A name may be written with the numbers of its letters: /Flate#44ecode.
  const said = dictionary.replace(/#([0-9a-f]{2})/gi, (_, code: string) =>
    String.fromCharCode(parseInt(code, 16)),
  );
  if (/\/Subtype\s*\/Image\b/.test(said)) {
    // Some programs draw single points as images.
    if (!/\/(Width|Height)\s+[1-9]\b/.test(said)) state.images += 1;
    return;
  }
  const plain = unpacked(packed, said, isEncrypted);
  state.unpacked += plain.length;
  const isContent = !/\/(Length1|Subtype|Type|FunctionType|N)\b/.test(said);
  if (state.unpacked > MAX_UNPACKED_BYTES || (isContent && plain.length > MAX_CONTENT_BYTES))
    throw tooPacked();
  if (!isEncrypted && /\/ObjStm\b/.test(said)) namesInObjects(plain, said, state.names);
}

const FILTERS = /\/(FlateDecode|Fl|LZWDecode|LZW|RunLengthDecode|RL|ASCIIHexDecode|AHx|ASCII85Decode|A85)\b/g;

/** What the filters give. Filters that the dictionary does not tell are known by how their bytes begin. */
function unpacked(packed: Buffer, dictionary: string, isEncrypted: boolean): Buffer {
  const filters = (dictionary.match(FILTERS) ?? []).map((name) => name.slice(1));
  if (filters.length > MAX_FILTERS) throw tooPacked();
  let bytes = packed;
  for (const filter of filters) {
    if (filter.startsWith('Fl')) bytes = isEncrypted ? bytes : inflated(bytes);
    else if (filter.startsWith('ASCIIHex') || filter === 'AHx')
      bytes = Buffer.from(bytes.toString('latin1').replace(/[^0-9a-f]/gi, ''), 'hex');
    // At most 64 bytes of each two, and hardly used any more.
    else if (/^(LZW|R)/.test(filter) && bytes.length > MAX_PART_BYTES / 64) throw tooPacked();
  }
  for (let i = 0; i < MAX_FILTERS && filters.length === 0 && isZlib(bytes); i++) {
    const plain = inflated(bytes);
    if (plain === bytes) break;
    bytes = plain;
  }
  return bytes;
}

/** RFC 1950: the method and a check over the first two bytes. */
function isZlib(bytes: Buffer): boolean {
  const [first = 0, second = 0] = bytes;
  return (first & 0x0f) === 8 && ((first << 8) | second) % 31 === 0;
}

function inflated(bytes: Buffer): Buffer {
  try {
    return inflateSync(bytes, { maxOutputLength: MAX_PART_BYTES, finishFlush: constants.Z_SYNC_FLUSH });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE') throw tooPacked();
    // Damaged or not packed this way; pdf.js reads what it can of it.
    return bytes;
  }
}

function tooPacked(): AppError {
  return new AppError(
    'too_large',
    'The PDF unpacks to more than is taken: a part of it grows beyond all use. Print it to a new PDF and import that.',
  );
}

/** Objects in a packed part: a table of numbers and offsets, then the objects. */
function namesInObjects(plain: Buffer, dictionary: string, names: Map<string, string>): void {
  const first = Number(/\/First\s+(\d{1,9})/.exec(dictionary)?.[1] ?? NaN);
  if (!Number.isFinite(first) || first > plain.length) return;
  const table = plain.toString('latin1', 0, first).trim().split(/\s+/).map(Number);
  for (let i = 0; i + 1 < table.length; i += 2) {
    const start = first + (table[i + 1] ?? 0);
    const end = i + 3 < table.length ? first + (table[i + 3] ?? 0) : plain.length;
    if (end > start && end - start < 100_000)
      nameOf(`${table[i]}R`, plain.toString('latin1', start, end), names);
  }
}

function collectNames(text: string, names: Map<string, string>): void {
  for (let at = text.indexOf('/NM'); at >= 0 && names.size < MAX_NAMES; at = text.indexOf('/NM', at + 3)) {
    const before = text.slice(Math.max(0, at - DICTIONARY), at);
    const objects = [...before.matchAll(/(\d{1,9})\s+(\d{1,5})\s+obj\b/g)];
    const last = objects.at(-1);
    if (last === undefined) continue;
    const id = last[2] === '0' ? `${last[1]}R` : `${last[1]}R${last[2]}`;
    nameOf(id, text.slice(at, at + 1_000), names);
  }
}

/** Names are plain: what has escapes or is in UTF-16 is left. */
function nameOf(id: string, object: string, names: Map<string, string>): void {
  const name = /\/NM\s*\(([\x20-\x27\x2a-\x5b\x5d-\x7e]{1,200})\)/.exec(object)?.[1];
  if (name !== undefined) names.set(id, name);
}
