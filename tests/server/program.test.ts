/** The program as an operator meets it: a process with settings, output, signals and an exit code. */
import { createServer } from 'node:net';
import * as encoding from 'lib0/encoding';
import { writeUpdate } from 'y-protocols/sync';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createTestDataDir } from '#tests/support/database.ts';
import { spawnMain, spawnServer, type SpawnedMain } from '#tests/support/server.ts';
import { onlyWhere } from '#tests/support/only-where.ts';

const running: SpawnedMain[] = [];

afterEach(async () => {
  for (const { child, ended } of running.splice(0)) {
    child.kill('SIGKILL');
    await ended;
  }
});

function kept<T extends SpawnedMain>(spawned: T): T {
  running.push(spawned);
  return spawned;
}

describe('the program', { timeout: 60_000 }, () => {
  it('ST6: ends with exit code 2 and one line for a bad setting', async () => {
    const { ended, output } = kept(await spawnMain({ PORT: 'many' }));
    expect(await ended).toBe(2);
    expect(output()).toBe('PORT is "many"; it takes a whole number from 0 to 65535\n');
  });

  it('ST7: picks a free port for PORT=0, prints it, and answers health and readiness', async () => {
    const server = kept(await spawnServer());
    await vi.waitFor(() => expect(server.output()).toContain('Sign in at http://localhost:'), 10_000);
    const health = await fetch(`${server.url}/healthz`);
    expect(await health.json()).toEqual({ status: 'ok', service: 'proofdesk', pid: server.child.pid });
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
    expect(await (await fetch(`${server.url}/metrics`)).text()).toMatch(
      /proofdesk_commit_seconds_count 0\n[^]*proofdesk_rooms 0\n/,
    );
    expect((await server.api('/me')).body).toMatchObject({
      role: 'owner',
      email: server.owner.email,
      workspace: { name: 'Newsroom' },
    });
  });

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'ST8: stops on %s with exit code 0; the same signal again changes nothing',
    async (signal) => {
      const server = kept(await spawnServer());
      const began = performance.now();
      server.child.kill(signal);
      server.child.kill(signal);
      expect(await server.ended).toBe(0);
      expect(performance.now() - began).toBeLessThan(10_000);
    },
  );

  it('ST9: does not open a data folder that another process holds, and says who holds it', async () => {
    const first = kept(await spawnServer());
    const second = kept(await spawnMain({ DATA_DIR: first.dataDir, PORT: '0' }));
    expect(await second.ended).toBe(1);
    expect(second.output()).toMatch(
      new RegExp(`is held by Proofdesk, pid ${first.child.pid}, http://localhost:\\d+\\n$`),
    );
    expect((await first.api('/me')).status).toBe(200);
  });

  it('ST10: does not take a port that another process holds, and says who holds it', async () => {
    const first = kept(await spawnServer());
    const port = new URL(first.url).port;
    const second = kept(await spawnMain({ DATA_DIR: await createTestDataDir(), PORT: port }));
    expect(await second.ended).toBe(1);
    expect(second.output()).toBe(`Port ${port} on 127.0.0.1 is held by Proofdesk, pid ${first.child.pid}\n`);
  });

  it('ST10: names another program that holds the port', async () => {
    const holder = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => holder.once('listening', resolve));
    const address = holder.address();
    const port = typeof address === 'object' && address !== null ? String(address.port) : '';
    const second = kept(await spawnMain({ DATA_DIR: await createTestDataDir(), PORT: port }));
    expect(await second.ended).toBe(1);
    expect(second.output()).toMatch(
      process.platform === 'linux' ? new RegExp(`pid ${process.pid}\\n$`) : /held by another program\n$/,
    );
    holder.close();
  });

  onlyWhere(process.platform === 'linux')(
    'ends with exit code 1 where no data folder can be made',
    async () => {
      for (const folder of ['/proc/proofdesk/data', '/dev/null']) {
        const main = kept(await spawnMain({ DATA_DIR: folder, PORT: '0' }));
        expect(await main.ended).toBe(1);
        expect(main.output()).toContain('mkdir');
      }
    },
  );

  it('ST11: keeps what was acknowledged when it is killed', async () => {
    const first = kept(await spawnServer());
    const added = await first.api('/members', {
      method: 'POST',
      json: { email: 'kim@example.org', name: 'Kim', role: 'viewer' },
    });
    expect(added.status).toBe(201);
    first.child.kill('SIGKILL');
    await first.ended;
    const second = kept(await spawnServer({ dataDir: first.dataDir }));
    const { body } = await second.api('/members', {}, first.ownerToken);
    expect(body.items.map((member: { name: string }) => member.name)).toEqual(['owner', 'Kim']);
  });

  it('ST12: prints a one-time link for the owner when a first start has neither users nor owner settings', async () => {
    const main = kept(
      await spawnMain({ DATA_DIR: await createTestDataDir(), PORT: '0', PROOFDESK_DEMO: 'off' }),
    );
    const [, origin, token] = await main.waitFor(
      /one-time link: (http:\/\/localhost:\d+)\/setup\?token=([\w-]+)/,
    );
    const setUp = (): Promise<Response> =>
      fetch(`${origin}/api/v1/setup`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ token, name: 'Kim', email: 'kim@example.org', password: 'a good password' }),
      });
    expect((await setUp()).status).toBe(201);
    expect((await setUp()).status).toBe(409);
  });

  it('ST13: commits and acknowledges what arrived, closes sockets with 1012 and answers what is under way', async () => {
    const server = kept(await spawnServer());
    const report = (await server.api('/reports', { method: 'POST', json: { text: 'One sentence.' } })).body;
    await server.api(`/reports/${report.id}`, { method: 'PATCH', json: { locked: false } });
    const sync = new WebSocket(`${server.url.replace('http', 'ws')}/sync/${report.id}?ack=1`, {
      headers: { Authorization: `Bearer ${server.ownerToken}` },
    });
    const acknowledged = new Promise<void>((resolve) => {
      sync.on('message', (data: Buffer) => {
        if (data[0] === ACK) resolve();
      });
    });
    await new Promise((resolve) => sync.once('open', resolve));
    const events = new WebSocket(`${server.url.replace('http', 'ws')}/events/?EIO=4&transport=websocket`);
    await new Promise((resolve) => events.once('message', resolve));
    const closed = Promise.all(
      [sync, events].map((socket) => new Promise((resolve) => socket.once('close', resolve))),
    );
    events.send(`40${JSON.stringify({ token: server.ownerToken })}`);
    await new Promise<void>((resolve) => {
      events.on('message', (data: Buffer) => {
        if (data.toString().includes('hello')) resolve();
      });
    });
    const underWay = server.api('/members', {
      method: 'POST',
      json: { email: 'kim@example.org', name: 'Kim', role: 'viewer', password: 'hashing takes a while' },
    });
    sync.send(anUpdate());
    server.child.kill('SIGTERM');
    await acknowledged;
    expect(await closed).toEqual([1012, 1012]);
    expect((await underWay).status).toBe(201);
    expect(await server.ended).toBe(0);
  });
});

/** Message 16: so many messages are committed. */
const ACK = 16;

/** A sync message with a paragraph more, as y-protocols writes it. */
function anUpdate(): Uint8Array {
  const doc = new Y.Doc();
  const paragraph = new Y.XmlElement('paragraph');
  paragraph.insert(0, [new Y.XmlText('More.')]);
  doc.getXmlFragment('body').insert(0, [paragraph]);
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, 0);
  writeUpdate(encoder, Y.encodeStateAsUpdate(doc));
  return encoding.toUint8Array(encoder);
}
