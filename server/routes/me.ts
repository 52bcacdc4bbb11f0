/** Who am I: the first thing that every client asks. */
import { z } from 'zod';
import { roles } from '#core/domain/words.ts';
import { workspaceRecord } from '#core/records.ts';
import type { Api } from '#server/http/api.ts';
import { workspaceOf } from '#server/views/workspace.ts';

const meRecord = z.object({
  /** The member's id, as in mentions and assignments. */
  id: z.uuid(),
  userId: z.string(),
  name: z.string(),
  email: z.string(),
  role: z.enum(roles),
  color: z.string(),
  via: z.enum(['session', 'token', 'system']),
  workspace: workspaceRecord,
});

export function meRoutes(api: Api): void {
  api.route({
    method: 'get',
    path: '/me',
    summary: 'Who am I, my role, and the workspace with its rating scale',
    answers: { 200: meRecord },
    handle: async ({ runtime, principal }) => {
      const { memberId, userId, name, email, role, color, via, workspaceId } = principal;
      const workspace = await workspaceOf(runtime, workspaceId);
      return {
        status: 200,
        body: { id: memberId, userId, name, email, role, color, via: via.kind, workspace },
      };
    },
  });
}
