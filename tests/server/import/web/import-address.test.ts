import { createHash, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sources } from '#db/schema.ts';
import { startServer, type TestServer } from '#tests/support/server.ts';
import { onlyHere, openSite, type WebSite } from '#tests/support/web-site.ts';

const pages = path.join(import.meta.dirname, '../../../fixtures/pages');
const news = readFileSync(path.join(pages, 'news-en.html'));
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAIAAAACUFjqAAAAEklEQVR4nGP4z8CAB+GTG8HSALfKY52fTcuYAAAAAElFTkSuQmCC',
  'base64',
);

let site: WebSite;
let server: TestServer;
let strict: TestServer;

beforeAll(async () => {
  site = await openSite({
    '/moved': (_, response) => response.writeHead(301, { location: '/news' }).end(),
    '/news': (_, response) =>
      response
        .setHeader('content-type', 'text/html; charset=utf-8')
        .setHeader('content-encoding', 'gzip')
        .end(gzipSync(news)),
    '/latin': (_, response) =>
      response
        .setHeader('content-type', 'text/html; charset=ISO-8859-1')
        .end(Buffer.from('<p>Le résultat fut connu à minuit.</p>', 'latin1')),
    '/text': (_, response) => response.setHeader('content-type', 'text/plain').end('Just words.'),
    '/pictures': (_, response) =>
      response
        .setHeader('content-type', 'text/html')
        .end('<p>Before</p><img src="a.png" alt="A square"><img src="/b.png" alt="Not there"><p>After</p>'),
    '/a.png': (_, response) => response.setHeader('content-type', 'image/png').end(png),
  });
  server = await startServer({ addresses: onlyHere });
  strict = await startServer();
});
afterAll(async () => {
  await Promise.all([server.stop(), strict.stop(), site.stop()]);
});

describe('POST /reports with an address', () => {
  test('IM53 makes a report of the article, and keeps the page as it came', async () => {
    const { status, body } = await server.api('/reports', {
      method: 'POST',
      json: { url: `${site.url}/moved` },
    });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      title: 'River towns face third flood in five years, ministers told',
      purpose: 'external',
      locked: true,
      source: {
        kind: 'html',
        sha256: createHash('sha256').update(news).digest('hex'),
        name: null,
        from: `${site.url}/news`,
        meta: {
          byline: 'Maya Osei, Tom Hallam',
          publishedAt: '2026-03-03T06:00:12Z',
          language: 'en-GB',
          canonicalUrl: 'https://www.harbourpost.example/uk/2026/mar/03/river-towns-third-flood',
          publisher: 'The Harbour Post',
        },
      },
    });
    const { text } = await server.api(`/reports/${body.id}/text`);
    expect(text.startsWith('Engineers say barriers promised')).toBe(true);
    expect(text).not.toContain('cookies');
    const [row] = await server.runtime.database.db
      .select()
      .from(sources)
      .where(eq(sources.reportId, body.id));
    expect(Buffer.from(row?.bytes ?? []).equals(news)).toBe(true);
  });

  test('IM53 takes the encoding from the server, and text as text', async () => {
    const latin = await server.api('/reports', { method: 'POST', json: { url: `${site.url}/latin` } });
    expect((await server.api(`/reports/${latin.body.id}/text`)).text).toBe('Le résultat fut connu à minuit.');
    const plain = await server.api('/reports', {
      method: 'POST',
      json: { url: `${site.url}/text`, title: 'My title', purpose: 'draft' },
    });
    expect(plain.body).toMatchObject({
      title: 'My title',
      purpose: 'draft',
      source: { kind: 'text', meta: null },
    });
  });

  test('IM53 a preview of an address says what would come, and keeps nothing', async () => {
    const before = (await server.api('/reports')).body.items.length;
    const { status, body } = await server.api('/reports/preview', {
      method: 'POST',
      json: { url: `${site.url}/news` },
    });
    expect([status, body.kind, body.meta.publisher]).toEqual([200, 'html', 'The Harbour Post']);
    expect((await server.api('/reports')).body.items.length).toBe(before);
  });

  test('IM53 sent again with its id, it is not fetched again', async () => {
    const json = { url: `${site.url}/text`, id: randomUUID() };
    const first = await server.api('/reports', { method: 'POST', json });
    const before = site.requests.length;
    const again = await server.api('/reports', { method: 'POST', json });
    expect([again.status, again.body]).toEqual([201, first.body]);
    expect(site.requests.length).toBe(before);
  });

  test('IM54 fetches the images of the text, and says which did not come', async () => {
    const { body } = await server.api('/reports', { method: 'POST', json: { url: `${site.url}/pictures` } });
    expect((await server.api(`/reports/${body.id}/text`)).text).toBe('Before\n[Image: Not there]\nAfter');
    const asked = site.requests.map((request) => request.url);
    expect(asked).toContain('/a.png');
    expect(asked).toContain('/b.png');
    const bundle = await server.api(`/reports/${body.id}/export?format=json`);
    const figure = bundle.body.doc.content.find((block: { type: string }) => block.type === 'figure');
    expect(figure.attrs).toEqual({
      image: createHash('sha256').update(png).digest('hex'),
      alt: 'A square',
      width: 10,
      height: 10,
    });
  });

  test.each([
    ['an address that is not public', 'http://127.0.0.1:8080/', 'address_refused'],
    ['the cloud’s own metadata', 'http://169.254.169.254/latest/', 'address_refused'],
    ['a name of this machine', 'http://localhost/', 'address_refused'],
    ['another protocol', 'ftp://example.com/a', 'invalid_input'],
    ['no address', 'just words', 'invalid_input'],
  ])('IM50 refuses %s', async (_, url, code) => {
    const { status, body } = await strict.api('/reports', { method: 'POST', json: { url } });
    expect([status, body.code]).toEqual([422, code]);
    expect((await strict.api('/reports')).body.items).toEqual([]);
  });

  test('IM52 a page that is not there is told, and makes no report', async () => {
    const { status, body } = await server.api('/reports', {
      method: 'POST',
      json: { url: `${site.url}/none` },
    });
    expect([status, body.code, body.detail]).toEqual([
      422,
      'address_unreachable',
      'The server answered 404 (Not Found).',
    ]);
  });

  test('IM53 only who may import may have a page fetched', async () => {
    const viewer = await server.addMember('viewer');
    const before = site.requests.length;
    const json = { url: `${site.url}/text` };
    expect((await server.api('/reports', { method: 'POST', json }, viewer.token)).status).toBe(403);
    expect(site.requests.length).toBe(before);
  });
});
