/** IM15: a note stays on its words, whatever the builder does to white space and structure. */
import { describe, expect, test } from 'vitest';
import { flattenNode } from '#core/text/flatten-node.ts';
import { DocBuilder } from '#server/import/doc-builder.ts';
import { takePoints } from '#server/import/points.ts';

/** Writes words in which `<` and `>` are the points of one note; gives the words between them. */
function marked(write: (builder: DocBuilder, words: (text: string) => void) => void): string {
  const builder = new DocBuilder();
  write(builder, (text) => {
    for (const part of text.split(/([<>])/)) {
      if (part === '<') builder.point('start');
      else if (part === '>') builder.point('end');
      else builder.flowingText(part);
    }
  });
  const { doc, offsets } = takePoints(builder.finish());
  expect(JSON.stringify(doc)).not.toContain('point');
  return flattenNode(doc).text.slice(offsets.get('start'), offsets.get('end'));
}

describe('IM15: points', () => {
  test('stay on words whose white space collapses', () => {
    expect(marked((_, words) => words('  The   plan <is  “90% ready”>   . '))).toBe('is “90% ready”');
  });

  test('do not part a run of words', () => {
    const builder = new DocBuilder();
    builder.flowingText('one ');
    builder.point('start');
    builder.flowingText('two');
    expect(takePoints(builder.finish()).doc.content?.[0]?.content).toEqual([
      { type: 'text', text: 'one two' },
    ]);
  });

  test('cross paragraphs, lists and tables', () => {
    const text = marked((builder, words) => {
      words('before <start');
      builder.open('bullet_list');
      builder.open('list_item');
      words('item');
      builder.close();
      builder.close();
      builder.open('table');
      builder.open('table_row');
      builder.open('table_cell');
      words('cell> after');
      builder.close();
      builder.open('table_cell');
      words('more');
      builder.close();
      builder.close();
      builder.close();
    });
    expect(text).toBe('start\nitem\ncell');
  });

  test('in an empty line wait for the next words, or stand at the end of the last', () => {
    const text = marked((builder, words) => {
      words('one');
      builder.endLine();
      builder.point('start');
      builder.endLine();
      words('two');
      builder.endLine();
      builder.point('end');
    });
    expect(text).toBe('two');
  });

  test('stand in code', () => {
    const text = marked((builder, words) => {
      builder.openLine('code_block');
      words('\nlet <a = 1;\n> ');
      builder.close();
    });
    expect(text).toBe('a = 1;\n');
  });

  test('before a break at the end of a line', () => {
    expect(
      marked((builder, words) => {
        words('<words ');
        builder.break();
        words('>');
      }),
    ).toBe('words');
  });
});
