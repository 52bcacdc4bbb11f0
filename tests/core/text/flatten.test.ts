import fc from 'fast-check';
import type { Node } from 'prosemirror-model';
import { describe, expect, test } from 'vitest';
import { prosemirrorToYXmlFragment, yXmlFragmentToProseMirrorRootNode } from 'y-prosemirror';
import * as Y from 'yjs';
import { flatten, toOffset, toRelative, type FlatText } from '#core/text/flatten.ts';
import { flattenNode, offsetAtPosition, positionAtOffset } from '#core/text/flatten-node.ts';
import { reportSchema } from '#core/text/schema.ts';
import { documents } from './random-document.ts';

const seeded = { seed: 20261123, numRuns: 200 };

function shared(doc: Node): { ydoc: Y.Doc; body: Y.XmlFragment } {
  const ydoc = new Y.Doc();
  const body = ydoc.getXmlFragment('body');
  prosemirrorToYXmlFragment(doc, body);
  return { ydoc, body };
}

const paragraph = (...content: unknown[]): unknown => ({ type: 'paragraph', content });
const words = (text: string): unknown => ({ type: 'text', text });
const made = (...content: unknown[]): Node => reportSchema.nodeFromJSON({ type: 'doc', content });
const twoParagraphs = (): { ydoc: Y.Doc; body: Y.XmlFragment } =>
  shared(made(paragraph(words('Alpha beta.')), paragraph(words('Gamma delta.'))));

function blockText(body: Y.XmlFragment, index: number): Y.XmlText {
  const element = body.get(index);
  const child = element instanceof Y.XmlElement ? element.get(0) : null;
  if (!(child instanceof Y.XmlText)) throw new Error(`block ${index} has no text`);
  return child;
}

describe('the plain text', () => {
  const break_ = { type: 'hard_break' };
  const cell = (type: string, text: string): unknown => ({ type, content: [paragraph(words(text))] });
  const cases: readonly (readonly [string, readonly unknown[], string])[] = [
    ['paragraphs are joined by a newline', [paragraph(words('a')), paragraph(words('b'))], 'a\nb'],
    [
      'an empty paragraph is an empty block',
      [paragraph(words('a')), paragraph(), paragraph(words('b'))],
      'a\n\nb',
    ],
    ['a hard break is one newline', [paragraph(words('a'), break_, words('b'))], 'a\nb'],
    [
      'a rule is nothing',
      [paragraph(words('a')), { type: 'horizontal_rule' }, paragraph(words('b'))],
      'a\nb',
    ],
    [
      'a figure is nothing, whatever it is called',
      [
        { type: 'figure', attrs: { image: 'a'.repeat(64), alt: 'A map' } },
        paragraph(words('a')),
        { type: 'figure', attrs: { image: 'b'.repeat(64) } },
        paragraph(words('b')),
        { type: 'figure', attrs: { image: 'b'.repeat(64) } },
      ],
      'a\nb',
    ],
    [
      'marks leave no trace',
      [paragraph(words('a '), { type: 'text', text: 'b', marks: [{ type: 'strong' }] }, words(' c'))],
      'a b c',
    ],
    ['lines of code stay lines', [{ type: 'code_block', content: [words('x\ny')] }], 'x\ny'],
    [
      'list items and table cells are blocks in document order',
      [
        {
          type: 'bullet_list',
          content: [
            { type: 'list_item', content: [paragraph(words('one'))] },
            { type: 'list_item', content: [paragraph(words('two'))] },
          ],
        },
        {
          type: 'table',
          content: [{ type: 'table_row', content: [cell('table_header', 'h'), cell('table_cell', 'c')] }],
        },
      ],
      'one\ntwo\nh\nc',
    ],
  ];
  test.each(cases)('AN1: %s', (_name, content, expected) => {
    const doc = made(...content);
    expect(flatten(shared(doc).body).text).toBe(expected);
    expect(flattenNode(doc).text).toBe(expected);
    expect(flattenNode(doc.toJSON()).text).toBe(expected);
  });

  test('AN1: an empty fragment is the empty text', () => {
    const flat = flatten(new Y.Doc().getXmlFragment('body'));
    expect(flat).toMatchObject({ text: '', blocks: [] });
  });

  test('AN2: the shared document, the editor and the JSON have the same text and the same blocks', () => {
    fc.assert(
      fc.property(documents, (doc) => {
        const { body } = shared(doc);
        const flat = flatten(body);
        const node = flattenNode(doc);
        expect(node.text).toBe(flat.text);
        expect(node.blocks.map(({ start, end }) => [start, end])).toEqual(
          flat.blocks.map(({ start, end }) => [start, end]),
        );
        const json = flattenNode(doc.toJSON());
        expect(json.text).toBe(flat.text);
        expect(json.blocks.map((block) => block.position)).toEqual(
          node.blocks.map((block) => block.position),
        );
      }),
      seeded,
    );
  });

  test('AN2: the same holds after edits made by another replica', () => {
    const edit = fc.record({
      at: fc.nat(),
      remove: fc.nat({ max: 4 }),
      insert: fc.constantFrom('', 'new ', '5'),
    });
    fc.assert(
      fc.property(documents, fc.array(edit, { maxLength: 8 }), (doc, edits) => {
        const { ydoc, body } = shared(doc);
        const replica = new Y.Doc();
        Y.applyUpdate(replica, Y.encodeStateAsUpdate(ydoc));
        const other = replica.getXmlFragment('body');
        for (const { at, remove, insert } of edits) {
          const texts = flatten(other)
            .blocks.flatMap((block) => block.runs.map((run) => run.child))
            .filter((child) => child instanceof Y.XmlText);
          const text = texts[at % Math.max(1, texts.length)];
          if (text === undefined) continue;
          const from = at % (text.length + 1);
          text.delete(from, Math.min(remove, text.length - from));
          text.insert(from, insert);
        }
        Y.applyUpdate(ydoc, Y.encodeStateAsUpdate(replica));
        expect(flattenNode(yXmlFragmentToProseMirrorRootNode(body, reportSchema)).text).toBe(
          flatten(body).text,
        );
      }),
      seeded,
    );
  });
});

