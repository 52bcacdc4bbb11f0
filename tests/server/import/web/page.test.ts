import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ImportedText } from '#server/import/reader.ts';
import { outline, read, readBytes } from '../read.ts';

const folder = path.join(import.meta.dirname, '../../../fixtures/pages');

function readPage(name: string): Promise<ImportedText> {
  return readBytes(readFileSync(path.join(folder, name)), { name });
}

interface Expected {
  file: string;
  title: string;
  first: string;
  last: string;
  /** Words that must be there. */
  has?: readonly string[];
  /** Words of the furniture. */
  lacks: readonly string[];
  meta: Partial<NonNullable<ImportedText['meta']>>;
}

const articles: readonly Expected[] = [
  {
    file: 'news-en.html',
    title: 'River towns face third flood in five years, ministers told',
    first: 'Engineers say barriers promised in 2022 are half built',
    last: 'had four pumps working. It has none.',
    has: [
      'It was not.',
      'TEWFORD — Flood defences',
      'Marl: none of 4 pumps',
      'nothing left to close',
      'Photograph: Jo Lind/HP',
      'What the letter says',
    ],
    lacks: [
      'cookies',
      'Advertisement',
      'Skip to',
      'Opinion',
      'Sign up',
      'newsletter',
      'Share',
      'More on this story',
      'resigns',
      'riverman',
      'shambles',
      'Ten ways',
      'rights reserved',
      'Where did the flood money go',
      'By Maya',
      '5 min read',
      'Topics',
    ],
    meta: {
      byline: 'Maya Osei, Tom Hallam',
      publishedAt: '2026-03-03T06:00:12Z',
      language: 'en-GB',
      canonicalUrl: 'https://www.harbourpost.example/uk/2026/mar/03/river-towns-third-flood',
      publisher: 'The Harbour Post',
    },
  },
  {
    file: 'news-de.html',
    title: 'Kabinett beschließt Sparpaket von 4,3 Milliarden Euro',
    first: 'Die Regierung kürzt bei Straßen',
    last: 'kündigte Änderungsanträge an.',
    has: ['1.240 Mio.', 'Wo gekürzt wird'],
    lacks: [
      'Cookies',
      'Anzeige',
      'Mehr zum Thema',
      'Lesen Sie auch',
      'Kommentare',
      'Impressum',
      'Abonnement',
      '17.32 Uhr',
    ],
    meta: {
      byline: 'Jörg Weiß',
      publishedAt: '2026-02-11T17:32:00+01:00',
      language: 'de',
      publisher: 'Rheinblick',
      canonicalUrl: 'https://www.rheinblick.example/politik/haushalt-sparpaket-a-1c2d.html',
    },
  },
  {
    file: 'news-ar.html',
    title: 'وزارة المياه: سد النهر يعمل بنصف طاقته',
    first: 'تقرير داخلي يقول',
    last: 'يوم الخميس المقبل.',
    has: ['38 مليون دولار'],
    lacks: ['الرئيسية', 'اقرأ أيضا', 'جفاف غير مسبوق', 'الأكثر قراءة', 'جميع الحقوق', '19/1/2026'],
    meta: {
      byline: 'ليلى حداد',
      publishedAt: '2026-01-19T14:05:00+03:00',
      language: 'ar',
      publisher: 'شبكة الضفة',
      canonicalUrl: 'https://www.aldiffa.example/news/2026/1/19/dam-half-capacity',
    },
  },
  {
    file: 'news-ja.html',
    title: '新幹線の延伸、開業は2年遅れ 工事費は1.6倍に',
    first: '新幹線の延伸区間について',
    last: '費用の分担を協議する。',
    has: ['沿線の市長は「住民に説明がつかない」と話した。', 'トンネルは3割'],
    lacks: ['トップ', '広告', '関連記事', 'ランキング', '無断転載', 'シェア', '19時30分'],
    meta: {
      byline: '佐藤健',
      publishedAt: '2026-02-20T19:30:00+09:00',
      language: 'ja',
      publisher: '日々新聞',
    },
  },
  {
    file: 'liveblog.html',
    title: 'Budget vote live: Senate passes bill 51-49',
    first: 'Two senators crossed the floor',
    last: 'fall by a third in four years.',
    has: [
      'Of 37 amendments, 6 were adopted.',
      'Bill passes',
      '“It was close,” said Ruiz.',
      '9:12 p.m.',
      'organizers say 15,000',
      'Debate opens',
    ],
    lacks: ['Advertisement', 'Copy link', 'Older updates', 'Recommended', 'Privacy policy', 'Politics'],
    meta: {
      byline: 'Priya Raman',
      publishedAt: '2026-04-01T13:00:00-04:00',
      language: 'en-US',
      publisher: 'Capital Wire',
    },
  },
  {
    file: 'press-release.html',
    title: 'Nordvolt opens 2 GWh battery plant in Skellen',
    first: 'SKELLEN, Sweden, November 18, 2025 –',
    last: '+46 8 555 01 23',
    has: ['Investment: SEK 7.4 billion', 'About Nordvolt', 'press@nordvolt.example'],
    lacks: ['Careers', 'LinkedIn', 'Latest news', 'third quarter', 'Cookies', 'Home'],
    meta: {
      publishedAt: '2025-11-18',
      language: 'en',
      publisher: 'Nordvolt',
      canonicalUrl: 'https://www.nordvolt.example/newsroom/skellen-plant',
    },
  },
  {
    file: 'government.html',
    title: 'Household waste statistics: 2024 to 2025',
    first: 'Key figures',
    last: 'Estimates make up 0.4% of the total. ↩',
    has: ['5,210', 'Table 1: waste and recycling by region', '29.8%', 'Figures may not add up'],
    lacks: ['cookies', 'Skip to', 'Contents', 'Is this page useful', 'Open Licence', 'Births'],
    meta: { publishedAt: '2025-12-04', language: 'en', publisher: 'GOV.EXAMPLE' },
  },
  {
    file: 'encyclopedia.html',
    title: 'Lake Orrin',
    first: 'Lake Orrin',
    last: 'Kell Courier, 3 May 1996',
    has: ['112 square kilometres', '214 m', 'The northern shore in winter', 'History', 'References'],
    lacks: [
      'edit',
      'Random article',
      'Contents',
      'Corrie',
      'Categories',
      'Jump to',
      'last edited',
      'Deutsch',
      'free encyclopedia',
    ],
    meta: { language: 'en', canonicalUrl: 'https://en.openpedia.example/wiki/Lake_Orrin' },
  },
  {
    file: 'blog-comments.html',
    title: 'I counted the buses on line 12',
    first: 'The operator says that 94 per cent',
    last: 'Tell me what I got wrong.',
    has: ['mon,52,30', 'No.', 'Of 311 buses, 187 were on time.'],
    lacks: [
      'Slow City',
      'Share this',
      'thoughts on',
      'I drive line 12',
      'Leave a Reply',
      'Recent Posts',
      'powered by',
      'Previous',
      'Related',
      'Posted',
    ],
    meta: { byline: 'Inês Duarte', publishedAt: '2026-01-14T08:20:11+00:00', language: 'en-US' },
  },
  {
    file: 'paywall-amp.html',
    title: 'Nucléaire : le réacteur d’Orval à l’arrêt jusqu’en juin',
    first: 'L’exploitant a découvert des fissures',
    last: 'le manque à gagner à 310 millions d’euros.',
    has: ['1er février'],
    lacks: ['Accueil', 'S’abonner', 'Il vous reste', 'cookies', 'Mentions légales', 'Par Élise', 'Publié le'],
    meta: {
      byline: 'Élise Morand',
      publishedAt: '2026-02-02T05:45:03Z',
      language: 'fr',
      publisher: 'Le Journal',
    },
  },
  {
    file: 'microdata.html',
    title: 'Ponte chiuso, i lavori slittano ancora',
    first: 'Il ponte sul Brenta resterà chiuso',
    last: 'spiega l’ingegnere capo.',
    has: ['I costi sono saliti da 3,2 a 5,9 milioni di euro.'],
    lacks: ['Cronaca', 'Condividi', 'Pubblicità', 'correlati', 'protestano', 'P.IVA'],
    meta: { byline: 'Giulia Ferri', publishedAt: '2025-09-30T18:00:00+02:00', language: 'it' },
  },
  {
    file: 'div-soup.html',
    title: 'El puerto movió menos carga',
    first: 'El tráfico cayó un 7,4 %',
    last: 'El consejo se reúne el día 20.',
    has: ['“No es una tendencia”, dijo su presidente.'],
    lacks: ['Portada', 'Deportes', 'La lonja', 'crucero', 'Aviso legal'],
    meta: { byline: 'Carmen Vidal', publishedAt: '2026-05-06', language: 'es', publisher: 'Diario del Sur' },
  },
  {
    file: 'line-breaks.html',
    title: 'Speech of the Minister of Transport, 12 June 2003',
    first: 'Speech of the Minister of Transport',
    last: 'I thank you.',
    has: ['312 kilometres', 'The ground was not what the maps said.'],
    lacks: ['Home', 'Links', 'Webmaster'],
    meta: {},
  },
];

