/**
 * What pages may ask of the server, and the only door to it: `app/_server` calls these and nothing else does.
 * The pages run in modules of their own, so everything goes through the one runtime of the process.
 */
import type { ReportStatus } from '#core/domain/words.ts';
import type { MemberRecord, ReportRecord, WorkspaceRecord } from '#core/records.ts';
import { MAX_PAGE } from '#core/limits.ts';
import { listMembers as membersOf } from '#db/queries/members.ts';
import { listReports as reportsOf } from '#db/queries/reports.ts';
import type { Principal } from './principal.ts';
import { getRuntime } from './runtime.ts';
import { loadDesk as desk, type Desk } from './views/desk.ts';
import { siteInfo as site, type SiteInfo } from './views/site.ts';
import { forMe as waitingFor, workspaceOf as workspace, type ForMe } from './views/workspace.ts';

export type { Desk, ForMe, Principal, SiteInfo };

/** Null: not signed in. */
export function getSession(headers: Headers): Promise<Principal | null> {
  return getRuntime().auth.authenticate(headers);
}

export async function listReports(
  principal: Principal,
  filter: { query?: string; status?: ReportStatus } = {},
): Promise<{ items: ReportRecord[] }> {
  return {
    items: await reportsOf(getRuntime().database.db, principal.workspaceId, { ...filter, limit: MAX_PAGE }),
  };
}

export function forMe(principal: Principal): Promise<ForMe> {
  return waitingFor(getRuntime(), principal);
}

export function workspaceOf(principal: Principal): Promise<WorkspaceRecord> {
  return workspace(getRuntime(), principal.workspaceId);
}

export function listMembers(principal: Principal): Promise<MemberRecord[]> {
  return membersOf(getRuntime().database.db, principal.workspaceId);
}

/** Null: there is no such report for this person. */
export function loadDesk(principal: Principal, reportId: string): Promise<Desk | null> {
  return desk(getRuntime(), principal, reportId);
}

export function siteInfo(): Promise<SiteInfo> {
  return site(getRuntime());
}
