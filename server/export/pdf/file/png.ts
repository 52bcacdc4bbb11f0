/**
 * PNG for a PDF: whole where PDF can read it as it is (deflated rows with PNG's own predictors), else decoded, with
 * transparency as a mask of its own. Untrusted bytes: sizes are checked before anything is unpacked, and what is
 * no sound PNG is null, which is shown as the image's description.
 */
import { deflateSync, inflateSync } from 'node:zlib';

/** A mask needs every pixel unpacked: 16 million are 64 MB, more than any figure on a page needs. */
const MAX_DECODED_PIXELS = 16_000_000;
/** The file format's own limit is far more than a PDF reader takes. */
const MAX_SIDE = 32_767;

export interface PngImage {
  readonly width: number;
  readonly height: number;
  readonly bits: number;
  readonly colours: 1 | 3;
  readonly palette: Uint8Array | null;
  /** Deflated; with PNG's predictors unless `isPlain`. */
  readonly data: Uint8Array;
  readonly isPlain: boolean;
  /** One byte a pixel, deflated. */
  readonly alpha: Uint8Array | null;
}

interface Header {
  readonly width: number;
  readonly height: number;
  readonly bits: number;
  readonly type: number;
  readonly isInterlaced: boolean;
}

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const channelsOf: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
const depthsOf: Readonly<Record<number, readonly number[]>> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
};

export function readPng(bytes: Uint8Array): PngImage | null {
  if (signature.some((byte, i) => bytes[i] !== byte)) return null;
  const chunks = chunksOf(bytes);
  const header = headerOf(chunks.get('IHDR')?.[0]);
  const packed = chunks.get('IDAT');
  if (header === null || packed === undefined) return null;
  const palette = chunks.get('PLTE')?.[0] ?? null;
  if (header.type === 3 && (palette === null || palette.length < 3)) return null;
  const data = Buffer.concat(packed);
  const transparency = chunks.get('tRNS')?.[0] ?? null;
  const { width, height, bits, type, isInterlaced } = header;
  if (!isInterlaced && transparency === null && type < 4) {
    return { width, height, bits, colours: type === 2 ? 3 : 1, palette, data, isPlain: false, alpha: null };
  }
  return width * height > MAX_DECODED_PIXELS ? null : decoded(header, data, palette, transparency);
}

function chunksOf(bytes: Uint8Array): Map<string, Uint8Array[]> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunks = new Map<string, Uint8Array[]>();
  for (let at = signature.length; at + 12 <= bytes.length;) {
    const length = view.getUint32(at);
    const name = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (at + 12 + length > bytes.length) break;
    const same = chunks.get(name) ?? [];
    same.push(bytes.subarray(at + 8, at + 8 + length));
    chunks.set(name, same);
    at += 12 + length;
  }
  return chunks;
}

function headerOf(bytes: Uint8Array | undefined): Header | null {
  if (bytes === undefined || bytes.length < 13) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [width, height] = [view.getUint32(0), view.getUint32(4)];
  const [bits = 0, type = 0, , , interlace = 0] = bytes.subarray(8, 13);
  const isSound =
    width > 0 &&
    height > 0 &&
    width <= MAX_SIDE &&
    height <= MAX_SIDE &&
    depthsOf[type]?.includes(bits) === true;
  return isSound ? { width, height, bits, type, isInterlaced: interlace === 1 } : null;
}

function decoded(
  header: Header,
  data: Uint8Array,
  palette: Uint8Array | null,
  transparency: Uint8Array | null,
): PngImage | null {
  const samples = samplesOf(header, data);
  if (samples === null) return null;
  const { width, height, type } = header;
  const channels = channelsOf[type] ?? 1;
  const colours = type === 0 || type === 4 ? 1 : 3;
  const pixels = width * height;
  const out = new Uint8Array(pixels * colours);
  const alpha = new Uint8Array(pixels).fill(255);
  for (let i = 0; i < pixels; i++) {
    const from = i * channels;
    const index = samples[from] ?? 0;
    for (let c = 0; c < colours; c++)
      out[i * colours + c] = type === 3 ? (palette?.[index * 3 + c] ?? 0) : (samples[from + c] ?? 0);
    if (type >= 4) alpha[i] = samples[from + channels - 1] ?? 255;
    else if (type === 3 && transparency !== null) alpha[i] = transparency[index] ?? 255;
    else if (transparency !== null && isKey(samples, from, header, transparency)) alpha[i] = 0;
  }
  const isOpaque = alpha.every((value) => value === 255);
  return {
    width,
    height,
    bits: 8,
    colours,
    palette: null,
    data: deflateSync(out),
    isPlain: true,
    alpha: isOpaque ? null : deflateSync(alpha),
  };
}

