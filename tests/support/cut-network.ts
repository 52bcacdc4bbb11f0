/** A way to a server that can be cut as a network is: nothing passes any more, and nobody is told. */
import { connect, createServer, type Socket } from 'node:net';

export interface CutNetwork {
  /** The address with this way in it. */
  readonly url: string;
  isCut: boolean;
  close(): Promise<void>;
}

/** Connections that were open during a cut stay dead after it. */
export async function cutNetworkTo(url: string): Promise<CutNetwork> {
  const target = new URL(url);
  const sockets = new Set<Socket>();
  const server = createServer((from) => {
    const to = connect(Number(target.port), target.hostname);
    let isDead = false;
    const pass = (one: Socket, other: Socket): void => {
      sockets.add(one);
      one.on('data', (bytes) => {
        isDead ||= network.isCut;
        if (!isDead) other.write(bytes);
      });
      one
        .on('error', () => undefined)
        .on('close', () => {
          sockets.delete(one);
          if (!isDead) other.destroy();
        });
    };
    pass(from, to);
    pass(to, from);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const network: CutNetwork = {
    url: Object.assign(new URL(url), { hostname: '127.0.0.1', port: String(address.port) }).href,
    isCut: false,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return network;
}
