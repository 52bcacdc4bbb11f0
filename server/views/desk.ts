/** What the report screen begins with: everything about one report, as of one version of the workspace's events. */
import { yXmlFragmentToProseMirrorRootNode } from 'y-prosemirror';
import { draftOutcomes, type Rating } from '#core/domain/rating-scale.ts';
import type { Role } from '#core/domain/words.ts';
import type { ClaimView, MemberRecord, ReportRecord, ThreadRecord, WorkspaceRecord } from '#core/records.ts';
import { flatten } from '#core/text/flatten.ts';
import { BODY_ROOT, reportSchema } from '#core/text/schema.ts';
import { claimsOfReport, quotesOf } from '#db/queries/claims.ts';
import { documentEpoch } from '#db/queries/document-log.ts';
import { eventHeadOf } from '#db/queries/log.ts';
import { listMembers } from '#db/queries/members.ts';
import { getReport } from '#db/queries/reports.ts';
import { threadsOfReport } from '#db/queries/threads.ts';
import type { Principal } from '#server/principal.ts';
import type { Runtime } from '#server/runtime.ts';
import { placeClaim } from './claims.ts';
import { workspaceOf } from './workspace.ts';

export interface Desk {
  report: ReportRecord;
  role: Role;
  claims: ClaimView[];
  threads: ThreadRecord[];
  members: MemberRecord[];
  workspace: WorkspaceRecord;
  /** The ratings that fit the report's purpose. */
  ratings: Rating[];
  /** Events after this one are not in it. */
  version: number;
  /** Of the document; what a device keeps of another one is set aside. */
  epoch: number;
  /** ProseMirror JSON of the text. */
  doc: unknown;
}

/** Null: there is no such report for this person. */
export async function loadDesk(
  runtime: Runtime,
  principal: Principal,
  reportId: string,
): Promise<Desk | null> {
  const role = await runtime.auth.roleFor(principal, reportId);
  if (role === null) return null;
  const { db } = runtime.database;
  const { workspaceId } = principal;
  // Read first: what happens meanwhile is in the records already and comes once more as an event, which is harmless.
  const version = await eventHeadOf(db, workspaceId);
  const report = await getReport(db, workspaceId, reportId);
  const records = await claimsOfReport(db, workspaceId, reportId);
  const quotes = await quotesOf(
    db,
    records.map((record) => record.id),
  );
  const threads = await threadsOfReport(db, workspaceId, reportId);
  const members = await listMembers(db, workspaceId);
  const workspace = await workspaceOf(runtime, workspaceId);
  const epoch = await documentEpoch(db, reportId);
  const text = await runtime.rooms.read({ workspaceId, reportId }, (doc) => {
    const body = doc.getXmlFragment(BODY_ROOT);
    const flat = flatten(body);
    return {
      doc: yXmlFragmentToProseMirrorRootNode(body, reportSchema).toJSON() as unknown,
      // Rows lag behind while somebody types; what is drawn in the text must fit it.
      claims: records.map((claim) => placeClaim(doc, flat, claim, quotes.get(claim.id) ?? claim.quote)),
    };
  });
  const ratings = report.purpose === 'draft' ? [...draftOutcomes] : workspace.ratingScale;
  return { report, role, threads, members, workspace, ratings, version, epoch, ...text };
}
