/** The workspace as people see it, and what waits for one of them. */
import { can } from '#core/domain/roles.ts';
import type { WorkspaceRecord } from '#core/records.ts';
import { countAwaitingSignOff, countToRecheck, countUnread } from '#db/queries/notifications.ts';
import { findWorkspace } from '#db/queries/reports.ts';
import type { Principal } from '#server/principal.ts';
import type { Runtime } from '#server/runtime.ts';

export async function workspaceOf(runtime: Runtime, workspaceId: string): Promise<WorkspaceRecord> {
  const row = await findWorkspace(runtime.database.db, workspaceId);
  return { id: row.id, name: row.name, isDemo: row.isDemo, ratingScale: row.ratingScale };
}

export interface ForMe {
  awaitingSignOff: number;
  mentions: number;
  toRecheck: number;
  unread: number;
}

export async function forMe(runtime: Runtime, principal: Principal): Promise<ForMe> {
  const { db } = runtime.database;
  const { workspaceId, memberId } = principal;
  const { unread, mentions } = await countUnread(db, workspaceId, memberId);
  const checks = can(principal.role, 'verdict.review');
  return {
    unread,
    mentions,
    awaitingSignOff: checks ? await countAwaitingSignOff(db, workspaceId, memberId) : 0,
    toRecheck: checks ? await countToRecheck(db, workspaceId) : 0,
  };
}
