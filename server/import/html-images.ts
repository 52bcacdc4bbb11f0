/**
 * Images of a page that are in the file itself: as `data:` addresses, or as parts that came along (MHTML, a fetched
 * page). What an image is, its bytes say; only kinds that every browser shows and that cannot run anything are
 * taken, so no SVG. An image is named by its SHA-256 and kept once; how many and how large is decided in figures.ts.
 */
import { createHash } from 'node:crypto';
import { readImageHeader } from '#core/image-header.ts';
import type { ReadImage } from './notes.ts';

export interface FoundImage {
  readonly sha256: string;
  readonly width: number | null;
  readonly height: number | null;
}

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
    if (bytes === null) return null;
    const kind = readImageHeader(bytes);
    if (kind === null || isPixel(kind.width, kind.height)) return null;
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    if (!this.images.has(sha256)) this.images.set(sha256, { sha256, mediaType: kind.mediaType, bytes });
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
  return new Uint8Array(
    Buffer.from(
      address
        .slice(comma + 1)
        .replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
      'base64',
    ),
  );
}
