import { describe, expect, it } from 'vitest';
import { chosenOf, nothingChosen, toggled, toggledAll } from '../../../app/reports/_home/selection.ts';

const shown = ['a', 'b', 'c', 'd', 'e'];
const one = { shown, isRange: false };
const range = { shown, isRange: true };

describe('UI53: choosing reports', () => {
  it('takes one in and out', () => {
    const some = toggled(toggled(nothingChosen, 'b', one), 'd', one);
    expect(chosenOf(some, shown)).toEqual(['b', 'd']);
    expect(chosenOf(toggled(some, 'b', one), shown)).toEqual(['d']);
  });

  it('takes a range in either direction, from the last that was pressed', () => {
    expect(chosenOf(toggled(toggled(nothingChosen, 'b', one), 'd', range), shown)).toEqual(['b', 'c', 'd']);
    expect(chosenOf(toggled(toggled(nothingChosen, 'd', one), 'b', range), shown)).toEqual(['b', 'c', 'd']);
  });

  it('a range becomes as its end does', () => {
    const all = toggledAll(nothingChosen, shown);
    const less = toggled(toggled(all, 'a', one), 'c', range);
    expect(chosenOf(less, shown)).toEqual(['d', 'e']);
  });

  it('without a beginning, or with one that is gone, a range is its end alone', () => {
    expect(chosenOf(toggled(nothingChosen, 'c', range), shown)).toEqual(['c']);
    const from = toggled(nothingChosen, 'a', one);
    expect(chosenOf(toggled(from, 'd', { shown: ['c', 'd'], isRange: true }), shown)).toEqual(['a', 'd']);
  });

  it('all are chosen at once, and none at the second time', () => {
    const all = toggledAll(nothingChosen, shown);
    expect(chosenOf(all, shown)).toEqual(shown);
    expect(chosenOf(toggledAll(all, shown), shown)).toEqual([]);
  });

  it('what is no longer shown is no longer chosen', () => {
    expect(chosenOf(toggledAll(nothingChosen, shown), ['e', 'b'])).toEqual(['e', 'b']);
  });
});