describe('saved pages', () => {
  test.each(articles)(
    'IM55 $file gives its article without the furniture',
    async ({ file, first, last, has = [], lacks }) => {
      const { text, unreadable } = await readPage(file);
      expect(text.slice(0, first.length)).toBe(first);
      expect(text.slice(-last.length)).toBe(last);
      expect(has.filter((words) => !text.includes(words))).toEqual([]);
      expect(lacks.filter((words) => text.includes(words))).toEqual([]);
      expect(unreadable[0]).toMatch(/^Left out as not part of the article: /);
    },
  );

  test.each(articles)(
    'IM56 $file says what it is called, by whom, when and where',
    async ({ file, title, meta }) => {
      const imported = await readPage(file);
      expect(imported.title).toBe(title);
      expect(imported.meta ?? {}).toMatchObject(meta);
    },
  );

  test('IM55 says what was left out', async () => {
    const { unreadable } = await readPage('news-en.html');
    expect(unreadable).toEqual([
      'Left out as not part of the article: navigation, the page’s header, a cookie notice, advertisements, share buttons, 3 related links, readers’ comments, a sign-up box, a sidebar, the page’s footer, 2 short parts (“Flooding”, “By Maya Osei and Tom Hallam Tue 3 Mar 2026 06.00 GMT5 min re…”).',
      '6 words on buttons and in form fields were left out.',
      'One image was left out.',
    ]);
  });

  test.each([
    [
      'google-docs.html',
      'Draft – not for publication',
      '[1]\u00a0Plan hidrológico 2023, p. 41.',
      ['7,681 hm³', '8,340', 'Irrigation\n'],
    ],
    [
      'word-filtered.html',
      'Confidential draft – v3',
      '[1] Statistical office, table 62-9.',
      ['“fell for the first time in a decade”', '€1,480', '117,3'],
    ],
  ])('IM57 %s keeps every word', async (file, first, last, has) => {
    const { text, unreadable } = await readPage(file);
    expect(text.startsWith(first)).toBe(true);
    expect(text.endsWith(last)).toBe(true);
    expect(has.filter((words) => !text.includes(words))).toEqual([]);
    expect(unreadable).toEqual([]);
  });

  const prose =
    'This is a sentence that is long enough to be prose, with a subordinate clause and a full stop at its end.';
  test.each([
    [
      'a letter with links in it',
      `<p>${prose}</p><p>See <a href="https://a.example">one</a>, <a href="https://b.example">two</a>.</p>`,
      'See one, two.',
    ],
    [
      'a list of sources at the end',
      `<h1>T</h1><p>${prose}</p><p>${prose}</p><ul><li><a href="https://a.example/1">A report</a></li><li><a href="https://b.example/2">A table</a></li><li><a href="https://c.example/3">A map</a></li></ul>`,
      'A map',
    ],
    [
      'a table of contents',
      `<ul><li><a href="#a">One</a></li><li><a href="#b">Two</a></li><li><a href="#c">Three</a></li></ul><h2>One</h2><p>${prose}</p><p>${prose}</p>`,
      'Three\nOne',
    ],
    [
      'headings named like furniture',
      `<h2 id="related-work">Related work</h2><p>${prose}</p><h2 id="comments">Comments</h2><p>${prose}</p><section id="discussion"><h2>Discussion</h2><p>${prose}</p></section>`,
      'Discussion',
    ],
    ['a table', '<table><tr><th>Year<th>Tonnes<tr><td>2024<td>21.9</table>', '21.9'],
  ])('IM57 %s stays', async (_, source, words) => {
    const { text, unreadable } = await read('html', source);
    expect(text).toContain(words);
    expect(unreadable).toEqual([]);
  });
});

