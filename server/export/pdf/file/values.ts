/**
 * PDF values written as text, for the objects that come by the thousand and for page content. Strings are binary:
 * each character is one byte of the file.
 */

/** A value that is written already, to be handed to pdfkit: it writes what is no plain object as it is. */
export class Raw {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  get [Symbol.toStringTag](): string {
    return 'Raw';
  }

  toString(): string {
    return this.#text;
  }
}

/** What PDFDocEncoding has instead of the control characters 0x80 to 0x9e (ISO 32000-1, annex D.3). */
const specials = '•†‡…—–ƒ⁄‹›−‰„“”‘’‚™ﬁﬂŁŒŠŸŽıłœšž';
const oneByte = new RegExp(`^[\\n\\t\\x20-\\x7e\u00a1-\u00ac\u00ae-\u00ff€${specials}]*$`);
const specialLetters = new RegExp(`[€${specials}]`, 'g');

/** A text string: one byte a character where PDF's own encoding has them all, else UTF-16 with its mark. */
export function textString(text: string): string {
  if (oneByte.test(text)) {
    const bytes = text.replace(specialLetters, (letter) =>
      letter === '€' ? '\xa0' : String.fromCharCode(0x80 + specials.indexOf(letter)),
    );
    return `(${bytes.replace(/[\\()]/g, '\\$&')})`;
  }
  let bytes = '\xfe\xff';
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    bytes += String.fromCharCode(unit >> 8, unit & 0xff);
  }
  return `(${bytes.replace(/[\\()]/g, '\\$&').replaceAll('\r', '\\r')})`;
}

/** Claims and comments share most of their times. */
const dates = new Map<string, string | null>();
const MAX_DATES = 10_000;

/** "D:20251228142000Z"; null for what is no time. */
export function dateString(iso: string): string | null {
  const known = dates.get(iso);
  if (known !== undefined) return known;
  const date = new Date(iso);
  const isDate = !Number.isNaN(date.getTime()) && date.getUTCFullYear() >= 1 && date.getUTCFullYear() <= 9999;
  const written = isDate ? `(D:${date.toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z)` : null;
  if (dates.size >= MAX_DATES) dates.clear();
  dates.set(iso, written);
  return written;
}

/** At most two places after the point: a hundredth of a point is nothing to see. */
export function number(value: number): string {
  return String(Math.round(value * 100) / 100);
}

export function numbers(...values: readonly number[]): string {
  return values.map(number).join(' ');
}

/** What `cleanText` may have to do with; most texts have none of it. */
const suspect =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u200b\u2028-\u202e\u2060-\u2064\u206a-\u206f\ud800-\udfff\ufdd0-\ufdef\ufeff\ufff9-\uffff]/;

/**
 * Text as it may go into the file: no control characters but line breaks and tabs, none that turns the direction
 * of what follows, no half of a surrogate pair. What cannot be shown is the replacement character, or nothing.
 */
export function cleanText(text: string): string {
  if (!suspect.test(text)) return text;
  return text
    .replace(/\r\n?|[\u000b\u000c\u0085\u2028\u2029]/g, '\n')
    .replace(
      /[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u00ad\u200b\u202a-\u202e\u2060-\u2064\u206a-\u206f\ufeff\ufff9-\ufffb]/g,
      '',
    )
    .replace(
      /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]|[\ufdd0-\ufdef\ufffe\uffff]/g,
      '\ufffd',
    );
}
