/**
 * What an image is, by its own bytes: the four kinds that every browser and every export can show, and their size.
 * Only the header is read, never a pixel; a file that calls itself an image and is something else (a drawing with
 * scripts, a page) is none. Everything is bounded: a fixed place, or a walk over segments whose number is limited.
 */

export const imageTypes = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'] as const;
export type ImageType = (typeof imageTypes)[number];

export interface ImageHeader {
  readonly mediaType: ImageType;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
}

/** No screen and no page is wider; more is a mistake or an attack. */
export const MAX_IMAGE_PIXELS = 20_000;
/** Width times height. Shown, a pixel takes four bytes: 256 MB, about what a tab survives. Phones make 50 million. */
export const MAX_IMAGE_AREA = 64_000_000;
/** Segments before the size of a JPEG: a camera writes about ten, a colour profile may take twenty. */
const MAX_JPEG_SEGMENTS = 500;

/** Null: none of the four kinds, cut off within its header, or too large to be shown. */
export function readImageHeader(bytes: Uint8Array): ImageHeader | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const header = png(view) ?? gif(view) ?? webp(view) ?? jpeg(view);
  if (header === null) return null;
  const { width, height } = header;
  const isShown = width > 0 && height > 0 && width <= MAX_IMAGE_PIXELS && height <= MAX_IMAGE_PIXELS;
  return isShown && width * height <= MAX_IMAGE_AREA ? header : null;
}

/** Whether the bytes at a place are these characters. */
function says(view: DataView, at: number, word: string): boolean {
  if (at + word.length > view.byteLength) return false;
  return Array.from(word).every((sign, i) => view.getUint8(at + i) === sign.charCodeAt(0));
}

function png(view: DataView): ImageHeader | null {
  if (!says(view, 0, '\x89PNG\r\n\x1a\n') || !says(view, 12, 'IHDR') || view.byteLength < 33) return null;
  return { mediaType: 'image/png', width: view.getUint32(16), height: view.getUint32(20) };
}

function gif(view: DataView): ImageHeader | null {
  if (!(says(view, 0, 'GIF87a') || says(view, 0, 'GIF89a')) || view.byteLength < 13) return null;
  return { mediaType: 'image/gif', width: view.getUint16(6, true), height: view.getUint16(8, true) };
}

/** A lossy, a lossless or an extended file; each says its size in a way of its own. */
function webp(view: DataView): ImageHeader | null {
  if (!says(view, 0, 'RIFF') || !says(view, 8, 'WEBP') || view.byteLength < 30) return null;
  const size = (width: number, height: number): ImageHeader => ({ mediaType: 'image/webp', width, height });
  if (says(view, 12, 'VP8 ')) {
    if (view.getUint8(23) !== 0x9d || view.getUint8(24) !== 0x01 || view.getUint8(25) !== 0x2a) return null;
    return size(view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff);
  }
  if (says(view, 12, 'VP8L')) {
    if (view.getUint8(20) !== 0x2f) return null;
    const bits = view.getUint32(21, true);
    return size((bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1);
  }
  if (!says(view, 12, 'VP8X')) return null;
  const threeBytes = (at: number): number => view.getUint16(at, true) + view.getUint8(at + 2) * 0x1_0000;
  return size(threeBytes(24) + 1, threeBytes(27) + 1);
}

/** The size is in the frame header, behind segments of other things that each say how long they are. */
function jpeg(view: DataView): ImageHeader | null {
  if (!says(view, 0, '\xff\xd8\xff')) return null;
  let at = 2;
  for (let segments = 0; segments < MAX_JPEG_SEGMENTS && at + 9 <= view.byteLength; segments++) {
    if (view.getUint8(at) !== 0xff) return null;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at += 1; // a byte that fills up
      continue;
    }
    if (isFrame(marker))
      return { mediaType: 'image/jpeg', width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    if (marker === 0xda || marker === 0xd9) return null; // pixels, or the end, before any size
    const length = view.getUint16(at + 2);
    if (length < 2) return null;
    at += 2 + length;
  }
  return null;
}

/** Start of a frame, of any way of coding; C4, C8 and CC are tables. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}
