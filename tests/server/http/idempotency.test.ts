import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ApiAnswer } from '#tests/support/server-client.ts';
import { startServer, type TestServer } from '#tests/support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

async function joinedRoles(): Promise<number> {
  const changes = await server.runtime.database.pool.query(
    `select count(*)::int as n from audit where verb = 'member.role_changed'`,
  );
  return changes.rows[0].n;
}

describe('a write under an Idempotency-Key', () => {
  it('AP7: is done once and answered the same when it is sent again', async () => {
    const ben = await server.addMember('viewer');
    const change = (role: string): Promise<ApiAnswer> =>
      server.api(`/members/${ben.id}`, {
        method: 'PATCH',
        json: { role },
        headers: { 'Idempotency-Key': 'raise' },
      });
    const before = await joinedRoles();
    const first = await change('editor');
    await server.api(`/members/${ben.id}`, { method: 'PATCH', json: { role: 'commenter' } });
    const again = await change('editor');
    expect([again.status, again.body]).toEqual([first.status, first.body]);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(await joinedRoles()).toBe(before + 2);
    const other = await change('owner');
    expect(other).toMatchObject({ status: 409, body: { code: 'idempotency_mismatch' } });
  });

  it('AP8: is done once when it is sent ten times at once', async () => {
    const kim = await server.addMember('viewer');
    const before = await joinedRoles();
    const answers = await Promise.all(
      Array.from({ length: 10 }, () =>
        server.api(`/members/${kim.id}`, {
          method: 'PATCH',
          json: { role: 'editor' },
          headers: { 'Idempotency-Key': 'at once' },
        }),
      ),
    );
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(await joinedRoles()).toBe(before + 1);
  });

  it('keeps a refusal and an empty answer too, and one person’s keys from another’s', async () => {
    const headers = { 'Idempotency-Key': 'leave' };
    const lee = await server.addMember('owner');
    expect((await server.api(`/members/${lee.id}`, { method: 'DELETE', headers }, lee.token)).status).toBe(
      204,
    );
    const again = await server.api(`/members/${lee.id}`, { method: 'DELETE', headers });
    expect(again.status).toBe(404);
    const replayed = await server.api(`/members/${lee.id}`, { method: 'DELETE', headers });
    expect(replayed).toMatchObject({ status: 404, body: { code: 'not_found' } });
    expect(replayed.headers.get('idempotency-replayed')).toBe('true');
  });

  it('refuses a key that is none', async () => {
    const answer = await server.api('/tokens', {
      method: 'POST',
      json: { name: 'x' },
      headers: { 'Idempotency-Key': 'x'.repeat(256) },
    });
    expect(answer).toMatchObject({ status: 400, body: { code: 'bad_request' } });
  });
});
