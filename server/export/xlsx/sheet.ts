/** A sheet: a row of titles that stays in view and can be filtered by, and rows of cells below it. */
import { officeRelations, Relations } from '../office/package.ts';
import { outsideAddress } from '../office/address.ts';
import { xmlHead } from '../office/xml.ts';
import { cellXml, type Cell, type SharedStrings } from './cell.ts';

export interface SheetColumn {
  readonly title: string;
  /** In characters. */
  readonly width: number;
}

export interface Sheet {
  readonly name: string;
  readonly columns: readonly SheetColumn[];
  readonly rows: readonly (readonly Cell[])[];
}

export interface SheetParts {
  readonly xml: string;
  readonly relations: Relations;
}

/** Excel's own limits for one sheet. */
const MAX_ROWS = 1_048_576;
const MAX_LINKS = 65_530;

/** `maxRows` is for tests. */
export function sheetParts(
  sheet: Sheet,
  isFirst: boolean,
  strings: SharedStrings,
  maxRows = MAX_ROWS,
): SheetParts {
  const { columns } = sheet;
  const rows = [
    columns.map(({ title }): Cell => ({ kind: 'title', value: title })),
    ...fitting(sheet.rows, maxRows),
  ];
  const relations = new Relations();
  const links: string[] = [];
  const written = rows.map((cells, y) => {
    const xml = cells.map((cell, x) => {
      const reference = `${columnName(x)}${y + 1}`;
      const address = cell.kind === 'link' ? outsideAddress(cell.value) : null;
      if (address !== null && links.length < MAX_LINKS)
        links.push(
          `<hyperlink ref="${reference}" r:id="${relations.outside(`${officeRelations}/hyperlink`, address)}"/>`,
        );
      return cellXml(cell, reference, strings);
    });
    return `<row r="${y + 1}">${xml.join('')}</row>`;
  });
  const all = `A1:${columnName(columns.length - 1)}${rows.length}`;
  const widths = columns.map(
    ({ width }, x) => `<col min="${x + 1}" max="${x + 1}" width="${width}" customWidth="1"/>`,
  );
  const xml = `${xmlHead}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="${officeRelations}"><dimension ref="${all}"/><sheetViews><sheetView${isFirst ? ' tabSelected="1"' : ''} workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft" activeCell="A2" sqref="A2"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>${widths.join('')}</cols><sheetData>${written.join('')}</sheetData><autoFilter ref="${all}"/>${links.length === 0 ? '' : `<hyperlinks>${links.join('')}</hyperlinks>`}<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/><pageSetup paperSize="9" orientation="landscape"/></worksheet>`;
  return { xml, relations };
}

/** Rows as many as there is room for under the titles; what is left out is said. */
function fitting(rows: Sheet['rows'], maxRows: number): Sheet['rows'] {
  if (rows.length < maxRows) return rows;
  const kept = rows.slice(0, maxRows - 2);
  return [...kept, [{ kind: 'text', value: `${rows.length - kept.length} more rows did not fit` }]];
}

/** "A" for 0, "Z" for 25, "AA" for 26. */
export function columnName(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : columnName(Math.floor(index / 26) - 1) + letter;
}
