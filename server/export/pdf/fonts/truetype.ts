/**
 * A TrueType font with only the glyphs that a PDF uses, as they are at the face's weight: outlines are read from
 * fontkit and written anew, so that a variable font becomes a plain one. Without hints, and only with the tables
 * that a PDF needs (ISO 32000-1, 9.9).
 */
import type { Font } from 'fontkit';
import type { GlyphPart } from './code-table.ts';
import { writeOpenType } from './woff2.ts';

interface Point {
  readonly x: number;
  readonly y: number;
  readonly isOn: boolean;
}

const TRUETYPE = 0x00010000;
const MAGIC = 0x5f0f3cf5;
const flagBits = { on: 1, xShort: 2, yShort: 4, repeat: 8, xSame: 16, ySame: 32 };

/** In the file the glyphs are numbered as their drawings are listed. The first is for what is missing. */
export function subsetFont(font: Font, drawings: readonly (readonly GlyphPart[])[]): Uint8Array {
  const outlines = drawings.map((parts) => parts.flatMap(contoursOf));
  const parts = outlines.map(writeGlyph);
  const loca = new DataView(new ArrayBuffer(4 * (parts.length + 1)));
  let length = 0;
  parts.forEach((part, i) => {
    length += part.length;
    loca.setUint32(4 * (i + 1), length);
  });
  const glyf = new Uint8Array(length);
  parts.forEach((part, i) => glyf.set(part, loca.getUint32(4 * i)));
  const advances = drawings.map(([first]) =>
    first === undefined ? 0 : Math.round(first.font.getGlyph(first.id).advanceWidth),
  );
  const lefts = outlines.map(
    (contours) => Math.min(...contours.flat().map((point) => point.x), 0x7fff) % 0x7fff,
  );
  return writeOpenType(
    TRUETYPE,
    new Map([
      ['glyf', glyf],
      ['loca', new Uint8Array(loca.buffer)],
      ['head', headTable(font, outlines)],
      ['hhea', hheaTable(font, advances)],
      ['hmtx', hmtxTable(advances, lefts)],
      ['maxp', maxpTable(outlines)],
    ]),
  );
}

type Contours = readonly (readonly Point[])[];

function contoursOf({ font, id, x: dx, y: dy }: GlyphPart): Contours {
  const contours: Point[][] = [];
  let current: Point[] = [];
  const add = (x = 0, y = 0, isOn = true): void => {
    current.push({ x: Math.round(x) + dx, y: Math.round(y) + dy, isOn });
  };
  for (const { command, args } of font.getGlyph(id).path.commands) {
    if (command === 'moveTo') {
      if (current.length > 0) contours.push(current);
      current = [];
      add(args[0], args[1]);
    } else if (command === 'lineTo') add(args[0], args[1]);
    else if (command === 'quadraticCurveTo') {
      add(args[0], args[1], false);
      add(args[2], args[3]);
    } else if (command === 'bezierCurveTo') throw new Error('cubic outlines are not for TrueType');
  }
  if (current.length > 0) contours.push(current);
  return contours.map(withoutImplied).filter((contour) => contour.length > 1);
}

/** Drops the last point where it is the first again, and points that lie halfway between two control points. */
function withoutImplied(contour: readonly Point[]): Point[] {
  const [first, last] = [contour[0], contour.at(-1)];
  const isClosed = contour.length > 1 && last?.isOn === true && last.x === first?.x && last.y === first.y;
  const points = isClosed ? contour.slice(0, -1) : contour;
  return points.filter((point, i) => {
    const [before, after] = [points.at(i - 1), points[(i + 1) % points.length]];
    const isBetween = before?.isOn === false && after?.isOn === false && point.isOn && i > 0;
    return !isBetween || 2 * point.x !== before.x + after.x || 2 * point.y !== before.y + after.y;
  });
}

