/** Orders that are the same on every machine: by UTF-16 units, by time and then by id. */

export function byTime<T extends { readonly id: string }>(
  time: (thing: T) => string,
): (one: T, other: T) => number {
  return (one, other) => compare(time(one), time(other)) || compare(one.id, other.id);
}

/** By UTF-16 units: the same order on every machine. */
export function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
