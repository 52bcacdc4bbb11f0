import { describe, expect, test } from 'vitest';
import { by, comment, del, from, ins, p, r, readWordFile, say, to, type WordParts } from './word-file.ts';

async function notes(given: WordParts): Promise<string[]> {
  const imported = await readWordFile(given);
  return imported.notes.map((note) => say(imported, note));
}

describe('IM24: comments', () => {
  test('stand on their ranges, which may overlap and cross paragraphs and tables', async () => {
    const cell = (content: string): string => `<w:tc>${content}</w:tc>`;
    const body =
      p(r('One ') + from(1) + r('two ') + from(2) + r('three')) +
      p(r('four') + to(1) + r(' five')) +
      `<w:tbl><w:tr>${cell(p(r('six') + to(2)))}${cell(p(r('seven')))}</w:tr></w:tbl>`;
    expect(await notes({ body, comments: comment(1, 'a') + comment(2, 'b') })).toEqual([
      '“two three\nfour” | Cleo: a',
      '“three\nfour five\nsix” | Cleo: b',
    ]);
  });

  test('begin and end between blocks', async () => {
    const body = p(r('One')) + from(1) + p(r('two')) + to(1).replace(/<w:r>.*/, '') + p(r('three'));
    expect(await notes({ body, comments: comment(1, 'a') })).toEqual(['“two” | Cleo: a']);
  });

  const [reference, begin, end] = [
    to(1).replace(/<w:commentRangeEnd[^>]*>/, ''),
    from(1),
    '<w:commentRangeEnd w:id="1"/>',
  ];
  test.each([
    ['only a reference', r('one ') + reference + r('two'), 4],
    ['a start and a reference', begin + r('one ') + reference + r('two'), 4],
    ['an end and a reference', r('one ') + end + reference + r('two'), 4],
    ['an end before its start', end + r('one ') + begin + r('two') + reference, 7],
    ['only a start', r('one ') + begin + r('two'), 4],
  ])('with %s stand at a point', async (_, content, at) => {
    const imported = await readWordFile({ body: p(content), comments: comment(1, 'a') });
    expect(imported.text).toBe('one two');
    expect(imported.notes.map(({ start, end: past }) => [start, past])).toEqual([[at, at]]);
  });

  test('that the text never mentions are about the whole, which is said', async () => {
    const { notes: read, unreadable } = await readWordFile({ body: p(r('one')), comments: comment(1, 'a') });
    expect(read.map(({ isAboutAll }) => isAboutAll)).toEqual([true]);
    expect(unreadable).toEqual(['One comment stands nowhere in the text; it is kept as one on the whole.']);
  });

  test('that are missing in the file are said', async () => {
    const { notes: none, unreadable } = await readWordFile({
      body: p(from(7) + r('one') + to(7)),
      comments: comment(1, 'a'),
    });
    expect(none).toHaveLength(1);
    expect(unreadable[0]).toBe('One comment that the text refers to is missing in the file.');
  });

  test('keep answers, answers to answers and what is resolved', async () => {
    const answers = (id: number, to_: number | null, done = 0): string =>
      `<w15:commentEx w15:paraId="0000000${id}"${to_ === null ? '' : ` w15:paraIdParent="0000000${to_}"`} w15:done="${done}"/>`;
    expect(
      await notes({
        body: p(from(1) + r('one') + to(1) + from(4) + r(' two') + to(4)),
        comments: comment(3, 'c') + comment(2, 'b') + comment(1, 'a') + comment(4, 'd'),
        commentsExtended: answers(1, null, 1) + answers(2, 1) + answers(3, 2) + answers(4, null),
      }),
    ).toEqual(['“one” resolved | Cleo: a | Cleo: b (to 0) | Cleo: c (to 1)', '“two” | Cleo: d']);
  });

  test('that answer themselves in a circle are kept, each once', async () => {
    const answers = (id: number, to_: number): string =>
      `<w15:commentEx w15:paraId="0000000${id}" w15:paraIdParent="0000000${to_}"/>`;
    expect(
      await notes({
        body: p(from(1) + r('one') + to(1) + from(4) + r(' two') + to(4)),
        comments: comment(1, 'a') + comment(2, 'b') + comment(3, 'c') + comment(4, 'd'),
        commentsExtended: answers(1, 3) + answers(2, 1) + answers(3, 2) + answers(4, 4),
      }),
    ).toEqual(['“one” | Cleo: a | Cleo: b (to 0) | Cleo: c (to 1)', '“two” | Cleo: d']);
  });

  test('say their paragraphs, addresses and author, or else the initials', async () => {
    const body = p(from(1) + r('one') + to(1));
    const words = `<w:comment w:id="1" w:author="" w:initials="CC">${p(r('See '))}${p(
      `<w:hyperlink r:id="x">${r('this')}</w:hyperlink>`,
    )}</w:comment>`;
    const relations =
      '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="x" Type="/hyperlink" Target="https://example.org/" TargetMode="External"/></Relationships>';
    expect(
      await notes({ body, comments: words, parts: { 'word/_rels/comments.xml.rels': relations } }),
    ).toEqual(['“one” | CC: See\nthis (https://example.org/)']);
  });

  test.each([
    ['2026-01-02T10:00:00Z', '2026-01-02T10:00:00.000Z'],
    ['2026-01-02T10:00:00', '2026-01-02T10:00:00.000Z'],
    ['2026-01-02T10:00:00+02:00', '2026-01-02T08:00:00.000Z'],
    ['0000-00-00T00:00:00Z', null],
    ['yesterday', null],
  ])('with the time %s', async (date, at) => {
    const imported = await readWordFile({
      body: p(from(1) + r('one') + to(1)),
      comments: comment(1, 'a', `w:date="${date}"`),
    });
    expect(imported.notes[0]?.comments[0]?.at).toBe(at);
  });
});

