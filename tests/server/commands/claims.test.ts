import { randomUUID } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import type { ErrorCode } from '#core/errors.ts';
import { claimsOfReport } from '#db/queries/claims.ts';
import { addClaim, changeClaim, moveClaim, removeClaim, restoreClaim } from '#server/commands/claims.ts';
import { removeReport } from '#server/commands/reports.ts';
import { viewClaim, viewClaims } from '#server/views/claims.ts';
import type { Principal } from '#server/principal.ts';
import { describeOnEveryDatabase } from '#tests/support/database.ts';
import { openDesk, type TestDesk } from '#tests/support/desk.ts';

describeOnEveryDatabase('claims', (open) => {
  let desk: TestDesk;
  let ana: Principal;
  let dara: Principal;
  let stranger: Principal;
  let reportId: string;

  beforeAll(async () => {
    desk = await openDesk(await open());
    ana = await desk.join('Ana', 'owner');
    dara = await desk.join('Dara', 'commenter');
    stranger = await desk.join('Eve', 'owner', await desk.newWorkspace());
    reportId = (
      await desk.import(
        ana,
        'Two were killed in the north.\n\nTwo were killed in the south.\n\nHe said “90% ready”.',
      )
    ).id;
  }, 60_000);

  const quote = (exact: string, more: { prefix?: string; suffix?: string } = {}) =>
    ({ type: 'TextQuoteSelector', exact, ...more }) as const;
  const refused = (code: ErrorCode) => expect.objectContaining({ code });

  test('CL5: an editor’s claim is open, a commenter’s is a suggestion', async () => {
    const one = await addClaim(desk.runtime, ana, reportId, { selector: quote('in the north') });
    const other = await addClaim(desk.runtime, dara, reportId, { selector: quote('in the south') });
    expect([one.status, other.status]).toEqual(['open', 'suggested']);
  });

  test('CL6: the same id again makes nothing and answers the same', async () => {
    const id = randomUUID();
    const input = { id, selector: quote('90% ready') };
    const [first, second] = await Promise.all([
      addClaim(desk.runtime, ana, reportId, input),
      addClaim(desk.runtime, ana, reportId, input),
    ]);
    expect(second).toEqual(first);
    expect(
      (await claimsOfReport(desk.runtime.database.db, desk.workspaceId, reportId)).filter(
        (claim) => claim.id === id,
      ),
    ).toHaveLength(1);
    await expect(addClaim(desk.runtime, dara, reportId, input)).rejects.toEqual(refused('id_taken'));
  });

  test('CL7: a quotation that is not there, or in several places, is refused with what is there', async () => {
    await expect(
      addClaim(desk.runtime, ana, reportId, { selector: quote('three were killed') }),
    ).rejects.toEqual(refused('anchor_not_found'));
    const twice = addClaim(desk.runtime, ana, reportId, { selector: quote('Two were killed') });
    await expect(twice).rejects.toMatchObject({
      code: 'anchor_ambiguous',
      extra: { candidates: [{ start: 0 }, { start: 30 }] },
    });
    const told = await addClaim(desk.runtime, ana, reportId, {
      selector: quote('Two were killed', { suffix: ' in the south' }),
    });
    expect(told.anchor).toMatchObject({ start: 30, state: 'anchored', confidence: 1 });
  });

  test('CL8: variants of quotation marks count as found, and the quotation kept is the text’s own', async () => {
    const claim = await addClaim(desk.runtime, ana, reportId, { selector: quote('He said "90% ready"') });
    expect(claim.quote.exact).toBe('He said “90% ready”');
  });

  test('CL4: two claims may have the same words, and each has its own entry and rationale', async () => {
    const made = [];
    for (const rationale of ['First', 'Second']) {
      made.push(await addClaim(desk.runtime, ana, reportId, { selector: quote('in the north'), rationale }));
    }
    const views = await Promise.all(made.map((claim) => viewClaim(desk.runtime, ana, claim.id)));
    expect(views.map((view) => view.rationale)).toEqual(['First', 'Second']);
  });

  test('CL9: removing hides a claim, restoring brings back its rationale too', async () => {
    const { id } = await addClaim(desk.runtime, ana, reportId, {
      selector: quote('in the south'),
      rationale: 'Kept',
    });
    await removeClaim(desk.runtime, ana, id);
    expect((await viewClaims(desk.runtime, ana, reportId)).some((claim) => claim.id === id)).toBe(false);
    await restoreClaim(desk.runtime, ana, id);
    expect((await viewClaim(desk.runtime, ana, id)).rationale).toBe('Kept');
  });

  test('CL10: a claim is put on other words by hand, and keeps its rationale', async () => {
    const { id } = await addClaim(desk.runtime, ana, reportId, {
      selector: quote('in the north'),
      rationale: 'Stays',
    });
    await moveClaim(desk.runtime, ana, id, quote('in the south'));
    expect(await viewClaim(desk.runtime, ana, id)).toMatchObject({
      quote: { exact: 'in the south' },
      anchor: { exact: 'in the south', state: 'anchored' },
      rationale: 'Stays',
    });
  });

  test('CL1: a status that follows from verdicts cannot be set by hand', async () => {
    const { id } = await addClaim(desk.runtime, ana, reportId, { selector: quote('in the north') });
    await expect(changeClaim(desk.runtime, ana, id, { status: 'decided' })).rejects.toEqual(
      refused('wrong_state'),
    );
    await expect(changeClaim(desk.runtime, ana, id, { status: 'dismissed' })).rejects.toEqual(
      refused('invalid_input'),
    );
    const dismissed = await changeClaim(desk.runtime, ana, id, {
      status: 'dismissed',
      dismissReason: 'not_checkable',
    });
    expect(dismissed).toMatchObject({ status: 'dismissed', dismissReason: 'not_checkable' });
  });

  test('RO3: a report or claim of another workspace does not exist', async () => {
    const { id } = await addClaim(desk.runtime, ana, reportId, { selector: quote('in the north') });
    await expect(
      addClaim(desk.runtime, stranger, reportId, { selector: quote('in the north') }),
    ).rejects.toEqual(refused('not_found'));
    await expect(viewClaim(desk.runtime, stranger, id)).rejects.toEqual(refused('not_found'));
    await expect(removeClaim(desk.runtime, stranger, id)).rejects.toEqual(refused('not_found'));
    await expect(removeReport(desk.runtime, stranger, reportId)).rejects.toEqual(refused('not_found'));
  });

  test('EV1: what is announced carries the record whole, numbered without a gap', async () => {
    desk.announced.length = 0;
    const { id } = await addClaim(desk.runtime, ana, reportId, { selector: quote('in the north') });
    await changeClaim(desk.runtime, ana, id, { claimant: 'The police', tags: ['figures', 'figures'] });
    expect(desk.announced.map((event) => event.name)).toEqual(['claim.added', 'claim.changed']);
    const [added, changed] = desk.announced;
    expect(changed?.payload).toMatchObject({ claim: { id, claimant: 'The police', tags: ['figures'] } });
    expect((changed?.payload.version ?? 0) - (added?.payload.version ?? 0)).toBe(1);
  });
});