function writeGlyph(contours: Contours): Uint8Array {
  const points = contours.flat();
  if (points.length === 0) return new Uint8Array();
  const box = boxOf(points);
  const head = new DataView(new ArrayBuffer(10 + 2 * contours.length + 2));
  head.setInt16(0, contours.length);
  box.forEach((value, i) => head.setInt16(2 + 2 * i, value));
  let end = -1;
  contours.forEach((contour, i) => {
    end += contour.length;
    head.setUint16(10 + 2 * i, end);
  });
  const flags: number[] = [];
  const xs: number[] = [];
  const ys: number[] = [];
  let [x, y] = [0, 0];
  for (const point of points) {
    const flag =
      (point.isOn ? flagBits.on : 0) |
      writeStep(xs, point.x - x, flagBits.xShort, flagBits.xSame) |
      writeStep(ys, point.y - y, flagBits.yShort, flagBits.ySame);
    flags.push(flag);
    [x, y] = [point.x, point.y];
  }
  const bytes = [...new Uint8Array(head.buffer), ...packedFlags(flags), ...xs, ...ys];
  while (bytes.length % 4 !== 0) bytes.push(0);
  return Uint8Array.from(bytes);
}

function writeStep(out: number[], step: number, short: number, same: number): number {
  if (step === 0) return same;
  if (Math.abs(step) < 256) {
    out.push(Math.abs(step));
    return step > 0 ? short | same : short;
  }
  out.push((step >> 8) & 0xff, step & 0xff);
  return 0;
}

function packedFlags(flags: readonly number[]): number[] {
  const out: number[] = [];
  for (let i = 0; i < flags.length;) {
    const flag = flags[i] ?? 0;
    let count = 1;
    while (flags[i + count] === flag && count < 256) count += 1;
    if (count > 2) out.push(flag | flagBits.repeat, count - 1);
    else for (let each = 0; each < count; each++) out.push(flag);
    i += count;
  }
  return out;
}

function boxOf(points: readonly Point[]): [number, number, number, number] {
  const box: [number, number, number, number] = [0x7fff, 0x7fff, -0x8000, -0x8000];
  for (const { x, y } of points) {
    box[0] = Math.min(box[0], x);
    box[1] = Math.min(box[1], y);
    box[2] = Math.max(box[2], x);
    box[3] = Math.max(box[3], y);
  }
  return box;
}

function headTable(font: Font, outlines: readonly Contours[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(54));
  view.setUint32(0, TRUETYPE);
  view.setUint32(4, TRUETYPE);
  view.setUint32(12, MAGIC);
  view.setUint16(16, 3);
  view.setUint16(18, font.unitsPerEm);
  const all = outlines.flat(2);
  (all.length === 0 ? [0, 0, 0, 0] : boxOf(all)).forEach((value, i) => view.setInt16(36 + 2 * i, value));
  view.setUint16(46, 8);
  view.setInt16(48, 2);
  view.setInt16(50, 1);
  return new Uint8Array(view.buffer);
}

function hheaTable(font: Font, advances: readonly number[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(36));
  view.setUint32(0, TRUETYPE);
  view.setInt16(4, Math.round(font.ascent));
  view.setInt16(6, Math.round(font.descent));
  view.setUint16(
    10,
    advances.reduce((most, each) => Math.max(most, each), 0),
  );
  view.setInt16(18, 1);
  view.setUint16(34, advances.length);
  return new Uint8Array(view.buffer);
}

function hmtxTable(advances: readonly number[], lefts: readonly number[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(4 * advances.length));
  advances.forEach((advance, i) => {
    view.setUint16(4 * i, advance);
    view.setInt16(4 * i + 2, lefts[i] ?? 0);
  });
  return new Uint8Array(view.buffer);
}

function maxpTable(outlines: readonly Contours[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(32));
  const most = (count: (contours: Contours) => number): number =>
    outlines.reduce((value, contours) => Math.max(value, count(contours)), 0);
  view.setUint32(0, TRUETYPE);
  view.setUint16(4, outlines.length);
  view.setUint16(
    6,
    most((contours) => contours.flat().length),
  );
  view.setUint16(
    8,
    most((contours) => contours.length),
  );
  view.setUint16(14, 2);
  return new Uint8Array(view.buffer);
}
