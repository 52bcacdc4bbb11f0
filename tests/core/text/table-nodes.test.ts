/** Our tables are those of prosemirror-tables, whose commands edit them. */
import { Window } from 'happy-dom';
import { describe, expect, test } from 'vitest';
import { tableNodes as theirNodes } from 'prosemirror-tables';
import { DOMParser, DOMSerializer, Schema, type Node } from 'prosemirror-model';
import { reportSchema } from '#core/text/schema.ts';
import { tableNodes } from '#core/text/table-nodes.ts';

const theirs = theirNodes({ tableGroup: 'block', cellContent: 'block+', cellAttributes: {} });
const names = ['table', 'table_row', 'table_cell', 'table_header'] as const;
const theirSchema = new Schema({
  nodes: reportSchema.spec.nodes.append(theirs),
  marks: reportSchema.spec.marks,
});
const { document } = new Window();
// happy-dom's types are its own.
const page = document as unknown as Document;

const HTML =
  '<table><tbody><tr><th>Year</th><th rowspan="2">Sum</th></tr>' +
  '<tr><td colspan="2" data-colwidth="40,60"><p>a</p></td><td data-colwidth="1,2,3"><p>b</p></td></tr></tbody></table>';

function read(schema: Schema): Node {
  const host = page.createElement('div');
  host.innerHTML = HTML;
  return DOMParser.fromSchema(schema).parse(host);
}

function written(schema: Schema): string {
  const host = page.createElement('div');
  DOMSerializer.fromSchema(schema).serializeFragment(read(schema).content, { document: page }, host);
  return host.innerHTML;
}

describe('a table', () => {
  test.each(names)('has the shape of theirs in %s', (name) => {
    const {
      parseDOM: _ours,
      toDOM: _out,
      attrs: ourAttrs,
      ...ours
    }: Record<string, unknown> = tableNodes[name];
    const { parseDOM: _theirs, toDOM: _theirOut, attrs: theirAttrs, ...their } = theirs[name];
    expect(ours).toEqual(their);
    expect(JSON.stringify(ourAttrs)).toBe(JSON.stringify(theirAttrs));
  });

  test('is read from the page as theirs is, and written as it', () => {
    expect(read(reportSchema).toJSON()).toEqual(read(theirSchema).toJSON());
    expect(written(reportSchema)).toBe(written(theirSchema));
  });

  test('refuses widths that are none', () => {
    const cell = reportSchema.nodes.table_cell;
    const paragraph = reportSchema.nodes.paragraph.create();
    expect(() => cell.create({ colwidth: [10, 0] }, paragraph).check()).not.toThrow();
    expect(() => cell.create({ colwidth: ['wide'] }, paragraph).check()).toThrow(TypeError);
  });
});
