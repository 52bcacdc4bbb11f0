/** Lines below the words for claims that overlap, so that each can be followed by itself. */
import type { ExportClaim } from './projection.ts';

/** Gives claims that overlap lines of their own: the lowest one that is free where a claim begins. */
export function laneByClaim(claims: readonly ExportClaim[]): Map<ExportClaim, number> {
  const lanes = new Map<ExportClaim, number>();
  const freeFrom: number[] = [];
  const placed = claims
    .filter((claim) => claim.isPlaced)
    .sort((one, other) => (one.anchor.start ?? 0) - (other.anchor.start ?? 0));
  for (const claim of placed) {
    const start = claim.anchor.start ?? 0;
    const free = freeFrom.findIndex((end) => end <= start);
    const lane = free < 0 ? freeFrom.length : free;
    freeFrom[lane] = claim.anchor.end ?? start;
    lanes.set(claim, lane);
  }
  return lanes;
}
