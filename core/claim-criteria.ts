/**
 * What a list or an export of claims can be narrowed to. Everything said must hold; what is not said may be anything.
 * One set of words for the query of `GET /claims`, of exports and of the command line.
 */
import { z } from 'zod';
import { claimStatuses, claimTypes } from './domain/words.ts';
import { MAX_TAG_LENGTH } from './limits.ts';
import type { ClaimRecord } from './records.ts';

export const claimCriteria = {
  status: z.enum(claimStatuses).optional(),
  /** The value of a rating; of any verdict that stands, also of one in a disagreement. */
  rating: z.string().max(40).optional(),
  type: z.enum(claimTypes).optional(),
  /** The id of a member. */
  assignee: z.uuid().optional(),
  tag: z.string().max(MAX_TAG_LENGTH).optional(),
};

const schema = z.strictObject(claimCriteria);
export type ClaimCriteria = z.infer<typeof schema>;

/** Fails with a `ZodError` that names what is wrong. */
export function readCriteria(words: unknown): ClaimCriteria {
  return schema.parse(words);
}

export function meets(claim: ClaimRecord, { status, rating, type, assignee, tag }: ClaimCriteria): boolean {
  const verdicts = claim.verdict === null ? claim.disputes : [claim.verdict, ...claim.disputes];
  return (
    (status === undefined || claim.status === status) &&
    (rating === undefined || verdicts.some((verdict) => verdict.rating === rating)) &&
    (type === undefined || claim.type === type) &&
    (assignee === undefined ||
      claim.assignments.some(({ member }) => member.id === assignee.toLowerCase())) &&
    (tag === undefined || claim.tags.includes(tag))
  );
}
