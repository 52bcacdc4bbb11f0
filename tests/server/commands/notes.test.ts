/** What a source says beside its text, stored: read back as everybody outside sees it. */
import { beforeAll, expect, test } from 'vitest';
import type { ClaimRecord, ThreadRecord } from '#core/records.ts';
import { flattenNode } from '#core/text/flatten-node.ts';
import { claimsOfReport } from '#db/queries/claims.ts';
import { threadsOfReport } from '#db/queries/threads.ts';
import { keepRead, readForImport } from '#server/commands/reports.ts';
import type { ReadComment, ReadNote } from '#server/import/notes.ts';
import { planNotes } from '#server/import/plan-notes.ts';

import type { Principal } from '#server/principal.ts';
import { projectReport } from '#server/views/projection.ts';
import { describeOnEveryDatabase } from '#tests/support/database.ts';
import { openDesk, type TestDesk } from '#tests/support/desk.ts';

const source = 'The call lasted 75 minutes. It was productive.\n\nA drone fell.';

function comment(body: string, more: Partial<ReadComment> = {}): ReadComment {
  return {
    originId: null,
    parent: null,
    author: 'Zoë Braun',
    at: '2024-05-01T10:00:00+02:00',
    body,
    ...more,
  };
}

describeOnEveryDatabase('notes of a source', (open) => {
  let desk: TestDesk;
  let ana: Principal;

  beforeAll(async () => {
    desk = await openDesk(await open());
    ana = await desk.join('Ana', 'owner');
  }, 60_000);

  const keep = async (
    make: (text: string) => readonly Partial<ReadNote>[],
  ): Promise<{ reportId: string; threads: ThreadRecord[]; claims: ClaimRecord[] }> => {
    const bytes = new TextEncoder().encode(source);
    const input = { bytes, name: 'a.txt', declared: 'text' } as const;
    const read = await readForImport(input);
    const notes = make(flattenNode(read.doc).text).map((note): ReadNote => ({
      kind: 'thread',
      start: 0,
      end: 8,
      isResolved: false,
      suggestion: null,
      comments: [comment('Hm')],
      tags: [],
      ...note,
    }));
    const plan = planNotes(read.text, notes);
    const { id: reportId } = await keepRead(desk.runtime, ana, { input, read, notes: plan.notes });
    const { db } = desk.runtime.database;
    return {
      reportId,
      threads: await threadsOfReport(db, desk.workspaceId, reportId),
      claims: await claimsOfReport(db, desk.workspaceId, reportId),
    };
  };

  test('IM65 a comment is a thread on its words, with names, times, answers and its state', async () => {
    const { threads, reportId } = await keep((text) => [
      {
        start: text.indexOf('75 minutes'),
        end: text.indexOf('75 minutes') + 10,
        isResolved: true,
        comments: [
          comment('Which clock?', { originId: '7' }),
          comment('Both.', { parent: 0, author: null, at: null }),
          comment('Good.', { parent: 1, at: 'yesterday' }),
        ],
      },
    ]);
    expect(threads).toHaveLength(1);
    const [thread] = threads;
    const [first, second, third] = thread?.comments ?? [];
    expect(thread).toMatchObject({
      claimId: null,
      state: 'resolved',
      quote: { exact: '75 minutes' },
      anchor: { exact: '75 minutes', state: 'anchored', confidence: 1 },
      createdAt: '2024-05-01T08:00:00.000Z',
    });
    expect(first).toMatchObject({
      author: { id: null, name: 'Zoë Braun' },
      at: '2024-05-01T08:00:00.000Z',
      parentId: null,
    });
    expect(second).toMatchObject({ author: { id: null, name: 'Unknown' }, parentId: first?.id });
    expect(third).toMatchObject({ parentId: second?.id });
    const projection = await projectReport(desk.runtime, ana, reportId);
    expect(projection.threads[0]?.anchor).toMatchObject({ exact: '75 minutes', state: 'anchored' });
  });

  test('IM65 what was said in the same minute keeps its order', async () => {
    const bodies = Array.from({ length: 40 }, (_, i) => `${i}`);
    const { threads } = await keep(() => [{ comments: bodies.map((body) => comment(body)) }]);
    expect(threads[0]?.comments.map(({ body }) => body)).toEqual(bodies);
  });

  test('IM65 a note on the whole report has no place and is in every export', async () => {
    const { threads, reportId } = await keep(() => [
      { isAboutAll: true, comments: [comment('Well written')] },
    ]);
    expect(threads[0]).toMatchObject({ anchor: null, quote: null, claimId: null });
    expect((await projectReport(desk.runtime, ana, reportId)).threads[0]?.comments[0]?.body).toBe(
      'Well written',
    );
  });

  test('IM66 marked words are an open claim of whoever marked them, with its talk and tags', async () => {
    const { claims, threads, reportId } = await keep(() => [
      {
        kind: 'claim',
        tags: ['call', ' call ', ''],
        comments: [comment('Check this'), comment('Done', { parent: 0 })],
      },
      { kind: 'claim', start: 4, end: 8, comments: [] },
    ]);
    const [first, second] = claims;
    expect(first).toMatchObject({
      quote: { exact: 'The call' },
      status: 'open',
      tags: ['call'],
      createdBy: { id: null, name: 'Zoë Braun' },
      createdAt: '2024-05-01T08:00:00.000Z',
    });
    expect(second).toMatchObject({ quote: { exact: 'call' }, createdBy: { id: ana.memberId } });
    expect(threads).toMatchObject([
      { claimId: first?.id, anchor: null, comments: [{ body: 'Check this' }, { body: 'Done' }] },
    ]);
    const { claims: placed } = await projectReport(desk.runtime, ana, reportId);
    expect(placed.map(({ anchor }) => [anchor.exact, anchor.state])).toEqual([
      ['The call', 'anchored'],
      ['call', 'anchored'],
    ]);
  });

  test('IM66 a tracked change is a pending suggestion of its author', async () => {
    const { threads } = await keep(() => [
      {
        kind: 'suggestion',
        start: 0,
        end: 3,
        suggestion: { kind: 'replace', text: 'This' },
        comments: [comment('')],
      },
      { kind: 'suggestion', start: 4, end: 8, suggestion: { kind: 'delete', text: '' }, comments: [] },
    ]);
    expect(threads.map(({ suggestion, quote }) => [quote?.exact, suggestion])).toEqual(
      expect.arrayContaining([
        [
          'The',
          {
            kind: 'replace',
            text: 'This',
            state: 'pending',
            by: { id: null, name: 'Zoë Braun' },
            decidedBy: null,
          },
        ],
        [
          'call',
          { kind: 'delete', text: '', state: 'pending', by: { id: null, name: 'Unknown' }, decidedBy: null },
        ],
      ]),
    );
  });

  test('IM68 what comes from outside mentions nobody here and holds nothing that cannot be stored', async () => {
    const mention = `@[Ana](member:${ana.memberId})`;
    const nested = `@[@[x](member:${ana.memberId})](member:${ana.memberId})`;
    const { threads } = await keep(() => [
      { comments: [comment(`\0Hello ${mention}, \ud800${nested}`, { author: ' \0A\n B ', originId: '\0' })] },
    ]);
    const [said] = threads[0]?.comments ?? [];
    expect(said?.body).not.toContain('member:' + ana.memberId + ')](');
    expect(said?.body).not.toMatch(/@\[[^\]]+\]\(member:/);
    expect(said?.body).toContain('Hello @Ana, \ufffd');
    expect(said?.author.name).toBe('A B');
  });
});
