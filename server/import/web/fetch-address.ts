/**
 * Fetches one file from the web, within bounds: where to (address-policy.ts, asked for each connection, after each
 * redirect, of the very address that is connected to), how long, how many bytes, also unpacked. Sends no cookies and
 * no referrer, and says who asks. Every failure is an `AppError` with a sentence: `address_refused` for an address
 * that is not public, `address_unreachable` for one that gives nothing, `unsupported_kind` for what is no text.
 */
import { lookup as lookUpName } from 'node:dns/promises';
import type { LookupAddress } from 'node:dns';
import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import type { Readable } from 'node:stream';
import { AppError, isAppError } from '#core/errors.ts';
import type { AddressPolicy } from './address-policy.ts';
import { failureOf, nameless, refusedAddress, unreachable } from './fetch-failure.ts';

export interface FetchLimits {
  /** Until the first byte of an answer. */
  readonly firstByteMs: number;
  /** In all, redirects included. */
  readonly totalMs: number;
  /** Unpacked; also of what comes over the wire. */
  readonly maxBytes: number;
}

export interface Fetched {
  readonly bytes: Uint8Array;
  /** Where it was in the end, after redirects. */
  readonly address: string;
  /** In small letters, without parameters; empty when the server did not say. */
  readonly mediaType: string;
  readonly charset: string | null;
}

export interface AddressFetcher {
  /** `accepts` judges the media type before the body is read. */
  fetch(
    address: string,
    options: { readonly limits: FetchLimits; readonly accept: string; accepts(mediaType: string): boolean },
  ): Promise<Fetched>;
}

export interface FetcherOptions {
  readonly policy: AddressPolicy;
  readonly userAgent: string;
  /** All addresses of a name; the system's resolver unless a test gives another. */
  readonly resolve?: (name: string) => Promise<readonly LookupAddress[]>;
}

/** A shortener, a move to https, a move to www, a language, and one to spare. */
const MAX_REDIRECTS = 5;

export function openFetcher({ policy, userAgent, resolve = resolveAll }: FetcherOptions): AddressFetcher {
  return {
    async fetch(address, { limits, accept, accepts }) {
      const signal = AbortSignal.timeout(limits.totalMs);
      try {
        let url = checkedUrl(address, policy);
        for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
          const response = await ask(url, { policy, userAgent, resolve, accept, limits, signal });
          const next = redirectOf(response, url);
          if (next === null) return await received(response, url, limits, accepts);
          response.destroy();
          url = checkedUrl(next, policy);
        }
      } catch (error) {
        throw isAppError(error) ? error : failureOf(error, signal.aborted, limits);
      }
      throw unreachable(`The address leads on more than ${MAX_REDIRECTS} times.`);
    },
  };
}

function resolveAll(name: string): Promise<LookupAddress[]> {
  return lookUpName(name, { all: true });
}

/** Throws `invalid_input` for what is no address of a page and `address_refused` for one that may not be fetched. */
function checkedUrl(address: string, policy: AddressPolicy): URL {
  if (!URL.canParse(address)) throw new AppError('invalid_input', 'url: must be an http or https address');
  const url = new URL(address);
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new AppError('address_refused', 'Only http and https addresses are fetched.');
  if (url.username !== '' || url.password !== '')
    throw new AppError(
      'address_refused',
      'The address holds a name or password; such addresses are not fetched.',
    );
  const port = url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);
  if (!policy.allowsPort(port))
    throw new AppError('address_refused', `The address names port ${port}, where websites are not.`);
  // A numeric host is connected to without a look-up; URL has already turned 0x7f.1 and the like into one.
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0 && !policy.allowsAddress(host)) throw refusedAddress();
  return url;
}

interface Asking extends Required<FetcherOptions> {
  readonly accept: string;
  readonly limits: FetchLimits;
  readonly signal: AbortSignal;
}

