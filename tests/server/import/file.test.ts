import { describe, expect, test } from 'vitest';
import { MAX_IMPORT_BYTES } from '#core/limits.ts';
import { readSource } from '#server/import/source.ts';
import { titleFor } from '#server/import/title.ts';
import { read, readBytes } from './read.ts';

const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
function utf16(text: string, order: 'le' | 'be', mark = true): Uint8Array {
  const units = Array.from({ length: text.length }, (_, i) => text.charCodeAt(i));
  const all = mark ? [0xfeff, ...units] : units;
  return Uint8Array.from(
    all.flatMap((unit) => (order === 'le' ? [unit & 255, unit >> 8] : [unit >> 8, unit & 255])),
  );
}

describe('kind', () => {
  test.each([
    ['a page', '<!doctype html><p>a', 'x.txt', 'html'],
    ['a page after comments', '<!-- c --> <!-- d -->\n<html><body>a', null, 'html'],
    ['a fragment of a page', '<p class="x">a</p>', null, 'html'],
    ['Markdown by its name', 'Just words', 'notes.MD', 'markdown'],
    ['Markdown with HTML at its head', '<p align="center">x</p>\n\n# T\n\ntext', 'README.md', 'markdown'],
    ['Markdown by its structure', '# T\n\n- a\n- b\n', null, 'markdown'],
    ['plain text that looks a little like Markdown', '# T\n\n- a\n- b\n', 'x.txt', 'text'],
    ['plain text', '1 < 2 and a <b', 'x', 'text'],
    ['text about PDF files', 'They begin with %PDF-1.7 and a line end.', 'x', 'text'],
    ['JSON that is none of ours', '{"a": 1}', 'x.json', 'text'],
  ])('IM10 %s is found from the bytes', async (_, source, name, kind) => {
    expect((await readSource({ bytes: utf8(source), name, declared: 'file' })).kind).toBe(kind);
  });

  test.each([
    ['a program', latin1('\x7fELF\x02\x01\x01\0\0\0'), 'a program (ELF)'],
    ['a Windows program', latin1('MZ\x90\0\x03\0\0\0'), 'a Windows program'],
    ['a damaged PDF', latin1('%PDF-1.7\n%\xe2\xe3'), 'The PDF is damaged'],
    [
      'half of a packed file',
      latin1('PK\x03\x04\x14\0\0\0a.txt'),
      'damaged: the end of its package (ZIP) is missing',
    ],
    ['an image', latin1('\x89PNG\r\n\x1a\n\0\0'), 'an image (PNG)'],
    ['rich text', latin1('{\\rtf1\\ansi hello}'), 'a Rich Text file'],
    ['unknown bytes', Uint8Array.from({ length: 400 }, (_, i) => (i * 7) % 32), 'not text'],
    ['a later bundle', utf8('{"format": "proofdesk", "version": 3}'), 'version 3'],
  ])('IM10 %s called .txt is refused by what it is', async (_, bytes, what) => {
    await expect(readBytes(bytes, { name: 'harmless.txt' })).rejects.toMatchObject({
      code: 'unsupported_kind',
      message: expect.stringContaining(what),
    });
  });

  test.each([
    'RIFFLE SCHOOL closes, the town says',
    'ID3 tags are how music names itself.',
    'BZh9 is how a compressed file begins.',
    'GIF89a is the older format.',
    'OggS opens each page.',
    'Rar! cried the lion.',
    'The ftyp box says what a film is.',
    'MZ stands for Mark Zbikowski.',
  ])('IM130 a text that begins as a file of another kind would is a text: %s', async (words) => {
    expect((await readBytes(utf8(words), { name: 'a.txt' })).text).toBe(words);
  });

  test.each([
    ['GIF89a\x01\0\x01\0\x80\0\0', 'an image (GIF)'],
    ['RIFF\x24\x08\0\0WAVEfmt ', 'an image, sound or video (RIFF)'],
    ['ID3\x03\0\0\0\0\x0fvTIT2', 'a sound file (MP3)'],
    ['OggS\0\x02\0\0', 'a sound file (Ogg)'],
    ['Rar!\x1a\x07\x01\0', 'an archive (RAR)'],
    ['BZh9\x17rE8P\x90\0\0\0\0', 'a compressed file (bzip2)'],
    ['\0\0\0\x18ftypmp42', 'a video or an image (MP4 or HEIC)'],
  ])('IM130 the files of those kinds are still known: %j', async (head, what) => {
    await expect(readBytes(latin1(head), { name: 'harmless.txt' })).rejects.toMatchObject({
      code: 'unsupported_kind',
      message: expect.stringContaining(what),
    });
  });

  test('IM9 a file over the limit is refused with both numbers', async () => {
    await expect(readBytes(new Uint8Array(MAX_IMPORT_BYTES + 1))).rejects.toMatchObject({
      code: 'too_large',
      message: expect.stringContaining('20,971,521'),
    });
  });
});

