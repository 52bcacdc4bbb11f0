/**
 * One cell of a sheet. Words are always words: nothing that anybody wrote becomes a formula, now or when somebody
 * edits the cell (Excel's own mark for "this is text" is set where it looks like one). What cannot be the number or
 * the date that it should be stays the words it is.
 */
import { disarmed } from '#core/export/csv.ts';
import { readIsoDate } from '#core/iso-date.ts';
import { outsideAddress } from '../office/address.ts';
import { cutAt, escapeXml, fitForXml } from '../office/xml.ts';
import { cellStyles } from './styles.ts';

export interface Cell {
  readonly kind: 'text' | 'number' | 'date' | 'moment' | 'link' | 'title';
  readonly value: string;
}

/** UTF-16 units; one more and Excel repairs the file. */
const MAX_CELL_LENGTH = 32_767;
const CUT_SIGN = ' … [cut: a cell holds no more]';
const DAY = 86_400_000;
/** 1 Jan 1970, in days as Excel counts them. */
const EPOCH = 25_569;
/** 1 March 1900: before it Excel counts a day that never was. */
const FIRST_DAY = 61;

/** Every text of the workbook once, by its place. */
export class SharedStrings {
  readonly #places = new Map<string, number>();
  #uses = 0;

  place(text: string): number {
    this.#uses += 1;
    const known = this.#places.get(text);
    if (known !== undefined) return known;
    this.#places.set(text, this.#places.size);
    return this.#places.size - 1;
  }

  toXml(): string {
    const items = [...this.#places.keys()].map(
      (text) => `<si><t xml:space="preserve">${escapeXml(text)}</t></si>`,
    );
    return `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="${this.#uses}" uniqueCount="${items.length}">${items.join('')}</sst>`;
  }
}

/** Empty for a cell without anything in it. `reference` is like "B7". */
export function cellXml({ kind, value }: Cell, reference: string, strings: SharedStrings): string {
  const number = kind === 'number' ? plainNumber(value) : kind === 'text' ? null : serial(kind, value);
  if (number !== null) {
    const style =
      kind === 'number' ? cellStyles.number : kind === 'date' ? cellStyles.date : cellStyles.moment;
    return `<c r="${reference}" s="${style}"><v>${number}</v></c>`;
  }
  const text = fitForCell(value);
  if (text === '') return '';
  const looksLikeFormula = disarmed(text) !== text;
  const style =
    kind === 'title'
      ? cellStyles.title
      : looksLikeFormula
        ? cellStyles.disarmed
        : kind === 'link' && outsideAddress(value) !== null
          ? cellStyles.link
          : cellStyles.text;
  return `<c r="${reference}" s="${style}" t="s"><v>${strings.place(text)}</v></c>`;
}

function plainNumber(value: string): number | null {
  return /^\d{1,15}$/.test(value) ? Number(value) : null;
}

/** Days since the end of 1899, in UTC; null for what is no such day or moment. */
function serial(kind: Cell['kind'], value: string): number | null {
  const form =
    kind === 'date'
      ? /^\d{4}-\d{2}-\d{2}$/
      : kind === 'moment'
        ? /^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})$/
        : null;
  if (form === null || !form.test(value)) return null;
  const date = readIsoDate(value);
  if (date === null) return null;
  const days = date.getTime() / DAY + EPOCH;
  return days >= FIRST_DAY ? days : null;
}

function fitForCell(value: string): string {
  // Excel reads _x000D_ and the like as signs; the underscore is told to be one.
  const text = fitForXml(value)
    .replace(/\r\n?/g, '\n')
    .replace(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_');
  if (text.length <= MAX_CELL_LENGTH) return text;
  return cutAt(text, MAX_CELL_LENGTH - CUT_SIGN.length) + CUT_SIGN;
}
