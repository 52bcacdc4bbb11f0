/**
 * Lines of a paragraph: filled from the start with as many groups as have room, what is too long for a line cut
 * wherever it must be, each line put in visual order. Pieces of one look are joined into runs, which are what
 * is drawn: each at its place from the line's left end, with the width that its font gives it.
 */
import type { CodeTable } from '../fonts/code-table.ts';
import type { ShapedPart } from '../fonts/face.ts';
import { inVisualOrder, type Direction } from './direction.ts';
import { piecesOf, type Piece, type PieceGroup } from './pieces.ts';
import type { Styled } from './styled.ts';
import type { Words } from './words.ts';

export interface LineRun<T> {
  readonly font: CodeTable;
  readonly size: number;
  readonly x: number;
  readonly width: number;
  readonly parts: readonly ShapedPart[];
  readonly styled: Styled<T>;
  readonly begins: boolean;
}

export interface Line<T> {
  readonly runs: readonly LineRun<T>[];
  /** Without the space at its end. */
  readonly width: number;
  /** Set from the right. */
  readonly base: Direction;
}

export interface Setting {
  readonly words: Words;
  readonly width: number;
  readonly base: Direction;
}

/** At least one line, also of nothing. */
export function setLines<T>(parts: readonly Styled<T>[], setting: Setting): Line<T>[] {
  const lines: Line<T>[] = [];
  let line: Piece<T>[] = [];
  let used = 0;
  const endLine = (): void => {
    lines.push(lineOf(line, setting.base));
    line = [];
    used = 0;
  };
  for (const group of piecesOf(parts, setting.base, setting.words)) {
    if (line.length > 0 && used + group.width > setting.width) endLine();
    const isTooLong = group.width > setting.width;
    const fitting = isTooLong
      ? cutToFit(group, setting, (full) => lines.push(lineOf(full, setting.base)))
      : group;
    for (const piece of fitting.pieces) line.push(piece);
    used += fitting.fullWidth;
    if (group.isLast) endLine();
  }
  if (line.length > 0 || lines.length === 0) endLine();
  return lines;
}

/** Gives away full lines of a group that no line has room for; what is left fits. */
function cutToFit<T>(
  group: PieceGroup<T>,
  { width, words }: Setting,
  giveLine: (pieces: Piece<T>[]) => void,
): PieceGroup<T> {
  let line: Piece<T>[] = [];
  let used = 0;
  const add = (piece: Piece<T>): void => {
    if (line.length > 0 && used + piece.word.width > width && !piece.word.isSpace) {
      giveLine(line);
      line = [];
      used = 0;
    }
    line.push(piece);
    used += piece.word.width;
  };
  for (const piece of group.pieces) {
    if (used + piece.word.width <= width) add(piece);
    else
      words
        .letters(piece.word, piece.level % 2 === 1)
        .forEach((word, i) => add({ ...piece, word, begins: piece.begins && i === 0 }));
  }
  return { pieces: line, width: used, fullWidth: used, isLast: group.isLast };
}

function lineOf<T>(pieces: readonly Piece<T>[], base: Direction): Line<T> {
  let end = pieces.length;
  while (end > 0 && pieces[end - 1]?.word.isSpace === true) end -= 1;
  let width = 0;
  let hanging = 0;
  let isPlain = base === 'ltr';
  pieces.forEach(({ word, level }, i) => {
    if (i < end) width += word.width;
    else hanging += word.width;
    isPlain &&= level === 0;
  });
  if (isPlain) return { runs: runsOf(pieces, 0), width, base };
  const level = base === 'rtl' ? 1 : 0;
  const levelled = pieces.map((piece, i) => (i < end ? piece : { ...piece, level }));
  return { runs: runsOf(inVisualOrder(levelled), base === 'rtl' ? -hanging : 0), width, base };
}

function runsOf<T>(pieces: readonly Piece<T>[], start: number): LineRun<T>[] {
  const runs: LineRun<T>[] = [];
  let x = start;
  for (let from = 0; from < pieces.length;) {
    const first = pieces[from];
    if (first === undefined) break;
    let to = from + 1;
    for (let next = pieces[to]; next !== undefined && isAlike(first, next); next = pieces[to]) to += 1;
    const run = runOf(first, pieces.slice(from, to), x);
    runs.push(run);
    x += run.width;
    from = to;
  }
  return runs;
}

function isAlike<T>(one: Piece<T>, other: Piece<T>): boolean {
  return (
    one.styled === other.styled && one.word.face.table === other.word.face.table && one.level === other.level
  );
}

function runOf<T>({ word, styled }: Piece<T>, pieces: readonly Piece<T>[], x: number): LineRun<T> {
  let width = 0;
  let begins = false;
  for (const piece of pieces) {
    width += piece.word.width;
    begins ||= piece.begins;
  }
  return { font: word.face.table, size: word.size, x, width, parts: joinParts(pieces), styled, begins };
}

function joinParts<T>(pieces: readonly Piece<T>[]): ShapedPart[] {
  const joined: ShapedPart[] = [];
  let array = '';
  let rise = 0;
  for (const { word } of pieces) {
    for (const part of word.shaped.parts) {
      if (part.rise !== rise && array !== '') {
        joined.push({ array, rise });
        array = '';
      }
      ({ rise } = part);
      array += part.array;
    }
  }
  if (array !== '') joined.push({ array, rise });
  return joined;
}
