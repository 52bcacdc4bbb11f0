import { expect, it } from 'vitest';
import { createServer } from 'node:http';
import { WebSocket } from 'ws';
import { LONGEST_COPIED, websocketBytes } from '#server/sync/websocket-frame.ts';
import { Sockets } from '#server/sync/sockets.ts';
import { Connection, type Wire } from '#server/sync/connection.ts';
import { until } from './sync-world.ts';

const lengths = [0, 1, 125, 126, 127, 65_535, 65_536, LONGEST_COPIED, LONGEST_COPIED + 1, 300_000];

it('makes the bytes of a message once', () => {
  const message = new Uint8Array([1, 2, 3]);
  expect(websocketBytes(message)).toEqual([Buffer.from([0x82, 3, 1, 2, 3])]);
  expect(websocketBytes(message)).toBe(websocketBytes(message));
});

it('is read by a client, message by message, whatever their lengths and between the frames of ws itself', async () => {
  const messages = lengths.map((length) => new Uint8Array(length).map((_, i) => i % 251));
  const sockets = new Sockets();
  const server = createServer();
  const wires: Wire[] = [];
  server.on('upgrade', (request, socket, head) =>
    sockets.accept(request, socket, head, (made) => {
      wires.push(made);
      return new Connection(made, false, () => 0);
    }),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const client = new WebSocket(`ws://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`);
  const received: Uint8Array[] = [];
  let pings = 0;
  client.on('message', (data: Buffer) => received.push(new Uint8Array(data)));
  client.on('ping', () => (pings += 1));
  await until(() => wires.length === 1 && client.readyState === WebSocket.OPEN, 'it is open');
  let sent = 0;
  for (const message of messages) {
    for (const wire of wires) {
      wire.ping();
      wire.send(message, () => (sent += 1));
    }
  }
  await until(() => received.length === messages.length && sent === messages.length, 'all are here');
  expect(received.map((message, i) => Buffer.compare(message, messages[i] ?? new Uint8Array()))).toEqual(
    messages.map(() => 0),
  );
  expect(pings).toBe(messages.length);
  client.terminate();
  sockets.close();
  server.close();
});
