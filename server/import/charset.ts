/**
 * Bytes to words: a byte order mark, else strict UTF-8, else UTF-16 by its pattern, else what the server or the page
 * says, if the bytes fit, else a guess among the older encodings, which is taken only if the result reads like a
 * language. A wrong guess would put words into the source's mouth, so doubtful bytes are refused.
 */
import { chardet } from 'jschardet';
import { AppError } from '#core/errors.ts';
import { guessEncoding, hasControls, isOneAlphabet, type Guess } from './charset-guess.ts';

export interface Decoded {
  readonly text: string;
  /** The encoding's WHATWG name. */
  readonly encoding: string;
}

/** Bytes that are looked at to tell the encoding. */
const SAMPLE = 64 * 1024;

/**
 * Throws `undecodable` when no encoding fits. Bytes with NULs that are not UTF-16 give null: they are no text.
 * `declared`: the encoding that a server named.
 */
export function decodeText(bytes: Uint8Array, declared: string | null = null): Decoded | null {
  const marked = byMark(bytes);
  if (marked === 'utf-32le' || marked === 'utf-32be')
    return fromUtf32(bytes, marked) ?? refuse(`Its first bytes say ${marked}, but the rest is not.`);
  if (marked !== null)
    return strictly(bytes, marked) ?? refuse(`Its first bytes say ${marked}, but the rest is not.`);
  if (bytes.includes(0)) return byPattern(bytes);
  return (
    byEscapes(bytes) ??
    strictly(bytes, 'utf-8') ??
    damagedUtf8(bytes) ??
    byLabel(bytes, declared) ??
    byLabel(bytes, declaredInside(bytes)) ??
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
  if (bytes[0] === 0xff && bytes[1] === 0xfe && bytes[2] === 0 && bytes[3] === 0 && bytes.length % 4 === 0)
    return 'utf-32le';
  if (bytes[0] === 0 && bytes[1] === 0 && bytes[2] === 0xfe && bytes[3] === 0xff) return 'utf-32be';
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return null;
}

/** Null when the bytes are not in the encoding. `isCut`: the last sign may be cut in half. */
function strictly(
  bytes: Uint8Array,
  encoding: string,
  { isCut = false }: { readonly isCut?: boolean } = {},
): Decoded | null {
  try {
    const decoder = new TextDecoder(encoding, { fatal: true });
    const text = decoder.decode(bytes, { stream: isCut });
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

/** UTF-32 is seldom met, and the platform's decoder does not know it. */
function fromUtf32(bytes: Uint8Array, encoding: 'utf-32le' | 'utf-32be'): Decoded | null {
  if (bytes.length % 4 !== 0) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const pieces: string[] = [];
  for (let at = 4; at < bytes.length; at += 4) {
    const code = view.getUint32(at, encoding === 'utf-32le');
    if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return null;
    pieces.push(String.fromCodePoint(code));
  }
  return { text: pieces.join(''), encoding };
}

/** ISO-2022-JP is ASCII with escapes between, so it would pass for UTF-8. */
function byEscapes(bytes: Uint8Array): Decoded | null {
  const at = bytes.indexOf(0x1b);
  const isJapanese = at >= 0 && bytes[at + 1] === 0x24 && (bytes[at + 2] === 0x42 || bytes[at + 2] === 0x40);
  return isJapanese && bytes.every((byte) => byte < 0x80) ? strictly(bytes, 'iso-2022-jp') : null;
}

/** UTF-8 in which a few signs are cut in half, as pages put together from pieces have them. */
function damagedUtf8(bytes: Uint8Array): Decoded | null {
  const text = new TextDecoder('utf-8').decode(bytes);
  const broken = countOf(text, /\ufffd/g);
  const whole = countOf(text, /[^\u0000-\u007f\ufffd]/gu);
  return whole >= 20 && broken <= whole / 50 ? { text, encoding: 'utf-8' } : null;
}

/** `<meta charset>` or its older form, or an XML declaration, in the first bytes. */
function declaredInside(bytes: Uint8Array): string | null {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 4096));
  return (
    /<meta[^>]{1,200}charset\s*=\s*["']?([\w:.-]{1,40})/i.exec(head)?.[1] ??
    /^<\?xml[^>]{1,200}encoding\s*=\s*["']([\w:.-]{1,40})/i.exec(head)?.[1] ??
    null
  );
}

/** What somebody says the encoding is; not believed when the bytes do not fit, or clearly fit another one. */
function byLabel(bytes: Uint8Array, label: string | null): Decoded | null {
  if (label === null || /^utf-?(8|16)/i.test(label)) return null;
  const decoded = strictly(bytes, label);
  if (decoded === null || hasControls(decoded.text)) return null;
  const all = guesses(bytes);
  const own = all.find(({ encoding }) => encoding === decoded.encoding)?.confidence ?? 0;
  const best = all[0]?.confidence ?? 0;
  return best >= SURE && own < best - CLEARLY && !readsLikeText(decoded.text) ? null : decoded;
}

/** Above this a decoding reads like a language. */
const SURE = 0.6;
/** Two confidences this far apart are not chance. */
const CLEARLY = 0.25;

function byGuess(bytes: Uint8Array): Decoded | null {
  const [best, next] = guesses(bytes);
  if (best !== undefined && best.confidence >= SURE) {
    const decoded = strictly(bytes, best.encoding);
    const other = next === undefined ? null : strictly(bytes, next.encoding);
    // Encodings of one family give the same words where they agree.
    const isDoubtful =
      other !== null &&
      other.text !== decoded?.text &&
      next !== undefined &&
      best.confidence - next.confidence < 0.05;
    if (decoded !== null && !isDoubtful) return decoded;
  }
  return byStatistics(bytes);
}

function guesses(bytes: Uint8Array): Guess[] {
  const sample = sampleOf(bytes);
  return guessEncoding((encoding) => strictly(sample, encoding, { isCut: true })?.text ?? null);
}

/** Without tags, in which every word is English. */
function sampleOf(bytes: Uint8Array): Uint8Array {
  const text = Buffer.from(bytes.subarray(0, 4 * SAMPLE)).toString('latin1');
  if (!/<(html|body|p|div|head)\b/i.test(text)) return bytes.subarray(0, SAMPLE);
  const bare = text
    .replace(/<(script|style)\b[^]*?<\/\1>/gi, ' ')
    .replace(/<[^<>]{0,2000}>/g, ' ')
    .replace(/&[a-z]{2,8};/gi, ' ');
  return Buffer.from(bare.slice(0, SAMPLE), 'latin1');
}

/** For texts too short for their words to tell. */
function byStatistics(bytes: Uint8Array): Decoded | null {
  const { MODERN_WEB, LEGACY_ISO } = chardet.EncodingEra;
  const guess = chardet.detect(bytes.subarray(0, SAMPLE), { encodingEra: MODERN_WEB | LEGACY_ISO });
  const isWeak = guess.confidence < 0.3;
  const guessed = guess.encoding ?? '';
  for (const encoding of isWeak ? ['windows-1252', guessed] : [guessed, 'windows-1252']) {
    const decoded = encoding === '' || /utf|ascii/i.test(encoding) ? null : strictly(bytes, encoding);
    if (decoded !== null && readsLikeText(decoded.text) && !isSuspect(decoded)) return decoded;
  }
  return null;
}

/**
 * Windows-1252 is what is taken when nothing else is known, so it is looked at twice: a fraction or a sign of money
 * at a letter, and the letters that only Icelandic has, are what other languages look like under it.
 */
function isSuspect({ text, encoding }: Decoded): boolean {
  if (encoding !== 'windows-1252') return !isOneAlphabet(text, encoding);
  return /\p{L}[¡-§¨¬¯±²³´¶¸¹¼-¿×÷]|[¡-§¨¬¯±´¶¸¹¼-¾×÷]\p{L}|[þðýÞÐÝ]/u.test(text);
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
