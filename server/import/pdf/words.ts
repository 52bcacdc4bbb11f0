/**
 * Lines to running words. Where lines meet stands a space, nothing in scripts without spaces, and a hyphen goes
 * when it only parted a word: when it is a soft one, or the word goes on in lower case and stands joined elsewhere
 * in the document, or is nowhere written with a hyphen.
 */
import { isSpaceless } from './characters.ts';
import type { Glyph } from './glyph.ts';
import { logical, spaceBetween, textOf, type Line } from './lines.ts';

/** Words of the document, in lower case, with and without hyphens, as they stand inside of lines. */
export type Vocabulary = ReadonlySet<string>;

const SOFT = '\u00ad';
/** First parts that keep their hyphen in most compounds. */
const COMPOUND =
  /^(self|well|ill|ex|non|half|all|cross|quasi|vice|post|pre|anti|pro|co|so|then|long|short|high|low|two|three|four|five|six|seven|eight|nine|ten|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)$/;

export function vocabularyOf(lines: readonly Line[]): Vocabulary {
  const words = new Set<string>();
  for (const line of lines) {
    const text = textOf(line).toLowerCase();
    for (const word of text.match(/\p{L}+([-‐]\p{L}+)*/gu) ?? []) words.add(word.replaceAll('‐', '-'));
  }
  return words;
}

/** The letters of a paragraph in reading order. */
export function wordsOf(lines: readonly Line[], vocabulary: Vocabulary): Glyph[] {
  const result: Glyph[] = [];
  for (const line of lines) {
    const next = logical(line);
    const first = next[0];
    const last = result.at(-1);
    if (first === undefined) continue;
    if (last !== undefined) joint(result, last, next, vocabulary);
    result.push(...next);
  }
  return result.flatMap((glyph, i) => withoutSoft(glyph, i === result.length - 1));
}

/** Changes the end of `before` so that `next` can follow. */
function joint(before: Glyph[], last: Glyph, next: readonly Glyph[], vocabulary: Vocabulary): void {
  const first = next[0];
  if (first === undefined) return;
  if (last.text.endsWith(SOFT)) {
    before.pop();
    return;
  }
  if (/[-‐]$/.test(last.text) && before.at(-2)?.text !== ' ' && before.length > 1) {
    if (partsOneWord(before, next, vocabulary)) before.pop();
    return;
  }
  const isAddress = /(https?:\/\/|www\.)\S*[/?&=_.-]$/.test(tail(before));
  const isTight = isSpaceless(last.text) && isSpaceless(first.text);
  if (isAddress || isTight || /[—/]$/.test(last.text)) return;
  before.push({ ...spaceBetween(last, first), page: last.page });
}

function partsOneWord(before: readonly Glyph[], next: readonly Glyph[], vocabulary: Vocabulary): boolean {
  const start = /([\p{L}\p{N}]+(?:[-‐][\p{L}\p{N}]+)*)[-‐]$/u.exec(tail(before))?.[1];
  const end = /^\p{Ll}[\p{L}\p{M}]*/u.exec(
    next
      .slice(0, 60)
      .map(({ text }) => text)
      .join(''),
  )?.[0];
  if (start === undefined || end === undefined || /\p{N}$/u.test(start)) return false;
  const joined = (start + end).toLowerCase();
  if (vocabulary.has(joined)) return true;
  if (vocabulary.has(`${start}-${end}`.toLowerCase())) return false;
  return !/[-‐]/.test(start) && !COMPOUND.test(start.toLowerCase());
}

function tail(glyphs: readonly Glyph[]): string {
  return glyphs
    .slice(-80)
    .map(({ text }) => text)
    .join('');
}

/** A soft hyphen inside of a line is not seen; one that ends a paragraph goes on with the next. */
function withoutSoft(glyph: Glyph, isLast: boolean): readonly Glyph[] {
  if (!glyph.text.includes(SOFT) || isLast) return [glyph];
  const text = glyph.text.replaceAll(SOFT, '');
  return text === '' ? [] : [{ ...glyph, text }];
}
