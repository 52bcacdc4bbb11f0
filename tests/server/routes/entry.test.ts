/** Ways in without a password. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer, type TestServer } from '#tests/support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ env: { PROOFDESK_DEMO: 'on' } });
});
afterAll(() => server.stop());

function enter(as: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${server.url}/api/v1/demo/sign-in`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify({ as }),
  });
}

describe('the demo', () => {
  it.each([
    ['ana', 'Ana Reyes', 'owner'],
    ['ben', 'Ben Okafor', 'editor'],
    ['chloe', 'Chloé Martin', 'editor'],
    ['dara', 'Dara Singh', 'commenter'],
  ])('AU15: lets anybody in as %s', async (as, name, role) => {
    const response = await enter(as);
    expect(response.status).toBe(200);
    const cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const me = await server.api('/me', { headers: { Cookie: cookie } }, null);
    expect(me.body).toMatchObject({
      name,
      role,
      email: `${as}@demo.localhost`,
      workspace: { name: 'Demo newsroom', isDemo: true },
    });
  });

  it('AU16: is refused to a request that came through a proxy or from another site', async () => {
    for (const name of ['X-Forwarded-For', 'X-Forwarded-Host', 'Forwarded']) {
      expect((await enter('ana', { [name]: 'for=192.0.2.1' })).status).toBe(403);
    }
    expect((await enter('ana', { Origin: 'http://evil.example' })).status).toBe(403);
    expect((await enter('eve')).status).toBe(422);
  });

  it('AU17: is a workspace of its own: its people see nothing of the other, and the other nothing of it', async () => {
    const cookie = (await enter('ana')).headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const mine = await server.api('/members', { headers: { Cookie: cookie } }, null);
    expect(mine.body.items).toHaveLength(4);
    const theirs = await server.api('/members');
    expect(theirs.body.items).toHaveLength(1);
    const [ana] = mine.body.items;
    expect((await server.api(`/members/${ana.id}`, { method: 'DELETE' })).status).toBe(404);
    const reports = await server.api('/reports', { headers: { Cookie: cookie } }, null);
    expect(reports.body.items).toHaveLength(1);
    expect((await server.api(`/reports/${reports.body.items[0].id}`)).status).toBe(404);
  });

  it('is made once: a second start finds it', async () => {
    const { seedDemo } = await import('#server/demo/seed.ts');
    await seedDemo(server.runtime);
    const { rows } = await server.runtime.database.pool.query(
      'select count(*)::int as n from workspaces where is_demo',
    );
    expect(rows[0].n).toBe(1);
  });
});

describe('the first owner’s link', () => {
  it('AU18: is worth nothing once there is an owner, and a guessed one never', async () => {
    const body = { name: 'Eve', email: 'eve@example.org', password: 'long enough' };
    const guessed = await server.api('/setup', { method: 'POST', json: { ...body, token: 'guessed' } }, null);
    expect(guessed.status).toBe(404);
    const late = await server.api(
      '/setup',
      { method: 'POST', json: { ...body, token: server.runtime.auth.secrets.setup() } },
      null,
    );
    expect(late).toMatchObject({ status: 409, body: { code: 'wrong_state' } });
  });
});
