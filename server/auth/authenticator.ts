/**
 * Who asks, and what they may do in a report: the port that routes, sockets and pages share. An answer is
 * remembered for less than half a second and forgotten at once when rights change on this node, so nobody keeps
 * a right for longer than that, on any node.
 */
import type { Role } from '#core/domain/words.ts';
import { AppError } from '#core/errors.ts';
import type { Database } from '#db/open.ts';
import {
  findBySession,
  findByTokenHash,
  rolesInReports,
  noteTokenUse,
  type Holder,
} from '#db/queries/principals.ts';
import type { Log } from '#server/log.ts';
import type { Principal } from '#server/principal.ts';
import { problemResponse } from '#server/http/problem.ts';
import { createBetterAuth } from './better-auth.ts';
import { SignInFailures } from './failures.ts';
import { RoleQueue } from './role-queue.ts';
import { isAllowedOrigin } from './origins.ts';
import { hashSecret, secretsOf, type Secrets } from './secrets.ts';
import { readSessionCookie, sessionCookieName, writeSessionCookie } from './session-cookie.ts';

export interface Authenticator {
  /** From the session cookie or `Authorization: Bearer TOKEN`; null: not signed in (or no longer). */
  authenticate(headers: Headers): Promise<Principal | null>;
  /** The role that counts for a report; null: no such report in the workspace, or deleted. */
  roleFor(principal: Principal, reportId: string): Promise<Role | null>;
  /** No origin (not a browser) is fine; otherwise it must be one that people reach us by. */
  isAllowedOrigin(origin: string | null, host: string | null): boolean;
  /** better-auth, under /api/auth/. `address` is the client's, for counting failures. */
  handler(request: Request, address?: string): Promise<Response>;
  /** Signs somebody in without a password (the demo, the first owner): the Set-Cookie header. */
  signIn(userId: string): Promise<string>;
  /** Forgets what it remembers of people's rights, because they changed just now. */
  forget(): void;
  /** What is handed out: tokens, links. */
  readonly secrets: Secrets;
}

/** Under half a second, which CONTRACT allows; long enough for the requests of one page. */
const REMEMBER_MILLISECONDS = 400;
const MOST_REMEMBERED = 10_000;

/** What of better-auth is open; sign-up answers its own refusal. */
const OPEN_PATHS = new Set([
  '/ok',
  '/sign-in/email',
  '/sign-up/email',
  '/sign-out',
  '/get-session',
  '/list-sessions',
  '/revoke-session',
  '/revoke-sessions',
  '/revoke-other-sessions',
  '/change-password',
]);

export interface AuthenticatorOptions {
  database: Database;
  log: Log;
  now: () => Date;
  secret: string;
  publicUrl: string | null;
  /** Cuts the session's sockets, on every node. */
  onSessionEnded: (session: { id: string; userId: string }) => Promise<void>;
}

