/**
 * The cells of a table as the report has them. Word says of a cell that it continues the one above (`vMerge`) or
 * before it (`hMerge`); here the first of them spans, and takes the words of the others, if they have any.
 */
import { chosenBranch } from './choice.ts';
import { plainText } from './plain.ts';
import { childOf, elementsOf, switchOf, valueOf, type XmlElement } from './xml.ts';

export interface Cell {
  /** The elements whose blocks are in it: `w:tc`, or marks of comments that stand before it. */
  readonly parts: XmlElement[];
  readonly isHeader: boolean;
  colspan: number;
  rowspan: number;
}

export interface Row {
  readonly cells: readonly Cell[];
  /** A row that somebody proposes to insert: it is not in the text. */
  readonly isInserted: boolean;
  readonly element: XmlElement;
  /** Tracked changes of the row or its cells that no suggestion can say. */
  readonly changes: number;
}

const COMMENT_MARKS: ReadonlySet<string> = new Set(['w:commentRangeStart', 'w:commentRangeEnd']);
/** Columns that a row may leave free at its start; Word's tables have 63. */
const MAX_FREE = 100;

/** The rows, and marks of comments between them, in order. */
export function rowsOf(table: XmlElement): (Row | XmlElement)[] {
  const owners = new Map<number, Cell>();
  return wrapped(table, 'w:tr').map((element) =>
    element.name === 'w:tr' ? rowOf(element, owners) : element,
  );
}

function rowOf(element: XmlElement, owners: Map<number, Cell>): Row {
  const properties = childOf(element, 'w:trPr');
  const isInserted = childOf(properties, 'w:ins') !== null;
  const isHeader = switchOf(properties, 'w:tblHeader') === true;
  const cells: Cell[] = [];
  const marks: XmlElement[] = [];
  let changes = childOf(properties, 'w:del') === null ? 0 : 1;
  let column = Math.min(span(valueOf(properties, 'w:gridBefore')) ?? 0, MAX_FREE);
  if (column > 0) cells.push({ parts: [], isHeader, colspan: column, rowspan: 1 });
  for (const each of isInserted ? [] : wrapped(element, 'w:tc')) {
    if (each.name !== 'w:tc') {
      marks.push(each);
      continue;
    }
    const own = childOf(each, 'w:tcPr');
    changes += ['w:cellIns', 'w:cellDel', 'w:cellMerge'].filter((name) => childOf(own, name) !== null).length;
    const width = span(valueOf(own, 'w:gridSpan')) ?? 1;
    const parts = [...marks.splice(0), each];
    place({ parts, isHeader, colspan: width, rowspan: 1 }, own, column, cells, owners);
    column += width;
  }
  cells.at(-1)?.parts.push(...marks);
  return { cells, isInserted, element, changes };
}

/** Puts a cell into its row, or into the cell that it continues. */
function place(
  cell: Cell,
  properties: XmlElement | null,
  column: number,
  cells: Cell[],
  owners: Map<number, Cell>,
): void {
  const merge = continuation(properties, 'w:vMerge');
  const owner = owners.get(column);
  if (merge === 'continue' && owner !== undefined) {
    owner.rowspan += 1;
    addWords(owner, cell);
    return;
  }
  const before = cells.at(-1);
  if (continuation(properties, 'w:hMerge') === 'continue' && before !== undefined) {
    before.colspan += cell.colspan;
    addWords(before, cell);
    return;
  }
  cells.push(cell);
  if (merge === null) owners.delete(column);
  else owners.set(column, cell);
}

/** The empty paragraph of a continued cell is no paragraph of the first. */
function addWords(owner: Cell, cell: Cell): void {
  for (const part of cell.parts)
    if (part.name !== 'w:tc' || plainText(part, 'before') !== '') owner.parts.push(part);
}

function continuation(properties: XmlElement | null, name: string): 'restart' | 'continue' | null {
  const found = childOf(properties, name);
  if (found === null) return null;
  return found.attributes['w:val'] === 'restart' ? 'restart' : 'continue';
}

function span(value: string | null): number | null {
  return value !== null && /^\d{1,3}$/.test(value) ? Number(value) : null;
}

/** Elements of a name and marks of comments, also inside content controls, custom XML and the like. */
function wrapped(parent: XmlElement, name: string): XmlElement[] {
  return elementsOf(parent).flatMap((child): XmlElement[] => {
    if (child.name === name || COMMENT_MARKS.has(child.name)) return [child];
    if (child.name.endsWith('Pr') || child.name === 'w:p' || child.name === 'w:tbl') return [];
    const inside = child.name === 'mc:AlternateContent' ? chosenBranch(child) : child;
    return inside === null ? [] : wrapped(inside, name);
  });
}