const png =
  'iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAIAAAACUFjqAAAAEklEQVR4nGP4z8CAB+GTG8HSALfKY52fTcuYAAAAAElFTkSuQmCC';

describe('habits of pages', () => {
  const prose =
    'The level of the dam fell to 31 per cent on Friday, the lowest since 1998, the authority said in its report.';
  const menu = '<nav><a href="/">Home</a><a href="/n">News</a></nav>';
  test.each([
    [
      'the page behind an open dialog',
      `<div id="app" aria-hidden="true">${menu}<article><h1>Dam</h1><p>${prose}</p></article></div><div role="dialog"><p>Subscribe for 1 euro a week and read all of our reporting from all over the country.</p></div>`,
      prose,
    ],
    [
      'a paragraph of an article behind a paywall',
      `${menu}<article><h1>Dam</h1><p>${prose}</p><p class="paywall-fade">${prose}</p></article>`,
      `${prose}\n${prose}`,
    ],
    [
      'words that stand in noscript only',
      `<div id="root"></div><noscript>${menu}<article><h1>Dam</h1><p>${prose}</p><p>${prose}</p></article></noscript>`,
      `${prose}\n${prose}`,
    ],
    [
      'folded parts and their heads, which are buttons',
      `${menu}<main><h1>Questions</h1><h2><button>Who may ride?</button></h2><p>${prose}</p><details><summary>How fast?</summary><p>20 km/h.</p></details></main>`,
      `Who may ride?\n${prose}\nHow fast?\n20 km/h.`,
    ],
    [
      'a short article with a heading',
      `${menu}<main><h1>Closed</h1><p>The road is closed.</p></main><footer>City Desk</footer>`,
      'The road is closed.',
    ],
    [
      'a second line under the heading',
      `${menu}<article><div class="head"><h1>Dam</h1><h3 class="subtitle">Why it is so low</h3><div class="byline">By A B</div></div><p>${prose}</p></article>`,
      `Why it is so low\n${prose}`,
    ],
    [
      'one article, not the teasers beside it',
      `${menu}<main><article><h1>Dam</h1><p>${prose}</p></article><div><h2>More</h2><a href="/m">Museum wins prize</a><p>The museum of buttons has beaten nine others to win a national prize worth a hundred thousand pounds.</p></div></main>`,
      prose,
    ],
    [
      'no links to other articles between paragraphs',
      `${menu}<article><h1>Dam</h1><p>${prose}</p><ul><li><a href="/a">Live: the dam</a></li><li><a href="/b">Who runs it?</a></li></ul><p>${prose}</p></article>`,
      `${prose}\n${prose}`,
    ],
    [
      'a list of sources',
      `${menu}<article><h1>Dam</h1><p>${prose}</p><h2>Sources</h2><ul><li><a href="https://a.example">The report</a></li><li><a href="https://b.example">The table</a></li></ul></article>`,
      `${prose}\nSources\nThe report\nThe table`,
    ],
  ])('IM55 keeps %s', async (_, source, expected) => {
    expect((await read('html', source)).text).toBe(expected);
  });

  test.each([
    [
      'a date that stands alone',
      `${menu}<h1>Dam</h1><div>Lena Hart</div><div>Mar 02, 2026</div><p>${prose}</p>`,
      '2026-03-02',
    ],
    ['a date in words', `${menu}<h1>Dam</h1><time>3. März 2026</time><p>${prose}</p>`, '2026-03-03'],
    [
      'no date that can be read in two ways',
      `${menu}<h1>Dam</h1><time>03/04/2026</time><p>${prose}</p>`,
      null,
    ],
    [
      'a date without the offset of its clock',
      `<meta name="date" content="2026-03-03 10:00:00">${menu}<h1>Dam</h1><p>${prose}</p>`,
      '2026-03-03',
    ],
  ])('IM56 takes %s', async (_, source, expected) => {
    expect((await read('html', source)).meta?.publishedAt ?? null).toBe(expected);
  });
});

