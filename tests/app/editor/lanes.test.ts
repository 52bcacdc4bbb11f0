import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LANES, layLanes, type Span } from '../../../app/_editor/lanes.ts';

const lay = (...spans: readonly (readonly [number, number])[]): readonly (number | undefined)[] => {
  const named = new Map(spans.map(([from, to], index) => [String(index), { from, to }]));
  const lanes = layLanes(named);
  return spans.map((_span, index) => lanes.get(String(index)));
};

test('spans that do not overlap share the first lane', () => {
  expect(lay([0, 5], [5, 9], [20, 22])).toEqual([0, 0, 0]);
});

test('the outer of two nested spans keeps the line next to the words', () => {
  expect(lay([4, 9], [0, 20])).toEqual([1, 0]);
  expect(lay([0, 9], [0, 20])).toEqual([1, 0]);
});

test('spans that overlap in part have lines of their own', () => {
  expect(lay([0, 10], [5, 15], [12, 20])).toEqual([0, 1, 0]);
});

test('more spans at one place than there are lanes share the last', () => {
  expect(lay([0, 10], [1, 10], [2, 10], [3, 10])).toEqual([0, 1, 2, 2]);
});

test('ED8 two overlapping spans share a lane only where all lanes are taken', () => {
  const span = fc
    .tuple(fc.nat(60), fc.integer({ min: 1, max: 20 }))
    .map(([from, size]) => ({ from, to: from + size }));
  fc.assert(
    fc.property(fc.array(span, { maxLength: 20 }), (spans) => {
      const lanes = layLanes(new Map(spans.map((one, index) => [String(index), one])));
      const overlaps = (a: Span, b: Span): boolean => a.from < b.to && b.from < a.to;
      for (const [i, a] of spans.entries())
        for (const [j, b] of spans.entries())
          if (i < j && overlaps(a, b) && lanes.get(String(i)) === lanes.get(String(j)))
            expect(lanes.get(String(i))).toBe(LANES - 1);
    }),
    { seed: 20261123, numRuns: 500 },
  );
});
