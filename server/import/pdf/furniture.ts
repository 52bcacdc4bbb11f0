/**
 * Headers, footers and page numbers: rows near the upper or lower edge that come back at the same place on several
 * pages with the same words (numbers may differ), or that count the pages. They are taken out before the rest is
 * put in order, but never all that a page has.
 */
import { textOf, type Line } from './lines.ts';
import { rowsOf, type Row } from './rows.ts';

export interface PagePieces {
  readonly pieces: readonly Line[];
  readonly height: number;
}

export interface WithoutFurniture {
  readonly pages: readonly (readonly Line[])[];
  /** Rows that were left out. */
  readonly rows: number;
  /** Pages that had some. */
  readonly onPages: number;
}

/** Share of the sheet's height where headers and footers stand. */
const ZONE = 0.2;
/** Rows from the edge that may be furniture. */
const MAX_ROWS = 3;
/** Points by which a repeated row may move. */
const SAME_PLACE = 7;

interface Candidate {
  readonly page: number;
  readonly row: Row;
  readonly y: number;
  readonly text: string;
  /** Its edge and its text without numbers. */
  readonly key: string;
  readonly numbers: readonly number[];
}

/** `isAll`: the pieces are all that the pages have, so some have to stay. */
export function withoutFurniture(pages: readonly PagePieces[], isAll = true): WithoutFurniture {
  const candidates = pages.flatMap((page, at) => candidatesOf(page, at));
  const gone = new Set<Line>();
  const groups = new Map<string, Candidate[]>();
  for (const candidate of candidates)
    groups.set(candidate.key, [...(groups.get(candidate.key) ?? []), candidate]);
  for (const group of groups.values()) {
    for (const candidate of group) {
      if (isRepeated(candidate, group, pages.length) || isLonePageNumber(candidate, pages.length))
        candidate.row.forEach((piece) => gone.add(piece));
    }
  }
  const kept = pages.map(({ pieces }) => {
    const rest = pieces.filter((piece) => !gone.has(piece));
    return rest.length === 0 && isAll ? pieces : rest;
  });
  const rows = candidates.filter(({ page, row }) => row[0] !== undefined && !kept[page]?.includes(row[0]));
  return { pages: kept, rows: rows.length, onPages: new Set(rows.map(({ page }) => page)).size };
}

function candidatesOf({ pieces, height }: PagePieces, page: number): Candidate[] {
  const rows = rowsOf(pieces);
  const top = rows.slice(0, MAX_ROWS).filter((row) => yOf(row) < height * ZONE);
  const bottom = rows.slice(-MAX_ROWS).filter((row) => yOf(row) > height * (1 - ZONE));
  const isApart = (row: Row, next: Row | undefined): boolean =>
    next === undefined || Math.abs(yOf(next) - yOf(row)) > (row[0]?.size ?? 0) * 1.1;
  return [...new Set([...top.filter((row, i) => isApart(row, rows[i + 1])), ...bottom])].map((row) => {
    const text = row.map(textOf).join(' ').replace(/\s+/g, ' ').trim();
    const y = yOf(row);
    const edge = y < height / 2 ? 'top' : 'bottom';
    const key = `${edge} ${isRoman(text) ? 'roman' : text.replace(/\d+/g, '#')}`;
    return { page, row, y, text, key, numbers: (text.match(/\d+/g) ?? []).map(Number) };
  });
}

function isRoman(text: string): boolean {
  return /^[ivxlc]{1,7}$/i.test(text);
}

function yOf(row: Row): number {
  return row[0]?.y ?? 0;
}

/** The same words, or a number that counts along with the pages, at one place on three pages or on all of two. */
function isRepeated(candidate: Candidate, group: readonly Candidate[], pages: number): boolean {
  const { page, text, numbers, y } = candidate;
  const least = Math.min(3, Math.max(2, pages));
  const near = group.filter((other) => Math.abs(other.y - y) <= SAME_PLACE);
  const count = (is: (other: Candidate) => boolean): number =>
    new Set(near.filter(is).map((other) => other.page)).size;
  if (count((other) => other.text === text) >= least) return true;
  if (numbers.length === 0) return count(() => true) >= least && isRoman(text);
  return numbers.some(
    (number, i) => count((other) => (other.numbers[i] ?? NaN) - other.page === number - page) >= least,
  );
}

/** The only page of a file, or one of two, may have a number, too. */
function isLonePageNumber({ row, numbers, page, key }: Candidate, pages: number): boolean {
  if (pages > 2 || row.length !== 1) return false;
  const text = key.replace(/^\w+ /, '');
  return (
    numbers[0] === page + 1 && /^([-–—] ?)?(page |seite |p\. ?)?#( ?(of|von|\/) ?#)?( ?[-–—])?$/i.test(text)
  );
}
