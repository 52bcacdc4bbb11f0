/** better-auth on our tables: e-mail address and password, closed sign-up, cookies for one host only. */
import { betterAuth } from 'better-auth';
import { drizzleAdapter } from 'better-auth/adapters/drizzle';
import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from '#core/limits.ts';
import type { Db } from '#db/open.ts';
import { accounts, sessions, users, verifications } from '#db/schema.ts';
import type { Log } from '#server/log.ts';
import { SESSION_SECONDS } from './session-cookie.ts';

export interface BetterAuthSettings {
  db: Db;
  log: Log;
  secret: string;
  publicUrl: string | null;
  cookieName: string;
  isHttps: boolean;
  /** A session is over: signed out, or ended from another device. */
  onSessionEnded: (session: { id: string; userId: string }) => Promise<void>;
}

export interface AuthEngine {
  handler(request: Request): Promise<Response>;
  /** Starts a session without asking for a password; answers its token. */
  startSession(userId: string): Promise<string>;
}

export function createBetterAuth(settings: BetterAuthSettings): AuthEngine {
  const { db, log, secret, publicUrl, cookieName, isHttps, onSessionEnded } = settings;
  const auth = betterAuth({
    appName: 'Proofdesk',
    secret,
    // Only links in mails and redirects are made of it; which hosts may ask is decided before better-auth.
    baseURL: publicUrl ?? 'http://localhost',
    basePath: '/api/auth',
    database: drizzleAdapter(db, {
      provider: 'pg',
      usePlural: true,
      schema: { users, sessions, accounts, verifications },
    }),
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: MIN_PASSWORD_LENGTH,
      maxPasswordLength: MAX_PASSWORD_LENGTH,
    },
    session: { expiresIn: SESSION_SECONDS, cookieCache: { enabled: false } },
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    advanced: {
      useSecureCookies: false,
      cookiePrefix: 'proofdesk',
      cookies: { session_token: { name: cookieName } },
      defaultCookieAttributes: { secure: isHttps, sameSite: 'lax', httpOnly: true, path: '/' },
      // The Origin of every write is checked in front of it, by the same rule as for the rest of the API.
      disableCSRFCheck: true,
    },
    databaseHooks: { session: { delete: { after: async (session) => onSessionEnded(session) } } },
    logger: {
      level: 'warn',
      log: (level, message) => log[level === 'error' ? 'error' : 'warn']({ part: 'better-auth' }, message),
    },
  });
  return {
    handler: (request) => auth.handler(request),
    async startSession(userId) {
      const context = await auth.$context;
      const { token } = await context.internalAdapter.createSession(userId);
      return token;
    },
  };
}
