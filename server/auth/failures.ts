/**
 * Counts failed sign-ins by account and address together, so that somebody who guesses from elsewhere cannot lock
 * the account's owner out. An attempt counts as failed until it succeeds: a hundred at once are not a hundred tries.
 */
const WINDOW_MILLISECONDS = 15 * 60 * 1000;
/** A person tries a few; NIST SP 800-63B allows up to 100 in a row. */
const MOST_FAILURES = 10;
/** Over all accounts from one address: a list of stolen passwords, not a family behind one router. */
const MOST_FROM_ADDRESS = 200;
/** Beyond this many remembered keys the oldest windows go. */
const MOST_KEYS = 50_000;

interface Count {
  since: number;
  failures: number;
}

export type Attempt =
  | { allowed: true; succeeded(): void; undone(): void }
  /** Seconds until the next try. */
  | { allowed: false; retryAfter: number };

export class SignInFailures {
  readonly #counts = new Map<string, Count>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  begin(account: string, address: string): Attempt {
    const pair = `${account.trim().toLowerCase()}\n${address}`;
    const limits: [string, number][] = [
      [pair, MOST_FAILURES],
      [address, MOST_FROM_ADDRESS],
    ];
    for (const [key, most] of limits) {
      const count = this.#get(key);
      if (count.failures >= most) {
        return {
          allowed: false,
          retryAfter: Math.max(1, Math.ceil((count.since + WINDOW_MILLISECONDS - this.#now()) / 1000)),
        };
      }
    }
    for (const [key] of limits) this.#get(key).failures += 1;
    const undone = (): void => {
      for (const [key] of limits) this.#get(key).failures -= 1;
    };
    return {
      allowed: true,
      succeeded: () => {
        undone();
        this.#counts.delete(pair);
      },
      undone,
    };
  }

  #get(key: string): Count {
    const now = this.#now();
    const present = this.#counts.get(key);
    if (present !== undefined && now - present.since < WINDOW_MILLISECONDS) return present;
    const fresh = { since: now, failures: 0 };
    this.#counts.delete(key);
    this.#counts.set(key, fresh);
    this.#trim(now);
    return fresh;
  }

  /** Keys stand in the order of their windows, so the oldest come first. */
  #trim(now: number): void {
    for (const [key, count] of this.#counts) {
      if (now - count.since < WINDOW_MILLISECONDS && this.#counts.size <= MOST_KEYS) return;
      this.#counts.delete(key);
    }
  }
}
