/** Whose key is one of many, as one parameter: a list of 300 parameters costs more to send and plan than to answer. */
import { sql, type AnyColumn, type SQL } from 'drizzle-orm';

export function among(column: AnyColumn, ids: readonly string[]): SQL {
  return sql`${column} = any(${sql.param([...ids])}::uuid[])`;
}
