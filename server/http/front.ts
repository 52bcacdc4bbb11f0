/**
 * The one HTTP server: decides who answers. `/api/auth/*` better-auth, `/api/*` our API, `/healthz`, `/readyz` and
 * `/metrics` right here, everything else the pages; upgrades go to /sync or /events. It listens before the rest
 * is up, so a port that is taken shows at once; until then, and while draining, it says so.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { getRequestListener } from '@hono/node-server';
import { AppError, problemOf } from '#core/errors.ts';
import { clientAddress } from '#server/auth/address.ts';
import type { Log } from '#server/log.ts';
import type { Metrics } from '#server/metrics.ts';
import { setSecurityHeaders, type HeaderOptions } from './headers.ts';
import type { Pages } from './pages.ts';
import { PROBLEM_TYPE } from './problem.ts';

type Upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

/** What the server consists of once it is up; a part that this process does not run is null. */
export interface Services {
  api: ((request: Request, env: unknown) => Promise<Response>) | null;
  pages: Pages | null;
  sync: Upgrade | null;
  events: Upgrade | null;
  metrics: Metrics;
  /** Null: ready; else why not. */
  whyNotReady(): Promise<string | null>;
}

export interface Front {
  readonly server: Server;
  serve(services: Services): void;
  /** Stops accepting; resolves when what was being answered is answered, or after `patience` milliseconds. */
  close(patience: number): Promise<void>;
}

export function openFront({ log, headers }: { log: Log; headers: HeaderOptions }): Front {
  let services: Services | null = null;
  let isDraining = false;
  const listenToApi = getRequestListener(
    (request, env) => services?.api?.(request, env) ?? new Response(null, { status: 503 }),
    { overrideGlobalObjects: false },
  );
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = pathOf(request);
    if (path === '/healthz') return json(response, 200, { status: 'ok', service: 'proofdesk', pid: process.pid });
    if (path === '/readyz') return answerReady(response, isDraining ? 'stopping' : services === null ? 'starting' : await services.whyNotReady());
    if (services === null) return problem(response, new AppError('not_ready', 'The server is starting'));
    if (path === '/metrics') return answerMetrics(response, services.metrics);
    if (path === '/api' || path.startsWith('/api/')) {
      if (services.api === null) return problem(response, new AppError('not_found', 'This process does not serve the API'));
      return void (await listenToApi(request, response));
    }
    if (services.pages === null) return problem(response, new AppError('not_found', 'This process does not serve pages'));
    await services.pages.handle(request, response);
  };
  const server = createServer((request, response) => {
    setSecurityHeaders(request, response, headers);
    if (isDraining) response.setHeader('Connection', 'close');
    const began = performance.now();
    response.once('close', () => {
      services?.metrics.observeRequest(areaOf(pathOf(request)), response.statusCode, (performance.now() - began) / 1000);
    });
    answer(request, response).catch((error: unknown) => {
      log.error({ err: error, method: request.method, path: pathOf(request) }, 'a request failed');
      if (!response.headersSent) problem(response, new AppError('internal', 'Something went wrong here'));
      else response.destroy();
    });
  });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // Somebody who hangs up while we look is no failure.
    socket.on('error', () => socket.destroy());
    const path = pathOf(request);
    if (services !== null && !isDraining) {
      if (path.startsWith('/sync/') && services.sync !== null) return services.sync(request, socket, head);
      if (/^\/(events|socket\.io)\/?$/.test(path) && services.events !== null) return services.events(request, socket, head);
      if (services.pages?.handleUpgrade(request, socket, head) === true) return;
    }
    const status = services === null || isDraining ? '503 Service Unavailable' : '404 Not Found';
    socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () => socket.destroy());
  });
  return {
    server,
    serve: (up) => (services = up),
    async close(patience) {
      isDraining = true;
      await closeServer(server, patience);
    },
  };
}

/** Sockets that were upgraded are closed by their own parts. */
async function closeServer(server: Server, patience: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  const idle = setInterval(() => server.closeIdleConnections(), 50);
  const impatience = setTimeout(() => server.closeAllConnections(), patience);
  server.closeIdleConnections();
  await closed;
  clearInterval(idle);
  clearTimeout(impatience);
}

/** The address of who asks, from what the Node adapter hands over. */
export function addressFrom(env: unknown): string {
  if (typeof env !== 'object' || env === null || !('incoming' in env)) return 'unknown';
  const { incoming } = env;
  // The adapter puts the request here; its type is lost on the way through Hono.
  return clientAddress(incoming as IncomingMessage);
}

function pathOf(request: IncomingMessage): string {
  return (request.url ?? '/').split('?', 1)[0] ?? '/';
}

function areaOf(path: string): string {
  if (path.startsWith('/api/auth/')) return 'auth';
  if (path.startsWith('/api/')) return 'api';
  if (path.startsWith('/_next/')) return 'files';
  return /^\/(healthz|readyz|metrics)$/.test(path) ? 'health' : 'pages';
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
  response.end(JSON.stringify(body));
}

function answerReady(response: ServerResponse, whyNot: string | null): void {
  if (whyNot === null) json(response, 200, { status: 'ready' });
  else json(response, 503, { status: 'not_ready', reason: whyNot });
}

async function answerMetrics(response: ServerResponse, metrics: Metrics): Promise<void> {
  const { type, text } = await metrics.render();
  response.writeHead(200, { 'Content-Type': type, 'Cache-Control': 'no-store' });
  response.end(text);
}

function problem(response: ServerResponse, error: AppError): void {
  const body = problemOf(error);
  response.writeHead(body.status, { 'Content-Type': PROBLEM_TYPE, 'Cache-Control': 'no-store', ...(body.status === 503 ? { 'Retry-After': '1' } : {}) });
  response.end(JSON.stringify(body));
}
