/**
 * How many words a text has: runs of letters and digits, and what an apostrophe, a point or a hyphen joins ("don't",
 * "3.5", "twenty-one") is one. By character and not by pattern: every rest in the typing of a long report counts anew,
 * and a pattern would make a string of each word.
 */

const [UNKNOWN, OF_A_WORD, BETWEEN] = [0, 1, 2];
/** What each UTF-16 unit is, found out when it is first met. */
const kinds = new Uint8Array(0x10000);
const joiners: ReadonlySet<number> = new Set(["'", '’', '.', '-'].map((joiner) => joiner.charCodeAt(0)));

export function countWords(text: string): number {
  let words = 0;
  /** Where the last character of a word ended; a joiner may stand between it and the next. */
  let wordEnd = -2;
  for (let at = 0; at < text.length; at++) {
    const width = widthOfWordCharacter(text, at);
    if (width === 0) continue;
    const continues = wordEnd === at || (wordEnd === at - 1 && joiners.has(text.charCodeAt(at - 1)));
    if (!continues) words += 1;
    wordEnd = at + width;
    at += width - 1;
  }
  return words;
}

/** UTF-16 units of the letter or digit here; 0: there is none. */
function widthOfWordCharacter(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  if (unit >= 0xd800 && unit < 0xdc00) return isOfWord(text.slice(at, at + 2)) ? 2 : 0;
  const known = kinds[unit];
  if (known !== UNKNOWN) return known === OF_A_WORD ? 1 : 0;
  const isWord = isOfWord(text.charAt(at));
  kinds[unit] = isWord ? OF_A_WORD : BETWEEN;
  return isWord ? 1 : 0;
}

function isOfWord(character: string): boolean {
  return /^[\p{L}\p{N}]$/u.test(character);
}
