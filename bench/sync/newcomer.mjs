/**
 * Somebody who only opens a document, as cheaply as can be, so that a crowd of them costs the driver little: the
 * WebSocket's frames are walked over in one buffer that all share, nothing is copied or kept.
 */
import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';

/** They are read one after the other, so one buffer serves all. */
const shared = Buffer.alloc(1024 * 1024);
const NO_MASK = Buffer.alloc(4);

/** Resolves with the time at which a message of at least `bytes` was there to its last byte. */
export function newcomer({ address, headers = {}, dialect }, bytes) {
  const { hostname, port, pathname, search } = new URL(address);
  return new Promise((resolve, reject) => {
    const take = frameWalker(
      (opcode) => opcode === 8 && reject(new Error('the server closed the socket')),
      (length) => {
        if (length < bytes) return;
        resolve({ at: performance.now(), leave: () => socket.destroy() });
      },
    );
    let isOpen = false;
    const socket = connect({
      host: hostname,
      port: Number(port),
      onread: {
        buffer: shared,
        callback(count) {
          let start = 0;
          if (!isOpen) {
            // The answer to the upgrade is short and comes in one piece.
            const end = shared.subarray(0, count).indexOf('\r\n\r\n');
            if (end === -1 || !shared.subarray(0, count).includes('101')) {
              reject(new Error('the upgrade was refused'));
              return false;
            }
            isOpen = true;
            start = end + 4;
            for (const message of [dialect.greeting, dialect.step1])
              if (message !== null) socket.write(masked(message));
          }
          take(shared, start, count);
          return true;
        },
      },
    });
    socket.once('error', reject);
    socket.once('close', () => reject(new Error('the socket closed')));
    socket.write(upgrade(`${hostname}:${port}`, `${pathname}${search}`, headers));
  });
}

function upgrade(host, path, headers) {
  const all = {
    Host: host,
    Connection: 'Upgrade',
    Upgrade: 'websocket',
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': randomBytes(16).toString('base64'),
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return `GET ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`;
}

/** A short binary message of a client; a mask of zeros leaves the bytes as they are. */
function masked(message) {
  return Buffer.concat([Buffer.from([0x82, 0x80 | message.length]), NO_MASK, message]);
}

/** Calls `began(opcode)` and `ended(length)` for each frame, whatever pieces it comes in. */
function frameWalker(began, ended) {
  const header = Buffer.alloc(10);
  let have = 0;
  let length = 0;
  let left = 0;
  return (bytes, from, to) => {
    for (let at = from; at < to;) {
      if (left > 0) {
        const step = Math.min(left, to - at);
        left -= step;
        at += step;
        if (left === 0) ended(length);
        continue;
      }
      header[have] = bytes[at];
      have += 1;
      at += 1;
      const size = headerSize(header, have);
      if (have < size) continue;
      have = 0;
      length = payloadLength(header);
      left = length;
      began(header[0] & 15);
      if (left === 0) ended(0);
    }
  };
}

function headerSize(header, have) {
  if (have < 2) return 2;
  return { 126: 4, 127: 10 }[header[1]] ?? 2;
}

function payloadLength(header) {
  if (header[1] < 126) return header[1];
  return header[1] === 126 ? header.readUInt16BE(2) : Number(header.readBigUInt64BE(2));
}
