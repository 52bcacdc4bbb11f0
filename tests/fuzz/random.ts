/** A whole number from 0 to below its argument, drawn from a seed: the same on every machine. */
export type Random = (below: number) => number;

/** Mulberry32: small, and the same everywhere. */
export function randomFrom(seed: number): Random {
  let state = seed * 0x9e3779b9;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** One of a list that is not empty. */
export function pick<T>(random: Random, list: readonly T[]): T {
  const one = list[random(list.length)];
  if (one === undefined) throw new Error('nothing to pick from');
  return one;
}

/** 1 to `count`, after the seeds that failed once. `FUZZ_SEEDS` runs more or fewer. */
export function seedsFor(count: number, known: readonly number[] = []): number[] {
  const seeds = Number(process.env['FUZZ_SEEDS'] ?? count);
  return [...new Set([...known, ...Array.from({ length: seeds }, (_, i) => i + 1)])];
}

/** Seeds by the hundred, each a test of its own: as many as run in well under its time. */
export function chunksOf(
  seeds: readonly number[],
  size: number,
): { name: string; seeds: readonly number[] }[] {
  return Array.from({ length: Math.ceil(seeds.length / size) }, (_, i) => {
    const chunk = seeds.slice(i * size, (i + 1) * size);
    return { name: `${chunk[0]} to ${chunk.at(-1)}`, seeds: chunk };
  });
}
