/** Images in the file: JPEG as it is, PNG by png.ts; each once, however often it is shown. Null: not one of these. */
import type { PdfReference } from 'pdfkit';
import type { PackedDocument } from './packed-document.ts';
import { readPng, type PngImage } from './png.ts';

export interface EmbeddedImage {
  readonly reference: PdfReference;
  /** Pixels, as it is to be seen. */
  readonly width: number;
  readonly height: number;
  /** How the unit square is turned: the first four numbers of its matrix and what is added, before scaling. */
  readonly matrix: readonly [number, number, number, number, number, number];
}

interface JpegHeader {
  readonly width: number;
  readonly height: number;
  readonly components: number;
  readonly orientation: number;
}

const upright = [1, 0, 0, 1, 0, 0] as const;
/** By EXIF's orientation: the unit square turned or mirrored onto itself. */
const turns: Readonly<Record<number, EmbeddedImage['matrix']>> = {
  2: [-1, 0, 0, 1, 1, 0],
  3: [-1, 0, 0, -1, 1, 1],
  4: [1, 0, 0, -1, 0, 1],
  5: [0, -1, -1, 0, 1, 1],
  6: [0, -1, 1, 0, 0, 1],
  7: [0, 1, 1, 0, 0, 0],
  8: [0, 1, -1, 0, 1, 0],
};

export function embedImage(document: PackedDocument, bytes: Uint8Array): EmbeddedImage | null {
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return embedJpeg(document, bytes);
  const png = readPng(bytes);
  return png === null ? null : embedPng(document, png);
}

function embedJpeg(document: PackedDocument, bytes: Uint8Array): EmbeddedImage | null {
  const header = readJpeg(bytes);
  if (header === null) return null;
  const { width, height, components, orientation } = header;
  const space = ({ 1: 'DeviceGray', 3: 'DeviceRGB', 4: 'DeviceCMYK' } as const)[components];
  if (space === undefined) return null;
  const reference = document.ref({
    Type: 'XObject',
    Subtype: 'Image',
    Width: width,
    Height: height,
    BitsPerComponent: 8,
    ColorSpace: space,
    Filter: 'DCTDecode',
    // Adobe writes CMYK upside down, and nobody else writes it.
    ...(components === 4 && { Decode: [1, 0, 1, 0, 1, 0, 1, 0] }),
  });
  reference.end(bytes);
  const isTurned = orientation > 4;
  return {
    reference,
    width: isTurned ? height : width,
    height: isTurned ? width : height,
    matrix: turns[orientation] ?? upright,
  };
}

function readJpeg(bytes: Uint8Array): JpegHeader | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let orientation = 1;
  for (let at = 2; at + 9 < bytes.length;) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const length = view.getUint16(at + 2);
    if (length < 2) return null;
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) {
      const [bits, components] = [bytes[at + 4], bytes[at + 9] ?? 0];
      const [height, width] = [view.getUint16(at + 5), view.getUint16(at + 7)];
      return bits === 8 && width > 0 && height > 0 ? { width, height, components, orientation } : null;
    }
    if (marker === 0xe1) orientation = orientationIn(bytes.subarray(at + 4, at + 2 + length)) ?? orientation;
    at += 2 + length;
  }
  return null;
}

/** EXIF's tag 0x0112 of the first directory; null without one. */
function orientationIn(exif: Uint8Array): number | null {
  if (String.fromCharCode(...exif.subarray(0, 4)) !== 'Exif' || exif.length < 18) return null;
  const view = new DataView(exif.buffer, exif.byteOffset + 6, exif.length - 6);
  const isLittle = view.getUint16(0) === 0x4949;
  const start = view.getUint32(4, isLittle);
  if (start + 2 > view.byteLength) return null;
  const count = view.getUint16(start, isLittle);
  for (let i = 0, at = start + 2; i < count && at + 12 <= view.byteLength; i++, at += 12) {
    if (view.getUint16(at, isLittle) === 0x0112) return view.getUint16(at + 8, isLittle);
  }
  return null;
}

function embedPng(document: PackedDocument, png: PngImage): EmbeddedImage {
  const space = png.colours === 3 ? 'DeviceRGB' : 'DeviceGray';
  const size = { Width: png.width, Height: png.height };
  const reference = document.ref({
    Type: 'XObject',
    Subtype: 'Image',
    ...size,
    BitsPerComponent: png.bits,
    ColorSpace: png.palette === null ? space : indexed(document, png.palette),
    Filter: 'FlateDecode',
    ...(!png.isPlain && {
      DecodeParms: { Predictor: 15, Colors: png.colours, BitsPerComponent: png.bits, Columns: png.width },
    }),
    ...(png.alpha !== null && { SMask: maskOf(document, png.alpha, size) }),
  });
  reference.end(png.data);
  return { reference, width: png.width, height: png.height, matrix: upright };
}

function indexed(document: PackedDocument, palette: Uint8Array): unknown[] {
  const table = document.ref();
  table.end(palette);
  return ['Indexed', 'DeviceRGB', Math.floor(palette.length / 3) - 1, table];
}

function maskOf(
  document: PackedDocument,
  alpha: Uint8Array,
  size: { Width: number; Height: number },
): PdfReference {
  const mask = document.ref({
    Type: 'XObject',
    Subtype: 'Image',
    ...size,
    BitsPerComponent: 8,
    ColorSpace: 'DeviceGray',
    Filter: 'FlateDecode',
  });
  mask.end(alpha);
  return mask;
}
