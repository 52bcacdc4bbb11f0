import { Parser } from 'htmlparser2';
import { describe, expect, test } from 'vitest';
import { formatHtml } from '#core/export/html.ts';
import { buildProjection } from '#core/export/projection.ts';
import type { DocNode } from '#core/text/doc-json.ts';
import { readHtml } from '#server/import/html.ts';
import { claim, input, richProjection } from './rich-report.ts';

interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
}

function elementsOf(html: string): Element[] {
  const elements: Element[] = [];
  const parser = new Parser({ onopentag: (name, attributes) => elements.push({ name, attributes }) });
  parser.end(html);
  return elements;
}

const html = formatHtml(richProjection());
const elements = elementsOf(html);
const valuesOf = (attribute: string): string[] =>
  elements.flatMap((element) => element.attributes[attribute] ?? []);

describe('HTML export', () => {
  test('EX9 runs nothing and loads nothing', () => {
    expect(
      elements.filter(({ name }) =>
        /^(script|iframe|object|embed|img|link|audio|video|form|base)$/.test(name),
      ),
    ).toEqual([]);
    expect(
      elements.flatMap(({ attributes }) => Object.keys(attributes)).filter((name) => /^on|^src/i.test(name)),
    ).toEqual([]);
    expect(html).not.toMatch(/@import|url\(/i);
    expect(valuesOf('http-equiv')).toEqual(['Content-Security-Policy']);
  });

  test('EX9 leads out only to http, https and mailto, without an opener', () => {
    const outside = elements.filter(
      ({ name, attributes }) => name === 'a' && !attributes['href']?.startsWith('#'),
    );
    expect(outside.map(({ attributes }) => attributes['href'])).toEqual([
      'https://example.org/statement?a=1&b=2',
      'https://example.org/readout?x=<y>',
    ]);
    expect(outside.every(({ attributes }) => attributes['rel']?.includes('noopener'))).toBe(true);
  });

  test('EX10 every link inside leads somewhere, and no id stands twice', () => {
    const ids = valuesOf('id');
    expect(new Set(ids).size).toBe(ids.length);
    const targets = valuesOf('href')
      .filter((href) => href.startsWith('#'))
      .map((href) => href.slice(1));
    expect(targets.filter((target) => !ids.includes(target))).toEqual([]);
  });

  test('EX10 each claim with a place is marked, leads to its note and back', () => {
    const projection = richProjection();
    for (const { number, isPlaced } of projection.claims) {
      expect(html).toContain(`id="claim-${number}"`);
      expect(html.includes(`href="#at-${number}"`)).toBe(isPlaced);
      expect(html.includes(`id="at-${number}"`)).toBe(isPlaced);
    }
    expect(html).toContain('data-claims="4 5 6"');
  });

  test('EX10 the text reads the same as in the report', () => {
    const projection = richProjection();
    const article = /<article class="text"[^>]*>([^]*?)<\/article>\n/.exec(html)?.[1] ?? '';
    const words = article
      .replace(/<div class="side"[^]*?<\/ul><\/div>/g, '')
      .replace(/<sup class="ref[^]*?<\/sup>/g, '');
    const readBack = JSON.stringify(readHtml(words).doc)
      .match(/"text":"(?:[^"\\]|\\.)*"/g)
      ?.map((each) => JSON.parse(`{${each}}`).text as string)
      .join('');
    const original = (node: DocNode): string => node.text ?? (node.content ?? []).map(original).join('');
    expect(readBack).toBe(original(projection.doc));
  });

  test('EX9 a node, a link or a level that no editor makes does no harm', () => {
    const doc: DocNode = {
      type: 'doc',
      content: [
        {
          type: 'evil"><script>',
          content: [{ type: 'paragraph', content: [{ type: 'text', text: 'a\u0000b' }] }],
        },
        {
          type: 'heading',
          attrs: { level: '9"><script>' },
          content: [
            {
              type: 'text',
              text: 'c',
              marks: [{ type: 'link', attrs: { href: 'javascript:alert(1)' } }, { type: 'x"y' }],
            },
          ],
        },
        {
          type: 'ordered_list',
          attrs: { order: '1" onclick="x' },
          content: [{ type: 'list_item', content: [{ type: 'paragraph' }] }],
        },
      ],
    };
    const out = formatHtml(buildProjection({ ...input, doc, claims: [], threads: [], verdicts: [] }));
    expect(out).not.toMatch(/<script|onclick|javascript:|\u0000/);
    expect(out).toContain('ab');
  });

  test('EX10 many claims on the same words keep lines of their own', () => {
    const claims = Array.from({ length: 12 }, (_, i) => claim(600 + i, 'The call lasted 75 minutes'));
    const out = formatHtml(buildProjection({ ...input, claims, threads: [], verdicts: [] }));
    expect(elementsOf(out).filter(({ name }) => name === 'mark')).toHaveLength(12);
  });
});
