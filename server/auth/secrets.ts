/**
 * Secrets: the installation's own one, and those that are handed out (API tokens, links). A handed-out secret is
 * kept as its hash only. It is derived from the installation's secret and the record's id, so that a client whose
 * answer was lost on the way gets the same one when it asks again with the same id.
 */
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Config } from '#server/config.ts';

const TOKEN_PREFIX = 'pd_';

export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

export interface Secrets {
  /** `pd_` and 32 bytes. */
  apiToken(memberId: string, tokenId: string): string;
  invitation(invitationId: string): string;
  /** Of the one-time link that makes the first owner; it works only while nobody has an account. */
  setup(): string;
}

export function secretsOf(installation: string): Secrets {
  const derive = (purpose: string): string =>
    createHmac('sha256', installation).update(purpose).digest('base64url');
  return {
    apiToken: (memberId, tokenId) => `${TOKEN_PREFIX}${derive(`api-token ${memberId} ${tokenId}`)}`,
    invitation: (invitationId) => derive(`invitation ${invitationId}`),
    setup: () => derive('setup'),
  };
}

/** Compares without telling by its duration where the two differ. */
export function isSameSecret(one: string, other: string): boolean {
  return timingSafeEqual(
    createHash('sha256').update(one).digest(),
    createHash('sha256').update(other).digest(),
  );
}

/** AUTH_SECRET, or the one in the data folder, made when there is none. Call it while holding the folder's lock. */
export function installationSecret({ authSecret, dataDir }: Pick<Config, 'authSecret' | 'dataDir'>): string {
  if (authSecret !== null) return authSecret;
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const file = path.join(dataDir, 'auth-secret');
  const made = randomBytes(32).toString('base64url');
  try {
    writeFileSync(file, `${made}\n`, { mode: 0o600, flag: 'wx', flush: true });
    return made;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST')
      return readFileSync(file, 'utf8').trim();
    throw error;
  }
}
