import { randomUUID } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import type { ErrorCode } from '#core/errors.ts';
import { mentionOf } from '#core/mentions.ts';
import { searchWorkspace } from '#db/queries/search.ts';
import { threadsOfReport } from '#db/queries/threads.ts';
import { addClaim, removeClaim, restoreClaim } from '#server/commands/claims.ts';
import {
  changeComment,
  commentOnClaim,
  commentOnThread,
  commentsOfClaim,
  react,
  removeComment,
} from '#server/commands/comments.ts';
import { openThread, setClaimThreadState } from '#server/commands/threads.ts';
import type { Principal } from '#server/principal.ts';
import { describeOnEveryDatabase } from '#tests/support/database.ts';
import { openDesk, type TestDesk } from '#tests/support/desk.ts';

describeOnEveryDatabase('threads', (open) => {
  let desk: TestDesk;
  let ana: Principal;
  let dara: Principal;
  let viewer: Principal;
  let reportId: string;

  beforeAll(async () => {
    desk = await openDesk(await open());
    ana = await desk.join('Ana', 'owner');
    dara = await desk.join('Dara', 'commenter');
    viewer = await desk.join('Vera', 'viewer');
    reportId = (await desk.import(ana, 'The call lasted 75 minutes. It was productive.')).id;
  }, 60_000);

  const newClaim = async (): Promise<string> =>
    (
      await addClaim(desk.runtime, ana, reportId, {
        selector: { type: 'TextQuoteSelector', exact: '75 minutes' },
      })
    ).id;
  const refused = (code: ErrorCode) => expect.objectContaining({ code });
  const say = (
    who: Principal,
    claimId: string,
    body: string,
    more: { id?: string; parentId?: string; deskOnly?: boolean } = {},
  ) => commentOnClaim(desk.runtime, who, claimId, { body, ...more });

  test('TH2: a commenter comments and replies, a viewer does not', async () => {
    const claimId = await newClaim();
    const first = await say(dara, claimId, 'Which clock?');
    const reply = await say(ana, claimId, 'Both.', { parentId: first.id });
    expect(reply).toMatchObject({ parentId: first.id, threadId: first.threadId, author: { name: 'Ana' } });
    await expect(say(viewer, claimId, 'Hello')).rejects.toEqual(refused('forbidden'));
  });

  test('TH3: the same comment sent twice arrives once, also at the same moment', async () => {
    const claimId = await newClaim();
    const id = randomUUID();
    await Promise.all([say(dara, claimId, 'Once', { id }), say(dara, claimId, 'Once', { id })]);
    expect(await commentsOfClaim(desk.runtime, dara, claimId)).toHaveLength(1);
    await expect(say(ana, claimId, 'Mine', { id })).rejects.toEqual(refused('id_taken'));
  });

  test('a comment sent again answers the same though what it answers was deleted since', async () => {
    const claimId = await newClaim();
    const first = await say(ana, claimId, 'A question');
    const more = { id: randomUUID(), parentId: first.id };
    const reply = await say(dara, claimId, 'An answer', more);
    await removeComment(desk.runtime, ana, first.id);
    expect(await say(dara, claimId, 'An answer', more)).toEqual(reply);
  });

  test('a thread opened again answers the same though its words were changed since', async () => {
    const { id: elsewhere } = await desk.import(ana, 'A drone fell.');
    const exact = 'A drone fell';
    const input = {
      id: randomUUID(),
      selector: { type: 'TextQuoteSelector', exact } as const,
      body: 'Where?',
    };
    const opened = await openThread(desk.runtime, dara, elsewhere, input);
    const gone = { ...input, selector: { ...input.selector, exact: 'Two drones fell' } };
    expect(await openThread(desk.runtime, dara, elsewhere, gone)).toEqual(opened);
    await expect(openThread(desk.runtime, ana, elsewhere, input)).rejects.toEqual(refused('id_taken'));
  });

  test('a thread whose first comment has an id that is taken is not opened', async () => {
    const claimId = await newClaim();
    const { id: commentId } = await say(dara, claimId, 'Mine');
    const id = randomUUID();
    const selector = { type: 'TextQuoteSelector', exact: 'It was productive' } as const;
    await expect(
      openThread(desk.runtime, ana, reportId, { id, selector, body: 'Hm', commentId }),
    ).rejects.toEqual(refused('id_taken'));
    const threads = await threadsOfReport(desk.runtime.database.db, desk.workspaceId, reportId);
    expect(threads.some((thread) => thread.id === id)).toBe(false);
  });

  test('TH4: a mention tells the member, a reply the author, and nobody is told twice', async () => {
    const claimId = await newClaim();
    const first = await say(dara, claimId, 'First');
    desk.announced.length = 0;
    await say(ana, claimId, `Look, ${mentionOf({ id: dara.memberId, name: 'Dara' })}`, {
      parentId: first.id,
    });
    const told = desk.announced.flatMap((event) => (event.name === 'notification.added' ? [event] : []));
    expect(told.map((event) => [event.onlyMemberId, event.payload.notification.kind])).toEqual([
      [dara.memberId, 'mention'],
    ]);
    expect(told[0]?.payload.notification.excerpt).toBe('Look, @Dara');
  });

  test('TH5: mentioning somebody who is no member is refused by name', async () => {
    const claimId = await newClaim();
    const nobody = randomUUID();
    await expect(say(dara, claimId, `@[Nobody](member:${nobody})`)).rejects.toThrow(nobody);
    expect(await commentsOfClaim(desk.runtime, dara, claimId)).toEqual([]);
  });

  test('TH11: what was said of a removed claim is gone with it and comes back with it', async () => {
    const claimId = await newClaim();
    const { id, threadId } = await say(dara, claimId, 'Whose timepiece was it?');
    const { db } = desk.runtime.database;
    const isListed = async (): Promise<boolean> =>
      (await threadsOfReport(db, ana.workspaceId, reportId)).some((thread) => thread.id === threadId);
    const isFound = async (): Promise<boolean> =>
      (await searchWorkspace(db, ana.workspaceId, 'timepiece', 10)).some((hit) => hit.id === id);
    expect([await isListed(), await isFound()]).toEqual([true, true]);
    await removeClaim(desk.runtime, ana, claimId);
    expect([await isListed(), await isFound()]).toEqual([false, false]);
    await expect(changeComment(desk.runtime, dara, id, 'More')).rejects.toEqual(refused('not_found'));
    await expect(commentOnThread(desk.runtime, dara, threadId, { body: 'More' })).rejects.toEqual(
      refused('not_found'),
    );
    await restoreClaim(desk.runtime, ana, claimId);
    expect([await isListed(), await isFound()]).toEqual([true, true]);
  });

  test('TH6: one changes and deletes one’s own only; replies to a deleted one stay', async () => {
    const claimId = await newClaim();
    const first = await say(dara, claimId, 'Tpyo');
    await say(ana, claimId, 'Reply', { parentId: first.id });
    await expect(changeComment(desk.runtime, ana, first.id, 'Mine now')).rejects.toEqual(
      refused('forbidden'),
    );
    await expect(removeComment(desk.runtime, ana, first.id)).rejects.toEqual(refused('forbidden'));
    expect(await changeComment(desk.runtime, dara, first.id, 'Typo')).toMatchObject({ body: 'Typo' });
    await removeComment(desk.runtime, dara, first.id);
    const left = await commentsOfClaim(desk.runtime, ana, claimId);
    expect(left.map((comment) => [comment.deleted, comment.body])).toEqual([
      [true, ''],
      [false, 'Reply'],
    ]);
  });

  test('TH7: an editor resolves and reopens; a new comment reopens too', async () => {
    const claimId = await newClaim();
    await say(dara, claimId, 'Done?');
    await expect(setClaimThreadState(desk.runtime, dara, claimId, 'resolved')).rejects.toEqual(
      refused('forbidden'),
    );
    expect(await setClaimThreadState(desk.runtime, ana, claimId, 'resolved')).toMatchObject({
      state: 'resolved',
      resolvedBy: { name: 'Ana' },
    });
    await say(dara, claimId, 'Not yet');
    const [thread] = (await threadsOfReport(desk.runtime.database.db, desk.workspaceId, reportId)).filter(
      (one) => one.claimId === claimId,
    );
    expect(thread).toMatchObject({ state: 'open', resolvedBy: null });
  });

  test('TH8: what is desk only is a thread of its own on the same claim', async () => {
    const claimId = await newClaim();
    await say(dara, claimId, 'For all');
    await say(ana, claimId, 'Among us', { deskOnly: true });
    const threads = (await threadsOfReport(desk.runtime.database.db, desk.workspaceId, reportId)).filter(
      (one) => one.claimId === claimId,
    );
    expect(
      threads.map((thread) => [thread.deskOnly, thread.comments.map((comment) => comment.body)]),
    ).toEqual(
      expect.arrayContaining([
        [false, ['For all']],
        [true, ['Among us']],
      ]),
    );
  });

  test('TH9: a thread opens on plain words and is found with its place', async () => {
    const id = randomUUID();
    const selector = { type: 'TextQuoteSelector', exact: 'It was productive' } as const;
    const input = { id, commentId: randomUUID(), selector, body: 'Says who?' };
    const thread = await openThread(desk.runtime, dara, reportId, input);
    expect(thread).toMatchObject({
      claimId: null,
      anchor: { exact: 'It was productive', state: 'anchored' },
      comments: [{ body: 'Says who?' }],
    });
    expect(await openThread(desk.runtime, dara, reportId, input)).toEqual(thread);
    await commentOnThread(desk.runtime, ana, id, { body: 'Both did' });
  });

  test('TH10: a reaction counts once for each person and can be taken back', async () => {
    const { id } = await say(dara, await newClaim(), 'Nice');
    await react(desk.runtime, ana, id, 'eyes', true);
    expect((await react(desk.runtime, ana, id, 'eyes', true)).reactions).toMatchObject([
      { name: 'eyes', by: [{ name: 'Ana' }] },
    ]);
    expect((await react(desk.runtime, ana, id, 'eyes', false)).reactions).toEqual([]);
  });
});
