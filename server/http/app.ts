/**
 * The API as one function from Request to Response: finds the route, checks the request in a fixed order (signed
 * in, own site, ability, ids, query, body), runs it and turns whatever is thrown into a problem document.
 */
import { Hono } from 'hono';
import { z } from 'zod';
import { AppError } from '#core/errors.ts';
import { MAX_JSON_BYTES } from '#core/limits.ts';
import type { Principal } from '#server/principal.ts';
import type { Runtime } from '#server/runtime.ts';
import { refuseForeignOrigin, requireAbility } from './access.ts';
import type { Route } from './api.ts';
import { executeOnce, hashRequest, idempotencyKey } from './idempotency.ts';
import { mediaType, parse, parseBody, parseJson, queryObject, readBytes } from './input.ts';
import { problemResponse, problemsOf, toAppError } from './problem.ts';

export const BASE = '/api/v1';

export interface AppOptions {
  runtime: Runtime;
  routes: readonly Route[];
  /** The OpenAPI document, made once when it is first asked for. */
  describe: () => unknown;
  /** Check each answer against its schema: for tests, where a wrong one must show. */
  checkAnswers: boolean;
}

type Fetch = (request: Request, env: unknown) => Promise<Response>;

export function createApp(options: AppOptions): Fetch {
  const { runtime, routes } = options;
  const app = new Hono();
  let described: string | null = null;
  app.get(`${BASE}/openapi.json`, () => {
    described ??= JSON.stringify(options.describe());
    return new Response(described, { headers: { 'Content-Type': 'application/json' } });
  });
  for (const route of routes) {
    const path = `${BASE}${route.path.replaceAll(/\{(\w+)\}/g, ':$1')}`;
    app.on(route.method.toUpperCase(), path, async (c) => {
      const asked = { request: c.req.raw, url: new URL(c.req.url), params: c.req.param() };
      return answer(options, route, asked);
    });
  }
  const templates = [...routes, { method: 'get', path: '/openapi.json' }].map(({ method, path }) => ({
    method,
    pattern: new RegExp(`^${BASE}${path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`),
  }));
  app.all('*', (c) => unrouted(c.req.raw, templates));
  app.onError((error, c) =>
    problemResponse(toAppError(error, runtime.log, { method: c.req.method, path: c.req.path })),
  );
  return async (request, env) => {
    const response = await app.fetch(request, env instanceof Object ? env : {});
    if (!response.headers.has('Cache-Control')) response.headers.set('Cache-Control', 'no-store');
    return response;
  };
}

interface Asked {
  request: Request;
  url: URL;
  params: Record<string, string>;
}

async function answer(options: AppOptions, route: Route, asked: Asked): Promise<Response> {
  const { runtime } = options;
  const { request, url } = asked;
  const isWrite = request.method !== 'GET' && request.method !== 'HEAD';
  const principal = await runtime.auth.authenticate(request.headers);
  if (isWrite) refuseForeignOrigin(runtime.auth, request);
  if (principal === null && !route.isPublic)
    throw new AppError('unauthenticated', 'Sign in, or send a valid token');
  if (principal !== null && route.ability !== undefined) requireAbility(principal, route.ability);
  const bytes = await bodyBytes(route, request);
  const execute = async (): Promise<Response> => {
    try {
      return await run(options, route, asked, principal, bytes);
    } catch (error) {
      const failure = toAppError(error, runtime.log, { method: request.method, path: url.pathname });
      if (options.checkAnswers) checkProblem(route, failure);
      return problemResponse(failure);
    }
  };
  const key = isWrite && principal !== null && route.secret !== true ? idempotencyKey(request.headers) : null;
  if (key === null || principal === null) return execute();
  return executeOnce(
    { runtime, principal },
    key,
    hashRequest(request.method, url.pathname + url.search, bytes),
    execute,
  );
}

