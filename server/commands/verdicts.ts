/**
 * Verdicts: proposed, reviewed by a second person, superseded; never changed. A review is of one verdict with one
 * rationale: what changed meanwhile is refused with the difference. Rules VD1.. of docs/SPEC.md.
 */
import { and, eq, inArray, isNull, ne } from 'drizzle-orm';
import type { ProposeVerdict, ReviewVerdict } from '#core/commands.ts';
import { draftOutcomes, type Rating } from '#core/domain/rating-scale.ts';
import { afterReview, allowReview, isStanding, placeVerdict } from '#core/domain/verdict.ts';
import { AppError } from '#core/errors.ts';
import type { ClaimRecord, VerdictRecord } from '#core/records.ts';
import { rationaleText } from '#core/text/claim-entry.ts';
import { getClaim, holdClaim, reportOfClaim, verdictsOf, type VerdictRow } from '#db/queries/claims.ts';
import { holdDocument } from '#db/queries/document-log.ts';
import { loadPeople } from '#db/queries/people.ts';
import { getReport, ratingScaleOf } from '#db/queries/reports.ts';
import { assignments, claims, reviews, verdicts } from '#db/schema.ts';
import type { Tx } from '#db/open.ts';
import type { Principal } from '#server/principal.ts';
import type { Runtime } from '#server/runtime.ts';
import { demand } from './access.ts';
import { sayChanged } from './claims.ts';
import { runCommand, type Change } from './command.ts';
import { notify } from './notify.ts';

export interface Proposed {
  claim: ClaimRecord;
  verdict: VerdictRecord;
  /** Others' verdicts that stand beside it; not empty is a disagreement, answered with 409 verdict_conflict. */
  disputes: VerdictRecord[];
}

/** Proposes a verdict. It is kept in any case; `disputes` tells whether somebody else's stands against it. */
export async function proposeVerdict(
  runtime: Runtime,
  principal: Principal,
  claimId: string,
  input: ProposeVerdict,
): Promise<Proposed> {
  const { db } = runtime.database;
  const reportId = await reportOfClaim(db, principal.workspaceId, claimId);
  await demand(runtime, principal, reportId, 'verdict.propose');
  const rating = await ratingNamed(runtime, principal.workspaceId, reportId, input.rating);
  const summary = input.summary ?? '';
  const why = await readRationale(runtime, principal.workspaceId, reportId, claimId);
  if (rating.needsExplanation && summary === '' && why.text === '') {
    throw new AppError('invalid_input', `summary: the rating ${rating.label} needs an explanation`);
  }
  return runCommand(runtime, principal, async (change) => {
    const claim = await holdClaim(change.tx, principal.workspaceId, claimId);
    if (input.basis != null) await demandVerdictOf(change, claimId, input.basis);
    const standing = await standingVerdicts(change.tx, claimId);
    const { superseded } = placeVerdict(standing, principal.memberId, input.basis ?? null);
    if (superseded.length > 0) {
      await change.tx.update(verdicts).set({ state: 'superseded' }).where(inArray(verdicts.id, superseded));
    }
    const id = change.runtime.newId();
    await change.tx.insert(verdicts).values({
      id,
      workspaceId: principal.workspaceId,
      reportId,
      claimId,
      rating: rating.value,
      label: rating.label,
      summary,
      rationale: why.text,
      rationaleAuthors: why.authors,
      words: claim.anchorExact ?? claim.exact,
      state: 'proposed',
      basis: input.basis ?? superseded.at(-1) ?? null,
      proposedBy: principal.memberId,
      proposedAt: change.at,
      goodUntil: input.goodUntil == null ? null : new Date(input.goodUntil),
    });
    await change.tx
      .update(claims)
      .set({ status: 'in_review', dismissReason: null, updatedAt: change.at })
      .where(eq(claims.id, claimId));
    await askReviewers(change, claim.exact, reportId, claimId);
    const record = await sayChanged(change, claimId, 'claim.judged', null, { rating: rating.value, summary });
    if (record.verdict === null) throw new Error('the verdict just proposed is gone');
    return { claim: record, verdict: record.verdict, disputes: record.disputes };
  });
}

async function demandVerdictOf(change: Change, claimId: string, verdictId: string): Promise<void> {
  const found = await change.tx
    .select({ id: verdicts.id })
    .from(verdicts)
    .where(and(eq(verdicts.id, verdictId), eq(verdicts.claimId, claimId)));
  if (found.length === 0)
    throw new AppError('invalid_input', `basis: ${verdictId} is no verdict of this claim`);
}

