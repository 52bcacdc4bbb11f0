/** A bucket of tokens: `perSecond` flow in, up to `burst`; each message takes one. The clock is given (milliseconds). */
export class Rate {
  #tokens: number;
  #at: number;

  constructor(
    readonly perSecond: number,
    readonly burst: number,
    now: number,
  ) {
    this.#tokens = burst;
    this.#at = now;
  }

  /** Takes a token; 0 when there was one, else the milliseconds until there is. */
  take(now: number): number {
    this.#tokens = Math.min(this.burst, this.#tokens + ((now - this.#at) / 1_000) * this.perSecond);
    this.#at = now;
    if (this.#tokens < 1) return Math.ceil(((1 - this.#tokens) / this.perSecond) * 1_000);
    this.#tokens -= 1;
    return 0;
  }
}