async function bodyBytes(route: Route, request: Request): Promise<Uint8Array<ArrayBuffer>> {
  if (route.raw !== undefined) {
    const types = Object.keys(route.raw.takes);
    if (!isTaken(mediaType(request.headers), types))
      throw new AppError('unsupported_media_type', `content-type: send ${types.join(' or ')}`);
    return readBytes(request, route.raw.maxBytes);
  }
  if (route.body !== undefined) return readBytes(request, route.maxBytes ?? MAX_JSON_BYTES);
  return new Uint8Array();
}

function isTaken(type: string, types: readonly string[]): boolean {
  return types.includes(type) || (type.endsWith('+json') && types.includes('application/json'));
}

async function run(
  { runtime, checkAnswers }: AppOptions,
  route: Route,
  { request, url, params }: Asked,
  principal: Principal | null,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<Response> {
  const answered = await route.handle({
    runtime,
    principal,
    request,
    bytes,
    params: parseParams(route, params),
    query: route.query === undefined ? undefined : parse(route.query, queryObject(url.searchParams)),
    body: route.body === undefined ? undefined : parseBody(route.body, parseJson(request.headers, bytes)),
  });
  if (answered instanceof Response) {
    if (checkAnswers) checkResponse(route, answered);
    return answered;
  }
  if (checkAnswers) checkAnswer(route, answered);
  if (answered.body === undefined) return new Response(null, { status: answered.status });
  return Response.json(answered.body, { status: answered.status });
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** A malformed id names nothing, so it is not found like any other unknown id. */
function parseParams(route: Route, params: Record<string, string>): unknown {
  if (route.params !== undefined) {
    const parsed = route.params.safeParse(params);
    if (!parsed.success) throw new AppError('not_found', 'There is nothing at this address');
    return parsed.data;
  }
  const ids: Record<string, string> = {};
  for (const [name, value] of Object.entries(params)) {
    const isId = name === 'id' || name.endsWith('Id');
    if (isId && !UUID.test(value)) throw new AppError('not_found', 'There is nothing at this address');
    ids[name] = isId ? value.toLowerCase() : value;
  }
  return ids;
}

function checkAnswer(route: Route, { status, body }: { status: number; body?: unknown }): void {
  const schema = route.answers[status];
  if (schema === undefined)
    throw new Error(`${route.method} ${route.path} does not say that it answers ${status}`);
  if (schema === null) return;
  if ('types' in schema) throw new Error(`${route.method} ${route.path} says that it answers a Response`);
  const parsed = schema.safeParse(JSON.parse(JSON.stringify(body)));
  if (!parsed.success)
    throw new Error(
      `${route.method} ${route.path} answers what it does not say: ${z.prettifyError(parsed.error)}`,
    );
}

/** What is JSON in it is the concern of the tests, which hold answers against the document. */
function checkResponse(route: Route, { status, headers }: Response): void {
  const told = route.answers[status];
  const type = mediaType(headers);
  const isTold = told === null ? type === '' : told !== undefined && 'types' in told && type in told.types;
  if (!isTold)
    throw new Error(`${route.method} ${route.path} does not say that it answers ${status} ${type}`);
}

function checkProblem(route: Route, { code }: AppError): void {
  if (code === 'internal' || route.problems === undefined || problemsOf(route).includes(code)) return;
  throw new Error(`${route.method} ${route.path} does not say that it is refused for ${code}`);
}

/** No route took it: the address exists under other methods, or not at all. */
function unrouted(request: Request, templates: readonly { method: string; pattern: RegExp }[]): Response {
  const { pathname } = new URL(request.url);
  const methods = templates
    .filter(({ pattern }) => pattern.test(pathname))
    .map(({ method }) => method.toUpperCase());
  if (methods.length === 0)
    return problemResponse(new AppError('not_found', `There is nothing at ${pathname}`));
  const all = [...new Set([...methods, ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS'])];
  const allow = { Allow: all.join(', ') };
  if (request.method === 'OPTIONS') return new Response(null, { status: 204, headers: allow });
  return problemResponse(
    new AppError('method_not_allowed', `${request.method} does not fit here; ${all.join(', ')} do`),
    allow,
  );
}
