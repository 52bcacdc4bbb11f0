import { afterAll, beforeAll, expect, test } from 'vitest';
import { startServer, type TestServer } from '#tests/support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
}, 60_000);
afterAll(() => server.stop());

test('IM16 a preview says what would come, and keeps nothing', async () => {
  const form = new FormData();
  const page =
    '<h1>Talks</h1><p>One was hurt.</p><p>Two left.</p><img src="https://example.org/a.png" alt="The lake">';
  form.set('file', new File([page], 'talks.html'));
  const answer = await server.api('/reports/preview', { method: 'POST', body: form });
  expect(answer).toMatchObject({
    status: 200,
    body: {
      kind: 'html',
      title: 'Talks',
      wordCount: 8,
      excerpt: 'One was hurt.\nTwo left.\n[Image: The lake]',
      notes: { threads: 0, claims: 0, suggestions: 0 },
      unreadable: [expect.stringContaining('image')],
    },
  });
  expect((await server.api('/reports')).body.items).toEqual([]);
});

test('IM16 what would be refused is refused with the same words', async () => {
  const ask = async (path: string): Promise<unknown> => {
    const { status, body } = await server.api(path, { method: 'POST', json: { text: ' \n ' } });
    return { status, code: body.code, detail: body.detail };
  };
  expect(await ask('/reports/preview')).toEqual(await ask('/reports'));
});

test('IM16 a viewer may not ask for one', async () => {
  const viewer = await server.addMember('viewer');
  const answer = await server.api('/reports/preview', { method: 'POST', json: { text: 'x' } }, viewer.token);
  expect(answer.status).toBe(403);
});
