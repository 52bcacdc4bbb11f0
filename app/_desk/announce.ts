/**
 * What others did, in a sentence for screen readers: sparingly. Only what concerns me or the claim that I am at,
 * and several things at once become one sentence.
 */
import type { RecordEvent } from '#core/events.ts';
import { plainComment } from '#core/mentions.ts';
import { reportStrings as words } from '../_strings/en-report.ts';

export function sentenceFor(event: RecordEvent, activeId: string | null): string | null {
  const who = event.payload.actor?.name ?? words.somebody;
  switch (event.name) {
    case 'claim.added':
      return words.said.claimAdded(who, event.payload.claim.quote.exact);
    case 'claim.judged':
      return words.said.judged(
        who,
        event.payload.claim.verdict?.label ?? '',
        event.payload.claim.quote.exact,
      );
    case 'claim.reviewed':
      return words.said.reviewed(who, event.payload.claim.quote.exact);
    case 'comment.added':
      return event.payload.comment.claimId === activeId || event.payload.comment.threadId === activeId
        ? words.said.commented(who, plainComment(event.payload.comment.body))
        : null;
    case 'report.changed':
    case 'report.imported':
    case 'report.removed':
    case 'claim.changed':
    case 'claim.removed':
    case 'evidence.added':
    case 'evidence.changed':
    case 'evidence.removed':
    case 'assignment.added':
    case 'assignment.changed':
    case 'assignment.removed':
    case 'thread.opened':
    case 'thread.changed':
    case 'thread.resolved':
    case 'thread.reopened':
    case 'comment.edited':
    case 'comment.removed':
    case 'comment.reacted':
    case 'member.joined':
    case 'member.changed':
    case 'member.left':
    case 'checkpoint.added':
    case 'workspace.changed':
    case 'notification.added':
    case 'notification.read':
      return null;
  }
}
