import { randomUUID } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import type { ErrorCode } from '#core/errors.ts';
import { getClaim } from '#db/queries/claims.ts';
import { assign, removeAssignment } from '#server/commands/assignments.ts';
import { addClaim } from '#server/commands/claims.ts';
import { proposeVerdict, reviewVerdict, verdictHistory } from '#server/commands/verdicts.ts';
import { writeRationale } from '#server/demo/report.ts';
import type { Principal } from '#server/principal.ts';
import { describeOnEveryDatabase } from '#tests/support/database.ts';
import { openDesk, type TestDesk } from '#tests/support/desk.ts';

describeOnEveryDatabase('verdicts', (open) => {
  let desk: TestDesk;
  let ana: Principal;
  let ben: Principal;
  let chloe: Principal;
  let dara: Principal;
  let reportId: string;

  beforeAll(async () => {
    desk = await openDesk(await open());
    ana = await desk.join('Ana', 'owner');
    ben = await desk.join('Ben', 'editor');
    chloe = await desk.join('Chloé', 'editor');
    dara = await desk.join('Dara', 'commenter');
    reportId = (await desk.import(ana, 'Sirens sounded for nearly ten hours. Two were killed.')).id;
  }, 60_000);

  const claimBy = async (who: Principal, rationale?: string): Promise<string> => {
    const selector = { type: 'TextQuoteSelector', exact: 'nearly ten hours' } as const;
    return (
      await addClaim(desk.runtime, who, reportId, {
        selector,
        ...(rationale === undefined ? {} : { rationale }),
      })
    ).id;
  };
  const propose = (who: Principal, claimId: string, rating = 'true', basis?: string) =>
    proposeVerdict(desk.runtime, who, claimId, {
      rating,
      summary: 'Because',
      ...(basis === undefined ? {} : { basis }),
    });
  const refused = (code: ErrorCode) => expect.objectContaining({ code });

  test('VD1: a second person signs it off, and the claim is decided', async () => {
    const id = await claimBy(ben, 'The log says so.');
    const { verdict } = await propose(ben, id);
    const claim = await reviewVerdict(desk.runtime, ana, id, { verdictId: verdict.id, decision: 'approve' });
    expect(claim).toMatchObject({
      status: 'decided',
      verdict: { state: 'final', label: 'True', rationale: 'The log says so.' },
    });
    expect(claim.verdict?.reviews).toMatchObject([
      { decision: 'approve', alone: false, reviewer: { name: 'Ana' } },
    ]);
  });

  test('VD2: the proposer is refused', async () => {
    const id = await claimBy(ben);
    await propose(ben, id);
    await expect(
      reviewVerdict(desk.runtime, ben, id, { decision: 'approve', comment: 'fine' }),
    ).rejects.toEqual(refused('own_verdict'));
  });

  test('VD3: who wrote in the rationale is refused, also after the verdict was proposed', async () => {
    const id = await claimBy(ben);
    await writeRationale(desk.runtime, chloe, reportId, id, 'Chloé wrote this.');
    await propose(ben, id);
    await expect(reviewVerdict(desk.runtime, chloe, id, { decision: 'approve' })).rejects.toEqual(
      refused('own_rationale'),
    );
  });

  test('VD4: an owner signs off alone with a reason that is kept', async () => {
    const id = await claimBy(ana);
    await propose(ana, id);
    await expect(reviewVerdict(desk.runtime, ana, id, { decision: 'approve' })).rejects.toEqual(
      refused('own_verdict'),
    );
    const claim = await reviewVerdict(desk.runtime, ana, id, {
      decision: 'approve',
      comment: 'Alone on the night shift',
    });
    expect(claim.verdict).toMatchObject({
      state: 'final',
      aloneReason: 'Alone on the night shift',
      reviews: [{ alone: true }],
    });
  });

  test('VD5: a verdict that is decided takes no more reviews', async () => {
    const id = await claimBy(ben);
    const { verdict } = await propose(ben, id);
    await reviewVerdict(desk.runtime, ana, id, { verdictId: verdict.id, decision: 'approve' });
    await expect(
      reviewVerdict(desk.runtime, chloe, id, { verdictId: verdict.id, decision: 'reject' }),
    ).rejects.toEqual(refused('verdict_not_open'));
  });

  test('VD8: another person’s verdict that is not named stands beside it until one is signed off', async () => {
    const id = await claimBy(ben);
    const first = await propose(ben, id, 'true');
    const second = await propose(chloe, id, 'false');
    expect(second.disputes.map((verdict) => verdict.id)).toEqual([first.verdict.id]);
    const claim = await reviewVerdict(desk.runtime, ana, id, {
      verdictId: first.verdict.id,
      decision: 'approve',
    });
    expect(claim).toMatchObject({
      status: 'decided',
      disputes: [],
      verdict: { id: first.verdict.id, state: 'final' },
    });
  });

  test('turning down a disagreement leaves the claim decided by the verdict that stands', async () => {
    const id = await claimBy(ben);
    const first = await propose(ben, id, 'true');
    await reviewVerdict(desk.runtime, ana, id, { verdictId: first.verdict.id, decision: 'approve' });
    const second = await propose(chloe, id, 'false');
    const claim = await reviewVerdict(desk.runtime, ana, id, {
      verdictId: second.verdict.id,
      decision: 'reject',
    });
    expect(claim).toMatchObject({
      status: 'decided',
      disputes: [],
      verdict: { id: first.verdict.id, state: 'final' },
    });
  });

  test('a basis that is no verdict of the claim is refused', async () => {
    const id = await claimBy(ben);
    await expect(propose(ben, id, 'true', randomUUID())).rejects.toEqual(refused('invalid_input'));
  });

  test('only reviewers who are assigned now are asked', async () => {
    const id = await claimBy(ben);
    const role = 'reviewer' as const;
    const former = await assign(desk.runtime, ana, id, { memberId: dara.memberId, role });
    await removeAssignment(desk.runtime, ana, former.id);
    await assign(desk.runtime, ana, id, { memberId: chloe.memberId, role });
    desk.announced.length = 0;
    await propose(ben, id);
    const asked = desk.announced.filter((event) => event.name === 'notification.added');
    expect(asked.map((event) => event.onlyMemberId)).toEqual([chloe.memberId]);
  });

  test('VD9: a review of a rationale that changed since is refused with the difference', async () => {
    const id = await claimBy(ben, 'Nine hours.');
    const { verdict } = await propose(ben, id);
    await writeRationale(desk.runtime, ben, reportId, id, 'Nine hours and forty-eight minutes.');
    const review = reviewVerdict(desk.runtime, ana, id, { verdictId: verdict.id, decision: 'approve' });
    await expect(review).rejects.toMatchObject({
      code: 'verdict_changed',
      extra: { rationale: { before: 'Nine hours.', now: 'Nine hours and forty-eight minutes.' } },
    });
    expect((await getClaim(desk.runtime.database.db, desk.workspaceId, id)).status).toBe('in_review');
  });

  test('VD9: a review of a verdict that was replaced is refused with the new one', async () => {
    const id = await claimBy(ben);
    const first = await propose(ben, id, 'true');
    const second = await propose(ben, id, 'half_true');
    const review = reviewVerdict(desk.runtime, ana, id, { verdictId: first.verdict.id, decision: 'approve' });
    await expect(review).rejects.toMatchObject({
      code: 'verdict_changed',
      extra: { verdict: { now: { id: second.verdict.id, rating: 'half_true' } } },
    });
  });

  test('VD10: the history keeps every verdict with its reviews, oldest first', async () => {
    const id = await claimBy(ben);
    const first = await propose(ben, id, 'true');
    await reviewVerdict(desk.runtime, ana, id, {
      verdictId: first.verdict.id,
      decision: 'request_changes',
      comment: 'Which log?',
    });
    await propose(ben, id, 'mostly_true');
    const history = await verdictHistory(desk.runtime, dara, id);
    expect(history.map((verdict) => [verdict.rating, verdict.state])).toEqual([
      ['true', 'superseded'],
      ['mostly_true', 'proposed'],
    ]);
    expect(history[0]?.reviews).toMatchObject([{ decision: 'request_changes', comment: 'Which log?' }]);
  });

  test('VD11: a rating that is not on the scale is refused by name', async () => {
    const id = await claimBy(ben);
    await expect(propose(ben, id, 'rather_true')).rejects.toMatchObject({ code: 'unknown_rating' });
  });

  test('RO1: a commenter neither proposes nor reviews', async () => {
    const id = await claimBy(ben);
    await expect(propose(dara, id)).rejects.toEqual(refused('forbidden'));
    await expect(reviewVerdict(desk.runtime, dara, id, { decision: 'approve' })).rejects.toEqual(
      refused('forbidden'),
    );
  });

  test('VD12: the same review sent twice counts once', async () => {
    const id = await claimBy(ben);
    const { verdict } = await propose(ben, id);
    const review = {
      id: '6f0f1d5e-8c2d-4a39-9a3d-0c7e0d9b7a01',
      verdictId: verdict.id,
      decision: 'approve',
    } as const;
    await reviewVerdict(desk.runtime, ana, id, review);
    const again = await reviewVerdict(desk.runtime, ana, id, review);
    expect(again.verdict?.reviews).toHaveLength(1);
  });

  test('NT1: the proposer hears of the decision, and nobody of their own doing', async () => {
    const id = await claimBy(ben);
    const { verdict } = await propose(ben, id);
    desk.announced.length = 0;
    await reviewVerdict(desk.runtime, ana, id, { verdictId: verdict.id, decision: 'approve' });
    const told = desk.announced
      .filter((event) => event.name === 'notification.added')
      .map((event) => event.onlyMemberId);
    expect(told).toEqual([ben.memberId]);
  });
});
