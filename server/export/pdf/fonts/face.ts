/**
 * One font file at one weight: shapes words into glyphs and gives each pair of a glyph and the
 * text it stands for a code of its own, so that what is selected and copied is exactly what was written, also
 * where one glyph serves several characters or several make one.
 * Plain words are set letter by letter with kerning of pairs, which gives the same as the shaper in a fraction
 * of its time; words with marks, joining letters or ligatures go through fontkit's shaper. Each word is shaped once.
 * Measures are in thousandths of the size, whole numbers, the same that the PDF is told.
 */
import type { Font } from 'fontkit';
import { clustersOf, joiner, type Cluster, type PlacedGlyph } from './clusters.ts';
import type { CodeTable, GlyphPart } from './code-table.ts';

export interface ShapedPart {
  /** The inside of a TJ array. */
  readonly array: string;
  /** How far above the line, in thousandths of the size. */
  readonly rise: number;
}

export interface Shaped {
  readonly parts: readonly ShapedPart[];
  readonly width: number;
}

/** Whether the letters before and after, set apart for another reason, are joined to these. */
export interface Joins {
  readonly before: boolean;
  readonly after: boolean;
}

interface Letter {
  readonly glyph: number;
  /** Two bytes, ready to stand in a string. */
  readonly code: string;
  readonly advance: number;
}

/** Letters that change with their neighbours, marks, and what joins or composes: to the shaper. */
const complex =
  /\p{M}|\u200c|\u200d|[\u0600-\u08ff\u0900-\u109f\u1100-\u11ff\u1780-\u18af\ufb50-\ufdff\ufe70-\ufeff]|\p{Regional_Indicator}|\p{Emoji_Modifier}|[\u{e0020}-\u{e007f}]/u;
/** Pairs of these are never kerned. */
const unkerned = /[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef]/;
/** Without contextual forms: Inter would make an arrow of "->", and it takes half of the time. */
const asWritten = { calt: false };
const JOINER = '\u200d';
const alone: Joins = { before: false, after: false };
/** pdf.js takes marks for as wide as nothing, whatever the font says: so says the font, and steps do the rest. */
const unmoving = /^\p{Mn}$/u;
/** More is cached no longer: words of a text repeat, tokens of a hostile one do not. */
const MAX_CACHED = 20_000;

export class Face {
  readonly font: Font;
  readonly scale: number;
  /** Of the font of the PDF that its glyphs are in. */
  readonly table: CodeTable;
  readonly #letters = new Map<number, Letter>();
  readonly #kerns = new Map<number, number | null>();
  readonly #shaped = new Map<string, Shaped>();

  constructor(font: Font, scale: number, table: CodeTable) {
    this.font = font;
    this.scale = scale;
    this.table = table;
  }

  has(codePoint: number): boolean {
    return this.font.hasGlyphForCodePoint(codePoint);
  }

