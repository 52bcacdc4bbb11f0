/**
 * The fixed vocabularies of fact-checking (docs/GLOSSARY.md defines each word). The same values stand in the
 * database, the API, the events and the code; the screen shows the labels of `app/_strings`.
 */
export const roles = ['viewer', 'commenter', 'editor', 'owner'] as const;
export const reportPurposes = ['external', 'draft'] as const;
export const reportGenres = [
  'news_report',
  'speech',
  'transcript',
  'press_release',
  'social_post',
  'study',
  'other',
] as const;
export const reportStatuses = [
  'draft',
  'checking',
  'in_review',
  'published',
  'corrected',
  'archived',
] as const;
/** Why a moment of a report's history is kept. */
export const checkpointKinds = ['imported', 'named', 'before_restore', 'before_suggestion'] as const;
export const sourceKinds = ['text', 'markdown', 'html', 'docx', 'pdf', 'annotations', 'json'] as const;
/** What a suggestion does with the words that it stands on; `insert` adds after them. */
export const suggestionKinds = ['insert', 'delete', 'replace'] as const;
export const suggestionStates = ['pending', 'accepted', 'rejected', 'withdrawn'] as const;
export const claimTypes = [
  'quantity',
  'event',
  'quotation',
  'causation',
  'rule',
  'identity',
  'prediction',
  'opinion',
  'other',
] as const;
export const priorities = ['low', 'normal', 'high', 'urgent'] as const;
export const claimStatuses = [
  'suggested',
  'open',
  'in_progress',
  'in_review',
  'decided',
  'needs_recheck',
  'dismissed',
] as const;
export const dismissReasons = ['not_checkable', 'not_a_claim', 'duplicate', 'out_of_scope'] as const;
export const attributionStates = ['unchecked', 'confirmed', 'altered', 'not_found'] as const;
export const anchorStates = ['anchored', 'edited', 'moved', 'ambiguous', 'orphaned'] as const;
export const evidenceKinds = [
  'primary_document',
  'official_statement',
  'dataset',
  'court_record',
  'interview',
  'eyewitness',
  'expert',
  'news_agency',
  'news_outlet',
  'academic',
  'ngo',
  'social_post',
  'image_video',
  'other',
] as const;
export const stances = ['supports', 'refutes', 'context'] as const;
export const verdictStates = [
  'proposed',
  'in_review',
  'final',
  'stale',
  'superseded',
  'withdrawn',
  'imported',
] as const;
export const reviewDecisions = ['approve', 'request_changes', 'reject'] as const;
export const assignmentRoles = ['checker', 'reviewer'] as const;
export const assignmentStatuses = ['assigned', 'in_progress', 'done', 'declined'] as const;
export const threadStates = ['open', 'resolved'] as const;
export const notificationKinds = [
  'mention',
  'reply',
  'assignment',
  'review_requested',
  'verdict_decided',
  'claim_stale',
  'match_suggested',
] as const;

export type Role = (typeof roles)[number];
export type ReportPurpose = (typeof reportPurposes)[number];
export type ReportGenre = (typeof reportGenres)[number];
export type ReportStatus = (typeof reportStatuses)[number];
export type SourceKind = (typeof sourceKinds)[number];
export type SuggestionKind = (typeof suggestionKinds)[number];
export type SuggestionState = (typeof suggestionStates)[number];
export type ClaimType = (typeof claimTypes)[number];
export type Priority = (typeof priorities)[number];
export type ClaimStatus = (typeof claimStatuses)[number];
export type DismissReason = (typeof dismissReasons)[number];
export type AttributionState = (typeof attributionStates)[number];
export type AnchorState = (typeof anchorStates)[number];
export type EvidenceKind = (typeof evidenceKinds)[number];
export type Stance = (typeof stances)[number];
export type VerdictState = (typeof verdictStates)[number];
export type CheckpointKind = (typeof checkpointKinds)[number];
export type ReviewDecision = (typeof reviewDecisions)[number];
export type AssignmentRole = (typeof assignmentRoles)[number];
export type AssignmentStatus = (typeof assignmentStatuses)[number];
export type ThreadState = (typeof threadStates)[number];
export type NotificationKind = (typeof notificationKinds)[number];
