/**
 * Bytes to words: a byte order mark, else strict UTF-8, else UTF-16 by its pattern, else what an HTML page says of
 * itself, else a guess among the older encodings, which is taken only if the result reads like text. A wrong
 * guess would put words into the source's mouth, so doubtful bytes are refused.
 */
import { chardet } from 'jschardet';
import { AppError } from '#core/errors.ts';

export interface Decoded {
  readonly text: string;
  /** The encoding's WHATWG name. */
  readonly encoding: string;
}

/** Bytes that are looked at to tell the encoding. */
const SAMPLE = 64 * 1024;

/** Throws `undecodable` when no encoding fits. Bytes with NULs that are not UTF-16 give null: they are no text. */
export function decodeText(bytes: Uint8Array): Decoded | null {
  const marked = byMark(bytes);
  if (marked !== null)
    return strictly(bytes, marked) ?? refuse(`Its first bytes say ${marked}, but the rest is not.`);
  if (bytes.includes(0)) return byPattern(bytes);
  return (
    strictly(bytes, 'utf-8') ??
    byDeclaration(bytes) ??
    byGuess(bytes) ??
    refuse('Save it as UTF-8 and import it again.')
  );
}

function refuse(detail: string): never {
  throw new AppError(
    'undecodable',
    `The file's bytes are not text in an encoding that is known here. ${detail}`,
  );
}

function byMark(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return null;
}

function strictly(bytes: Uint8Array, encoding: string): Decoded | null {
  try {
    const decoder = new TextDecoder(encoding, { fatal: true });
    const text = decoder.decode(bytes);
    return {
      text: decoder.encoding === 'windows-1252' ? withWindowsSigns(text) : text,
      encoding: decoder.encoding,
    };
  } catch (error) {
    // RangeError: no such encoding. TypeError: the bytes are not in it. Anything else is not ours.
    if (error instanceof RangeError || error instanceof TypeError) return null;
    throw error;
  }
}

/** Signs of Windows-1252 from 0x80 on; a space where it has none. */
const windowsSigns = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ';

/** Node 20 reads Windows-1252 as Latin-1, which has control characters where Windows has quotation marks. */
function withWindowsSigns(text: string): string {
  return text.replace(/[\u0080-\u009f]/g, (control) => {
    const sign = windowsSigns.charAt(control.charCodeAt(0) - 0x80);
    return sign === ' ' ? control : sign;
  });
}

/** UTF-16 without a mark: the byte order under which it reads like text, with spaces and line ends where they fit. */
function byPattern(bytes: Uint8Array): Decoded | null {
  if (bytes.length % 2 !== 0) return null;
  const sample = bytes.subarray(0, SAMPLE);
  const scored = ['utf-16le', 'utf-16be'].map((encoding) => ({
    encoding,
    score: utf16Score(sample, encoding),
  }));
  const best = scored.sort((one, other) => other.score - one.score)[0];
  return best === undefined || best.score <= 0 ? null : strictly(bytes, best.encoding);
}

function utf16Score(sample: Uint8Array, encoding: string): number {
  const decoded = strictly(sample, encoding) ?? strictly(sample.subarray(0, -2), encoding);
  if (decoded === null) return 0;
  const characters = Array.from(decoded.text);
  const share = (pattern: RegExp): number =>
    characters.filter((character) => pattern.test(character)).length / characters.length;
  if (share(/[\p{L}\p{M}\p{N}\p{P}\p{S}\p{Zs}\n\r\t]/u) < 0.98) return 0;
  return 1 + share(/[ \n\r\t.,a-zA-Z0-9]/);
}

/** `<meta charset>` or its older form, in the first bytes. */
function byDeclaration(bytes: Uint8Array): Decoded | null {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 4096));
  const label =
    /<meta[^>]{1,200}charset\s*=\s*["']?([\w:.-]{1,40})/i.exec(head)?.[1] ??
    /^<\?xml[^>]{1,200}encoding\s*=\s*["']([\w:.-]{1,40})/i.exec(head)?.[1];
  if (label === undefined || /^utf-?(8|16)/i.test(label)) return null;
  const decoded = strictly(bytes, label);
  return decoded !== null && !hasControls(decoded.text) ? decoded : null;
}

function byGuess(bytes: Uint8Array): Decoded | null {
  const { MODERN_WEB, LEGACY_ISO } = chardet.EncodingEra;
  const guess = chardet.detect(bytes.subarray(0, SAMPLE), { encodingEra: MODERN_WEB | LEGACY_ISO });
  const isWeak = guess.confidence < 0.3;
  const guessed = guess.encoding ?? '';
  for (const encoding of isWeak ? ['windows-1252', guessed] : [guessed, 'windows-1252']) {
    const decoded = encoding === '' || /utf|ascii/i.test(encoding) ? null : strictly(bytes, encoding);
    if (decoded !== null && readsLikeText(decoded.text)) return decoded;
  }
  return null;
}

function hasControls(text: string): boolean {
  return /[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\ufffd]/.test(text);
}

/**
 * Whether a guessed decoding gives words: no control signs, letters rather than symbols among what is not ASCII,
 * no capitals inside words, and accented letters between plain ones in Latin text. Under a wrong encoding at
 * least one of them fails quickly.
 */
function readsLikeText(text: string): boolean {
  const sample = text.slice(0, SAMPLE);
  if (hasControls(sample)) return false;
  const foreign = countOf(sample, /[^\u0000-\u007f]/gu);
  const signs = countOf(sample, /[\u00a0‘’‚“”„«»‹›–—…•·°§€£¥©®™№½¼¾²³´`¡¿、。「」『』，！？：；（）％]/gu);
  const letters = countOf(sample, /[^\u0000-\u007f]/gu, /[\p{L}\p{M}]/u);
  if (foreign - signs > letters * 1.1 + 1) return false;
  if (countOf(sample, /\p{Ll}\p{Lu}/gu) > 1 + countOf(sample, /\p{L}+/gu) * 0.15) return false;
  const latin = countOf(sample, /[\u00c0-\u024f]/gu);
  const plain = countOf(sample, /[a-z]/gi);
  return latin <= plain + 1 && (latin + plain === 0 || !/[\u00c0-\u024f]{4}/u.test(sample));
}

function countOf(text: string, pattern: RegExp, and?: RegExp): number {
  let count = 0;
  for (const [match] of text.matchAll(pattern)) if (and === undefined || and.test(match)) count += 1;
  return count;
}
