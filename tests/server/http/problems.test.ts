/** What every route answers to a request that it cannot take. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { request } from 'node:http';
import type { ApiInit } from '#tests/support/server-client.ts';
import { startServer, type TestServer } from '#tests/support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

const json = { 'Content-Type': 'application/json' };
const post = (body: string, headers: Record<string, string> = json): ApiInit => ({
  method: 'POST',
  body,
  headers,
});

describe('problem documents', () => {
  it.each<[string, string, ApiInit, number, string]>([
    ['an unknown path', '/nothing/here', {}, 404, 'not_found'],
    ['the root', '/', {}, 404, 'not_found'],
    ['an id that is none', '/members/7', { method: 'DELETE' }, 404, 'not_found'],
    [
      'an id of nobody',
      '/members/3f0c6b3e-6a57-4b8e-9a43-6a8f8f0f5d10',
      { method: 'DELETE' },
      404,
      'not_found',
    ],
    ['a method that does not fit', '/me', { method: 'DELETE' }, 405, 'method_not_allowed'],
    ['a body that is no JSON', '/tokens', post('{"name":'), 400, 'bad_request'],
    [
      'bytes that are no text',
      '/tokens',
      { method: 'POST', body: new Uint8Array([0xff, 0xfe]), headers: json },
      400,
      'bad_request',
    ],
    ['no body', '/tokens', { method: 'POST', headers: json }, 400, 'bad_request'],
    ['no body and no type', '/tokens', { method: 'POST' }, 400, 'bad_request'],
    [
      'another type',
      '/tokens',
      post('name=x', { 'Content-Type': 'application/x-www-form-urlencoded' }),
      415,
      'unsupported_media_type',
    ],
    ['a list instead of an object', '/tokens', post('[]'), 422, 'invalid_input'],
    ['a limit that is none', '/members?limit=many', {}, 422, 'invalid_input'],
    ['a limit past the highest', '/members?limit=1000', {}, 422, 'invalid_input'],
    ['a page after no row', '/members?after=yesterday', {}, 422, 'invalid_input'],
    ['a page of reports after no row', '/reports?after=7', {}, 422, 'invalid_input'],
    ['a page after half a character', '/members?after=%00', {}, 422, 'invalid_input'],
  ])('AP1: answers %s with a problem document', async (_what, path, init, status, code) => {
    const answer = await server.api(path, init);
    expect(answer.body).toMatchObject({ status, code, type: `urn:proofdesk:problem:${code}` });
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.body.detail).not.toBe('');
  });

  it.each<[unknown, string, string]>([
    [{}, 'name', 'is missing'],
    [{ name: 5 }, 'name', 'must be string'],
    [{ name: 'x'.repeat(201) }, 'name', 'must have at most 200 characters'],
    [{ name: 'x', color: 'red' }, 'color', 'unknown field'],
    [{ name: 'a\u0000b' }, 'name', 'holds characters that are not text (NUL, or half of a pair)'],
    [{ name: 'a\ud800b' }, 'name', 'holds characters that are not text (NUL, or half of a pair)'],
  ])('AP2: names the field and the limit for %j', async (body, path, message) => {
    const answer = await server.api('/tokens', { method: 'POST', json: body });
    expect(answer.body).toMatchObject({
      status: 422,
      detail: `${path}: ${message}`,
      errors: [{ path, message }],
    });
  });

  it('takes a file whatever its name is made of', async () => {
    const form = new FormData();
    form.append('file', new Blob(['Some words.']), 'notes\u0000\u0007.txt');
    const answer = await server.api('/reports', { method: 'POST', body: form });
    expect([answer.status, answer.body.source?.name]).toEqual([201, 'notes.txt']);
  });

  it('AP40: names at most twenty fields, and no name at length', async () => {
    const many = Object.fromEntries(Array.from({ length: 5_000 }, (_, i) => [`field${i}`, 1]));
    const answer = await server.api('/tokens', { method: 'POST', json: { ...many, name: 'x' } });
    expect(answer.body.errors).toHaveLength(20);
    const long = await server.api('/tokens', {
      method: 'POST',
      json: { ['x'.repeat(50_000)]: 1, name: 'x' },
    });
    expect(long.status).toBe(422);
    expect(long.text.length).toBeLessThan(2_000);
  });

  it.each([
    ['/reports', 16],
    ['/reports/preview', 16],
  ])('AP41: refuses a form of too many parts to %s before it is read', async (path, most) => {
    const form = (count: number): FormData => {
      const made = new FormData();
      made.append('file', new Blob(['Some words.']), 'a.txt');
      for (let i = 1; i < count; i++) made.append(`f${i}`, '');
      return made;
    };
    const refused = await server.api(path, { method: 'POST', body: form(most + 1) });
    expect(refused.body).toMatchObject({ status: 422, detail: expect.stringContaining('16 parts') });
    const read = await server.api(path, { method: 'POST', body: form(most) });
    expect(read.body).toMatchObject({ status: 422, detail: 'f1: unknown field' });
  });

  it('AP41: refuses a form without its boundary', async () => {
    const headers = { 'content-type': 'multipart/form-data; x="; boundary=a"' };
    const answer = await server.api('/reports', { method: 'POST', body: '--a\r\n', headers });
    expect(answer.body).toMatchObject({ status: 400, detail: expect.stringContaining('boundary') });
  });

  it('AP3: tells which methods fit, to a wrong one and to OPTIONS, and answers HEAD like GET', async () => {
    expect((await server.api('/tokens', { method: 'PUT' })).headers.get('allow')).toBe(
      'POST, GET, HEAD, OPTIONS',
    );
    const options = await server.api('/members', { method: 'OPTIONS' });
    expect([options.status, options.headers.get('allow')]).toEqual([204, 'GET, POST, HEAD, OPTIONS']);
    const head = await server.api('/me', { method: 'HEAD' });
    expect([head.status, head.text]).toEqual([200, '']);
  });

  it('AP4: refuses a body that says it is too large without reading it, and one that turns out so', async () => {
    const declared = await server.api('/tokens', post(' '.repeat(1024 * 1024 + 1)));
    expect(declared.body).toMatchObject({ status: 413, code: 'too_large' });
    expect(await sendForEver()).toBe(413);
  });

  it('AP5: asks for a sign-in before anything else, and never says what is there', async () => {
    for (const path of ['/me', '/members', '/tokens', '/members/7']) {
      const answer = await server.api(path, { method: path === '/members/7' ? 'DELETE' : 'GET' }, null);
      expect(answer).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
    }
    expect((await server.api('/me', {}, 'pd_wrong')).status).toBe(401);
  });

  it('AP6: describes every route in one OpenAPI document', async () => {
    const { status, body } = await server.api('/openapi.json', {}, null);
    expect(status).toBe(200);
    expect(body.openapi).toBe('3.1.0');
    expect(Object.keys(body.paths)).toEqual(
      expect.arrayContaining(['/api/v1/me', '/api/v1/members/{id}', '/api/v1/reports/{id}/claims']),
    );
    const names = new Set(Object.keys(body.components.schemas));
    const referenced = [...JSON.stringify(body).matchAll(/#\/components\/schemas\/(\w+)/g)].map(
      ([, name]) => name,
    );
    expect(referenced.filter((name) => name === undefined || !names.has(name))).toEqual([]);
    const added = body.paths['/api/v1/tokens'].post.requestBody.content['application/json'].schema;
    expect(added).toMatchObject({ additionalProperties: false, required: ['name'] });
  });
});

/** Sends a body in chunks without saying how long it is, until it is answered. */
function sendForEver(): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = request(`${server.url}/api/v1/tokens`, {
      method: 'POST',
      headers: { ...json, Authorization: `Bearer ${server.ownerToken}` },
    });
    asked.on('response', (response) => {
      resolve(response.statusCode ?? 0);
      asked.destroy();
    });
    asked.on('error', reject);
    const more = (): void => {
      if (!asked.destroyed) asked.write(' '.repeat(64 * 1024), () => setImmediate(more));
    };
    more();
  });
}