describe('encoding', () => {
  const russian = 'Привет, мир. Это короткий текст о переговорах.';
  const chinese = '会谈持续了七十五分钟。\n双方同意再次通话。';
  test.each([
    ['UTF-8 with a mark', latin1('\xef\xbb\xbfcaf\xc3\xa9'), 'café'],
    ['UTF-16 with a mark, little end first', utf16('Zwölf “Punkte”', 'le'), 'Zwölf “Punkte”'],
    ['UTF-16 with a mark, big end first', utf16('Zwölf “Punkte”', 'be'), 'Zwölf “Punkte”'],
    ['UTF-16 without a mark', utf16('Nearly ten hours', 'le', false), 'Nearly ten hours'],
    ['UTF-16 without a mark, big end first', utf16('Nearly ten hours', 'be', false), 'Nearly ten hours'],
    ['UTF-16 of another script without a mark', utf16(russian, 'le', false), russian],
    ['UTF-16 in Chinese without a mark', utf16(chinese, 'be', false), chinese],
    ['Windows-1252', latin1('caf\xe9 \x93ready\x94 \x97 \x8090 is na\xefve'), 'café “ready” — €90 is naïve'],
    ['Windows-1252, hardly any of it', latin1('It\x92s done.'), 'It’s done.'],
    ['Windows-1251', Uint8Array.from(russian, cp1251), russian],
    ['what a page says of itself', latin1('<html><meta charset="iso-8859-2"><p>\xb3\xf3d\xbc'), 'łódź'],
  ])('IM11 %s is read right', async (_, bytes, expected) => {
    expect((await readBytes(bytes, { name: 'a.txt' })).text).toBe(expected);
  });

  test.each([
    ['bytes of no encoding', Uint8Array.of(0x61, 0x62, 0xff, 0xfe, 0x8d, 0x81, 0x20, 0x61)],
    ['noise', Uint8Array.from({ length: 300 }, (_, i) => 0x80 + ((i * 37) % 128))],
    ['half of UTF-16', Uint8Array.of(0xff, 0xfe, 0x61, 0x00, 0x62)],
    ['broken UTF-8 after a mark', Uint8Array.of(0xef, 0xbb, 0xbf, 0xc3, 0x28)],
  ])('IM11 %s is refused', async (_, bytes) => {
    await expect(readBytes(bytes, { name: 'a.txt' })).rejects.toMatchObject({ code: 'undecodable' });
  });
});

describe('reading in a thread', () => {
  test('IM8 a large source is read in a thread with the same result', async () => {
    const source = '<p>Some words and <b>more</b></p>'.repeat(20);
    const input = { bytes: utf8(source), name: null, declared: 'html' } as const;
    const inThread = await readSource(input, {}, { threadFromBytes: 0, timeoutMs: 30_000 });
    expect(inThread).toEqual(await readSource(input));
  });

  test('IM8 what a thread refuses is refused with the same code', async () => {
    const input = { bytes: utf8('  '), name: null, declared: 'text' } as const;
    await expect(readSource(input, {}, { threadFromBytes: 0, timeoutMs: 30_000 })).rejects.toMatchObject({
      code: 'empty_text',
    });
  });

  test('IM8 a source that takes too long is refused and its thread ended', async () => {
    const input = { bytes: utf8('words'), name: null, declared: 'text' } as const;
    await expect(readSource(input, {}, { threadFromBytes: 0, timeoutMs: 1 })).rejects.toMatchObject({
      code: 'too_large',
      message: expect.stringContaining('0.001 seconds'),
    });
  });

  test('IM133 a source that takes too much work is refused and its thread ended', async () => {
    const bytes = utf8('<p>Some words and <b>more</b></p>'.repeat(40_000));
    const limits = { threadFromBytes: 0, timeoutMs: 60_000, workMs: 10 };
    await expect(readSource({ bytes, name: null, declared: 'html' }, {}, limits)).rejects.toMatchObject({
      code: 'too_large',
      message: expect.stringContaining('0.01 seconds of work'),
    });
  });
});

test.each([
  ['the file’s name', 'C:\\texts\\Talks at the lake.txt', 'x', 'Talks at the lake'],
  ['the first words', null, 'Short line\nmore', 'Short line'],
  ['the first words, cut between two', null, `${'word '.repeat(40)}`, `${'word '.repeat(15)}word…`],
])('IM5 without a title it is called by %s', (_, name, text, expected) => {
  expect(titleFor(name, text)).toBe(expected);
});

test('IM1 an imported title is trimmed', async () => {
  expect((await read('text', 'x', { title: '  A  ' })).title).toBe('A');
});

/** Windows-1251 for Russian letters and ASCII. */
function cp1251(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  return code >= 0x410 && code <= 0x44f ? code - 0x410 + 0xc0 : code;
}
