import { Parser } from 'htmlparser2';
import { describe, expect, test } from 'vitest';
import { formatClaimReview } from '#core/export/claimreview.ts';
import { formatHtml } from '#core/export/html.ts';
import { buildProjection } from '#core/export/projection.ts';
import type { DocNode } from '#core/text/doc-json.ts';
import { readHtml } from '#server/import/html.ts';
import { ana, claim, comment, input, richProjection, thread } from './rich-report.ts';
import { chart } from '#tests/support/images.ts';

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
    const scripts = elements.filter(({ name }) => name === 'script');
    expect(scripts.map(({ attributes }) => attributes)).toEqual([{ type: 'application/ld+json' }]);
    expect(
      elements.filter(({ name }) => /^(iframe|object|embed|link|audio|video|form|base)$/.test(name)),
    ).toEqual([]);
    expect(
      elements
        .flatMap(({ attributes }) => Object.keys(attributes))
        .filter((name) => /^on|^srcset/i.test(name)),
    ).toEqual([]);
    expect(valuesOf('src').filter((address) => !address.startsWith('data:image/png;base64,'))).toEqual([]);
    expect(html).not.toMatch(/@import|url\(/i);
    expect(valuesOf('http-equiv')).toEqual(['Content-Security-Policy']);
  });

  const dataIn = (out: string): string[] => {
    const found: string[] = [];
    let isData = false;
    const parser = new Parser({
      onopentag: (name, { type }) => (isData = name === 'script' && type === 'application/ld+json'),
      ontext: (text) => isData && found.push(text),
      onclosetag: () => (isData = false),
    });
    parser.end(out);
    return found;
  };

  test('EX70 brings its signed-off claims as ClaimReview, the same as the format of that name', () => {
    const reviews: unknown[] = JSON.parse(formatClaimReview(richProjection()));
    expect(reviews.length).toBeGreaterThan(1);
    expect(JSON.parse(dataIn(html).join(''))).toEqual(reviews);
  });

  test('EX70 words that look like the end of a script are in it and end nothing', () => {
    const evil = '</script><script>alert(1)</script><!-- <script \u2028 ]]>';
    const claims = structuredClone(input.claims).map((each) => ({ ...each, claimant: evil, tags: [evil] }));
    const projection = buildProjection({ ...input, report: { ...input.report, title: evil }, claims });
    const out = formatHtml(projection);
    expect(elementsOf(out).filter(({ name }) => name === 'script')).toHaveLength(1);
    const reviews: { name: string; itemReviewed: { author: { name: string } } }[] = JSON.parse(
      dataIn(out).join(''),
    );
    expect([reviews[0]?.name, reviews[0]?.itemReviewed.author.name]).toEqual([evil, evil]);
  });

  test('EX70 has no data where nothing is signed off', () => {
    const bare = buildProjection({ ...input, claims: [], threads: [], verdicts: [] });
    expect(formatHtml(bare)).not.toContain('<script');
  });

  test('EX18 an image is in the file, byte for byte, with its size; one that is not here is its words', () => {
    const images = elements.filter(({ name }) => name === 'img').map(({ attributes }) => attributes);
    const data = Buffer.from(chart.bytes).toString('base64');
    expect(images).toEqual([
      {
        src: `data:image/png;base64,${data}`,
        alt: 'Dead by source, <i>city</i> & "region"',
        width: '320',
        height: '180',
      },
    ]);
    expect(html).toContain('>[Image: A map that was not kept &lt;b&gt;]<');
  });

  test('EX18 what says that it is an image of another kind is not shown', () => {
    const images = new Map([[chart.sha256, { mediaType: 'image/svg+xml', bytes: chart.bytes }]]);
    expect(formatHtml(buildProjection({ ...input, images }))).not.toContain('<img');
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

  test('EX72 a resolved thread on plain words says by whom', () => {
    const resolved = thread(410, [comment(411, 'Done')], { state: 'resolved', resolvedBy: ana });
    const out = formatHtml(buildProjection({ ...input, threads: [resolved] }));
    expect(out).toContain('Comment 1, <bdi>resolved by Ana Reyes</bdi>');
  });

  test('EX10 the text reads the same as in the report', () => {
    const projection = richProjection();
    const article = /<article class="text"[^>]*>([^]*?)<\/article>\n/.exec(html)?.[1] ?? '';
    const words = article
      .replace(/<figure[^]*?<\/figure>/g, '')
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

  test('EX10 many claims on the same words are one mark that names them, with four lines below', () => {
    const claims = Array.from({ length: 12 }, (_, i) => claim(600 + i, 'The call lasted 75 minutes'));
    const found = elementsOf(formatHtml(buildProjection({ ...input, claims, threads: [], verdicts: [] })));
    const marks = found.filter(({ name }) => name === 'mark');
    expect(marks.map(({ attributes }) => attributes['data-claims'])).toEqual(['1 2 3 4 5 6 7 8 9 10 11 12']);
    const lines = found.flatMap(({ attributes }) => / (l\d)$/.exec(attributes['class'] ?? '')?.[1] ?? []);
    expect(lines).toEqual(['l0', 'l1', 'l2', 'l3']);
    const ids = new Set(found.map(({ attributes }) => attributes['id']));
    for (const number of claims.keys()) expect(ids).toContain(`at-${number + 1}`);
  });

  test('EX63 grows with the number of claims on the same words and not with its square', () => {
    const nested = (count: number): string => {
      const claims = Array.from({ length: count }, (_, i) =>
        claim(5_000 + i, 'x', {
          anchor: { start: i, end: 10_000 - i, exact: 'x', state: 'anchored', confidence: 1 },
          quote: { exact: 'x', prefix: '', suffix: '' },
        }),
      );
      const long: DocNode = {
        type: 'doc',
        content: [{ type: 'paragraph', content: [{ type: 'text', text: 'x'.repeat(10_000) }] }],
      };
      return formatHtml(buildProjection({ ...input, doc: long, claims, threads: [], verdicts: [] }));
    };
    const [none, half, whole] = [nested(0).length, nested(500).length, nested(1_000)];
    expect(whole.length - none).toBeLessThan(2.2 * (half - none));
    expect(whole).toContain('data-claims="1 2 3 4 989 990');
    expect(whole).toContain('data-more="984"');
  });
});