describe('IM25: what a comment is called', () => {
  const body = p(from(1) + r('one') + to(1));
  const comments = comment(1, 'a', 'w:author="Cleo" w:date="2026-01-02T10:00:00Z"');

  test.each([
    [
      'its lasting id',
      { commentsIds: '<w16cid:commentId w16cid:paraId="00000001" w16cid:durableId="2bee9eec"/>' },
      '2BEE9EEC',
    ],
    ['else the id of its paragraph', {}, '00000001'],
    [
      'else who, when and which',
      { comments: comments.replace(/ w14:paraId="\d+"/, '') },
      'Cleo 2026-01-02T10:00:00Z 1',
    ],
  ])('%s', async (_, more, expected) => {
    const { notes: read } = await readWordFile({ body, comments, ...more });
    expect(read[0]?.comments[0]?.originId).toBe(expected);
  });

  test('and its time in UTC, where the file has it', async () => {
    const { notes: read } = await readWordFile({
      body,
      comments,
      commentsIds: '<w16cid:commentId w16cid:paraId="00000001" w16cid:durableId="2BEE9EEC"/>',
      commentsExtensible:
        '<w16cex:commentExtensible w16cex:durableId="2BEE9EEC" w16cex:dateUtc="2026-01-02T08:00:00Z"/>',
    });
    expect(read[0]?.comments[0]?.at).toBe('2026-01-02T08:00:00.000Z');
  });
});

