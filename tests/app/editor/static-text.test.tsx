// @vitest-environment happy-dom
import fc from 'fast-check';
import { DOMSerializer } from 'prosemirror-model';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { flattenNode } from '#core/text/flatten-node.ts';
import { reportSchema } from '#core/text/schema.ts';
import type { PlacedClaim, TextNodeJson } from '../../../app/_editor/marks.ts';
import { StaticText } from '../../../app/_editor/static-text.tsx';
import { documents } from '#tests/core/text/random-document.ts';

const claim = (id: string, start: number, end: number, part: Partial<PlacedClaim> = {}): PlacedClaim => ({
  id,
  start,
  end,
  state: 'open',
  tone: null,
  label: `Claim ${id}`,
  ...part,
});

function render(doc: unknown, claims: readonly PlacedClaim[] = []): HTMLElement {
  const page = document.createElement('div');
  // toJSON is typed as any.
  page.innerHTML = renderToStaticMarkup(<StaticText doc={doc as TextNodeJson} claims={claims} />);
  const text = page.querySelector<HTMLElement>('.text');
  if (text === null) throw new Error('no text');
  return text;
}

const wordsOf = (text: HTMLElement, id: string): string =>
  [...text.querySelectorAll(`.hl[data-claim="${id}"]`)]
    .map((element) => element.textContent)
    .join('')
    .replaceAll('\n', '');

const paragraphs = (...lines: readonly string[]): unknown => ({
  type: 'doc',
  content: lines.map((line) => ({ type: 'paragraph', content: [{ type: 'text', text: line }] })),
});

describe('the text without an editor', () => {
  test('ED13 has the elements that the editor makes', () => {
    /** Empty blocks hold a break, as in the editor. */
    const bare = (html: string): string =>
      html.replaceAll('<br>', '').replaceAll(/ start="1"| title="[^"]*"/g, '');
    fc.assert(
      fc.property(documents, (doc) => {
        const expected = document.createElement('div');
        expected.append(DOMSerializer.fromSchema(reportSchema).serializeFragment(doc.content, { document }));
        expect(bare(render(doc.toJSON()).innerHTML)).toBe(bare(expected.innerHTML));
      }),
      { seed: 20261123, numRuns: 60 },
    );
  });

  test('draws each claim on exactly its words', () => {
    fc.assert(
      fc.property(documents, fc.array(fc.tuple(fc.nat(120), fc.nat(40)), { maxLength: 6 }), (doc, ranges) => {
        const { text } = flattenNode(doc);
        const claims = ranges.map(([start, length], index) =>
          claim(String(index), start, Math.min(text.length, start + length)),
        );
        const page = render(doc.toJSON(), claims);
        for (const { id, start, end } of claims)
          expect(wordsOf(page, id)).toBe(start < end ? text.slice(start, end).replaceAll('\n', '') : '');
      }),
      { seed: 20261123, numRuns: 60 },
    );
  });

  test('says each claim once to screen readers, after its words', () => {
    const page = render(paragraphs('One two three'), [
      claim('a', 4, 7, { state: 'decided', tone: 'true', label: 'Claim 1, true' }),
    ]);
    const ends = page.querySelectorAll('[role="img"]');
    expect([...ends].map((end) => end.getAttribute('aria-label'))).toEqual(['Claim 1, true']);
    expect(ends[0]?.previousElementSibling?.textContent).toBe('two');
  });

  test('drops a link that is not safe and keeps its words', () => {
    const marks = [{ type: 'link', attrs: { href: 'javascript:alert(1)', title: null } }];
    const page = render({
      type: 'doc',
      content: [{ type: 'paragraph', content: [{ type: 'text', text: 'here', marks }] }],
    });
    expect(page.querySelector('a')).toBeNull();
    expect(page.textContent).toBe('here');
  });
});
