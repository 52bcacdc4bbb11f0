import { strToU8, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { MAX_ELEMENTS } from '#server/import/docx/limits.ts';
import { readXmlTree } from '#server/import/docx/xml.ts';
import { readSource } from '#server/import/source.ts';
import {
  contentTypes,
  MAIN_TYPE,
  NAMESPACES,
  p,
  r,
  readFile,
  readWordFile,
  relation,
  relationships,
  wordFile,
} from './word-file.ts';

const good = wordFile({ body: p(r('Words')) });
const view = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.length);

/** Where the directory's entry of a part begins. */
function entryOf(bytes: Uint8Array, name: string): number {
  const all = Buffer.from(bytes);
  for (
    let at = all.indexOf('PK\x01\x02', 'latin1');
    at >= 0;
    at = all.indexOf('PK\x01\x02', at + 1, 'latin1')
  )
    if (all.toString('latin1', at + 46, at + 46 + all.readUInt16LE(at + 28)) === name) return at;
  throw new Error(`no part ${name}`);
}

function changed(change: (bytes: Uint8Array, entry: number) => void, name = 'word/document.xml'): Uint8Array {
  const bytes = good.slice();
  change(bytes, entryOf(bytes, name));
  return bytes;
}

const refused = (code: string, words: string): object => ({
  code,
  message: expect.stringContaining(words) as unknown,
});

describe('IM31: hostile packages', () => {
  test.each([
    ['cut off', good.slice(0, -40), 'the end of its package (ZIP) is missing'],
    [
      'with a directory that begins elsewhere',
      changed((bytes) => view(bytes).setUint32(bytes.length - 6, 7, true)),
      'its list of parts',
    ],
    [
      'with a part that is declared smaller',
      changed((bytes, at) => view(bytes).setUint32(at + 24, 3, true)),
      'is not what the file says',
    ],
    [
      'with a part of other bytes',
      changed((bytes, at) => view(bytes).setUint32(at + 16, 3, true)),
      'is not what the file says',
    ],
    [
      'with parts over one another',
      changed((bytes, at) => view(bytes).setUint32(at + 42, 0, true)),
      'document.xml',
    ],
    [
      'with a part that reaches into the next',
      changed((bytes, at) => view(bytes).setUint32(at + 20, 900_000, true)),
      'lies over another',
    ],
    ['with a part under two names', changed((bytes, at) => (bytes[at + 46] = 0x57)), 'called otherwise'],
    [
      'with an unknown way of packing',
      changed((bytes, at) => view(bytes).setUint16(at + 10, 99, true)),
      'unknown way',
    ],
    [
      'with two parts of one name',
      wordFile({ body: p(r('x')), parts: { 'WORD/document.xml': 'y' } }),
      'two of its parts',
    ],
  ])('%s are refused', async (_, bytes, words) => {
    await expect(readFile(bytes)).rejects.toMatchObject(refused('unsupported_kind', words));
  });

  test('locked with a password is refused as such', async () => {
    const bytes = changed((each, at) => view(each).setUint16(at + 8, 1, true));
    await expect(readFile(bytes)).rejects.toMatchObject(
      refused('unsupported_kind', 'locked with a password'),
    );
  });

  test('that unpack to far too much are refused, whatever they declare', async () => {
    const bomb = wordFile({ parts: { 'word/document.xml': new Uint8Array(70 * 1024 * 1024) } });
    const lying = bomb.slice();
    view(lying).setUint32(entryOf(lying, 'word/document.xml') + 24, 1_000, true);
    for (const bytes of [bomb, lying])
      await expect(readFile(bytes)).rejects.toMatchObject(refused('too_large', 'unpacks to far more'));
  });

  test('with thousands of parts are refused', async () => {
    const parts = Object.fromEntries(Array.from({ length: 5_000 }, (_, i) => [`x/${i}`, '']));
    await expect(readFile(wordFile({ parts }))).rejects.toMatchObject(refused('too_large', 'parts'));
  });

  test('with names that lead out of the file lose only these parts', async () => {
    const { text, unreadable } = await readWordFile({
      body: p(r('Words')),
      parts: { '../../etc/passwd': 'x' },
    });
    expect([text, unreadable]).toEqual([
      'Words',
      ['One part with a name that leads out of the file was left out.'],
    ]);
  });

  test('without styles, comments or other parts that are referred to are read', async () => {
    const { text } = await readWordFile({
      body: p(r('Words')),
      relations: { s: ['styles', 'styles.xml'], c: ['comments', 'no.xml'], n: ['numbering', '../../../x'] },
    });
    expect(text).toBe('Words');
  });

  test.each([
    ['the text is missing', { 'word/document.xml': null }, 'document.xml” with the text is missing'],
    ['the content types are missing', { '[Content_Types].xml': null }, 'what its parts are'],
    ['the text is another part', { 'word/document.xml': `<w:styles ${NAMESPACES}/>` }, 'it has no text part'],
  ])('are refused where %s', async (_, parts, words) => {
    await expect(readFile(wordFile({ parts }))).rejects.toMatchObject(refused('unsupported_kind', words));
  });

  test('that are a PDF as well are read as what they begin with', async () => {
    const parts = { '%PDF-1.7': '%PDF-1.7' };
    expect((await readWordFile({ body: p(r('Words')), parts })).kind).toBe('docx');
  });

  test('in packages are not opened', async () => {
    expect((await readWordFile({ body: p(r('Words')), parts: { 'word/inner.zip': good } })).text).toBe(
      'Words',
    );
  });
});