function ask(
  url: URL,
  { policy, userAgent, resolve, accept, limits, signal }: Asking,
): Promise<IncomingMessage> {
  return new Promise((done, fail) => {
    const client = url.protocol === 'https:' ? https : http;
    const request = client.request(url, {
      method: 'GET',
      // A connection of its own, so that none is used that was opened for somebody else.
      agent: false,
      signal,
      lookup: checkedLookup(policy, resolve),
      headers: {
        'user-agent': userAgent,
        accept,
        'accept-encoding': 'gzip, br',
        'accept-language': 'en, *;q=0.5',
      },
    });
    const timer = setTimeout(
      () =>
        request.destroy(
          unreachable(`The server did not answer within ${limits.firstByteMs / 1_000} seconds.`),
        ),
      limits.firstByteMs,
    );
    request.once('socket', (socket) =>
      // What was looked up was checked; this holds whatever way the connection came about.
      socket.once('connect', () => {
        const { remoteAddress } = socket;
        if (remoteAddress === undefined || !policy.allowsAddress(remoteAddress))
          request.destroy(refusedAddress());
      }),
    );
    request.once('response', (response) => {
      clearTimeout(timer);
      done(response);
    });
    request.once('error', (error) => {
      clearTimeout(timer);
      fail(error);
    });
    request.end();
  });
}

/** Gives the connection the addresses that were checked, so none is looked up again between check and use. */
function checkedLookup(policy: AddressPolicy, resolve: Required<FetcherOptions>['resolve']): LookupFunction {
  return (name, options, callback) => {
    resolve(name).then(
      (found) => {
        const first = found[0];
        if (first === undefined) return callback(nameless(), '');
        // One private address among public ones is a trap, not a website.
        if (!found.every(({ address }) => policy.allowsAddress(address)))
          return callback(refusedAddress(), '');
        if (options.all === true) callback(null, [...found]);
        else callback(null, first.address, first.family);
      },
      (error: unknown) => callback(error instanceof Error ? error : new Error(String(error)), ''),
    );
  };
}

/** Where an answer sends on to; null when it is the answer. */
function redirectOf({ statusCode = 0, headers }: IncomingMessage, url: URL): string | null {
  if (![301, 302, 303, 307, 308].includes(statusCode) || headers.location === undefined) return null;
  if (!URL.canParse(headers.location, url))
    throw unreachable('The address leads on to something that is no address.');
  return new URL(headers.location, url).href;
}

async function received(
  response: IncomingMessage,
  url: URL,
  limits: FetchLimits,
  accepts: (mediaType: string) => boolean,
): Promise<Fetched> {
  const { statusCode = 0, statusMessage = '', headers } = response;
  try {
    if (statusCode < 200 || statusCode >= 300)
      throw unreachable(
        `The server answered ${statusCode}${statusMessage === '' ? '' : ` (${statusMessage.slice(0, 60)})`}.`,
      );
    const contentType = headers['content-type'] ?? '';
    const mediaType = contentType.split(';', 1)[0]?.trim().toLowerCase() ?? '';
    if (!accepts(mediaType))
      throw new AppError(
        'unsupported_kind',
        `The address gives ${mediaType.slice(0, 80)}, which cannot be imported.`,
      );
    const bytes = await readAll(unpacked(response), response, limits.maxBytes);
    const charset = /;\s*charset\s*=\s*"?([\w:.-]{1,40})/i.exec(contentType)?.[1] ?? null;
    return { bytes, address: url.href.replace(/#.*$/s, ''), mediaType, charset };
  } finally {
    response.destroy();
  }
}

function unpacked(response: IncomingMessage): Readable {
  const encoding = (response.headers['content-encoding'] ?? '').trim().toLowerCase();
  switch (encoding) {
    case '':
    case 'identity':
      return response;
    case 'gzip':
    case 'x-gzip':
      return through(response, createGunzip());
    case 'deflate':
      return through(response, createInflate());
    case 'br':
      return through(response, createBrotliDecompress());
    default:
      throw unreachable('The server packed its answer in a way that was not asked for.');
  }
}

function through(response: IncomingMessage, unpacker: ReturnType<typeof createGunzip>): Readable {
  response.once('error', (error) => unpacker.destroy(error));
  return response.pipe(unpacker);
}

/** Stops at the first byte too many, so a small file that unpacks to a large one costs no more than the limit. */
async function readAll(stream: Readable, response: IncomingMessage, maxBytes: number): Promise<Uint8Array> {
  const declared = Number(response.headers['content-length'] ?? 0);
  const tooLarge = (): AppError =>
    unreachable(`The page is too large: more than ${Math.round(maxBytes / 1024 / 1024)} MiB.`);
  if (declared > maxBytes) throw tooLarge();
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    const piece = Buffer.from(chunk); // a stream of bytes gives buffers
    size += piece.length;
    if (size > maxBytes) throw tooLarge();
    chunks.push(piece);
  }
  return new Uint8Array(Buffer.concat(chunks));
}
