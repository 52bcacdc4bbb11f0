/**
 * The one HTTP server: decides who answers. `/api/auth/*` better-auth, `/api/*` our API, `/healthz`, `/readyz` and
 * `/metrics` right here, everything else the pages; upgrades go to /sync or /events. It listens before the rest
 * is up, so that a port that is taken shows at once; who comes too early waits until the rest is up.
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

type RequestHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;
type Upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

/** What the server consists of once it is up; a part that this process does not run is null. */
export interface Services {
  api: RequestHandler | null;
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

/** Longer than any start; then who waits is told to come again. */
const START_PATIENCE = 60_000;

export function openFront(options: { log: Log; headers: HeaderOptions }): Front {
  return new OpenFront(options);
}

class OpenFront implements Front {
  readonly server: Server;
  readonly #log: Log;
  readonly #headers: HeaderOptions;
  readonly #early = new Set<(services: Services | null) => void>();
  #services: Services | null = null;
  #isDraining = false;

  constructor({ log, headers }: { log: Log; headers: HeaderOptions }) {
    this.#log = log;
    this.#headers = headers;
    this.server = createServer((request, response) => this.#onRequest(request, response));
    this.server.on(
      'upgrade',
      (request: IncomingMessage, socket: Duplex, head: Buffer) => void this.#onUpgrade(request, socket, head),
    );
  }

  serve(services: Services): void {
    this.#services = services;
    this.#release(services);
  }

  async close(patience: number): Promise<void> {
    this.#isDraining = true;
    this.#release(null);
    await closeServer(this.server, patience);
  }

  #release(services: Services | null): void {
    for (const go of this.#early) go(services);
    this.#early.clear();
  }

  /** Null: it does not come up, or goes down. */
  #whenUp(): Promise<Services | null> {
    if (this.#services !== null || this.#isDraining) return Promise.resolve(this.#services);
    return new Promise((resolve) => {
      const impatience = setTimeout(() => go(null), START_PATIENCE).unref();
      const go = (services: Services | null): void => {
        clearTimeout(impatience);
        this.#early.delete(go);
        resolve(services);
      };
      this.#early.add(go);
    });
  }

  #onRequest(request: IncomingMessage, response: ServerResponse): void {
    setSecurityHeaders(request, response, this.#headers);
    if (this.#isDraining) response.setHeader('Connection', 'close');
    const began = performance.now();
    response.once('close', () => {
      const seconds = (performance.now() - began) / 1000;
      this.#services?.metrics.observeRequest(areaOf(pathOf(request)), response.statusCode, seconds);
    });
    this.#answer(request, response).catch((error: unknown) => {
      this.#log.error({ err: error, method: request.method, path: pathOf(request) }, 'a request failed');
      if (response.headersSent) response.destroy();
      else problem(response, new AppError('internal', 'Something went wrong here'));
    });
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = pathOf(request);
    if (path === '/healthz')
      return json(response, 200, { status: 'ok', service: 'proofdesk', pid: process.pid });
    if (path === '/readyz') return answerReady(response, await this.#whyNotReady());
    const services = await this.#whenUp();
    if (services === null)
      return problem(response, new AppError('not_ready', 'The server is starting or stopping'));
    if (path === '/metrics') return answerMetrics(response, services.metrics);
    if (path === '/api' || path.startsWith('/api/')) {
      if (services.api !== null) return services.api(request, response);
      return problem(response, new AppError('not_found', 'This process does not serve the API'));
    }
    if (services.pages !== null) return services.pages.handle(request, response);
    problem(response, new AppError('not_found', 'This process does not serve pages'));
  }

  async #whyNotReady(): Promise<string | null> {
    if (this.#isDraining) return 'stopping';
    return this.#services === null ? 'starting' : this.#services.whyNotReady();
  }

  async #onUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    // Somebody who hangs up while we look is no failure.
    socket.on('error', () => socket.destroy());
    const services = this.#services ?? (await this.#whenUp());
    if (services === null || this.#isDraining) return refuseUpgrade(socket, '503 Service Unavailable');
    const path = pathOf(request);
    if (path.startsWith('/sync/') && services.sync !== null) return services.sync(request, socket, head);
    if (/^\/(events|socket\.io)\/?$/.test(path) && services.events !== null)
      return services.events(request, socket, head);
    if (services.pages?.handleUpgrade(request, socket, head) !== true) refuseUpgrade(socket, '404 Not Found');
  }
}

function refuseUpgrade(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () => socket.destroy());
}

/** Sockets that were upgraded are closed by their own parts; one that lingers past the patience is left behind. */
async function closeServer(server: Server, patience: number): Promise<void> {
  let impatience: NodeJS.Timeout | undefined;
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  const late = new Promise<void>((resolve) => {
    impatience = setTimeout(() => {
      server.closeAllConnections();
      resolve();
    }, patience);
  });
  const idle = setInterval(() => server.closeIdleConnections(), 50);
  server.closeIdleConnections();
  await Promise.race([closed, late]);
  clearInterval(idle);
  clearTimeout(impatience);
}

/** The API as a handler of Node's requests. */
export function nodeHandler(api: (request: Request, env: unknown) => Promise<Response>): RequestHandler {
  const listener = getRequestListener((request, env) => api(request, env), { overrideGlobalObjects: false });
  return async (request, response) => {
    await listener(request, response);
  };
}

/** The address of who asks, from what the Node adapter hands over. */
export function addressFrom(env: unknown, isPublic: boolean): string {
  if (typeof env !== 'object' || env === null || !('incoming' in env)) return 'unknown';
  const { incoming } = env;
  // The adapter puts the request here; its type is lost on the way through Hono.
  return clientAddress(incoming as IncomingMessage, { isPublic });
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
  response.writeHead(body.status, {
    'Content-Type': PROBLEM_TYPE,
    'Cache-Control': 'no-store',
    ...(body.status === 503 ? { 'Retry-After': '1' } : {}),
  });
  response.end(JSON.stringify(body));
}