describe('IM32: hostile XML', () => {
  const xml = (document: string): Uint8Array => wordFile({ parts: { 'word/document.xml': document } });
  const body = (content: string): string =>
    `<w:document ${NAMESPACES}><w:body>${content}</w:body></w:document>`;

  test.each([
    [
      'an outside entity',
      `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>${body(p(r('&e;')))}`,
      'document type',
    ],
    [
      'entities in entities',
      `<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>${body(p(r('&b;')))}`,
      'document type',
    ],
    ['an unknown entity', body(p(r('&nbsp;'))), 'no sound XML'],
    ['elements that are not closed', `<w:document ${NAMESPACES}><w:body><w:p>`, 'no sound XML'],
    ['bytes of no encoding', `\xff${body('')}`, 'no sound XML'],
    ['nothing', '', 'no sound XML'],
  ])('with %s is refused', async (_, document, words) => {
    const bytes = document.startsWith('\xff')
      ? wordFile({ parts: { 'word/document.xml': Uint8Array.of(0xff, 0xff, ...strToU8(document)) } })
      : xml(document);
    await expect(readFile(bytes)).rejects.toMatchObject(refused('unsupported_kind', words));
  });

  test.each([
    ['a million nested elements', body('<w:sdt>'.repeat(1_000_000)), 'deep in one another'],
    ['a thousand nested tables', body('<w:tbl><w:tr><w:tc>'.repeat(1_000)), 'deep in one another'],
    [
      'a hundred thousand attributes',
      body(`<w:p ${Array.from({ length: 100_000 }, (_, i) => `a${i}=""`).join(' ')}/>`),
      'attributes',
    ],
    ['a flood of elements in one block', body(`<w:p>${'<w:r/>'.repeat(600_000)}</w:p>`), 'elements'],
  ])('with %s is refused', async (_, document, words) => {
    await expect(readFile(xml(document))).rejects.toMatchObject(refused('too_large', words));
  });

  test('with a flood of elements over all its parts is refused', () => {
    const budget = { elements: MAX_ELEMENTS - 2 };
    const tree = (source: string): unknown => readXmlTree(strToU8(source), 'a.xml', budget);
    expect(tree('<a><b/></a>')).toMatchObject({ children: [{ name: '?:b' }] });
    expect(() => tree('<a/>')).toThrow('has more than 2,000,000 elements');
  });

  test('with a flood of comments is refused', async () => {
    const comments = Array.from({ length: 20_001 }, (_, i) => `<w:comment w:id="${i}"/>`).join('');
    await expect(readWordFile({ body: p(r('x')), comments })).rejects.toMatchObject(
      refused('too_large', 'comments'),
    );
  });

  test('with fields, wide cells and long chains of styles without end is read', async () => {
    const styles = Array.from(
      { length: 5_000 },
      (_, i) => `<w:style w:type="paragraph" w:styleId="s${i}"><w:basedOn w:val="s${i + 1}"/></w:style>`,
    ).join('');
    const begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>';
    const { text } = await readWordFile({
      styles,
      body:
        p(begin.repeat(10_000)) +
        `<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="999"/></w:tcPr>${p(r('a'))}</w:tc><w:tc>${p(r('b'))}</w:tc></w:tr></w:tbl>` +
        p(r('Words'), '<w:pStyle w:val="s0"/>'),
    });
    expect(text).toBe('a\nb\nWords');
  });
});

