/**
 * Makes a table rectangular, as the editor needs it: spans that fit, every row as wide as the widest. Done at
 * import, because a locked text cannot be mended later.
 */
import { AppError } from '#core/errors.ts';
import type { DocNode } from '#core/text/doc-json.ts';
import { MAX_NODES, MAX_SPAN } from './limits.ts';

interface Cell {
  readonly node: DocNode;
  readonly colspan: number;
  readonly rowspan: number;
}

/**
 * Rows of cells in, a table out. A caption (a row that says so) goes before it; a table of one cell was only layout
 * and gives its blocks back.
 */
export function normalizeTable(all: readonly DocNode[]): readonly DocNode[] {
  const isCaption = (row: DocNode): boolean => row.attrs?.['isCaption'] === true;
  const captions = all
    .filter(isCaption)
    .flatMap((row) => (row.content ?? []).flatMap((cell) => cell.content ?? []));
  const rows = all.filter((row) => !isCaption(row));
  return [...captions, ...(rows.length === 0 ? [] : tableOf(rows))];
}

function tableOf(rows: readonly DocNode[]): readonly DocNode[] {
  const only = rows.length === 1 ? rows[0]?.content : undefined;
  if (only?.length === 1 && only[0]?.type === 'table_cell') return only[0].content ?? [];
  const grid = layOut(rows);
  const width = Math.max(...grid.map((row) => row.width));
  if (width * rows.length > MAX_NODES) {
    throw new AppError(
      'too_large',
      `A table has more than ${MAX_NODES.toLocaleString('en')} cells, the most that are taken.`,
    );
  }
  return [
    { type: 'table', content: grid.map((row) => ({ type: 'table_row', content: padded(row, width) })) },
  ];
}

interface Row {
  readonly cells: readonly Cell[];
  /** Columns taken, by its own cells and by those above that reach into it. */
  readonly taken: number;
  /** Columns up to its last one; more than `taken` when there is a gap. */
  readonly width: number;
}

/** Gives each cell its place: past the columns that a cell above still covers, its span cut at the next of them. */
function layOut(rows: readonly DocNode[]): Row[] {
  /** For each column, how many further rows a cell above covers. */
  let covered: number[] = [];
  return rows.map((row, index) => {
    const cells: Cell[] = [];
    const next = covered.map((left) => Math.max(0, left - 1));
    const isCovered = (at: number): boolean => (covered[at] ?? 0) > 0;
    let column = 0;
    let taken = covered.filter((left) => left > 0).length;
    for (const node of row.content ?? []) {
      while (isCovered(column)) column += 1;
      const rowspan = Math.min(spanOf(node, 'rowspan'), rows.length - index);
      const wanted = spanOf(node, 'colspan');
      let colspan = 1;
      while (colspan < wanted && !isCovered(column + colspan)) colspan += 1;
      cells.push({ node, colspan, rowspan });
      for (let i = 0; i < colspan; i++) next[column + i] = rowspan - 1;
      column += colspan;
      taken += colspan;
    }
    const width = Math.max(column, covered.findLastIndex((left) => left > 0) + 1);
    covered = Array.from(next, (left) => left ?? 0);
    return { cells, taken, width };
  });
}

function spanOf(node: DocNode, name: string): number {
  const value = Number(node.attrs?.[name] ?? 1);
  return Number.isInteger(value) ? Math.min(Math.max(value, 1), MAX_SPAN) : 1;
}

/** The row's cells, and empty ones for every column that nothing takes (the editor puts them into the gaps). */
function padded(row: Row, width: number): DocNode[] {
  const cells = row.cells.map(({ node, colspan, rowspan }): DocNode => ({
    ...node,
    attrs: { colspan, rowspan, colwidth: null },
  }));
  for (let taken = row.taken; taken < width; taken++) {
    cells.push({
      type: 'table_cell',
      attrs: { colspan: 1, rowspan: 1, colwidth: null },
      content: [{ type: 'paragraph' }],
    });
  }
  return cells;
}
