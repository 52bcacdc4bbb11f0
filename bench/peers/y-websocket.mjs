/**
 * The reference server as its own `server.js` starts it, with the ws and the y-leveldb that it asks for; the folder is in
 * `YPERSISTENCE`. Prints its port.
 */
import { createServer } from 'node:http';
import WebSocket from 'ws';
import { setupWSConnection } from '@y/websocket-server/utils';

const sockets = new WebSocket.Server({ noServer: true });
sockets.on('connection', setupWSConnection);

const server = createServer((_request, response) => response.end('okay'));
server.on('upgrade', (request, socket, head) => {
  sockets.handleUpgrade(request, socket, head, (websocket) => sockets.emit('connection', websocket, request));
});
server.listen(0, '127.0.0.1', () => process.stdout.write(`port ${server.address().port}\n`));
