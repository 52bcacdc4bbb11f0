/**
 * What the nodes of one installation tell each other. A message published on a channel reaches the subscribers of
 * every other node once, never those of its own: a node knows what it said. Messages may be lost while the
 * connection is away; after that the listeners of `onGap` run, and each part reads from the database what it
 * missed. The truth is never on the bus.
 */
export interface Bus {
  /** Whether nobody else can hear: then a message need not even be made. */
  isAlone(): boolean;
  publish(channel: string, message: Uint8Array | string): void;
  /** Returns what ends it. */
  subscribe(channel: string, on: (message: Uint8Array) => void): () => void;
  /**
   * Resolves when all that was subscribed to so far is heard from now on; also when it cannot be, because the
   * connection is away: then a gap follows.
   */
  listening(): Promise<void>;
  /** The connection stands, for the first time or again: what was said before may be lost. Returns what ends it. */
  onGap(listener: () => void): () => void;
  close(): Promise<void>;
}

export type MessageListener = (message: Uint8Array) => void;

/** Listeners by channel, as both kinds of bus keep them. */
export class Subscriptions {
  readonly #listeners = new Map<string, Set<MessageListener>>();

  /** True when it is the channel's first. */
  add(channel: string, listener: MessageListener): boolean {
    const present = this.#listeners.get(channel);
    if (present === undefined) this.#listeners.set(channel, new Set([listener]));
    else present.add(listener);
    return present === undefined;
  }

  /** True when it was the channel's last. */
  remove(channel: string, listener: MessageListener): boolean {
    const present = this.#listeners.get(channel);
    if (present === undefined || !present.delete(listener) || present.size > 0) return false;
    this.#listeners.delete(channel);
    return true;
  }

  deliver(channel: string, message: Uint8Array): void {
    for (const listener of this.#listeners.get(channel) ?? []) listener(message);
  }

  channels(): string[] {
    return [...this.#listeners.keys()];
  }
}

export function toBytes(message: Uint8Array | string): Uint8Array {
  return typeof message === 'string' ? new TextEncoder().encode(message) : message;
}
