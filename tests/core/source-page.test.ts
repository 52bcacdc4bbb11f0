import { expect, test } from 'vitest';
import { pagesOf } from '#core/source-page.ts';

const pages = [
  { page: 2, start: 10 },
  { page: 3, start: 40 },
  { page: 5, start: 40 },
  { page: 6, start: 90 },
];

test.each([
  ['before the first known page', { start: 0, end: 5 }, null],
  ['from before the first known page', { start: 5, end: 20 }, null],
  ['within a page', { start: 10, end: 40 }, { first: 2, last: 2 }],
  [
    'at the start of a page, after one that has no words any more',
    { start: 40, end: 50 },
    { first: 5, last: 5 },
  ],
  ['over a page’s end', { start: 39, end: 41 }, { first: 2, last: 5 }],
  ['on the last page', { start: 95, end: 200 }, { first: 6, last: 6 }],
  ['where no words are left', { start: 90, end: 90 }, { first: 6, last: 6 }],
])('IM141 words %s', (_, range, expected) => {
  expect(pagesOf(pages, range)).toEqual(expected);
});
