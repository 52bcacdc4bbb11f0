/**
 * The floor of every live editor: a server that passes each message on to the other sockets and does nothing else.
 * A process of its own, as ours is. Prints its port.
 */
import { WebSocketServer } from 'ws';

const server = new WebSocketServer({ port: 0, host: '127.0.0.1' }, () =>
  process.stdout.write(`${server.address().port}\n`),
);
server.on('connection', (socket) => {
  socket.on('message', (data) => {
    for (const other of server.clients) if (other !== socket) other.send(data);
  });
});
