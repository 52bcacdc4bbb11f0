/** A database that one process cannot use for a while. */
import type { Database } from '#db/open.ts';

export interface FlakyDatabase {
  readonly database: Database;
  fails: boolean;
  failures: number;
}

/** Appends to the log fail while `fails` is set. */
export const failingWrites = (database: Database): FlakyDatabase =>
  failing(database, { pool: ['query'], db: ['transaction'] });

/** Reads of the log fail while `fails` is set. */
export const failingReads = (database: Database): FlakyDatabase =>
  failing(database, { pool: [], db: ['execute'] });

function failing(real: Database, names: { pool: readonly string[]; db: readonly string[] }): FlakyDatabase {
  const guard = <T extends object>(target: T, guarded: readonly string[]): T =>
    new Proxy(target, {
      get(object, name, receiver) {
        const value: unknown = Reflect.get(object, name, receiver);
        if (typeof value !== 'function') return value;
        if (!flaky.fails || !guarded.includes(String(name))) return value.bind(object);
        flaky.failures += 1;
        return () => Promise.reject(new Error('the database is away'));
      },
    });
  const flaky = {
    database: { ...real, pool: guard(real.pool, names.pool), db: guard(real.db, names.db) },
    fails: false,
    failures: 0,
  };
  return flaky;
}
