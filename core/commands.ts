/**
 * What people and programs may ask for: the bodies of the API's requests. Unknown fields are refused, each
 * limit is named in core/limits.ts. The screens build the same values, so a form and the API cannot disagree.
 */
import { z } from 'zod';
import {
  assignmentRoles,
  assignmentStatuses,
  attributionStates,
  claimStatuses,
  claimTypes,
  dismissReasons,
  evidenceKinds,
  priorities,
  reportGenres,
  reportPurposes,
  reviewDecisions,
  roles,
  stances,
  suggestionKinds,
} from './domain/words.ts';
import * as limits from './limits.ts';

const id = z.uuid();
const line = (max: number) => z.string().trim().min(1).max(max);
const optionalLine = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .nullable()
    .transform((value) => value || null);
const day = z.union([z.iso.date(), z.iso.datetime({ offset: true })]);
const text = (max: number) =>
  z
    .string()
    .max(max)
    .refine((value) => value.trim() !== '', 'must not be empty');
const url = z
  .string()
  .trim()
  .max(limits.MAX_URL_LENGTH)
  .refine(
    (value) => /^https?:\/\/[^\s/]/i.test(value) && URL.canParse(value),
    'must be an http or https address',
  );

export const textQuoteSelector = z.strictObject({
  type: z.literal('TextQuoteSelector'),
  exact: text(limits.MAX_QUOTE_LENGTH),
  prefix: z.string().max(limits.MAX_CONTEXT_LENGTH).optional(),
  suffix: z.string().max(limits.MAX_CONTEXT_LENGTH).optional(),
});
export const textPositionSelector = z.strictObject({
  type: z.literal('TextPositionSelector'),
  start: z.int().min(0),
  end: z.int().min(0),
});
const oneSelector = z.discriminatedUnion('type', [textQuoteSelector, textPositionSelector]);
export const selectorSchema = z.union([oneSelector, z.array(oneSelector).min(1).max(4)]);
export type SelectorInput = z.infer<typeof selectorSchema>;

const title = line(limits.MAX_TITLE_LENGTH);
const importOptions = {
  title: title.optional(),
  purpose: z.enum(reportPurposes).optional(),
  genre: z.enum(reportGenres).optional(),
  id: id.optional(),
};
/** JSON bodies of an import. A file comes as multipart; a JSON bundle is recognised by its `format`. */
export const importReport = z.union([
  z.strictObject({ ...importOptions, text: z.string() }),
  z.strictObject({ ...importOptions, markdown: z.string() }),
  z.strictObject({ ...importOptions, html: z.string() }),
  z.strictObject({ ...importOptions, url }),
]);
export type ImportReport = z.infer<typeof importReport>;

export const changeReport = z.strictObject({
  title: title.optional(),
  locked: z.boolean().optional(),
  genre: z.enum(reportGenres).optional(),
  status: z.enum(['draft', 'checking', 'in_review', 'archived']).optional(),
});

export const addClaim = z.strictObject({
  id: id.optional(),
  selector: selectorSchema,
  type: z.enum(claimTypes).optional(),
  claimant: optionalLine(limits.MAX_NAME_LENGTH).optional(),
  claimantRole: optionalLine(limits.MAX_NAME_LENGTH).optional(),
  rationale: z.string().max(limits.MAX_RATIONALE_LENGTH).optional(),
  priority: z.enum(priorities).optional(),
  tags: z.array(line(limits.MAX_TAG_LENGTH)).max(limits.MAX_TAGS).optional(),
});
export type AddClaim = z.infer<typeof addClaim>;

export const changeClaim = z.strictObject({
  type: z.enum(claimTypes).optional(),
  claimant: optionalLine(limits.MAX_NAME_LENGTH).optional(),
  claimantRole: optionalLine(limits.MAX_NAME_LENGTH).optional(),
  claimDate: day.nullable().optional(),
  place: optionalLine(limits.MAX_NAME_LENGTH).optional(),
  priority: z.enum(priorities).optional(),
  tags: z.array(line(limits.MAX_TAG_LENGTH)).max(limits.MAX_TAGS).optional(),
  status: z.enum(claimStatuses).optional(),
  dismissReason: z.enum(dismissReasons).nullable().optional(),
});
export type ChangeClaim = z.infer<typeof changeClaim>;

export const moveClaim = z.strictObject({ selector: selectorSchema });

export const setAttribution = z.strictObject({
  state: z.enum(attributionStates),
  note: optionalLine(limits.MAX_SUMMARY_LENGTH).optional(),
});