/** Whether a pixel has the one colour that stands for nothing. */
function isKey(samples: Uint8Array, from: number, { type, bits }: Header, key: Uint8Array): boolean {
  const count = type === 2 ? 3 : 1;
  for (let c = 0; c < count; c++) {
    const wanted = ((key[2 * c] ?? 0) << 8) | (key[2 * c + 1] ?? 0);
    const scaled = bits === 16 ? wanted >> 8 : scaleUp(wanted, bits, type);
    if (samples[from + c] !== scaled) return false;
  }
  return true;
}

/** One byte a sample, row after row, whatever the depth and the interlacing. */
function samplesOf(header: Header, data: Uint8Array): Uint8Array | null {
  const { width, height, type, isInterlaced } = header;
  const channels = channelsOf[type] ?? 1;
  const passes = isInterlaced
    ? [
        [0, 0, 8, 8],
        [4, 0, 8, 8],
        [0, 4, 4, 8],
        [2, 0, 4, 4],
        [0, 2, 2, 4],
        [1, 0, 2, 2],
        [0, 1, 1, 2],
      ]
    : [[0, 0, 1, 1]];
  const rowBytes = (columns: number): number => Math.ceil((columns * channels * header.bits) / 8);
  const raw = inflated(data, (rowBytes(width) + 8) * (height + 8) * 2);
  if (raw === null) return null;
  const out = new Uint8Array(width * height * channels);
  let at = 0;
  for (const [x0 = 0, y0 = 0, dx = 1, dy = 1] of passes) {
    const columns = Math.ceil((width - x0) / dx);
    const rows = Math.ceil((height - y0) / dy);
    if (columns <= 0 || rows <= 0) continue;
    const length = rowBytes(columns);
    let above = new Uint8Array(length);
    for (let row = 0; row < rows; row++) {
      const line = unfiltered(
        raw.subarray(at, at + 1 + length),
        above,
        Math.max(1, (channels * header.bits) >> 3),
      );
      at += 1 + length;
      above = line;
      for (let column = 0; column < columns; column++)
        for (let c = 0; c < channels; c++)
          out[((y0 + row * dy) * width + x0 + column * dx) * channels + c] = sampleAt(
            line,
            column * channels + c,
            header,
          );
    }
  }
  return out;
}

function inflated(data: Uint8Array, most: number): Uint8Array | null {
  try {
    return inflateSync(data, { maxOutputLength: most });
  } catch {
    // More than its header says, or no deflate stream: no picture either way.
    return null;
  }
}

function sampleAt(line: Uint8Array, index: number, { bits, type }: Header): number {
  if (bits === 8) return line[index] ?? 0;
  if (bits === 16) return line[2 * index] ?? 0;
  const bit = index * bits;
  const value = ((line[bit >> 3] ?? 0) >> (8 - bits - (bit & 7))) & ((1 << bits) - 1);
  return scaleUp(value, bits, type);
}

function scaleUp(value: number, bits: number, type: number): number {
  return type === 3 ? value : Math.round((value * 255) / ((1 << bits) - 1));
}

/** Undoes PNG's filter of one row; a row that is missing is empty. */
function unfiltered(row: Uint8Array, above: Uint8Array, step: number): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(above.length);
  const filter = row[0] ?? 0;
  for (let i = 0; i < out.length; i++) {
    const left = i < step ? 0 : (out[i - step] ?? 0);
    const up = above[i] ?? 0;
    const corner = i < step ? 0 : (above[i - step] ?? 0);
    const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter] ?? 0;
    out[i] = (row[i + 1] ?? 0) + guess;
  }
  return out;
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
}
