import { describe, expect, test } from 'vitest';
import { outline } from '../read.ts';
import { p, r, readWordFile, styled, type WordParts } from './word-file.ts';

const style = (id: string, name: string, more = '', type = 'paragraph'): string =>
  `<w:style w:type="${type}" w:styleId="${id}"><w:name w:val="${name}"/>${more}</w:style>`;
const based = (on: string): string => `<w:basedOn w:val="${on}"/>`;

async function read(body: string, more: WordParts = {}): Promise<string> {
  return outline(await readWordFile({ body: p(r('Start')) + body, ...more }));
}

describe('IM21: headings', () => {
  const styles = [
    style('berschrift2', 'heading 2'),
    style('Mine', 'Kapitel der Zeitung', based('berschrift2')),
    style('Deep', 'Deep', '<w:pPr><w:outlineLvl w:val="7"/></w:pPr>'),
    style('TOC', 'TOC Heading', `${based('berschrift2')}<w:pPr><w:outlineLvl w:val="9"/></w:pPr>`),
    style('A', 'A', based('B')),
    style('B', 'B', based('A')),
  ].join('');

  test.each([
    ['by a built-in name under a translated id', styled('berschrift2', r('x')), 'h2(x)'],
    ['by what the style is based on', styled('Mine', r('x')), 'h2(x)'],
    ['by the outline level of the style', styled('Deep', r('x')), 'h6(x)'],
    ['by the outline level of the paragraph', p(r('x'), '<w:outlineLvl w:val="2"/>'), 'h3(x)'],
    ['by a translated name', styled('Titre 3', r('x')), 'h3(x)'],
    ['not where an outline level says body text', styled('TOC', r('x')), 'p(x)'],
    [
      'not where the paragraph says body text',
      p(r('x'), '<w:pStyle w:val="Mine"/><w:outlineLvl w:val="9"/>'),
      'p(x)',
    ],
    ['not where styles are based on each other in a circle', styled('A', r('x')), 'p(x)'],
    ['without bold as a mark', styled('Mine', r('x', '<w:b/>')), 'h2(x)'],
  ])('%s', async (_, body, expected) => {
    expect(await read(body, { styles })).toBe(`p(Start) ${expected}`);
  });
});

describe('IM21: marks', () => {
  const styles = [
    style('Strong', 'Strong', '<w:rPr><w:b/></w:rPr>', 'character'),
    style('Loud', 'Loud', '<w:rPr><w:b/></w:rPr>'),
  ].join('');
  const strong = '<w:rStyle w:val="Strong"/>';

  test.each([
    [
      'at the words',
      p(r('x', '<w:b/><w:i w:val="true"/><w:u w:val="single"/><w:strike/>')),
      'p(b[i[u[s[x]]]])',
    ],
    ['said to be off', p(r('x', '<w:b w:val="0"/><w:i w:val="false"/><w:u w:val="none"/>')), 'p(x)'],
    ['of the style of words', p(r('x', strong)), 'p(b[x])'],
    ['of the style of the paragraph', styled('Loud', r('x')), 'p(b[x])'],
    ['of both, which cancel out', styled('Loud', r('x', strong)), 'p(x)'],
    ['of both and at the words', styled('Loud', r('x', `${strong}<w:b/>`)), 'p(b[x])'],
  ])('%s', async (_, body, expected) => {
    expect(await read(body, { styles })).toBe(`p(Start) ${expected}`);
  });
});

describe('IM21: lists', () => {
  const level = (at: number, format: string, more = ''): string =>
    `<w:lvl w:ilvl="${at}"><w:start w:val="1"/><w:numFmt w:val="${format}"/>${more}</w:lvl>`;
  const numbering =
    `<w:abstractNum w:abstractNumId="7">${level(0, 'decimal')}${level(1, 'bullet')}${level(2, 'lowerRoman')}</w:abstractNum>` +
    '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>' +
    '<w:num w:numId="2"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>';
  const item = (words: string, at = 0, num = 1): string =>
    p(r(words), `<w:numPr><w:ilvl w:val="${at}"/><w:numId w:val="${num}"/></w:numPr>`);

  test('are as deep as their levels', async () => {
    const body = item('a') + item('b', 1) + item('c', 2) + item('d', 1) + item('e');
    expect(await read(body, { numbering })).toBe(
      'p(Start) ol(li(p(a) ul(li(p(b) ol(li(p(c)))) li(p(d)))) li(p(e)))',
    );
  });

  test('go on after other text at the next number, and begin where they are told to', async () => {
    const { doc } = await readWordFile({
      body: item('a') + item('b') + p(r('between')) + item('c') + p(r('again')) + item('d', 0, 2),
      numbering,
    });
    const orders = doc.content
      ?.filter(({ type }) => type === 'ordered_list')
      .map(({ attrs }) => attrs?.['order']);
    expect(orders).toEqual([1, 3, 5]);
  });

  test('are not parted by empty paragraphs, and number 0 takes one away', async () => {
    expect(await read(item('a') + p('') + item('b') + item('c', 0, 0), { numbering })).toBe(
      'p(Start) ol(li(p(a)) li(p(b))) p(c)',
    );
  });

  test('come from the style of the paragraph', async () => {
    const styles = style('L', 'List Number', '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>');
    expect(await read(styled('L', r('a')), { numbering, styles })).toBe('p(Start) ol(li(p(a)))');
  });
});

