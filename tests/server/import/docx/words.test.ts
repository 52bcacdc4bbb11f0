import { describe, expect, test } from 'vitest';
import { outline } from '../read.ts';
import { p, r, readWordFile } from './word-file.ts';

describe('IM29: every word', () => {
  test.each([
    ['breaks and tabs', `${r('a')}<w:r><w:br/><w:t>b</w:t><w:tab/><w:t>c</w:t></w:r>`, 'p(abr()b\tc)'],
    ['a page break', `${r('a')}<w:r><w:br w:type="page"/></w:r>${r('b')}`, 'p(a) p(b)'],
    [
      'hyphens',
      '<w:r><w:t>co</w:t><w:noBreakHyphen/><w:t>op</w:t><w:softHyphen/><w:t>x</w:t></w:r>',
      'p(co\u2011op\u00adx)',
    ],
    [
      'symbols',
      '<w:r><w:sym w:font="Symbol" w:char="F0A3"/><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>',
      'p(≤✓)',
    ],
    [
      'ruby',
      `<w:r><w:ruby><w:rubyPr/><w:rt>${r('かんじ')}</w:rt><w:rubyBase>${r('漢字')}</w:rubyBase></w:ruby></w:r>`,
      'p(漢字(かんじ))',
    ],
    [
      'an equation, with what its structure means',
      '<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>a+b</m:t></m:r></m:den></m:f><m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup></m:oMath>',
      'p(1/(a+b)x^2)',
    ],
    [
      'words in smart tags, content controls and custom XML',
      `<w:smartTag>${r('a')}</w:smartTag><w:sdt><w:sdtPr><w:alias w:val="no"/></w:sdtPr><w:sdtContent>${r('b')}</w:sdtContent></w:sdt><w:customXml>${r('c')}</w:customXml>`,
      'p(abc)',
    ],
    ['spaces that are not said to be kept', '<w:r><w:t>a </w:t></w:r><w:r><w:t>b</w:t></w:r>', 'p(a b)'],
    ['a form’s box and list', form('<w:checkBox><w:default w:val="1"/></w:checkBox>'), 'p(☒)'],
  ])('%s', async (_, content, expected) => {
    expect(outline(await readWordFile({ body: p(content) }))).toBe(expected);
  });

  test('a symbol of an unknown font is said', async () => {
    const { text, unreadable } = await readWordFile({
      body: p('<w:r><w:sym w:font="Webdings" w:char="F04A"/></w:r>' + r('x')),
    });
    expect([text, unreadable]).toEqual([
      '\ufffdx',
      ['One symbol of a special font could not be told and stands as �: “Webdings F04A”.'],
    ]);
  });
});

function form(content: string): string {
  return `<w:r><w:fldChar w:fldCharType="begin"><w:ffData>${content}</w:ffData></w:fldChar></w:r><w:r><w:instrText>FORMCHECKBOX</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>`;
}

const mark = (type: string): string => `<w:r><w:fldChar w:fldCharType="${type}"/></w:r>`;
const code = (words: string): string => `<w:r><w:instrText>${words}</w:instrText></w:r>`;

describe('IM27: what is shown and what is not', () => {
  test('a field leaves its result, also over paragraphs and inside another', async () => {
    const inner = `${mark('begin')}${code('PAGE')}${mark('separate')}${r('7')}${mark('end')}`;
    const body =
      p(`${mark('begin')}${code('TOC')}${mark('separate')}${r('One ')}${inner}`) +
      p(`${r('Two')}${mark('end')}`);
    expect((await readWordFile({ body })).text).toBe('One 7\nTwo');
  });

  test('a field in the code of another is no text', async () => {
    const inner = `${mark('begin')}${code('MERGEFIELD x')}${mark('separate')}${r('no')}${mark('end')}`;
    const body = p(
      `${r('a')}${mark('begin')}${code('IF ')}${inner}${code('= 1')}${mark('separate')}${r('yes')}${mark('end')}`,
    );
    expect((await readWordFile({ body })).text).toBe('ayes');
  });

  test('a field without an end swallows nothing after its paragraph', async () => {
    expect((await readWordFile({ body: p(`${r('a')}${mark('begin')}${code('X')}`) + p(r('b')) })).text).toBe(
      'a\nb',
    );
  });

  test('hidden words and headers are left out and said', async () => {
    const { text, unreadable } = await readWordFile({
      body: p(r('seen') + r(' secret', '<w:vanish/>')),
      header: p(r('Draft of May')),
    });
    expect(text).toBe('seen');
    expect(unreadable).toEqual([
      'One stretch of hidden words was left out: “secret”.',
      'Headers and footers were left out: “Draft of May”.',
    ]);
  });

  test('a text box comes once, after its paragraph', async () => {
    const box = (words: string): string => `<w:txbxContent>${p(r(words))}</w:txbxContent>`;
    const body = p(
      `${r('a')}<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>${box('box')}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>${box('box')}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>${r('b')}`,
    );
    expect(outline(await readWordFile({ body }))).toBe('p(ab) p(box)');
  });

  test('a choice for later programs is not taken', async () => {
    const body = p(
      `<mc:AlternateContent><mc:Choice xmlns:z="urn:z" Requires="z">${r('new')}</mc:Choice><mc:Fallback>${r('old')}</mc:Fallback></mc:AlternateContent>`,
    );
    expect((await readWordFile({ body })).text).toBe('old');
  });
});

describe('IM26: footnotes and endnotes', () => {
  test('are numbers in the text and a list at its end', async () => {
    const reference = (kind: string, id: number): string => `<w:r><w:${kind}Reference w:id="${id}"/></w:r>`;
    const imported = await readWordFile({
      body: p(r('One') + reference('footnote', 2) + r(' two') + reference('endnote', 2)),
      footnotes: `<w:footnote w:type="separator" w:id="0">${p(r('no'))}</w:footnote><w:footnote w:id="2">${p(`<w:r><w:footnoteRef/></w:r>${r('foot')}`)}</w:footnote>`,
      endnotes: `<w:endnote w:id="2">${p(r('end'))}${p(r('more'))}</w:endnote>`,
    });
    expect(outline(imported)).toBe('p(One[1] two[2]) hr() ol(li(p(foot)) li(p(end) p(more)))');
  });

  test('that are missing are said', async () => {
    const { text, unreadable } = await readWordFile({
      body: p(r('One') + '<w:r><w:footnoteReference w:id="9"/></w:r>'),
    });
    expect([text, unreadable]).toEqual(['One', ['One footnote or endnote is missing in the file.']]);
  });
});
