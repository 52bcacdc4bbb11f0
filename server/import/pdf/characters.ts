/**
 * Characters as people type them: ligatures and positional forms of Arabic taken apart, private signs of symbol
 * fonts named, accents that TeX prints over a letter put into it.
 */

/** Signs that symbol fonts (Symbol, Wingdings) have for bullets, in the private area where Word puts them. */
const symbols: Readonly<Record<number, string>> = {
  0xf0b7: '•',
  0xf0a7: '▪',
  0xf0d8: '➢',
  0xf0fc: '✓',
  0xf0a8: '◆',
  0xf06f: 'o',
  0xf076: '❖',
  0xf0e0: '→',
  0xf02d: '-',
  0xf0ae: '→',
  0xf020: ' ',
};

/** Spacing accents, and the combining ones that say the same. */
const accents: Readonly<Record<string, string>> = {
  '`': '\u0300',
  '´': '\u0301',
  ˆ: '\u0302',
  '˜': '\u0303',
  '¯': '\u0304',
  '˘': '\u0306',
  '˙': '\u0307',
  '¨': '\u0308',
  '˚': '\u030a',
  '˝': '\u030b',
  ˇ: '\u030c',
  '¸': '\u0327',
  '˛': '\u0328',
};

/** Compatibility forms that stand for ordinary letters: Latin, Armenian, Hebrew and Arabic ligatures and shapes. */
const SHAPES = /[\ufb00-\ufb4f\ufb50-\ufdcf\ufdf0-\ufdff\ufe70-\ufefe]/;
const SPACES = /[\u00a0\u1680\u2000-\u200a\u202f\u205f]/g;
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u200b\u2028\u2029\ufeff\ufff0-\uffff\u202a-\u202e\u2066-\u2069]/g;

/** Letters come back thousands of times; more different ones than this are not kept. */
const MAX_KNOWN = 5_000;
const known = new Map<string, string>();

/** What a letter's Unicode stands for; empty when for nothing that can be read. */
export function readable(unicode: string): string {
  const before = known.get(unicode);
  if (before !== undefined) return before;
  const text = cleaned(unicode);
  if (known.size < MAX_KNOWN) known.set(unicode, text);
  return text;
}

function cleaned(unicode: string): string {
  let text = unicode;
  if (SHAPES.test(text)) text = text.normalize('NFKC').trim();
  text = text.replace(/[\uf000-\uf0ff]/g, (sign) => symbols[sign.charCodeAt(0)] ?? sign);
  return text.replace(/\t/g, ' ').replace(SPACES, ' ').replace(UNSEEN, '');
}

/** True for what no font outside the file can show: the private area and the sign for "unknown". */
export function isUnknown(text: string): boolean {
  return /[\ue000-\uf8ff\ufffd]/.test(text);
}

/** The combining accent for a spacing one, else null. */
export function combiningAccent(text: string): string | null {
  return accents[text] ?? null;
}

/** A letter with an accent over it; null when there is no such letter. */
export function accented(letter: string, accent: string): string | null {
  // TeX has letters without dots for accents to stand on.
  const base = letter === 'ı' ? 'i' : letter === 'ȷ' ? 'j' : letter;
  const composed = (base + accent).normalize('NFC');
  return composed.length === base.length ? composed : null;
}

export function isMark(text: string): boolean {
  return /^\p{M}+$/u.test(text);
}

const CJK =
  /[\u2e80-\u303f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef]|[\ud840-\ud8ff][\udc00-\udfff]/;

/** Scripts that put no space between words, so none where lines meet. */
export function isSpaceless(text: string): boolean {
  return CJK.test(text);
}

export function isRightToLeft(text: string): boolean {
  return /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/.test(text);
}
