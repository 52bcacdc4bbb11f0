/** What the W3C model says that annotations must be: whatever it allows is read, whatever it forbids is refused. */
import { describe, expect, test } from 'vitest';
import { readAnnotations } from '#server/import/annotations/read.ts';

const context = 'http://www.w3.org/ns/anno.jsonld';
const page = 'http://example.org/page';
const base = { '@context': context, id: 'http://example.org/a', type: 'Annotation', target: page };
const on = (selector: unknown) => ({ ...base, target: { source: page, selector } });

function refusal(value: unknown): { code: string; message: string } | null {
  try {
    readAnnotations(typeof value === 'string' ? value : JSON.stringify(value));
    return null;
  } catch (error) {
    return error as { code: string; message: string };
  }
}

const valid: readonly (readonly [string, unknown])[] = [
  ['as little as there may be', base],
  ['several contexts', { ...base, '@context': ['http://example.org/own.jsonld', context] }],
  [
    'keywords with an at sign',
    { '@context': context, '@id': 'urn:x:1', '@type': 'oa:Annotation', target: page },
  ],
  ['several types', { ...base, type: ['Annotation', 'http://example.org/Note'] }],
  ['a body elsewhere', { ...base, body: page }],
  [
    'a described sound',
    { ...base, body: { id: page, type: 'Audio', format: 'audio/mpeg', language: ['en', 'de'] } },
  ],
  [
    'text',
    {
      ...base,
      body: { type: 'TextualBody', value: '<p>oui</p>', format: 'text/html', textDirection: 'auto' },
    },
  ],
  ['a bare value', { ...base, bodyValue: 'Hm' }],
  [
    'several of both',
    {
      ...base,
      body: [page, { type: 'TextualBody', value: 'tag', purpose: 'tagging' }],
      target: [page, page],
    },
  ],
  [
    'a choice',
    {
      ...base,
      body: {
        type: 'Choice',
        items: [
          { id: page, language: 'en' },
          { type: 'TextualBody', value: 'x' },
        ],
      },
    },
  ],
  ['a composite', { ...base, target: { type: 'Composite', items: [page, page] } }],
  ['a list', { ...base, target: { type: 'List', items: [page] } }],
  ['independents', { ...base, target: { type: 'Independents', items: [page] } }],
  [
    'its life',
    {
      ...base,
      creator: { id: 'http://example.org/u', type: 'Person', name: 'A', nickname: 'a', email_sha1: 'aa' },
      created: '2015-01-28T12:00:00Z',
      modified: '2015-01-29T09:00:00+01:00',
      generator: 'http://example.org/client',
      generated: '2015-02-04T12:00:00.123Z',
      rights: 'https://creativecommons.org/publicdomain/zero/1.0/',
      canonical: 'urn:uuid:dbfb1861-0ecf-41ad-be94-a584e5c4f1df',
      via: 'http://other.example.org/anno1',
      audience: {
        id: 'http://example.edu/teacher',
        type: 'schema:EducationalAudience',
        'schema:educationalRole': 'teacher',
      },
      stylesheet: { type: 'CssStylesheet', value: '.red { color: red }' },
    },
  ],
  ['creators as addresses', { ...base, creator: ['http://example.org/u', 'mailto:a@example.org'] }],
  ['motivations of its own', { ...base, motivation: ['bookmarking', 'http://example.org/ns#liking'] }],
  [
    'a purpose for a source',
    { ...base, body: { type: 'SpecificResource', purpose: 'tagging', source: page } },
  ],
  ['a selector elsewhere', on('http://example.org/selector')],
  [
    'a fragment',
    on({ type: 'FragmentSelector', conformsTo: 'http://www.w3.org/TR/media-frags/', value: 't=30,60' }),
  ],
  ['a path in a page', on({ type: 'CssSelector', value: '#a > .b + p' })],
  ['another path', on({ type: 'XPathSelector', value: '/html/body/p[2]' })],
  ['a quotation', on({ type: 'TextQuoteSelector', exact: 'a', prefix: 'b', suffix: 'c' })],
  ['a position', on({ type: 'TextPositionSelector', start: 412, end: 795 })],
  ['bytes', on({ type: 'DataPositionSelector', start: 4096, end: 4104 })],
  ['a drawing', on({ type: 'SvgSelector', value: '<svg:svg> ... </svg:svg>' })],
  ['a drawing elsewhere', on({ type: 'SvgSelector', id: 'http://example.org/svg1' })],
  [
    'a range',
    on({
      type: 'RangeSelector',
      startSelector: { type: 'XPathSelector', value: '//td[2]' },
      endSelector: { type: 'XPathSelector', value: '//td[4]' },
    }),
  ],
  [
    'a refinement',
    on({ type: 'FragmentSelector', value: 'p5', refinedBy: { type: 'TextQuoteSelector', exact: 'x' } }),
  ],
  ['a selector of another vocabulary', on({ type: 'PageSelector', index: 3 })],
  [
    'several selectors',
    on([
      { type: 'CssSelector', value: 'p' },
      { type: 'TextQuoteSelector', exact: 'x' },
    ]),
  ],
  ['a state elsewhere', { ...base, target: { source: page, state: { id: 'http://example.org/state1' } } }],
  [
    'a time',
    {
      ...base,
      target: {
        source: page,
        state: { type: 'TimeState', cached: page, sourceDate: '2015-07-20T13:30:00Z' },
      },
    },
  ],
  [
    'a request',
    { ...base, target: { source: page, state: [{ type: 'HttpRequestState', value: 'Accept: text/plain' }] } },
  ],
  [
    'a style',
    { ...base, stylesheet: 'http://example.org/style1', target: { source: page, styleClass: 'red' } },
  ],
  ['a scope', { ...base, target: { source: page, scope: 'http://example.org/page1' } }],
  ['a renderer', { ...base, target: { source: page, renderedVia: { id: page, type: 'Software' } } }],
  ['a described source', { ...base, target: { source: { id: page, format: 'text/html' }, styleClass: 'x' } }],
  ['a list of annotations', [base, { ...base, id: 'http://example.org/b' }]],
  ['no annotations', []],
  [
    'a collection',
    {
      '@context': context,
      id: 'http://example.org/c',
      type: 'AnnotationCollection',
      label: 'All',
      total: 1,
      first: {
        id: 'http://example.org/p',
        type: 'AnnotationPage',
        startIndex: 0,
        items: [{ id: 'urn:x:1', type: 'Annotation', target: page }],
      },
    },
  ],
  [
    'a collection elsewhere',
    {
      '@context': context,
      id: 'http://example.org/c',
      type: ['BasicContainer', 'AnnotationCollection'],
      first: page,
      last: page,
    },
  ],
  [
    'a page',
    {
      '@context': context,
      id: 'http://example.org/p',
      type: 'AnnotationPage',
      partOf: page,
      next: page,
      items: ['http://example.org/anno1'],
    },
  ],
];

