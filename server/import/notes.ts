/**
 * What a source says about its own words: comments, highlights, tracked changes. A reader gives them with offsets
 * into the plain text of the document that it read (see points.ts); commands make threads and claims of them.
 */
import type { SuggestionKind } from '#core/domain/words.ts';

export interface ReadComment {
  /** What the source calls it; null when it has no name for it. */
  readonly originId: string | null;
  /** Its place in `comments` of the comment that it answers, which stands before it; null: it answers none. */
  readonly parent: number | null;
  readonly author: string | null;
  /** ISO 8601 with an offset; null when the source does not say. */
  readonly at: string | null;
  readonly body: string;
}

export interface ReadNote {
  /** `claim`: words that somebody marked and said nothing about, or that are known to be a claim. */
  readonly kind: 'thread' | 'claim' | 'suggestion';
  /** What the source calls the note itself, where that is another name than its first comment's. */
  readonly originId?: string | null;
  /** About the source as a whole: `start` and `end` say nothing. */
  readonly isAboutAll?: boolean;
  /** UTF-16 offsets into the plain text; equal where nothing is marked but a place. */
  readonly start: number;
  readonly end: number;
  readonly isResolved: boolean;
  /** Only of a suggestion. `text` is what would be put in, empty for `delete`. */
  readonly suggestion: { readonly kind: SuggestionKind; readonly text: string } | null;
  /** In order; of a `claim`, what was said about it. May be empty. The first one's author made the note, also without words. */
  readonly comments: readonly ReadComment[];
  readonly tags: readonly string[];
}

/** An image that a figure of the document names by its SHA-256 (hex). */
export interface ReadImage {
  readonly sha256: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}
