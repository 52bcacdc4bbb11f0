/**
 * Tells an older encoding from the words that it gives: every candidate decodes the bytes, and the decoding that
 * reads most like a language wins, if it reads like one at all. Two checks do most of the work: under a wrong
 * encoding letters are not those of any one alphabet, and capitals stand inside words.
 */
import { alphabets, signs, type AlphabetModel, type SignModel } from './charset-models.ts';

export interface Guess {
  readonly encoding: string;
  /** 0 to 1: how much it reads like the language. */
  readonly confidence: number;
}

/** Of letters beyond ASCII at least this share is in the language's alphabet; names bring foreign ones. */
const LEAST_SHARE = 0.97;
/** Texts of East Asia hold more that is of no script. */
const LEAST_SIGNS = 0.9;
/** In running text every fourth word is among the commonest thirty. */
const USUAL_WORDS = 0.22;
/** Of signs a third is among the commonest. */
const USUAL_SIGNS = 0.4;

/** Best first; `decode` answers null when the bytes are not in an encoding. */
export function guessEncoding(decode: (encoding: string) => string | null): Guess[] {
  const texts = new Map<string, string | null>();
  const textIn = (encoding: string): string | null => {
    const known = texts.get(encoding);
    if (known !== undefined) return known;
    const text = decode(encoding);
    texts.set(encoding, text);
    return text;
  };
  const best = new Map<string, number>();
  const consider = (encodings: readonly string[], judge: (text: string) => number): void => {
    for (const encoding of encodings) {
      const text = textIn(encoding);
      const confidence = text === null ? 0 : judge(text);
      if (confidence > (best.get(encoding) ?? 0)) best.set(encoding, confidence);
    }
  };
  for (const model of alphabets) consider(model.encodings, (text) => alphabetFit(text, model));
  for (const model of signs) consider(model.encodings, (text) => signFit(text, model));
  return [...best]
    .map(([encoding, confidence]) => ({ encoding, confidence }))
    .toSorted((one, other) => other.confidence - one.confidence);
}

/** Whether the letters could all be of one language that was written in this encoding; true for unknown ones. */
export function isOneAlphabet(text: string, encoding: string): boolean {
  const models = alphabets.filter(({ encodings }) => encodings.includes(encoding));
  return (
    models.length === 0 || models.some(({ letters }) => (alphabetShare(text, letters) ?? 1) >= LEAST_SHARE)
  );
}

/** Of what is beyond ASCII the share that is in the alphabet; null when there is nothing. */
function alphabetShare(text: string, letters: string): number | null {
  const alphabet = new Set(letters + letters.toUpperCase());
  const foreign = text.match(/[^\u0000-\u007f]/gu)?.filter((sign) => /[\p{L}\p{M}]/u.test(sign)) ?? [];
  const odd =
    text.match(/[^\u0000-\u007f\p{L}\p{M}\u00a0‘’‚“”„«»‹›–—…•·°§№€£¥©®™½¼¾²³´\u200e\u200f،؛؟־]/gu)?.length ??
    0;
  if (foreign.length === 0) return null;
  return foreign.filter((sign) => alphabet.has(sign)).length / (foreign.length + odd);
}

function alphabetFit(text: string, { letters, words }: AlphabetModel): number {
  if (hasControls(text)) return 0;
  const share = alphabetShare(text, letters) ?? 0;
  if (share < LEAST_SHARE) return 0;
  const common = new Set(words.split(' '));
  const all = text.match(/[\p{L}\p{M}]+/gu) ?? [];
  const hits = all.filter((word) => common.has(word.toLowerCase())).length / Math.max(all.length, 1);
  // Capitals inside words, as KOI8 read as Windows-1251 has them everywhere.
  const jumps = (text.match(/\p{Ll}\p{Lu}/gu)?.length ?? 0) / Math.max(all.length, 1);
  const fit = 0.35 * share + 0.65 * Math.min(1, hits / USUAL_WORDS);
  return Math.max(0, fit - 3 * Math.max(0, jumps - 0.02));
}

function signFit(text: string, { script, common }: SignModel): number {
  if (hasControls(text)) return 0;
  const foreign =
    text
      .match(/[^\u0000-\u00ff]/gu)
      ?.filter((sign) => !/[\u2010-\u203b\u3000-\u303f\uff00-\uff65]/.test(sign)) ?? [];
  const odd = text.match(/[\u0080-\u00ff\ue000-\uf8ff\ufffd]/g)?.length ?? 0;
  const own = foreign.filter((sign) => script.test(sign));
  if (own.length === 0 || own.length < (foreign.length + odd) * LEAST_SIGNS) return 0;
  const known = new Set(common);
  return Math.min(1, own.filter((sign) => known.has(sign)).length / own.length / USUAL_SIGNS);
}

export function hasControls(text: string): boolean {
  return /[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\ufffd]/.test(text);
}
