/** Images for tests: a real one, and as many others as are wanted. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { ReadImage } from '#server/import/notes.ts';

export function imageOf(bytes: Uint8Array, mediaType = 'image/png'): ReadImage {
  return { sha256: createHash('sha256').update(bytes).digest('hex'), mediaType, bytes };
}

/** 320 by 180 pixels, a bar chart. */
export const chart: ReadImage = imageOf(
  new Uint8Array(readFileSync(path.join(import.meta.dirname, '../fixtures/images/chart.png'))),
);

/** The header of a PNG of a size, and after it `length` bytes of `fill` in all: told apart by them. */
export function pngOf(width: number, height: number, { length = 33, fill = 0 } = {}): Uint8Array {
  const bytes = new Uint8Array(Math.max(33, length)).fill(fill);
  bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]);
  const view = new DataView(bytes.buffer);
  view.setUint32(16, width);
  view.setUint32(20, height);
  return bytes;
}
