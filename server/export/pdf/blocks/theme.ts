/** How blocks look: the report's text, and the rationales in the notes. */
import {
  bodyLine,
  bodyLook,
  codeLine,
  codeLook,
  headingLooks,
  noteLine,
  noteLook,
  paragraphGap,
  tableLine,
  tableLook,
  variant,
  type HeadingLook,
} from '../look.ts';
import type { TextLook } from '../text/styled.ts';

export interface Theme {
  readonly look: TextLook;
  readonly line: number;
  readonly gap: number;
  readonly indent: number;
  readonly code: TextLook;
  readonly codeLine: number;
  readonly headings: readonly HeadingLook[];
  /** What is added to a heading's level so that the highest is of the second. */
  readonly headingShift: number;
}

export function textTheme(headingShift: number): Theme {
  return {
    look: bodyLook,
    line: bodyLine,
    gap: paragraphGap,
    indent: 18,
    code: codeLook,
    codeLine,
    headings: headingLooks,
    headingShift,
  };
}

export function cellTheme(theme: Theme): Theme {
  if (theme.look.size < tableLook.size) return theme;
  return {
    ...theme,
    look: variant(theme.look, { size: tableLook.size }),
    line: tableLine,
    gap: 4,
    indent: 14,
  };
}

export const noteTheme: Theme = {
  look: noteLook,
  line: noteLine,
  gap: 3.4,
  indent: 12,
  code: { ...codeLook, size: 7.8 },
  codeLine: 11.4,
  headings: [{ look: { ...noteLook, weight: 600 }, line: noteLine, gap: 6 }],
  headingShift: 0,
};
