/** `/events` through an unchanged socket.io-client. */
import { io, type Socket } from 'socket.io-client';
import { WebSocket } from 'ws';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { eventSchemas, helloSchema, presenceSchema, PRESENCE_EVENT, type EventName } from '#core/events.ts';
import { MOST_MISSED } from '#server/events/listener.ts';
import { startServer, type TestServer } from '#tests/support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

interface Said {
  name: string;
  payload: { version: number } & Record<string, unknown>;
}

/** A client that notes everything it hears, in order. */
class Ear {
  readonly socket: Socket;
  readonly heard: Said[] = [];
  readonly #watchers = new Set<() => void>();

  constructor(auth: Record<string, unknown>, more: Record<string, unknown> = {}) {
    this.socket = io(server.url, {
      path: '/events',
      transports: ['websocket'],
      reconnection: false,
      auth,
      ...more,
    });
    this.socket.onAny((name: string, payload: Said['payload']) => {
      this.heard.push({ name, payload });
      for (const look of this.#watchers) look();
    });
  }

  until(holds: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (!holds()) return;
        this.#watchers.delete(look);
        resolve();
      };
      this.#watchers.add(look);
      look();
    });
  }

  get records(): Said[] {
    return this.heard.filter(({ name }) => name in eventSchemas);
  }

  versions(): number[] {
    return this.records.map(({ payload }) => payload.version);
  }

  hello(): unknown {
    return this.heard.find(({ name }) => name === 'hello')?.payload;
  }
}

const ears: Ear[] = [];
afterEach(() => {
  for (const ear of ears.splice(0)) ear.socket.close();
});

async function listen(auth: Record<string, unknown> = { token: server.ownerToken }, more = {}): Promise<Ear> {
  const ear = new Ear(auth, more);
  ears.push(ear);
  await ear.until(() => ear.hello() !== undefined);
  return ear;
}

async function refusal(auth: Record<string, unknown>, more: Record<string, unknown> = {}): Promise<string> {
  const ear = new Ear(auth, more);
  ears.push(ear);
  return new Promise((resolve) => ear.socket.once('connect_error', (error) => resolve(error.message)));
}

let guests = 0;
/** Something that happens to everybody in the workspace. */
async function happen(): Promise<void> {
  const name = `Guest ${++guests}`;
  const json = { email: `guest${guests}@example.org`, name, role: 'viewer' };
  expect((await server.api('/members', { method: 'POST', json })).status).toBe(201);
}

async function head(): Promise<number> {
  const { rows } = await server.runtime.database.pool.query('select event_head::int as head from workspaces');
  return rows[0].head;
}

