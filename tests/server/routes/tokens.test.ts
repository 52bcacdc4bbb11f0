import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ApiAnswer } from '#tests/support/server-client.ts';
import { startServer, type TestServer } from '#tests/support/server.ts';

let server: TestServer;
let clock = Date.parse('2026-03-01T10:00:00Z');
beforeAll(async () => {
  server = await startServer({ now: () => new Date(clock) });
});
afterAll(() => server.stop());

const make = (json: unknown, token?: string): Promise<ApiAnswer> =>
  server.api('/tokens', { method: 'POST', json }, token);

describe('API tokens', () => {
  it('AU11: are shown once, kept as a hash only, and work as the person who made them', async () => {
    const { status, body } = await make({ name: 'laptop' });
    expect(status).toBe(201);
    expect(body.secret).toMatch(/^pd_[\w-]{43}$/);
    expect((await server.api('/me', {}, body.secret)).body).toMatchObject({ role: 'owner', via: 'token' });
    const listed = await server.api('/tokens');
    expect(listed.body.items.map((token: { name: string }) => token.name)).toContain('laptop');
    expect(listed.text).not.toContain(body.secret);
    const { rows } = await server.runtime.database.pool.query(
      'select row_to_json(t)::text as row from api_tokens t',
    );
    expect(rows.map(({ row }: { row: string }) => row).join()).not.toContain(body.secret.slice(3));
  });

  it('are made once when the same request comes twice at once', async () => {
    const json = { id: randomUUID(), name: 'twice' };
    const [one, other] = await Promise.all([make(json), make(json)]);
    expect([one.status, other.status]).toEqual([201, 201]);
    expect(other.body.secret).toBe(one.body.secret);
  });

  it('AU12: stop working when revoked, at once, and when they run out', async () => {
    const revoked = (await make({ name: 'to revoke' })).body;
    expect((await server.api('/me', {}, revoked.secret)).status).toBe(200);
    expect((await server.api(`/tokens/${revoked.id}`, { method: 'DELETE' })).status).toBe(204);
    expect((await server.api('/me', {}, revoked.secret)).status).toBe(401);
    expect((await server.api(`/tokens/${revoked.id}`, { method: 'DELETE' })).status).toBe(404);
    const brief = (await make({ name: 'brief', expiresAt: new Date(clock + 60_000).toISOString() })).body;
    expect((await server.api('/me', {}, brief.secret)).status).toBe(200);
    clock += 60_000;
    server.runtime.auth.forget();
    expect((await server.api('/me', {}, brief.secret)).status).toBe(401);
    expect((await make({ name: 'late', expiresAt: new Date(clock).toISOString() })).status).toBe(422);
  });

  it('AU21: know to the minute when they were last used, without a write for each use', async () => {
    const { id, secret } = (await make({ name: 'often' })).body;
    const use = async (): Promise<void> => {
      server.runtime.auth.forget();
      expect((await server.api('/me', {}, secret)).status).toBe(200);
    };
    const lastUsed = async (): Promise<string | null> => {
      const { items } = (await server.api('/tokens')).body;
      return items.find((token: { id: string }) => token.id === id).lastUsedAt;
    };
    /** The version of the row that PostgreSQL counts. */
    const version = async (): Promise<unknown> => {
      const { rows } = await server.runtime.database.pool.query('select xmin from api_tokens where id = $1', [
        id,
      ]);
      return rows;
    };
    expect(await lastUsed()).toBeNull();
    await use();
    const first = new Date(clock).toISOString();
    await expect.poll(lastUsed).toBe(first);
    const written = await version();
    clock += 59_000;
    await use();
    await use();
    expect(await version()).toEqual(written);
    clock += 1_000;
    await use();
    await expect.poll(lastUsed).toBe(new Date(clock).toISOString());
  });

  it('AU13: repeat the answer to a repeated request, for ten minutes', async () => {
    const json = { id: crypto.randomUUID(), name: 'retried' };
    const first = await make(json);
    expect((await make(json)).body).toEqual(first.body);
    expect(await make({ ...json, name: 'other' })).toMatchObject({ status: 409, body: { code: 'id_taken' } });
    clock += 10 * 60_000;
    expect((await make(json)).body).toMatchObject({ id: json.id, secret: null });
    const keyed = (): Promise<ApiAnswer> =>
      server.api('/tokens', { method: 'POST', json: { name: 'keyed' }, headers: { 'Idempotency-Key': 'k' } });
    expect((await keyed()).body).toEqual((await keyed()).body);
    const stored = await server.runtime.database.pool.query(
      'select count(*)::int as n from idempotency_keys',
    );
    expect(stored.rows[0].n).toBe(0);
  });

  it('AU14: of others are seen and revoked by an owner only', async () => {
    const ben = await server.addMember('editor');
    const owned = (await make({ name: 'the owner’s' })).body;
    expect((await server.api(`/tokens/${owned.id}`, { method: 'DELETE' }, ben.token)).status).toBe(404);
    expect((await server.api('/tokens?of=workspace', {}, ben.token)).status).toBe(403);
    const all = await server.api('/tokens?of=workspace');
    const bens = all.body.items.find((token: { member: { id: string } }) => token.member.id === ben.id);
    expect((await server.api(`/tokens/${bens.id}`, { method: 'DELETE' })).status).toBe(204);
    expect((await server.api('/me', {}, ben.token)).status).toBe(401);
  });
});
