/** Where the pages of a PDF are in the report's text, at import and when the text has changed. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RawClient } from '#tests/server/sync/raw-client.ts';
import { textOf, until } from '#tests/server/sync/sync-world.ts';
import { lines, pdfFile } from '#tests/support/pdf-file.ts';
import { startServer, type TestServer } from '#tests/support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
}, 60_000);
afterAll(() => server.stop());

const page = (...words: string[]) => ({ content: lines(60, 700, words) });

async function importPdf(): Promise<string> {
  const bytes = pdfFile({
    pages: [
      page('The two sides met on Tuesday.', 'Nobody was hurt.'),
      page('The call lasted 75 minutes.'),
      page('They left early.'),
    ],
  });
  const form = new FormData();
  form.set('file', new File([new Uint8Array(bytes)], 'report.pdf'));
  const { status, body } = await server.api('/reports', { method: 'POST', body: form });
  expect(status).toBe(201);
  return body.id;
}

/** The words with which each page begins. */
async function beginnings(reportId: string): Promise<[number, string][]> {
  const { status, body } = await server.api(`/reports/${reportId}/pages`);
  expect(status).toBe(200);
  const text = (await server.api(`/reports/${reportId}/text`)).text;
  return body.items.map(({ page: number, start }: { page: number; start: number }) => [
    number,
    text.slice(start, start + 8),
  ]);
}

test('IM140 each page is where its words are, and stays there when text comes and goes before it', async () => {
  const reportId = await importPdf();
  expect(await beginnings(reportId)).toEqual([
    [1, 'The two '],
    [2, 'The call'],
    [3, 'They lef'],
  ]);
  await server.api(`/reports/${reportId}`, { method: 'PATCH', json: { locked: false } });
  const client = new RawClient({ url: `${server.url.replace('http', 'ws')}/sync` }, 'nobody', reportId, {
    headers: { authorization: `Bearer ${server.ownerToken}` },
  });
  await client.synced();
  client.edit((doc) => {
    textOf(doc).delete(4, 4);
    textOf(doc).insert(0, 'As was said in the evening: ');
  });
  await until(() => client.acknowledged === 1, 'it is saved');
  client.close();
  expect(await beginnings(reportId)).toEqual([
    [1, 'The side'],
    [2, 'The call'],
    [3, 'They lef'],
  ]);
});

test('IM142 the pages go out with every claim and come back with the bundle', async () => {
  const reportId = await importPdf();
  const selector = { type: 'TextQuoteSelector', exact: '75 minutes' };
  expect(
    (await server.api(`/reports/${reportId}/claims`, { method: 'POST', json: { selector } })).status,
  ).toBe(201);
  const { text: page } = await server.api(`/reports/${reportId}/export?format=html`);
  expect(page).toMatch(/In the source<\/dt><dd>.{0,40}page 2/);
  const bundle = (await server.api(`/reports/${reportId}/export?format=json`)).body;
  expect(bundle.pages.map((each: { page: number }) => each.page)).toEqual([1, 2, 3]);
  const { status, body } = await server.api('/reports', { method: 'POST', json: bundle });
  expect(status).toBe(201);
  expect(await beginnings(body.id)).toEqual(await beginnings(reportId));
  const disordered = { ...bundle, pages: bundle.pages.toReversed() };
  expect((await server.api('/reports', { method: 'POST', json: disordered })).body).toMatchObject({
    code: 'invalid_input',
    detail: expect.stringContaining('pages[1]'),
  });
});

test('IM140 a source without pages has none, and who may not read the report is told of none', async () => {
  const { body } = await server.api('/reports', { method: 'POST', json: { text: 'Two people died.' } });
  expect((await server.api(`/reports/${body.id}/pages`)).body).toEqual({ items: [], next: null });
  expect((await server.api(`/reports/${crypto.randomUUID()}/pages`)).status).toBe(404);
});
