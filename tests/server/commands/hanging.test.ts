/** Evidence, assignments and talk hang on a claim: with the claim they go, and with it they come back. */
import { randomUUID } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import type { ErrorCode } from '#core/errors.ts';
import { countUnread, listNotifications } from '#db/queries/notifications.ts';
import { searchWorkspace } from '#db/queries/search.ts';
import { threadsOfReport } from '#db/queries/threads.ts';
import { assign, changeAssignment, removeAssignment } from '#server/commands/assignments.ts';
import { addClaim, removeClaim, restoreClaim } from '#server/commands/claims.ts';
import { addEvidence, changeEvidence, removeEvidence } from '#server/commands/evidence.ts';
import { workspaceMarks } from '#db/queries/principals.ts';
import { removeReport, restoreReport } from '#server/commands/reports.ts';
import { commentOnClaim, react } from '#server/commands/comments.ts';
import { setThreadState } from '#server/commands/threads.ts';
import type { Principal } from '#server/principal.ts';
import { describeOnEveryDatabase } from '#tests/support/database.ts';
import { openDesk, type TestDesk } from '#tests/support/desk.ts';

describeOnEveryDatabase('what hangs on a claim', (open) => {
  let desk: TestDesk;
  let ana: Principal;
  let vera: Principal;
  let stranger: Principal;
  let reportId: string;

  beforeAll(async () => {
    desk = await openDesk(await open());
    ana = await desk.join('Ana', 'owner');
    vera = await desk.join('Vera', 'viewer');
    stranger = await desk.join('Eve', 'owner', await desk.newWorkspace());
    reportId = (await desk.import(ana, 'Sirens sounded for ten hours.')).id;
  }, 60_000);

  const refused = (code: ErrorCode) => expect.objectContaining({ code });
  const newClaim = async (who = ana, where = reportId): Promise<string> =>
    (
      await addClaim(desk.runtime, who, where, {
        selector: { type: 'TextQuoteSelector', exact: 'ten hours' },
      })
    ).id;

  test('goes with the claim and comes back with it', async () => {
    const { runtime } = desk;
    const claimId = await newClaim();
    const evidence = await addEvidence(runtime, ana, claimId, { title: 'Log', stance: 'supports' });
    const comment = await commentOnClaim(runtime, ana, claimId, { body: 'Zeppelins overhead' });
    const assignment = await assign(runtime, ana, claimId, { memberId: vera.memberId });
    await removeClaim(runtime, ana, claimId);
    const all = [
      changeEvidence(runtime, ana, evidence.id, { title: 'Changed' }),
      changeAssignment(runtime, ana, assignment.id, { status: 'done' }),
      react(runtime, ana, comment.id, 'heart', true),
      setThreadState(runtime, ana, comment.threadId, 'resolved'),
    ];
    for (const one of await Promise.allSettled(all))
      expect(one).toMatchObject({ status: 'rejected', reason: { code: 'not_found' } });
    const { db } = runtime.database;
    expect(await searchWorkspace(db, desk.workspaceId, 'Zeppelins', 10)).toEqual([]);
    expect(await threadsOfReport(db, desk.workspaceId, reportId)).toEqual([]);

    expect((await restoreClaim(runtime, ana, claimId)).evidence).toHaveLength(1);
    expect(await searchWorkspace(db, desk.workspaceId, 'Zeppelins', 10)).toHaveLength(1);
    expect((await react(runtime, ana, comment.id, 'heart', true)).reactions).toHaveLength(1);
  });

  test('nobody is told of a claim or a report while it is removed', async () => {
    const { runtime, workspaceId } = desk;
    const { db } = runtime.database;
    const told = () => listNotifications(db, workspaceId, vera.memberId, { limit: 50 });
    const before = (await told()).length;
    const { unread } = await countUnread(db, workspaceId, vera.memberId);
    const claimId = await newClaim();
    await assign(runtime, ana, claimId, { memberId: vera.memberId });
    expect(await told()).toHaveLength(before + 1);
    await removeClaim(runtime, ana, claimId);
    expect(await told()).toHaveLength(before);
    expect((await countUnread(db, workspaceId, vera.memberId)).unread).toBe(unread);
    await restoreClaim(runtime, ana, claimId);
    expect(await told()).toHaveLength(before + 1);
    const rights = async (): Promise<number | undefined> =>
      (await workspaceMarks(db, [workspaceId]))[0]?.rightsVersion;
    const rightsBefore = (await rights()) ?? 0;
    await removeReport(runtime, ana, reportId);
    expect(await rights(), 'nodes learn of it without the bus').toBe(rightsBefore + 1);
    expect(await told()).toEqual([]);
    await restoreReport(runtime, ana, reportId);
    expect(await told()).toHaveLength(before + 1);
  });

  test('evidence sent again is there once, and its id is taken for anybody else and after its removal', async () => {
    const { runtime } = desk;
    const [claimId, id] = [await newClaim(), randomUUID()];
    const input = { id, title: 'Log', stance: 'supports' } as const;
    const first = await addEvidence(runtime, ana, claimId, input);
    expect(await addEvidence(runtime, ana, claimId, input)).toEqual(first);
    const abroad = await desk.import(stranger, 'It took ten hours.');
    await expect(addEvidence(runtime, stranger, await newClaim(stranger, abroad.id), input)).rejects.toEqual(
      refused('id_taken'),
    );
    await removeEvidence(runtime, ana, id);
    await expect(removeEvidence(runtime, ana, id)).rejects.toEqual(refused('not_found'));
    await expect(addEvidence(runtime, ana, claimId, input)).rejects.toEqual(refused('id_taken'));
  });

  test('the assigned member says how far they are, an editor says until when', async () => {
    const { runtime } = desk;
    const { id } = await assign(runtime, ana, await newClaim(), { memberId: vera.memberId });
    expect(await changeAssignment(runtime, vera, id, { status: 'declined' })).toMatchObject({
      status: 'declined',
    });
    const dueAt = '2026-02-01T12:00:00.000Z';
    await expect(changeAssignment(runtime, vera, id, { dueAt })).rejects.toEqual(refused('forbidden'));
    expect(await changeAssignment(runtime, ana, id, { dueAt })).toMatchObject({ dueAt });
    await removeAssignment(runtime, vera, id);
    await expect(removeAssignment(runtime, ana, id)).rejects.toEqual(refused('not_found'));
  });
});
