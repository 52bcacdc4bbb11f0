/**
 * Chooses the face for each stretch of a text by which font has its characters, so that no box for a missing
 * character is ever drawn: first the wanted style's own family, then those of other scripts, signs and emoji. A
 * base and its marks get one face where one has them all. What no font has is drawn as a replacement sign that
 * still stands for the character itself.
 */
import type { Font } from 'fontkit';
import { CodeTable } from './code-table.ts';
import { Face } from './face.ts';
import { scaleOf, subsetsWith, type FamilyName } from './families.ts';
import { fontAt, fontOf } from './shelf.ts';

export type Typeface = 'serif' | 'sans' | 'mono';
/** Whose forms Chinese characters take. */
export type HanForm = 'chinese' | 'japanese' | 'korean';

export interface FaceStyle {
  readonly typeface: Typeface;
  readonly weight: number;
  readonly isItalic: boolean;
}

export interface FaceRun {
  readonly start: number;
  readonly end: number;
  /** Null: no font has it. */
  readonly face: Face | null;
}

const own: Readonly<Record<Typeface, readonly FamilyName[]>> = {
  serif: ['serif', 'sans'],
  sans: ['sans', 'serif'],
  mono: ['mono', 'sans'],
};
const ownItalic: Readonly<Record<Typeface, readonly FamilyName[]>> = {
  serif: ['serif-italic', 'serif', 'sans'],
  sans: ['sans-italic', 'sans', 'serif'],
  mono: ['mono', 'sans'],
};
const hanOrder: Readonly<Record<HanForm, readonly FamilyName[]>> = {
  chinese: ['chinese', 'japanese', 'korean'],
  japanese: ['japanese', 'chinese', 'korean'],
  korean: ['korean', 'chinese', 'japanese'],
};
const scripts: readonly FamilyName[] = ['arabic', 'hebrew', 'devanagari', 'thai'];
const REPLACEMENT = 0xfffd;
const LIGHTEST_BOLD = 550;

/** Faces are shared by everything in one PDF; a font is read when a character first needs it. */
export class Faces {
  readonly #faces = new Map<string, Face>();
  readonly #tables = new Map<string, CodeTable>();
  readonly #chosen = new Map<string, Map<number, Face | null>>();

  /** The face with the sign for what no font has. */
  replacement(): { readonly face: Face; readonly sign: number } {
    const face = this.#firstWith(REPLACEMENT, ['mono'], 400);
    if (face === null) throw new Error('no font has the replacement character');
    return { face, sign: REPLACEMENT };
  }

  /** Cuts `text` into stretches of one face each; `text` has no lone surrogates. */
  runs(text: string, style: FaceStyle, han: HanForm): FaceRun[] {
    const chosen = this.#choices(style, han);
    const runs: FaceRun[] = [];
    const add = (start: number, end: number, face: Face | null): void => {
      const last = runs.at(-1);
      if (last !== undefined && last.face === face && face !== null) runs[runs.length - 1] = { ...last, end };
      else runs.push({ start, end, face });
    };
    for (let at = 0; at < text.length;) {
      const end = clusterEnd(text, at);
      const first = text.codePointAt(at) ?? 0;
      const length = first > 0xffff ? 2 : 1;
      if (end === at + length) add(at, end, this.#choose(first, style, han, chosen));
      else
        for (const part of this.#clusterRuns(text, { start: at, end }, style, han))
          add(part.start, part.end, part.face);
      at = end;
    }
    return runs;
  }

  #choices(style: FaceStyle, han: HanForm): Map<number, Face | null> {
    const key = `${style.typeface} ${style.weight} ${style.isItalic} ${han}`;
    let chosen = this.#chosen.get(key);
    if (chosen === undefined) {
      chosen = new Map();
      this.#chosen.set(key, chosen);
    }
    return chosen;
  }

  #choose(point: number, style: FaceStyle, han: HanForm, chosen: Map<number, Face | null>): Face | null {
    let face = chosen.get(point);
    if (face === undefined) {
      face = this.#firstWith(point, this.#order(point, style, han, false), style.weight);
      chosen.set(point, face);
    }
    return face;
  }