const textual = (more: object) => ({ ...base, body: { type: 'TextualBody', value: 'x', ...more } });
const without = (name: string, value: object = base): object =>
  Object.fromEntries(Object.entries(value).filter(([key]) => key !== name));

const invalid: readonly (readonly [string, unknown, string])[] = [
  ['no context', without('@context'), 'the annotation.@context: is missing'],
  [
    'another context',
    { ...base, '@context': ['http://example.org/x.jsonld'] },
    '@context: must be or include',
  ],
  ['no id', without('id'), 'the annotation.id: is missing'],
  [
    'two ids',
    { ...base, id: ['http://example.org/1', 'http://example.org/2'] },
    'the annotation.id: must be one at most',
  ],
  ['an id that is none', { ...base, id: 'not an address' }, 'the annotation.id: must be an IRI'],
  ['no type', without('type'), 'the annotation.type: must be or include Annotation'],
  ['another type', { ...base, type: 'Note', target: page }, 'the annotation.type'],
  ['no target', without('target'), 'the annotation.target: is missing'],
  ['an empty target', { ...base, target: [] }, 'the annotation.target: is missing'],
  ['a target that is no address', { ...base, target: 'over there' }, 'the annotation.target: must be an IRI'],
  ['a target without an id', { ...base, target: { type: 'Image' } }, 'the annotation.target.id: is missing'],
  ['a number for a target', { ...base, target: [page, 3] }, 'the annotation.target[1]: must be an object'],
  [
    'a body that is no address',
    { ...base, body: { id: 'this is no uri', format: 'text/plain' } },
    'body.id: must be an IRI',
  ],
  ['body and bodyValue', { ...base, body: page, bodyValue: 'x' }, 'bodyValue: must not stand beside a body'],
  ['two bodyValues', { ...base, bodyValue: ['x', 'y'] }, 'bodyValue: must be one at most'],
  [
    'a format that is a number',
    { ...base, body: { id: page, format: 6 } },
    'body.format: must be a media type',
  ],
  [
    'a language that is a number',
    { ...base, body: { id: page, language: 3 } },
    'body.language: must be text',
  ],
  ['an unknown direction', textual({ textDirection: 'squirrel' }), 'textDirection: must be ltr, rtl or auto'],
  ['two directions', textual({ textDirection: ['ltr', 'rtl'] }), 'textDirection: must be one at most'],
  [
    'two processing languages',
    textual({ processingLanguage: ['en', 'de'] }),
    'processingLanguage: must be one at most',
  ],
  [
    'text without a value',
    { ...base, body: { type: 'TextualBody', format: 'text/plain' } },
    'body.value: is missing',
  ],
  ['text with two values', textual({ value: ['x', 'y'] }), 'body.value: must be one at most'],
  [
    'two kinds of set',
    { ...base, body: { type: ['Choice', 'List'], items: [page] } },
    'is both Choice and List',
  ],
  ['an empty choice', { ...base, body: { type: 'Choice', items: [] } }, 'items: must be a list'],
  ['a choice without items', { ...base, body: { type: 'Choice' } }, 'items: must be a list'],
  [
    'a bad item',
    { ...base, target: { type: 'List', items: [page, 'x y'] } },
    'target.items[1]: must be an IRI',
  ],
  ['no source', { ...base, target: { type: 'SpecificResource' } }, 'target.source: is missing'],
  [
    'a selector without a source',
    { ...base, target: { selector: { type: 'CssSelector', value: 'p' } } },
    'target.source: is missing',
  ],
  [
    'two sources',
    { ...base, target: { source: [page, page], styleClass: 'x' } },
    'source: must be one at most',
  ],
  ['a fragment without a value', on({ type: 'FragmentSelector' }), 'selector.value: is missing'],
  [
    'a fragment with two values',
    on({ type: 'FragmentSelector', value: ['x', 'y'] }),
    'selector.value: must be one at most',
  ],
  ['a quotation without words', on({ type: 'TextQuoteSelector', prefix: 'x' }), 'selector.exact: is missing'],
  [
    'two prefixes',
    on({ type: 'TextQuoteSelector', exact: 'x', prefix: ['a', 'b'] }),
    'prefix: must be one at most',
  ],
  ['a position without an end', on({ type: 'TextPositionSelector', start: 1 }), 'selector.end: is missing'],
  [
    'a position before the text',
    on({ type: 'TextPositionSelector', start: -1, end: 3 }),
    'start: must be a whole number',
  ],
  [
    'a position in words',
    on({ type: 'DataPositionSelector', start: '1', end: 3 }),
    'start: must be a whole number',
  ],
  [
    'half a range',
    on({ type: 'RangeSelector', startSelector: { type: 'CssSelector', value: 'p' } }),
    'endSelector: is missing',
  ],
  [
    'a bad refinement',
    on({ type: 'CssSelector', value: 'p', refinedBy: { type: 'TextQuoteSelector' } }),
    'refinedBy.exact: is missing',
  ],
  ['a selector without type and name', on({ value: 'p' }), 'selector.id: is missing'],
  ['a day without a time', { ...base, created: '2015-01-28' }, 'created: must be a date with a time'],
  ['a time without a zone', { ...base, modified: '2015-01-28T12:00:00' }, 'modified: must be a date'],
  [
    'two times',
    { ...base, generated: ['2015-01-28T12:00:00Z', '2015-01-28T12:00:00Z'] },
    'generated: must be one at most',
  ],
  ['a right in words', { ...base, rights: 'all of them' }, 'rights: must be an IRI'],
  ['two canonical names', { ...base, canonical: [page, page] }, 'canonical: must be one at most'],
  ['a way that is no address', { ...base, via: 'mail' }, 'via: must be an IRI'],
  ['a creator in words', { ...base, creator: 'Some Body' }, 'creator: must be an IRI'],
  [
    'half a time',
    {
      ...base,
      target: { source: page, state: { type: 'TimeState', sourceDateStart: '2015-01-28T12:00:00Z' } },
    },
    'must stand together',
  ],
  [
    'a request without a header',
    { ...base, target: { source: page, state: { type: 'HttpRequestState' } } },
    'state.value: is missing',
  ],
  ['one in a list', [base, { ...without('target'), id: 'urn:x:2' }], '[1].target: is missing'],
  ['two of one name', [base, base], '[1].id: is the id of another'],
  ['one in a list without a context', [without('@context')], '[0].@context: is missing'],
  [
    'a collection without an id',
    { '@context': context, type: 'AnnotationCollection', total: 0 },
    'the collection.id: is missing',
  ],
  [
    'a total below zero',
    { '@context': context, id: page, type: 'AnnotationCollection', total: -1 },
    'total: must be a whole number',
  ],
  [
    'a page without items',
    { '@context': context, id: page, type: 'AnnotationPage' },
    'the page.items: must be a list',
  ],
  [
    'one in a page',
    { '@context': context, id: page, type: 'AnnotationPage', items: [{ id: page, type: 'Annotation' }] },
    'items[0].target: is missing',
  ],
  ['no JSON', `{"@context": "${context}", "type": "Annotation", }`, 'the file: the file is not valid JSON'],
  ['something else', '"Annotation"', 'the file: must be an annotation'],
];

describe('W3C annotations', () => {
  test.each(valid)('IM72 takes %s', (_, value) => {
    expect(refusal(value)).toBeNull();
  });

  test.each(invalid)('IM72 refuses %s', (_, value, sentence) => {
    expect(refusal(value)).toMatchObject({
      code: 'invalid_input',
      message: expect.stringContaining(sentence),
    });
  });

  test('IM72 refuses a million brackets before anything goes down them', () => {
    expect(refusal(`{"@context":"${context}","body":${'['.repeat(1e6)}`)).toMatchObject({
      code: 'too_large',
    });
  });
});
