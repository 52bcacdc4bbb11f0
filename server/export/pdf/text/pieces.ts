/**
 * A paragraph cut into pieces that are set as one: of one font, look and direction, and not across a place where
 * a line may end. Such a stretch (a word with the space after it) is a group of pieces. Letters of scripts that
 * join keep their joined forms where a highlight or a link cuts a word in two.
 */
import LineBreaker from 'linebreak';
import { directionsOf, type Direction, type Directions } from './direction.ts';
import { isJoinedAt } from './joining.ts';
import type { Styled } from './styled.ts';
import type { SetWord, Words } from './words.ts';

export interface Piece<T> {
  readonly word: SetWord;
  readonly level: number;
  readonly styled: Styled<T>;
  /** Whether the first letter of `styled` is in it. */
  readonly begins: boolean;
}

export interface PieceGroup<T> {
  readonly pieces: readonly Piece<T>[];
  /** Without the space at the end, which may hang over. */
  readonly width: number;
  readonly fullWidth: number;
  /** A line ends here, whatever room there is. */
  readonly isLast: boolean;
}

/** Fonts shape longer stretches slowly, and no word is that long. */
const MAX_SHAPED = 120;

interface Cut {
  readonly start: number;
  readonly end: number;
}

export function piecesOf<T>(parts: readonly Styled<T>[], base: Direction, words: Words): PieceGroup<T>[] {
  const text = parts.length === 1 ? (parts[0]?.text ?? '') : parts.map((part) => part.text).join('');
  const cutter = new Cutter(parts, { text, directions: directionsOf(text, base), words });
  const groups: PieceGroup<T>[] = [];
  const breaker = new LineBreaker(text);
  let start = 0;
  for (let next = breaker.nextBreak(); next !== null; next = breaker.nextBreak()) {
    let end = next.position;
    while (end > start && isLineEnd(text.charCodeAt(end - 1))) end -= 1;
    groups.push(groupOf(cutter.cut(start, end), next.required));
    start = next.position;
  }
  return groups;
}

function groupOf<T>(pieces: readonly Piece<T>[], isLast: boolean): PieceGroup<T> {
  let width = 0;
  let fullWidth = 0;
  for (const { word } of pieces) {
    fullWidth += word.width;
    if (!word.isSpace) width = fullWidth;
  }
  return { pieces, width, fullWidth, isLast };
}

interface Paragraph {
  readonly text: string;
  readonly directions: Directions;
  readonly words: Words;
}

class Cutter<T> {
  readonly #parts: readonly Styled<T>[];
  readonly #paragraph: Paragraph;
  /** The part that the next cut begins in, and where that part begins in the text. */
  #part = 0;
  #partStart = 0;

  constructor(parts: readonly Styled<T>[], paragraph: Paragraph) {
    this.#parts = parts;
    this.#paragraph = paragraph;
  }

  /** Cuts come in the order of the text. */
  cut(start: number, end: number): Piece<T>[] {
    const pieces: Piece<T>[] = [];
    for (let at = start; at < end;) {
      const part = this.#parts[this.#part];
      if (part === undefined) break;
      const partEnd = this.#partStart + part.text.length;
      if (partEnd <= at) {
        this.#part += 1;
        this.#partStart = partEnd;
        continue;
      }
      const until = Math.min(end, partEnd);
      if (this.#paragraph.directions.levels === null) this.#cutPlain(pieces, part, at, until);
      else for (const cut of this.#levels(at, until)) this.#setCut(pieces, part, cut);
      at = until;
    }
    return pieces;
  }

  /** From left to right: the word and the space after it. */
  #cutPlain(pieces: Piece<T>[], part: Styled<T>, start: number, end: number): void {
    const { text, words } = this.#paragraph;
    for (let from = start; from < end;) {
      let until = end;
      while (until > from && isSpace(text.charCodeAt(until - 1))) until -= 1;
      if (until === from) until = end;
      if (until - from > MAX_SHAPED) until = pairEnd(text, from + MAX_SHAPED);
      this.#push(pieces, part, words.plain(text.slice(from, until), part.look), { from, level: 0 });
      from = until;
    }
  }

  #push(
    pieces: Piece<T>[],
    styled: Styled<T>,
    set: readonly SetWord[],
    { from, level }: { readonly from: number; readonly level: number },
  ): void {
    let isFirst = from === this.#partStart;
    for (const word of set) {
      pieces.push({ word, level, styled, begins: isFirst });
      isFirst = false;
    }
  }

  /** Stretches of one direction, spaces at the end apart, none longer than fonts like to shape. */
  #levels(start: number, end: number): Cut[] {
    const { text, directions } = this.#paragraph;
    const cuts: Cut[] = [];
    let from = start;
    for (let at = start + 1; at <= end; at++) {
      const isEnd =
        at === end ||
        directions.levels?.[at] !== directions.levels?.[at - 1] ||
        isSpace(text.charCodeAt(at)) !== isSpace(text.charCodeAt(at - 1)) ||
        at - from >= MAX_SHAPED ||
        directions.mirrored.has(at) ||
        directions.mirrored.has(at - 1);
      if (!isEnd || (at < end && pairEnd(text, at) !== at)) continue;
      cuts.push({ start: from, end: at });
      from = at;
    }
    return cuts;
  }

  #setCut(pieces: Piece<T>[], part: Styled<T>, { start, end }: Cut): void {
    const { text, directions, words } = this.#paragraph;
    const level = directions.levels?.[start] ?? 0;
    const set = words.set(text.slice(start, end), part.look, {
      isRightToLeft: level % 2 === 1,
      joins: { before: isJoinedAt(text, start), after: isJoinedAt(text, end) },
      mirrored: directions.mirrored.get(start) ?? null,
    });
    this.#push(pieces, part, set, { from: start, level });
  }
}

function isSpace(unit: number): boolean {
  return unit === 0x20 || unit === 0x09 || unit === 0x3000;
}

function isLineEnd(unit: number): boolean {
  return unit === 0x0a || unit === 0x0d;
}

/** `at`, or one further where that would cut a character in two. */
function pairEnd(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  return unit >= 0xdc00 && unit <= 0xdfff ? at + 1 : at;
}
