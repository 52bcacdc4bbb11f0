/**
 * Next as a guest: it renders pages, and owns nothing. Built files do not go through it. It is given a server that never
 * listens, because it ends every WebSocket of the server it is given whose path looks like a page's; in
 * development we hand it the upgrades that are its own (hot reload).
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { openBuiltFiles, type BuiltFiles } from './built-files.ts';

export interface Pages {
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** Whether it took the socket. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  close(): Promise<void>;
}

export async function openPages(options: {
  dir: string;
  isDevelopment: boolean;
  port: number;
  host: string;
}): Promise<Pages> {
  const { dir, isDevelopment, port, host } = options;
  const { default: next } = await import('next');
  const never = createServer();
  const app = next({ dev: isDevelopment, dir, port, hostname: host, httpServer: never });
  await app.prepare();
  const handle = app.getRequestHandler();
  const files: BuiltFiles = isDevelopment ? () => Promise.resolve(false) : openBuiltFiles(dir);
  return {
    async handle(request, response) {
      if (!(await files(request, response))) await handle(request, response);
    },
    handleUpgrade(request, socket, head) {
      if (!isDevelopment || !(request.url ?? '').startsWith('/_next/')) return false;
      return never.emit('upgrade', request, socket, head);
    },
    close: () => app.close(),
  };
}
