/**
 * Reads what a client sent, never more than it may send, and hands out only values that a schema took. Text that
 * PostgreSQL cannot keep (NUL, half a surrogate pair) is refused here, for every route at once.
 */
import type { z } from 'zod';
import { AppError } from '#core/errors.ts';
import { fieldErrors, invalidInput } from './problem.ts';

/** Reads a body of at most `maxBytes`; a longer one is refused as soon as that shows. */
export async function readBytes(request: Request, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const tooLarge = (): AppError =>
    new AppError('too_large', `The body may have ${inWords(maxBytes)} at most`, { limit: maxBytes });
  const declared = Number(request.headers.get('content-length') ?? 0);
  if (declared > maxBytes) throw tooLarge();
  if (request.body === null) return new Uint8Array();
  const reader = request.body.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.byteLength;
    if (size > maxBytes) {
      await reader.cancel();
      throw tooLarge();
    }
    chunks.push(value);
  }
  return joined(chunks, size);
}

function joined(chunks: readonly Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.byteLength;
  }
  return all;
}

function inWords(bytes: number): string {
  return bytes >= 1024 * 1024 ? `${Math.round((bytes / 1024 / 1024) * 10) / 10} MiB` : `${bytes} bytes`;
}

/** The media type without its parameters, in small letters; empty when there is none. */
export function mediaType(headers: Headers): string {
  return (headers.get('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

/** The JSON value of a body; undefined for an empty one. */
export function parseJson(headers: Headers, bytes: Uint8Array): unknown {
  if (bytes.byteLength === 0 && headers.get('content-type') === null) return undefined;
  const type = mediaType(headers);
  if (type !== 'application/json' && !type.endsWith('+json')) {
    throw new AppError(
      'unsupported_media_type',
      `Send application/json; this is ${type === '' ? 'without a Content-Type' : type}`,
    );
  }
  if (bytes.byteLength === 0) return undefined;
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw new AppError(
      'bad_request',
      `The body is not JSON: ${error instanceof Error ? error.message : 'not readable'}`,
    );
  }
}

/** Parses a JSON body; a missing one is malformed unless the schema can do without. */
export function parseBody<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  if (value === undefined && !schema.safeParse(undefined).success)
    throw new AppError('bad_request', 'The request needs a JSON body');
  return parse(schema, value);
}

/** A query string as an object; a name that comes twice becomes an array, which no schema takes by accident. */
export function queryObject(search: URLSearchParams): Record<string, unknown> {
  const query: Record<string, unknown> = {};
  for (const name of new Set(search.keys())) {
    const values = search.getAll(name);
    query[name] = values.length === 1 ? values[0] : values;
  }
  return query;
}

export function parse<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const bad = unstorable(value, []);
  if (bad !== null)
    throw invalidInput([
      { path: bad.join('.'), message: 'holds characters that are not text (NUL, or half of a pair)' },
    ]);
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw invalidInput(fieldErrors(parsed.error));
  return parsed.data;
}

const UNSTORABLE = /\u0000|\p{Surrogate}/u;
/** Deeper than any body of ours; a deeper one is an attack on recursion. */
const MAX_DEPTH = 64;

/** The path of the first string that the database cannot keep; null when there is none. */
function unstorable(value: unknown, path: readonly string[]): readonly string[] | null {
  if (typeof value === 'string') return UNSTORABLE.test(value) ? path : null;
  if (value === null || typeof value !== 'object') return null;
  if (path.length > MAX_DEPTH)
    throw new AppError('bad_request', `The body is nested deeper than ${MAX_DEPTH}`);
  for (const [name, member] of Object.entries(value)) {
    if (UNSTORABLE.test(name)) return path;
    const found = unstorable(member, [...path, name]);
    if (found !== null) return found;
  }
  return null;
}
