import fc from 'fast-check';
import type { Node } from 'prosemirror-model';
import { describe, expect, it } from 'vitest';
import { prosemirrorToYXmlFragment, yXmlFragmentToProseMirrorRootNode } from 'y-prosemirror';
import * as Y from 'yjs';
import { flatten, toOffset, toRelative } from '#core/text/flatten.ts';
import { reviseBody } from '#core/text/revise.ts';
import { BODY_ROOT, reportSchema } from '#core/text/schema.ts';
import { documents } from './random-document.ts';

const seeded = { seed: 20261125, numRuns: 150 };

function docOf(node: Node): Y.Doc {
  const doc = new Y.Doc();
  prosemirrorToYXmlFragment(node, doc.getXmlFragment(BODY_ROOT));
  return doc;
}

/** Paragraphs, one a string; `*so*` is strong. */
function paragraphs(...lines: string[]): Node {
  return reportSchema.node(
    'doc',
    null,
    lines.map((line) =>
      reportSchema.node(
        'paragraph',
        null,
        line
          .split('*')
          .map((part, i) => ({ part, marks: i % 2 === 1 ? [reportSchema.mark('strong')] : [] }))
          .filter(({ part }) => part !== '')
          .map(({ part, marks }) => reportSchema.text(part, marks)),
      ),
    ),
  );
}

const bodyOf = (doc: Y.Doc): Y.XmlFragment => doc.getXmlFragment(BODY_ROOT);
const nodeOf = (doc: Y.Doc): Node => yXmlFragmentToProseMirrorRootNode(bodyOf(doc), reportSchema);
const textOf = (doc: Y.Doc): string => flatten(bodyOf(doc)).text;

/** Marks the words of a document by shared positions; tells what stands between them after a change. */
function pointAt(doc: Y.Doc, words: string): () => string | null {
  const flat = flatten(bodyOf(doc));
  const start = flat.text.indexOf(words);
  const [from, to] = [toRelative(flat, start, 0), toRelative(flat, start + words.length, -1)];
  return () => {
    const now = flatten(bodyOf(doc));
    const [a, b] = [toOffset(now, doc, from), toOffset(now, doc, to)];
    return a === null || b === null ? null : now.text.slice(a, b);
  };
}

