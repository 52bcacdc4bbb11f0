/** A node's bus that loses some of what the node says, drawn from a seed, until it is mended: as Redis that goes and comes. */
import type { Bus } from '#server/bus/bus.ts';
import type { Random } from './random.ts';

export class LossyBus implements Bus {
  readonly #gapListeners = new Set<() => void>();
  #isMended = false;

  /** It loses one message of `oneOf`. */
  constructor(
    readonly inner: Bus,
    readonly random: Random,
    readonly oneOf = 4,
  ) {}

  isAlone(): boolean {
    return this.inner.isAlone();
  }

  publish(channel: string, message: Uint8Array | string): void {
    if (this.#isMended || this.random(this.oneOf) > 0) this.inner.publish(channel, message);
  }

  subscribe(channel: string, on: (message: Uint8Array) => void): () => void {
    return this.inner.subscribe(channel, on);
  }

  listening(): Promise<void> {
    return this.inner.listening();
  }

  onGap(listener: () => void): () => void {
    this.#gapListeners.add(listener);
    return () => void this.#gapListeners.delete(listener);
  }

  /** Loses nothing any more. */
  mend(): void {
    this.#isMended = true;
  }

  /** Tells its own node that something may have been lost: when no other loses anything any more. */
  tellGap(): void {
    for (const listener of this.#gapListeners) listener();
  }

  close(): Promise<void> {
    return this.inner.close();
  }
}

export function mendAll(buses: readonly LossyBus[]): void {
  for (const bus of buses) bus.mend();
  for (const bus of buses) bus.tellGap();
}
