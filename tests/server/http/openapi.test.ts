/** What goes in and out by file, on a whole server, against the document that programs are written by. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { MAX_IMPORT_BYTES } from '#core/limits.ts';
import { exportFormats } from '#server/export/formats.ts';
import { openApiDocument, type ApiDocument } from '#tests/support/api-document.ts';
import { figure, figureReport, paragraph } from '#tests/support/figure-report.ts';
import { chart } from '#tests/support/images.ts';
import { startServer, type ApiAnswer, type ApiInit, type TestServer } from '#tests/support/server.ts';
import { onlyHere, openSite, type WebSite } from '#tests/support/web-site.ts';

let server: TestServer;
let site: WebSite;
let api: ApiDocument;
let reportId: string;
let word: Uint8Array<ArrayBuffer>;

const quote = (exact: string) => ({ type: 'TextQuoteSelector', exact });
const annotation = () => ({
  '@context': 'http://www.w3.org/ns/anno.jsonld',
  id: `urn:uuid:${randomUUID()}`,
  type: 'Annotation',
  body: { type: 'TextualBody', value: 'Says who?', purpose: 'commenting' },
  motivation: 'commenting',
  target: { source: 'http://example.org/', selector: quote('Two were killed') },
});
const row = {
  id: 'abc',
  uri: 'http://example.org/',
  user: 'acct:kim@example.org',
  text: 'Says who?',
  target: [{ selector: [quote('Two were killed')] }],
};

beforeAll(async () => {
  site = await openSite({
    '/talks': (_request, response) =>
      void response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Talks</h1><p>One was hurt.</p>'),
  });
  server = await startServer({ addresses: onlyHere });
  api = openApiDocument((await server.api('/openapi.json', {}, null)).body);
  const made = await server.api('/reports', {
    method: 'POST',
    json: { title: 'Harbour', text: 'Two were killed. Sirens sounded for ten hours.' },
  });
  reportId = made.body.id;
  await server.api(`/reports/${reportId}/claims`, {
    method: 'POST',
    json: { selector: quote('ten hours'), rationale: 'By the log.' },
  });
  word = await bytesOf('docx');
}, 60_000);
afterAll(async () => {
  await server.stop();
  await site.stop();
});

async function bytesOf(format: string): Promise<Uint8Array<ArrayBuffer>> {
  const headers = { Authorization: `Bearer ${server.ownerToken}` };
  const answer = await fetch(`${server.url}/api/v1/reports/${reportId}/export?format=${format}`, { headers });
  return new Uint8Array(await answer.arrayBuffer());
}

function form(parts: Readonly<Record<string, string | Blob>>): ApiInit {
  const body = new FormData();
  for (const [name, value] of Object.entries(parts)) body.append(name, value);
  return { method: 'POST', body };
}
const text = (words: string): Blob => new Blob([words]);
const post = (json: unknown, type = 'application/json'): ApiInit => ({
  method: 'POST',
  json,
  headers: { 'Content-Type': type },
});
const pathOf = (route: string): string => (route.split(' ')[1] ?? '').replace('{id}', reportId);

async function holds(route: string, init: ApiInit, query = '', token?: string | null): Promise<ApiAnswer> {
  const answer = await server.api(pathOf(route) + query, init, token);
  expect(api.ofAnswer(route, answer), `${route} ${query}`).toEqual([]);
  return answer;
}

const imports = ['post /reports', 'post /reports/preview'];

test.each(imports)('AP42: %s takes and answers what the OpenAPI document says', async (route) => {
  const ok = route === 'post /reports' ? 201 : 200;
  const bodies: [unknown, string?][] = [
    [{ text: 'Ten were hurt.', title: 'Night', purpose: 'draft', genre: 'speech', id: randomUUID() }],
    [{ markdown: '# Night\n\nTen were hurt.' }],
    [{ html: '<h1>Night</h1><p>Ten were hurt.</p>' }],
    [{ url: `${site.url}/talks` }],
    [figureReport([paragraph('Ten.'), figure(chart)], [chart])],
    [annotation(), 'application/ld+json'],
    [[annotation()]],
    [{ total: 1, rows: [row] }],
  ];
  for (const [body, type = 'application/json'] of bodies) {
    expect(api.ofBody(route, type, body), JSON.stringify(body).slice(0, 80)).toEqual([]);
    expect((await holds(route, post(body, type))).status).toBe(ok);
  }
  const whole = form({ file: new File(['<p>Ten.</p>'], 'a.html'), title: 'Night', purpose: 'draft' });
  expect((await holds(route, whole)).status).toBe(ok);
});

test.each(imports)('AP42: %s refuses what the OpenAPI document says, as it says', async (route) => {
  const refused: [ApiInit, number, string][] = [
    [post({ text: ' \n ' }), 422, 'empty_text'],
    [post({ text: 'A.', colour: 'red' }), 422, 'invalid_input'],
    [post({ url: 'http://[::1]/' }), 422, 'address_refused'],
    [post({ url: `${site.url}/none` }), 422, 'address_unreachable'],
    [post({ format: 'proofdesk', version: 9 }), 422, 'unsupported_kind'],
    [post('A.', 'text/plain'), 415, 'unsupported_media_type'],
    [form({}), 422, 'invalid_input'],
    [form({ file: text('A.'), colour: 'red' }), 422, 'invalid_input'],
    [form({ file: new Blob([Buffer.from('\x7fELF\x02\x01\x01\0\0', 'latin1')]) }), 422, 'unsupported_kind'],
    [
      { method: 'POST', body: '{"text":', headers: { 'Content-Type': 'application/json' } },
      400,
      'bad_request',
    ],
    [form({ file: new Blob([new Uint8Array(MAX_IMPORT_BYTES + 1)]) }), 413, 'too_large'],
  ];
  for (const [init, status, code] of refused)
    expect((await holds(route, init)).body).toMatchObject({ status, code });
  expect((await holds(route, post({ text: 'A.' }), '', null)).status).toBe(401);
  expect(api.ofBody(route, 'application/json', { text: 'A.', colour: 'red' })).not.toEqual([]);
});

test('AP42: an export is of a type that the OpenAPI document says, in every format', async () => {
  const route = 'get /reports/{id}/export';
  for (const format of Object.keys(exportFormats)) {
    const answer = await holds(route, {}, `?format=${format}&threads=0`);
    expect([answer.status, answer.headers.has('content-disposition')], format).toEqual([200, true]);
  }
  for (const query of ['', '?format=stone', '?format=md&threads=yes', '?format=md&colour=red'])
    expect((await holds(route, {}, query)).status, query).toBe(422);
  const several = await holds('get /export', {}, `?format=md&report=${reportId}&report=${reportId}`);
  expect([several.status, several.headers.get('x-reports')]).toEqual([200, '1']);
  for (const query of ['?format=md', `?format=md&all=1&report=${reportId}`, '?format=md&report=7'])
    expect((await holds('get /export', {}, query)).status, query).toBe(422);
});

test('AP42: returned files, annotations, text and history answer what the OpenAPI document says', async () => {
  const returned = 'post /reports/{id}/returned';
  expect((await holds(returned, form({ file: new File([word], 'Harbour.docx') }))).status).toBe(200);
  expect((await holds(returned, form({ file: text('A.') }))).body.code).toBe('unsupported_kind');
  expect((await holds(returned, form({ file: text('A.'), title: 'B' }))).body.code).toBe('invalid_input');
  expect((await holds(returned, post({}))).status).toBe(415);
  const annotations = 'post /reports/{id}/annotations';
  const one = annotation();
  for (const status of [201, 200])
    expect((await holds(annotations, post(one, 'application/ld+json'))).status).toBe(status);
  expect((await holds(annotations, post({ rows: [row] }))).status).toBe(201);
  expect((await holds(annotations, post({ type: 'Annotation' }))).status).toBe(422);
  expect((await holds('get /reports/{id}/text', {})).text).toContain('Sirens');
  const history = 'post /reports/{id}/history';
  const named = await holds(history, post({ name: 'Before lunch' }));
  expect(named.status).toBe(201);
  await holds('get /reports/{id}/history', {}, '?limit=1');
  for (const moment of [named.body.id, '1', '999']) {
    const answer = await server.api(`/reports/${reportId}/history/${moment}`);
    expect(api.ofAnswer('get /reports/{id}/history/{checkpoint}', answer)).toEqual([]);
  }
});

test('AP43: the OpenAPI document says parts, choices, defaults and limits of what goes in and out', () => {
  const of = (path: string, method: string, ...more: string[]) =>
    api.at('paths', `/api/v1${path}`, method, ...more);
  for (const path of ['/reports', '/reports/preview']) {
    const body = of(path, 'post', 'requestBody');
    expect(body).toMatchObject({ required: true, description: expect.stringContaining('21,037,056 bytes') });
    expect(of(path, 'post', 'requestBody', 'content', 'multipart/form-data', 'schema')).toMatchObject({
      required: ['file'],
      additionalProperties: false,
      properties: {
        file: { type: 'string', format: 'binary', maxLength: MAX_IMPORT_BYTES },
        title: { maxLength: 300 },
        purpose: { enum: ['external', 'draft'] },
        id: { format: 'uuid' },
      },
    });
  }
  const returned = of(
    '/reports/{id}/returned',
    'post',
    'requestBody',
    'content',
    'multipart/form-data',
    'schema',
  );
  expect(returned).toMatchObject({ required: ['file'], additionalProperties: false });
  expect(of('/reports/{id}/export', 'get', 'parameters')).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        name: 'format',
        required: true,
        schema: expect.objectContaining({ enum: Object.keys(exportFormats) }),
      }),
      expect.objectContaining({
        name: 'threads',
        required: false,
        schema: expect.objectContaining({ enum: ['0', '1'], default: '1' }),
      }),
      expect.objectContaining({ name: 'claims', schema: expect.objectContaining({ default: 'all' }) }),
    ]),
  );
  expect(Object.keys(of('/reports/{id}/export', 'get', 'responses', '200', 'content') ?? {})).toContain(
    'application/pdf',
  );
  expect(of('/reports/{id}/history', 'get', 'parameters')).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        name: 'limit',
        required: false,
        schema: { type: 'integer', minimum: 1, maximum: 200, default: 50 },
      }),
    ]),
  );
  expect(of('/reports', 'post', 'responses', '422')).toMatchObject({
    description: expect.stringContaining('`address_refused`: The address is not public'),
  });
});
