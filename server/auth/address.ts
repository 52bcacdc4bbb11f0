/** Whose address a request comes from, for counting failures. */
import type { IncomingMessage } from 'node:http';

const PRIVATE = /^(?:::ffff:)?(?:127\.|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.)|^::1$|^f[cd]/i;

/**
 * The socket's peer. A site with a public address stands behind a proxy: if the peer is on this machine or network,
 * it is what the proxy says it heard from, the last entry, since the ones before it are the client's own claim.
 * Without a public address nobody but a liar sends the header.
 */
export function clientAddress(request: IncomingMessage, { isPublic }: { isPublic: boolean }): string {
  const peer = request.socket.remoteAddress ?? 'unknown';
  if (!isPublic || !PRIVATE.test(peer)) return peer;
  const forwarded = request.headers['x-forwarded-for'];
  const said = (Array.isArray(forwarded) ? forwarded.join(',') : (forwarded ?? '')).split(',').at(-1)?.trim();
  return said === undefined || said === '' ? peer : said;
}

/** Whether a proxy handed the request on: then "on this machine" is not known. */
export function isForwarded(headers: Headers): boolean {
  return [...headers.keys()].some(
    (name) => name === 'forwarded' || name.startsWith('x-forwarded-') || name === 'x-real-ip',
  );
}
