/**
 * When a report became what an export says of it: the last change of what is in that export. What is desk only or left
 * out by choice has no part in it, so it neither moves a time nor changes a byte.
 */
import type { ExportClaim } from './projection.ts';
import type { ExportThread } from './thread.ts';

/** Something happened to the thing with this id, last at that time (ISO 8601 in UTC). */
export interface SubjectChange {
  readonly id: string;
  readonly at: string;
}

interface Told {
  readonly reportId: string;
  readonly claims: readonly ExportClaim[];
  readonly threads: readonly ExportThread[];
}

/** `textAt`: when the text last changed; all times are of one form. */
export function lastChange(textAt: string, changes: readonly SubjectChange[], told: Told): string {
  const ids = idsIn(told);
  return changes.reduce((last, { id, at }) => (at > last && ids.has(id) ? at : last), textAt);
}

function idsIn({ reportId, claims, threads }: Told): Set<string> {
  const ids = new Set([reportId]);
  const addThread = ({ id, comments }: ExportThread): void => {
    ids.add(id);
    for (const comment of comments) ids.add(comment.id);
  };
  for (const claim of claims) {
    ids.add(claim.id);
    for (const item of claim.evidence) ids.add(item.id);
    if (claim.thread !== null) addThread(claim.thread);
  }
  for (const thread of threads) addThread(thread);
  return ids;
}
