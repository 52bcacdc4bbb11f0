/**
 * Tables: columns as wide as their words ask for within the measure, rows whole where they can be, the header again
 * at the top of each page. A row that no page has room for goes on over several; a cell over several rows
 * keeps them together while they are few.
 */
import type { ExportBlock } from '#core/export/runs.ts';
import { StructureElement } from '../file/structure.ts';
import { frame, hairline, strongLine, variant } from '../look.ts';
import type { FlowItem } from '../page/flow.ts';
import type { Pages } from '../page/pages.ts';
import type { Press } from '../press.ts';
import type { TextLook } from '../text/styled.ts';
import type { Setting } from './block-setter.ts';
import { drawBars, type Place } from './text-block.ts';
import { cellTheme } from './theme.ts';

interface Table {
  readonly table: ExportBlock;
  readonly setting: Setting;
  readonly isGlued: boolean;
  cell(blocks: readonly ExportBlock[], parent: StructureElement, place: Place, look: TextLook): FlowItem[];
}

interface Cell {
  readonly block: ExportBlock;
  readonly row: number;
  readonly column: number;
  readonly columns: number;
  readonly rows: number;
}

interface Row {
  /** Cells that begin in it. */
  readonly cells: readonly { readonly cell: Cell; readonly items: readonly FlowItem[] }[];
  readonly height: number;
  readonly isHeader: boolean;
  readonly isGlued: boolean;
  /** Where the line below it is drawn: not through cells that go on. */
  readonly lines: readonly (readonly [from: number, to: number])[];
}

const PADDING = { x: 6, y: 4 };
const LEAST_COLUMN = 30;
/** Words of a cell beyond it do not make its column wider. */
const MOST_WORDS = 60;
const BOLD = 640;
const PAGE = frame.bottom - frame.top;

export function tableItems(press: Press, pages: Pages, table: Table): FlowItem[] {
  const cells = gridOf(table.table);
  const count = cells.reduce((most, cell) => Math.max(most, cell.column + cell.columns), 0);
  if (count === 0) return [];
  const { place, theme, parent } = table.setting;
  const edges = edgesOf(cells, count, place);
  const element = new StructureElement('Table', parent);
  const rows = rowsOf(table, cells, edges, element);
  const headers = rows.slice(
    0,
    Math.max(
      rows.findIndex((row) => !row.isHeader),
      0,
    ),
  );
  const headerHeight = headers.reduce((sum, row) => sum + row.height, 0);
  const repeats = headers.length > 0 && headerHeight < PAGE / 3;
  const repeated = repeats
    ? headers.flatMap((row) => drawnRow(pages, place, { ...row, isGlued: false }, true))
    : [];
  return rows.flatMap((row, i) => {
    const parts = slices(row, PAGE - headerHeight).flatMap((slice) => drawnRow(pages, place, slice, false));
    return parts.map((item, at): FlowItem => ({
      ...item,
      gap: i === 0 && at === 0 ? theme.gap + 2 : 0,
      isGlued:
        i === 0 && at === 0 ? table.isGlued : row.isGlued || (at === 0 && i === headers.length && i > 0),
      ...(i >= headers.length && { repeated }),
    }));
  });
}

/** Where each cell stands: spans from above push cells to the right. */
function gridOf(table: ExportBlock): Cell[] {
  const cells: Cell[] = [];
  const takenUntil: number[] = [];
  table.children.forEach((row, rowIndex) => {
    let column = 0;
    for (const block of row.children) {
      while ((takenUntil[column] ?? 0) > rowIndex) column += 1;
      const columns = spanOf(block, 'colspan');
      const rows = Math.min(spanOf(block, 'rowspan'), table.children.length - rowIndex);
      for (let i = 0; i < columns; i++) takenUntil[column + i] = rowIndex + rows;
      cells.push({ block, row: rowIndex, column, columns, rows });
      column += columns;
    }
  });
  return cells;
}

function spanOf(block: ExportBlock, name: 'colspan' | 'rowspan'): number {
  const value = Math.trunc(Number(block.attrs[name] ?? 1));
  return value >= 1 && value <= 200 ? value : 1;
}

/** The left edges of the columns and the right one of the last. */
function edgesOf(cells: readonly Cell[], count: number, place: Place): number[] {
  const wanted = Array.from({ length: count }, () => 4);
  for (const { block, column, columns } of cells) {
    const length = Math.min(longest(block), MOST_WORDS) / columns;
    for (let i = column; i < column + columns; i++) wanted[i] = Math.max(wanted[i] ?? 0, length);
  }
  const room = place.right - place.left;
  const least = Math.min(LEAST_COLUMN, room / count);
  const free = room - least * count;
  const sum = wanted.reduce((total, each) => total + each, 0);
  const edges = [place.left];
  for (const each of wanted) edges.push((edges.at(-1) ?? 0) + least + (free * each) / sum);
  return edges;
}

/** Letters of its longest paragraph. */
function longest(block: ExportBlock): number {
  let most = 0;
  const waiting = [block];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    most = Math.max(
      most,
      next.runs.reduce((sum, run) => sum + run.text.length, 0),
    );
    waiting.push(...next.children);
  }
  return most;
}

