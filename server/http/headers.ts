/**
 * Headers that every answer carries: what a page of ours may load, and who may put it into a frame (nobody). A
 * built file is no page, so it is spared the policies of one: 500 bytes with each of a screen's scripts.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';

const HOST = /^[\w.:[\]-]+$/;
/** Scripts, styles and fonts that the build made, under names that change with their content. */
const BUILT_FILES = '/_next/static/';

export interface HeaderOptions {
  isHttps: boolean;
  /** The development build evaluates code; the real one never does. */
  isDevelopment: boolean;
}

export function setSecurityHeaders(
  request: IncomingMessage,
  response: ServerResponse,
  options: HeaderOptions,
): void {
  response.setHeader('X-Content-Type-Options', 'nosniff');
  if (options.isHttps) response.setHeader('Strict-Transport-Security', 'max-age=31536000');
  if (request.url?.startsWith(BUILT_FILES) === true) return;
  const host = request.headers.host ?? '';
  response.setHeader('Content-Security-Policy', contentPolicy(HOST.test(host) ? host : '', options));
  response.setHeader('X-Frame-Options', 'DENY');
  response.setHeader('Referrer-Policy', 'same-origin');
  response.setHeader('Permissions-Policy', 'camera=(), microphone=(), geolocation=()');
  response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
}

/** Next writes its data into inline scripts, and the editor sets styles; nothing may come from elsewhere. */
function contentPolicy(host: string, { isDevelopment }: HeaderOptions): string {
  // Not every browser counts the WebSocket of the own host as 'self'.
  const sockets = host === '' ? '' : ` ws://${host} wss://${host}`;
  return [
    "default-src 'self'",
    `script-src 'self' 'unsafe-inline'${isDevelopment ? " 'unsafe-eval'" : ''}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    `connect-src 'self'${sockets}`,
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}
