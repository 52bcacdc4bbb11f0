/**
 * Which way words run and what language Word should take them for. Word decides neither by itself: a paragraph
 * from right to left needs to be told so, and so do its runs. The language is a guess by the script, good enough
 * for spelling, fonts and line breaks.
 */

const rightToLeft =
  '\\p{Script=Arabic}\\p{Script=Hebrew}\\p{Script=Syriac}\\p{Script=Thaana}\\p{Script=Nko}\\p{Script=Adlam}\\p{Script=Mandaic}\\p{Script=Samaritan}';
const anyRight = new RegExp(`(?=\\p{L})[${rightToLeft}]`, 'u');
const letter = /\p{L}/u;
const everyLetter = /\p{L}/gu;

/** Whether the first letter is from a script that runs from right to left. */
export function runsRightToLeft(text: string): boolean {
  const first = letter.exec(text);
  return first !== null && anyRight.test(first[0]);
}

export interface Stretch {
  readonly text: string;
  readonly isRight: boolean;
}

/**
 * The text in stretches of one direction: those against the paragraph reach from a letter to the last one before a
 * letter that runs with it; all between is the paragraph's.
 */
export function stretches(text: string, isRightParagraph: boolean): Stretch[] {
  if (!isRightParagraph && !anyRight.test(text)) return [{ text, isRight: false }];
  const found: Stretch[] = [];
  let written = 0;
  let from = -1;
  let to = -1;
  const close = (): void => {
    if (from > written) found.push({ text: text.slice(written, from), isRight: isRightParagraph });
    found.push({ text: text.slice(from, to), isRight: !isRightParagraph });
    written = to;
    from = -1;
  };
  for (const match of text.matchAll(everyLetter)) {
    if (anyRight.test(match[0]) !== isRightParagraph) {
      if (from < 0) from = match.index;
      to = match.index + match[0].length;
    } else if (from >= 0) close();
  }
  if (from >= 0) close();
  if (written < text.length) found.push({ text: text.slice(written), isRight: isRightParagraph });
  return found;
}

/** Word keeps three languages a run: for the alphabets, for East Asia, and for scripts that it shapes. */
const languages: readonly (readonly [slot: 'val' | 'eastAsia' | 'bidi', tag: string, script: RegExp])[] = [
  ['val', 'ru-RU', /\p{Script=Cyrillic}/u],
  ['val', 'el-GR', /\p{Script=Greek}/u],
  ['val', 'hy-AM', /\p{Script=Armenian}/u],
  ['val', 'ka-GE', /\p{Script=Georgian}/u],
  ['eastAsia', 'ja-JP', /\p{Script=Hiragana}|\p{Script=Katakana}/u],
  ['eastAsia', 'ko-KR', /\p{Script=Hangul}/u],
  ['eastAsia', 'zh-CN', /\p{Script=Han}/u],
  ['bidi', 'ar-SA', /\p{Script=Arabic}/u],
  ['bidi', 'he-IL', /\p{Script=Hebrew}/u],
  ['bidi', 'hi-IN', /\p{Script=Devanagari}/u],
  ['bidi', 'bn-BD', /\p{Script=Bengali}/u],
  ['bidi', 'ta-IN', /\p{Script=Tamil}/u],
  ['bidi', 'th-TH', /\p{Script=Thai}/u],
];
/** Everything before the first script of the list: the Latin alphabet and its signs. */
const latinOnly = /^[\u0000-\u036f\u1e00-\u1eff\u2000-\u2bff]*$/;

/** The language element of a run's properties, empty where the document's own language holds. */
export function languageOf(text: string): string {
  if (latinOnly.test(text)) return '';
  const slots = new Map<string, string>();
  for (const [slot, tag, script] of languages)
    if (!slots.has(slot) && script.test(text)) slots.set(slot, tag);
  if (slots.size === 0) return '';
  return `<w:lang${['val', 'eastAsia', 'bidi'].map((slot) => (slots.has(slot) ? ` w:${slot}="${slots.get(slot)}"` : '')).join('')}/>`;
}
