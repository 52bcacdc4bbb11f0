/** The bus within one process: for a node that is alone, and for several nodes in one test. */
import { Subscriptions, toBytes, type Bus } from './bus.ts';

/** What the nodes of one process hang on to. */
export class MemoryHub {
  readonly #nodes = new Set<Subscriptions>();

  connect(): Bus {
    const own = new Subscriptions();
    this.#nodes.add(own);
    return {
      isAlone: () => this.#nodes.size === 1,
      publish: (channel, message) => {
        const others = [...this.#nodes].filter((node) => node !== own);
        if (others.length === 0) return;
        // Later and copied, as over a wire: nobody may rely on more.
        const bytes = toBytes(message).slice();
        queueMicrotask(() => {
          for (const node of others) if (this.#nodes.has(node)) node.deliver(channel, bytes);
        });
      },
      subscribe: (channel, on) => {
        own.add(channel, on);
        return () => void own.remove(channel, on);
      },
      listening: () => Promise.resolve(),
      onGap: () => () => undefined,
      close: () => {
        this.#nodes.delete(own);
        return Promise.resolve();
      },
    };
  }
}

/** The bus of a node that is alone. */
export function openMemoryBus(): Bus {
  return new MemoryHub().connect();
}
