import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { fromBase64, toBase64 } from '#core/base64.ts';
import { readImageHeader } from '#core/image-header.ts';
import { pngOf } from '#tests/support/images.ts';

const fixture = (name: string): Uint8Array =>
  readFileSync(path.join(import.meta.dirname, '../fixtures/images', name));
const words = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('what an image is', () => {
  test.each([
    ['chart.png', 'image/png', 320, 180],
    ['chart.jpg', 'image/jpeg', 160, 90],
    ['chart-progressive.jpg', 'image/jpeg', 160, 90],
    ['chart.gif', 'image/gif', 160, 90],
    ['chart-lossy.webp', 'image/webp', 160, 90],
    ['chart-lossless.webp', 'image/webp', 160, 90],
    ['chart-alpha.webp', 'image/webp', 160, 90],
  ])('IM88 %s is known by its bytes, with its size', (name, mediaType, width, height) => {
    expect(readImageHeader(fixture(name))).toEqual({ mediaType, width, height });
  });

  test.each([
    ['a drawing that can hold scripts', words('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')],
    ['a page', words('<!doctype html><img src=x onerror=alert(1)>')],
    ['a PDF', words('%PDF-1.7\n')],
    ['a Windows bitmap', words('BM6\0\0\0\0\0\0\x006\0\0\0(\0\0\0')],
    ['a sound in the same container as WebP', words('RIFF\0\0\0\0WAVEfmt \0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0')],
    ['nothing', new Uint8Array()],
    ['a picture without width', pngOf(0, 10)],
    ['one that is wider than any page', pngOf(20_001, 1)],
    ['one that would take a gigabyte to show', pngOf(16_000, 16_000)],
  ])('IM88 %s is none', (_what, bytes) => {
    expect(readImageHeader(bytes)).toBeNull();
  });

  test.each(['chart.png', 'chart.jpg', 'chart.gif', 'chart-lossy.webp', 'chart-lossless.webp'])(
    'IM88 %s cut off anywhere is read without a fault',
    (name) => {
      const bytes = fixture(name);
      const whole = readImageHeader(bytes);
      for (let length = 0; length < Math.min(bytes.length, 700); length++) {
        const read = readImageHeader(bytes.subarray(0, length));
        if (read !== null) expect(read).toEqual(whole);
      }
    },
  );

  test('IM88 a JPEG of millions of empty segments comes to an end', () => {
    const bytes = new Uint8Array(8_000_000);
    bytes.set([0xff, 0xd8, 0xff, 0xe0, 0, 2]);
    for (let at = 6; at + 4 <= bytes.length; at += 4) bytes.set([0xff, 0xe1, 0, 2], at);
    expect(readImageHeader(bytes)).toBeNull();
    expect(readImageHeader(bytes.fill(0xff, 2))).toBeNull();
  });
});

test('IM91 bytes come back from base64, and nothing else is taken for it', () => {
  for (const length of [0, 1, 2, 3, 24_575, 24_576, 24_577, 60_000]) {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 31) % 256);
    expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
    expect(fromBase64(toBase64(bytes))).toEqual(bytes);
  }
  for (const text of ['A', 'AA=A', 'AA A', 'AA-_', 'AAA=\n', '====', 'ÿÿÿÿ'])
    expect(fromBase64(text), text).toBeNull();
});
