/**
 * The session cookie as better-auth writes it (`TOKEN.SIGNATURE`, HMAC-SHA-256 in base64, percent-encoded), read
 * and written here too, so that a look at who asks is one query and the demo can sign people in without passwords.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { parseCookies } from 'better-auth/cookies';

/** Thirty days: a newsroom's machine stays signed in; leaving a workspace ends its rights at once anyway. */
export const SESSION_SECONDS = 30 * 24 * 60 * 60;

/** `__Host-` on https binds the cookie to this very host; on plain http browsers would refuse the prefix. */
export function sessionCookieName(isHttps: boolean): string {
  return `${isHttps ? '__Host-' : ''}proofdesk.session_token`;
}

/** The session's token when the signature is ours, else null. */
export function readSessionCookie(headers: Headers, name: string, secret: string): string | null {
  const value = parseCookies(headers.get('cookie') ?? '').get(name);
  if (value === undefined) return null;
  const signed = decoded(value);
  const dot = signed.lastIndexOf('.');
  if (dot < 1) return null;
  const token = signed.slice(0, dot);
  const given = Buffer.from(signed.slice(dot + 1), 'base64');
  const wanted = signatureOf(token, secret);
  return given.byteLength === wanted.byteLength && timingSafeEqual(given, wanted) ? token : null;
}

/** The whole value of a Set-Cookie header. */
export function writeSessionCookie(
  token: string,
  { name, secret, isHttps }: { name: string; secret: string; isHttps: boolean },
): string {
  const value = encodeURIComponent(`${token}.${signatureOf(token, secret).toString('base64')}`);
  return `${name}=${value}; Max-Age=${SESSION_SECONDS}; Path=/; HttpOnly; SameSite=Lax${isHttps ? '; Secure' : ''}`;
}

function signatureOf(token: string, secret: string): Buffer {
  return createHmac('sha256', secret).update(token).digest();
}

/** A value that is not percent-encoding is nobody's signature, so it may stay as it is. */
function decoded(value: string): string {
  return /%(?![0-9a-f]{2})/i.test(value) ? value : decodeURIComponent(value);
}
