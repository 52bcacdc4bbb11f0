/** What lines become: paragraphs, headings, items of lists, tables and notes at the foot, in reading order. */
import type { Line } from './lines.ts';

export interface TextBlock {
  readonly kind: 'paragraph' | 'heading' | 'item' | 'footnote' | 'quote';
  /** Of a heading 1 to 6; of an item how deep it stands, from 0. */
  readonly level: number;
  readonly lines: readonly Line[];
  /** Of an item: its number, null for a bullet. The lines are without the marker. */
  readonly number: number | null;
  /** Where the page's or column's text ends with it, so that the next may go on with its sentence. */
  readonly endsFlow: boolean;
  /** Where the flow's lines end at most; tells whether the last line is full. */
  readonly right: number;
}

export interface TableBlock {
  readonly kind: 'table';
  readonly rows: readonly (readonly TableCell[])[];
}

export interface TableCell {
  readonly lines: readonly Line[];
  readonly isHeader: boolean;
  readonly colspan: number;
  readonly rowspan: number;
}

export type Block = TextBlock | TableBlock;

export function textBlock(lines: readonly Line[], more: Partial<TextBlock> = {}): TextBlock {
  const right = lines.reduce((most, { x1 }) => Math.max(most, x1), -Infinity);
  return { kind: 'paragraph', level: 0, lines, number: null, endsFlow: false, right, ...more };
}
