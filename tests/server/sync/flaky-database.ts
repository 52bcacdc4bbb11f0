/** A database that one process cannot use for a while, or that answers late. */
import type { SQL } from 'drizzle-orm';
import { PgDialect } from 'drizzle-orm/pg-core';
import type { Database } from '#db/open.ts';

export interface FlakyDatabase {
  readonly database: Database;
  fails: boolean;
  failures: number;
}

/** Appends to the log fail while `fails` is set. */
export function failingWrites(real: Database): FlakyDatabase {
  const fail = (): Promise<never> => {
    flaky.failures += 1;
    return Promise.reject(new Error('the database is away'));
  };
  const guard = <T extends object>(target: T, guarded: string): T =>
    withMethods(target, (name, method) => (flaky.fails && name === guarded ? fail : method));
  const flaky: FlakyDatabase = {
    database: { ...real, pool: guard(real.pool, 'query'), db: guard(real.db, 'transaction') },
    fails: false,
    failures: 0,
  };
  return flaky;
}

/** Reads of the log fail while `fails` is set: those whose statement has these words. */
export function failingReads(real: Database, words = ''): FlakyDatabase {
  const flaky: FlakyDatabase = {
    database: withReads(real, (statement, run) => {
      if (!flaky.fails || !statement.includes(words)) return run();
      flaky.failures += 1;
      return Promise.reject(new Error('the database is away'));
    }),
    fails: false,
    failures: 0,
  };
  return flaky;
}

/** `read` stands between each statement outside of transactions and the database. */
export function withReads(
  real: Database,
  read: (statement: string, run: () => Promise<unknown>) => Promise<unknown>,
): Database {
  const dialect = new PgDialect();
  const db = withMethods(real.db, (name, method) =>
    name !== 'execute'
      ? method
      : (query: SQL) => read(dialect.sqlToQuery(query).sql, async () => method(query)),
  );
  return { ...real, db };
}

type Method = (...parameters: never[]) => unknown;

/** The same object with some methods replaced. */
function withMethods<T extends object>(
  real: T,
  replace: (name: string, method: (one: unknown) => unknown) => Method,
): T {
  return new Proxy(real, {
    get(object, name, receiver) {
      const value: unknown = Reflect.get(object, name, receiver);
      return typeof value === 'function' ? replace(String(name), value.bind(object)) : value;
    },
  });
}
