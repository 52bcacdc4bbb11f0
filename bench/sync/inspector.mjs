/** Node's own inspector of a server that was started with `inspectorAt(port)`: so that what is not collected yet is no part of its memory. */
import { createServer } from 'node:net';
import { once } from 'node:events';
import { WebSocket } from 'ws';

export const inspectorAt = (port) => ({ NODE_OPTIONS: `--inspect=127.0.0.1:${port}` });

export function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

export async function openInspector(port) {
  const [{ webSocketDebuggerUrl }] = await (await fetch(`http://127.0.0.1:${port}/json/list`)).json();
  const socket = new WebSocket(webSocketDebuggerUrl, { perMessageDeflate: false });
  await once(socket, 'open');
  let asked = 0;
  const ask = (method, params = {}) =>
    new Promise((resolve, reject) => {
      const id = (asked += 1);
      const listen = (data) => {
        const answer = JSON.parse(String(data));
        if (answer.id !== id) return;
        socket.off('message', listen);
        if (answer.error === undefined) resolve(answer.result);
        else reject(new Error(`${method}: ${answer.error.message}`));
      };
      socket.on('message', listen);
      socket.send(JSON.stringify({ id, method, params }));
    });
  return {
    ask,
    collectGarbage: () => ask('HeapProfiler.collectGarbage'),
    close: () => socket.terminate(),
  };
}