describe('images', () => {
  test('IM58 an image in the file is a figure, once however often it stands there', async () => {
    const source = `<p>a</p><figure><img src="data:image/png;base64,${png}" alt="A square"><figcaption>Caption</figcaption></figure><img src="data:image/png;base64,${png}">`;
    const { doc, images, unreadable } = await read('html', source);
    expect(images.map(({ mediaType, bytes }) => [mediaType, bytes.length])).toEqual([['image/png', 75]]);
    expect(doc.content?.map(({ type }) => type)).toEqual(['paragraph', 'figure', 'paragraph', 'figure']);
    expect(doc.content?.[1]?.attrs).toEqual({
      image: images[0]?.sha256,
      alt: 'A square',
      width: 10,
      height: 10,
    });
    expect(unreadable).toEqual([]);
  });

  test.each([
    [
      'a description',
      '<p>a</p><img src="https://e.example/x.jpg" alt="Two men shake hands"><p>b</p>',
      'p(a) p([Image: Two men shake hands]) p(b)',
    ],
    [
      'a caption, not the description',
      '<figure><img src=x.jpg alt="Two men"><figcaption>The talks</figcaption></figure><p>b</p>',
      'p(The talks) p(b)',
    ],
    ['nothing of a file name', '<p>a<img src=x.jpg alt="DSC_0042.JPG"></p>', 'p(a)'],
    [
      'a letter drawn as an image',
      '<p>Well done <img class="emoji" alt="🎉" src="https://e.example/1f389.svg">!</p>',
      'p(Well done 🎉!)',
    ],
    [
      'nothing of a drawing that could run',
      `<p>a<img alt="" src="data:image/svg+xml;base64,PHN2Zy8+"></p>`,
      'p(a)',
    ],
    ['nothing of bytes that are none', `<p>a<img alt="" src="data:image/png;base64,AAAA"></p>`, 'p(a)'],
  ])('IM58 of an image that is not there stays %s', async (_, source, expected) => {
    expect(outline(await read('html', source))).toBe(expected);
  });
});