describe('IM23: tracked changes', () => {
  const mark = (change: string): string => `<w:rPr>${change}</w:rPr>`;
  const inserted = mark(`<w:ins ${by('Ben')}/>`);
  const deleted = mark(`<w:del ${by('Ben')}/>`);

  test.each([
    [
      'an insertion',
      p(r('one ') + ins('Ben', r('and ')) + r('two')),
      'one two',
      ['“” insert “and ” | Ben: '],
    ],
    ['a deletion', p(r('one ') + del('Ben', 'and ') + r('two')), 'one and two', ['“and ” delete “” | Ben: ']],
    [
      'a deletion and an insertion by one person',
      p(r('lasted ') + del('Ben', 'ten') + ins('Ben', r('nine')) + r(' hours')),
      'lasted ten hours',
      ['“ten” replace “nine” | Ben: '],
    ],
    [
      'the same the other way round',
      p(r('lasted ') + ins('Ben', r('nine')) + del('Ben', 'ten') + r(' hours')),
      'lasted ten hours',
      ['“ten” replace “nine” | Ben: '],
    ],
    [
      'changes of two people at one place',
      p(r('lasted ') + del('Ben', 'ten') + ins('Ada', r('nine'))),
      'lasted ten',
      ['“ten” delete “” | Ben: ', '“” insert “nine” | Ada: '],
    ],
    [
      'a move',
      p(
        `<w:moveFrom ${by('Ben')}>${r('one ')}</w:moveFrom>${r('two')}<w:moveTo ${by('Ben')}>${r(' one')}</w:moveTo>`,
      ),
      'one two',
      ['“one ” delete “” | Ben: ', '“” insert “ one” | Ben: '],
    ],
    [
      'a paragraph that is put in',
      p(r('one')) + p(ins('Ben', r('new')), inserted) + p(r('two')),
      'one\ntwo',
      ['“” insert “new\n” | Ben: '],
    ],
    [
      'a paragraph that is put in after another',
      p(r('one'), inserted) + p(ins('Ben', r('new'))) + p(r('two')),
      'one\ntwo',
      ['“” insert “\nnew” | Ben: '],
    ],
    [
      'a paragraph that is taken out',
      p(r('one')) + p(del('Ben', 'old'), deleted) + p(r('two')),
      'one\nold\ntwo',
      ['“old\n” delete “” | Ben: '],
    ],
    [
      'an insertion after a space at the end of a line',
      p(r('one ') + ins('Ben', r('two'))),
      'one',
      ['“” insert “ two” | Ben: '],
    ],
    [
      'an insertion before a space at its start',
      p(ins('Ben', r('one')) + r(' two')),
      ' two',
      ['“” insert “one” | Ben: '],
    ],
  ])('%s', async (_, body, text, expected) => {
    const imported = await readWordFile({ body });
    expect(imported.text).toBe(text);
    expect(imported.notes.map((note) => say(imported, note))).toEqual(expected);
  });

  test('two paragraphs that somebody parts are one in the text', async () => {
    const { text, unreadable } = await readWordFile({ body: p(r('one '), inserted) + p(r('two')) });
    expect(text).toBe('one two');
    expect(unreadable).toEqual([
      'One tracked change of a paragraph break alone is not kept as a suggestion.',
    ]);
  });

  test('what was put in and taken out again is neither text nor suggestion', async () => {
    const {
      text,
      notes: none,
      unreadable,
    } = await readWordFile({
      body: p(r('one ') + ins('Ben', del('Ada', 'and ')) + r('two')),
    });
    expect([text, none, unreadable]).toEqual([
      'one two',
      [],
      ['One insertion that was itself deleted again was left out: “and”.'],
    ]);
  });

  test('rows that somebody puts in, and changes of formatting, are said', async () => {
    const row = (words: string, properties = ''): string =>
      `<w:tr>${properties}<w:tc>${p(words)}</w:tc><w:tc>${p(words)}</w:tc></w:tr>`;
    const { text, unreadable } = await readWordFile({
      body:
        `<w:tbl>${row(r('a'))}${row(ins('Ben', r('b')), `<w:trPr><w:ins ${by('Ben')}/></w:trPr>`)}${row(r('c'))}</w:tbl>` +
        p(r('x', `<w:b/><w:rPrChange ${by('Ben')}><w:rPr/></w:rPrChange>`)),
    });
    expect(text).toBe('a\na\nc\nc\nx');
    expect(unreadable).toEqual([
      'One table row that somebody proposes to insert was left out: “b | b”.',
      'One tracked change of formatting was ignored.',
    ]);
  });

  test('the same change has the same name whatever number the file gives it', async () => {
    const file = (id: number): Promise<string | null | undefined> =>
      readWordFile({
        body: p(r('one ') + `<w:ins ${by('Ben', '2026-01-02T10:00:00Z', id)}>${r('two')}</w:ins>`),
      }).then(({ notes: read }) => read[0]?.originId);
    expect(await file(5)).toBe(await file(77));
    expect(await file(5)).toContain('Ben');
  });

  test('a comment on words that are only proposed stands where they would be', async () => {
    const body = p(r('one ') + from(1) + ins('Ben', r('two ')) + to(1) + r('three'));
    expect(await notes({ body, comments: comment(1, 'a') })).toEqual([
      '“” | Cleo: a',
      '“” insert “two ” | Ben: ',
    ]);
  });
});
