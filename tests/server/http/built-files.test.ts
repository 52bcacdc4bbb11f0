/** What browsers get of the build: compressed as they accept it, for good, and nothing from elsewhere. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openBuiltFiles } from '#server/http/built-files.ts';

let dir: string;
let server: Server;

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'proofdesk-files-'));
  const chunks = join(dir, '.next/static/chunks');
  mkdirSync(chunks, { recursive: true });
  writeFileSync(join(chunks, 'a.js'), 'plain');
  writeFileSync(join(chunks, 'a.js.br'), 'br');
  writeFileSync(join(chunks, 'a.js.gz'), 'gz');
  writeFileSync(join(chunks, 'b.woff2'), 'font');
  writeFileSync(join(chunks, 'c.json'), '{}');
  writeFileSync(join(dir, '.next/secret.js'), 'secret');
  const files = openBuiltFiles(dir);
  server = createServer((incoming, response) => {
    void files(incoming, response).then((isTaken) => {
      if (!isTaken) response.writeHead(404).end('left to Next');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(() => {
  server.close();
  rmSync(dir, { recursive: true });
});

interface Answer {
  status: number | undefined;
  encoding: string | undefined;
  body: string;
  cache: string | undefined;
}

function get(path: string, accept?: string, method = 'GET'): Promise<Answer> {
  const { port } = server.address() as AddressInfo;
  const headers = accept === undefined ? {} : { 'accept-encoding': accept };
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path, method, headers }, (response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => (body += chunk.toString()));
      response.on('end', () =>
        resolve({
          status: response.statusCode,
          encoding: response.headers['content-encoding'],
          body,
          cache: response.headers['cache-control'],
        }),
      );
    });
    asked.on('error', reject);
    asked.end();
  });
}

const script = '/_next/static/chunks/a.js';

test.each([
  ['gzip, deflate, br, zstd', 'br', 'br'],
  ['gzip, deflate', 'gzip', 'gz'],
  ['br;q=0, gzip;q=0.5', 'gzip', 'gz'],
  ['identity', undefined, 'plain'],
  [undefined, undefined, 'plain'],
])('a browser that accepts %s gets %s', async (accept, encoding, body) => {
  expect(await get(`${script}?v=1`, accept)).toMatchObject({ status: 200, encoding, body });
});

test('a font is sent as it is, and kept for good', async () => {
  const font = await get('/_next/static/chunks/b.woff2', 'br');
  expect(font).toMatchObject({ status: 200, encoding: undefined, body: 'font' });
  expect(font.cache).toBe('public, max-age=31536000, immutable');
});

test.each([
  '/_next/static/../secret.js',
  '/_next/static/%2e%2e/secret.js',
  '/_next/static/chunks/gone.js',
  '/_next/static/chunks/a.js.br',
  '/_next/static/chunks/c.json',
  '/_next/static',
  '/reports/a.js',
])('%s is left to Next', async (path) => {
  expect((await get(path, 'br')).status).toBe(404);
});

test('a file is only read', async () => {
  expect((await get(script, 'br', 'POST')).status).toBe(404);
});
