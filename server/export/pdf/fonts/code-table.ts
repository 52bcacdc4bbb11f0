/**
 * The codes of one font of the PDF: for each what is drawn, which text it stands for, and how wide it is. Files of
 * one family at one weight share a table, so that a word of letters from several files is of one font.
 */
import type { Font } from 'fontkit';

/** A glyph of a font, moved by units of the font. */
export interface GlyphPart {
  readonly font: Font;
  readonly id: number;
  readonly x: number;
  readonly y: number;
}

export interface FontCode {
  /** Nothing: it only stands for its text. */
  readonly drawing: readonly GlyphPart[];
  readonly text: string;
  /** Thousandths of the size. */
  readonly advance: number;
}

/** Two bytes a code. */
const MAX_CODES = 0xffff;

export class CodeTable {
  readonly codes: FontCode[] = [];
  /** Its measures are those of all. */
  readonly font: Font;
  readonly #known = new Map<string, string>();
  readonly #numbers = new Map<Font, number>();

  constructor(font: Font) {
    this.font = font;
    const advance = Math.round((font.getGlyph(0).advanceWidth * 1000) / font.unitsPerEm);
    this.codes.push({ drawing: [{ font, id: 0, x: 0, y: 0 }], text: '\ufffd', advance });
  }

  /** The code as two characters of a literal string; those escaped that would end it or be changed in it. */
  code(drawing: readonly GlyphPart[], text: string, advance: number): string {
    const key = `${this.keyOf(drawing)}\0${text}`;
    let code = this.#known.get(key);
    if (code === undefined) {
      const number = this.codes.length < MAX_CODES ? this.codes.push({ drawing, text, advance }) - 1 : 0;
      code = bytesOf(number);
      this.#known.set(key, code);
    }
    return code;
  }

  /** Equal for drawings that look the same. */
  keyOf(drawing: readonly GlyphPart[]): string {
    return drawing.map(({ font, id, x, y }) => `${this.#numberOf(font)} ${id} ${x} ${y}`).join(' ');
  }

  #numberOf(font: Font): number {
    const known = this.#numbers.get(font) ?? this.#numbers.size;
    this.#numbers.set(font, known);
    return known;
  }
}

function bytesOf(code: number): string {
  return String.fromCharCode(code >> 8, code & 0xff)
    .replace(/[\\()]/g, '\\$&')
    .replaceAll('\r', '\\r');
}
