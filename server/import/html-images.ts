/**
 * Images of a page that are in the file itself: as `data:` addresses, or as parts that came along (MHTML, a fetched
 * page). What an image is, its bytes say; only kinds that every browser shows and that cannot run anything are
 * taken, so no SVG. An image is named by its SHA-256 and kept once.
 */
import { createHash } from 'node:crypto';
import { MAX_IMAGE_PIXELS } from '#core/text/schema.ts';
import type { ReadImage } from './notes.ts';

export interface FoundImage {
  readonly sha256: string;
  readonly width: number | null;
  readonly height: number | null;
}

/** A photograph for print has 5 MB. Bytes. */
export const MAX_IMAGE_BYTES = 10 * 1024 * 1024;
/** A photo story has 100. */
const MAX_IMAGES = 200;
/** Images of this many pixels a side count readers or hold a place. */
const MAX_PIXEL = 2;

export class ImageCollection {
  private readonly images = new Map<string, ReadImage>();

  /** `resources`: bytes by absolute address. */
  constructor(private readonly resources: ReadonlyMap<string, Uint8Array>) {}

  all(): ReadImage[] {
    return [...this.images.values()];
  }

  /** Null when its bytes are not there, or are no image that is taken. */
  find(address: string): FoundImage | null {
    const bytes = address.startsWith('data:') ? bytesOfData(address) : (this.resources.get(address) ?? null);
    if (bytes === null || bytes.length > MAX_IMAGE_BYTES) return null;
    const kind = imageKind(bytes);
    if (kind === null || isPixel(kind.width, kind.height)) return null;
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    if (!this.images.has(sha256)) {
      if (this.images.size >= MAX_IMAGES) return null;
      this.images.set(sha256, { sha256, mediaType: kind.mediaType, bytes });
    }
    return { sha256, width: kind.width, height: kind.height };
  }
}

export function isPixel(width: number | null, height: number | null): boolean {
  return width !== null && height !== null && width <= MAX_PIXEL && height <= MAX_PIXEL;
}

function bytesOfData(address: string): Uint8Array | null {
  const comma = address.indexOf(',');
  if (comma < 0 || !/^data:image\/[\w.+-]+(;[\w=.-]+)*;base64$/i.test(address.slice(0, Math.min(comma, 200))))
    return null;
  if (address.length > MAX_IMAGE_BYTES * 1.5) return null;
  return new Uint8Array(
    Buffer.from(
      address
        .slice(comma + 1)
        .replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
      'base64',
    ),
  );
}

interface Kind {
  readonly mediaType: string;
  readonly width: number | null;
  readonly height: number | null;
}

/** By the first bytes; the sizes are where the format keeps them, null when they are not found. */
function imageKind(bytes: Uint8Array): Kind | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const starts = (text: string, at = 0): boolean =>
    bytes.length >= at + text.length &&
    Array.from(text).every((sign, i) => bytes[at + i] === sign.charCodeAt(0));
  if (starts('\x89PNG\r\n\x1a\n') && bytes.length >= 24)
    return { mediaType: 'image/png', width: sized(view.getUint32(16)), height: sized(view.getUint32(20)) };
  if ((starts('GIF87a') || starts('GIF89a')) && bytes.length >= 10)
    return {
      mediaType: 'image/gif',
      width: sized(view.getUint16(6, true)),
      height: sized(view.getUint16(8, true)),
    };
  if (starts('\xff\xd8\xff')) return { mediaType: 'image/jpeg', ...jpegSize(view) };
  if (starts('RIFF') && starts('WEBP', 8)) return { mediaType: 'image/webp', ...webpSize(view, starts) };
  return null;
}

function jpegSize(view: DataView): { width: number | null; height: number | null } {
  for (let at = 2; at + 9 < view.byteLength && view.getUint8(at) === 0xff;) {
    const marker = view.getUint8(at + 1);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { width: sized(view.getUint16(at + 7)), height: sized(view.getUint16(at + 5)) };
    at += 2 + Math.max(view.getUint16(at + 2), 2);
  }
  return { width: null, height: null };
}

function webpSize(
  view: DataView,
  starts: (text: string, at: number) => boolean,
): { width: number | null; height: number | null } {
  if (view.byteLength < 30) return { width: null, height: null };
  if (starts('VP8X', 12))
    return {
      width: sized((view.getUint32(24, true) & 0xffffff) + 1),
      height: sized(((view.getUint32(26, true) >>> 8) & 0xffffff) + 1),
    };
  if (starts('VP8 ', 12))
    return {
      width: sized(view.getUint16(26, true) & 0x3fff),
      height: sized(view.getUint16(28, true) & 0x3fff),
    };
  const bits = view.getUint32(21, true);
  return { width: sized((bits & 0x3fff) + 1), height: sized(((bits >>> 14) & 0x3fff) + 1) };
}

/** As the schema takes it, else unknown. */
function sized(pixels: number): number | null {
  return pixels >= 1 && pixels <= MAX_IMAGE_PIXELS ? pixels : null;
}
