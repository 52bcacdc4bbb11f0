import { describe, expect, test } from 'vitest';
import {
  MAX_CLAIMS_PER_REPORT,
  MAX_COMMENT_LENGTH,
  MAX_COMMENTS_BROUGHT,
  MAX_QUOTE_LENGTH,
  MAX_REPLY_DEPTH,
  MAX_THREADS_PER_REPORT,
} from '#core/limits.ts';
import type { ReadComment, ReadNote } from '#server/import/notes.ts';
import { planNotes, wordAt } from '#server/import/plan-notes.ts';

const text = 'The call lasted 75 minutes.\n\n  It was good 👍 and productive.';

function said(body: string, more: Partial<ReadComment> = {}): ReadComment {
  return { originId: null, parent: null, author: 'Ben', at: null, body, ...more };
}

function note(more: Partial<ReadNote>): ReadNote {
  return {
    kind: 'thread',
    start: 0,
    end: 0,
    isResolved: false,
    suggestion: null,
    comments: [said('Hm')],
    tags: [],
    ...more,
  };
}

function planned(more: Partial<ReadNote>) {
  const { notes, unreadable } = planNotes(text, [note(more)]);
  const [first] = notes;
  const words = first?.range == null ? null : text.slice(first.range.start, first.range.end);
  return { ...first, words, unreadable };
}

describe('where a note stands', () => {
  test('IM65 on its very words', () => {
    expect(planned({ start: 4, end: 15 })).toMatchObject({
      kind: 'thread',
      words: 'call lasted',
      unreadable: [],
    });
  });

  test.each([
    [0, 'The'],
    [3, 'The'],
    [4, 'call'],
    [5, 'call'],
    [26, 'minutes.'],
    [27, 'minutes.'],
    [29, 'It'],
    [31, 'It'],
    [33, 'It'],
    [34, 'was'],
    [44, '👍'],
    [45, '👍'],
    [text.length, 'productive.'],
    [text.length + 50, 'productive.'],
    [-3, 'The'],
  ])('IM65 a bare place at %i goes to the nearest word', (at, words) => {
    expect(planned({ start: at, end: at }).words).toBe(words);
  });

  test('IM65 a bare place in an empty line is about the report', () => {
    expect(wordAt(text, 28)).toBeNull();
    expect(planned({ start: 28, end: 28 })).toMatchObject({ kind: 'thread', range: null });
  });

  test('IM65 a note on everything is about the report', () => {
    expect(planned({ start: 4, end: 8, isAboutAll: true })).toMatchObject({ kind: 'thread', range: null });
  });

  test('IM66 marked words are a claim; who marked them and said nothing has made no comment', () => {
    expect(planned({ kind: 'claim', start: 4, end: 8, comments: [said('')] })).toMatchObject({
      kind: 'claim',
      words: 'call',
      made: { author: 'Ben' },
      comments: [],
    });
    expect(
      planned({ kind: 'claim', start: 4, end: 8, comments: [said(''), said('Why?', { parent: 0 })] })
        .comments,
    ).toHaveLength(2);
  });

  test('IM66 a mark without words is a thread if anything was said, else it is counted', () => {
    expect(planned({ kind: 'claim', start: 8, end: 9 })).toMatchObject({ kind: 'thread', words: 'call' });
    expect(planned({ kind: 'claim', start: 8, end: 9, comments: [] }).unreadable).toEqual([
      'One mark was left out: no words are marked, and nothing is said.',
    ]);
  });
});

describe('tracked changes', () => {
  const change = (kind: 'insert' | 'delete' | 'replace', start: number, end: number, words: string) =>
    planned({ kind: 'suggestion', start, end, suggestion: { kind, text: words }, comments: [said('')] });

  test('IM66 an insertion stands on the word before it', () => {
    expect(change('insert', 9, 9, 'long ')).toMatchObject({
      kind: 'suggestion',
      words: 'call ',
      suggestion: { kind: 'insert', text: 'long ' },
    });
  });

  test('IM66 an insertion before the first word of a line replaces that word by both', () => {
    expect(change('insert', 0, 0, 'Yes, ')).toMatchObject({
      words: 'The',
      suggestion: { kind: 'replace', text: 'Yes, The' },
    });
    expect(change('insert', 29, 29, 'X')).toMatchObject({
      words: '  It',
      suggestion: { kind: 'replace', text: 'X  It' },
    });
  });

  test('IM66 a deletion and a replacement stand on what they change', () => {
    expect(change('delete', 16, 19, '')).toMatchObject({ words: '75 ', suggestion: { kind: 'delete' } });
    expect(change('replace', 16, 18, '57')).toMatchObject({ words: '75', suggestion: { text: '57' } });
  });

  test('IM67 a change that nothing can stand on is a comment that says it', () => {
    expect(change('insert', 28, 28, 'A new line')).toMatchObject({
      kind: 'thread',
      range: null,
      suggestion: null,
      comments: [{ author: 'Ben', body: 'Insert: A new line' }],
      unreadable: [expect.stringContaining('One tracked change was kept as a comment')],
    });
    expect(change('delete', 8, 9, '')).toMatchObject({
      kind: 'thread',
      words: 'call',
      comments: [{ body: 'Delete these words' }],
    });
  });
});