describe('IM21: tables', () => {
  const cell = (content: string, properties = ''): string =>
    `<w:tc><w:tcPr>${properties}</w:tcPr>${content}</w:tc>`;
  const row = (...cells: string[]): string => `<w:tr>${cells.join('')}</w:tr>`;

  test('keep cells that span, header rows and tables inside', async () => {
    const inner = `<w:tbl>${row(cell(p(r('x'))), cell(p(r('y'))))}</w:tbl>`;
    const body = `<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr>${cell(p(r('head')), '<w:gridSpan w:val="2"/>')}</w:tr>${row(
      cell(p(r('tall')), '<w:vMerge w:val="restart"/>'),
      cell(p(r('one'))),
    )}${row(cell(p(''), '<w:vMerge/>'), cell(p(r('two')) + inner + p('')))}</w:tbl>`;
    expect(await read(body)).toBe(
      'p(Start) table(tr(th2x1(p(head))) tr(td1x2(p(tall)) td(p(one))) tr(td(p(two) table(tr(td(p(x)) td(p(y)))))))',
    );
  });

  test('lose no word of a cell that continues another, or stands in a content control', async () => {
    const body = `<w:tbl>${row(cell(p(r('a')), '<w:vMerge w:val="restart"/>'), cell(p(r('b'))))}<w:sdt><w:sdtContent>${row(
      cell(p(r('more')), '<w:vMerge/>'),
      `<w:sdt><w:sdtContent>${cell(p(r('c')))}</w:sdtContent></w:sdt>`,
    )}</w:sdtContent></w:sdt></w:tbl>`;
    expect(await read(body)).toBe('p(Start) table(tr(td1x2(p(a) p(more)) td(p(b))) tr(td(p(c))))');
  });
});

describe('IM21: links', () => {
  const relations = {
    web: ['hyperlink', 'https://example.org/a', true],
    bad: ['hyperlink', 'javascript:alert(1)', true],
  } as const;
  const mark = (type: string): string => `<w:r><w:fldChar w:fldCharType="${type}"/></w:r>`;
  const code = (words: string): string => `<w:r><w:instrText>${words}</w:instrText></w:r>`;

  test.each([
    ['by relation', `<w:hyperlink r:id="web">${r('x')}</w:hyperlink>`, 'a<https://example.org/a>[x]'],
    [
      'by a field, split over runs',
      `${mark('begin')}${code('HYPERLINK "https://exam')}${code('ple.org/b" \\o "Tip"')}${mark('separate')}${r('x')}${mark('end')}${r('y')}`,
      'a<https://example.org/b>[x]y',
    ],
    [
      'by a simple field',
      `<w:fldSimple w:instr=' HYPERLINK "mailto:a@b.example" '>${r('x')}</w:fldSimple>`,
      'a<mailto:a@b.example>[x]',
    ],
  ])('%s', async (_, content, expected) => {
    expect(await read(p(content), { relations })).toBe(`p(Start) p(${expected})`);
  });

  test('that are not safe or lead into the document leave their words, which is said', async () => {
    const imported = await readWordFile({
      body: p(
        `<w:hyperlink r:id="bad">${r('x')}</w:hyperlink><w:hyperlink w:anchor="top">${r('y')}</w:hyperlink>`,
      ),
      relations,
    });
    expect(outline(imported)).toBe('p(xy)');
    expect(imported.unreadable).toEqual([
      'One link that leads neither to the web nor to an e-mail address was left out; its words are kept: “javascript:alert(1)”.',
      'One link to a place in the document itself is kept as words only.',
    ]);
  });
});

describe('IM30: the title', () => {
  const styles = style('Titel', 'Title');
  const core =
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"><dc:title>From the file</dc:title><dc:creator>Ada</dc:creator><dcterms:created>2026-01-02T03:04:05Z</dcterms:created><dc:language>de-AT</dc:language></cp:coreProperties>';
  const rels = (more: string): string =>
    `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="m" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument" Target="/word/document.xml"/>${more}</Relationships>`;
  const parts = {
    '_rels/.rels': rels(
      '<Relationship Id="c" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/>',
    ),
    'docProps/core.xml': core,
  };

  test('in the style Title is taken out of the text', async () => {
    const { title, text } = await readWordFile({
      body: styled('Titel', r('Talks')) + p(r('Words')),
      styles,
      parts,
    });
    expect([title, text]).toEqual(['Talks', 'Words']);
  });

  test('that somebody commented on stays in the text, so the comment stands on it', async () => {
    const { title, text, notes } = await readWordFile({
      body:
        styled(
          'Titel',
          `<w:commentRangeStart w:id="1"/>${r('Talks')}<w:commentRangeEnd w:id="1"/><w:r><w:commentReference w:id="1"/></w:r>`,
        ) + p(r('Words')),
      styles,
      comments: '<w:comment w:id="1"><w:p><w:r><w:t>Why?</w:t></w:r></w:p></w:comment>',
    });
    expect([title, text, notes.map(({ start, end }) => text.slice(start, end))]).toEqual([
      'Talks',
      'Talks\nWords',
      ['Talks'],
    ]);
  });

  test('is else what the file says of itself, with its author, date and language', async () => {
    const { title, meta } = await readWordFile({ body: p(r('Words')), parts });
    expect([title, meta]).toEqual([
      'From the file',
      {
        byline: 'Ada',
        publishedAt: '2026-01-02T03:04:05.000Z',
        language: 'de-AT',
        canonicalUrl: null,
        publisher: null,
      },
    ]);
  });
});
