/** Tells members what concerns them: a row each and an event that only they receive. Nobody hears of their own doing. */
import type { NotificationKind } from '#core/domain/words.ts';
import type { NotificationRecord } from '#core/records.ts';
import { notifications } from '#db/schema.ts';
import { plainComment } from '#core/mentions.ts';
import type { Change } from './command.ts';

export interface Notice {
  kind: NotificationKind;
  memberIds: Iterable<string>;
  reportId: string;
  claimId?: string | null;
  commentId?: string | null;
  excerpt: string;
}

/** A line is enough to know what it is about. */
const EXCERPT_LENGTH = 200;

export async function notify(change: Change, notice: Notice): Promise<void> {
  const recipients = new Set(notice.memberIds);
  if (change.actor.memberId !== null) recipients.delete(change.actor.memberId);
  for (const memberId of recipients) {
    const record: NotificationRecord = {
      id: change.runtime.newId(),
      kind: notice.kind,
      reportId: notice.reportId,
      claimId: notice.claimId ?? null,
      commentId: notice.commentId ?? null,
      actor: change.actor.memberId === null ? null : { id: change.actor.memberId, name: change.actor.name },
      excerpt: excerptOf(notice.excerpt),
      at: change.at.toISOString(),
      readAt: null,
    };
    await change.tx.insert(notifications).values({
      id: record.id,
      kind: record.kind,
      reportId: record.reportId,
      claimId: record.claimId,
      commentId: record.commentId,
      excerpt: record.excerpt,
      workspaceId: change.actor.workspaceId,
      memberId,
      actorId: change.actor.memberId,
      at: change.at,
    });
    change.emit('notification.added', { notification: record }, { onlyMemberId: memberId });
  }
}

function excerptOf(text: string): string {
  const line = plainComment(text).replaceAll(/\s+/g, ' ').trim();
  return line.length <= EXCERPT_LENGTH ? line : `${line.slice(0, EXCERPT_LENGTH - 1)}…`;
}
