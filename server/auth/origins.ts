/** Which sites a browser may speak for: PUBLIC_URL's, or, where that is this machine, every name this machine has. */
import { isLoopback } from '#server/config.ts';

/**
 * No origin is no browser. Without a PUBLIC_URL (or with one on this machine) a page of `ben.localhost:3000` is as
 * much ours as one of `127.0.0.1:3000`, but only on the port that was asked: other ports are other programs.
 */
export function isAllowedOrigin(
  publicUrl: string | null,
  origin: string | null,
  host: string | null,
): boolean {
  if (origin === null) return true;
  if (origin === publicUrl) return true;
  if (!URL.canParse(origin)) return false;
  const from = new URL(origin);
  if (from.protocol !== 'http:' && from.protocol !== 'https:') return false;
  const isLocal = publicUrl === null || isLoopback(new URL(publicUrl).hostname);
  return (
    isLocal &&
    isLoopback(from.hostname) &&
    portOf(from.protocol, host) === (from.port || defaultPort(from.protocol))
  );
}

function portOf(protocol: string, host: string | null): string | null {
  const target = `${protocol}//${host ?? ''}`;
  if (host === null || !URL.canParse(target)) return null;
  return new URL(target).port || defaultPort(protocol);
}

function defaultPort(protocol: string): string {
  return protocol === 'https:' ? '443' : '80';
}
