/** What the screens that the server renders need, in one place. */
import 'server-only';
import * as server from '#server/api.ts';
import type { MemberRecord, ReportRecord, WorkspaceRecord } from '#core/records.ts';
import type { Principal } from './session.ts';

export type ForMe = Awaited<ReturnType<typeof server.forMe>>;

export interface HomeData {
  reports: ReportRecord[];
  forMe: ForMe;
}

export async function homeData(principal: Principal): Promise<HomeData> {
  const [reports, forMe] = await Promise.all([server.listReports(principal, {}), server.forMe(principal)]);
  return { reports: reports.items, forMe };
}

export async function workspaceOf(principal: Principal): Promise<WorkspaceRecord> {
  return server.workspaceOf(principal);
}

export async function membersOf(principal: Principal): Promise<MemberRecord[]> {
  return server.listMembers(principal);
}

/** Whether the demo is on here, and whether the first owner is still to be made. */
export async function siteInfo(): Promise<{ demo: boolean; needsSetup: boolean }> {
  return server.siteInfo();
}
