import { createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, constants, deflateSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isPublicAddress, publicAddresses } from '#server/import/web/address-policy.ts';
import { openFetcher, type AddressFetcher, type FetcherOptions } from '#server/import/web/fetch-address.ts';
import { fetchPage } from '#server/import/web/import-page.ts';
import { onlyHere, openSite, type WebSite } from '#tests/support/web-site.ts';

const limits = { firstByteMs: 5_000, totalMs: 10_000, maxBytes: 100_000 };
const page = '<!doctype html><p>Words of a page';

const brotliBomb = brotliCompressSync(Buffer.alloc(1_000_000), {
  params: { [constants.BROTLI_PARAM_QUALITY]: 4 },
});

let site: WebSite;
beforeAll(async () => {
  site = await openSite({
    '/page': (_, response) => response.setHeader('content-type', 'text/html; Charset="utf-8"').end(page),
    '/away': (_, response) => response.writeHead(302, { location: '/page#part' }).end(),
    '/loop': (_, response) => response.writeHead(301, { location: '/loop' }).end(),
    '/inside': (_, response) => response.writeHead(302, { location: 'http://10.0.0.7/admin' }).end(),
    '/file': (_, response) => response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
    '/secret': (_, response) => response.writeHead(302, { location: 'http://a:b@127.0.0.1/' }).end(),
    '/gzip': (_, response) => response.setHeader('content-encoding', 'gzip').end(gzipSync(page)),
    '/br': (_, response) => response.setHeader('content-encoding', 'br').end(brotliCompressSync(page)),
    '/deflate': (_, response) => response.setHeader('content-encoding', 'deflate').end(deflateSync(page)),
    '/gzip-bomb': (_, response) =>
      response.setHeader('content-encoding', 'gzip').end(gzipSync(Buffer.alloc(5_000_000))),
    '/br-bomb': (_, response) => response.setHeader('content-encoding', 'br').end(brotliBomb),
    '/half-gzip': (_, response) =>
      response.setHeader('content-encoding', 'gzip').end(gzipSync(page.repeat(50)).subarray(0, 60)),
    '/zip': (_, response) => response.setHeader('content-encoding', 'zstd').end('x'),
    '/large': (_, response) => response.end('x'.repeat(200_000)),
    '/declared': (_, response) => response.setHeader('content-length', '900000').end(),
    '/image': (_, response) => response.setHeader('content-type', 'image/png').end('x'),
    '/gone': (_, response) => response.writeHead(410).end(),
    '/slow': (_, response) => response.flushHeaders(),
    '/silent': () => undefined,
  });
});
afterAll(() => site.stop());

function fetcher(more: Partial<FetcherOptions> = {}): AddressFetcher {
  return openFetcher({ policy: onlyHere, userAgent: 'Proofdesk/test (+https://desk.example)', ...more });
}

function get(address: string, more: Partial<FetcherOptions> & { limits?: Partial<typeof limits> } = {}) {
  const { limits: some, ...options } = more;
  return fetcher(options).fetch(address, {
    limits: { ...limits, ...some },
    accept: '*/*',
    accepts: (type) => !type.startsWith('image/'),
  });
}

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

describe('which addresses are public', () => {
  test.each([
    '127.0.0.1',
    '127.8.8.8',
    '0.0.0.0',
    '0.1.2.3',
    '10.1.2.3',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '192.0.0.8',
    '192.0.2.1',
    '198.18.0.1',
    '198.51.100.7',
    '203.0.113.9',
    '192.88.99.1',
    '224.0.0.1',
    '239.1.1.1',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::7f00:1',
    '::127.0.0.1',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '::ffff:0:7f00:1',
    '64:ff9b::7f00:1',
    '64:ff9b::808:808',
    '64:ff9b:1::1',
    '2002:7f00:1::',
    '2002:808:808::',
    '2001:0:1::',
    'fe80::1',
    'fe80::1%eth0',
    'fec0::1',
    'fc00::1',
    'fd12::1',
    'ff02::1',
    '2001:db8::1',
    '3fff::1',
    '100::1',
    '2001:2::1',
    '2001:10::1',
    '2001:20::1',
    '5f00::1',
    '4000::1',
    'e000::1',
    'localhost',
    '',
    '8.8.8',
    '1.2.3.4.5',
  ])('IM50 %s is not', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  test.each([
    '8.8.8.8',
    '1.1.1.1',
    '172.32.0.1',
    '100.128.0.1',
    '198.20.0.1',
    '2606:4700::1111',
    '2a00:1450:4001::8a',
  ])('IM50 %s is', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  test.each([
    'http://127.0.0.1/',
    'http://127.1/',
    'http://2130706433/',
    'http://0x7f.0.0.1/',
    'http://017700000001/',
    'http://[::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://169.254.169.254/latest/meta-data/',
    'http://10.0.0.1:8080/',
    'http://example.com:22/',
    'http://example.com:6379/',
    'ftp://example.com/',
    'file:///etc/passwd',
    'http://user:pass@example.com/',
    'gopher://example.com/',
  ])('IM50 %s is refused before anything is sent', async (address) => {
    await expect(
      get(address, { policy: publicAddresses, resolve: () => Promise.reject(new Error('asked')) }),
    ).rejects.toMatchObject({
      code: 'address_refused',
    });
  });

  test.each([
    ['a private one', ['10.0.0.5']],
    ['this machine', ['127.0.0.1']],
    ['a private one among public ones', ['93.184.215.14', '192.168.0.1']],
    ['a mapped one', ['::ffff:10.0.0.5']],
  ])('IM50 a name that means %s is refused', async (_, addresses) => {
    const resolve = () =>
      Promise.resolve(addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })));
    await expect(get('http://desk.example/', { policy: publicAddresses, resolve })).rejects.toMatchObject({
      code: 'address_refused',
    });
  });

  test('IM51 a name is looked up once, and what was checked is what is connected to', async () => {
    let asked = 0;
    const resolve = () => {
      asked += 1;
      return Promise.resolve([{ address: asked === 1 ? '127.0.0.1' : '10.0.0.9', family: 4 }]);
    };
    const { port } = new URL(site.url);
    expect(text((await get(`http://rebind.example:${port}/page`, { resolve })).bytes)).toBe(page);
    expect(asked).toBe(1);
    expect(site.requests.at(-1)?.headers.host).toBe(`rebind.example:${port}`);
  });

  test('IM51 a redirect is checked like the first address, its name looked up anew', async () => {
    const { port } = new URL(site.url);
    const there = await openSite({
      '/': (_, response) => response.writeHead(302, { location: `http://inner.example:${port}/page` }).end(),
    });
    const resolve = (name: string) =>
      Promise.resolve([{ address: name === 'inner.example' ? '10.0.0.9' : '127.0.0.1', family: 4 }]);
    await expect(get(`http://outer.example:${new URL(there.url).port}/`, { resolve })).rejects.toMatchObject({
      code: 'address_refused',
    });
    await there.stop();
  });
});