function rowsOf(
  table: Table,
  cells: readonly Cell[],
  edges: readonly number[],
  element: StructureElement,
): Row[] {
  const { theme } = table.setting;
  const open: { readonly until: number; readonly bottom: number }[] = [];
  let top = 0;
  return table.table.children.map((row, index) => {
    const rowElement = new StructureElement('TR', element);
    const own = cells.filter((cell) => cell.row === index);
    const set = own.map((cell) => ({ cell, items: setCell(table, cell, edges, rowElement) }));
    const isHeader = own.length > 0 && own.every((cell) => cell.block.type === 'table_header');
    let height = cellTheme(theme).line + 2 * PADDING.y;
    for (const { cell, items } of set) {
      const needed = heightOf(items) + 2 * PADDING.y;
      const isShort = needed < PAGE / 3;
      if (cell.rows > 1 && isShort) open.push({ until: index + cell.rows - 1, bottom: top + needed });
      else height = Math.max(height, needed);
    }
    for (const each of open) if (each.until === index) height = Math.max(height, each.bottom - top);
    const isGlued = index > 0 && open.some((each) => each.until >= index && each.bottom > top);
    top += height;
    return { cells: set, height, isHeader, isGlued, lines: linesBelow(cells, index, edges) };
  });
}

function linesBelow(
  cells: readonly Cell[],
  row: number,
  edges: readonly number[],
): (readonly [number, number])[] {
  const isOpen = (column: number): boolean =>
    cells.some(
      (cell) =>
        cell.row <= row &&
        cell.row + cell.rows - 1 > row &&
        cell.column <= column &&
        column < cell.column + cell.columns,
    );
  return edges
    .slice(1)
    .flatMap((right, column) => (isOpen(column) ? [] : [[edges[column] ?? right, right] as const]));
}

function setCell(
  table: Table,
  cell: Cell,
  edges: readonly number[],
  row: StructureElement,
): readonly FlowItem[] {
  const { place, theme, look } = table.setting;
  const isHeader = cell.block.type === 'table_header';
  const element = new StructureElement(isHeader ? 'TH' : 'TD', row, {
    columnSpan: cell.columns,
    rowSpan: cell.rows,
    ...(isHeader && { scope: cell.row === 0 ? ('Column' as const) : ('Row' as const) }),
  });
  const inner = cellTheme(theme);
  const own = variant(look ?? inner.look, { size: inner.look.size });
  const left = edges[cell.column] ?? place.left;
  const right = edges[cell.column + cell.columns] ?? place.right;
  const space = { left: left + (cell.column === 0 ? 0 : PADDING.x), right: right - PADDING.x / 2, bars: [] };
  return table.cell(cell.block.children, element, space, isHeader ? variant(own, { weight: BOLD }) : own);
}

function heightOf(items: readonly FlowItem[]): number {
  return items.reduce((sum, item, i) => sum + item.height + (i === 0 ? 0 : item.gap), 0);
}

/** A row in parts that each fit a page. */
function slices(row: Row, room: number): Row[] {
  if (row.height <= room) return [row];
  const parts: Row[] = [];
  let rest = row.cells;
  while (rest.some(({ items }) => items.length > 0) || parts.length === 0) {
    const fitting = rest.map(({ cell, items }) => ({ cell, items: items.slice(0, fittingIn(items, room)) }));
    const height = Math.max(...fitting.map(({ items }) => heightOf(items))) + 2 * PADDING.y;
    parts.push({ ...row, cells: fitting, height: Math.min(height, room) });
    rest = rest.map(({ cell, items }, i) => ({
      cell,
      items: items.slice(fitting[i]?.items.length ?? items.length),
    }));
  }
  return parts;
}

/** At least one, so that there is always an end. */
function fittingIn(items: readonly FlowItem[], room: number): number {
  let used = 2 * PADDING.y;
  for (const [i, item] of items.entries()) {
    used += item.height + (i === 0 ? 0 : item.gap);
    if (used > room && i > 0) return i;
  }
  return items.length;
}

function drawnRow(pages: Pages, place: Place, row: Row, isRepeated: boolean): FlowItem[] {
  return [
    {
      height: row.height,
      gap: 0,
      isGlued: row.isGlued,
      draw: (top, gap) => {
        drawBars(pages, place.bars, { top, gap, height: row.height });
        const draw = (): void => row.cells.forEach(({ items }) => drawCell(items, top + PADDING.y));
        if (isRepeated) pages.withoutStructure(draw);
        else draw();
        const { canvas } = pages;
        const [colour, width] = row.isHeader ? [strongLine, 0.9] : [hairline, 0.7];
        const bottom = top + row.height;
        canvas.artifact(() =>
          row.lines.forEach(([from, to]) => canvas.rectangle(from, bottom - width, to - from, width, colour)),
        );
      },
    },
  ];
}

function drawCell(items: readonly FlowItem[], from: number): void {
  let top = from;
  items.forEach((item, i) => {
    const gap = i === 0 ? 0 : item.gap;
    top += gap;
    item.draw(top, gap);
    top += item.height;
  });
}
