/**
 * Two nodes on one PostgreSQL and without Redis: what a node is not told it must notice by itself, within a second.
 */
import { io, type Socket } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createPostgresDatabase, type PostgresDatabase } from '#tests/support/postgres.ts';
import { startServer, type TestServer } from '#tests/support/server.ts';

let database: PostgresDatabase;
let one: TestServer;
let two: TestServer;

beforeAll(async () => {
  database = await createPostgresDatabase();
  const env = { DATABASE_URL: database.url, AUTH_SECRET: 'the same on every node of the installation' };
  one = await startServer({ env });
  two = await startServer({ env });
});
afterAll(async () => {
  await Promise.all([one.stop(), two.stop()]);
  await database.drop();
});

const sockets: Socket[] = [];
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.close();
});

async function listen(server: TestServer, auth: Record<string, unknown>): Promise<Socket> {
  const socket = io(server.url, { path: '/events', transports: ['websocket'], reconnection: false, auth });
  sockets.push(socket);
  await new Promise((resolve) => socket.once('hello', resolve));
  return socket;
}

const heard = (socket: Socket, name: string): Promise<unknown> =>
  new Promise((resolve) => socket.once(name, resolve));

describe('two nodes', () => {
  it('serve the same people: a token of one signs in at the other', async () => {
    expect((await two.api('/me', {}, one.ownerToken)).body).toMatchObject({ email: one.owner.email });
    expect((await two.api('/me')).status).toBe(401);
  });

  it('EV11: tell each other’s clients what happens within a second, also without a bus', async () => {
    const socket = await listen(two, { token: one.ownerToken });
    const joined = heard(socket, 'member.joined');
    await one.addMember('viewer', 'Kim');
    expect(await joined).toMatchObject({ member: { name: 'Kim' } });
  });

  it('EV12: take a lost right from the other node’s requests and sockets within a second, also without a bus', async () => {
    const ben = await one.addMember('editor', 'Ben');
    expect((await two.api('/me', {}, ben.token)).body).toMatchObject({ role: 'editor' });
    const socket = await listen(two, { token: ben.token });
    // Long enough to have seen which rights hold now.
    const other = heard(socket, 'member.joined');
    await one.addMember('viewer', 'Lee');
    await other;
    const revoked = heard(socket, 'revoked');
    expect((await one.api(`/members/${ben.id}`, { method: 'DELETE' })).status).toBe(204);
    await revoked;
    expect((await two.api('/me', {}, ben.token)).status).toBe(401);
  });

  it('AP18: do a write under one Idempotency-Key once, asked of both at the same time', async () => {
    const pat = await one.addMember('viewer', 'Pat');
    const send = (server: TestServer): Promise<string> =>
      server
        .api(
          `/members/${pat.id}`,
          { method: 'PATCH', json: { role: 'editor' }, headers: { 'Idempotency-Key': 'both' } },
          one.ownerToken,
        )
        .then(({ status, text }) => `${status} ${text}`);
    const answers = await Promise.all([one, two, one, two, one, two].map(send));
    expect(new Set(answers).size).toBe(1);
    const { rows } = await one.runtime.database.pool.query(
      `select count(*)::int as n from audit where verb = 'member.role_changed'`,
    );
    expect(rows[0].n).toBe(1);
  });
});
