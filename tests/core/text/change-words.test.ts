import { describe, expect, test } from 'vitest';
import { changedDocument, type WordChange } from '#core/text/change-words.ts';
import type { DocNode } from '#core/text/doc-json.ts';
import { flattenNode } from '#core/text/flatten-node.ts';
import { reportSchema } from '#core/text/schema.ts';

const strong = [{ type: 'strong' }];
const link = [{ type: 'link', attrs: { href: 'https://example.org/', title: null } }];
const doc = reportSchema.nodeFromJSON({
  type: 'doc',
  content: [
    {
      type: 'paragraph',
      content: [
        { type: 'text', text: 'Two ' },
        { type: 'text', text: 'drones', marks: strong },
        { type: 'text', text: ' fell on a ' },
        { type: 'text', text: 'roof', marks: link },
      ],
    },
    { type: 'paragraph', content: [{ type: 'text', text: 'Nobody was hurt.' }] },
    { type: 'code_block', content: [{ type: 'text', text: 'a = 1' }] },
    { type: 'bullet_list', content: [{ type: 'list_item', content: [{ type: 'paragraph' }] }] },
  ],
});

function after(words: string, change: Pick<WordChange, 'kind' | 'text'>) {
  const { text } = flattenNode(doc);
  const start = text.indexOf(words);
  const changed = changedDocument(doc, { ...change, start, end: start + words.length });
  changed.check();
  const json: DocNode = changed.toJSON();
  return { text: flattenNode(changed).text, first: json.content?.[0]?.content ?? [], json };
}

describe('a change of words', () => {
  test('IM69 replaces them by others that look the same', () => {
    const { text, first } = after('drones', { kind: 'replace', text: 'rockets' });
    expect(text).toContain('Two rockets fell on a roof\nNobody');
    expect(first[1]).toMatchObject({ text: 'rockets', marks: strong });
  });

  test('IM69 puts words in after them; a link ends where it ended', () => {
    expect(after('drones', { kind: 'insert', text: ' and a kite' }).first[1]).toMatchObject({
      text: 'drones and a kite',
      marks: strong,
    });
    expect(after('roof', { kind: 'insert', text: ' here' }).first.at(-1)).toEqual({
      type: 'text',
      text: ' here',
    });
  });

  test('IM69 takes them out, and a block that has no words left with them', () => {
    expect(after(' on a roof', { kind: 'delete', text: '' }).text).toContain('Two drones fell\nNobody');
    const { json, text } = after('Nobody was hurt.', { kind: 'delete', text: '' });
    expect(text).toContain('on a roof\na = 1');
    expect(json.content).toHaveLength(3);
    expect(after('a = 1', { kind: 'delete', text: '' }).json.content).toHaveLength(3);
  });

  test('IM69 joins blocks where the end of one and the beginning of the next go', () => {
    expect(after(' fell on a roof\nNobody was', { kind: 'replace', text: ' were' }).text).toContain(
      'Two drones were hurt.',
    );
  });

  test('IM69 lines stay lines of the block', () => {
    expect(after('roof', { kind: 'replace', text: 'wall\nof a barn' }).text).toContain(
      'on a wall\nof a barn\nNobody',
    );
    expect(after('a = 1', { kind: 'replace', text: 'a = 2\nb = 3' }).json.content?.[2]).toEqual({
      type: 'code_block',
      content: [{ type: 'text', text: 'a = 2\nb = 3' }],
    });
  });

  test('IM69 the document that was given stays as it is', () => {
    const before = JSON.stringify(doc.toJSON());
    after('drones', { kind: 'delete', text: '' });
    expect(JSON.stringify(doc.toJSON())).toBe(before);
  });
});
