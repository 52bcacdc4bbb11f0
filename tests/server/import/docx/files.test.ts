/** Files that Word, LibreOffice and others wrote, see tests/fixtures/docx/README.md. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { outline } from '../read.ts';
import { readFile, say } from './word-file.ts';

const folder = path.join(import.meta.dirname, '../../../fixtures/docx');
const bytesOf = (name: string): Uint8Array => new Uint8Array(readFileSync(path.join(folder, `${name}.docx`)));

const files: readonly (readonly [
  name: string,
  comments: number,
  threads: number,
  resolved: number,
  suggestions: number,
])[] = [
  ['Comment001', 0, 0, 0, 0],
  ['Comment003', 6, 2, 1, 0],
  ['Comment004', 1, 1, 0, 0],
  ['Comment005', 1, 1, 0, 0],
  ['Comment006', 8, 3, 0, 0],
  ['Comment007', 8, 3, 0, 0],
  ['Comment009', 9, 4, 0, 0],
  ['Comment010', 12, 6, 1, 0],
  ['Comment012', 1, 1, 0, 0],
  ['Comment013', 10, 8, 1, 0],
  ['CommentRangeStart', 1, 1, 0, 0],
  ['ComplexNumberedLists', 0, 0, 0, 0],
  ['HeaderFooterUnicode', 0, 0, 0, 0],
  ['blk-paras-and-tables', 0, 0, 0, 0],
  ['bug56075-changeTracking_on', 0, 0, 0, 0],
  ['comments-rich-para', 4, 4, 0, 0],
  ['delins', 0, 0, 0, 2],
  ['footnotes', 0, 0, 0, 0],
  ['libreoffice-report', 2, 2, 1, 1],
  ['par-hyperlinks', 0, 0, 0, 0],
  ['simple-list', 0, 0, 0, 0],
  ['testComment', 1, 1, 0, 0],
  ['testWORD_boldHyperlink', 0, 0, 0, 0],
  ['testWORD_endnote_table', 0, 0, 0, 0],
  ['testWORD_features', 2, 2, 0, 5],
  ['text-box', 0, 0, 0, 0],
];

/** The XML of a part as it stands, without a parser. */
function partOf(bytes: Uint8Array, name: string): string {
  const part = unzipSync(bytes, { filter: (file) => file.name === name })[name];
  return part === undefined ? '' : strFromU8(part);
}

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

describe('IM34: files of other programs', () => {
  test.each(files)(
    '%s is read with every comment, answer and change',
    async (name, comments, threads, resolved, suggestions) => {
      const bytes = bytesOf(name);
      const { notes } = await readFile(bytes);
      const talk = notes.filter(({ kind }) => kind === 'thread');
      expect({
        comments: talk.flatMap((note) => note.comments).length,
        threads: talk.length,
        resolved: talk.filter(({ isResolved }) => isResolved).length,
        suggestions: notes.length - talk.length,
      }).toEqual({ comments, threads, resolved, suggestions });
      // The same counts, taken from the XML without our reader.
      const extended = partOf(bytes, 'word/commentsExtended.xml');
      expect(comments).toBe(count(partOf(bytes, 'word/comments.xml'), /<w:comment /g));
      expect(threads).toBe(comments - count(extended, /w15:paraIdParent=/g));
      expect(resolved).toBe(count(extended, /<w15:commentEx (?![^>]*paraIdParent)[^>]*done="1"/g));
    },
  );

  test.each(files)('%s loses no word of its text', async (name) => {
    const bytes = bytesOf(name);
    const { text, title, notes, unreadable } = await readFile(bytes);
    const proposed = notes.map(({ suggestion }) => suggestion?.text ?? '').join(' ');
    const all = `${title ?? ''} ${text} ${proposed} ${unreadable.join(' ')}`.replace(/\s+/g, ' ');
    const words = [...partOf(bytes, 'word/document.xml').matchAll(/<w:(?:t|delText)(?: [^>]*)?>([^<]*)</g)]
      .flatMap(([, run = '']) => run.replaceAll('&amp;', '&').replaceAll('&gt;', '>').split(/\s+/))
      .filter((word) => word !== '');
    expect(words.filter((word) => !all.includes(word))).toEqual([]);
  });

  test.each(['Comment011', 'TestTableColumns'])('%s, which has no words, is refused', async (name) => {
    await expect(readFile(bytesOf(name))).rejects.toMatchObject({ code: 'empty_text' });
  });

  test('what LibreOffice wrote comes through whole', async () => {
    const imported = await readFile(bytesOf('libreoffice-report'));
    expect(imported.title).toBe('Talks on the framework');
    expect(outline(imported)).toBe(
      'p(The talks lasted ten hours, and the framework is b[90 % ready].[1]) h2(What was agreed) ' +
        'ul(li(p(An exchange of prisoners) ul(li(p(before spring)))) li(p(A a<https://example.org/next>[second round]))) ' +
        'table(tr(td2x1(p(Figures))) tr(td(p(Prisoners)) td(p(1,200)))) p(It was i[a start].) ' +
        'hr() ol(li(p(Said on the evening of 2 February.)))',
    );
    expect(imported.notes.map((note) => say(imported, note))).toEqual([
      '“ten” replace “nine” | Ben Editor: ',
      '“the framework is 90 % ready” | Cleo Checker: Who says so?\nI found no source.',
      '“1,200” resolved | Ada Writer: Checked.',
    ]);
  });
});