describe('IM33: packed files', () => {
  test('are read in a thread, however small, with the same result', async () => {
    const input = { bytes: good, name: null, declared: 'file' } as const;
    const read = await readSource(input, {}, { threadFromBytes: Number.MAX_SAFE_INTEGER, timeoutMs: 30_000 });
    expect(read).toEqual(await readFile(good));
    // A thread that may take no time shows that there is one.
    await expect(
      readSource(input, {}, { threadFromBytes: Number.MAX_SAFE_INTEGER, timeoutMs: 0 }),
    ).rejects.toMatchObject({ code: 'too_large' });
  });
});

describe('IM20: which files are Word files', () => {
  const moved = (mainType: string): Uint8Array =>
    zipSync({
      '[Content_Types].xml': strToU8(contentTypes({ 'a/text.xml': mainType })),
      '_rels/.rels': strToU8(
        relationships([
          relation(
            'x',
            'http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument',
            '/a/text.xml',
          ),
        ]),
      ),
      'a/text.xml': strToU8(
        '<x:document xmlns:x="http://purl.oclc.org/ooxml/wordprocessingml/main"><x:body><x:p><x:r><x:t>Words</x:t></x:r></x:p></x:body></x:document>',
      ),
    });

  test.each([
    ['a document', MAIN_TYPE],
    ['a template', MAIN_TYPE.replace('document.main', 'template.main')],
    ['a document with macros', 'application/vnd.ms-word.document.macroEnabled.main+xml'],
    ['a template with macros', 'application/vnd.ms-word.template.macroEnabledTemplate.main+xml'],
  ])('%s, strict, with other names and prefixes', async (_, type) => {
    const { kind, text } = await readFile(moved(type));
    expect([kind, text]).toEqual(['docx', 'Words']);
  });

  test('macros are left out and said', async () => {
    const { unreadable } = await readWordFile({
      body: p(r('x')),
      relations: { v: ['vbaProject', 'vbaProject.bin'] },
    });
    expect(unreadable).toEqual(['The macros of the file were left out.']);
  });

  test.each(['utf-16le', 'utf-16be'])('parts in %s', async (encoding) => {
    const document = `\ufeff<?xml version="1.0" encoding="UTF-16"?><w:document ${NAMESPACES}><w:body>${p(r('Größe'))}</w:body></w:document>`;
    const bytes = Buffer.from(document, 'utf16le');
    if (encoding === 'utf-16be') bytes.swap16();
    const { text } = await readWordFile({ parts: { 'word/document.xml': new Uint8Array(bytes) } });
    expect(text).toBe('Größe');
  });

  test.each([
    [
      'an Excel workbook',
      wordFile({ mainType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml' }),
      'an Excel workbook',
    ],
    [
      'a presentation',
      wordFile({
        mainType: 'application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml',
      }),
      'a PowerPoint presentation',
    ],
    [
      'an OpenDocument text',
      zipSync({ mimetype: strToU8('application/vnd.oasis.opendocument.text') }),
      'an OpenDocument file',
    ],
    ['an e-book', zipSync({ mimetype: strToU8('application/epub+zip') }), 'an e-book'],
    ['any archive', zipSync({ 'a.txt': strToU8('a') }), 'an archive (ZIP)'],
    ['a file with a password', compound('EncryptedPackage'), 'locked with a password'],
    ['an older Word file', compound('WordDocument'), 'an older Word file (.doc)'],
  ])('%s is none and is refused by what it is', async (_, bytes, words) => {
    await expect(readFile(bytes)).rejects.toMatchObject(refused('unsupported_kind', words));
  });
});

function compound(stream: string): Uint8Array {
  return new Uint8Array(
    Buffer.concat([
      Buffer.from('d0cf11e0a1b11ae1', 'hex'),
      Buffer.alloc(600),
      Buffer.from(stream, 'utf16le'),
    ]),
  );
}
