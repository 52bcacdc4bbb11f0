/**
 * The words on screen. One plainer label for a term of the domain where it helps (docs/GLOSSARY.md defines the
 * term); everything else grouped by screen. Short, sentence case, no exclamation marks. A sentence with a
 * number or a name in it is a function.
 */
import type {
  AnchorState,
  AssignmentRole,
  AttributionState,
  ClaimStatus,
  ClaimType,
  DismissReason,
  EvidenceKind,
  NotificationKind,
  Priority,
  ReportGenre,
  ReportPurpose,
  ReportStatus,
  ReviewDecision,
  Role,
  Stance,
  VerdictState,
} from '#core/domain/words.ts';
import type { RatingTone } from '#core/domain/rating-scale.ts';

const countFormat = new Intl.NumberFormat('en-GB');
const count = (n: number, one: string, many = `${one}s`): string =>
  `${countFormat.format(n)} ${n === 1 ? one : many}`;

const roles: Record<Role, string> = {
  viewer: 'Viewer',
  commenter: 'Commenter',
  editor: 'Editor',
  owner: 'Owner',
};
const roleMeaning: Record<Role, string> = {
  viewer: 'Reads and exports',
  commenter: 'Comments and proposes claims',
  editor: 'Checks claims and signs off',
  owner: 'Checks, signs off and manages people',
};
const claimTypes: Record<ClaimType, string> = {
  quantity: 'Number',
  event: 'Event',
  quotation: 'Quotation',
  causation: 'Cause',
  rule: 'Rule',
  identity: 'Who or what',
  prediction: 'Prediction',
  opinion: 'Opinion',
  other: 'Other',
};
const claimStatuses: Record<ClaimStatus, string> = {
  suggested: 'Suggested',
  open: 'Open',
  in_progress: 'In progress',
  in_review: 'In review',
  decided: 'Decided',
  needs_recheck: 'Needs re-check',
  dismissed: 'Dismissed',
};
const reportStatuses: Record<ReportStatus, string> = {
  draft: 'Not begun',
  checking: 'Checking',
  in_review: 'In review',
  published: 'Published',
  corrected: 'Corrected',
  archived: 'Archived',
};
const reportGenres: Record<ReportGenre, string> = {
  news_report: 'News report',
  speech: 'Speech',
  transcript: 'Transcript',
  press_release: 'Press release',
  social_post: 'Social post',
  study: 'Study',
  other: 'Text',
};
const reportPurposes: Record<ReportPurpose, string> = { external: 'Somebody else’s', draft: 'Our draft' };
const priorities: Record<Priority, string> = { low: 'Low', normal: 'Normal', high: 'High', urgent: 'Urgent' };
const anchorStates: Record<AnchorState, string> = {
  anchored: 'In its place',
  edited: 'Words changed',
  moved: 'Moved',
  ambiguous: 'Several places fit',
  orphaned: 'Not found in text',
};
const attributionStates: Record<AttributionState, string> = {
  unchecked: 'Not checked',
  confirmed: 'Said so',
  altered: 'Said otherwise',
  not_found: 'Not found',
};
const dismissReasons: Record<DismissReason, string> = {
  not_checkable: 'Cannot be checked',
  not_a_claim: 'Not a claim',
  duplicate: 'Duplicate',
  out_of_scope: 'Out of scope',
};
const evidenceKinds: Record<EvidenceKind, string> = {
  primary_document: 'Primary document',
  official_statement: 'Official statement',
  dataset: 'Data set',
  court_record: 'Court record',
  interview: 'Interview',
  eyewitness: 'Eyewitness',
  expert: 'Expert',
  news_agency: 'News agency',
  news_outlet: 'News outlet',
  academic: 'Academic work',
  ngo: 'Organisation',
  social_post: 'Social post',
  image_video: 'Image or video',
  other: 'Other',
};
const stances: Record<Stance, string> = { supports: 'supports', refutes: 'contradicts', context: 'context' };
const verdictStates: Record<VerdictState, string> = {
  proposed: 'Proposed',
  in_review: 'In review',
  final: 'Signed off',
  stale: 'Needs re-check',
  superseded: 'Replaced',
  withdrawn: 'Withdrawn',
  imported: 'Imported',
};
const reviewDecisions: Record<ReviewDecision, string> = {
  approve: 'Signed off',
  request_changes: 'Asked for changes',
  reject: 'Rejected',
};
const assignmentRoles: Record<AssignmentRole, string> = { checker: 'Checks', reviewer: 'Signs off' };
const notificationKinds: Record<NotificationKind, string> = {
  mention: 'mentioned you',
  reply: 'replied',
  assignment: 'gave you a claim',
  review_requested: 'asks for your sign-off',
  verdict_decided: 'decided a verdict',
  claim_stale: 'changed words under a verdict',
  match_suggested: 'found an earlier claim',
};
const ratingTones: Record<RatingTone, string> = {
  true: 'True',
  'mostly-true': 'Mostly true',
  half: 'Half true',
  'mostly-false': 'Mostly false',
  false: 'False',
  other: 'Outside the scale',
};

