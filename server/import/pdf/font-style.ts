/** Bold, italic and fixed width by what a font is called and says of itself. */
import type { FontStyle } from './glyph.ts';

/** What pdf.js tells of a font, as far as it is used here. */
export interface PdfFont {
  readonly name?: string | null;
  readonly bold?: boolean;
  readonly black?: boolean;
  readonly italic?: boolean;
  readonly vertical?: boolean;
  readonly isType3Font?: boolean;
  readonly fontMatrix?: readonly number[] | null;
  readonly ascent?: number;
  readonly descent?: number;
  readonly bbox?: readonly number[] | null;
  readonly defaultVMetrics?: readonly number[] | null;
}

const BOLD = /(bold|black|heavy|semibold|demi(?!ss)|[-,]bd\b|medi(?=\d)|^cmbx|^sfbx|^ecbx|^lmroman\d+-bold)/i;
const ITALIC = /(italic|oblique|[-,]it\b|[-,]obl\b|^cm(ti|mi|bxti)|^sfti|^ecti|ital$)/i;
const MONO = /(mono|courier|consolas|typewriter|^cmtt|^sftt|^ectt|menlo)/i;

export function styleOf(font: PdfFont): FontStyle {
  const name = (font.name ?? '').replace(/^[A-Z]{6}\+/, '');
  return {
    isBold: font.bold === true || font.black === true || BOLD.test(name),
    // Letters of formulas (cmmi) lean by custom and not for emphasis.
    isItalic: (font.italic === true || ITALIC.test(name)) && !/^cmmi/i.test(name),
    isMono: MONO.test(name),
  };
}
