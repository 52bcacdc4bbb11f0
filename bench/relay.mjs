/**
 * The floor of every live editor: a server that passes each message on to the other sockets of the same path and does
 * nothing else. A process of its own, as ours is. Prints its port.
 */
import { WebSocketServer } from 'ws';

const rooms = new Map();

const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false }, () =>
  process.stdout.write(`port ${server.address().port}\n`),
);
server.on('connection', (socket, { url }) => {
  const room = rooms.get(url) ?? new Set();
  rooms.set(url, room.add(socket));
  socket.on('message', (data) => {
    for (const other of room) if (other !== socket) other.send(data);
  });
  socket.on('close', () => room.delete(socket));
});
