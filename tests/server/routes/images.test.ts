/** A real server: images of reports, asked for by those who may see them and by others. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TestMember, TestServer } from '#tests/support/server.ts';
import { figure, figureReport, paragraph } from '#tests/support/figure-report.ts';
import { chart, imageOf, pngOf } from '#tests/support/images.ts';
import { startServer } from '#tests/support/server.ts';
import { makeWorkspace } from '#tests/support/workspace.ts';

let server: TestServer;
let viewer: TestMember;
let stranger: string;
const small = imageOf(pngOf(4, 4));

async function importFigures(title: string, images = [chart]): Promise<string> {
  const content = [paragraph('Before.'), ...images.map((one) => figure(one, 'Counts')), paragraph('After.')];
  const json = figureReport(content, images, title);
  const { status, body, text } = await server.api('/reports', { method: 'POST', json });
  expect(status, text).toBe(201);
  return body.id;
}

/** The answer itself: an image is no text. */
const ask = (
  name: string,
  token: string | null = viewer.token,
  headers: Record<string, string> = {},
): Promise<Response> =>
  fetch(`${server.url}/api/v1/images/${name}`, {
    headers: { ...(token === null ? {} : { authorization: `Bearer ${token}` }), ...headers },
  });

beforeAll(async () => {
  server = await startServer();
  viewer = await server.addMember('viewer', 'Vera Lind');
  stranger = (await makeWorkspace(server.runtime, 'Elsewhere')).token;
}, 60_000);
afterAll(() => server.stop());

describe('an image of a report', () => {
  test('IM89 is answered byte for byte to who may read, as an image and nothing else, to be kept by them alone', async () => {
    await importFigures('First');
    const answer = await ask(chart.sha256);
    expect(answer.status).toBe(200);
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(chart.bytes);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'image/png',
      'content-length': String(chart.bytes.length),
      'cache-control': 'private, max-age=31536000, immutable',
      vary: expect.stringContaining('Cookie'),
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'content-disposition': `inline; filename="${chart.sha256.slice(0, 12)}.png"`,
    });
    const again = await ask(chart.sha256, viewer.token, {
      'if-none-match': answer.headers.get('etag') ?? '',
    });
    expect([again.status, await again.text()]).toEqual([304, '']);
  });

  test('IM89 does not exist for another workspace, and nobody is answered without signing in', async () => {
    await importFigures('Second');
    for (const headers of [{}, { 'if-none-match': `"${chart.sha256}"` }]) {
      expect((await ask(chart.sha256, stranger, headers)).status).toBe(404);
      expect((await ask(chart.sha256, null, headers)).status).toBe(401);
    }
  });

  test('IM89 goes with the last report that has it, and comes back with it', async () => {
    const [one, other] = [await importFigures('One', [small]), await importFigures('Other', [small])];
    const remove = (id: string) => server.api(`/reports/${id}`, { method: 'DELETE' });
    await remove(one);
    expect((await ask(small.sha256)).status).toBe(200);
    await remove(other);
    expect((await ask(small.sha256)).status).toBe(404);
    await server.api(`/reports/${one}/restore`, { method: 'POST' });
    expect((await ask(small.sha256)).status).toBe(200);
  });

  test.each([['nonsense'], ['A'.repeat(64)], ['0'.repeat(64)], [`${'0'.repeat(63)}%00`], ['..%2F..%2Fetc']])(
    'IM89 %s names none',
    async (name) => {
      const answer = await ask(name);
      expect([answer.status, (await answer.json()).code]).toEqual([404, 'not_found']);
    },
  );
});

describe('a report with figures', () => {
  test('IM91 goes out as a bundle and comes back as the same, images and all', async () => {
    const first = await importFigures('There and back', [chart, small]);
    const exported = async (id: string) =>
      JSON.parse((await server.api(`/reports/${id}/export?format=json`)).text);
    const bundle = await exported(first);
    expect(bundle.images.map((one: { sha256: string }) => one.sha256)).toEqual(
      [chart.sha256, small.sha256].sort(),
    );
    const again = await server.api('/reports', { method: 'POST', json: bundle });
    expect(again.status, again.text).toBe(201);
    const second = await exported(again.body.id);
    expect([second.images, second.doc, second.text]).toEqual([bundle.images, bundle.doc, bundle.text]);
  });

  test('EX18 shows an image that was brought from another report in its export too', async () => {
    await importFigures('With the image', [chart]);
    const json = figureReport([paragraph('Only this.'), figure(chart, 'Counts')], [], 'Without it');
    const { body } = await server.api('/reports', { method: 'POST', json });
    const html = await server.api(`/reports/${body.id}/export?format=html`, {}, viewer.token);
    expect(html.text).toContain(`src="data:image/png;base64,${Buffer.from(chart.bytes).toString('base64')}"`);
  });

  test('IM91 a bundle with an image that is not what it says leaves nothing behind', async () => {
    const before = (await server.api('/reports')).body.items.length;
    const json = figureReport([paragraph('A.'), figure(chart)], [{ ...chart, bytes: small.bytes }]);
    const { status, body } = await server.api('/reports', { method: 'POST', json });
    expect([status, body.code]).toEqual([422, 'invalid_input']);
    expect((await server.api('/reports')).body.items).toHaveLength(before);
  });
});
