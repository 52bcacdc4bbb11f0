import { describe, expect, test } from 'vitest';
import { outline, read } from './read.ts';

describe('Markdown', () => {
  test.each([
    ['headings', '## A\n\n### B *c*', 'h2(A) h3(B i[c])'],
    ['emphasis and code', '**a** *b* ~~c~~ `d`', 'p(b[a] i[b] s[c] code[d])'],
    ['nested lists', '- a\n  1. b\n- c', 'ul(li(p(a) ol(li(p(b)))) li(p(c)))'],
    ['quotations', '> a\n> > b', 'quote(p(a) quote(p(b)))'],
    ['tables', '| a | b |\n|---|---|\n| **1** |', 'table(tr(th(p(a)) th(p(b))) tr(td(p(b[1])) td(p())))'],
    [
      'links',
      '[a](https://e.org/ "t") <https://f.org>',
      'p(a<https://e.org/>[a] a<https://f.org>[https://f.org])',
    ],
    ['code blocks', '```js\nlet a;\n\nb\n```', 'pre(let a;\n\nb)'],
    ['rules and hard breaks', 'a  \nb\n\n---', 'p(abr()b) hr()'],
    ['wrapped lines as one', 'a\nb', 'p(a b)'],
  ])('IM2 keeps %s', async (_, source, expected) => {
    expect(outline(await read('markdown', source))).toBe(expected);
  });

  test('IM2 shows HTML as the words it is', async () => {
    const { text } = await read('markdown', 'Hello <script>alert(1)</script> <b onclick="x">you</b>');
    expect(text).toBe('Hello <script>alert(1)</script> <b onclick="x">you</b>');
  });

  test('IM4 keeps the words of a link that leads nowhere safe', async () => {
    expect(
      outline(
        await read('markdown', '[a](javascript:alert(1)) [b](data:text/html,x) [c](vbscript:x) [d](/local)'),
      ),
    ).toBe('p(a b c d)');
  });

  test('IM5 a first heading is the title and leaves the text', async () => {
    const imported = await read('markdown', '# The title\n\nThe text.\n\n# Another');
    expect(imported.title).toBe('The title');
    expect(outline(imported)).toBe('p(The text.) h1(Another)');
  });

  test('IM5 a first heading stays in the text when another title was given', async () => {
    const imported = await read('markdown', '# A heading\n\nText', { title: 'My own' });
    expect([imported.title, imported.text]).toEqual(['My own', 'A heading\nText']);
  });

  test('IM5 a first heading that says the given title is not said twice', async () => {
    expect((await read('markdown', '# My  own\n\nText', { title: 'My own' })).text).toBe('Text');
  });

  test('IM5 a heading that is all there is stays the text', async () => {
    const imported = await read('markdown', '# Only this');
    expect([imported.title, imported.text]).toEqual(['Only this', 'Only this']);
  });

  test('IM5 front matter gives the title and is no text', async () => {
    const imported = await read('markdown', '---\ntitle: "From the front"\ntags:\n  - a\n---\n\nText');
    expect([imported.title, imported.text]).toEqual(['From the front', 'Text']);
  });

  test('IM5 rules around ordinary text are not front matter', async () => {
    expect((await read('markdown', '---\nJust text.\n\n---\nMore')).text).toContain('Just text.');
  });

  test('IM6 images are left out but for their description, and said', async () => {
    const { text, unreadable } = await read('markdown', 'A ![a **map**](x.png) b');
    expect(text).toBe('A a map b');
    expect(unreadable).toEqual(['One image was left out; its description is in the text.']);
  });

  test.each([
    ['quotation signs', '>'.repeat(100_000) + 'x\n\ny'],
    ['brackets', '['.repeat(50_000) + 'x'],
    ['stars', '*a **a '.repeat(20_000)],
    ['nested items', Array.from({ length: 300 }, (_, i) => `${' '.repeat(i * 2)}- x`).join('\n')],
  ])('IM8 a flood of %s is read or refused, never hung on', async (_, source) => {
    const { text } = await read('markdown', source);
    expect(text.length).toBeGreaterThan(0);
  });

  test('IM62 front matter says who wrote it, when, and where it lives', async () => {
    const front = `---
title: 'A title'
author:
  - Ana Pires
  - "Bo Lund"
date: 2026-03-03T10:00:00+01:00 # of the first version
lang: en
canonical_url: https://e.example/a
nested:
  title: not this
---
Text`;
    const imported = await read('markdown', front);
    expect(imported.meta).toEqual({
      byline: 'Ana Pires, Bo Lund',
      publishedAt: '2026-03-03T10:00:00+01:00',
      language: 'en',
      canonicalUrl: 'https://e.example/a',
      publisher: null,
    });
    expect([imported.title, imported.text]).toEqual(['A title', 'Text']);
  });

  test('IM62 footnotes stand at the end under their names', async () => {
    const source = `One[^1] and two[^b].

[^1]: https://e.example/source
[^b]: The *second*
    goes on.

    And on.

Last paragraph.`;
    expect(outline(await read('markdown', source))).toBe(
      'p(One[^1] and two[^b].) p(Last paragraph.) p([^1]: https://e.example/source) p([^b]: The i[second] goes on.) p(And on.)',
    );
  });

  test.each([
    ['in a line', 'a <!-- no --> b', 'p(a  b)', 1],
    ['over lines', 'a\n\n<!-- no\n\nno -->\n\nb', 'p(a) p(b)', 1],
    ['never closed, which is text', 'a <!-- yes', 'p(a <!-- yes)', 0],
    ['in code', '`<!-- a -->`\n\n```\n<!-- b -->\n```', 'p(code[<!-- a -->]) pre(<!-- b -->)', 0],
  ])('IM62 comments %s', async (_, source, expected, count) => {
    const imported = await read('markdown', source);
    expect(outline(imported)).toBe(expected);
    expect(imported.unreadable.length).toBe(count);
  });

  test.each([
    ['task lists with their boxes', '- [ ] a\n- [x] b', 'ul(li(p([ ] a)) li(p([x] b)))'],
    ['alerts with their kind', '> [!WARNING]\n> Mind the *gap*.', 'quote(p(b[Warning]) p(Mind the i[gap].))'],
    [
      'reference links',
      '[a][1] and [b]\n\n[1]: https://e.org/1\n[b]: https://e.org/2',
      'p(a<https://e.org/1>[a] and a<https://e.org/2>[b])',
    ],
  ])('IM2 keeps %s', async (_, source, expected) => {
    expect(outline(await read('markdown', source))).toBe(expected);
  });

  test.each([
    ['comments', '<!-- a\n'.repeat(50_000)],
    ['comments in a line', 'a<!-- b -->'.repeat(50_000)],
    ['footnotes', Array.from({ length: 20_000 }, (_, i) => `[^${i}]: x`).join('\n')],
    ['fences', '```\n~~~\n'.repeat(30_000)],
  ])('IM8 a flood of %s costs no more than its bytes', async (_, source) => {
    expect((await read('markdown', source)).text.length).toBeGreaterThan(0);
  });
});
