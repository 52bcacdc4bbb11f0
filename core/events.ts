/**
 * Every event that the server sends about records: name, payload, in one registry. Each carries the changed
 * record whole, so a client only ever puts it in place of the old one. `version` is one sequence per workspace
 * in the order of commits; a client that was away gives its last one as `since` and gets the rest.
 */
import { z } from 'zod';
export { HELLO_EVENT, IMPORT_PROGRESS_EVENT, PRESENCE_EVENT } from './event-names.ts';
import {
  assignmentRecord,
  checkpointRecord,
  claimRecord,
  commentRecord,
  evidenceRecord,
  memberRecord,
  notificationRecord,
  personSchema,
  reportRecord,
  threadRecord,
  workspaceRecord,
} from './records.ts';

const claim = z.object({ claim: claimRecord });
const thread = z.object({ thread: threadRecord });
const comment = z.object({ comment: commentRecord });
const evidence = z.object({ evidence: evidenceRecord });
const report = z.object({ report: reportRecord });
const member = z.object({ member: memberRecord });
const assignment = z.object({ assignment: assignmentRecord });

export const eventSchemas = {
  'report.imported': report,
  'report.changed': report,
  'report.removed': z.object({ reportId: z.uuid() }),
  'claim.added': claim,
  'claim.changed': claim,
  'claim.judged': claim,
  'claim.reviewed': claim,
  'claim.removed': z.object({ claimId: z.uuid() }),
  'evidence.added': evidence,
  'evidence.changed': evidence,
  'evidence.removed': z.object({ evidenceId: z.uuid(), claimId: z.uuid() }),
  'assignment.added': assignment,
  'assignment.changed': assignment,
  'assignment.removed': z.object({ assignmentId: z.uuid(), claimId: z.uuid() }),
  'thread.opened': thread,
  'thread.changed': thread,
  'thread.resolved': thread,
  'thread.reopened': thread,
  'comment.added': comment,
  'comment.edited': comment,
  'comment.removed': comment,
  'comment.reacted': comment,
  'checkpoint.added': z.object({ checkpoint: checkpointRecord }),
  'member.joined': member,
  'member.changed': member,
  'member.left': z.object({ memberId: z.uuid() }),
  'workspace.changed': z.object({ workspace: workspaceRecord }),
  'notification.added': z.object({ notification: notificationRecord }),
  'notification.read': z.object({ ids: z.array(z.uuid()) }),
} as const;

export type EventName = keyof typeof eventSchemas;
export type EventData<N extends EventName> = z.infer<(typeof eventSchemas)[N]>;

/** What stands beside the record in every payload. */
export const eventEnvelope = z.object({
  version: z.int(),
  at: z.iso.datetime(),
  actor: personSchema.nullable(),
  reportId: z.uuid().nullable(),
});
export type EventEnvelope = z.infer<typeof eventEnvelope>;

/** One event as it travels: `socket.emit(name, payload)`. */
export type RecordEvent = { [N in EventName]: { name: N; payload: EventEnvelope & EventData<N> } }[EventName];

/** Passing signals without a version: who has which report open now. */
export const presenceSchema = z.object({
  reportId: z.uuid(),
  people: z.array(z.object({ id: z.uuid(), name: z.string(), color: z.string() })),
});
export type ReportPresence = z.infer<typeof presenceSchema>;

/** Where the reading of a source is; of a PDF also the page. */
const readingStep = z.discriminatedUnion('step', [
  z.object({ step: z.literal('fetching') }),
  z.object({ step: z.literal('waiting') }),
  z.object({ step: z.literal('reading') }),
  z.object({ step: z.literal('page'), page: z.int(), pages: z.int() }),
  z.object({ step: z.literal('arranging') }),
]);
export type ReadingStep = z.infer<typeof readingStep>;

/** Passing like presence, and to who imports alone. */
export const importProgressSchema = z.object({
  /** The id that the request of the import, or of its preview, gave. */
  importId: z.uuid(),
  at: readingStep,
});
export type ImportProgress = z.infer<typeof importProgressSchema>;

/** Client to server. */
export const clientMessages = {
  'report.open': z.object({ reportId: z.uuid() }),
  'report.close': z.object({ reportId: z.uuid() }),
} as const;

/** The payload of the hello. */
export const helloSchema = z.object({
  version: z.int(),
  /** False: `since` is too old or unknown; load everything afresh. */
  complete: z.boolean(),
  serverBuild: z.string(),
});
