import { describe, expect, test } from 'vitest';
import { readAnnotations } from '#server/import/annotations/read.ts';
import type { ReadAnnotation } from '#server/import/annotations/annotation.ts';
import { kindOfText } from '#server/import/kind.ts';

const page = 'http://example.org/page';

function read(more: object): ReadAnnotation {
  const { annotations } = readAnnotations(
    JSON.stringify({
      '@context': 'http://www.w3.org/ns/anno.jsonld',
      id: 'http://example.org/a',
      type: 'Annotation',
      target: page,
      ...more,
    }),
  );
  const [first] = annotations;
  if (first === undefined) throw new Error('nothing was read');
  return first;
}

const selectorOf = (selector: unknown) => read({ target: { source: page, selector } }).targets[0];
const text = (value: string, more: object = {}) => ({ type: 'TextualBody', value, ...more });
const quote = (exact: string, more: object = {}) => ({ type: 'TextQuoteSelector', exact, ...more });

describe('what an annotation is', () => {
  test.each([
    [undefined, 'claim'],
    ['highlighting', 'claim'],
    ['tagging', 'claim'],
    ['assessing', 'claim'],
    ['commenting', 'thread'],
    ['oa:questioning', 'thread'],
    ['http://www.w3.org/ns/oa#replying', 'thread'],
    [{ '@id': 'oa:commenting' }, 'thread'],
    [['highlighting', 'editing'], 'thread'],
    ['http://example.org/ns#commenting', 'claim'],
  ])('IM73 with the motivation %j a %s', (motivation, kind) => {
    expect(read(motivation === undefined ? {} : { motivation }).kind).toBe(kind);
  });

  test('IM73 an edit with words suggests them; without, it is talk', () => {
    expect(read({ motivation: 'editing', body: text('57') }).replacement).toBe('57');
    expect(
      read({ motivation: 'editing', body: [text('57', { purpose: 'editing' }), text('Typo')] }),
    ).toMatchObject({
      replacement: '57',
      remarks: [{ words: 'Typo' }],
    });
    expect(read({ motivation: 'editing', body: text('') }).replacement).toBe('');
    expect(read({ motivation: 'editing', body: page }).replacement).toBeNull();
    expect(
      read({ motivation: 'commenting', body: text('57', { purpose: 'editing' }) }).replacement,
    ).toBeNull();
  });

  test('IM73 tags are tags, words are words, links are links', () => {
    expect(read({ motivation: 'tagging', body: text('important') })).toMatchObject({
      tags: ['important'],
      remarks: [{ words: '' }],
    });
    expect(
      read({
        body: [
          text('readme', { purpose: ['tagging'] }),
          text('<p>j’<b>adore</b> !</p><script>x</script>', { format: 'text/html' }),
          'http://example.org/post',
          { id: 'http://example.org/sound', type: 'Audio' },
          { source: 'http://example.org/city', purpose: 'linking' },
        ],
      }),
    ).toMatchObject({
      tags: ['readme'],
      remarks: [
        {
          words:
            'j’adore !\n\nhttp://example.org/post\n\nhttp://example.org/sound\n\nhttp://example.org/city',
        },
      ],
    });
    expect(read({ bodyValue: 'Hm' }).remarks[0].words).toBe('Hm');
  });

  test('IM73 of a choice the first that has words, of a set all', () => {
    const items = [{ id: page }, text('In words'), text('Dans')];
    expect(read({ body: { type: 'Choice', items } }).remarks[0].words).toBe('In words');
    expect(read({ body: { type: 'List', items } }).remarks[0].words).toBe(`${page}\n\nIn words\n\nDans`);
  });

  test.each([
    ['http://example.org/user1', 'http://example.org/user1'],
    [{ id: 'http://example.org/u', name: 'A. Person', nickname: 'user1' }, 'A. Person'],
    [{ nickname: 'user1' }, 'user1'],
    [[{ name: ['Ana', 'Anna'] }, 'mailto:ben@example.org'], 'Ana, ben@example.org'],
    [{ type: 'Person' }, null],
    [undefined, null],
  ])('IM73 its creator %j is called %j', (creator, name) => {
    expect(read(creator === undefined ? {} : { creator }).author).toBe(name);
  });

  test('IM73 what others say in it stays theirs', () => {
    const { remarks } = read({
      creator: { name: 'Ana' },
      created: '2015-01-28T12:00:00Z',
      body: [text('Mine'), text('Theirs', { creator: { name: 'Ben' }, created: '2014-06-02T17:00:00Z' })],
    });
    expect(remarks).toEqual([
      { author: 'Ana', at: '2015-01-28T12:00:00Z', words: 'Mine' },
      { author: 'Ben', at: '2014-06-02T17:00:00Z', words: 'Theirs' },
    ]);
  });
});

