/** Signing in and out against a real server. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer, type TestServer } from '#tests/support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

function post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${server.url}${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
}

const whoAmI = (headers: Record<string, string>): Promise<number> =>
  server.api('/me', { headers }, null).then(({ status }) => status);

describe('sign-in', () => {
  it('AU4: sets a session cookie for this host only, which the API accepts', async () => {
    const response = await post('/api/auth/sign-in/email', server.owner);
    expect(response.status).toBe(200);
    const [cookie = ''] = response.headers.getSetCookie();
    expect(cookie).toMatch(
      /^proofdesk\.session_token=[^;]+; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax$/,
    );
    const me = await server.api('/me', { headers: { Cookie: cookie.split(';')[0] ?? '' } }, null);
    expect(me.body).toMatchObject({ email: server.owner.email, role: 'owner', via: 'session' });
  });

  it('AU5: refuses a wrong password, an unknown address and a forged cookie', async () => {
    expect(
      (await post('/api/auth/sign-in/email', { ...server.owner, password: 'not that one' })).status,
    ).toBe(401);
    expect(
      (await post('/api/auth/sign-in/email', { email: 'nobody@example.org', password: 'not that one' }))
        .status,
    ).toBe(401);
    const cookie = await server.signIn(server.owner.email, server.owner.password);
    expect(await whoAmI({ Cookie: cookie })).toBe(200);
    expect(await whoAmI({ Cookie: cookie.replace('=', '=x') })).toBe(401);
    expect(await whoAmI({ Cookie: 'proofdesk.session_token=%E0%A4%A' })).toBe(401);
    expect(await whoAmI({ Cookie: 'proofdesk.session_token=abc.def' })).toBe(401);
    expect(await whoAmI({})).toBe(401);
  });

  it('AU6: has no sign-up, and opens nothing of better-auth that the product does not use', async () => {
    const somebody = { email: 'new@example.org', password: 'long enough', name: 'New' };
    const signUp = await post('/api/auth/sign-up/email', somebody);
    expect(signUp.status).toBeGreaterThanOrEqual(400);
    expect((await post('/api/auth/sign-in/email', somebody)).status).toBe(401);
    for (const path of ['/update-user', '/delete-user', '/change-email', '/nothing']) {
      expect((await post(`/api/auth${path}`, {})).status).toBe(404);
    }
  });

  it('AU7: signs out at once, also for a session that was just looked at', async () => {
    const cookie = await server.signIn(server.owner.email, server.owner.password);
    expect(await whoAmI({ Cookie: cookie })).toBe(200);
    expect((await post('/api/auth/sign-out', {}, { Cookie: cookie })).status).toBe(200);
    expect(await whoAmI({ Cookie: cookie })).toBe(401);
  });

  it('AU8: refuses a write with the cookie from another site, in the API and in sign-in', async () => {
    const cookie = await server.signIn(server.owner.email, server.owner.password);
    const foreign = { Cookie: cookie, Origin: 'http://evil.example' };
    const write = await server.api(
      '/tokens',
      { method: 'POST', json: { name: 'stolen' }, headers: foreign },
      null,
    );
    expect(write).toMatchObject({ status: 403, body: { code: 'foreign_origin' } });
    expect((await post('/api/auth/sign-out', {}, foreign)).status).toBe(403);
    expect(
      (await post('/api/auth/sign-in/email', server.owner, { Origin: 'http://evil.example' })).status,
    ).toBe(403);
    const own = { Cookie: cookie, Origin: server.url };
    expect(
      (await server.api('/tokens', { method: 'POST', json: { name: 'mine' }, headers: own }, null)).status,
    ).toBe(201);
    const basic = { ...foreign, Authorization: 'Basic eDp5' };
    expect(
      (await server.api('/tokens', { method: 'POST', json: { name: 'stolen' }, headers: basic }, null))
        .status,
    ).toBe(403);
  });

  it('AU9: answers 429 with Retry-After after ten failures, also to the right password, and not to others', async () => {
    const kim = await server.addMember('viewer', 'Kim');
    const tries = await Promise.all(
      Array.from({ length: 14 }, () =>
        post('/api/auth/sign-in/email', { email: kim.email, password: 'guessed' }),
      ),
    );
    expect(tries.filter(({ status }) => status === 401)).toHaveLength(10);
    const refused = await post('/api/auth/sign-in/email', { email: kim.email, password: kim.password });
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(800);
    expect(await refused.json()).toMatchObject({ code: 'too_many_requests' });
    const pretended = { 'X-Forwarded-For': '198.51.100.7' };
    expect(
      (await post('/api/auth/sign-in/email', { email: kim.email, password: 'guessed' }, pretended)).status,
    ).toBe(429);
    expect((await post('/api/auth/sign-in/email', server.owner)).status).toBe(200);
  });

  it('says no to a sign-in that is none', async () => {
    expect((await post('/api/auth/sign-in/email', { email: 5 })).status).toBe(400);
    expect((await post('/api/auth/sign-in/email', { email: 'x'.repeat(20_000) })).status).toBe(413);
  });
});

describe('a public site behind a proxy', () => {
  let site: TestServer;
  beforeAll(async () => {
    site = await startServer({ env: { PUBLIC_URL: 'https://desk.example.org' } });
  });
  afterAll(() => site.stop());

  const signIn = (password: string, heardFrom: string): Promise<Response> =>
    fetch(`${site.url}/api/auth/sign-in/email`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        Origin: 'https://desk.example.org',
        'X-Forwarded-For': heardFrom,
      },
      body: JSON.stringify({ email: site.owner.email, password }),
    });

  it('AU10: marks the cookie __Host- and Secure', async () => {
    const [cookie = ''] = (await signIn(site.owner.password, '198.51.100.1')).headers.getSetCookie();
    expect(cookie).toMatch(
      /^__Host-proofdesk\.session_token=[^;]+; Max-Age=\d+; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    );
    expect((await site.api('/me', { headers: { Cookie: cookie.split(';')[0] ?? '' } }, null)).status).toBe(
      200,
    );
  });

  it('AU3: does not lock the owner out for what somebody guessed from elsewhere', async () => {
    const guesses = await Promise.all(
      Array.from({ length: 11 }, () => signIn('guessed', '198.51.100.1, 203.0.113.9')),
    );
    expect(guesses.map(({ status }) => status).filter((status) => status === 429)).toHaveLength(1);
    expect((await signIn(site.owner.password, '192.0.2.7, 203.0.113.9')).status).toBe(429);
    expect((await signIn(site.owner.password, '203.0.113.9, 192.0.2.7')).status).toBe(200);
  });
});