describe('revising a text', () => {
  it('HI6 makes it say what the other says, whatever both are', () => {
    fc.assert(
      fc.property(documents, documents, (before, after) => {
        const doc = docOf(before);
        reviseBody(bodyOf(doc), bodyOf(docOf(after)));
        expect(nodeOf(doc).eq(nodeOf(docOf(after)))).toBe(true);
      }),
      seeded,
    );
  });

  it('HI6 changes nothing where both say the same', () => {
    fc.assert(
      fc.property(documents, (node) => {
        const doc = docOf(node);
        let updates = 0;
        doc.on('update', () => (updates += 1));
        reviseBody(bodyOf(doc), bodyOf(docOf(node)));
        expect(updates).toBe(0);
      }),
      seeded,
    );
  });

  it('HI6 reaches a replica as one ordinary update', () => {
    const doc = docOf(paragraphs('One.', 'Two.', 'Three.'));
    const replica = new Y.Doc();
    Y.applyUpdate(replica, Y.encodeStateAsUpdate(doc));
    const updates: Uint8Array[] = [];
    doc.on('update', (update: Uint8Array) => updates.push(update));
    reviseBody(bodyOf(doc), bodyOf(docOf(paragraphs('Two and a half.', 'Three.', 'Four.'))));
    for (const update of updates) Y.applyUpdate(replica, update);
    expect(updates).toHaveLength(1);
    expect(textOf(replica)).toBe('Two and a half.\nThree.\nFour.');
  });

  it.each([
    ['a block before it is new', ['A new lead.', 'Two people died.']],
    ['a block before it is gone and one behind is new', ['Two people died.', 'More to come.']],
    [
      'other words of its sentence changed, at both ends',
      ['On Friday two people died there, officials say.'],
    ],
    ['its sentence has other marks now', ['*Two* people *died*.']],
  ])('HI7 leaves a claim on its words when %s', (_what, after) => {
    const doc = docOf(paragraphs('Old lead of the story.', 'Two people died.'));
    const claim = pointAt(doc, 'people died');
    reviseBody(bodyOf(doc), bodyOf(docOf(paragraphs(...after))));
    expect(claim()).toBe('people died');
  });

  it('HI7 changes a figure inside a claim by its letters alone', () => {
    const doc = docOf(paragraphs('Officials counted four dead and at least 17 injured.'));
    const claim = pointAt(doc, 'four dead and at least 17 injured');
    reviseBody(
      bodyOf(doc),
      bodyOf(docOf(paragraphs('Officials counted forty dead and at least 18 injured.'))),
    );
    expect(claim()).toBe('forty dead and at least 18 injured');
  });

  it('HI7 keeps apart blocks that have nothing in common', () => {
    const doc = docOf(paragraphs('Two people died.'));
    const claim = pointAt(doc, 'people died');
    reviseBody(bodyOf(doc), bodyOf(docOf(paragraphs('Budapest was named as the venue.'))));
    expect(claim()).toBeNull();
  });

  it('HI7 takes a text of thousands of other paragraphs, in order', () => {
    const before = Array.from({ length: 400 }, (_, i) => `Old ${i} words`);
    const after = Array.from({ length: 300 }, (_, i) => `New ${i} things`);
    const doc = docOf(paragraphs(...before));
    reviseBody(bodyOf(doc), bodyOf(docOf(paragraphs(...after))));
    expect(textOf(doc)).toBe(after.join('\n'));
  });

  it('HI6 comes to an end with a paragraph in which every second word is another, and with thousands of blocks', () => {
    const many = (words: string): string =>
      Array.from({ length: 20_000 }, (_, i) => `word ${words}${i}`).join(' ');
    const doc = docOf(paragraphs(many('a'), ...Array.from({ length: 4_000 }, (_, i) => `a${i}`)));
    const after = paragraphs(many('b'), ...Array.from({ length: 4_000 }, (_, i) => `b${i}`));
    reviseBody(bodyOf(doc), bodyOf(docOf(after)));
    expect(nodeOf(doc).eq(after)).toBe(true);
  });

  const withFigures = (...blocks: readonly (string | { image: string; alt: string })[]): Node =>
    reportSchema.node(
      'doc',
      null,
      blocks.map((block) =>
        typeof block === 'string'
          ? reportSchema.node('paragraph', null, reportSchema.text(block))
          : reportSchema.node('figure', { ...block, image: block.image.repeat(64) }),
      ),
    );

  it('IM93 keeps the words beside figures that came, went or moved, and their claims', () => {
    const doc = docOf(withFigures({ image: 'a', alt: 'A map' }, 'Two people died.', { image: 'b', alt: '' }));
    const claim = pointAt(doc, 'people died');
    const after = withFigures('Two people died.', { image: 'a', alt: 'The map' }, { image: 'c', alt: '' });
    reviseBody(bodyOf(doc), bodyOf(docOf(after)));
    expect(claim()).toBe('people died');
    expect(nodeOf(doc).eq(after)).toBe(true);
  });

  it('IM93 changes what a figure is called in place, and puts another image in another figure', () => {
    const doc = docOf(withFigures('One.', { image: 'a', alt: 'A map' }));
    const figure = bodyOf(doc).get(1);
    reviseBody(bodyOf(doc), bodyOf(docOf(withFigures('One.', { image: 'a', alt: 'A map of the port' }))));
    expect(bodyOf(doc).get(1)).toBe(figure);
    reviseBody(bodyOf(doc), bodyOf(docOf(withFigures('One.', { image: 'b', alt: 'A map of the port' }))));
    expect(bodyOf(doc).get(1)).not.toBe(figure);
    expect(nodeOf(doc).eq(withFigures('One.', { image: 'b', alt: 'A map of the port' }))).toBe(true);
  });
});