describe('what it is about', () => {
  const words = (...selectors: object[]) => ({ kind: 'words', selectors });

  test('IM74 quotations, positions, and the characters of RFC 5147', () => {
    expect(
      selectorOf([
        { type: 'CssSelector', value: 'p' },
        quote('a', { prefix: 'b' }),
        { type: 'TextPositionSelector', start: 1, end: 2 },
      ])?.selector,
    ).toEqual(words({ ...quote('a'), prefix: 'b' }, { type: 'TextPositionSelector', start: 1, end: 2 }));
    const position = words({ type: 'TextPositionSelector', start: 10, end: 20 });
    expect(selectorOf({ type: 'FragmentSelector', value: 'char=10,20;length=9' })?.selector).toEqual(
      position,
    );
    expect(read({ target: `${page}#char=10,20` }).targets[0]).toMatchObject({
      source: page,
      selector: position,
    });
    expect(read({ target: `${page}#char=10` }).targets[0]?.selector).toBeNull();
  });

  test('IM74 one selector inside another', () => {
    const refinedBy = quote('Text', { prefix: 'the ' });
    expect(selectorOf({ type: 'FragmentSelector', value: 'para5', refinedBy })?.selector).toEqual(
      words(refinedBy),
    );
    expect(
      selectorOf({
        type: 'XPathSelector',
        value: '//p',
        refinedBy: { type: 'TextPositionSelector', start: 6, end: 27 },
      })?.selector,
    ).toBeNull();
    expect(
      selectorOf(quote('one two three', { prefix: 'zero ', refinedBy: quote('two') }))?.selector,
    ).toEqual(words(quote('two', { prefix: 'zero one ', suffix: ' three' })));
    const outer = { type: 'TextPositionSelector', start: 100, end: 200 };
    expect(selectorOf({ ...outer, refinedBy: { ...outer, start: 5, end: 8 } })?.selector).toEqual(
      words({ ...outer, start: 105, end: 108 }),
    );
  });

  test('IM74 a range from words to words', () => {
    expect(
      selectorOf({ type: 'RangeSelector', startSelector: quote('a'), endSelector: quote('b') })?.selector,
    ).toEqual({ kind: 'range', from: [quote('a')], to: [quote('b')] });
  });

  test.each([
    [{ type: 'SvgSelector', value: '<svg/>' }, 'SvgSelector'],
    [
      [
        { type: 'CssSelector', value: 'p' },
        { type: 'XPathSelector', value: '//p' },
      ],
      'CssSelector and a XPathSelector',
    ],
    ['http://example.org/selector', 'selector elsewhere'],
    [{ type: 'FragmentSelector', value: 'xywh=1,2,3,4' }, 'FragmentSelector'],
  ])('IM74 %j is told by name', (selector, name) => {
    expect(selectorOf(selector)).toMatchObject({
      selector: null,
      reason: `Its place is given by a ${name}, which does not count in words of a text.`,
    });
  });

  test('IM74 a whole thing is told by its address, and may be an annotation that it answers', () => {
    const { targets, answers } = read({
      target: ['http://example.org/a1', { id: 'http://example.org/i', type: 'Image' }],
    });
    expect(targets.map(({ reason }) => reason)).toEqual([
      'It is about http://example.org/a1, not about words in it.',
      'It is about http://example.org/i, not about words in it.',
    ]);
    expect(answers).toEqual(['http://example.org/a1', 'http://example.org/i']);
  });

  test('IM74 what is only named in a file is said', () => {
    const collection = {
      '@context': 'http://www.w3.org/ns/anno.jsonld',
      id: 'http://example.org/c',
      type: 'AnnotationCollection',
      label: ' Notes ',
      first: { type: 'AnnotationPage', items: ['http://example.org/anno1'], next: 'http://example.org/p2' },
    };
    expect(readAnnotations(JSON.stringify(collection))).toMatchObject({
      annotations: [],
      title: 'Notes',
      unreadable: [
        'More annotations are at http://example.org/p2, which was not fetched.',
        'The annotation http://example.org/anno1 is only named in the file; what it says was not fetched.',
      ],
    });
  });
});

