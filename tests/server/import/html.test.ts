import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { flattenNode } from '#core/text/flatten-node.ts';
import { reportSchema } from '#core/text/schema.ts';
import { readHtml } from '#server/import/html.ts';
import { outline, read } from './read.ts';

describe('HTML', () => {
  test.each([
    [
      'headings and paragraphs',
      '<h2>A</h2><p>b <b>c</b> <i>d</i> <u>e</u> <s>f</s> <code>g</code></p>',
      'h2(A) p(b b[c] i[d] u[e] s[f] code[g])',
    ],
    ['lists', '<ul><li>a<ol start=3><li>b</ol><li><p>c</p></ul>', 'ul(li(p(a) ol(li(p(b)))) li(p(c)))'],
    ['quotations', '<blockquote><p>a</p>b</blockquote>', 'quote(p(a) p(b))'],
    [
      'links',
      '<a href=" https://e.org/?a=1&amp;b=2 ">a <b>b</b></a>',
      'p(a<https://e.org/?a=1&b=2>[a ]a<https://e.org/?a=1&b=2>[b[b]])',
    ],
    ['code blocks', '<pre>\n a\n  b\n</pre>', 'pre( a\n  b)'],
    ['line breaks, two of them as a new paragraph', 'a<br>b<br><br>c<br>', 'p(abr()b) p(c)'],
    [
      'tables with spans',
      '<table><tr><th>a<th>b<tr><td rowspan=2>1<td>2<tr><td>3</table>',
      'table(tr(th(p(a)) th(p(b))) tr(td1x2(p(1)) td(p(2))) tr(td(p(3))))',
    ],
    [
      'captions before their table',
      '<table><caption>Cap</caption><tr><td>a<td>b</table>',
      'p(Cap) table(tr(td(p(a)) td(p(b))))',
    ],
    ['raised figures', '10<sup>2</sup>, x<sup>n</sup>', 'p(10², xn)'],
    ['quotation marks of q', 'He said <q>so</q>.', 'p(He said “so”.)'],
    ['entities', '&lt;b&gt; &amp; &euro;5 &#x1F600;', 'p(<b> & €5 😀)'],
  ])('IM3 keeps %s', async (_, source, expected) => {
    expect(outline(await read('html', source))).toBe(expected);
  });

  test('IM3 collapses white space as a browser does', async () => {
    expect(
      (await read('html', '<div>\n  One\n  two <b> three </b> four\n</div>\n<div>five</div>')).text,
    ).toBe('One two three four\nfive');
  });

  test.each([
    [
      'an uneven table gets its missing cells',
      '<table><tr><td>a<td>b<tr><td>c</table>',
      'table(tr(td(p(a)) td(p(b))) tr(td(p(c)) td(p())))',
    ],
    [
      'a span that runs over is cut',
      '<table><tr><td rowspan=9>a<td colspan=2>b<tr><td>c</table>',
      'table(tr(td1x2(p(a)) td2x1(p(b))) tr(td(p(c)) td(p())))',
    ],
    ['a table for layout gives its blocks', '<table><tr><td><p>a</p><p>b</p></table>', 'p(a) p(b)'],
    ['a stray item gets a list', '<li>a<li>b<p>c', 'ul(li(p(a)) li(p(b) p(c)))'],
    ['words in a list get an item', '<ul>a<li>b</ul>', 'ul(li(p(a)) li(p(b)))'],
    [
      'a list in a list belongs to the item before it',
      '<ul><li>a</li><ul><li>b</li></ul><li>c</ul>',
      'ul(li(p(a) ul(li(p(b)))) li(p(c)))',
    ],
    ['a cell without a table gives its words', '<td>a</td>', 'p(a)'],
    ['empty elements make nothing', '<p></p><blockquote> </blockquote><ul><li></li></ul>a', 'p(a)'],
    ['a heading with a block inside stays a heading', '<h2>a<div>b</div></h2>', 'h2(a) h2(b)'],
    ['tags that overlap are sorted out', '<b>a<p>b</b>c</p>d', 'p(b[a]) p(b[b]) p(c) p(d)'],
  ])('IM7 %s', async (_, source, expected) => {
    const imported = await read('html', source);
    expect(outline(imported)).toBe(expected);
  });

  test('IM4 nothing that runs, loads or hides comes through', async () => {
    const hostile = `<script>alert(1)</script><style>p{}</style><noscript>no</noscript><template>t</template>
      <iframe src="https://e.org">f</iframe><object data=x>o</object><svg><text>s</text></svg>
      <p onclick="alert(1)" style="background:url(javascript:1)">Words<img src=x onerror=alert(1)></p>
      <a href="javascript:alert(1)">one</a> <a href="java&#10;script:alert(1)">two</a> <a href=" JaVaScRiPt:x">three</a>
      <a href="data:text/html,x">four</a> <a href="vbscript:x">five</a> <a href="https://e.org" onmouseover="x">six</a>
      <span style="display:none">hidden</span><span hidden>hidden</span><textarea>form</textarea><input value="v"><button>Go</button>`;
    const imported = await read('html', hostile);
    expect(imported.text).toBe('Words\none two three four five six');
    expect(JSON.stringify(imported.doc)).not.toMatch(/script|alert|onerror|onclick|hidden|data:/i);
    expect(imported.unreadable).toEqual([
      'One image was left out.',
      '3 words that the page does not show were left out.',
      '2 words on buttons and in form fields were left out.',
      'One word for browsers without scripts or frames was left out.',
      '3 embedded parts (videos, frames or drawings) were left out.',
    ]);
  });

  test.each([
    ['<p hidden>Two were <b>killed</b></p>', '3 words that the page does not show were left out.'],
    ['<div style="display: none">Café<br>fermé</div>', '2 words that the page does not show were left out.'],
    ['<button>Sign up</button>', '2 words on buttons and in form fields were left out.'],
    ['<textarea>Two</textarea>', 'One word on buttons and in form fields was left out.'],
    ['<select><option>Mon<option>Tue</select>', '2 words on buttons and in form fields were left out.'],
    [
      '<noscript><p>Two were killed</p></noscript>',
      '3 words for browsers without scripts or frames were left out.',
    ],
  ])('IM131 words that do not come along are counted: %s', async (part, sentence) => {
    const imported = await read('html', `<p>Words</p>${part}`);
    expect(imported.text).toBe('Words');
    expect(imported.unreadable).toEqual([sentence]);
  });

  test('IM131 what nobody would read is not counted', async () => {
    const source = `<style>p { margin: 0 }</style><script>let words</script><noscript><img src="https://e.org/pixel"></noscript>
      <button aria-label="Menu">☰</button><p>Words</p>`;
    expect((await read('html', source)).unreadable).toEqual([]);
  });

  test('IM131 a page with furniture says it in one sentence', async () => {
    const prose =
      'The council voted on Monday to repair the dam before the winter, at a cost of two million.';
    const source = `<nav><a href="/a">A</a><a href="/b">B</a><a href="/c">C</a></nav><div hidden>Menu of all parts</div>
      <main><h1>Dam</h1><p>${prose}</p><p>${prose}</p><button>Play now</button><p hidden>Not so.</p></main>`;
    const { text, unreadable } = await read('html', source);
    expect(text).not.toMatch(/Not so|Play/);
    expect(unreadable).toContain(
      '8 words that the page does not show, or on buttons and in form fields were left out.',
    );
    expect(unreadable.filter((sentence) => sentence.includes('words'))).toHaveLength(1);
  });

  test.each([
    ['<p><ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp>字<rt>ji</rt></ruby></p>', 'p(漢 (kan)字 (ji))'],
    ['<p><ruby>漢<rt></rt></ruby>字</p>', 'p(漢字)'],
  ])('IM132 a reading above the words stands after them: %s', async (source, expected) => {
    expect(outline(await read('html', source))).toBe(expected);
    expect((await read('html', source)).unreadable).toEqual([]);
  });

  test('IM3 reads what Google Docs puts on the clipboard', async () => {
    const pasted = `<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-1"><p dir="ltr"><span style="font-weight:400">Plain </span><span style="font-weight:700;font-style:italic">both</span></p><br><ul><li dir="ltr" aria-level="1"><p dir="ltr" role="presentation"><span style="text-decoration:underline">item</span></p></li></ul></b>`;
    expect(outline(await read('html', pasted))).toBe('p(Plain b[i[both]]) ul(li(p(u[item])))');
  });

  test('IM3 reads the lists of Word, which are paragraphs', async () => {
    const item = (words: string) =>
      `<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>·<span>&nbsp;&nbsp;</span></span><![endif]>${words}<o:p></o:p></p>`;
    expect(
      outline(await read('html', `<p class=MsoNormal>Before</p>${item('one')}${item('two')}<p>After</p>`)),
    ).toBe('p(Before) ul(li(p(one)) li(p(two))) p(After)');
  });

  test.each([
    ['a first heading', '<title>Site</title><h1>Head</h1><p>a</p>', 'Head', 'a'],
    [
      'what the page shares, before its title',
      '<title>Site</title><meta property="og:title" content="Shared"><p>a</p>',
      'Shared',
      'a',
    ],
    ['the title of the page', '<title> The\n page </title><p>a</p>', 'The page', 'a'],
  ])('IM5 takes the title from %s', async (_, source, title, text) => {
    const imported = await read('html', source);
    expect([imported.title, imported.text]).toEqual([title, text]);
  });

  test('IM8 a million nested tags are refused at once', async () => {
    await expect(read('html', `${'<div>'.repeat(1_000_000)}x`)).rejects.toMatchObject({
      code: 'too_large',
      message: expect.stringContaining('1,000 deep'),
    });
  });

  test('IM8 deep structure is flattened with its words kept', async () => {
    const imported = await read(
      'html',
      `${'<blockquote><ul><li>'.repeat(200)}deep${'</li></ul></blockquote>'.repeat(200)}<p>after`,
    );
    expect(imported.text).toBe('deep\nafter');
    expect(outline(imported).split('(').length).toBeLessThan(60);
  });

  test('IM8 a flood of closing tags is no work', () => {
    expect(flattenNode(readHtml(`${'<b>'.repeat(900)}x${'</i></p>'.repeat(50_000)}`).doc).text).toBe('x');
  });

  test('IM8 a table cannot be blown up by its spans', async () => {
    const row = '<tr><td colspan=100 rowspan=1000>x';
    await expect(read('html', `<table>${row.repeat(3_000)}</table>`)).rejects.toMatchObject({
      code: 'too_large',
    });
  });

  test('IM7 whatever tags come in whatever order, the document fits the schema and no word is lost', () => {
    const names = [
      'p',
      'div',
      'ul',
      'ol',
      'li',
      'table',
      'tr',
      'td',
      'th',
      'caption',
      'blockquote',
      'h1',
      'pre',
      'b',
      'a',
      'span',
      'br',
      'hr',
      'sup',
      'thead',
    ];
    const piece = fc.oneof(
      fc.constantFrom(...names).map((name) => `<${name}>`),
      fc.constantFrom(...names).map((name) => `</${name}>`),
      fc.constantFrom(
        '<a href="https://e.org">',
        '<td colspan=3 rowspan=2>',
        '<b style="font-weight:normal">',
        '<p style="mso-list:l1">',
      ),
      fc.integer({ min: 10, max: 99 }).map((number) => `w${number} `),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const source = pieces.join('');
        const { doc } = readHtml(source);
        const node = reportSchema.nodeFromJSON(doc);
        node.check();
        // Words that stand loose in a table change places with its caption, as in browsers; none is lost.
        const words = (text: string): string => (text.match(/w\d\d/g) ?? []).toSorted().join(' ');
        expect(words(flattenNode(doc).text)).toBe(words(source));
      }),
      { numRuns: 400, examples: [[['<table>', 'w10 ', '<caption>', 'w11 ']]] },
    );
  });
});
