/** A rating as it comes from outside. */
import { z } from 'zod';
import { ratingTones, type Rating } from './rating-scale.ts';

export const ratingSchema = z.strictObject({
  value: z.string().regex(/^[a-z][a-z0-9_]{0,39}$/),
  label: z.string().trim().min(1).max(60),
  order: z.int().min(1).max(9).nullable(),
  tone: z.enum(ratingTones),
  needsExplanation: z.boolean(),
}) satisfies z.ZodType<Rating>;
