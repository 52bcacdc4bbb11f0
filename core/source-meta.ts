/** What a source says of itself, beside its text and title. Words as they stand there; each null when it is silent. */
import { z } from 'zod';
import { MAX_URL_LENGTH } from './limits.ts';

const words = z.string().max(1_000).nullable();

export const sourceMeta = z.strictObject({
  byline: words,
  /** ISO 8601, a date or a moment. */
  publishedAt: z.string().max(40).nullable(),
  /** BCP 47. */
  language: z.string().max(40).nullable(),
  canonicalUrl: z.string().max(MAX_URL_LENGTH).nullable(),
  publisher: words,
});
export type SourceMeta = Readonly<z.infer<typeof sourceMeta>>;
