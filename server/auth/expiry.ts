/**
 * Sockets outlive requests, so nobody asks them again who they are: one that came in by a session or token that
 * runs out is looked at when that happens. A session that was prolonged meanwhile goes on.
 */
import type { Principal } from '#server/principal.ts';

/** What timers can hold; who has longer is looked at then and goes on. */
const LONGEST_WAIT = 2 ** 31 - 1;
/** Longer than an authenticator remembers an answer. */
const MARGIN_MILLISECONDS = 500;

export interface ExpiryOptions {
  readonly principal: Principal;
  /** Who it is now; null: nobody any more. */
  readonly ask: () => Promise<Principal | null>;
  /** Called once, when it is nobody any more or that cannot be known. */
  readonly ended: (error: unknown) => void;
}

/** Answers how to stop watching. */
export function watchExpiry({ principal, ask, ended }: ExpiryOptions): () => void {
  let timer: NodeJS.Timeout | undefined;
  let isOver = false;
  const wait = ({ via }: Principal): void => {
    if (isOver || via.kind === 'system' || via.until == null) return;
    const left = via.until.getTime() - Date.now() + MARGIN_MILLISECONDS;
    timer = setTimeout(look, Math.min(Math.max(left, MARGIN_MILLISECONDS), LONGEST_WAIT)).unref();
  };
  const look = (): void => {
    ask().then(
      (now) => (now === null ? end(null) : wait(now)),
      (error: unknown) => end(error),
    );
  };
  const end = (error: unknown): void => {
    if (!isOver) ended(error);
    isOver = true;
  };
  wait(principal);
  return () => {
    isOver = true;
    clearTimeout(timer);
  };
}
