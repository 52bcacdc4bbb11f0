/** What an item of a list begins with: a bullet, a number or a letter. */
export interface Marker {
  /** Its characters with the white space after it. */
  readonly length: number;
  /** Null for a bullet. */
  readonly number: number | null;
}

const BULLET = /^([•◦▪▫‣⁃∙·●○■□◆➢❖✓✔–—−*-])\s+(?=\S)/;
const NUMBER = /^\(?(\d{1,3})[.)]\s+(?=\S)/;
const LETTER = /^\(?([a-z])\)\s+(?=\S)/;
const ROMAN = /^\(?([ivx]{1,5})[.)]\s+(?=\S)/;

/** Null when the words begin with none. */
export function markerOf(text: string): Marker | null {
  const bullet = BULLET.exec(text);
  if (bullet !== null) return { length: bullet[0].length, number: null };
  const number = NUMBER.exec(text);
  if (number !== null) return { length: number[0].length, number: Number(number[1]) };
  const roman = ROMAN.exec(text);
  if (roman !== null) return { length: roman[0].length, number: romanValue(roman[1] ?? '') };
  const letter = LETTER.exec(text);
  if (letter !== null) return { length: letter[0].length, number: (letter[1] ?? 'a').charCodeAt(0) - 96 };
  return null;
}

const digits: Readonly<Record<string, number>> = { i: 1, v: 5, x: 10 };

function romanValue(text: string): number {
  return Array.from(text).reduce((sum, digit, i) => {
    const value = digits[digit] ?? 0;
    return value < (digits[text[i + 1] ?? ''] ?? 0) ? sum - value : sum + value;
  }, 0);
}
