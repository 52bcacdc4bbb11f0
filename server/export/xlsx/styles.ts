/** How cells look, by number: Excel keeps looks in one table and cells name their row in it. */

export const cellStyles = {
  text: 1,
  title: 2,
  number: 3,
  date: 4,
  moment: 5,
  link: 6,
  /** Text that looks like a formula and stays text when somebody edits it. */
  disarmed: 7,
} as const;

const top = '<alignment vertical="top"/>';
const wrapped = '<alignment vertical="top" wrapText="1"/>';

function look(format: number, font: number, alignment: string, more = ''): string {
  return `<xf numFmtId="${format}" fontId="${font}" fillId="${font === 1 ? 2 : 0}" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyAlignment="1"${more}>${alignment}</xf>`;
}

const fonts = [
  '<font><sz val="11"/><name val="Calibri"/><family val="2"/></font>',
  '<font><b/><sz val="11"/><name val="Calibri"/><family val="2"/></font>',
  '<font><u/><sz val="11"/><color rgb="FF1A5FB4"/><name val="Calibri"/><family val="2"/></font>',
];
const fills = [
  '<fill><patternFill patternType="none"/></fill>',
  '<fill><patternFill patternType="gray125"/></fill>',
  '<fill><patternFill patternType="solid"><fgColor rgb="FFF6F4EF"/><bgColor indexed="64"/></patternFill></fill>',
];
const DATE = 164;
const MOMENT = 165;

/** In the order of `cellStyles`; the first is what cells without a look have. */
const looks = [
  '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>',
  look(0, 0, wrapped),
  look(0, 1, wrapped),
  look(0, 0, top),
  look(DATE, 0, top),
  look(MOMENT, 0, top),
  look(0, 2, wrapped),
  look(49, 0, wrapped, ' quotePrefix="1"'),
];

export const stylesXml = `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="2"><numFmt numFmtId="${DATE}" formatCode="yyyy\\-mm\\-dd"/><numFmt numFmtId="${MOMENT}" formatCode="yyyy\\-mm\\-dd\\ hh:mm&quot; UTC&quot;"/></numFmts><fonts count="${fonts.length}">${fonts.join('')}</fonts><fills count="${fills.length}">${fills.join('')}</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="${looks.length}">${looks.join('')}</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`;
