import { describe, expect, test } from 'vitest';
import { annotationNumber, at } from '../../../support/pdf-file.ts';
import { notesOf, readFixture, readPages } from './read.ts';

const WORDS = 'The plan is almost ready, he said.';
/** Fixed width: a letter is 7.2 points wide. */
const page = (...annotations: string[]): Parameters<typeof readPages>[0] => ({
  content: at(72, 700, WORDS, 12, 'F4') + at(72, 600, 'Another line.', 12, 'F4'),
  annotations,
});

/** A mark over these words of the line. */
function mark(type: string, words: string, more = ''): string {
  const start = 72 + WORDS.indexOf(words) * 7.2;
  const [x0, x1] = [start.toFixed(2), (start + words.length * 7.2).toFixed(2)];
  return `/Subtype /${type} /Rect [${x0} 697 ${x1} 711] /QuadPoints [${x0} 711 ${x1} 711 ${x0} 697 ${x1} 697] ${more}`;
}
const reference = (number: number): string => `${annotationNumber(0, number)} 0 R`;

describe('IM45 annotations', () => {
  test.each([
    [
      'a highlight without words is a claim',
      mark('Highlight', 'almost ready'),
      { words: 'almost ready', kind: 'claim', said: [] },
    ],
    [
      'inside of a word its very letters',
      mark('Underline', 'most rea'),
      { words: 'most rea', kind: 'claim', said: [] },
    ],
    [
      'with words it is a thread',
      mark('Squiggly', 'plan', '/Contents (Which?)'),
      { words: 'plan', kind: 'thread', said: ['Which?'] },
    ],
    [
      'struck out words would be deleted',
      mark('StrikeOut', 'almost '),
      { words: 'almost', kind: 'suggestion', suggestion: { kind: 'delete', text: '' }, said: [] },
    ],
    [
      'struck out and talked about is a thread',
      mark('StrikeOut', 'almost', '/Contents (Why?)'),
      { words: 'almost', kind: 'thread', said: ['Why?'] },
    ],
    [
      'a caret puts words in',
      '/Subtype /Caret /Rect [151.2 695 158.4 702] /Contents (quite )',
      { words: '', kind: 'suggestion', suggestion: { kind: 'insert', text: 'quite' }, said: [] },
    ],
    [
      'a sticky note stands on the nearest line',
      '/Subtype /Text /Rect [20 590 40 610] /Contents (Look)',
      { words: 'Another line.', kind: 'thread', said: ['Look'] },
    ],
    [
      'words written on the page are a note',
      '/Subtype /FreeText /Rect [400 590 500 610] /Contents (Typed)',
      { words: 'Another line.', kind: 'thread', said: ['Typed'] },
    ],
    [
      'a stamp with words is a note',
      '/Subtype /Stamp /Rect [80 590 100 610] /Contents (Seen)',
      { words: 'not', kind: 'thread', said: ['Seen'] },
    ],
  ])('%s', async (_, annotation, expected) => {
    expect(notesOf(await readPages(page(annotation)))).toEqual([expected]);
  });

  test('struck out with a caret in one group is a replacement', async () => {
    const read = await readPages(
      page(
        '/Subtype /Caret /Rect [200 695 206 702] /Contents (nearly)',
        mark('StrikeOut', 'almost', `/IRT ${reference(0)} /RT /Group`),
      ),
    );
    expect(notesOf(read)).toEqual([
      { words: 'almost', kind: 'suggestion', suggestion: { kind: 'replace', text: 'nearly' }, said: [] },
    ]);
  });

  test('drawings without words are counted', async () => {
    const read = await readPages(
      page('/Subtype /Square /Rect [80 690 200 710]', '/Subtype /Ink /Rect [1 1 9 9] /InkList [[1 1 9 9]]'),
    );
    expect(read.notes).toEqual([]);
    expect(read.unreadable).toContain('Drawings, stamps and attached files without words were left out: 2.');
  });

  test('a note on a title keeps the title in the text', async () => {
    const read = await readPages({
      content:
        at(72, 700, 'Title of it', 24, 'F4') +
        at(72, 650, 'Words of the text.') +
        at(72, 600, 'More of them.'),
      annotations: ['/Subtype /Highlight /Rect [70 690 250 720] /QuadPoints [70 720 250 720 70 690 250 690]'],
    });
    expect(read.title).toBe('Title of it');
    expect(notesOf(read)).toEqual([{ words: 'Title of it', kind: 'claim', said: [] }]);
  });
});

describe('IM46 talk about the words', () => {
  test('answers follow what they answer, with authors, dates and names', async () => {
    const read = await readPages(
      page(
        mark('Highlight', 'plan', "/NM (first) /T (Ada) /M (D:20240315142530+01'00') /Contents (Which?)"),
        `/Subtype /Text /Rect [0 0 1 1] /IRT ${reference(0)} /T (Ben) /NM (second) /M (D:20240316) /Contents (The old one)`,
        `/Subtype /Text /Rect [0 0 1 1] /IRT ${reference(1)} /T (Ada) /M (D:20240317120000Z) /Contents (Ah)`,
      ),
    );
    expect(read.notes[0]?.comments).toEqual([
      { originId: 'first', parent: null, author: 'Ada', at: '2024-03-15T14:25:30+01:00', body: 'Which?' },
      { originId: 'second', parent: 0, author: 'Ben', at: '2024-03-16T00:00:00Z', body: 'The old one' },
      { originId: null, parent: 1, author: 'Ada', at: '2024-03-17T12:00:00Z', body: 'Ah' },
    ]);
  });

  test.each([
    ['Completed', true],
    ['Accepted', true],
    ['Rejected', false],
    ['None', false],
  ])('the state %s settles it: %s', async (state, isResolved) => {
    const read = await readPages(
      page(
        mark('Highlight', 'plan', '/Contents (Which?)'),
        `/Subtype /Text /Rect [0 0 1 1] /F 30 /IRT ${reference(0)} /State (${state}) /StateModel (Review) /Contents (${state} set by Ben)`,
      ),
    );
    expect(read.notes.map((note) => [note.isResolved, note.comments.length])).toEqual([[isResolved, 1]]);
  });

  test('answers that answer each other in a circle end', async () => {
    const read = await readPages(
      page(
        mark('Highlight', 'plan', `/IRT ${reference(1)} /Contents (one)`),
        mark('Highlight', 'said', `/IRT ${reference(0)} /Contents (two)`),
      ),
    );
    expect(read.notes).toHaveLength(1);
    expect(read.notes[0]?.comments.map(({ body }) => body).sort()).toEqual(['one', 'two']);
  });
});

test.each([
  ['annotation-strikeout.pdf', 'Lorem ipsum dolor sit amet', 'StrikeOut content'],
  ['annotation-underline.pdf', 'Lorem ipsum dolor sit amet', 'Underline content'],
  ['annotation-link-text-popup.pdf', 'Text', 'Text content'],
])('IM45 %s', async (name, words, said) => {
  const read = await readFixture(name);
  expect(notesOf(read)).toEqual([{ words, kind: 'thread', said: [said] }]);
  expect(read.notes[0]?.comments[0]?.author).toBe('Tim van der Meij');
});

test('IM45 what was typed on a page by another program is a note', async () => {
  expect(notesOf(await readFixture('testAnnotations.pdf'))).toEqual([
    { words: 'Here is some text.', kind: 'thread', said: ['Here is a comment'] },
  ]);
});