describe('events', () => {
  it('EV1: greets first, with the version that the client now has, and then tells what happens', async () => {
    const before = await head();
    const ear = await listen();
    expect(ear.heard[0]?.name).toBe('hello');
    expect(helloSchema.parse(ear.hello())).toEqual({
      version: before,
      complete: true,
      serverBuild: expect.any(String),
    });
    await happen();
    await ear.until(() => ear.records.length === 1);
    const [joined] = ear.records;
    expect(joined).toMatchObject({
      name: 'member.joined',
      payload: { version: before + 1, actor: { name: 'owner' }, reportId: null },
    });
    expect(eventSchemas[joined?.name as EventName].safeParse(joined?.payload).success).toBe(true);
  });

  it('EV2: tells a client that was away everything since its last version, in order, once, and goes on', async () => {
    const since = await head();
    for (let i = 0; i < 5; i++) await happen();
    const ear = await listen({ token: server.ownerToken, since });
    await happen();
    await ear.until(() => ear.records.length === 6);
    expect(ear.versions()).toEqual([1, 2, 3, 4, 5, 6].map((n) => since + n));
    const byQuery = await listen({ token: server.ownerToken }, { query: { since: since + 4 } });
    await byQuery.until(() => byQuery.records.length === 2);
    expect(byQuery.versions()).toEqual([since + 5, since + 6]);
  });

  it('EV3: has no hole and no repetition for clients that join while much happens', async () => {
    const since = await head();
    const busy = Promise.all(Array.from({ length: 30 }, () => happen()));
    const joined = await Promise.all(
      Array.from({ length: 10 }, () => listen({ token: server.ownerToken, since })),
    );
    await busy;
    const all = Array.from({ length: 30 }, (_, i) => since + 1 + i);
    for (const ear of joined) {
      await ear.until(() => ear.records.length >= 30);
      expect(ear.versions()).toEqual(all);
    }
  });

  it('EV4: says that it cannot complete a version that is too old or unknown', async () => {
    const ear = await listen({ token: server.ownerToken, since: (await head()) + 1000 });
    expect(ear.hello()).toMatchObject({ complete: false });
    ear.socket.close();
    // With nobody here the server forgets where it stands, and looks again for the next one.
    await vi.waitFor(() => expect(server.runtime.events.stats().connections).toBe(0));
    const { pool } = server.runtime.database;
    await pool.query('update workspaces set event_head = event_head + $1', [MOST_MISSED + 1]);
    const old = await listen({ token: server.ownerToken, since: 0 });
    expect(old.hello()).toMatchObject({ complete: false });
    expect(old.records).toEqual([]);
    old.socket.close();
    await vi.waitFor(() => expect(server.runtime.events.stats().connections).toBe(0));
    await pool.query('update workspaces set event_head = event_head - $1', [MOST_MISSED + 1]);
  });

  it('EV5: lets in by cookie, header or token, and nobody else', async () => {
    const cookie = await server.signIn(server.owner.email, server.owner.password);
    await listen({}, { extraHeaders: { Cookie: cookie } });
    await listen({}, { extraHeaders: { Authorization: `Bearer ${server.ownerToken}` } });
    expect(await refusal({})).toBe('unauthenticated');
    expect(await refusal({ token: 'pd_wrong' })).toBe('unauthenticated');
    expect(
      await refusal({ token: server.ownerToken }, { extraHeaders: { Origin: 'http://evil.example' } }),
    ).toBe('websocket error');
    expect(await upgradeStatus('/events/?EIO=4&transport=websocket', { Origin: 'http://evil.example' })).toBe(
      403,
    );
    expect(await upgradeStatus('/elsewhere', {})).toBe(404);
  });

  it('EV6: tells what is for one member to that member only', async () => {
    const kim = await server.addMember('editor', 'Kim');
    const report = (
      await server.api('/reports', { method: 'POST', json: { text: 'Bread costs two euros.' } })
    ).body;
    const claim = (
      await server.api(`/reports/${report.id}/claims`, {
        method: 'POST',
        json: { selector: { type: 'TextQuoteSelector', exact: 'two euros' } },
      })
    ).body;
    const [mine, theirs] = await Promise.all([listen(), listen({ token: kim.token })]);
    const body = `Please look, @[Kim](member:${kim.id})`;
    expect(
      (await server.api(`/claims/${claim.id}/comments`, { method: 'POST', json: { body } })).status,
    ).toBe(201);
    await theirs.until(() => theirs.records.some(({ name }) => name === 'notification.added'));
    await happen();
    await mine.until(() => mine.records.some(({ name }) => name === 'member.joined'));
    expect(mine.records.map(({ name }) => name)).not.toContain('notification.added');
    expect(mine.records.map(({ name }) => name)).toContain('comment.added');
  });

  it('EV7: tells everybody who has a report open, and a newcomer who is where', async () => {
    const report = (await server.api('/reports', { method: 'POST', json: { text: 'Somebody reads this.' } }))
      .body;
    const ear = await listen();
    const here = (one: Ear): unknown[] =>
      one.heard
        .filter(({ name, payload }) => name === PRESENCE_EVENT && payload['reportId'] === report.id)
        .map(({ payload }) => presenceSchema.parse(payload).people.map(({ name }) => name));
    const sync = new WebSocket(`${server.url.replace('http', 'ws')}/sync/${report.id}`, {
      headers: { Authorization: `Bearer ${server.ownerToken}` },
    });
    await ear.until(() => here(ear).length > 0);
    expect(here(ear)).toEqual([['owner']]);
    const late = await listen();
    await late.until(() => here(late).length > 0);
    expect(here(late)).toEqual([['owner']]);
    const opened: unknown = await late.socket.emitWithAck('report.open', { reportId: report.id });
    expect(opened).toMatchObject({ ok: true, people: [{ name: 'owner' }] });
    sync.close();
    await ear.until(() => here(ear).length === 2);
    expect(here(ear)[1]).toEqual([]);
  });

  it('EV8: answers a message that makes no sense, and one about a report that is not there', async () => {
    const ear = await listen();
    expect(await ear.socket.emitWithAck('report.open', { reportId: 7 })).toEqual({
      ok: false,
      code: 'invalid_input',
    });
    expect(await ear.socket.emitWithAck('report.open')).toEqual({ ok: false, code: 'invalid_input' });
    expect(await ear.socket.emitWithAck('report.open', { reportId: crypto.randomUUID() })).toEqual({
      ok: false,
      code: 'not_found',
    });
    expect(await ear.socket.emitWithAck('report.close', { reportId: crypto.randomUUID() })).toEqual({
      ok: true,
    });
    ear.socket.emit('report.open', 'no answer wanted');
    ear.socket.emit('something else', {});
    await happen();
    await ear.until(() => ear.records.length === 1);
  });

  it('EV9: cuts the sockets of a session that was signed out, and of a token that was revoked', async () => {
    const cookie = await server.signIn(server.owner.email, server.owner.password);
    const token = (await server.api('/tokens', { method: 'POST', json: { name: 'brief' } })).body;
    const [bySession, byToken, other] = await Promise.all([
      listen({}, { extraHeaders: { Cookie: cookie } }),
      listen({ token: token.secret }),
      listen(),
    ]);
    await fetch(`${server.url}/api/auth/sign-out`, {
      method: 'POST',
      headers: { Cookie: cookie, 'Content-Type': 'application/json' },
      body: '{}',
    });
    await server.api(`/tokens/${token.id}`, { method: 'DELETE' });
    for (const ear of [bySession, byToken]) {
      await ear.until(() => ear.heard.some(({ name }) => name === 'revoked'));
      expect(ear.heard.at(-1)?.payload).toEqual({ code: 4401, reason: 'unauthenticated' });
      if (ear.socket.connected) await new Promise((resolve) => ear.socket.once('disconnect', resolve));
    }
    expect(other.socket.connected).toBe(true);
  });

  it('AU19: closes the sockets of a token that runs out, on /events and /sync', async () => {
    const { body: report } = await server.api('/reports', { method: 'POST', json: { text: 'Some words.' } });
    const expiresAt = new Date(Date.now() + 2_000).toISOString();
    const { secret } = (await server.api('/tokens', { method: 'POST', json: { name: 'brief', expiresAt } }))
      .body;
    const ear = await listen({ token: secret });
    const sync = new WebSocket(`${server.url.replace('http', 'ws')}/sync/${report.id}`, {
      headers: { Authorization: `Bearer ${secret}` },
    });
    const closed = new Promise<number>((resolve) => sync.once('close', resolve));
    await ear.until(() => ear.heard.some(({ name }) => name === 'revoked'));
    expect(await closed).toBe(4401);
    expect(Date.now() - Date.parse(expiresAt)).toBeGreaterThanOrEqual(0);
  });
});

function upgradeStatus(path: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`${server.url.replace('http', 'ws')}${path}`, { headers });
    socket.on('error', () => undefined);
    socket.on('unexpected-response', (_request, response) => {
      resolve(response.statusCode ?? 0);
      socket.terminate();
    });
  });
}
