/** Tables of Word: the frame around cells, whose content the caller writes. */

export interface TableCell {
  readonly xml: string;
  readonly span?: number;
  readonly merge?: 'none' | 'begun' | 'continued';
  readonly fill?: string | undefined;
}

export interface TableRow {
  readonly cells: readonly TableCell[];
  /** Said again at the top of every page that the table goes on to. */
  readonly isHeader: boolean;
}

/** `widths` of the columns in twentieths of a point. */
export function tableXml(widths: readonly number[], rows: readonly TableRow[]): string {
  const total = widths.reduce((sum, width) => sum + width, 0);
  const grid = widths.map((width) => `<w:gridCol w:w="${width}"/>`).join('');
  const written = rows.map((row) => rowXml(row, widths)).join('');
  return `<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="${total}" w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/></w:tblPr><w:tblGrid>${grid}</w:tblGrid>${written}</w:tbl>`;
}

/** A row that fits on a page is not torn by its end. */
function rowXml({ cells, isHeader }: TableRow, widths: readonly number[]): string {
  let column = 0;
  const written = cells.map((cell) => {
    const span = cell.span ?? 1;
    const width = widths.slice(column, column + span).reduce((sum, each) => sum + each, 0);
    column += span;
    return cellXml(cell, span, width);
  });
  return `<w:tr><w:trPr><w:cantSplit/>${isHeader ? '<w:tblHeader/>' : ''}</w:trPr>${written.join('')}</w:tr>`;
}

function cellXml({ xml, merge, fill }: TableCell, span: number, width: number): string {
  const merged =
    merge === 'begun' ? '<w:vMerge w:val="restart"/>' : merge === 'continued' ? '<w:vMerge/>' : '';
  return `<w:tc><w:tcPr><w:tcW w:w="${width}" w:type="dxa"/>${span > 1 ? `<w:gridSpan w:val="${span}"/>` : ''}${merged}${
    fill === undefined ? '' : `<w:shd w:val="clear" w:color="auto" w:fill="${fill}"/>`
  }</w:tcPr>${xml}</w:tc>`;
}

/** The column's width in as many equal parts. */
export function equalWidths(columns: number, width: number): number[] {
  return Array.from({ length: columns }, () => Math.floor(width / columns));
}
