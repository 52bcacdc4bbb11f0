/** Lines below the words for claims that overlap, so that each can be followed by itself. */
import type { ExportClaim } from './projection.ts';

/** More lines than these run into the words below them; further claims share the last. */
export const LANES = 4;

/** Gives claims that overlap lines of their own, from 0: the lowest one that is free where a claim begins. */
export function laneByClaim(claims: readonly ExportClaim[]): Map<ExportClaim, number> {
  const lanes = new Map<ExportClaim, number>();
  const freeFrom = Array<number>(LANES).fill(0);
  const placed = claims
    .filter((claim) => claim.isPlaced)
    .sort((one, other) => (one.anchor.start ?? 0) - (other.anchor.start ?? 0));
  for (const claim of placed) {
    const start = claim.anchor.start ?? 0;
    const free = freeFrom.findIndex((end) => end <= start);
    const lane = free < 0 ? LANES - 1 : free;
    freeFrom[lane] = Math.max(freeFrom[lane] ?? 0, claim.anchor.end ?? start);
    lanes.set(claim, lane);
  }
  return lanes;
}
