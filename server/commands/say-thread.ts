/** Says that a thread was opened, resolved or reopened, to sockets and to the audit log. */
import type { ThreadRecord } from '#core/records.ts';
import { touchReport } from '#db/queries/reports.ts';
import { getThread } from '#db/queries/threads.ts';
import type { Change } from './command.ts';

export async function sayThread(
  change: Change,
  threadId: string,
  name: 'thread.opened' | 'thread.resolved' | 'thread.reopened',
): Promise<ThreadRecord> {
  const thread = await getThread(change.tx, change.actor.workspaceId, threadId);
  if (change.actor.memberId !== null)
    await touchReport(change.tx, thread.reportId, change.actor.memberId, change.at);
  change.emit(name, { thread }, { reportId: thread.reportId });
  change.audit(name, { type: 'thread', id: threadId }, { reportId: thread.reportId });
  return thread;
}
