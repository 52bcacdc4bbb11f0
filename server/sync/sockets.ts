/**
 * The WebSocket side: the upgrade of /sync/:reportId, and a `Wire` for each socket. An upgrade is always accepted
 * and then closed with a code that says why, since a browser cannot read the answer to a refused one; only a
 * foreign Origin is refused by HTTP.
 */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocket, WebSocketServer, type RawData } from 'ws';
import { closeCodes } from './close-codes.ts';
import type { Connection, Wire } from './connection.ts';
import { CLOSE_MILLISECONDS, MAX_FRAME_BYTES } from './limits.ts';
import { websocketBytes } from './websocket-frame.ts';

/** `ws` closes a socket whose message is too large with 1009, to which a y-websocket client would come again. */
class SyncSocket extends WebSocket {
  override close(code?: number, reason?: string | Buffer): void {
    super.close(code === 1009 ? closeCodes.too_large : code, reason);
  }
}

export class Sockets {
  readonly #server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    maxPayload: MAX_FRAME_BYTES,
    // Compressing keystrokes costs more than it saves, and each socket a lot of memory.
    perMessageDeflate: false,
    WebSocket: SyncSocket,
  });

  /** Completes the handshake; `connect` makes the connection before the first message can arrive. */
  accept(request: IncomingMessage, socket: Duplex, head: Buffer, connect: (wire: Wire) => Connection): void {
    this.#server.handleUpgrade(request, socket, head, (websocket) => {
      const connection = connect(wireOf(websocket, socket));
      websocket.on('message', (data: RawData, isBinary: boolean) => {
        if (isBinary) connection.receive(bytesOf(data));
        else connection.close('refused', 'malformed');
      });
      websocket.on('pong', () => connection.answeredPing());
      // `close` follows, and nothing more can be done about it.
      websocket.on('error', () => undefined);
      websocket.on('close', () => connection.gone());
    });
  }

  close(): void {
    this.#server.close();
  }
}

/** Answers an upgrade with HTTP 403. */
export function refuseOrigin(socket: Duplex): void {
  socket.on('error', () => socket.destroy());
  socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
}

/** `socket` is the one under `websocket`: `ws` writes each of its frames at once and whole, so ours may stand between. */
function wireOf(websocket: WebSocket, socket: Duplex): Wire {
  return {
    send: (frame, sent) => {
      if (websocket.readyState !== WebSocket.OPEN) return sent?.();
      const pieces = websocketBytes(frame);
      if (pieces.length > 1) socket.cork();
      for (const [i, piece] of pieces.entries())
        socket.write(piece, i === pieces.length - 1 && sent !== undefined ? () => sent() : undefined);
      if (pieces.length > 1) socket.uncork();
    },
    buffered: () => websocket.bufferedAmount,
    setPaused: (paused) => {
      if (paused === websocket.isPaused) return;
      if (paused) websocket.pause();
      else websocket.resume();
    },
    ping: () => websocket.ping(),
    close: (code, reason) => {
      websocket.close(code, reason);
      const impatience = setTimeout(() => websocket.terminate(), CLOSE_MILLISECONDS);
      impatience.unref();
      websocket.once('close', () => clearTimeout(impatience));
    },
    terminate: () => websocket.terminate(),
  };
}

function bytesOf(data: RawData): Uint8Array {
  if (Array.isArray(data)) return Buffer.concat(data);
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data;
}