async function ratingNamed(
  runtime: Runtime,
  workspaceId: string,
  reportId: string,
  value: string,
): Promise<Rating> {
  const { purpose } = await getReport(runtime.database.db, workspaceId, reportId);
  const scale = purpose === 'draft' ? draftOutcomes : await ratingScaleOf(runtime.database.db, workspaceId);
  const rating = scale.find((one) => one.value === value);
  if (rating === undefined) {
    throw new AppError(
      'unknown_rating',
      `rating: ${value} is not one of ${scale.map((one) => one.value).join(', ')}`,
    );
  }
  return rating;
}

/** The rationale as committed: its text, and who wrote in it. */
async function readRationale(
  runtime: Runtime,
  workspaceId: string,
  reportId: string,
  claimId: string,
  tx?: Tx,
) {
  const ref = { workspaceId, reportId };
  const text = await runtime.rooms.read(ref, (doc) => rationaleText(doc, claimId), tx);
  return { text, authors: await runtime.rooms.rationaleAuthors(ref, claimId, tx) };
}

async function standingVerdicts(tx: Tx, claimId: string): Promise<VerdictRow[]> {
  const rows = await tx
    .select()
    .from(verdicts)
    .where(eq(verdicts.claimId, claimId))
    .orderBy(verdicts.proposedAt, verdicts.id);
  return rows.filter((row) => isStanding(row.state));
}

async function askReviewers(
  change: Change,
  excerpt: string,
  reportId: string,
  claimId: string,
): Promise<void> {
  const reviewers = await change.tx
    .select({ memberId: assignments.memberId })
    .from(assignments)
    .where(
      and(
        eq(assignments.claimId, claimId),
        eq(assignments.role, 'reviewer'),
        ne(assignments.status, 'declined'),
        isNull(assignments.removedAt),
      ),
    );
  await notify(change, {
    kind: 'review_requested',
    memberIds: reviewers.map((row) => row.memberId),
    reportId,
    claimId,
    excerpt,
  });
}

/** Reviews the verdict that was read. Throws verdict_changed with the difference, own_verdict, own_rationale, verdict_not_open. */
export async function reviewVerdict(
  runtime: Runtime,
  principal: Principal,
  claimId: string,
  input: ReviewVerdict,
): Promise<ClaimRecord> {
  const reportId = await reportOfClaim(runtime.database.db, principal.workspaceId, claimId);
  const role = await demand(runtime, principal, reportId, 'verdict.review');
  return runCommand(runtime, principal, async (change) => {
    const claim = await holdClaim(change.tx, principal.workspaceId, claimId);
    // Nobody's keystroke is committed between the look at the rationale and the sign-off.
    await holdDocument(change.tx, reportId);
    const why = await readRationale(runtime, principal.workspaceId, reportId, claimId, change.tx);
    if (input.id !== undefined && (await wasGiven(change, input.id, claimId, principal))) {
      return getClaim(change.tx, principal.workspaceId, claimId);
    }
    const verdict = await verdictRead(change, claimId, input.verdictId);
    const allowance = allowReview(
      { ...verdict, rationaleAuthors: [...new Set([...verdict.rationaleAuthors, ...why.authors])] },
      { memberId: principal.memberId, role },
      input.decision,
      input.comment ?? null,
    );
    if (allowance.kind === 'refused')
      throw new AppError(allowance.code, ...refusalWords(allowance.code, role, verdict));
    if (why.text !== verdict.rationale) throw await changedSince(change, claimId, verdict, why.text);
    const alone = allowance.kind === 'alone';
    const others = (await standingVerdicts(change.tx, claimId)).filter((one) => one.id !== verdict.id);
    const next = afterReview(
      input.decision,
      others.map((one) => one.state),
    );
    await change.tx.insert(reviews).values({
      id: input.id ?? change.runtime.newId(),
      workspaceId: principal.workspaceId,
      verdictId: verdict.id,
      claimId,
      reviewerId: principal.memberId,
      decision: input.decision,
      comment: input.comment ?? null,
      alone,
      at: change.at,
    });
    if (next.verdict === 'final') await settle(change, others);
    await change.tx
      .update(verdicts)
      .set({
        state: next.verdict,
        decidedAt: next.verdict === 'final' ? change.at : null,
        aloneReason: alone ? allowance.reason : null,
      })
      .where(eq(verdicts.id, verdict.id));
    await change.tx
      .update(claims)
      .set({ status: next.claim, updatedAt: change.at })
      .where(eq(claims.id, claimId));
    await notify(change, {
      kind: 'verdict_decided',
      memberIds: [verdict.proposedBy],
      reportId,
      claimId,
      excerpt: claim.exact,
    });
    return sayChanged(
      change,
      claimId,
      'claim.reviewed',
      { verdict: verdict.id, state: verdict.state },
      {
        verdict: verdict.id,
        decision: input.decision,
        alone,
      },
    );
  });
}