export const strings = {
  product: 'Proofdesk',
  tagline: 'Check a report together, claim by claim, and see each other’s work as it happens.',
  count,
  terms: {
    claimant: 'Said by',
    rationale: 'Why',
    revision: 'New version of text',
    checkpoint: 'Saved version',
  },
  roles,
  roleMeaning,
  claimTypes,
  claimStatuses,
  reportStatuses,
  reportGenres,
  reportPurposes,
  priorities,
  anchorStates,
  attributionStates,
  dismissReasons,
  evidenceKinds,
  stances,
  verdictStates,
  reviewDecisions,
  assignmentRoles,
  notificationKinds,
  ratingTones,
  sourceKinds: {
    text: 'Plain text',
    markdown: 'Markdown',
    html: 'Web page',
    docx: 'Word document',
    pdf: 'PDF',
    annotations: 'Annotations',
    json: 'Bundle',
  } as Record<string, string>,
  ui: {
    close: 'Close',
    cancel: 'Cancel',
    save: 'Save',
    saving: 'Saving',
    remove: 'Remove',
    undo: 'Undo',
    retry: 'Try again',
    copy: 'Copy',
    copied: 'Copied',
    optional: 'optional',
    more: 'More',
    loading: 'Loading',
    clear: 'Clear',
    showPassword: 'Show password',
    hidePassword: 'Hide password',
    skipToContent: 'Skip to the page',
    others: (n: number) => `and ${n} more`,
    unknownError: 'Something went wrong. Try again.',
    serverAway: 'The server does not answer. Check the connection and try again.',
  },
  header: {
    nav: 'Main',
    reports: 'Reports',
    people: 'People',
    home: 'Proofdesk, reports',
    find: 'Find anything',
    inbox: 'Inbox',
    inboxWith: (n: number) => `Inbox, ${count(n, 'unread message')}`,
    account: (name: string) => `Account of ${name}`,
    theme: 'Appearance',
    themes: { system: 'As the system', light: 'Light', dark: 'Dark', contrast: 'High contrast' },
    settings: 'Settings',
    signOut: 'Sign out',
  },
  beside: (name: string) => `Open ${name} beside me`,
  errors: {
    notFound: 'Nothing here',
    notFoundHint: 'The address is wrong, the report was deleted, or it belongs to another workspace.',
    toReports: 'Go to reports',
    broken: 'This page broke',
    brokenHint:
      'Your work is safe: everything that was shown as saved is kept. Try again, or go back to the reports.',
    reference: (digest: string) => `Reference ${digest}`,
  },
  progress: {
    decided: (decided: number, total: number) =>
      total === 0
        ? 'No claims yet'
        : `${countFormat.format(decided)} of ${countFormat.format(total)} decided`,
    left: (n: number) => `${countFormat.format(n)} left`,
    needsRecheck: (n: number) => `${countFormat.format(n)} to re-check`,
  },
  time: {
    justNow: 'just now',
    minutes: (n: number) => `${n} min ago`,
    hours: (n: number) => `${n} h ago`,
    yesterday: 'yesterday',
  },
};
