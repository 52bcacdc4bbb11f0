/** An annotation as both formats are read into: what is said, by whom, and of which words. */
import type { TextSelector } from '#core/anchor/selector.ts';

/** Words of a text: by quotation and position, or from the start of some to the start of others. */
export type WordSelector =
  | { readonly kind: 'words'; readonly selectors: readonly TextSelector[] }
  | { readonly kind: 'range'; readonly from: readonly TextSelector[]; readonly to: readonly TextSelector[] };

export interface ReadTarget {
  /** The page or file that the words are in, or the annotation that is answered. */
  readonly source: string | null;
  /** Null when it is not about words; then `reason` says why, in a sentence. */
  readonly selector: WordSelector | null;
  readonly reason: string;
}

export interface ReadRemark {
  readonly author: string | null;
  /** ISO 8601 with an offset, or null. */
  readonly at: string | null;
  readonly words: string;
}

export interface ReadAnnotation {
  /** Where it stands in the file, for sentences. */
  readonly at: string;
  /** Its name in the world. */
  readonly id: string;
  readonly kind: 'thread' | 'claim';
  readonly author: string | null;
  readonly created: string | null;
  /** In order of importance: what it says itself, then what others say in it. Never empty; the first may have no words. */
  readonly remarks: readonly [ReadRemark, ...ReadRemark[]];
  readonly tags: readonly string[];
  /** Words to be put in place of those that it is about; empty: they should go. Null: it changes nothing. */
  readonly replacement: string | null;
  readonly targets: readonly ReadTarget[];
  /** What it answers, by name, nearest first; empty when it answers nothing. */
  readonly answers: readonly string[];
}

export interface ReadAnnotations {
  readonly annotations: readonly ReadAnnotation[];
  /** What the file calls itself or the page that it is about; null when it is silent or there are several. */
  readonly title: string | null;
  /** Titles of pages, by their address. */
  readonly titles: ReadonlyMap<string, string>;
  readonly unreadable: readonly string[];
}

/** The quotation of a selector, if it has one. */
export function quotationOf(selector: WordSelector | null): string | null {
  if (selector?.kind !== 'words') return null;
  const quote = selector.selectors.find((one) => one.type === 'TextQuoteSelector');
  return quote === undefined || quote.exact.trim() === '' ? null : quote.exact;
}

/** Where it says that its words stand; null when it does not. */
export function positionOf(selector: WordSelector | null): number | null {
  if (selector?.kind !== 'words') return null;
  return selector.selectors.find((one) => one.type === 'TextPositionSelector')?.start ?? null;
}
