import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { layMargin, rowsBetween, type MarginItem } from '../../../app/_desk/margin-layout.ts';

const options = { gap: 4, minTop: 8, maxDrift: 300 };
const item = (id: string, wanted: number, height = 30): MarginItem => ({ id, wanted, height });
const tops = (rows: readonly { id: string; top: number }[]) =>
  Object.fromEntries(rows.map(({ id, top }) => [id, top]));

describe('the margin', () => {
  test('puts each card beside its line', () => {
    expect(tops(layMargin([item('a', 100), item('b', 200)], null, options))).toEqual({ a: 100, b: 200 });
  });

  test('pushes down what would lie on the one before', () => {
    expect(tops(layMargin([item('a', 100), item('b', 110), item('c', 112)], null, options))).toEqual({
      a: 100,
      b: 134,
      c: 168,
    });
  });

  test('gives the chosen card its true place and lets the others make room', () => {
    const rows = layMargin(
      [item('a', 100), item('b', 110), item('c', 120, 200), item('d', 130)],
      'c',
      options,
    );
    expect(tops(rows)).toEqual({ a: 52, b: 86, c: 120, d: 324 });
  });

  test('begins nothing above its upper edge', () => {
    const rows = layMargin([item('a', 0), item('b', 1), item('c', 20, 100)], 'c', options);
    expect(Math.min(...rows.map((row) => row.top))).toBeGreaterThanOrEqual(options.minTop);
    expect(rows.flatMap((row) => row.cluster).toSorted()).toEqual(['a', 'b', 'c']);
  });

  test('gathers what would end far from its line into one row', () => {
    const rows = layMargin(
      Array.from({ length: 40 }, (_, index) => item(`i${index}`, 100)),
      null,
      options,
    );
    expect(rows.length).toBeLessThan(12);
    expect(rows.at(-1)?.cluster.length).toBeGreaterThan(25);
  });

  test('never lays one card on another, loses none, and keeps their order', () => {
    const lines = fc.array(
      fc.record({ wanted: fc.integer({ min: 0, max: 4_000 }), height: fc.constant(30) }),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(lines, fc.nat(), (found, chosen) => {
        const items = found
          .map(({ wanted, height }, index) => item(`i${index}`, wanted, height))
          .toSorted((a, b) => a.wanted - b.wanted);
        const active = items.length === 0 ? null : (items[chosen % items.length]?.id ?? null);
        const rows = layMargin(items, active, options);
        rows
          .slice(1)
          .forEach((row, index) => expect(row.top).toBeGreaterThanOrEqual((rows[index]?.top ?? 0) + 30));
        expect(rows.flatMap((row) => row.cluster)).toEqual(items.map((one) => one.id));
        const place = rows.find((row) => row.id === active);
        const wanted = items.find((one) => one.id === active)?.wanted;
        if (wanted !== undefined) expect(place?.top).toBeGreaterThanOrEqual(wanted);
        if (wanted !== undefined && wanted > 50) expect(place?.top).toBe(wanted);
      }),
    );
  });

  test('lays 2,000 cards, of which few are near the view', () => {
    const items = Array.from({ length: 2_000 }, (_, index) => item(`i${index}`, index * 29));
    const rows = layMargin(items, 'i900', options);
    expect(rowsBetween(rows, 10_000, 11_000).length).toBeLessThan(40);
  });
});
