/** Search over everything that people wrote, and what waits for the caller. */
import { z } from 'zod';
import { markRead as markReadBody } from '#core/commands.ts';
import { DEFAULT_PAGE, MAX_PAGE, MAX_QUERY_LENGTH } from '#core/limits.ts';
import { notificationRecord, searchHit } from '#core/records.ts';
import { countUnread, listNotifications, markRead } from '#db/queries/notifications.ts';
import { searchWorkspace } from '#db/queries/search.ts';
import { runCommand } from '#server/commands/command.ts';
import { listOf, page, pageOf, type Api } from '#server/http/api.ts';
import { forMe } from '#server/views/workspace.ts';

const waiting = z.object({
  awaitingSignOff: z.int(),
  mentions: z.int(),
  toRecheck: z.int(),
  unread: z.int(),
});

export function searchRoutes(api: Api): void {
  api.route({
    method: 'get',
    path: '/search',
    summary: 'Reports, claims, comments and evidence, ranked; matched words stand between U+E000 and U+E001',
    query: z.strictObject({
      q: z.string().trim().min(1).max(MAX_QUERY_LENGTH),
      limit: z.coerce.number().int().min(1).max(MAX_PAGE).default(DEFAULT_PAGE),
    }),
    answers: { 200: listOf(searchHit) },
    handle: async ({ runtime, principal, query }) => ({
      status: 200,
      body: {
        items: await searchWorkspace(runtime.database.db, principal.workspaceId, query.q, query.limit),
        next: null,
      },
    }),
  });
  api.route({
    method: 'get',
    path: '/notifications',
    summary: 'What concerns the caller, newest first',
    query: page,
    answers: { 200: listOf(notificationRecord).extend({ unread: z.int() }) },
    handle: async ({ runtime, principal, query }) => {
      const { db } = runtime.database;
      const rows = await listNotifications(db, principal.workspaceId, principal.memberId, {
        limit: query.limit + 1,
        after: query.after,
      });
      const { unread } = await countUnread(db, principal.workspaceId, principal.memberId);
      return { status: 200, body: { ...pageOf(rows, query.limit), unread } };
    },
  });
  api.route({
    method: 'get',
    path: '/notifications/waiting',
    summary: 'How much waits for the caller',
    answers: { 200: waiting },
    handle: async ({ runtime, principal }) => ({ status: 200, body: await forMe(runtime, principal) }),
  });
  api.route({
    method: 'post',
    path: '/notifications/read',
    summary: 'Mark notifications as read',
    body: markReadBody,
    answers: { 200: waiting },
    handle: async ({ runtime, principal, body }) => {
      await runCommand(runtime, principal, async (change) => {
        const ids = await markRead(
          change.tx,
          principal.memberId,
          'all' in body ? 'all' : body.ids,
          change.at,
        );
        if (ids.length > 0) change.emit('notification.read', { ids }, { onlyMemberId: principal.memberId });
      });
      return { status: 200, body: await forMe(runtime, principal) };
    },
  });
}