describe('fetching', () => {
  test('IM51 follows redirects and gives the final address without its fragment', async () => {
    expect(await get(`${site.url}/away`)).toMatchObject({
      address: `${site.url}/page`,
      mediaType: 'text/html',
      charset: 'utf-8',
    });
  });

  test.each([
    ['in a circle', '/loop', 'address_unreachable'],
    ['to a private address', '/inside', 'address_refused'],
    ['to a file', '/file', 'address_refused'],
    ['to an address with a password', '/secret', 'address_refused'],
  ])('IM51 a redirect %s is refused', async (_, path, code) => {
    await expect(get(`${site.url}${path}`)).rejects.toMatchObject({ code });
  });

  test.each(['/gzip', '/br', '/deflate'])('IM52 %s is unpacked', async (path) => {
    expect(text((await get(`${site.url}${path}`)).bytes)).toBe(page);
  });

  test.each([
    ['a gzip bomb', '/gzip-bomb', 'too large'],
    ['a brotli bomb', '/br-bomb', 'too large'],
    ['a long page', '/large', 'too large'],
    ['a page that says how long it is', '/declared', 'too large'],
    ['half a packed page', '/half-gzip', 'cut off'],
    ['a page packed otherwise', '/zip', 'packed'],
    ['a page that is gone', '/gone', '410'],
    ['a page that is not there', '/nothing', '404'],
  ])('IM52 %s is a failure with its reason', async (_, path, reason) => {
    await expect(get(`${site.url}${path}`)).rejects.toMatchObject({
      code: 'address_unreachable',
      message: expect.stringContaining(reason),
    });
  });

  test.each([
    ['does not answer', '/silent', { firstByteMs: 30 }, 'did not answer within 0.03'],
    ['does not end', '/slow', { totalMs: 60 }, 'more than 0.06'],
  ])('IM52 a server that %s is given up', async (_, path, some, reason) => {
    await expect(get(`${site.url}${path}`, { limits: some })).rejects.toMatchObject({
      code: 'address_unreachable',
      message: expect.stringContaining(reason),
    });
  });

  test('IM52 what is no text is refused before it is read', async () => {
    await expect(get(`${site.url}/image`)).rejects.toMatchObject({ code: 'unsupported_kind' });
    await expect(fetchPage(fetcher(), `${site.url}/image`)).rejects.toMatchObject({
      code: 'unsupported_kind',
    });
  });

  test.each([
    [
      'a name that nobody has',
      { resolve: () => Promise.reject(Object.assign(new Error('no'), { code: 'ENOTFOUND' })) },
      'no server of that name',
    ],
    ['a name without addresses', { resolve: () => Promise.resolve([]) }, 'no server of that name'],
  ])('IM52 %s is a failure with its reason', async (_, more, reason) => {
    await expect(get('http://nobody.example/', more)).rejects.toMatchObject({
      code: 'address_unreachable',
      message: expect.stringContaining(reason),
    });
  });

  test('IM52 a server that speaks no HTTP, and a port where nobody listens', async () => {
    const sockets: Socket[] = [];
    const server = createServer((socket) => {
      sockets.push(socket);
      socket.on('error', () => undefined);
      socket.write('220 mail ready\r\n');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await expect(get(`http://127.0.0.1:${port}/`)).rejects.toMatchObject({
      message: expect.stringContaining('not HTTP'),
    });
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
    await expect(get(`http://127.0.0.1:${port}/`)).rejects.toMatchObject({
      message: expect.stringContaining('does not take'),
    });
    await expect(get(`${site.url.replace('http', 'https')}/page`)).rejects.toMatchObject({
      message: expect.stringContaining('certificate'),
    });
  });

  test('IM52 says who asks, and sends neither cookies nor where it comes from', async () => {
    await get(`${site.url}/page`);
    const headers = site.requests.at(-1)?.headers ?? {};
    expect(headers['user-agent']).toBe('Proofdesk/test (+https://desk.example)');
    expect(
      Object.keys(headers).filter((name) => /cookie|referer|authorization|forwarded/.test(name)),
    ).toEqual([]);
  });
});
