import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildProjection, type ExportClaim } from '#core/export/projection.ts';
import { cutIntoRuns, type ExportBlock, type ExportRun } from '#core/export/runs.ts';
import type { DocNode } from '#core/text/doc-json.ts';
import { flattenNode } from '#core/text/flatten-node.ts';
import { documents } from '#tests/core/text/random-document.ts';
import { claim, doc, input, richProjection, text } from './rich-report.ts';

function runsIn(blocks: readonly ExportBlock[]): ExportRun[] {
  return blocks.flatMap((block) => [...block.runs, ...runsIn(block.children)]);
}
const numbers = (claims: readonly ExportClaim[]): string => claims.map((each) => each.number).join(' ');

describe('runs', () => {
  test('EX8 claims that overlap cut the words into runs, the longest claim outermost', () => {
    const projection = richProjection();
    const runs = runsIn(cutIntoRuns(projection.doc, projection.claims)).filter(
      (run) => run.claims.length > 0,
    );
    const near = runs
      .filter((run) => /counted|dead|four|second/.test(run.text))
      .map((run) => `${run.text} <${numbers(run.claims)}>`);
    expect(near).toEqual([
      'Officials counted  <4>',
      'two dead and  <4 5>',
      'at least four injured <4 5 6>',
      '; a second agency <6>',
    ]);
  });

  test('EX8 a claim over several blocks has runs in each and ends once', () => {
    const projection = richProjection();
    const runs = runsIn(cutIntoRuns(projection.doc, projection.claims));
    const crossing = projection.claims.find((each) => each.anchor.exact?.includes('\n'));
    expect(
      runs.filter((run) => crossing !== undefined && run.claims.includes(crossing)).map((run) => run.text),
    ).toEqual(['whatever it takes.', 'The process could move very rapidly']);
    expect(runs.filter((run) => crossing !== undefined && run.ends.includes(crossing))).toHaveLength(1);
    expect(runs.filter((run) => crossing !== undefined && run.begins.includes(crossing))).toHaveLength(1);
  });

  test('EX8 an uncertain place is never marked', () => {
    const projection = richProjection();
    const marked = new Set(
      runsIn(cutIntoRuns(projection.doc, projection.claims)).flatMap((run) => run.claims),
    );
    expect(
      [...marked].some((each) => each.anchor.state === 'ambiguous' || each.anchor.state === 'orphaned'),
    ).toBe(false);
  });

  test('the runs of a document are its text, whatever the claims', () => {
    fc.assert(
      fc.property(
        documents,
        fc.array(fc.tuple(fc.nat(60), fc.nat(60)), { maxLength: 8 }),
        (random, spans) => {
          // ProseMirror types its JSON as any.
          const json = random.toJSON() as DocNode;
          const flat = flattenNode(json);
          const claims = spans.map(([start, length], i) =>
            claim(500 + i, 'x', {
              quote: { exact: 'x', prefix: '', suffix: '' },
              anchor: {
                start,
                end: start + length,
                exact: flat.text.slice(start, start + length),
                state: 'anchored',
                confidence: 1,
              },
            }),
          );
          const projection = buildProjection({ ...input, doc: json, claims, threads: [], verdicts: [] });
          const runs = runsIn(cutIntoRuns(json, projection.claims));
          expect(runs.map((run) => run.text).join('')).toBe(
            flat.blocks.map((block) => flat.text.slice(block.start, block.end)).join(''),
          );
          for (const each of projection.claims.filter((one) => one.isPlaced)) {
            const marked = runs
              .filter((run) => run.claims.includes(each))
              .map((run) => run.text)
              .join('');
            const within = flat.blocks
              .map((block) =>
                flat.text.slice(
                  Math.max(block.start, each.anchor.start!),
                  Math.max(block.start, Math.min(block.end, each.anchor.end!)),
                ),
              )
              .join('');
            expect(marked).toBe(within);
            expect(runs.filter((run) => run.ends.includes(each))).toHaveLength(marked === '' ? 0 : 1);
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  test('a document without claims is one run for each piece of formatting', () => {
    expect(
      runsIn(cutIntoRuns(doc))
        .map((run) => run.text)
        .join(''),
    ).toBe(
      text
        .replaceAll('\n', '')
        .replace('{  alert("`x`");}', '{\n  alert("`x`");\n}')
        .replace('hours.The', 'hours.\nThe'),
    );
  });
});
