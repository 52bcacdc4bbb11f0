/**
 * The scale on which a workspace rates claims. Ordered ratings carry a value (5 is true, 1 is false); the
 * others stand outside the order. A verdict keeps the label that it was given under. Screens import
 * it, so its schema stands apart (rating-schema.ts) and zod stays out of the browser.
 */

export const ratingTones = ['true', 'mostly-true', 'half', 'mostly-false', 'false', 'other'] as const;
export type RatingTone = (typeof ratingTones)[number];

export interface Rating {
  value: string;
  label: string;
  /** Null: outside the order. */
  order: number | null;
  tone: RatingTone;
  needsExplanation: boolean;
}

function rating(
  value: string,
  label: string,
  order: number | null,
  tone: RatingTone,
  needsExplanation = false,
): Rating {
  return { value, label, order, tone, needsExplanation };
}

export const defaultRatingScale: readonly Rating[] = [
  rating('true', 'True', 5, 'true'),
  rating('mostly_true', 'Mostly true', 4, 'mostly-true'),
  rating('half_true', 'Half true', 3, 'half'),
  rating('mostly_false', 'Mostly false', 2, 'mostly-false'),
  rating('false', 'False', 1, 'false'),
  rating('misleading', 'Misleading', null, 'other'),
  rating('missing_context', 'Missing context', null, 'other'),
  rating('outdated', 'Outdated', null, 'other'),
  rating('unproven', 'Unproven', null, 'other'),
  rating('satire', 'Satire', null, 'other'),
  rating('misattributed', 'Misattributed', null, 'other'),
  rating('altered_media', 'Altered media', null, 'other'),
];

/** What a draft of ours is judged by: what happens to the passage, not how true it is. */
export const draftOutcomes: readonly Rating[] = [
  rating('stands', 'Stands', null, 'true'),
  rating('change', 'Change', null, 'mostly-false'),
  rating('attribute', 'Attribute', null, 'half'),
  rating('cut', 'Cut', null, 'false'),
];
