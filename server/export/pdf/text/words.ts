/**
 * Words as they are set: cut by font and shaped, once for each look; words of a text repeat, so most are found
 * ready. What no font has becomes the replacement sign.
 */
import type { Face, Joins, Shaped } from '../fonts/face.ts';
import type { Faces, HanForm } from '../fonts/faces.ts';
import type { TextLook } from './styled.ts';

/** A stretch of one font. */
export interface SetWord {
  readonly text: string;
  readonly face: Face;
  readonly shaped: Shaped;
  /** Points. */
  readonly size: number;
  readonly width: number;
  readonly isSpace: boolean;
}

interface Manner {
  readonly isRightToLeft: boolean;
  readonly joins: Joins;
  /** What is drawn in place of a bracket in text from right to left. */
  readonly mirrored: string | null;
}

const invisible = /[\u200e\u200f\u061c\u2066-\u2069]/g;
const space = /^[ \t\u00a0\u2000-\u200a\u202f\u205f\u3000]+$/;
/** Longer ones come once, if they are words at all. */
const MAX_KEPT_LENGTH = 40;
const MAX_KEPT = 30_000;

export class Words {
  readonly #faces: Faces;
  readonly #han: HanForm;
  readonly #words = new Map<TextLook, Map<string, readonly SetWord[]>>();
  #count = 0;

  constructor(faces: Faces, han: HanForm) {
    this.#faces = faces;
    this.#han = han;
  }

  /** A word that runs from left to right and is joined to nothing. */
  plain(text: string, look: TextLook): readonly SetWord[] {
    const known = this.#known(look);
    return known.get(text) ?? this.#keep(known, text, this.#make(text, look, leftToRight));
  }

  /** Nothing for characters that only steer. `text` has one direction. */
  set(text: string, look: TextLook, manner: Manner): readonly SetWord[] {
    const { isRightToLeft, joins, mirrored } = manner;
    if (mirrored !== null) return this.#make(text, look, manner);
    const before = joins.before ? '\u200d' : '';
    const key = `${isRightToLeft ? '\u200f' : '\u200e'}${before}${text}${joins.after ? '\u200d' : ''}`;
    const known = this.#known(look);
    return known.get(key) ?? this.#keep(known, key, this.#make(text, look, manner));
  }

  #known(look: TextLook): Map<string, readonly SetWord[]> {
    const known = this.#words.get(look) ?? new Map<string, readonly SetWord[]>();
    this.#words.set(look, known);
    return known;
  }

  #keep(known: Map<string, readonly SetWord[]>, key: string, word: readonly SetWord[]): readonly SetWord[] {
    if (this.#count >= MAX_KEPT || key.length > MAX_KEPT_LENGTH) return word;
    known.set(key, word);
    this.#count += 1;
    return word;
  }

  #make(text: string, look: TextLook, { isRightToLeft, joins, mirrored }: Manner): SetWord[] {
    const words = text.replace(invisible, '').replaceAll('\t', ' ');
    if (words === '') return [];
    const runs = this.#faces.runs(mirrored ?? words, look, this.#han);
    return runs.map((run) => {
      const part = mirrored === null ? words.slice(run.start, run.end) : words;
      const { face, sign } =
        run.face === null
          ? this.#faces.replacement()
          : { face: run.face, sign: mirrored?.codePointAt(0) ?? null };
      const ends = {
        before: joins.before && run.start === 0,
        after: joins.after && run.end === words.length,
      };
      const shaped = sign === null ? face.shape(part, isRightToLeft, ends) : face.standIn(sign, part);
      return setWord(part, face, shaped, look.size);
    });
  }

  /** Each letter of a word by itself, with its marks: where a line must be cut somewhere. */
  letters(word: SetWord, isRightToLeft: boolean): SetWord[] {
    if (word.text.length < 2) return [word];
    const letters = word.text.match(/[\s\S](?:\p{M}|\u200c|\u200d|\ufe0f)*/gu) ?? [];
    const size = word.size / word.face.scale;
    return letters.map((text) => setWord(text, word.face, word.face.shape(text, isRightToLeft), size));
  }
}

const leftToRight: Manner = { isRightToLeft: false, joins: { before: false, after: false }, mirrored: null };

function setWord(text: string, face: Face, shaped: Shaped, lookSize: number): SetWord {
  const size = lookSize * face.scale;
  return { text, face, shaped, size, width: (shaped.width * size) / 1000, isSpace: space.test(text) };
}