describe('Hypothesis', () => {
  const row = (id: string, more: object = {}) => ({
    id,
    created: '2024-12-09T07:17:52.000000+00:00',
    updated: '2024-12-09T07:18:00+00:00',
    user: 'acct:ben_o@hypothes.is',
    user_info: { display_name: 'Ben Okafor' },
    uri: page,
    text: 'Is this so?',
    tags: ['call'],
    group: '__world__',
    hidden: false,
    flagged: false,
    document: { title: ['Talks at the lake'] },
    target: [
      {
        source: page,
        selector: [
          {
            type: 'RangeSelector',
            startContainer: '/p[1]',
            endContainer: '/p[1]',
            startOffset: 0,
            endOffset: 4,
          },
          { type: 'TextPositionSelector', start: 100, end: 110 },
          { type: 'TextQuoteSelector', exact: '75 minutes', prefix: 'lasted ', suffix: '.' },
        ],
      },
    ],
    ...more,
  });
  const answer = (id: string, ...references: string[]) => row(id, { references, target: [{ source: page }] });

  test.each([
    ['the API', { total: 1, rows: [row('a')] }],
    [
      'the client',
      {
        export_date: '2024-12-10',
        export_userid: 'acct:x@y',
        client_version: '1.1',
        annotations: [row('a')],
      },
    ],
    ['a list', [row('a')]],
    ['one', row('a')],
  ])('IM77 is read as %s gives it', (_, file) => {
    const source = JSON.stringify(file);
    expect(kindOfText(source, null)).toBe('annotations');
    const { annotations, title } = readAnnotations(source);
    expect(title).toBe('Talks at the lake');
    expect(annotations).toMatchObject([
      {
        id: 'a',
        kind: 'thread',
        author: 'Ben Okafor',
        created: '2024-12-09T07:17:52.000000+00:00',
        remarks: [{ words: 'Is this so?' }],
        tags: ['call'],
        answers: [],
        targets: [
          { source: page, selector: { kind: 'words', selectors: [{ start: 100 }, { exact: '75 minutes' }] } },
        ],
      },
    ]);
  });

  test('IM77 a highlight is a claim, an answer names what it answers, nearest first', () => {
    const { annotations } = readAnnotations(
      JSON.stringify({ rows: [row('a', { text: '' })], replies: [answer('b', 'a'), answer('c', 'a', 'b')] }),
    );
    expect(annotations.map(({ kind, answers, targets }) => [kind, answers, targets.length])).toEqual([
      ['claim', [], 1],
      ['thread', ['a'], 0],
      ['thread', ['b', 'a'], 0],
    ]);
  });

  test('IM77 what is missing is done without, what is hidden is said', () => {
    const { annotations, unreadable } = readAnnotations(
      JSON.stringify({
        rows: [{ text: 'A note' }, row('b', { hidden: true }), row('c', { user_info: null })],
      }),
    );
    expect(annotations).toMatchObject([
      { author: null, created: null, remarks: [{ words: 'A note' }] },
      { author: 'ben_o' },
    ]);
    expect(annotations[0]?.id).toMatch(/^[0-9a-f]{32}$/);
    expect(unreadable).toEqual(['Annotations that a moderator had hidden were left out: 1.']);
  });

  test('IM77 a row that is none is refused with its place', () => {
    expect(() => readAnnotations('{"rows":[7]}')).toThrow('annotations[0]: must be an object');
  });
});

describe('the kind of a file', () => {
  test.each([
    '{"@context":["http://example.org/x.json"],"id":"http://example.org/1","type":"Annotation","target":"http://example.org/t"}',
    '{"type":["Annotation"],"target":"x"}',
    '{ "@type": "oa:Annotation", "target": "x" }',
    '[{"@context":"http://www.w3.org/ns/anno.jsonld"}]',
  ])('IM72 %s is meant as annotations', (source) => {
    expect(kindOfText(source, 'x.txt')).toBe('annotations');
  });

  test.each(['{"type":"FeatureCollection","items":[]}', '{"rows":[1,2]}', '[1,2]', '{"annotations":"none"}'])(
    'IM72 %s is not',
    (source) => {
      expect(kindOfText(source, null)).toBe('text');
    },
  );
});
