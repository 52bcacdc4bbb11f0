/** Annotations from outside: put on a report, sent again, taken for a report; and those of ours that come back. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { MAX_ANNOTATIONS, MAX_REPLY_DEPTH } from '#core/limits.ts';
import { verify } from '#server/cli/verify.ts';
import { startServer, type ApiAnswer, type TestServer } from '#tests/support/server.ts';

const TEXT = 'Two people died there. Two people lived.\n\nThe call lasted “75 minutes”. It was productive.';
const page = 'http://example.org/page';

let server: TestServer;
let reportId: string;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());
beforeEach(async () => {
  reportId = (await server.api('/reports', { method: 'POST', json: { text: TEXT } })).body.id;
});

const context = { '@context': 'http://www.w3.org/ns/anno.jsonld' };
const note = (id: string, more: object = {}) => ({
  ...context,
  id: `http://example.org/${id}`,
  type: 'Annotation',
  ...more,
});
const on = (...selector: object[]) => ({ target: { source: page, selector } });
const quote = (exact: string, more: object = {}) => ({ type: 'TextQuoteSelector', exact, ...more });
const at = (start: number, end: number) => ({ type: 'TextPositionSelector', start, end });
const said = (value: string) => ({ body: { type: 'TextualBody', value } });
const answer = (id: string, to: string, more: object = said(id)) =>
  note(id, { motivation: 'replying', target: `http://example.org/${to}`, ...more });

const send = (json: unknown, id = reportId): Promise<ApiAnswer> =>
  server.api(`/reports/${id}/annotations`, { method: 'POST', json });
const claims = async (id = reportId) => (await server.api(`/reports/${id}/claims`)).body.items;
const threads = async (id = reportId) => (await server.api(`/reports/${id}/threads`)).body.items;
const bodies = (thread: { comments: { body: string }[] }) => thread.comments.map(({ body }) => body);

describe('annotations on a report', () => {
  it('IM73 are claims and threads of whoever made them', async () => {
    const life = { creator: { name: 'Zoë' }, created: '2015-01-28T12:00:00Z' };
    const { status, body } = await send([
      note('a', {
        ...life,
        motivation: 'highlighting',
        ...on(quote('people died')),
        body: { type: 'TextualBody', value: 'sad', purpose: 'tagging' },
      }),
      note('b', { ...life, motivation: 'commenting', ...on(quote('productive')), ...said('For whom?') }),
      note('c', { ...life, motivation: 'editing', ...on(quote('75')), ...said('57') }),
    ]);
    expect(status).toBe(201);
    const [claim] = await claims();
    expect(claim).toMatchObject({
      quote: { exact: 'people died' },
      tags: ['sad'],
      status: 'open',
      createdBy: { id: null, name: 'Zoë' },
      createdAt: '2015-01-28T12:00:00.000Z',
    });
    const talk = await threads();
    const find = (exact: string) =>
      talk.find((one: { quote: { exact: string } }) => one.quote?.exact === exact);
    expect(find('productive')).toMatchObject({
      claimId: null,
      comments: [{ body: 'For whom?', author: { id: null, name: 'Zoë' } }],
    });
    expect(find('75')).toMatchObject({
      suggestion: { kind: 'replace', text: '57', state: 'pending', by: { name: 'Zoë' } },
    });
    expect(body).toEqual({
      anchored: [
        {
          id: 'http://example.org/a',
          index: 0,
          kind: 'claim',
          claimId: claim.id,
          threadId: null,
          anchor: claim.anchor,
        },
        {
          id: 'http://example.org/b',
          index: 1,
          kind: 'thread',
          claimId: null,
          threadId: find('productive').id,
          anchor: find('productive').anchor,
        },
        {
          id: 'http://example.org/c',
          index: 2,
          kind: 'suggestion',
          claimId: null,
          threadId: find('75').id,
          anchor: find('75').anchor,
        },
      ],
      unanchored: [],
      unreadable: [],
    });
    expect((await verify(server.runtime)).findings).toEqual([]);
  });

  it.each([
    ['by quotation', [quote('productive')], 'productive'],
    ['by quotation in other typography', [quote('lasted "75 minutes"')], 'lasted “75 minutes”'],
    ['by context', [quote('Two people', { suffix: ' lived' })], 'Two people'],
    ['by quotation and position', [quote('Two people'), at(23, 33)], 'Two people'],
    ['by position', [at(0, 3)], 'Two'],
    ['across blocks', [quote('lived. The call')], 'lived.\nThe call'],
    [
      'by range',
      [{ type: 'RangeSelector', startSelector: quote('The call'), endSelector: quote('It was') }],
      'The call lasted “75 minutes”.',
    ],
  ])('IM74 stand on their words, %s', async (_, selectors, exact) => {
    const { body } = await send(note('a', on(...selectors)));
    expect(body.unanchored).toEqual([]);
    expect(body.anchored).toMatchObject([{ anchor: { exact, state: 'anchored' } }]);
    expect((await claims())[0].anchor.exact).toBe(exact);
  });

  it('IM74 without words here are answered with the reason, and nothing is kept of them', async () => {
    const { status, body } = await send([
      note('a', { target: page }),
      note('b', on(quote('nowhere'))),
      note('c', on(quote('Two people'))),
      note('d', on({ type: 'SvgSelector', value: '<svg/>' })),
      note('e', on(at(5, 5000))),
      note('f', on(quote(' '))),
      answer('g', 'elsewhere'),
      answer('h', 'b'),
      answer('i', 'j'),
      answer('j', 'i'),
    ]);
    expect(status).toBe(200);
    expect(body.anchored).toEqual([]);
    expect(
      body.unanchored.map(
        ({ index, quote: words, reason }: { index: number; quote: string | null; reason: string }) => [
          index,
          words,
          reason,
        ],
      ),
    ).toEqual([
      [0, null, `It is about ${page}, not about words in it.`],
      [1, 'nowhere', 'Its quotation is not in the text.'],
      [2, 'Two people', 'Its quotation fits 2 places equally well.'],
      [3, null, 'Its place is given by a SvgSelector, which does not count in words of a text.'],
      [4, null, 'Its position is not in the text.'],
      [5, null, 'Its quotation is empty.'],
      [6, null, 'It is about http://example.org/elsewhere, not about words in it.'],
      [7, null, 'It answers an annotation that has no place here.'],
      [8, null, 'It answers itself, by way of others.'],
      [9, null, 'It answers itself, by way of others.'],
    ]);
    expect([await claims(), await threads()]).toEqual([[], []]);
  });

  it('IM74 about several passages stand on each', async () => {
    const { body } = await send(
      note('a', { target: [on(quote('died')).target, page, on(quote('lived')).target] }),
    );
    expect(body.anchored.map(({ anchor }: { anchor: { exact: string } }) => anchor.exact)).toEqual([
      'died',
      'lived',
    ]);
    expect(
      (await send(note('a', { target: [on(quote('died')).target, page, on(quote('lived')).target] }))).body,
    ).toEqual(body);
    expect(await claims()).toHaveLength(2);
  });

  it('IM75 answer each other however deep, whatever order they come in', async () => {
    const chain = Array.from({ length: MAX_REPLY_DEPTH + 20 }, (_, i) =>
      answer(`r${i + 1}`, i === 0 ? 'a' : `r${i}`),
    );
    const { body } = await send([
      ...chain.toReversed(),
      note('a', { motivation: 'commenting', ...on(quote('productive')), ...said('root') }),
    ]);
    expect(body.unanchored).toEqual([]);
    expect(body.anchored).toHaveLength(MAX_REPLY_DEPTH + 21);
    const [thread] = await threads();
    const ids = new Map(thread.comments.map((one: { body: string; id: string }) => [one.body, one.id]));
    const parents = new Map(
      thread.comments.map((one: { body: string; parentId: string | null }) => [one.body, one.parentId]),
    );
    expect(parents.get('r1')).toBe(ids.get('root'));
    expect(parents.get('r30')).toBe(ids.get('r29'));
    const html = (await server.api(`/reports/${reportId}/export?format=html`)).text;
    expect(html).toContain('r70');
  });

  it('IM75 answer what came earlier; a claim’s talk begins with the first', async () => {
    const root = note('a', on(quote('productive')));
    await send(root);
    const [{ id: claimId }] = await claims();
    await send(answer('b', 'a'));
    expect(await send([root, answer('c', 'b')])).toMatchObject({ status: 201 });
    const [thread] = await threads();
    expect(thread).toMatchObject({ claimId });
    expect(bodies(thread)).toEqual(['b', 'c']);
    expect(thread.comments[1].parentId).toBe(thread.comments[0].id);
    await server.api(`/threads/${thread.id}/resolve`, { method: 'POST' });
    await send(answer('d', 'a'));
    expect((await threads())[0]).toMatchObject({
      state: 'open',
      comments: [{}, {}, { body: 'd', parentId: null }],
    });
  });

  it('IM76 sent again make nothing twice and are answered the same', async () => {
    const file = [
      note('a', {
        ...on(quote('died')),
        body: [
          { type: 'TextualBody', value: 'x' },
          { type: 'TextualBody', value: 'y', creator: { name: 'Y' } },
        ],
      }),
      note('b', { motivation: 'commenting', ...on(quote('lived')), ...said('word '.repeat(5_000)) }),
      answer('c', 'a'),
      answer('d', 'b'),
    ];
    const first = await send(file);
    const before = [await claims(), await threads()];
    const again = await send(file);
    expect([first.status, again.status]).toEqual([201, 200]);
    expect(again.body).toEqual(first.body);
    expect([await claims(), await threads()]).toEqual(before);
    const others = (await server.api('/reports', { method: 'POST', json: { text: TEXT } })).body.id;
    expect((await send(file, others)).body.anchored).toHaveLength(4);
  });

  it('IM76 that left this house find themselves', async () => {
    await send([
      note('a', { ...on(quote('died')), ...said('Check') }),
      note('b', { motivation: 'commenting', ...on(quote('lived')), ...said('So?') }),
      answer('c', 'b'),
    ]);
    const exported = JSON.parse((await server.api(`/reports/${reportId}/export?format=webannotation`)).text);
    const before = [await claims(), await threads()];
    const back = await send(exported);
    expect(back).toMatchObject({ status: 200, body: { unanchored: [], unreadable: [] } });
    expect(back.body.anchored).toHaveLength(exported.total);
    expect([await claims(), await threads()]).toEqual(before);
  });

  it('EX21 go out and into another house: every claim is on its words, every thread is kept', async () => {
    await send([
      note('a', { ...on(quote('Two people', { suffix: ' lived' })), ...said('Check') }),
      answer('b', 'a'),
      answer('c', 'b'),
      note('d', { motivation: 'commenting', ...on(quote('lived. The call')), ...said('So?') }),
      answer('e', 'd'),
      note('f', { motivation: 'editing', ...on(quote('75')), ...said('57') }),
    ]);
    const before = { claims: await claims(), threads: await threads() };
    const gone = before.threads
      .flatMap((one: { comments: { id: string; body: string }[] }) => one.comments)
      .find(({ body }: { body: string }) => body === 'b');
    const exported = JSON.parse((await server.api(`/reports/${reportId}/export?format=webannotation`)).text);
    // As if it had been deleted here: what it said is gone, what answers it is not.
    for (const item of exported.first.items) if (item.id === `urn:uuid:${gone.id}`) delete item.body;
    const other = (await server.api('/reports', { method: 'POST', json: { text: TEXT } })).body.id;
    const { body } = await send(exported, other);
    expect(body.unanchored).toMatchObject([{ reason: 'It answers, and says nothing.' }]);
    const after = { claims: await claims(other), threads: await threads(other) };
    const places = (some: { quote: unknown; anchor: unknown }[]) =>
      some.map(({ quote: words, anchor }) => ({ words, anchor }));
    expect(places(after.claims)).toEqual(places(before.claims));
    const talk = (
      some: {
        anchor: unknown;
        comments: { body: string; author: unknown; at: string }[];
        suggestion: unknown;
      }[],
    ) =>
      some
        .map(({ anchor, comments, suggestion }) => ({
          anchor,
          suggestion,
          comments: comments
            .filter((one) => one.body !== 'b')
            .map(({ body: words, author, at: when }) => ({ words, author, when })),
        }))
        .toSorted((a, b) => (JSON.stringify(a.anchor) < JSON.stringify(b.anchor) ? -1 : 1));
    expect(talk(after.threads)).toEqual(talk(before.threads));
  });

  it('IM72 that are not valid are refused with the place, and nothing of the rest is kept', async () => {
    const good = note('a', on(quote('died')));
    const refused = await send([good, { ...note('b'), type: 'Annotation' }]);
    expect(refused).toMatchObject({
      status: 422,
      body: { code: 'invalid_input', errors: [{ path: '[1].target', message: 'is missing' }] },
    });
    const raw = (body: string, type = 'application/ld+json') =>
      server.api(`/reports/${reportId}/annotations`, {
        method: 'POST',
        body,
        headers: { 'content-type': type },
      });
    expect(await raw(`${JSON.stringify(good).slice(0, -1)},}`)).toMatchObject({ status: 422 });
    expect(await raw(JSON.stringify(good), 'text/plain')).toMatchObject({ status: 415 });
    expect(
      await raw(JSON.stringify(good), 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'),
    ).toMatchObject({ status: 201 });
    expect(await claims()).toHaveLength(1);
    const many = Array.from({ length: MAX_ANNOTATIONS + 1 }, (_, i) => note(`${i}`, { target: page }));
    expect(await send(many)).toMatchObject({ status: 413 });
  });

  it('IM73 tell those who have the report open, and the audit log', async () => {
    await send([
      note('a', { ...on(quote('died')), ...said('x') }),
      note('b', { motivation: 'commenting', ...on(quote('lived')), ...said('y') }),
    ]);
    const { items } = (await server.api(`/reports/${reportId}/activity?limit=200`)).body;
    expect(items.at(-1)).toMatchObject({
      verb: 'annotations.imported',
      after: { claims: 1, threads: 2, comments: 2 },
    });
  });
});

describe('a report of annotations', () => {
  const take = (json: unknown): Promise<ApiAnswer> => server.api('/reports', { method: 'POST', json });
  const textOf = async (id: string) => (await server.api(`/reports/${id}/text`)).text;

  it('IM78 is the passages that they quote, each once and in the order of their page', async () => {
    const { status, body } = await take([
      note('b', { ...on(quote('the second passage.'), at(500, 519)) }),
      note('a', {
        motivation: 'commenting',
        ...on(quote('The first\n passage, of two lines.'), at(10, 43)),
        ...said('Hm'),
      }),
      note('c', { ...on(quote('second'), at(504, 510)), ...said('Not the first?') }),
      answer('d', 'a'),
      note('e', { motivation: 'commenting', target: page, ...said('About all of it') }),
    ]);
    expect(status).toBe(201);
    expect(body).toMatchObject({
      title: page,
      source: { kind: 'annotations' },
      notes: { threads: 2, claims: 2, suggestions: 0 },
      unreadable: [],
    });
    expect(await textOf(body.id)).toBe('The first\npassage, of two lines.\nthe second passage.');
    expect(
      (await claims(body.id)).map(({ quote: { exact } }: { quote: { exact: string } }) => exact),
    ).toEqual(['the second passage.', 'second']);
    const talk = await threads(body.id);
    expect(
      talk.map(
        (one: { anchor: { exact: string } | null; claimId: string | null; comments: { body: string }[] }) => [
          one.anchor?.exact ?? null,
          one.claimId !== null,
          bodies(one),
        ],
      ),
    ).toEqual(
      expect.arrayContaining([
        ['The first\npassage, of two lines.', false, ['Hm', 'd']],
        [null, true, ['Not the first?']],
        [null, false, ['About all of it']],
      ]),
    );
  });

  it('IM78 puts several pages under their titles; comes as a file too', async () => {
    const row = (id: string, uri: string, exact: string) => ({
      id,
      user: 'acct:ben@hypothes.is',
      uri,
      text: 'So?',
      document: { title: [`Title of ${uri}`] },
      target: [{ source: uri, selector: [{ type: 'TextQuoteSelector', exact }] }],
    });
    const form = new FormData();
    form.append(
      'file',
      new Blob([
        JSON.stringify({
          rows: [
            row('1', 'http://a.test/', 'One.'),
            row('2', 'http://b.test/', 'Two.'),
            row('3', 'http://a.test/', 'Three.'),
          ],
        }),
      ]),
      'notes.txt',
    );
    const { body } = await server.api('/reports', { method: 'POST', body: form });
    expect(await textOf(body.id)).toBe(
      'Title of http://a.test/\nOne.\nThree.\nTitle of http://b.test/\nTwo.',
    );
    expect(body).toMatchObject({ title: 'notes', notes: { threads: 3 } });
  });

  it('IM78 is refused where nothing is quoted', async () => {
    const before = (await server.api('/reports')).body.items.length;
    const refused = await take([note('a', { target: page }), note('b', on(at(1, 2)))]);
    expect(refused).toMatchObject({ status: 422, body: { code: 'empty_text' } });
    expect(refused.body.detail).toContain('2 annotations, and none quotes words');
    expect(await take({ ...context, type: 'Annotation', target: page })).toMatchObject({
      status: 422,
      body: { code: 'invalid_input' },
    });
    expect(await take({ text: 'x', type: 'Note' })).toMatchObject({ status: 422 });
    expect((await server.api('/reports')).body.items).toHaveLength(before);
  });
});