export function openAuthenticator(options: AuthenticatorOptions): Authenticator {
  const { database, log, now, secret, publicUrl } = options;
  const { db } = database;
  const isHttps = publicUrl?.startsWith('https:') ?? false;
  const cookieName = sessionCookieName(isHttps);
  const remembered = new Map<string, { at: number; principal: Promise<Principal | null> }>();
  const forget = (): void => remembered.clear();
  const engine = createBetterAuth({
    db,
    log,
    secret,
    publicUrl,
    cookieName,
    isHttps,
    onSessionEnded: async (session) => {
      forget();
      await options.onSessionEnded(session);
    },
  });
  const roles = new RoleQueue((questions) => rolesInReports(db, questions));
  const failures = new SignInFailures(() => now().getTime());

  const bySession = async (token: string): Promise<Principal | null> => {
    const holder = await findBySession(db, token, now());
    return (
      holder && principalOf(holder, { kind: 'session', id: holder.credentialId, until: holder.expiresAt })
    );
  };
  const byToken = async (token: string): Promise<Principal | null> => {
    const found = await findByTokenHash(db, hashSecret(token), now());
    if (found === null) return null;
    const { lastUsedAt, ...holder } = found;
    noteTokenUse(db, { tokenId: holder.credentialId, lastUsedAt }, now()).catch((error: unknown) =>
      log.warn({ err: error }, 'a token’s last use was not noted'),
    );
    return principalOf(holder, { kind: 'token', id: holder.credentialId, until: holder.expiresAt });
  };
  const remember = (key: string, look: () => Promise<Principal | null>): Promise<Principal | null> => {
    const at = performance.now();
    const known = remembered.get(key);
    if (known !== undefined && at - known.at < REMEMBER_MILLISECONDS) return known.principal;
    if (remembered.size >= MOST_REMEMBERED) forget();
    const principal = look();
    remembered.set(key, { at, principal });
    // A failure must not be remembered; who asked hears of it from the promise itself.
    principal.catch(() => remembered.delete(key));
    return principal;
  };

  return {
    async authenticate(headers) {
      const bearer = bearerToken(headers);
      if (bearer !== null) return remember(`token ${hashSecret(bearer)}`, () => byToken(bearer));
      const token = readSessionCookie(headers, cookieName, secret);
      return token === null ? null : remember(`session ${token}`, () => bySession(token));
    },
    roleFor: ({ workspaceId, memberId }, reportId) => roles.ask({ workspaceId, memberId, reportId }),
    isAllowedOrigin: (origin, host) => isAllowedOrigin(publicUrl, origin, host),
    async handler(request, address = 'unknown') {
      const path = new URL(request.url).pathname.slice('/api/auth'.length);
      if (!OPEN_PATHS.has(path))
        return problemResponse(new AppError('not_found', 'There is nothing at this address'));
      if (isForeignWrite(request, publicUrl)) return problemResponse(new AppError('foreign_origin'));
      return path === '/sign-in/email'
        ? signInByPassword(engine.handler, failures, request, address)
        : engine.handler(request);
    },
    signIn: async (userId) =>
      writeSessionCookie(await engine.startSession(userId), { name: cookieName, secret, isHttps }),
    forget,
    secrets: secretsOf(secret),
  };
}

/** The token of `Authorization: Bearer TOKEN`; null when there is none. */
export function bearerToken(headers: Headers): string | null {
  return /^Bearer\s+(\S+)\s*$/i.exec(headers.get('authorization') ?? '')?.[1] ?? null;
}

function principalOf({ credentialId: _, expiresAt: __, ...who }: Holder, via: Principal['via']): Principal {
  return { ...who, via };
}

function isForeignWrite(request: Request, publicUrl: string | null): boolean {
  if (request.method === 'GET') return false;
  return !isAllowedOrigin(publicUrl, request.headers.get('origin'), request.headers.get('host'));
}

const MAX_SIGN_IN_BYTES = 10_000;

/** Counts the attempt before the password is checked, and takes it back when it was right. */
async function signInByPassword(
  handle: (request: Request) => Promise<Response>,
  failures: SignInFailures,
  request: Request,
  address: string,
): Promise<Response> {
  const text = await request.text();
  if (text.length > MAX_SIGN_IN_BYTES)
    return problemResponse(new AppError('too_large', 'That is no sign-in'));
  const attempt = failures.begin(emailIn(text), address);
  if (!attempt.allowed) {
    const minutes = Math.ceil(attempt.retryAfter / 60);
    const detail = `Too many failed sign-ins for this account from here; try again in ${minutes} minute${minutes === 1 ? '' : 's'}`;
    return problemResponse(new AppError('too_many_requests', detail, { retryAfter: attempt.retryAfter }));
  }
  const response = await handle(
    new Request(request.url, { method: 'POST', headers: request.headers, body: text }),
  );
  if (response.ok) attempt.succeeded();
  else if (response.status !== 401 && response.status !== 403) attempt.undone();
  return response;
}

/** The address in a sign-in's body; empty for what better-auth will refuse anyway. */
function emailIn(text: string): string {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' && body !== null && 'email' in body && typeof body.email === 'string'
      ? body.email
      : '';
  } catch (error) {
    if (error instanceof SyntaxError) return '';
    throw error;
  }
}
