import { describe, expect, test } from 'vitest';
import { outline, read } from './read.ts';

describe('plain text', () => {
  test.each([
    ['every line is a paragraph when no blank line parts them', 'One\nTwo\n', 'p(One) p(Two)'],
    [
      'blank lines part paragraphs and single breaks stay breaks',
      'Roses\nViolets\n\nSugar',
      'p(RosesbrViolets) p(Sugar)',
    ],
    ['blank lines at the ends and in plenty make nothing', '\n\n\nOne\n \n\t\n\nTwo\n\n', 'p(One) p(Two)'],
    [
      'a text with line ends of Windows and old Macs reads the same',
      'One\r\nTwo\rThree',
      'p(One) p(Two) p(Three)',
    ],
    ['indents and spaces inside a line are kept', '  One   two', 'p(  One   two)'],
    [
      'Markdown and HTML in plain text stay the words they are',
      '# One\n<b>two</b>',
      'p(# One) p(<b>two</b>)',
    ],
  ])('IM1 %s', async (_, source, expected) => {
    expect(outline(await read('text', source)).replaceAll('br()', 'br')).toBe(expected);
  });

  test('IM1 the text is the lines of the source without the blank ones', async () => {
    const { text } = await read('text', 'A\nB\n\nC\n\n\nD');
    expect(text).toBe('A\nB\nC\nD');
  });

  test('IM1 stray control characters are left out and said', async () => {
    const { text, unreadable } = await read('text', `${'A long enough line of words. '.repeat(20)}\u0001end`);
    expect(text.endsWith('end')).toBe(true);
    expect(text).not.toContain('\u0001');
    expect(unreadable).toEqual(['1 control characters were left out.']);
  });

  test.each(['text', 'markdown', 'html'] as const)(
    'IM9 a zero character in the field %s is refused with its position',
    async (declared) => {
      await expect(read(declared, 'abc\0def')).rejects.toMatchObject({
        code: 'invalid_input',
        message: expect.stringContaining('position 4'),
      });
    },
  );

  test.each(['', '   \n\t ', '\u200b\u2060', '<p> </p>'])(
    'IM9 a source without words (%j) is refused',
    async (source) => {
      await expect(read(source.startsWith('<') ? 'html' : 'text', source)).rejects.toMatchObject({
        code: 'empty_text',
      });
    },
  );

  test('IM9 a text over the limit is refused with both numbers', async () => {
    await expect(read('text', 'word '.repeat(400_001))).rejects.toMatchObject({
      code: 'too_large',
      message: 'The text has 2,000,004 characters; the most that are taken are 2,000,000.',
    });
  });
});
