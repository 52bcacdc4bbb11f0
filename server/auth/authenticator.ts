/** Who asks, and what they may do in a report: the port that routes, sockets and pages share. */
import type { Role } from '#core/domain/words.ts';
import type { Principal } from '#server/principal.ts';

export interface Authenticator {
  /** From the session cookie or `Authorization: Bearer TOKEN`; null: not signed in (or no longer). */
  authenticate(headers: Headers): Promise<Principal | null>;
  /** The role that counts for a report; null: no such report in the workspace, or deleted. */
  roleFor(principal: Principal, reportId: string): Promise<Role | null>;
  /** No origin (not a browser) is fine; otherwise it must be one that people reach us by. */
  isAllowedOrigin(origin: string | null, host: string | null): boolean;
  /** better-auth, under /api/auth/. `address` is the client's, for counting failures. */
  handler(request: Request, address?: string): Promise<Response>;
  /** Forgets what it remembers of people's rights, because they changed just now. */
  forget(): void;
}