describe('maps between offsets and positions', () => {
  test('AN3: every offset becomes a shared position and comes back as itself, on another replica too', () => {
    fc.assert(
      fc.property(documents, (doc) => {
        const { ydoc, body } = shared(doc);
        const flat = flatten(body);
        const replica = new Y.Doc();
        Y.applyUpdate(replica, Y.encodeStateAsUpdate(ydoc));
        const other = flatten(replica.getXmlFragment('body'));
        if (flat.blocks.length === 0) return;
        for (let offset = 0; offset <= flat.text.length; offset += 1) {
          for (const association of [0, -1] as const) {
            const position = toRelative(flat, offset, association);
            expect(toOffset(flat, ydoc, position)).toBe(offset);
            const travelled = Y.decodeRelativePosition(Y.encodeRelativePosition(position));
            expect(toOffset(other, replica, travelled)).toBe(offset);
          }
        }
      }),
      { ...seeded, numRuns: 60 },
    );
  });

  test('AN3: every offset becomes a ProseMirror position with the same character after it, and comes back', () => {
    fc.assert(
      fc.property(documents, (doc) => {
        const flat = flattenNode(doc);
        for (const block of flat.blocks) {
          for (let offset = block.start; offset <= block.end; offset += 1) {
            const position = positionAtOffset(flat, offset)!;
            expect(doc.resolve(position).parent.isTextblock).toBe(true);
            expect(offsetAtPosition(flat, position)).toBe(offset);
            if (offset < block.end)
              expect(doc.textBetween(position, position + 1, '', '\n')).toBe(flat.text[offset]);
          }
        }
      }),
      seeded,
    );
  });

  test('AN3: a ProseMirror position between blocks is the end of the block before', () => {
    const flat = flattenNode(made(paragraph(words('ab')), paragraph(words('cd'))));
    expect([0, 1, 3, 4, 5, 7, 8, 99].map((position) => offsetAtPosition(flat, position))).toEqual([
      0, 0, 2, 2, 3, 5, 5, 5,
    ]);
    expect(positionAtOffset(flattenNode(made({ type: 'horizontal_rule' })), 0)).toBeNull();
  });

  test('AN3: a figure between blocks moves no offset, and the text around it is found on both sides', () => {
    const figure = { type: 'figure', attrs: { image: 'a'.repeat(64), alt: 'A map' } };
    const doc = made(paragraph(words('Alpha.')), figure, paragraph(words('Beta.')));
    const flat = flattenNode(doc);
    expect(Array.from(flat.text, (_, offset) => positionAtOffset(flat, offset))).toEqual([
      1, 2, 3, 4, 5, 6, 7, 10, 11, 12, 13, 14,
    ]);
    // Before and after the figure: the end of the block before.
    expect([8, 9].map((position) => offsetAtPosition(flat, position))).toEqual([6, 6]);
    const { ydoc, body } = shared(doc);
    const range = [toRelative(flatten(body), 0, 0), toRelative(flatten(body), 11, -1)];
    body.delete(1, 1);
    const after = flatten(body);
    expect(range.map((position) => toOffset(after, ydoc, position))).toEqual([0, 11]);
    expect(after.text).toBe('Alpha.\nBeta.');
  });

  test('AN4: what is typed at the edges of a range stays outside of it, and what is typed inside is in it', () => {
    const { ydoc, body } = twoParagraphs();
    const flat = flatten(body);
    const range = { start: toRelative(flat, 6, 0), end: toRelative(flat, 10, -1) };
    const now = (): string => {
      const after = flatten(body);
      return after.text.slice(toOffset(after, ydoc, range.start)!, toOffset(after, ydoc, range.end)!);
    };
    const text = blockText(body, 0);
    text.insert(10, 'END');
    text.insert(6, 'START');
    expect(now()).toBe('beta');
    text.insert(13, '-');
    expect(now()).toBe('be-ta');
  });

  test('AN4: a range at the edges of a block grows by nothing typed there', () => {
    const { ydoc, body } = twoParagraphs();
    const flat = flatten(body);
    const range = { start: toRelative(flat, 12, 0), end: toRelative(flat, 24, -1) };
    const text = blockText(body, 1);
    text.insert(12, ' End.');
    text.insert(0, 'Start. ');
    const after = flatten(body);
    expect(after.text.slice(toOffset(after, ydoc, range.start)!, toOffset(after, ydoc, range.end)!)).toBe(
      'Gamma delta.',
    );
  });

  test.each([true, false])(
    'AN5: positions on deleted characters fall together where those stood (gc %s)',
    (gc) => {
      const { ydoc, body } = twoParagraphs();
      ydoc.gc = gc;
      const flat = flatten(body);
      const range = [toRelative(flat, 6, 0), toRelative(flat, 10, -1)];
      blockText(body, 0).delete(6, 4);
      expect(range.map((position) => toOffset(flatten(body), ydoc, position))).toEqual([6, 6]);
    },
  );

  const inDeletedBlock = (gc: boolean): { ydoc: Y.Doc; body: Y.XmlFragment; range: Y.RelativePosition[] } => {
    const { ydoc, body } = shared(
      made(paragraph(words('One.')), paragraph(words('Two.')), paragraph(words('Three.'))),
    );
    ydoc.gc = gc;
    const flat = flatten(body);
    const range = [toRelative(flat, 6, 0), toRelative(flat, 8, -1)];
    body.delete(1, 1);
    return { ydoc, body, range };
  };

  test('AN5: positions in a deleted block that is still kept fall to its neighbours', () => {
    const { ydoc, body, range } = inDeletedBlock(false);
    expect(range.map((position) => toOffset(flatten(body), ydoc, position))).toEqual([5, 4]);
  });

  test('AN5: positions in a deleted block that is gone are nowhere', () => {
    const { ydoc, body, range } = inDeletedBlock(true);
    expect(range.map((position) => toOffset(flatten(body), ydoc, position))).toEqual([null, null]);
  });

  test('AN5: a position of an element between blocks goes forward as a start and back as an end', () => {
    const { ydoc, body } = shared(
      made(paragraph(words('One.')), { type: 'horizontal_rule' }, paragraph(words('Two.'))),
    );
    const flat = flatten(body);
    const at = (index: number, association: number): number | null =>
      toOffset(flat, ydoc, Y.createRelativePositionFromTypeIndex(body, index, association));
    expect([at(0, 0), at(1, 0), at(2, 0), at(3, 0)]).toEqual([0, 5, 5, 9]);
    expect([at(0, -1), at(1, -1), at(2, -1), at(3, -1)]).toEqual([0, 4, 4, 9]);
  });

  const nowhere: readonly (readonly [string, (ydoc: Y.Doc) => Y.RelativePosition])[] = [
    ['in another root', (ydoc) => Y.createRelativePositionFromTypeIndex(ydoc.getText('other'), 0)],
    ['in a root that does not exist', () => Y.createRelativePositionFromJSON({ tname: 'nothing' })],
    [
      'on a character that has not arrived',
      () => Y.createRelativePositionFromJSON({ item: { client: 1, clock: 99 } }),
    ],
    [
      'in the text of another root',
      (ydoc) => {
        const rationale = new Y.XmlText('why');
        ydoc.getMap('claims').set('one', rationale);
        return Y.createRelativePositionFromTypeIndex(rationale, 1);
      },
    ],
  ];
  test.each(nowhere)('AN5: a position %s is nowhere', (_name, make) => {
    const { ydoc, body } = twoParagraphs();
    const position = make(ydoc);
    expect(toOffset(flatten(body), ydoc, position)).toBeNull();
    expect(ydoc.share.has('nothing')).toBe(false);
  });

  test('AN5: offsets outside of the text are clamped to it', () => {
    const { ydoc, body } = twoParagraphs();
    const flat: FlatText = flatten(body);
    expect(toOffset(flat, ydoc, toRelative(flat, -5, 0))).toBe(0);
    expect(toOffset(flat, ydoc, toRelative(flat, 999, -1))).toBe(flat.text.length);
  });
});
