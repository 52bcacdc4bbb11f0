/** The people of a workspace over the API, and what becomes of their sockets. */
import { io, type Socket } from 'socket.io-client';
import { WebSocket } from 'ws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ApiAnswer } from '#tests/support/server-client.ts';
import { startServer, type TestServer } from '#tests/support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

const add = (json: unknown, token?: string): Promise<ApiAnswer> =>
  server.api('/members', { method: 'POST', json }, token);
const audit = async (verb: string, id: string): Promise<number> => {
  const { rows } = await server.runtime.database.pool.query(
    'select count(*)::int as n from audit where verb = $1 and subject_id = $2',
    [verb, id],
  );
  return rows[0].n;
};

describe('members', () => {
  it('AP10: somebody added with a password can sign in at once, with the role given', async () => {
    const ben = await server.addMember('editor', 'Ben');
    expect((await server.api('/me', {}, ben.token)).body).toMatchObject({
      id: ben.id,
      name: 'Ben',
      role: 'editor',
    });
    const { body } = await server.api('/members');
    expect(body.items.map((member: { name: string }) => member.name)).toEqual(['owner', 'Ben']);
    expect(await audit('member.added', ben.id)).toBe(1);
  });

  it('AP11: somebody added without a password chooses one by an invitation that works once', async () => {
    const { status, body } = await add({ email: 'Kim@Example.org', name: 'Kim', role: 'commenter' });
    expect(status).toBe(201);
    expect(body).toMatchObject({ email: 'kim@example.org', invited: true });
    expect(new URL(body.invitation.url).origin).toBe(server.url);
    const token = new URL(body.invitation.url).searchParams.get('token');
    const accept = (password: string): Promise<ApiAnswer> =>
      server.api('/invitations/accept', { method: 'POST', json: { token, password } }, null);
    expect((await accept('short')).status).toBe(422);
    const accepted = await accept('chosen by Kim');
    expect(accepted).toMatchObject({
      status: 200,
      body: { email: 'kim@example.org', member: { id: body.id, invited: false } },
    });
    expect((await accept('chosen by another')).status).toBe(404);
    const cookie = await server.signIn('kim@example.org', 'chosen by Kim');
    expect((await server.api('/me', { headers: { Cookie: cookie } }, null)).body.id).toBe(body.id);
  });

  it('AP12: the same request with the same id adds nobody twice and answers the same', async () => {
    const id = crypto.randomUUID();
    const first = await add({ id, email: 'lee@example.org', name: 'Lee', role: 'viewer' });
    const again = await add({ id, email: 'lee@example.org', name: 'Lee', role: 'viewer' });
    expect(again).toMatchObject({ status: 201, body: first.body });
    expect(await add({ id, email: 'other@example.org', name: 'Lee', role: 'viewer' })).toMatchObject({
      status: 409,
      body: { code: 'id_taken' },
    });
    expect(await add({ email: 'lee@example.org', name: 'Lee', role: 'viewer' })).toMatchObject({
      status: 409,
      body: { code: 'email_taken' },
    });
    const keyed = (): Promise<ApiAnswer> =>
      server.api('/members', {
        method: 'POST',
        json: { email: 'mo@example.org', name: 'Mo', role: 'viewer' },
        headers: { 'Idempotency-Key': 'mo' },
      });
    expect((await keyed()).body).toEqual((await keyed()).body);
  });

  it('AP13: only owners manage people, and a workspace keeps one owner', async () => {
    const editor = await server.addMember('editor');
    for (const token of [editor.token]) {
      expect(await add({ email: 'x@example.org', name: 'X', role: 'viewer' }, token)).toMatchObject({
        status: 403,
        body: { code: 'forbidden' },
      });
      expect(
        (await server.api(`/members/${editor.id}`, { method: 'PATCH', json: { role: 'owner' } }, token))
          .status,
      ).toBe(403);
      expect((await server.api(`/members/${editor.id}`, { method: 'DELETE' }, token)).status).toBe(403);
      expect((await server.api('/members', {}, token)).status).toBe(200);
    }
    const me = (await server.api('/me')).body.id;
    expect(
      (await server.api(`/members/${me}`, { method: 'PATCH', json: { role: 'editor' } })).body.code,
    ).toBe('last_owner');
    expect((await server.api(`/members/${me}`, { method: 'DELETE' })).body.code).toBe('last_owner');
  });

  it('AP14: two owners who remove each other at once leave one', async () => {
    const one = await server.addMember('owner');
    const two = await server.addMember('owner');
    const me = (await server.api('/me')).body.id;
    await server.api(`/members/${me}`, { method: 'PATCH', json: { role: 'editor' } }, one.token);
    const answers = await Promise.all([
      server.api(`/members/${two.id}`, { method: 'DELETE' }, one.token),
      server.api(`/members/${one.id}`, { method: 'DELETE' }, two.token),
    ]);
    expect(answers.filter(({ status }) => status === 204)).toHaveLength(1);
    const left = answers[0]?.status === 204 ? one : two;
    expect(
      (await server.api(`/members/${me}`, { method: 'PATCH', json: { role: 'owner' } }, left.token)).status,
    ).toBe(200);
  });

  it('AP15: somebody removed is out at once, and comes back as the same member', async () => {
    const sam = await server.addMember('editor', 'Sam');
    expect((await server.api('/me', {}, sam.token)).status).toBe(200);
    expect((await server.api(`/members/${sam.id}`, { method: 'DELETE' })).status).toBe(204);
    expect((await server.api('/me', {}, sam.token)).status).toBe(401);
    expect(
      (await server.api(`/members/${sam.id}`, { method: 'PATCH', json: { role: 'owner' } })).status,
    ).toBe(404);
    const again = await add({ email: sam.email, name: 'Sam', role: 'viewer', password: 'another password' });
    expect(again).toMatchObject({ status: 201, body: { id: sam.id, role: 'viewer' } });
    expect((await server.api('/me', {}, sam.token)).status).toBe(401);
    await server.signIn(sam.email, 'another password');
  });

  it('AP16: losing a right cuts the open sockets within a second, on /sync and on /events', async () => {
    const report = await server.api('/reports', {
      method: 'POST',
      json: { title: 'Cut', text: 'Words to check.' },
    });
    expect(report.status).toBe(201);
    const ann = await server.addMember('editor', 'Ann');
    const sync = new WebSocket(`${server.url.replace('http', 'ws')}/sync/${report.body.id}`, {
      headers: { Authorization: `Bearer ${ann.token}` },
    });
    await new Promise((resolve) => sync.once('message', resolve));
    const events: Socket = io(server.url, {
      path: '/events',
      transports: ['websocket'],
      auth: { token: ann.token },
      reconnection: false,
    });
    await new Promise((resolve) => events.once('hello', resolve));
    const closed = new Promise<number>((resolve) => sync.once('close', resolve));
    const revoked = new Promise<unknown>((resolve) => events.once('revoked', resolve));
    const gone = new Promise<unknown>((resolve) => events.once('disconnect', resolve));
    await server.api(`/members/${ann.id}`, { method: 'PATCH', json: { role: 'viewer' } });
    expect(await closed).toBe(4403);
    expect(await revoked).toEqual({ code: 4403, reason: 'forbidden' });
    await gone;
  });

  it('lists people in pages', async () => {
    const all = (await server.api('/members?limit=200')).body.items.map(
      (member: { id: string }) => member.id,
    );
    const pages: string[] = [];
    let next: string | null = '';
    while (next !== null) {
      const { body }: ApiAnswer = await server.api(`/members?limit=2${next === '' ? '' : `&after=${next}`}`);
      pages.push(...body.items.map((member: { id: string }) => member.id));
      next = body.next;
    }
    expect(pages).toEqual(all);
  });
});

describe('a person in two workspaces', () => {
  it('AP17: keeps the own password: another workspace’s owner adds them without one', async () => {
    const { newId, now, database } = server.runtime;
    const other = newId();
    await database.pool.query(
      `insert into workspaces (id, name, rating_scale, created_at) values ($1, 'Elsewhere', '[]', $2)`,
      [other, now()],
    );
    const pat = await server.addMember('viewer', 'Pat');
    const { rows } = await database.pool.query('select user_id from members where id = $1', [pat.id]);
    await database.pool.query(`update members set workspace_id = $1 where id = $2`, [other, pat.id]);
    const withPassword = await add({ email: pat.email, name: 'Pat', role: 'owner', password: 'taken over' });
    expect(withPassword).toMatchObject({ status: 409, body: { code: 'email_taken' } });
    const joined = await add({ email: pat.email, name: 'Renamed', role: 'viewer' });
    expect(joined).toMatchObject({ status: 201, body: { name: 'Pat', invited: false, invitation: null } });
    expect(
      (
        await database.pool.query('select count(*)::int as n from members where user_id = $1', [
          rows[0].user_id,
        ])
      ).rows[0].n,
    ).toBe(2);
  });
});
