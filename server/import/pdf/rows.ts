/** Pieces with one base line make a row; rows whose pieces stand in columns make a table. */
import type { TableBlock, TableCell } from './block.ts';
import { joinPieces, lineOf, split, textOf, type Line } from './lines.ts';
import { markerOf } from './list-marker.ts';

export type Row = readonly Line[];

export function rowsOf(pieces: readonly Line[]): Row[] {
  const rows: Line[][] = [];
  for (const piece of [...pieces].sort((a, b) => a.y - b.y)) {
    const last = rows.at(-1);
    const base = last?.[0];
    if (last !== undefined && base !== undefined && piece.y - base.y < 0.35 * Math.min(base.size, piece.size))
      last.push(piece);
    else rows.push([piece]);
  }
  return rows.map((row) => row.sort((a, b) => a.x0 - b.x0));
}

/** Base lines of a table's rows in sizes of letters: cells may have wide margins. */
const MAX_PITCH = 4;
/** Cells may stand closer than columns of prose: in ems. */
const CELL_GAP = 0.55;
/** Points by which aligned cells may differ. */
const ALIGNED = 4;

interface Span {
  readonly x0: number;
  readonly x1: number;
}

/** Lines, and tables between them, from top to bottom. */
export function linesAndTables(pieces: readonly Line[]): (Line | TableBlock)[] {
  const rows = rowsOf(pieces);
  const result: (Line | TableBlock)[] = [];
  for (let at = 0; at < rows.length;) {
    const table = tableRows(rows, at);
    if (table.length > 0) {
      result.push(tableOf(table));
      at += table.length;
    } else {
      result.push(joinPieces(rows[at] ?? []));
      at += 1;
    }
  }
  return result;
}

/** The rows of the table that begins at `start`, with cells that stand close parted; none when no table begins. */
function tableRows(rows: readonly Row[], start: number): Row[] {
  if (!isTabular(rows[start])) return [];
  let columns: Span[] = [];
  const taken: Row[] = [];
  let [end, full, widest] = [0, 0, 2];
  for (let at = start; at < rows.length; at++) {
    const before = rows[at - 1]?.[0];
    const row = fitting(rows[at] ?? [], columns);
    const first = row[0];
    if (first === undefined) break;
    if (before !== undefined && at > start && first.y - before.y > before.size * MAX_PITCH) break;
    const next = merged(columns, row);
    const isFull = isTabular(row);
    widest = Math.max(widest, row.length);
    if (next.length < widest || (!isFull && next.length !== columns.length)) break;
    columns = next;
    taken.push(row);
    if (!isFull) continue;
    full += 1;
    end = taken.length;
  }
  const table = taken.slice(0, end);
  return full >= 2 && isAligned(table, columns) ? table : [];
}

/** The row, its pieces parted at smaller gaps where only that lets it keep to the columns. */
function fitting(row: Row, columns: readonly Span[]): Row {
  if (columns.length < 2 || merged(columns, row).length >= columns.length) return row;
  const finer = row.flatMap((piece) => split(piece.glyphs, CELL_GAP).map(lineOf));
  return merged(columns, finer).length >= columns.length ? finer : row;
}

/** In each column most cells begin, end or have their middle at one place; gaps in prose fall anywhere. */
function isAligned(rows: readonly Row[], columns: readonly Span[]): boolean {
  return columns.every(({ x0, x1 }) => {
    const cells = rows.flatMap((row) => row.filter((piece) => piece.x0 < x1 && piece.x1 > x0));
    if (cells.length < 2) return true;
    const measures = [(c: Line) => c.x0, (c: Line) => c.x1, (c: Line) => (c.x0 + c.x1) / 2];
    return measures.some((measure) => {
      const places = cells.map(measure).sort((a, b) => a - b);
      const middle = places[Math.floor(places.length / 2)] ?? 0;
      return places.filter((place) => Math.abs(place - middle) <= ALIGNED).length >= cells.length * 0.7;
    });
  });
}

/** Several pieces, and not only a marker and its item or a number and its heading. */
function isTabular(row: Row | undefined): boolean {
  if (row === undefined || row.length < 2) return false;
  const first = row[0];
  return row.length > 2 || (first !== undefined && !isOnlyMarker(first));
}

function isOnlyMarker(piece: Line): boolean {
  const text = textOf(piece).trim();
  return text.length <= 8 && (markerOf(`${text} x`) !== null || /^(\d+\.)*\d+\.?$/.test(text));
}

/** The columns when a row is added: what overlaps becomes one. */
function merged(columns: readonly Span[], row: Row): Span[] {
  const spans = [...columns, ...row.map(({ x0, x1 }) => ({ x0, x1 }))].sort((a, b) => a.x0 - b.x0);
  const space = (row[0]?.size ?? 10) * 0.4;
  const result: Span[] = [];
  for (const span of spans) {
    const last = result.at(-1);
    if (last !== undefined && span.x0 < last.x1 + space)
      result[result.length - 1] = { x0: last.x0, x1: Math.max(last.x1, span.x1) };
    else result.push(span);
  }
  return result;
}

function tableOf(rows: readonly Row[]): TableBlock {
  let columns: Span[] = [];
  for (const row of rows) columns = merged(columns, row);
  const pitch = usualPitch(rows);
  const cells: Line[][][] = [];
  rows.forEach((row, at) => {
    const placed = columns.map(({ x0, x1 }) => row.filter((piece) => piece.x0 < x1 && piece.x1 > x0));
    const gap = (row[0]?.y ?? 0) - (rows[at - 1]?.[0]?.y ?? -Infinity);
    const last = cells.at(-1);
    const goesOn = placed[0]?.length === 0 && last !== undefined && gap < pitch * 0.95;
    if (goesOn) placed.forEach((pieces, i) => last[i]?.push(...pieces));
    else cells.push(placed);
  });
  const isHead = (row: readonly Line[][] | undefined): boolean => row?.flat().every(isBold) === true;
  const hasHead = isHead(cells[0]) && !cells.slice(1).some(isHead);
  return {
    kind: 'table',
    rows: cells.map((row, i) => row.map((lines) => cellOf(lines, hasHead && i === 0))),
  };
}

/** Between rows that have words in their first column. */
function usualPitch(rows: readonly Row[]): number {
  const left = Math.min(...rows.map((row) => row[0]?.x0 ?? Infinity));
  const tops = rows.flatMap((row) => {
    const first = row[0];
    return first !== undefined && first.x0 < left + first.size * 2 ? [first.y] : [];
  });
  const gaps = tops
    .slice(1)
    .map((y, i) => y - (tops[i] ?? y))
    .sort((a, b) => a - b);
  return gaps[Math.floor(gaps.length / 2)] ?? 0;
}

function cellOf(pieces: readonly Line[], isHeader: boolean): TableCell {
  return { lines: rowsOf(pieces).map(joinPieces), isHeader, colspan: 1, rowspan: 1 };
}

export function isBold(line: Line): boolean {
  return line.glyphs.every(({ text, style }) => style.isBold || !/[\p{L}\p{N}]/u.test(text));
}

/** The words of a table, for measures over the whole document. */
export function tableLines(table: TableBlock): Line[] {
  return table.rows.flatMap((row) => row.flatMap((cell) => cell.lines));
}
