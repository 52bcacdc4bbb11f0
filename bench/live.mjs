/** The clients that people's browsers have, unchanged, as the owner: y-websocket on /sync, socket.io on /events. */
import { io } from 'socket.io-client';
import { WebSocket } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { TOKEN } from './server.mjs';

const authorization = { Authorization: `Bearer ${TOKEN}` };

class OwnersWebSocket extends WebSocket {
  constructor(address, protocols) {
    super(address, protocols, { headers: authorization });
  }
}

/** Opens a report's document and resolves once it is synced. */
export async function openDocument(server, reportId, doc = new Y.Doc()) {
  const provider = new WebsocketProvider(`${server.url.replace('http', 'ws')}/sync`, reportId, doc, {
    WebSocketPolyfill: OwnersWebSocket,
    disableBc: true,
  });
  await new Promise((resolve, reject) => {
    provider.once('sync', resolve);
    provider.on(
      'connection-close',
      (event) => event?.code >= 4400 && reject(new Error(`sync closed with ${event.code}`)),
    );
  });
  return { doc, close: () => provider.destroy() };
}

/** A client of the events; `next(name)` resolves with the payload of the next event of that name. */
export async function openEvents(server) {
  const socket = io(server.url, {
    path: '/events',
    transports: ['websocket'],
    extraHeaders: authorization,
    reconnection: false,
  });
  await new Promise((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', reject);
  });
  return {
    next: (name) => new Promise((resolve) => socket.once(name, resolve)),
    close: () => socket.close(),
  };
}
