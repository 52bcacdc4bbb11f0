/** Files that went out and come back: notes as the reader of Word files gives them, joined with a real report. */
import { beforeAll, beforeEach, expect, test } from 'vitest';
import type { CommentRecord, ThreadRecord } from '#core/records.ts';
import { threadsOfReport } from '#db/queries/threads.ts';
import { addClaim } from '#server/commands/claims.ts';
import { commentOnClaim, commentOnThread } from '#server/commands/comments.ts';
import { joinReturned, summaryOf, type Joined } from '#server/commands/returned.ts';
import { openThread, setThreadState } from '#server/commands/threads.ts';
import type { ReadComment, ReadNote } from '#server/import/notes.ts';
import { readSourceHere } from '#server/import/reader.ts';
import type { Principal } from '#server/principal.ts';
import { describeOnEveryDatabase } from '#tests/support/database.ts';
import { openDesk, type TestDesk } from '#tests/support/desk.ts';

const source = 'The call lasted 75 minutes. It was productive.\n\nA drone fell on a roof.';
const quote = (exact: string) => ({ type: 'TextQuoteSelector', exact }) as const;

/** As the export names it in Word. */
const keyOf = (id: string): string =>
  (Number.parseInt(id.slice(0, 8), 16) >>> 1).toString(16).toUpperCase().padStart(8, '0');

