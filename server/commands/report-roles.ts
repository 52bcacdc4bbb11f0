/** A role for one report, besides the workspace's: the higher of the two counts there. */
import { and, eq } from 'drizzle-orm';
import { roles, type Role } from '#core/domain/words.ts';
import { AppError } from '#core/errors.ts';
import { missingMembers } from '#db/queries/people.ts';
import { raiseRightsVersion } from '#db/queries/principals.ts';
import { holdReport } from '#db/queries/reports.ts';
import { reportRoles } from '#db/schema.ts';
import type { Principal } from '#server/principal.ts';
import type { Runtime } from '#server/runtime.ts';
import { demand, demandInWorkspace } from './access.ts';
import { runCommand } from './command.ts';

export interface ReportRole {
  reportId: string;
  memberId: string;
  role: Role;
}

/** Gives, or with null takes back. A member who may do less now is cut from the report. */
export async function setReportRole(
  runtime: Runtime,
  principal: Principal,
  reportId: string,
  memberId: string,
  role: Role | null,
): Promise<void> {
  await demand(runtime, principal, reportId, 'report.read');
  demandInWorkspace(principal, 'member.manage');
  await runCommand(runtime, principal, async (change) => {
    const { workspaceId } = principal;
    await holdReport(change.tx, workspaceId, reportId);
    const [stranger] = await missingMembers(change.tx, workspaceId, [memberId]);
    if (stranger !== undefined) throw new AppError('not_found', 'There is no such member');
    const given = and(eq(reportRoles.reportId, reportId), eq(reportRoles.memberId, memberId));
    const [before] = await change.tx.select({ role: reportRoles.role }).from(reportRoles).where(given);
    await change.tx.delete(reportRoles).where(given);
    if (role !== null) {
      await change.tx
        .insert(reportRoles)
        .values({ workspaceId, reportId, memberId, role, givenBy: principal.memberId, givenAt: change.at });
    }
    await raiseRightsVersion(change.tx, workspaceId);
    change.audit(
      'report.role_given',
      { type: 'member', id: memberId },
      { reportId, before: before?.role ?? null, after: role },
    );
    change.afterCommit(() => {
      runtime.auth.forget();
      if (rank(role) < rank(before?.role ?? null)) runtime.rooms.cut({ memberId, reportId }, 4403);
    });
  });
}

function rank(role: Role | null): number {
  return role === null ? -1 : roles.indexOf(role);
}
