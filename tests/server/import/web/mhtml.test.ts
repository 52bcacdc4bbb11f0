import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { readBytes } from '../read.ts';

const saved = readFileSync(path.join(import.meta.dirname, '../../../fixtures/pages/chromium.mhtml'));
const page = (head: string, ...parts: string[]): Uint8Array =>
  Buffer.from(`MIME-Version: 1.0\r\n${head}\r\n\r\n${parts.join('')}`, 'latin1');
const related = 'Content-Type: multipart/related;\r\n\tboundary="b"';

describe('MHTML', () => {
  test('IM59 a page that Chromium saved gives its article, its image and where it was', async () => {
    const imported = await readBytes(saved, { name: 'page.mhtml' });
    expect(imported).toMatchObject({
      kind: 'html',
      title: 'River towns face third flood in five years, ministers told',
      meta: {
        byline: expect.stringContaining('Maya Osei'),
        publishedAt: '2026-03-03T06:00:12Z',
        publisher: 'The Harbour Post',
        canonicalUrl: 'https://www.harbourpost.example/uk/2026/mar/03/river-towns-third-flood',
      },
    });
    expect(imported.text.startsWith('Engineers say barriers promised')).toBe(true);
    expect(imported.text.endsWith('had four pumps working. It has none.')).toBe(true);
    expect(imported.text).toContain('“no more than half complete”');
    expect(imported.images.map(({ mediaType }) => mediaType)).toEqual(['image/png']);
    expect(imported.doc.content?.find(({ type }) => type === 'figure')?.attrs?.['alt']).toBe(
      'Sandbags outside a bakery in Tewford',
    );
  });

  test('IM59 words are decoded as the part says, base64 and quoted-printable, in its encoding', async () => {
    const html =
      '--b\r\nContent-Type: text/html; charset=windows-1250\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<p>=B3=F3d=\r\n=9F</p>\r\n--b--';
    expect((await readBytes(page(related, html))).text).toBe('łódź');
    const coded = `--b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.from('<p>zwölf</p>').toString('base64')}\r\n--b--`;
    expect((await readBytes(page(related, coded))).text).toBe('zwölf');
  });

  test('IM59 a file that was cut off gives what is there', async () => {
    expect((await readBytes(saved.subarray(0, 9_000))).text).toContain('Engineers say barriers');
  });

  test.each([
    ['without a page', page(related, '--b\r\nContent-Type: image/png\r\n\r\nx\r\n--b--'), 'unsupported_kind'],
    ['with a million parts', page(related, '--b\r\n\r\n'.repeat(100_000)), 'too_large'],
    ['without a boundary', page('Content-Type: multipart/related', '<p>x'), 'unsupported_kind'],
  ])('IM63 a saved page %s is refused', async (_, bytes, code) => {
    await expect(readBytes(bytes)).rejects.toMatchObject({ code });
  });

  test('IM63 parts in parts in parts end', async () => {
    const nested = Array.from(
      { length: 50 },
      (_, i) => `--b\r\nContent-Type: multipart/mixed; boundary=b${i}\r\n\r\n`,
    ).join('');
    await expect(readBytes(page(related, nested))).rejects.toMatchObject({ code: 'unsupported_kind' });
  });
});
