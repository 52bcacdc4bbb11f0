/**
 * The nodes of a table, as prosemirror-tables defines them (its roles and attributes are what its commands go by; a
 * test holds the two against each other). Written here so that reading a report does not take the code that edits
 * tables, which is in one module with their definition.
 */
import type { AttributeSpec, DOMOutputSpec, Node, NodeSpec } from 'prosemirror-model';

const cellAttributes: Record<string, AttributeSpec> = {
  colspan: { default: 1, validate: 'number' },
  rowspan: { default: 1, validate: 'number' },
  colwidth: { default: null, validate: checkWidths },
};

export const tableNodes = {
  table: {
    content: 'table_row+',
    tableRole: 'table',
    isolating: true,
    group: 'block',
    parseDOM: [{ tag: 'table' }],
    toDOM: () => ['table', ['tbody', 0]],
  },
  table_row: {
    content: '(table_cell | table_header)*',
    tableRole: 'row',
    parseDOM: [{ tag: 'tr' }],
    toDOM: () => ['tr', 0],
  },
  table_cell: cell('td', 'cell'),
  table_header: cell('th', 'header_cell'),
} satisfies Record<string, NodeSpec>;

function cell(tag: 'td' | 'th', tableRole: string) {
  return {
    content: 'block+',
    attrs: cellAttributes,
    tableRole,
    isolating: true,
    parseDOM: [{ tag, getAttrs: readCell }],
    toDOM: (node: Node): DOMOutputSpec => [tag, writeCell(node), 0],
  } satisfies NodeSpec;
}

/** Throws unless it is null or numbers, one a column, 0 where the width is free. */
function checkWidths(value: unknown): void {
  if (value !== null && !(Array.isArray(value) && value.every((width) => typeof width === 'number')))
    throw new TypeError('colwidth must be null or an array of numbers');
}

function readCell(dom: HTMLElement): { colspan: number; rowspan: number; colwidth: number[] | null } {
  const colspan = Number(dom.getAttribute('colspan') ?? 1) || 1;
  const rowspan = Number(dom.getAttribute('rowspan') ?? 1) || 1;
  const widths = /^\d+(?:,\d+)*$/
    .exec(dom.getAttribute('data-colwidth') ?? '')?.[0]
    .split(',')
    .map(Number);
  return { colspan, rowspan, colwidth: widths?.length === colspan ? widths : null };
}

function writeCell({ attrs }: Node): Record<string, string> {
  const { colspan, rowspan, colwidth } = attrs as {
    colspan: number;
    rowspan: number;
    colwidth: number[] | null;
  };
  return {
    ...(colspan === 1 ? {} : { colspan: String(colspan) }),
    ...(rowspan === 1 ? {} : { rowspan: String(rowspan) }),
    ...(colwidth === null ? {} : { 'data-colwidth': colwidth.join(',') }),
  };
}
