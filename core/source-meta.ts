/** What a source says of itself, beside its text and title. Words as they stand there; each null when it is silent. */
export interface SourceMeta {
  readonly byline: string | null;
  /** ISO 8601, a date or a moment. */
  readonly publishedAt: string | null;
  /** BCP 47. */
  readonly language: string | null;
  readonly canonicalUrl: string | null;
  readonly publisher: string | null;
}
