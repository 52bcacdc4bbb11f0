/** Everyone who is named in an export, sorted. */
import { compare } from './order.ts';
import type { ExportClaim } from './projection.ts';
import type { ExportComment, ExportThread } from './thread.ts';

export function peopleIn(
  creator: string,
  claims: readonly ExportClaim[],
  threads: readonly ExportThread[],
): string[] {
  const people = new Set<string>([creator]);
  const addComments = (comments: readonly ExportComment[]): void => {
    for (const comment of comments) people.add(comment.author);
  };
  for (const claim of claims) {
    people.add(claim.createdBy);
    for (const verdict of [claim.verdict, ...claim.disputes, ...claim.earlierVerdicts]) {
      if (verdict === null) continue;
      people.add(verdict.proposedBy);
      for (const review of verdict.reviews) people.add(review.reviewer);
    }
    for (const item of claim.evidence) people.add(item.addedBy);
    addComments(claim.thread?.comments ?? []);
  }
  for (const thread of threads) addComments(thread.comments);
  return [...people].sort(compare);
}