  #clusterRuns(
    text: string,
    { start, end }: { readonly start: number; readonly end: number },
    style: FaceStyle,
    han: HanForm,
  ): FaceRun[] {
    const points = Array.from(text.slice(start, end), (each) => each.codePointAt(0) ?? 0);
    const seen = points.filter((point) => !isJoiner(point));
    const isEmoji = points.includes(0xfe0f) || /\p{Emoji_Presentation}/u.test(text.slice(start, end));
    for (const family of this.#order(points[0] ?? 0, style, han, isEmoji)) {
      const face = this.#firstWith(points[0] ?? 0, [family], style.weight);
      if (face !== null && seen.every((point) => face.has(point))) return [{ start, end, face }];
    }
    const runs: FaceRun[] = [];
    let at = start;
    for (const point of points) {
      const next = at + (point > 0xffff ? 2 : 1);
      if (!isJoiner(point))
        runs.push({
          start: at,
          end: next,
          face: this.#firstWith(point, this.#order(point, style, han, isEmoji), style.weight),
        });
      at = next;
    }
    return runs;
  }

  #order(point: number, style: FaceStyle, han: HanForm, isEmoji: boolean): FamilyName[] {
    const first = (style.isItalic ? ownItalic : own)[style.typeface];
    const isPicture = isEmoji || /\p{Emoji_Presentation}/u.test(String.fromCodePoint(point));
    const signs: readonly FamilyName[] = ['math', 'symbols', 'emoji'];
    return [...(isPicture ? (['emoji'] as const) : []), ...first, ...scripts, ...hanOrder[han], ...signs];
  }

  #firstWith(point: number, order: readonly FamilyName[], weight: number): Face | null {
    for (const family of order) {
      for (const subset of subsetsWith(family, point)) {
        if (fontOf(family, subset).hasGlyphForCodePoint(point)) return this.#face(family, subset, weight);
      }
    }
    return null;
  }

  #face(family: FamilyName, subset: string, weight: number): Face {
    const isText = family === 'serif' || family === 'serif-italic' || family.startsWith('sans');
    const wanted = isText ? weight : weight < LIGHTEST_BOLD ? 400 : 700;
    const name = `${family} ${subset} ${wanted}`;
    let face = this.#faces.get(name);
    if (face === undefined) {
      const { font, weight: real } = fontAt(family, subset, wanted);
      face = new Face(font, scaleOf(family), this.#table(`${family} ${real}`, font));
      this.#faces.set(name, face);
    }
    return face;
  }

  #table(name: string, font: Font): CodeTable {
    const table = this.#tables.get(name) ?? new CodeTable(font);
    this.#tables.set(name, table);
    return table;
  }
}

/** Joins or picks a form; drawn by none and needed only inside a cluster. */
function isJoiner(point: number): boolean {
  return point === 0x200c || point === 0x200d || point === 0xfe0e || point === 0xfe0f;
}

const extender = /^(?:\p{M}|\u200c|\u200d|\ufe0e|\ufe0f|\p{Emoji_Modifier}|[\u{e0020}-\u{e007f}])$/u;
const regional = /^\p{Regional_Indicator}$/u;
/** Letters of one cluster; more marks than that on one base are somebody's joke. */
const MAX_CLUSTER = 40;

/** Where the character that is seen as one ends: a base with its marks, an emoji made of several, a flag. */
function clusterEnd(text: string, start: number): number {
  const first = text.codePointAt(start) ?? 0;
  let at = start + (first > 0xffff ? 2 : 1);
  if (first < 0x300 && (text.charCodeAt(at) || 0) < 0x300) return at;
  let isJoined = false;
  let flags = regional.test(String.fromCodePoint(first)) ? 1 : 0;
  for (let count = 0; at < text.length && count < MAX_CLUSTER; count++) {
    const point = text.codePointAt(at) ?? 0;
    const character = String.fromCodePoint(point);
    const isFlag = flags === 1 && regional.test(character);
    if (!isFlag && !isJoined && !extender.test(character)) break;
    flags += isFlag ? 1 : 0;
    isJoined = point === 0x200d;
    at += point > 0xffff ? 2 : 1;
  }
  return at;
}
