/** On which pages of the source words stand. */
import type { SourcePageRecord } from './records.ts';

/**
 * The first and the last page of a range of the text; null before the first page that is known. `pages` are in order,
 * and each goes on to where the next begins.
 */
export function pagesOf(
  pages: readonly SourcePageRecord[],
  { start, end }: { readonly start: number; readonly end: number },
): { readonly first: number; readonly last: number } | null {
  const first = pages.findLast((page) => page.start <= start);
  const last = pages.findLast((page) => page.start < Math.max(end, start + 1));
  return first === undefined || last === undefined ? null : { first: first.page, last: last.page };
}