  /** `text` is of one direction and has no character that the font lacks; `joins` says where it goes on joined. */
  shape(text: string, isRightToLeft: boolean, joins: Joins = alone): Shaped {
    const key = `${isRightToLeft ? '\u200f' : ''}${joins.before ? JOINER : ''}${text}${joins.after ? JOINER : ''}`;
    const known = this.#shaped.get(key);
    if (known !== undefined) return known;
    const plain = complex.test(text) ? null : this.#plain(text, isRightToLeft);
    const shaped = plain ?? this.#shape(text, isRightToLeft, joins);
    if (this.#shaped.size >= MAX_CACHED) this.#shaped.clear();
    this.#shaped.set(key, shaped);
    return shaped;
  }

  /** The sign of `shown`, standing for `text`: for characters that no font has. */
  standIn(shown: number, text: string): Shaped {
    const glyph = this.font.glyphForCodePoint(shown);
    const advance = this.#units(glyph.advanceWidth);
    const code = this.table.code([this.#part(glyph.id)], text, advance);
    return { parts: [{ array: `(${code})`, rise: 0 }], width: advance };
  }

  /** Null where a pair makes a ligature or something else than two letters. */
  #plain(text: string, isRightToLeft: boolean): Shaped | null {
    const points = Array.from(text, (each) => each.codePointAt(0) ?? 0);
    if (isRightToLeft) points.reverse();
    let array = '(';
    let width = 0;
    let before = -1;
    for (const point of points) {
      const letter = this.#letter(point);
      const kern = before < 0 ? 0 : this.#kern(before, point, isRightToLeft);
      if (kern === null) return null;
      array += kern === 0 ? letter.code : `)${-kern}(${letter.code}`;
      width += kern + letter.advance;
      before = point;
    }
    return { parts: [{ array: `${array})`, rise: 0 }], width };
  }

  #letter(codePoint: number): Letter {
    const known = this.#letters.get(codePoint);
    if (known !== undefined) return known;
    const glyph = this.font.glyphForCodePoint(codePoint);
    const advance = this.#units(glyph.advanceWidth);
    const code = this.table.code([this.#part(glyph.id)], String.fromCodePoint(codePoint), advance);
    const letter = { glyph: glyph.id, code, advance };
    this.#letters.set(codePoint, letter);
    return letter;
  }

  #kern(one: number, other: number, isRightToLeft: boolean): number | null {
    if (isRightToLeft) return 0;
    const key = one * 0x200000 + other;
    const known = this.#kerns.get(key);
    if (known !== undefined) return known;
    const pair = String.fromCodePoint(one, other);
    const kern = unkerned.test(pair) ? 0 : this.#kernOf(pair, one, other);
    this.#kerns.set(key, kern);
    return kern;
  }

  #kernOf(pair: string, one: number, other: number): number | null {
    const { glyphs, positions } = this.font.layout(pair, asWritten);
    const [first, second] = [this.#letter(one), this.#letter(other)];
    const isPair = glyphs.length === 2 && glyphs[0]?.id === first.glyph && glyphs[1]?.id === second.glyph;
    const position = positions[0];
    if (!isPair || position === undefined) return null;
    return this.#units(position.xAdvance) - first.advance;
  }

  #shape(text: string, isRightToLeft: boolean, joins: Joins): Shaped {
    const direction = isRightToLeft ? 'rtl' : 'ltr';
    const joined = `${joins.before ? JOINER : ''}${text}${joins.after ? JOINER : ''}`;
    const { glyphs, positions } = this.font.layout(
      joined,
      complex.test(text) ? {} : asWritten,
      undefined,
      undefined,
      direction,
    );
    const hasJoiners = joined !== text || joiner.test(text);
    let pen = 0;
    const placed = glyphs.map((glyph, i): PlacedGlyph => {
      const { xAdvance, xOffset, yOffset } = positions[i] ?? { xAdvance: 0, xOffset: 0, yOffset: 0 };
      const own = String.fromCodePoint(...glyph.codePoints);
      const isJoiner = hasJoiners && xAdvance === 0 && /^[ \u200c\u200d]$/.test(own);
      const each = { id: glyph.id, own, isJoiner, x: pen + xOffset, y: yOffset, advance: glyph.advanceWidth };
      pen += xAdvance;
      return each;
    });
    const logical = isRightToLeft ? placed.toReversed() : placed;
    const clusters = clustersOf(
      logical.filter((glyph) => !glyph.isJoiner),
      text,
      isRightToLeft,
    );
    const out = new TextArray();
    for (const cluster of isRightToLeft ? clusters.reverse() : clusters) this.#add(out, cluster);
    const width = this.#units(pen);
    return { parts: out.finish(width), width };
  }

  #add(out: TextArray, { glyph, extra, text }: Cluster): void {
    if (glyph === null) {
      out.add(this.table.code([], text, 0), { at: null, advance: 0, rise: 0 });
      return;
    }
    const advance = unmoving.test(text) ? 0 : this.#units(glyph.advance);
    const drawing = [
      this.#part(glyph.id),
      ...extra.map(({ id, x, y }) => this.#part(id, Math.round(x - glyph.x), Math.round(y - glyph.y))),
    ];
    const code = this.table.code(drawing, text, advance);
    out.add(code, { at: this.#units(glyph.x), advance, rise: this.#units(glyph.y) });
  }

  #part(id: number, x = 0, y = 0): GlyphPart {
    return { font: this.font, id, x, y };
  }

  #units(value: number): number {
    return Math.round((value * 1000) / this.font.unitsPerEm);
  }
}

interface Placed {
  /** Where it is drawn from (null: where the last one ended), where the font would go on after it, how high. */
  readonly at: number | null;
  readonly advance: number;
  readonly rise: number;
}

/** Builds TJ arrays, with a step wherever the next glyph is not where the last one ended. */
class TextArray {
  #parts: ShapedPart[] = [];
  #array = '';
  #codes = '';
  #pen = 0;
  #rise = 0;

  add(code: string, { at, advance, rise }: Placed): void {
    if (rise !== this.#rise) this.#closePart(rise);
    if (at !== null) this.#moveTo(at);
    this.#codes += code;
    this.#pen += advance;
  }

  finish(width: number): ShapedPart[] {
    if (this.#rise !== 0) this.#closePart(0);
    this.#moveTo(width);
    this.#closePart(0);
    return this.#parts;
  }

  #moveTo(at: number): void {
    if (at === this.#pen) return;
    this.#closeCodes();
    this.#array += String(this.#pen - at);
    this.#pen = at;
  }

  #closeCodes(): void {
    if (this.#codes !== '') this.#array += `(${this.#codes})`;
    this.#codes = '';
  }

  #closePart(rise: number): void {
    this.#closeCodes();
    if (this.#array !== '') this.#parts.push({ array: this.#array, rise: this.#rise });
    this.#array = '';
    this.#rise = rise;
  }
}
