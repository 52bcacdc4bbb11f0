/**
 * A verdict speaks of exact words. Once other words stand in their place, because the text was edited or the claim was
 * put elsewhere, it is stale and the claim has to be checked again. A dismissed claim stays dismissed.
 */
import { and, eq, inArray, ne } from 'drizzle-orm';
import { isOpenForReview } from '#core/domain/verdict.ts';
import { claims, reviews, verdicts } from '#db/schema.ts';
import type { Change } from './command.ts';
import { notify } from './notify.ts';

interface JudgedClaim {
  id: string;
  reportId: string;
  /** The quotation, for the line that people are told. */
  exact: string;
}

/** Marks the claim's verdicts that were made on other words than `words`, and tells whom it concerns. */
export async function markStale(change: Change, claim: JudgedClaim, words: string): Promise<void> {
  const judged = await change.tx.select().from(verdicts).where(eq(verdicts.claimId, claim.id)).for('update');
  const outdated = judged.filter(
    (one) => (one.state === 'final' || isOpenForReview(one.state)) && one.words !== words,
  );
  if (outdated.length === 0) return;
  for (const verdict of outdated) {
    const stale = {
      before: verdict.words,
      after: words,
      by: change.actor.memberId,
      at: change.at.toISOString(),
    };
    await change.tx.update(verdicts).set({ state: 'stale', stale }).where(eq(verdicts.id, verdict.id));
  }
  await change.tx
    .update(claims)
    .set({ status: 'needs_recheck', updatedAt: change.at })
    .where(and(eq(claims.id, claim.id), ne(claims.status, 'dismissed')));
  change.audit(
    'claim.became_stale',
    { type: 'claim', id: claim.id },
    { reportId: claim.reportId, after: { words } },
  );
  await tellConcerned(change, claim, outdated);
}

/** Who proposed the verdicts, and who reviewed them. */
async function tellConcerned(
  change: Change,
  claim: JudgedClaim,
  outdated: readonly (typeof verdicts.$inferSelect)[],
): Promise<void> {
  const ids = outdated.map((verdict) => verdict.id);
  const given = await change.tx
    .select({ reviewerId: reviews.reviewerId })
    .from(reviews)
    .where(inArray(reviews.verdictId, ids));
  await notify(change, {
    kind: 'claim_stale',
    memberIds: [
      ...outdated.map((verdict) => verdict.proposedBy),
      ...given.map((review) => review.reviewerId),
    ],
    reportId: claim.reportId,
    claimId: claim.id,
    excerpt: claim.exact,
  });
}
