/**
 * The transformed `glyf` table of WOFF2 (section 5.1) as an ordinary one. Seven streams hold the counts, points,
 * flags, coordinates, composites, boxes and instructions; each glyph takes its part of each. Coordinates are
 * written in the plainest way (no repeats, 16 bits): the table lives in memory only.
 */
import { ByteReader } from './byte-reader.ts';

interface Streams {
  readonly contours: ByteReader;
  readonly points: ByteReader;
  readonly flags: ByteReader;
  readonly glyphs: ByteReader;
  readonly composites: ByteReader;
  readonly boxes: ByteReader;
  readonly instructions: ByteReader;
}

const COMPOSITE = 0xffff;
const ON_CURVE = 1;
const NEW_CONTOUR_BITS = {
  words: 1,
  scale: 8,
  more: 0x20,
  xyScale: 0x40,
  twoByTwo: 0x80,
  instructions: 0x100,
};

export function rebuildGlyphs(table: Uint8Array): { readonly glyf: Uint8Array; readonly loca: Uint8Array } {
  const reader = new ByteReader(table);
  reader.skip(4);
  const count = reader.uint16();
  reader.skip(2);
  const sizes = Array.from({ length: 7 }, () => reader.uint32());
  const [contours, points, flags, glyphs, composites, boxes, instructions] = sizes.map(
    (size) => new ByteReader(reader.bytes(size)),
  );
  if (!contours || !points || !flags || !glyphs || !composites || !boxes || !instructions)
    throw new RangeError('the data ends early');
  const boxMap = boxes.bytes(4 * Math.ceil(count / 32));
  const streams = { contours, points, flags, glyphs, composites, boxes, instructions };
  const parts: Uint8Array[] = [];
  const offsets = new DataView(new ArrayBuffer(4 * (count + 1)));
  let length = 0;
  for (let id = 0; id < count; id++) {
    const hasBox = ((boxMap[id >> 3] ?? 0) & (0x80 >> (id & 7))) !== 0;
    const glyph = readGlyph(streams, hasBox);
    parts.push(glyph);
    length += glyph.length;
    offsets.setUint32(4 * (id + 1), length);
  }
  return { glyf: new Uint8Array(Buffer.concat(parts, length)), loca: new Uint8Array(offsets.buffer) };
}

function readGlyph(streams: Streams, hasBox: boolean): Uint8Array {
  const contours = streams.contours.uint16();
  if (contours === 0) return new Uint8Array();
  return contours === COMPOSITE ? readComposite(streams) : readSimple(streams, contours, hasBox);
}

function readComposite({ composites, glyphs, boxes, instructions }: Streams): Uint8Array {
  const box = boxes.bytes(8);
  const start = composites.at;
  let flags: number;
  let hasInstructions = false;
  do {
    flags = composites.uint16();
    hasInstructions ||= (flags & NEW_CONTOUR_BITS.instructions) !== 0;
    composites.skip(2 + ((flags & NEW_CONTOUR_BITS.words) === 0 ? 2 : 4) + scaleBytes(flags));
  } while ((flags & NEW_CONTOUR_BITS.more) !== 0);
  const length = composites.at - start;
  composites.at = start;
  const parts = composites.bytes(length);
  const program = hasInstructions ? instructions.bytes(glyphs.short255()) : null;
  const size = 10 + length + (program === null ? 0 : 2 + program.length);
  const out = new Uint8Array(size + (size & 1));
  const view = new DataView(out.buffer);
  view.setInt16(0, -1);
  out.set(box, 2);
  out.set(parts, 10);
  if (program !== null) {
    view.setUint16(10 + length, program.length);
    out.set(program, 12 + length);
  }
  return out;
}

function scaleBytes(flags: number): number {
  if ((flags & NEW_CONTOUR_BITS.scale) !== 0) return 2;
  if ((flags & NEW_CONTOUR_BITS.xyScale) !== 0) return 4;
  return (flags & NEW_CONTOUR_BITS.twoByTwo) === 0 ? 0 : 8;
}

function readSimple(streams: Streams, contours: number, hasBox: boolean): Uint8Array {
  const ends: number[] = [];
  let count = 0;
  for (let i = 0; i < contours; i++) {
    count += streams.points.short255();
    ends.push(count - 1);
  }
  const flags = streams.flags.bytes(count);
  const moves = Array.from(flags, (flag) => readMove(flag & 0x7f, streams.glyphs));
  const program = streams.instructions.bytes(streams.glyphs.short255());
  const box = hasBox ? Array.from({ length: 4 }, () => streams.boxes.int16()) : boxOf(moves);
  const size = 10 + 2 * contours + 2 + program.length + 5 * count;
  const out = new Uint8Array(size + (size & 1));
  const view = new DataView(out.buffer);
  view.setInt16(0, contours);
  box.forEach((value, i) => view.setInt16(2 + 2 * i, value));
  ends.forEach((end, i) => view.setUint16(10 + 2 * i, end));
  let at = 10 + 2 * contours;
  view.setUint16(at, program.length);
  out.set(program, at + 2);
  at += 2 + program.length;
  flags.forEach((flag, i) => (out[at + i] = flag >> 7 === 0 ? ON_CURVE : 0));
  at += count;
  moves.forEach(([x, y], i) => {
    view.setInt16(at + 2 * i, x);
    view.setInt16(at + 2 * (count + i), y);
  });
  return out;
}

type Move = readonly [x: number, y: number];

/** One of 128 ways to write a step: which bytes follow and what is added (WOFF2, 5.2). */
function readMove(flag: number, data: ByteReader): Move {
  const signed = (bit: number, value: number): number => ((flag >> bit) & 1 ? value : -value);
  if (flag < 10) return [0, signed(0, ((flag & 14) << 7) + data.uint8())];
  if (flag < 20) return [signed(0, (((flag - 10) & 14) << 7) + data.uint8()), 0];
  if (flag < 84) {
    const base = flag - 20;
    const byte = data.uint8();
    return [signed(0, 1 + (base & 0x30) + (byte >> 4)), signed(1, 1 + ((base & 0x0c) << 2) + (byte & 0x0f))];
  }
  if (flag < 120) {
    const base = flag - 84;
    return [
      signed(0, 1 + (Math.floor(base / 12) << 8) + data.uint8()),
      signed(1, 1 + (((base % 12) >> 2) << 8) + data.uint8()),
    ];
  }
  if (flag < 124) {
    const [first, second, third] = [data.uint8(), data.uint8(), data.uint8()];
    return [signed(0, (first << 4) + (second >> 4)), signed(1, ((second & 0x0f) << 8) + third)];
  }
  return [signed(0, data.uint16()), signed(1, data.uint16())];
}

function boxOf(moves: readonly Move[]): number[] {
  let [x, y] = [0, 0];
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [dx, dy] of moves) {
    x += dx;
    y += dy;
    box[0] = Math.min(box[0] ?? x, x);
    box[1] = Math.min(box[1] ?? y, y);
    box[2] = Math.max(box[2] ?? x, x);
    box[3] = Math.max(box[3] ?? y, y);
  }
  return moves.length === 0 ? [0, 0, 0, 0] : box;
}
