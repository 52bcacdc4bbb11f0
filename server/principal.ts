/** Who asks: a member of one workspace, by session cookie or API token. */
import type { Role } from '#core/domain/words.ts';

export interface Principal {
  readonly workspaceId: string;
  readonly memberId: string;
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly color: string;
  readonly role: Role;
  /** Which session or token, and until when, so that its end can cut its sockets. */
  readonly via: { kind: 'session' | 'token'; id: string; until?: Date | null } | { kind: 'system' };
}
