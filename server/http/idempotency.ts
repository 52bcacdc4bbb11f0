/**
 * A write sent again under the same Idempotency-Key is executed once and answered the same, whether the second
 * comes after the first or beside it, on this node or another. Answers that say "try again" are not kept.
 */
import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { AppError, errorCodes } from '#core/errors.ts';
import { claimKey, keepAnswer, releaseKey, type KeyedRequest } from '#db/queries/idempotency.ts';
import type { Principal } from '#server/principal.ts';
import type { Runtime } from '#server/runtime.ts';
import { PROBLEM_TYPE } from './problem.ts';

export const MAX_KEY_LENGTH = 255;
const POLL_MILLISECONDS = 50;
/** How long a duplicate waits for the first before it is sent away. */
const WAIT_MILLISECONDS = 15_000;

/** The request's key; null when it has none. */
export function idempotencyKey(headers: Headers): string | null {
  const key = headers.get('idempotency-key');
  if (key === null) return null;
  if (key.length === 0 || key.length > MAX_KEY_LENGTH)
    throw new AppError('bad_request', `An Idempotency-Key has 1 to ${MAX_KEY_LENGTH} characters`);
  return key;
}

/**
 * An id that follows from the key, for a route whose answer holds a secret and is therefore never kept: sent again
 * under the same key, the command finds what it made. Null without a key.
 */
export function idForKey(principal: Principal, headers: Headers): string | null {
  const key = idempotencyKey(headers);
  if (key === null) return null;
  const hex = createHash('sha256').update(`${principal.memberId} ${key}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

export function hashRequest(method: string, target: string, bytes: Uint8Array): string {
  return createHash('sha256').update(`${method} ${target}\n`).update(bytes).digest('hex');
}

export async function executeOnce(
  { runtime, principal }: { runtime: Runtime; principal: Principal },
  key: string,
  requestHash: string,
  execute: () => Promise<Response>,
): Promise<Response> {
  const { db } = runtime.database;
  const { workspaceId, memberId } = principal;
  const request: KeyedRequest = { workspaceId, memberId, key, requestHash };
  const deadline = performance.now() + WAIT_MILLISECONDS;
  for (;;) {
    const claim = await claimKey(db, request, runtime.now());
    if (claim.state === 'claimed') return keepWhatComes(runtime, request, execute);
    if (claim.state === 'mismatch') throw new AppError('idempotency_mismatch');
    if (claim.state === 'answered') return replay(claim.status, claim.text);
    if (performance.now() > deadline)
      throw new AppError('conflict', 'The first request with this Idempotency-Key is still being answered');
    await delay(POLL_MILLISECONDS);
  }
}

async function keepWhatComes(
  runtime: Runtime,
  request: KeyedRequest,
  execute: () => Promise<Response>,
): Promise<Response> {
  const { db } = runtime.database;
  try {
    const response = await execute();
    if (isForAnotherTry(response.status) || !isJson(response)) {
      await releaseKey(db, request);
      return response;
    }
    await keepAnswer(db, request, response.status, await response.clone().text());
    return response;
  } catch (error) {
    await releaseKey(db, request);
    throw error;
  }
}

/** Who was refused for now, or hung up, may come again with the same key. */
function isForAnotherTry(status: number): boolean {
  return (
    status >= 500 || status === errorCodes.too_many_requests.status || status === errorCodes.cancelled.status
  );
}

function isJson(response: Response): boolean {
  return response.body === null || (response.headers.get('content-type') ?? '').includes('json');
}

function replay(status: number, body: string): Response {
  const headers = { 'Idempotency-Replayed': 'true', 'Cache-Control': 'no-store' };
  if (body === '') return new Response(null, { status, headers });
  const type = status >= 400 ? PROBLEM_TYPE : 'application/json';
  return new Response(body, { status, headers: { ...headers, 'Content-Type': type } });
}
