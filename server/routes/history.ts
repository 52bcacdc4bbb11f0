/** History: checkpoints of a report, any moment of it, and a moment brought back. */
import { z } from 'zod';
import * as commands from '#core/commands.ts';
import { checkpointRecord, momentRecord } from '#core/records.ts';
import { listCheckpoints } from '#db/queries/checkpoints.ts';
import { demand } from '#server/commands/access.ts';
import { nameMoment, restoreMoment } from '#server/commands/history.ts';
import { listOf, page, pageOf, type Api } from '#server/http/api.ts';
import { findMoment, viewMoment } from '#server/views/moment.ts';

/** A checkpoint's id, or a number of the report's log: every committed change is a moment. */
const moment = z.object({
  id: z.uuid(),
  checkpoint: z.union([z.uuid(), z.string().regex(/^\d{1,15}$/, 'must be a checkpoint’s id or a number')]),
});

export function historyRoutes(api: Api): void {
  api.route({
    method: 'get',
    path: '/reports/{id}/history',
    summary: 'Checkpoints of a report, newest first',
    query: page,
    problems: [],
    answers: { 200: listOf(checkpointRecord) },
    handle: async ({ runtime, principal, params, query }) => {
      await demand(runtime, principal, params.id, 'report.read');
      const items = await listCheckpoints(runtime.database.db, principal.workspaceId, params.id, {
        limit: query.limit + 1,
        after: query.after,
      });
      return { status: 200, body: pageOf(items, query.limit) };
    },
  });
  api.route({
    method: 'post',
    path: '/reports/{id}/history',
    summary: 'Name the present moment as a checkpoint',
    body: commands.nameCheckpoint,
    problems: ['id_taken'],
    answers: { 201: checkpointRecord },
    handle: async ({ runtime, principal, params, body }) => ({
      status: 201,
      body: await nameMoment(runtime, principal, params.id, body),
    }),
  });
  api.route({
    method: 'get',
    path: '/reports/{id}/history/{checkpoint}',
    summary: 'The text at a checkpoint, or after any number of its log, and who wrote each part of it',
    params: moment,
    problems: [],
    answers: { 200: momentRecord },
    handle: async ({ runtime, principal, params }) => {
      await demand(runtime, principal, params.id, 'report.read');
      const found = await findMoment(runtime, principal, params.id, params.checkpoint);
      return { status: 200, body: await viewMoment(runtime, principal, params.id, found) };
    },
  });
  api.route({
    method: 'post',
    path: '/reports/{id}/history/{checkpoint}/restore',
    summary:
      'Make the text say what it said then, as a new edit; `id` is for the checkpoint of what stood before',
    params: moment,
    body: commands.restoreCheckpoint,
    problems: ['id_taken'],
    answers: { 200: z.object({ before: checkpointRecord.nullable(), seq: z.int() }) },
    handle: async ({ runtime, principal, params, body }) => {
      await demand(runtime, principal, params.id, 'report.read');
      const { seq } = await findMoment(runtime, principal, params.id, params.checkpoint);
      return { status: 200, body: await restoreMoment(runtime, principal, params.id, { ...body, seq }) };
    },
  });
}
