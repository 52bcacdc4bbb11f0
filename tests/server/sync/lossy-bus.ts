/** A bus that can lose what it should bring, without a word. */
import type { Bus } from '#server/bus/bus.ts';

export class LossyBus implements Bus {
  loses = false;
  /** What a subscription waits for. */
  gate: Promise<void> = Promise.resolve();
  readonly #gapListeners: (() => void)[] = [];

  constructor(readonly bus: Bus) {}

  isAlone(): boolean {
    return this.bus.isAlone();
  }

  publish(channel: string, message: Uint8Array | string): void {
    this.bus.publish(channel, message);
  }

  subscribe(channel: string, on: (message: Uint8Array) => void): () => void {
    return this.bus.subscribe(channel, (message) => {
      if (!this.loses) on(message);
    });
  }

  listening(): Promise<void> {
    return this.gate;
  }

  onGap(listener: () => void): () => void {
    this.#gapListeners.push(listener);
    return () => undefined;
  }

  tellGap(): void {
    for (const listener of this.#gapListeners) listener();
  }

  close(): Promise<void> {
    return this.bus.close();
  }
}