describe('hostile pages', () => {
  const furniture = '<nav><a href="/">Home</a></nav>';
  test.each([
    [
      '900 levels of furniture',
      `${furniture}${'<div class="related"><section>'.repeat(450)}${'word '.repeat(200)}`,
    ],
    ['60,001 elements', `${furniture}<p>${'word '.repeat(50)}</p>${'<i>x</i>'.repeat(60_001)}`],
    ['20,000 paragraphs', `${furniture}${`<p>${'word '.repeat(20)}</p>`.repeat(15_000)}`],
    ['a long name of a class', `${furniture}<p class="${'ad-'.repeat(100_000)}">${'word '.repeat(100)}</p>`],
    [
      'structured data a million levels deep',
      `${furniture}<script type="application/ld+json">${'['.repeat(1_000_000)}</script><p>${'word '.repeat(100)}</p>`,
    ],
    [
      'structured data that names itself',
      `${furniture}<script type="application/ld+json">{"@type":"NewsArticle","@id":"a","author":{"@id":"a"}}</script><p>${'word '.repeat(100)}</p>`,
    ],
    [
      'a thousand dates',
      `${furniture}${'<time>9999999999999999</time>'.repeat(1_000)}<p>${'word '.repeat(100)}</p>`,
    ],
  ])('IM63 a page with %s is read', async (_, source) => {
    expect((await read('html', source)).text).toContain('word');
  });

  test('IM63 nothing of what a page says of itself is trusted', async () => {
    const { meta, title } = await read(
      'html',
      `<html lang="<b>"><meta property="og:url" content="javascript:alert(1)"><link rel=canonical href="data:text/html,x"><meta name=author content="${'x'.repeat(5_000)}"><meta name=date content="yesterday"><title>${'t'.repeat(9_000)}</title><p>a`,
    );
    expect(meta).toEqual({
      byline: 'x'.repeat(300),
      publishedAt: null,
      language: null,
      canonicalUrl: null,
      publisher: null,
    });
    expect(title?.length).toBeLessThanOrEqual(300);
  });
});
