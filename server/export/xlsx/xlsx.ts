/**
 * The claims and what was said about them as a workbook: values that a spreadsheet can sort, filter and count, dates
 * and links among them. It computes nothing: there is not one formula in it.
 */
import type { ExportProjection } from '#core/export/projection.ts';
import { OfficePackage, officeRelations, Relations } from '../office/package.ts';
import { addProperties } from '../office/properties.ts';
import { xmlHead } from '../office/xml.ts';
import { SharedStrings } from './cell.ts';
import { claimSheet, commentSheet } from './rows.ts';
import { columnName, sheetParts, type Sheet } from './sheet.ts';
import { stylesXml } from './styles.ts';

const excel = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

export function formatXlsx(projection: ExportProjection): Uint8Array {
  const office = new OfficePackage();
  const root = new Relations();
  const book = new Relations();
  const strings = new SharedStrings();
  const sheets = [claimSheet(projection), commentSheet(projection)];
  root.to(`${officeRelations}/officeDocument`, 'xl/workbook.xml');
  const ids = sheets.map((_, i) => book.to(`${officeRelations}/worksheet`, `worksheets/sheet${i + 1}.xml`));
  book.to(`${officeRelations}/styles`, 'styles.xml');
  book.to(`${officeRelations}/sharedStrings`, 'sharedStrings.xml');
  office.addPart('xl/workbook.xml', `${excel}.sheet.main+xml`, workbookXml(sheets, ids));
  for (const [i, sheet] of sheets.entries()) {
    const part = `xl/worksheets/sheet${i + 1}.xml`;
    const { xml, relations } = sheetParts(sheet, i === 0, strings);
    office.addPart(part, `${excel}.worksheet+xml`, xml);
    office.addRelations(part, relations);
  }
  office.addPart('xl/styles.xml', `${excel}.styles+xml`, xmlHead + stylesXml);
  office.addPart('xl/sharedStrings.xml', `${excel}.sharedStrings+xml`, xmlHead + strings.toXml());
  addProperties(office, root, projection);
  office.addRelations('', root);
  office.addRelations('xl/workbook.xml', book);
  return office.toBytes();
}

function workbookXml(sheets: readonly Sheet[], ids: readonly string[]): string {
  const listed = sheets.map(({ name }, i) => `<sheet name="${name}" sheetId="${i + 1}" r:id="${ids[i]}"/>`);
  // What a filter covers and which row is printed on every page are names of the workbook.
  const filters = sheets.map(
    ({ name, columns, rows }, i) =>
      `<definedName name="_xlnm._FilterDatabase" localSheetId="${i}" hidden="1">${name}!$A$1:$${columnName(columns.length - 1)}$${rows.length + 1}</definedName>`,
  );
  const titles = sheets.map(
    ({ name }, i) => `<definedName name="_xlnm.Print_Titles" localSheetId="${i}">${name}!$1:$1</definedName>`,
  );
  return `${xmlHead}<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="${officeRelations}"><bookViews><workbookView/></bookViews><sheets>${listed.join('')}</sheets><definedNames>${filters.join('')}${titles.join('')}</definedNames></workbook>`;
}