export const proposeVerdict = z.strictObject({
  rating: line(40),
  summary: z.string().trim().max(limits.MAX_SUMMARY_LENGTH).optional(),
  basis: id.nullable().optional(),
  goodUntil: z.iso.datetime({ offset: true }).nullable().optional(),
});
export type ProposeVerdict = z.infer<typeof proposeVerdict>;

export const reviewVerdict = z.strictObject({
  id: id.optional(),
  verdictId: id.optional(),
  decision: z.enum(reviewDecisions),
  comment: optionalLine(limits.MAX_SUMMARY_LENGTH).optional(),
});
export type ReviewVerdict = z.infer<typeof reviewVerdict>;

const evidenceFields = {
  url: url.nullable().optional(),
  publisher: optionalLine(limits.MAX_NAME_LENGTH).optional(),
  publishedAt: day.nullable().optional(),
  kind: z.enum(evidenceKinds).optional(),
  quote: optionalLine(limits.MAX_QUOTE_LENGTH).optional(),
  deskOnly: z.boolean().optional(),
};
export const addEvidence = z.strictObject({
  id: id.optional(),
  title,
  stance: z.enum(stances),
  ...evidenceFields,
});
export type AddEvidence = z.infer<typeof addEvidence>;
export const changeEvidence = z.strictObject({
  title: title.optional(),
  stance: z.enum(stances).optional(),
  ...evidenceFields,
});

const commentBody = text(limits.MAX_COMMENT_LENGTH);
export const addComment = z.strictObject({
  id: id.optional(),
  body: commentBody,
  parentId: id.nullable().optional(),
  /** Goes to the claim's desk-only thread. */
  deskOnly: z.boolean().optional(),
});
export type AddComment = z.infer<typeof addComment>;
export const addThreadComment = z.strictObject({
  id: id.optional(),
  body: commentBody,
  parentId: id.nullable().optional(),
});
export const changeComment = z.strictObject({ body: commentBody });
export const openThread = z.strictObject({
  id: id.optional(),
  selector: selectorSchema,
  body: commentBody,
  /** The first comment's id, made by the client. */
  commentId: id.optional(),
  deskOnly: z.boolean().optional(),
});
export type OpenThread = z.infer<typeof openThread>;
export const addSuggestion = z
  .strictObject({
    id: id.optional(),
    selector: selectorSchema,
    kind: z.enum(suggestionKinds),
    /** What is put in. */
    text: z.string().max(limits.MAX_QUOTE_LENGTH).optional(),
  })
  .refine(({ kind, text: words = '' }) => (kind === 'delete') === (words === ''), {
    path: ['text'],
    message: 'what is inserted or put in place of words needs some, what is deleted has none',
  });
export type AddSuggestion = z.infer<typeof addSuggestion>;
export const reactionName = z.enum(['thumbs_up', 'thumbs_down', 'eyes', 'check', 'question', 'heart']);

export const addAssignment = z.strictObject({
  id: id.optional(),
  memberId: id,
  role: z.enum(assignmentRoles).optional(),
  dueAt: z.iso.datetime({ offset: true }).nullable().optional(),
});
export const changeAssignment = z.strictObject({
  status: z.enum(assignmentStatuses).optional(),
  dueAt: z.iso.datetime({ offset: true }).nullable().optional(),
});

const email = z
  .email()
  .max(254)
  .transform((value) => value.toLowerCase());
const password = z.string().min(limits.MIN_PASSWORD_LENGTH).max(limits.MAX_PASSWORD_LENGTH);
export const addMember = z.strictObject({
  id: id.optional(),
  email,
  name: line(limits.MAX_NAME_LENGTH),
  role: z.enum(roles),
  password: password.optional(),
});
export type AddMember = z.infer<typeof addMember>;
export const changeMember = z.strictObject({ role: z.enum(roles) });
export const acceptInvitation = z.strictObject({ token: line(200), password });

export const addToken = z.strictObject({
  id: id.optional(),
  name: line(limits.MAX_NAME_LENGTH),
  expiresAt: z.iso.datetime({ offset: true }).nullable().optional(),
});
export const markRead = z
  .strictObject({ ids: z.array(id).min(1).max(500) })
  .or(z.strictObject({ all: z.literal(true) }));

export const nameCheckpoint = z.strictObject({
  id: id.optional(),
  name: line(limits.MAX_CHECKPOINT_NAME_LENGTH),
});
/** A request without a body is one without an id. */
export const restoreCheckpoint = z.strictObject({ id: id.optional() }).default({});
