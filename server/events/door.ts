/**
 * Socket.IO on an HTTP server that never listens: ours hands it the upgrades that are its own. (Attached to the
 * real one it ends sockets that are not its own, and takes its requests.) Only WebSockets, only from our own
 * pages or from programs, only people who are signed in.
 */
import { createServer, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { Server, type Socket } from 'socket.io';
import type { Authenticator } from '#server/auth/authenticator.ts';
import type { Principal } from '#server/principal.ts';
import { refuseOrigin } from '#server/sync/sockets.ts';

/** The only messages that clients send are ids. */
const MAX_MESSAGE_BYTES = 16 * 1024;
const RESTARTING = 1012;

export interface Visit {
  principal: Principal;
  headers: Headers;
  since: number | null;
}

export interface Door {
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Closes every socket so that its client comes again; resolves when they are closed. */
  close(): Promise<void>;
}

export function openDoor(auth: Authenticator, onVisit: (socket: Socket, visit: Visit) => void): Door {
  const never = createServer();
  const io = new Server({
    path: '/events',
    transports: ['websocket'],
    serveClient: false,
    destroyUpgrade: false,
    maxHttpBufferSize: MAX_MESSAGE_BYTES,
    pingInterval: 25_000,
  });
  io.attach(never);
  const visits = new WeakMap<Socket, Visit>();
  // `io('/events')` means the default path and a name space of that name: let in as well.
  for (const space of [io.of('/'), io.of('/events')]) {
    space.use((socket, next) => {
      admit(auth, socket).then(
        (visit) => {
          if (visit === null) return next(refusal('unauthenticated', 4401));
          visits.set(socket, visit);
          next();
        },
        () => next(refusal('internal', 1013)),
      );
    });
    space.on('connection', (socket) => {
      const visit = visits.get(socket);
      if (visit !== undefined) onVisit(socket, visit);
    });
  }
  return {
    handleUpgrade(request, socket, head) {
      const { origin, host } = request.headers;
      if (!auth.isAllowedOrigin(origin ?? null, host ?? null)) return refuseOrigin(socket);
      request.url = (request.url ?? '').replace(/^\/(events|socket\.io)\/?(?=\?|$)/, '/events/');
      never.emit('upgrade', request, socket, head);
    },
    async close() {
      for (const space of [io.of('/'), io.of('/events')]) {
        for (const socket of space.sockets.values()) closeForRestart(socket);
      }
      await io.close();
    },
  };
}

async function admit(auth: Authenticator, socket: Socket): Promise<Visit | null> {
  const { headers: given, auth: said, query } = socket.handshake;
  const headers = new Headers();
  for (const name of ['cookie', 'authorization'] as const) {
    const value = given[name];
    if (value !== undefined) headers.set(name, value);
  }
  const token: unknown = said['token'];
  if (typeof token === 'string' && /^[\x21-\x7e]+$/.test(token))
    headers.set('authorization', `Bearer ${token}`);
  const principal = await auth.authenticate(headers);
  return principal && { principal, headers, since: versionOf(said['since'] ?? query['since']) };
}

/** Null when there is none, or what is given is no version. */
function versionOf(value: unknown): number | null {
  if (value === undefined || value === null || value === '') return null;
  const version = Number(value);
  return Number.isSafeInteger(version) && version >= 0 ? version : null;
}

function refusal(code: string, close: number): Error {
  return Object.assign(new Error(code), { data: { code, close } });
}

/**
 * Socket.IO's own goodbye tells a client not to come back, so the WebSocket under it is closed with the code that
 * says why. It has no name for that, hence the look inside.
 */
function closeForRestart(socket: Socket): void {
  const websocket: unknown = Reflect.get(socket.conn.transport, 'socket');
  const close: unknown = websocket instanceof Object ? Reflect.get(websocket, 'close') : undefined;
  if (typeof close === 'function') Reflect.apply(close, websocket, [RESTARTING]);
  else socket.conn.close();
}