describeOnEveryDatabase('a file that comes back', (open) => {
  let desk: TestDesk;
  let ana: Principal;
  let dara: Principal;
  let reportId: string;
  let claimId: string;
  let thread: ThreadRecord;
  let reply: CommentRecord;
  let onClaim: CommentRecord;

  beforeAll(async () => {
    desk = await openDesk(await open());
    ana = await desk.join('Ana', 'owner');
    dara = await desk.join('Dara', 'commenter');
  }, 60_000);

  beforeEach(async () => {
    reportId = (await desk.import(ana, source)).id;
    claimId = (await addClaim(desk.runtime, ana, reportId, { selector: quote('75 minutes') })).id;
    onClaim = await commentOnClaim(desk.runtime, ana, claimId, { body: 'Which clock?' });
    thread = await openThread(desk.runtime, dara, reportId, {
      selector: quote('productive'),
      body: 'For whom?',
    });
    reply = await commentOnThread(desk.runtime, ana, thread.id, { body: 'For both.' });
  });

  const out = (comment: CommentRecord, more: Partial<ReadComment> = {}): ReadComment => ({
    originId: keyOf(comment.id),
    parent: null,
    author: comment.author.name,
    at: comment.at,
    body: comment.body,
    ...more,
  });
  const theirs = (body: string, originId: string, more: Partial<ReadComment> = {}): ReadComment => ({
    originId,
    parent: null,
    author: 'Lawyer',
    at: '2026-02-01T10:00:00Z',
    body,
    ...more,
  });
  const first = (): CommentRecord => {
    const [comment] = thread.comments;
    if (comment === undefined) throw new Error('the thread is empty');
    return comment;
  };
  const onWords = (comments: readonly ReadComment[], words = 'productive', more: Partial<ReadNote> = {}) => ({
    words,
    comments,
    ...more,
  });
  const send = async (
    notes: readonly (Partial<ReadNote> & { words: string })[],
    { text = source, name = JSON.stringify(notes) } = {},
  ): Promise<Joined> => {
    const read = await readSourceHere({
      bytes: new TextEncoder().encode(text),
      name: null,
      declared: 'text',
    });
    return joinReturned(desk.runtime, ana, reportId, {
      bytes: new TextEncoder().encode(name),
      read: {
        ...read,
        kind: 'docx',
        notes: notes.map(({ words, ...note }): ReadNote => ({
          kind: 'thread',
          start: read.text.indexOf(words),
          end: read.text.indexOf(words) + words.length,
          isResolved: false,
          suggestion: null,
          tags: [],
          comments: [],
          ...note,
        })),
      },
    });
  };
  const threads = (): Promise<ThreadRecord[]> =>
    threadsOfReport(desk.runtime.database.db, desk.workspaceId, reportId);
  const inThread = async (id: string) => (await threads()).find((one) => one.id === id)?.comments ?? [];

  test('IM79 its answers go under what they answer, on words and on claims', async () => {
    const joined = await send([
      onWords([out(first()), out(reply, { parent: 0 }), theirs('For nobody.', '0A0B0C0D', { parent: 0 })]),
      onWords(
        [
          {
            originId: keyOf(claimId),
            parent: null,
            author: 'Ana',
            at: '2026-01-05T09:00:00Z',
            body: 'Claim 1 · Open',
          },
          out(onClaim, { parent: 0 }),
          theirs('The one on the wall.', '0A0B0C0E', { parent: 0 }),
        ],
        '75 minutes',
      ),
    ]);
    expect(joined).toMatchObject({
      repliesAdded: 2,
      threadsAdded: 0,
      textsChanged: 0,
      toPlace: [],
      unreadable: [],
    });
    expect(summaryOf(joined)).toBe('2 replies added');
    expect(await inThread(thread.id)).toMatchObject([
      { body: 'For whom?' },
      { body: 'For both.' },
      {
        body: 'For nobody.',
        parentId: first().id,
        author: { id: null, name: 'Lawyer' },
        at: '2026-02-01T10:00:00.000Z',
      },
    ]);
    expect(await inThread(onClaim.threadId)).toMatchObject([
      { body: 'Which clock?' },
      { body: 'The one on the wall.' },
    ]);
  });

  test('IM79 begins the talk of a claim that had none', async () => {
    const { id } = await addClaim(desk.runtime, ana, reportId, { selector: quote('A drone fell') });
    await send([
      onWords(
        [
          { originId: keyOf(id), parent: null, author: 'Ana', at: null, body: 'Claim 2' },
          theirs('Two fell.', '0A0B0C0D', { parent: 0 }),
          theirs('No, one.', '0A0B0C0E', { parent: 0 }),
        ],
        'A drone fell',
      ),
    ]);
    expect((await threads()).find((one) => one.claimId === id)?.comments).toMatchObject([
      { body: 'Two fell.', parentId: null },
      { body: 'No, one.', parentId: null },
    ]);
  });

  test('IM79 new comments open threads on their words, tracked changes are suggestions', async () => {
    const joined = await send([
      onWords([theirs('A kite?', '0A0B0C0D'), theirs('Yes', '0A0B0C0E', { parent: 0 })], 'drone', {
        isResolved: true,
      }),
      onWords([theirs('', '7')], 'roof', {
        kind: 'suggestion',
        suggestion: { kind: 'replace', text: 'wall' },
      }),
    ]);
    expect(joined).toMatchObject({ repliesAdded: 0, threadsAdded: 1, suggestionsAdded: 1 });
    const all = await threads();
    expect(all.find(({ quote: words }) => words?.exact === 'drone')).toMatchObject({
      state: 'resolved',
      anchor: { state: 'anchored' },
      comments: [{ body: 'A kite?' }, { body: 'Yes' }],
    });
    expect(all.find(({ suggestion }) => suggestion !== null)).toMatchObject({
      quote: { exact: 'roof' },
      suggestion: { text: 'wall', by: { name: 'Lawyer' } },
    });
  });

  test('IM79 knows its own without the digits, and does not believe digits alone', async () => {
    const joined = await send([
      onWords([out(first(), { originId: 'Dara 2026 3' }), theirs('So?', '4', { parent: 0 })]),
      onWords([theirs('Chance', keyOf(reply.id))], 'roof'),
    ]);
    expect(joined).toMatchObject({ repliesAdded: 1, threadsAdded: 1, alreadyThere: 1 });
    expect((await inThread(thread.id)).at(-1)).toMatchObject({ body: 'So?', parentId: first().id });
  });

  test('IM80 the words of a changed comment answer it, and it stays as it is', async () => {
    const changed = onWords([out(first(), { body: 'For whom, exactly?' }), out(reply, { parent: 0 })]);
    expect(await send([changed])).toMatchObject({ textsChanged: 1, repliesAdded: 0 });
    expect(await inThread(thread.id)).toMatchObject([
      { body: 'For whom?' },
      { body: 'For both.' },
      { body: '(changed in the returned file) For whom, exactly?', parentId: first().id },
    ]);
    expect(await send([changed], { name: 'saved again' })).toMatchObject({ textsChanged: 0 });
    expect(await send([onWords([out(first(), { body: ' For\u00a0whom? ' })])])).toMatchObject({
      textsChanged: 0,
    });
  });

  test('IM80 what has no place here is kept without one and listed', async () => {
    const joined = await send(
      [onWords([out(first())]), onWords([theirs('And this?', '0A0B0C0D')], 'a hole')],
      {
        text: `${source}\n\nIt left a hole.`,
      },
    );
    const [unplaced] = joined.toPlace;
    expect(joined).toMatchObject({
      threadsAdded: 1,
      toPlace: [{ quote: 'a hole', author: 'Lawyer', words: 'And this?' }],
    });
    expect(summaryOf(joined)).toBe('1 thread added, 1 to place');
    expect((await threads()).find(({ id }) => id === unplaced?.threadId)).toMatchObject({
      anchor: { state: 'orphaned' },
      quote: { exact: 'a hole' },
      comments: [{ body: 'And this?' }],
    });
  });

  test('IM80 the same file again makes nothing, nor the same comments saved once more', async () => {
    const notes = [
      onWords([out(first()), theirs('No.', '0A0B0C0D', { parent: 0 })], 'productive', { isResolved: true }),
      onWords([theirs('A kite?', '0A0B0C0E')], 'drone'),
    ];
    expect(await send(notes)).toMatchObject({ repliesAdded: 1, threadsAdded: 1, resolved: 1 });
    await setThreadState(desk.runtime, ana, thread.id, 'open');
    const before = await threads();
    expect(await send(notes)).toMatchObject({
      repliesAdded: 0,
      threadsAdded: 0,
      resolved: 0,
      alreadyThere: 3,
    });
    expect(await threads()).toEqual(before);
    expect(summaryOf(await send(notes))).toBe('Nothing new');
    expect(await send(notes, { name: 'saved again' })).toMatchObject({
      repliesAdded: 0,
      threadsAdded: 0,
      alreadyThere: 3,
    });
  });

  test('IM79 an answer opens a thread again, unless the file says that it is dealt with', async () => {
    await setThreadState(desk.runtime, ana, thread.id, 'resolved');
    expect(await send([onWords([out(first()), theirs('But', '1', { parent: 0 })])])).toMatchObject({
      reopened: 1,
      resolved: 0,
    });
    await setThreadState(desk.runtime, ana, thread.id, 'resolved');
    const done = onWords([out(first()), theirs('Fine', '2', { parent: 0 })], 'productive', {
      isResolved: true,
    });
    expect(await send([done])).toMatchObject({ reopened: 0, resolved: 0, repliesAdded: 1 });
    expect((await threads()).find(({ id }) => id === thread.id)?.state).toBe('resolved');
  });

  test('IM80 changes that are not tracked are said and not taken over', async () => {
    const joined = await send([onWords([out(first())])], { text: source.replace('roof', 'wall') });
    expect(joined.unreadable).toEqual([
      'One line of the text is not in the file as here; only tracked changes were taken over.',
    ]);
  });

  test('IM79 a file of something else is refused', async () => {
    await expect(
      send([onWords([theirs('Hm', '1')], 'Nothing')], { text: 'Nothing of it.' }),
    ).rejects.toMatchObject({ code: 'invalid_input' });
    await expect(
      joinReturned(desk.runtime, dara, reportId, {
        bytes: new Uint8Array(),
        read: await readSourceHere({ bytes: new TextEncoder().encode('x'), name: null, declared: 'text' }),
      }),
    ).rejects.toMatchObject({ code: 'forbidden' });
  });
});
