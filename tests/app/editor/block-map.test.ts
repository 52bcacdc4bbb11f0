import { Fragment, type Node } from 'prosemirror-model';
import { describe, expect, test } from 'vitest';
import { reportSchema } from '#core/text/schema.ts';
import { blockMap } from '../../../app/_editor/block-map.ts';

const paragraph = (text: string): Node =>
  reportSchema.node('paragraph', null, text === '' ? [] : [reportSchema.text(text)]);
const docOf = (...blocks: readonly Node[]): Node => reportSchema.node('doc', null, [...blocks]);

const [a, b, c] = [paragraph('alpha'), paragraph('beta'), paragraph('gamma')];

/** Where a position of `before` is in `after`. */
function mapped(before: Node, after: Node, position: number, side: 1 | -1 = 1): number {
  return blockMap(before, after).map(position, side);
}

describe('a change from the shared document', () => {
  test('moves nothing when all blocks are the same', () => {
    const doc = docOf(a, b, c);
    expect(mapped(doc, doc.copy(Fragment.from([a, b, c])), 10)).toBe(10);
  });

  test('in one block shifts what is after it by what it grew', () => {
    const after = docOf(a, paragraph('be long ta'), c);
    const inGamma = a.nodeSize + b.nodeSize + 3;
    expect(mapped(docOf(a, b, c), after, inGamma)).toBe(inGamma + 6);
    expect(mapped(docOf(a, b, c), after, 3)).toBe(3);
  });

  test('is narrowed to the characters that differ', () => {
    const start = a.nodeSize + 1;
    const after = docOf(a, paragraph('beXta'), c);
    expect(mapped(docOf(a, b, c), after, start + 1)).toBe(start + 1);
    expect(mapped(docOf(a, b, c), after, start + 3)).toBe(start + 4);
  });

  test('in blocks far from each other leaves what is between them', () => {
    const after = docOf(paragraph('alphas'), b, paragraph('gam'));
    const inBeta = a.nodeSize + 3;
    expect(mapped(docOf(a, b, c), after, inBeta)).toBe(inBeta + 1);
  });

  test('that adds a block carries those after it along', () => {
    const added = paragraph('new');
    const inBeta = a.nodeSize + 3;
    expect(mapped(docOf(a, b, c), docOf(a, added, b, c), inBeta)).toBe(inBeta + added.nodeSize);
  });

  test('that removes a block collapses what was in it', () => {
    const inBeta = a.nodeSize + 3;
    expect(mapped(docOf(a, b, c), docOf(a, c), inBeta, 1)).toBe(a.nodeSize);
    expect(mapped(docOf(a, b, c), docOf(a, c), inBeta, -1)).toBe(a.nodeSize);
  });

  test('between equal characters is found once, not twice', () => {
    const [before, after] = [docOf(paragraph('aaaa')), docOf(paragraph('aaaaa'))];
    expect(blockMap(before, after).map(before.content.size)).toBe(after.content.size);
    expect(blockMap(after, before).map(after.content.size)).toBe(before.content.size);
  });
});
