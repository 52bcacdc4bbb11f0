import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { BODY_ROOT } from '#core/text/schema.ts';
import { getClaim } from '#db/queries/claims.ts';
import { findReport } from '#db/queries/reports.ts';
import { searchWorkspace } from '#db/queries/search.ts';
import { addClaim, changeClaim, moveClaim, removeClaim, restoreClaim } from '#server/commands/claims.ts';
import { runCommand } from '#server/commands/command.ts';
import { commentOnClaim } from '#server/commands/comments.ts';
import { proposeVerdict, reviewVerdict } from '#server/commands/verdicts.ts';
import { startStaleWatch, type StaleWatch } from '#server/jobs/stale-watch.ts';
import type { Principal } from '#server/principal.ts';
import { describeOnEveryDatabase } from '#tests/support/database.ts';
import { openDesk, type TestDesk } from '#tests/support/desk.ts';

describeOnEveryDatabase('what follows the text', (open) => {
  let desk: TestDesk;
  let watch: StaleWatch;
  let ana: Principal;
  let ben: Principal;

  beforeAll(async () => {
    desk = await openDesk(await open());
    watch = startStaleWatch(desk.runtime);
    ana = await desk.join('Ana', 'owner');
    ben = await desk.join('Ben', 'editor');
  }, 60_000);
  afterAll(() => watch.drain());

  /** As if a person had typed: replaces characters of the first paragraph. */
  const edit = async (reportId: string, from: string, to: string): Promise<void> => {
    const ref = { workspaceId: desk.workspaceId, reportId };
    const copy = await desk.runtime.rooms.fork(ref);
    const known = Y.encodeStateVector(copy);
    const paragraph = copy.getXmlFragment(BODY_ROOT).get(0);
    const text = paragraph instanceof Y.XmlElement ? paragraph.get(0) : null;
    if (!(text instanceof Y.XmlText)) throw new Error('no text');
    const at = Y.Text.prototype.toString.call(text).indexOf(from);
    text.delete(at, from.length);
    text.insert(at, to);
    await runCommand(desk.runtime, ben, (change) =>
      change.edit(ref, Y.encodeStateAsUpdate(copy, known), ben.memberId),
    );
  };
  const decided = async (exact: string): Promise<{ reportId: string; claimId: string }> => {
    const { id: reportId } = await desk.import(
      ana,
      'Officials counted four injured after the attack. Sirens sounded.',
    );
    const { id: claimId } = await addClaim(desk.runtime, ana, reportId, {
      selector: { type: 'TextQuoteSelector', exact },
    });
    const { verdict } = await proposeVerdict(desk.runtime, ana, claimId, { rating: 'true' });
    await reviewVerdict(desk.runtime, ben, claimId, { verdictId: verdict.id, decision: 'approve' });
    return { reportId, claimId };
  };
  const claim = (id: string) => getClaim(desk.runtime.database.db, desk.workspaceId, id);

  test('CL11: an edit inside the words makes the verdict stale, with what changed and by whom', async () => {
    const { reportId, claimId } = await decided('four injured');
    await edit(reportId, 'four', 'forty');
    await vi.waitFor(async () => expect((await claim(claimId)).status).toBe('needs_recheck'), 5_000);
    expect(await claim(claimId)).toMatchObject({
      anchor: { exact: 'forty injured', state: 'edited' },
      verdict: {
        state: 'stale',
        stale: { before: 'four injured', after: 'forty injured', by: { name: 'Ben' } },
      },
    });
    const told = desk.announced.filter(
      (event) => event.name === 'notification.added' && event.payload.notification.kind === 'claim_stale',
    );
    expect(told.map((event) => event.onlyMemberId)).toEqual([ana.memberId]);
  });

  test('CL12: an edit elsewhere leaves the verdict and moves the stored place', async () => {
    const { reportId, claimId } = await decided('Sirens sounded');
    const before = (await claim(claimId)).anchor.start ?? 0;
    await edit(reportId, 'four', 'fourteen');
    await vi.waitFor(async () => expect((await claim(claimId)).anchor.start).toBe(before + 4), 5_000);
    expect(await claim(claimId)).toMatchObject({ status: 'decided', verdict: { state: 'final' } });
  });

  test('a claim put on other words by hand makes its verdict stale', async () => {
    const { claimId } = await decided('four injured');
    const moved = await moveClaim(desk.runtime, ben, claimId, {
      type: 'TextQuoteSelector',
      exact: 'Sirens sounded',
    });
    expect(moved).toMatchObject({
      status: 'needs_recheck',
      verdict: { state: 'stale', stale: { before: 'four injured', after: 'Sirens sounded' } },
    });
  });

  test('a claim that was away while its words were edited comes back to be checked again', async () => {
    const { reportId, claimId } = await decided('four injured');
    await commentOnClaim(desk.runtime, ana, claimId, { body: 'Said before it was removed' });
    await removeClaim(desk.runtime, ana, claimId);
    await edit(reportId, 'four', 'forty');
    desk.announced.length = 0;
    expect(await restoreClaim(desk.runtime, ana, claimId)).toMatchObject({
      status: 'needs_recheck',
      anchor: { exact: 'forty injured' },
      verdict: { state: 'stale' },
    });
    const told = desk.announced.flatMap(({ name, payload }) =>
      name === 'thread.changed' ? payload.thread.comments.map((comment) => comment.body) : [],
    );
    expect(told).toEqual(['Said before it was removed']);
  });

  test('a dismissed claim stays dismissed when its words are edited', async () => {
    const { reportId, claimId } = await decided('four injured');
    await changeClaim(desk.runtime, ana, claimId, { status: 'dismissed', dismissReason: 'duplicate' });
    await edit(reportId, 'four', 'forty');
    await vi.waitFor(async () => expect((await claim(claimId)).verdict?.state).toBe('stale'), 5_000);
    expect((await claim(claimId)).status).toBe('dismissed');
  });

  test('an edit of the text is the report’s last change', async () => {
    const { id: reportId } = await desk.import(ana, 'Sirens sounded.');
    await edit(reportId, 'Sirens', 'Horns');
    const { db } = desk.runtime.database;
    await vi.waitFor(async () => {
      const report = await findReport(db, desk.workspaceId, reportId);
      expect(report?.updatedBy.name).toBe('Ben');
    }, 5_000);
  });

  test('FD1: search and the word count follow the text', async () => {
    const { reportId } = await decided('four injured');
    await edit(reportId, 'Sirens', 'Loud foghorns');
    const { db } = desk.runtime.database;
    await vi.waitFor(async () => {
      const hits = await searchWorkspace(db, desk.workspaceId, 'foghorns', 10);
      expect(hits.map((hit) => hit.reportId)).toEqual([reportId]);
    }, 5_000);
    expect((await findReport(db, desk.workspaceId, reportId))?.wordCount).toBe(10);
  });
});