describe('limits', () => {
  test('IM67 a long comment is cut between words into several, and no word of it is lost', () => {
    const long = 'word '.repeat(MAX_COMMENT_LENGTH / 2);
    const { comments } = planNotes(text, [
      note({
        start: 0,
        end: 3,
        comments: [said(long), said('Answer', { parent: 0 }), said('To it', { parent: 1 })],
      }),
    ]).notes[0] ?? { comments: [] };
    expect(comments.every(({ body }) => body.length <= MAX_COMMENT_LENGTH)).toBe(true);
    const parts = comments.filter(({ body }) => body.startsWith('word'));
    expect(parts.map(({ body }) => body).join('')).toBe(long);
    expect(parts.map(({ parent }) => parent)).toEqual([null, ...parts.slice(1).map(() => 0)]);
    expect(comments.slice(parts.length).map(({ parent }) => parent)).toEqual([0, parts.length]);
  });

  test('IM67 a pair of halves is never cut apart', () => {
    const [plan] = planNotes(text, [note({ comments: [said('👍'.repeat(MAX_COMMENT_LENGTH))] })]).notes;
    expect(plan?.comments.every(({ body }) => /^(👍)*$/u.test(body))).toBe(true);
  });

  test('IM67 answers deeper than anybody reads go to the deepest comment that may have some', () => {
    const chain = Array.from({ length: 3_000 }, (_, i) => said(`${i}`, { parent: i === 0 ? null : i - 1 }));
    const comments = planNotes(text, [note({ comments: chain })]).notes[0]?.comments ?? [];
    const depths: number[] = [];
    for (const { parent } of comments) depths.push(parent === null ? 0 : (depths[parent] ?? 0) + 1);
    expect(comments).toHaveLength(3_000);
    expect(Math.max(...depths)).toBe(MAX_REPLY_DEPTH);
  });

  test('IM67 marks past the number of claims become threads where something is said', () => {
    const marks = Array.from({ length: MAX_CLAIMS_PER_REPORT + 3 }, (_, i) =>
      note({
        kind: 'claim',
        start: 0,
        end: 3,
        comments: i === MAX_CLAIMS_PER_REPORT ? [said('One more')] : [],
      }),
    );
    const { notes, unreadable } = planNotes(text, marks);
    expect(notes.filter(({ kind }) => kind === 'thread')).toHaveLength(1);
    expect(notes.filter(({ kind }) => kind === 'claim')).toHaveLength(MAX_CLAIMS_PER_REPORT);
    expect(unreadable).toEqual(['2 marks were left out: a report holds at most 5,000 claims.']);
  });

  test('IM67 threads and comments past what a report holds are counted', () => {
    const many = Array.from({ length: MAX_THREADS_PER_REPORT + 1 }, () => note({}));
    expect(planNotes(text, many).notes).toHaveLength(MAX_THREADS_PER_REPORT);
    const talk = Array.from({ length: 5_001 }, () => said('x'));
    const loud = Array.from({ length: 6 }, () => note({ comments: talk }));
    const plan = planNotes(text, loud);
    expect(plan.notes.flatMap(({ comments }) => comments)).toHaveLength(MAX_COMMENTS_BROUGHT);
    expect(plan.unreadable).toEqual([
      '10,006 comments were left out: there are more than the report can hold.',
      '2 notes were left out: an import brings at most 5,000 threads with 20,000 comments.',
    ]);
  });

  test('IM67 a passage longer than may be marked is cut, and that is said', () => {
    const long = 'x'.repeat(MAX_QUOTE_LENGTH + 5);
    const { notes, unreadable } = planNotes(long, [note({ start: 0, end: long.length })]);
    expect(notes[0]?.range).toEqual({ start: 0, end: MAX_QUOTE_LENGTH - 1 });
    expect(unreadable[0]).toContain('One marked passage was cut');
  });
});
