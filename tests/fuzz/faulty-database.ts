/**
 * A database that fails on command: a read, and a commit at any step, before it reaches the database, after it is stored
 * but before anybody is told, and for good, when the process that asked is gone.
 */
import type { Database } from '#db/open.ts';

export type Fault = 'fails before' | 'fails after' | 'answers never';

export class FaultyDatabase {
  /** What happens to the next writes, one each. */
  readonly faults: Fault[] = [];
  /** So many of the next reads fail. */
  failingReads = 0;
  /** The process that asks is gone: it is answered no more, and asks nothing new. */
  isLost = false;
  readonly database: Database;
  /** Writes that reached the database and are not over, whoever waits for them. */
  readonly #running = new Set<Promise<unknown>>();

  constructor(real: Database) {
    const write = <T>(run: () => Promise<T>): Promise<T> => this.#write(run);
    const query = real.pool.query.bind(real.pool) as (...parameters: unknown[]) => Promise<unknown>;
    const pool = withMethod(real.pool, 'query', (...parameters) => write(() => query(...parameters)));
    const transaction = real.db.transaction.bind(real.db) as (...parameters: unknown[]) => Promise<unknown>;
    const execute = real.db.execute.bind(real.db) as (...parameters: unknown[]) => Promise<unknown>;
    // Documents are read by statements beside a transaction, and written in one or by the pool.
    const read = (...parameters: unknown[]): Promise<unknown> => this.#read(() => execute(...parameters));
    const db = withMethod(withMethod(real.db, 'execute', read), 'transaction', (...parameters) =>
      write(() => transaction(...parameters)),
    );
    this.database = { ...real, pool, db };
  }

  /** What a process had under way when it went ends all the same. */
  async ended(): Promise<void> {
    await Promise.allSettled(this.#running);
  }

  async #read<T>(run: () => Promise<T>): Promise<T> {
    if (this.isLost) return never();
    if (this.failingReads > 0) {
      this.failingReads -= 1;
      throw new Error('the database is away');
    }
    return run();
  }

  async #write<T>(run: () => Promise<T>): Promise<T> {
    if (this.isLost) return never();
    const fault = this.faults.shift();
    if (fault === 'fails before') throw new Error('the database is away');
    const running = run();
    this.#running.add(running);
    const result = await running.finally(() => this.#running.delete(running));
    if (fault === 'answers never' || this.isLost) return never();
    if (fault === 'fails after') throw new Error('the connection broke');
    return result;
  }
}

const never = <T>(): Promise<T> => new Promise(() => undefined);

/** The same object with one method replaced. */
function withMethod<T extends object>(
  real: T,
  name: string,
  method: (...parameters: unknown[]) => unknown,
): T {
  return new Proxy(real, {
    get(target, property) {
      if (property === name) return method;
      const value: unknown = Reflect.get(target, property, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
