/** How far an import is, told over `/events` while the request runs; on two nodes with PostgreSQL and Redis. */
import { randomUUID } from 'node:crypto';
import { io, type Socket } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { IMPORT_PROGRESS_EVENT, importProgressSchema, type ImportProgress } from '#core/events.ts';
import { READERS_AT_ONCE } from '#server/import/limits.ts';
import { longPdf } from '#tests/support/long-pdf.ts';
import { createPostgresDatabase, type PostgresDatabase } from '#tests/support/postgres.ts';
import { RedisServer } from '#tests/support/redis-server.ts';
import { startServer, type TestServer } from '#tests/support/server.ts';

const redis = new RedisServer();
let database: PostgresDatabase;
let one: TestServer;
let two: TestServer;

beforeAll(async () => {
  [database] = await Promise.all([createPostgresDatabase(), redis.start()]);
  const env = {
    DATABASE_URL: database.url,
    REDIS_URL: redis.url,
    AUTH_SECRET: 'the same on every node of the installation',
  };
  one = await startServer({ env });
  two = await startServer({ env });
});
afterAll(async () => {
  await Promise.all([one.stop(), two.stop()]);
  await Promise.all([database.drop(), redis.stop()]);
});

const sockets: Socket[] = [];
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.close();
});

class Ear {
  readonly heard: ImportProgress[] = [];
  readonly #watchers = new Set<() => void>();

  constructor(socket: Socket) {
    socket.on(IMPORT_PROGRESS_EVENT, (payload: unknown) => {
      this.heard.push(importProgressSchema.parse(payload));
      for (const look of this.#watchers) look();
    });
  }

  until(holds: (progress: ImportProgress) => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (this.heard.some(holds)) resolve();
      };
      this.#watchers.add(look);
      look();
    });
  }
}

async function listen(server: TestServer, token: string): Promise<Ear> {
  const socket = io(server.url, {
    path: '/events',
    transports: ['websocket'],
    reconnection: false,
    auth: { token },
  });
  sockets.push(socket);
  const ear = new Ear(socket);
  await new Promise((resolve) => socket.once('hello', resolve));
  return ear;
}

function send(
  path: string,
  { id, pages, signal }: { id: string; pages: number; signal?: AbortSignal },
): Promise<Response> {
  const form = new FormData();
  form.set('id', id);
  form.set('file', new File([longPdf(pages)], 'long.pdf'));
  return fetch(`${one.url}/api/v1${path}`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${one.ownerToken}` },
    body: form,
    ...(signal === undefined ? {} : { signal }),
  });
}

/** Long enough to be stopped on its way, and short enough to come to its end if it is not. */
const LONG_PAGES = 250;

const of =
  (id: string, step: ImportProgress['at']['step']) =>
  ({ importId, at }: ImportProgress): boolean =>
    importId === id && at.step === step;

describe('an import that takes a while', () => {
  it('EV13: is told to who imports alone, by the id of the request, on every node', async () => {
    const ben = await one.addMember('editor', 'Ben');
    const [here, there, other] = await Promise.all([
      listen(one, one.ownerToken),
      listen(two, one.ownerToken),
      listen(one, ben.token),
    ]);
    const { rows } = await one.runtime.database.pool.query('select event_head::int as head from workspaces');
    const id = randomUUID();
    expect((await send('/reports/preview', { id, pages: 2 })).status).toBe(200);
    await Promise.all([here, there].map((ear) => ear.until(of(id, 'arranging'))));
    expect(here.heard).toEqual(there.heard);
    expect(here.heard).toContainEqual({ importId: id, at: { step: 'page', page: 1, pages: 2 } });
    // What is kept has a version; this passes.
    const after = await one.runtime.database.pool.query('select event_head::int as head from workspaces');
    expect(after.rows).toEqual(rows);
    // Ben hears of his own, and had heard of nothing until then.
    const own = randomUUID();
    const form = new FormData();
    form.set('id', own);
    form.set('file', new File([longPdf(1)], 'short.pdf'));
    await one.api('/reports/preview', { method: 'POST', body: form }, ben.token);
    await other.until(of(own, 'arranging'));
    expect(new Set(other.heard.map(({ importId }) => importId))).toEqual(new Set([own]));
  });

  it('IM95: ends when its connection is closed, and keeps nothing', async () => {
    const ear = await listen(one, one.ownerToken);
    const long = Array.from({ length: READERS_AT_ONCE }, () => ({
      id: randomUUID(),
      stop: new AbortController(),
    }));
    const sent = long.map(({ id, stop }) =>
      send('/reports', { id, pages: LONG_PAGES, signal: stop.signal }).catch((error: unknown) => error),
    );
    await Promise.all(long.map(({ id }) => ear.until(of(id, 'page'))));
    for (const { stop } of long) stop.abort();
    await Promise.all(sent);
    // There is no place for this one until the others have ended.
    const id = randomUUID();
    expect((await send('/reports', { id, pages: 1 })).status).toBe(201);
    for (const { id: gone } of long) {
      expect(ear.heard.some(of(gone, 'arranging'))).toBe(false);
      expect((await one.api(`/reports/${gone}`)).status).toBe(404);
    }
  });
});
