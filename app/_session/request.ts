/**
 * Asking the server from a screen: JSON in and out. A refusal becomes a `RequestProblem` with the stable code and
 * a sentence for people; no answer at all is the code `offline`. Answers come from our own API and are taken at
 * its word: the caller names the type.
 */
import { strings } from '../_strings/en.ts';

export class RequestProblem extends Error {
  readonly code: string;
  readonly status: number;
  /** The whole problem document: some codes carry more than a sentence. */
  readonly body: unknown;
  /** Seconds until it makes sense to try again, where the server said so. */
  readonly retryAfter: number | null;

  constructor(
    code: string,
    status: number,
    message: string,
    body: unknown = null,
    retryAfter: number | null = null,
  ) {
    super(message);
    this.name = 'RequestProblem';
    this.code = code;
    this.status = status;
    this.retryAfter = retryAfter;
    this.body = body;
  }
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

function textOf(value: unknown, key: string): string | undefined {
  if (typeof value !== 'object' || value === null || !(key in value)) return undefined;
  const found: unknown = Reflect.get(value, key);
  return typeof found === 'string' ? found : undefined;
}

/** The body of a refused answer (a problem document, or better-auth's `{code, message}`) as an error. */
export function problemFrom(status: number, body: unknown, retryAfter: string | null = null): RequestProblem {
  const code = textOf(body, 'code') ?? (status >= 500 ? 'internal' : 'bad_request');
  const message =
    textOf(body, 'detail') ?? textOf(body, 'message') ?? textOf(body, 'title') ?? strings.ui.unknownError;
  const seconds = Number(retryAfter ?? Number.NaN);
  return new RequestProblem(code, status, message, body, Number.isFinite(seconds) ? seconds : null);
}

function parseJson(text: string): unknown {
  if (text === '') return null;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

interface Extras {
  readonly signal?: AbortSignal | undefined;
  /** The server knows a retry by it and does the thing once. */
  readonly idempotencyKey?: string | undefined;
  /** The page may be going away: the request outlives it. */
  readonly keepalive?: boolean | undefined;
}

async function request<T>(method: Method, path: string, body?: unknown, extras: Extras = {}): Promise<T> {
  const { signal, idempotencyKey, keepalive } = extras;
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      credentials: 'same-origin',
      headers: {
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
      },
      ...(keepalive === undefined ? {} : { keepalive }),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    });
  } catch (error) {
    if (signal?.aborted === true) throw error;
    throw new RequestProblem('offline', 0, strings.ui.serverAway);
  }
  const answer = parseJson(await response.text());
  if (!response.ok) throw problemFrom(response.status, answer, response.headers.get('retry-after'));
  return answer as T;
}

export const ask = {
  get: <T>(path: string, signal?: AbortSignal) => request<T>('GET', path, undefined, { signal }),
  post: <T>(path: string, body: unknown = {}) => request<T>('POST', path, body),
  put: <T>(path: string, body: unknown = {}) => request<T>('PUT', path, body),
  patch: <T>(path: string, body: unknown) => request<T>('PATCH', path, body),
  delete: <T>(path: string) => request<T>('DELETE', path),
  /** Any write, sent again under the same key without being done again. */
  once: <T>(
    idempotencyKey: string,
    { method, path, body }: { method: Method; path: string; body?: unknown },
    keepalive = false,
  ) => request<T>(method, path, body, { idempotencyKey, keepalive }),
};

/** The sentence of whatever was thrown. */
export function sentenceOf(error: unknown): string {
  return error instanceof Error && error.message !== '' ? error.message : strings.ui.unknownError;
}