/** A retry of the same review, by its client-made id. */
async function wasGiven(
  change: Change,
  reviewId: string,
  claimId: string,
  principal: Principal,
): Promise<boolean> {
  const [row] = await change.tx.select().from(reviews).where(eq(reviews.id, reviewId));
  if (row === undefined) return false;
  if (row.claimId !== claimId || row.reviewerId !== principal.memberId)
    throw new AppError('id_taken', `id: ${reviewId} is used already`);
  return true;
}

/** The verdict that the review names, or the newest; refused when the named one no longer stands. */
async function verdictRead(
  change: Change,
  claimId: string,
  verdictId: string | undefined,
): Promise<VerdictRow> {
  const standing = await standingVerdicts(change.tx, claimId);
  const newest = standing.at(-1);
  if (verdictId === undefined) {
    if (newest === undefined) throw new AppError('verdict_not_open', 'The claim has no verdict to review');
    return newest;
  }
  const named = standing.find((verdict) => verdict.id === verdictId);
  if (named !== undefined) return named;
  const [past] = await change.tx
    .select()
    .from(verdicts)
    .where(and(eq(verdicts.id, verdictId), eq(verdicts.claimId, claimId)));
  if (past === undefined) throw new AppError('not_found', 'The claim has no such verdict');
  if (newest === undefined) throw new AppError('verdict_not_open', `The verdict is ${past.state}`);
  throw await changedSince(change, claimId, past, newest.rationale);
}

/** 409 with what was read and what is now, so that the reviewer sees the difference. */
async function changedSince(
  change: Change,
  claimId: string,
  read: VerdictRow,
  rationaleNow: string,
): Promise<AppError> {
  const people = await loadPeople(change.tx, change.actor.workspaceId);
  const all = (await verdictsOf(change.tx, [claimId], people)).get(claimId) ?? [];
  const now = all.filter((verdict) => isStanding(verdict.state)).at(-1) ?? null;
  const was = all.find((verdict) => verdict.id === read.id) ?? null;
  const what =
    now !== null && now.id !== read.id ? 'Another verdict was proposed' : 'The rationale was changed';
  return new AppError(
    'verdict_changed',
    `${what} since you read it; look at the difference and decide again`,
    {
      verdict: { before: was, now },
      rationale: { before: read.rationale, now: rationaleNow },
    },
  );
}

/** A verdict became final: others that stood against it are settled. */
async function settle(change: Change, others: readonly VerdictRow[]): Promise<void> {
  if (others.length === 0) return;
  await change.tx
    .update(verdicts)
    .set({ state: 'superseded' })
    .where(
      inArray(
        verdicts.id,
        others.map((verdict) => verdict.id),
      ),
    );
}

function refusalWords(
  code: 'own_verdict' | 'own_rationale' | 'forbidden' | 'verdict_not_open',
  role: string,
  verdict: VerdictRow,
): [string] {
  const alone =
    role === 'owner' ? ' As owner you can sign off alone: approve with the reason in comment.' : '';
  switch (code) {
    case 'own_verdict':
      return [`A second person has to review it: you proposed this verdict.${alone}`];
    case 'own_rationale':
      return [`A second person has to review it: you wrote in its rationale.${alone}`];
    case 'forbidden':
      return ['Only editors and owners review verdicts'];
    case 'verdict_not_open':
      return [`The verdict is ${verdict.state} and awaits no review`];
  }
}

/** Every verdict the claim ever had, oldest first. */
export async function verdictHistory(
  runtime: Runtime,
  principal: Principal,
  claimId: string,
): Promise<VerdictRecord[]> {
  const { db } = runtime.database;
  const reportId = await reportOfClaim(db, principal.workspaceId, claimId);
  await demand(runtime, principal, reportId, 'report.read');
  const people = await loadPeople(db, principal.workspaceId);
  return (await verdictsOf(db, [claimId], people)).get(claimId) ?? [];
}
