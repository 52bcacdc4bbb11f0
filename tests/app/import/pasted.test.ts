import { describe, expect, it } from 'vitest';
import {
  addressFrom,
  emptyDraft,
  isBareAddress,
  keyOf,
  pastedFrom,
  sourcesOf,
  withAddress,
  withFiles,
  without,
  withPaste,
} from '../../../app/_import/pasted.ts';

const clipboard = (text: string, html: string) => ({
  getData: (type: string) => (type === 'text/html' ? html : text),
});
const file = (name: string) => new File(['words'], name, { lastModified: 1 });

describe('what was pasted', () => {
  it('keeps the HTML that has structure', () => {
    expect(pastedFrom(clipboard('Title\nText', '<h1>Title</h1><p>Text</p>')).html).toContain('<h1>');
    expect(pastedFrom(clipboard('site', '<p><a href="https://a.example">site</a></p>')).html).not.toBeNull();
  });

  it('is plain where the HTML adds nothing', () => {
    expect(
      pastedFrom(clipboard('Text', '<meta charset="utf-8"><span style="color:red">Text</span>')).html,
    ).toBeNull();
  });

  it('tells an address from a text that has one', () => {
    expect(isBareAddress(' https://a.example/x ')).toBe(true);
    expect(isBareAddress('See https://a.example/x')).toBe(false);
  });

  it('UI47: an address alone means the page behind it, words around one are words', () => {
    expect(sourcesOf(withPaste({ text: ' https://a.example/x\n', html: null }))).toEqual([
      { kind: 'url', url: 'https://a.example/x' },
    ]);
    expect(sourcesOf({ ...emptyDraft, pasted: { text: 'https://a.example/x', html: null } })).toEqual([
      { kind: 'url', url: 'https://a.example/x' },
    ]);
    const words = { text: 'See https://a.example/x', html: null };
    expect(sourcesOf(withPaste(words))).toEqual([{ kind: 'text', text: words.text }]);
  });
});

describe('an address', () => {
  it.each([
    ['https://a.example/x?y=1', 'https://a.example/x?y=1'],
    ['  a.example/path ', 'https://a.example/path'],
    ['a.example:8080/x', 'https://a.example:8080/x'],
    ['HTTP://A.example', 'http://a.example/'],
  ])('%s is one', (typed, address) => {
    expect(addressFrom(typed)).toBe(address);
  });

  it.each([
    '',
    'harbour',
    'two words.example',
    'javascript:alert(1)',
    'file:///etc/passwd',
    'mailto:a@b.example',
  ])('“%s” is none', (typed) => {
    expect(addressFrom(typed)).toBeNull();
  });
});

describe('the draft', () => {
  it('holds each file and each address once, in place of what was pasted', () => {
    const pasted = withPaste({ text: 'Words', html: null });
    const draft = withAddress(
      withFiles(withFiles(pasted, [file('a'), file('b')]), [file('a')]),
      'https://a.example/',
    );
    expect(sourcesOf(withAddress(draft, 'https://a.example/')).map(({ kind }) => kind)).toEqual([
      'file',
      'file',
      'url',
    ]);
    expect(draft.pasted.text).toBe('');
  });

  it('gives one back', () => {
    const draft = withFiles(emptyDraft, [file('a'), file('b')]);
    const [first] = sourcesOf(draft);
    const rest = sourcesOf(without(draft, first === undefined ? '' : keyOf(first)));
    expect(rest.map((source) => (source.kind === 'file' ? source.file.name : ''))).toEqual(['b']);
  });
});
