import fc from 'fast-check';
import { expect, test } from 'vitest';
import { placeBar } from '../../../app/_editor/bar-spot.ts';

const phone = { width: 390, height: 844 };
const bar = { width: 200, height: 52 };
const line = (
  left: number,
  top: number,
  right: number,
): { left: number; top: number; right: number; bottom: number } => ({
  left,
  top,
  right,
  bottom: top + 24,
});
const box = (left: number, top: number, right: number) => ({
  first: line(left, top, right),
  last: line(left, top, right),
});

test('the bar is under the last line, in the middle of what is selected', () => {
  expect(placeBar(box(100, 300, 300), bar, phone, false)).toEqual({ left: 100, top: 332 });
});

test('the handles of a touch selection stay free', () => {
  expect(placeBar(box(100, 300, 300), bar, phone, true).top).toBeGreaterThanOrEqual(324 + 28);
});

test('with no room below it goes above the first line', () => {
  expect(placeBar(box(100, 800, 300), bar, phone, false).top).toBe(800 - 8 - 52);
});

test('it never leaves the viewport', () => {
  const inPage = fc.record({
    left: fc.integer({ min: -50, max: 380 }),
    top: fc.integer({ min: -2000, max: 2000 }),
    width: fc.nat(390),
    height: fc.nat(2000),
    touch: fc.boolean(),
  });
  fc.assert(
    fc.property(inPage, ({ left, top, width, height, touch }) => {
      const around = { first: line(left, top, left + width), last: line(left, top + height, left + width) };
      const spot = placeBar(around, bar, phone, touch);
      expect(spot.left).toBeGreaterThanOrEqual(8);
      expect(spot.left + bar.width).toBeLessThanOrEqual(phone.width - 8);
      expect(spot.top).toBeGreaterThanOrEqual(8);
      expect(spot.top + bar.height).toBeLessThanOrEqual(phone.height - 8);
    }),
    { seed: 20261123, numRuns: 500 },
  );
});
