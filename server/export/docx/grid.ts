/**
 * A table as Word lays it out: every row fills the same columns, a cell over several rows is begun once and
 * continued in each of them. Rows that are too short are filled up, spans that collide are cut, and cells past Word's
 * last column go into it with all their words.
 */
import type { ExportBlock } from '#core/export/runs.ts';

/** With one more, Word calls the file broken. */
const MAX_COLUMNS = 63;

export interface Slot {
  readonly span: number;
  /** `continued`: it belongs to the cell above. */
  readonly merge: 'none' | 'begun' | 'continued';
  readonly isHeader: boolean;
  readonly blocks: ExportBlock[];
}

export interface Grid {
  readonly columns: number;
  readonly rows: readonly (readonly Slot[])[];
}

interface Open {
  readonly span: number;
  /** Rows still to come. */
  left: number;
}

export function gridOf(table: ExportBlock): Grid {
  const rows = table.children.filter((row) => row.type === 'table_row');
  const open = new Map<number, Open>();
  const laid = rows.map((row, index) => rowOf(row, rows.length - index - 1, open));
  const columns = Math.max(1, ...laid.map(widthOf));
  return { columns, rows: laid.map((slots) => filledUp(slots, columns)) };
}

function rowOf(row: ExportBlock, rowsBelow: number, open: Map<number, Open>): Slot[] {
  const slots: Slot[] = [];
  const cells = [...row.children];
  let column = 0;
  for (;;) {
    const above = open.get(column);
    if (above !== undefined) {
      slots.push({ span: above.span, merge: 'continued', isHeader: false, blocks: [] });
      above.left -= 1;
      if (above.left === 0) open.delete(column);
      column += above.span;
      continue;
    }
    const free = freeFrom(column, open);
    const cell = cells.shift();
    if (cell === undefined) {
      if (free === null) return slots;
      slots.push({ span: free, merge: 'none', isHeader: false, blocks: [] });
      column += free;
      continue;
    }
    if (column >= MAX_COLUMNS) {
      slots.at(-1)?.blocks.push(...cell.children);
      continue;
    }
    const span = Math.min(spanIn(cell, 'colspan'), free ?? MAX_COLUMNS, MAX_COLUMNS - column);
    const below = Math.min(spanIn(cell, 'rowspan') - 1, rowsBelow);
    if (below > 0) open.set(column, { span, left: below });
    slots.push({
      span,
      merge: below > 0 ? 'begun' : 'none',
      isHeader: cell.type === 'table_header',
      blocks: [...cell.children],
    });
    column += span;
  }
}

/** Columns until the next cell that reaches down from above; null when there is none. */
function freeFrom(column: number, open: ReadonlyMap<number, Open>): number | null {
  const next = Math.min(...[...open.keys()].filter((each) => each > column));
  return Number.isFinite(next) ? next - column : null;
}

function spanIn(cell: ExportBlock, name: 'colspan' | 'rowspan'): number {
  const value = Math.trunc(Number(cell.attrs[name] ?? 1));
  return value >= 1 && value <= 1_000 ? value : 1;
}

function widthOf(slots: readonly Slot[]): number {
  return slots.reduce((sum, slot) => sum + slot.span, 0);
}

function filledUp(slots: readonly Slot[], columns: number): readonly Slot[] {
  const missing = columns - widthOf(slots);
  return missing > 0 ? [...slots, { span: missing, merge: 'none', isHeader: false, blocks: [] }] : slots;
}
