/**
 * The look of the PDF: the product's colours on paper, its measures and its type. A4 with the text at a measure of
 * about 66 letters and a margin column at its right for the numbers. All lengths are points.
 */
import type { Sign } from '#core/export/html-look.ts';
import type { TextLook } from './text/styled.ts';

/** "#rrggbb". */
export type Colour = `#${string}`;

export const ink: Colour = '#1d1c1a';
export const softInk: Colour = '#57534a';
export const faintInk: Colour = '#6b665a';
export const hairline: Colour = '#e6e2d8';
export const strongLine: Colour = '#cfc9bb';
export const panel: Colour = '#f6f4ef';
export const warning: Colour = '#a85614';
export const linkLine: Colour = '#b9b3a4';

/** Of signs, numbers and the lines under claims. */
export const toneColours: Readonly<Record<Sign | 'comment', Colour>> = {
  true: '#1a5fb4',
  'mostly-true': '#3f76b4',
  half: '#806416',
  'mostly-false': '#a85614',
  false: '#b3361b',
  other: '#6d4fa3',
  open: '#806416',
  proposed: '#6b665a',
  stale: '#57534a',
  dismissed: '#8d877a',
  comment: '#6b665a',
};

/** Of highlights: viewers lay them over the words as a marker pen does, so the words stay readable. */
export const tintColours: Readonly<Record<Sign | 'comment', Colour>> = {
  true: '#d3e3f7',
  'mostly-true': '#dfeaf7',
  half: '#f4e8bd',
  'mostly-false': '#fbdfc6',
  false: '#f9d5cc',
  other: '#e5dcf4',
  open: '#ffefb0',
  proposed: '#ece8dd',
  stale: '#e9e6e0',
  dismissed: '#f0eee9',
  comment: '#ebeae5',
};

/** Of the bar on the first page, and of the sign of an open claim, which is a patch of the marker's yellow. */
export const barColours: Readonly<Record<Sign, Colour>> = {
  ...toneColours,
  open: '#ffd84d',
  proposed: '#cfc9bb',
  stale: '#57534a',
  dismissed: '#e6e2d8',
};

export const pageSize = { width: 595.28, height: 841.89 };
export const frame = { left: 68, right: 408, top: 78, bottom: 768 };
export const column = { left: 430, right: 558 };
export const headerBaseline = 50;
export const footerBaseline = 802;

const text = { weight: 400, isItalic: false, colour: ink } as const;
export const bodyLook: TextLook = { ...text, typeface: 'serif', size: 10.4 };
export const titleLook: TextLook = { ...text, typeface: 'serif', size: 23, weight: 640 };
export const kickerLook: TextLook = { ...text, typeface: 'sans', size: 8.4, colour: softInk };
export const noteLook: TextLook = { ...text, typeface: 'sans', size: 8.4 };
export const noteSoftLook: TextLook = { ...noteLook, colour: softInk };
export const noteStrongLook: TextLook = { ...noteLook, weight: 600 };
export const noteLabelLook: TextLook = { ...noteLook, weight: 600, colour: softInk };
export const noteQuoteLook: TextLook = { ...text, typeface: 'serif', size: 10.2 };
export const captionLook: TextLook = { ...text, typeface: 'sans', size: 8, colour: softInk };
export const marginLook: TextLook = { ...text, typeface: 'sans', size: 7.2, colour: softInk };
export const marginNumberLook: TextLook = { ...marginLook, weight: 650 };
export const furnitureLook: TextLook = { ...text, typeface: 'sans', size: 7.6, colour: faintInk };
export const codeLook: TextLook = { ...text, typeface: 'mono', size: 8.4 };
export const tableLook: TextLook = { ...text, typeface: 'serif', size: 9.6 };

export const bodyLine = 15.8;
export const noteLine = 12.2;
export const noteQuoteLine = 14.4;
export const marginLine = 10;
export const codeLine = 12.2;
export const tableLine = 13.4;
export const paragraphGap = 7.6;

export interface HeadingLook {
  readonly look: TextLook;
  readonly line: number;
  readonly gap: number;
}

/** By level, from 1; deeper ones look like the last. */
export const headingLooks: readonly HeadingLook[] = [
  { look: { ...bodyLook, size: 16, weight: 640 }, line: 20.5, gap: 24 },
  { look: { ...bodyLook, size: 15.2, weight: 640 }, line: 19.5, gap: 22 },
  { look: { ...bodyLook, size: 12.6, weight: 640 }, line: 17, gap: 18 },
  { look: { ...bodyLook, size: 10.8, weight: 640 }, line: 15.8, gap: 14 },
];

const variants = new WeakMap<TextLook, Map<string, TextLook>>();

/** A look with some changes; the same changes give the same object, by which set words are found again. */
export function variant(look: TextLook, changes: Partial<TextLook>): TextLook {
  const known = variants.get(look) ?? new Map<string, TextLook>();
  variants.set(look, known);
  const key = JSON.stringify(changes);
  const made = known.get(key) ?? { ...look, ...changes };
  known.set(key, made);
  return made;
}
