/**
 * Overlapping highlights each keep a line of their own. Ranges are laid into lanes from left to right, the longer
 * first, each into the lowest lane that is free: the outer one lies under the words, what is inside it below.
 */
export const LANES = 3;

export interface Span {
  readonly from: number;
  readonly to: number;
}

/** The lane (0 to LANES - 1) of each span. More than LANES at one place share the last. */
export function layLanes(spans: ReadonlyMap<string, Span>): ReadonlyMap<string, number> {
  const sorted = [...spans].toSorted(([, a], [, b]) => a.from - b.from || b.to - a.to);
  const lanes = new Map<string, number>();
  const freeFrom = Array.from({ length: LANES }, () => 0);
  for (const [id, span] of sorted) {
    const free = freeFrom.findIndex((end) => end <= span.from);
    const lane = free === -1 ? LANES - 1 : free;
    lanes.set(id, lane);
    freeFrom[lane] = Math.max(freeFrom[lane] ?? 0, span.to);
  }
  return lanes;
}
