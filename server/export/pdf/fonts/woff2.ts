/**
 * WOFF2 to plain OpenType, so that a variable font can be read at any weight (fontkit varies plain files only).
 * The tables are one brotli stream; `glyf` is taken apart in it and is put together again in woff2-glyphs.ts.
 * Only for the fonts that are installed with us: a damaged file is an error, not a case.
 * The format: https://www.w3.org/TR/WOFF2/.
 */
import { brotliDecompressSync } from 'node:zlib';
import { ByteReader } from './byte-reader.ts';
import { rebuildGlyphs } from './woff2-glyphs.ts';

/** No font of ours is a tenth of it. */
const MAX_FONT_BYTES = 32 * 1024 * 1024;
const HEADER_BYTES = 48;
const ARBITRARY_TAG = 63;
const tags =
  'cmap head hhea hmtx maxp name OS/2 post cvt_ fpgm glyf loca prep CFF_ VORG EBDT EBLC gasp hdmx kern LTSH PCLT VDMX vhea vmtx BASE GDEF GPOS GSUB EBSC JSTF MATH CBDT CBLC COLR CPAL SVG_ sbix acnt avar bdat bloc bsln cvar fdsc feat fmtx fvar gvar hsty just lcar mort morx opbd prop trak Zapf Silf Glat Gloc Feat Sill'
    .replaceAll('_', ' ')
    .match(/.{4}(?= |$)/g) ?? [];

interface Entry {
  readonly tag: string;
  readonly length: number;
  readonly isTransformed: boolean;
}

/** The bytes of an OpenType file with the same tables; `glyf` without hints of packing. */
export function openTypeFromWoff2(bytes: Uint8Array): Uint8Array {
  const reader = new ByteReader(bytes);
  if (reader.tag() !== 'wOF2') throw new Error('not a WOFF2 file');
  const flavor = reader.uint32();
  reader.skip(4);
  const count = reader.uint16();
  reader.at = HEADER_BYTES;
  const entries = Array.from({ length: count }, () => readEntry(reader));
  const packed = bytes.subarray(reader.at);
  const data = brotliDecompressSync(packed, { maxOutputLength: MAX_FONT_BYTES });
  return writeOpenType(flavor, readTables(entries, data));
}

function readEntry(reader: ByteReader): Entry {
  const flags = reader.uint8();
  const index = flags & 0x3f;
  const tag = index === ARBITRARY_TAG ? reader.tag() : (tags[index] ?? '');
  const length = reader.base128();
  const version = flags >> 6;
  const isGlyphs = tag === 'glyf' || tag === 'loca';
  const isTransformed = isGlyphs ? version === 0 : version !== 0;
  if (isTransformed && !isGlyphs) throw new Error(`a transformed ${tag} table`);
  return { tag, length: isTransformed ? reader.base128() : length, isTransformed };
}

function readTables(entries: readonly Entry[], data: Uint8Array): Map<string, Uint8Array> {
  const tables = new Map<string, Uint8Array>();
  let at = 0;
  for (const { tag, length, isTransformed } of entries) {
    const table = data.subarray(at, at + length);
    at += length;
    if (tag === 'loca' && isTransformed) continue;
    if (tag !== 'glyf' || !isTransformed) {
      tables.set(tag, table);
      continue;
    }
    const { glyf, loca } = rebuildGlyphs(table);
    tables.set('glyf', glyf);
    tables.set('loca', loca);
  }
  const head = tables.get('head');
  if (head !== undefined && tables.has('glyf')) {
    const patched = Uint8Array.from(head);
    new DataView(patched.buffer).setInt16(50, 1);
    tables.set('head', patched);
  }
  return tables;
}

/** One OpenType file of the tables, by tag; check sums are left zero, nobody here looks at them. */
export function writeOpenType(flavor: number, tables: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const sorted = [...tables].sort(([one], [other]) => (one < other ? -1 : 1));
  const start = 12 + 16 * sorted.length;
  const size = sorted.reduce((sum, [, table]) => sum + padded(table.length), start);
  const out = new Uint8Array(size);
  const view = new DataView(out.buffer);
  const power = 2 ** Math.floor(Math.log2(Math.max(sorted.length, 1)));
  view.setUint32(0, flavor);
  view.setUint16(4, sorted.length);
  view.setUint16(6, power * 16);
  view.setUint16(8, Math.log2(power));
  view.setUint16(10, (sorted.length - power) * 16);
  let at = start;
  sorted.forEach(([tag, table], index) => {
    const entry = 12 + 16 * index;
    for (let i = 0; i < 4; i++) out[entry + i] = tag.charCodeAt(i);
    view.setUint32(entry + 8, at);
    view.setUint32(entry + 12, table.length);
    out.set(table, at);
    at += padded(table.length);
  });
  return out;
}

function padded(length: number): number {
  return (length + 3) & ~3;
}
