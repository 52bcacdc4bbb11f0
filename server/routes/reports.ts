/** Reports: the list, import, one report, its text, its activity. */
import { z } from 'zod';
import * as commands from '#core/commands.ts';
import { reportStatuses, roles } from '#core/domain/words.ts';
import { MAX_QUERY_LENGTH } from '#core/limits.ts';
import { activityRecord, reportRecord, sourcePageRecord } from '#core/records.ts';
import { flatten } from '#core/text/flatten.ts';
import { BODY_ROOT } from '#core/text/schema.ts';
import { documentEpoch } from '#db/queries/document-log.ts';
import { readAudit } from '#db/queries/log.ts';
import { loadPeople } from '#db/queries/people.ts';
import { getReport, listReports } from '#db/queries/reports.ts';
import { demand, demandInWorkspace } from '#server/commands/access.ts';
import {
  changeReport,
  importReport,
  readForImport,
  removeReport,
  restoreReport,
  type SourceInput,
} from '#server/commands/reports.ts';
import { fetchSource, importAddress, type AddressInput } from '#server/commands/import-address.ts';
import { setReportRole } from '#server/commands/report-roles.ts';
import { listOf, page, pageOf, type Api } from '#server/http/api.ts';
import { importPreview, noteCounts, previewOf } from '#server/import/preview.ts';
import type { Reading } from '#server/import/source.ts';
import type { Principal } from '#server/principal.ts';
import type { Runtime } from '#server/runtime.ts';
import { readSourcePages } from '#server/views/source-pages.ts';
import { importBody, importProblems, readImport } from './import-body.ts';

/** What an import answers: the report, what stood beside its text, and what was not understood, in sentences. */
const importedReport = reportRecord.extend({
  notes: noteCounts,
  unreadable: z.array(z.string()),
});

export function reportRoutes(api: Api): void {
  api.route({
    method: 'get',
    path: '/reports',
    summary: 'Reports of the workspace, last changed first',
    query: page.extend({
      q: z.string().max(MAX_QUERY_LENGTH).optional(),
      status: z.enum(reportStatuses).optional(),
    }),
    answers: { 200: listOf(reportRecord) },
    handle: async ({ runtime, principal, query }) => {
      const items = await listReports(runtime.database.db, principal.workspaceId, {
        query: query.q,
        status: query.status,
        limit: query.limit + 1,
        after: query.after,
      });
      return { status: 200, body: pageOf(items, query.limit) };
    },
  });
  api.route({
    method: 'post',
    path: '/reports',
    summary: 'Import a report: a file as multipart/form-data, or JSON with text, markdown, html or url',
    ability: 'report.import',
    raw: importBody,
    problems: [...importProblems, 'id_taken'],
    answers: { 201: importedReport },
    handle: async (asked) => {
      const { runtime, principal, request, bytes } = asked;
      const input = await readImport(request.headers, bytes);
      const reading = readingOf(asked, input);
      const report =
        'url' in input
          ? await importAddress(runtime, principal, input, reading)
          : await importReport(runtime, principal, input, reading);
      return { status: 201, body: report };
    },
  });
  api.route({
    method: 'post',
    path: '/reports/preview',
    summary: 'What an import would bring, with the same body; nothing is kept',
    ability: 'report.import',
    raw: importBody,
    problems: importProblems,
    answers: { 200: importPreview },
    handle: async (asked) => {
      const { runtime, request, bytes } = asked;
      const input = await readImport(request.headers, bytes);
      const reading = readingOf(asked, input);
      const read =
        'url' in input
          ? (await fetchSource(runtime, input, reading)).read
          : await readForImport(input, reading);
      return { status: 200, body: previewOf(read) };
    },
  });
  oneReport(api);
  api.route({
    method: 'get',
    path: '/reports/{id}/text',
    summary: 'The text, blocks joined by a line feed; selectors count UTF-16 units in exactly this',
    problems: [],
    answers: { 200: { types: { 'text/plain': null } } },
    handle: async ({ runtime, principal, params }) => {
      await demand(runtime, principal, params.id, 'report.read');
      const ref = { workspaceId: principal.workspaceId, reportId: params.id };
      const text = await runtime.rooms.read(ref, (doc) => flatten(doc.getXmlFragment(BODY_ROOT)).text);
      return new Response(text, { headers: { 'content-type': 'text/plain; charset=utf-8' } });
    },
  });
  api.route({
    method: 'get',
    path: '/reports/{id}/pages',
    summary: 'The pages of a source that has pages (a PDF), and where in the text each begins',
    answers: { 200: listOf(sourcePageRecord) },
    handle: async ({ runtime, principal, params }) => {
      await demand(runtime, principal, params.id, 'report.read');
      const ref = { workspaceId: principal.workspaceId, reportId: params.id };
      return { status: 200, body: { items: await readSourcePages(runtime, ref), next: null } };
    },
  });
  sharing(api);
  activity(api);
}

function oneReport(api: Api): void {
  api.route({
    method: 'get',
    path: '/reports/{id}',
    summary: 'One report; `epoch` is its document’s, for `/sync`',
    answers: { 200: reportRecord.extend({ epoch: z.int() }) },
    handle: async ({ runtime, principal, params }) => {
      await demand(runtime, principal, params.id, 'report.read');
      const { db } = runtime.database;
      const report = await getReport(db, principal.workspaceId, params.id);
      return { status: 200, body: { ...report, epoch: await documentEpoch(db, params.id) } };
    },
  });
  api.route({
    method: 'patch',
    path: '/reports/{id}',
    summary: 'Rename, lock or unlock, or set the status of a report',
    body: commands.changeReport,
    answers: { 200: reportRecord },
    handle: async ({ runtime, principal, params, body }) => ({
      status: 200,
      body: await changeReport(runtime, principal, params.id, body),
    }),
  });
  api.route({
    method: 'delete',
    path: '/reports/{id}',
    summary: 'Delete a report; it can be restored',
    answers: { 204: null },
    handle: async ({ runtime, principal, params }) => {
      await removeReport(runtime, principal, params.id);
      return { status: 204 };
    },
  });
  api.route({
    method: 'post',
    path: '/reports/{id}/restore',
    summary: 'Bring a deleted report back',
    answers: { 200: reportRecord },
    handle: async ({ runtime, principal, params }) => ({
      status: 200,
      body: await restoreReport(runtime, principal, params.id),
    }),
  });
}

const reportRole = z.object({ reportId: z.uuid(), memberId: z.uuid(), role: z.enum(roles) });

function sharing(api: Api): void {
  api.route({
    method: 'put',
    path: '/reports/{id}/roles/{memberId}',
    summary: 'Give a member a role for this report; the higher of it and the workspace’s counts',
    body: commands.changeMember,
    answers: { 200: reportRole },
    handle: async ({ runtime, principal, params, body }) => {
      await setReportRole(runtime, principal, params.id, params.memberId, body.role);
      return { status: 200, body: { reportId: params.id, memberId: params.memberId, role: body.role } };
    },
  });
  api.route({
    method: 'delete',
    path: '/reports/{id}/roles/{memberId}',
    summary: 'Take the role for this report back',
    answers: { 204: null },
    handle: async ({ runtime, principal, params }) => {
      await setReportRole(runtime, principal, params.id, params.memberId, null);
      return { status: 204 };
    },
  });
}

const auditPage = z.strictObject({
  limit: page.shape.limit,
  after: z.coerce.number().int().min(0).optional(),
});

function activity(api: Api): void {
  api.route({
    method: 'get',
    path: '/reports/{id}/activity',
    summary: 'Who did what in a report, oldest first',
    query: auditPage,
    answers: { 200: listOf(activityRecord) },
    handle: async ({ runtime, principal, params, query }) => {
      await demand(runtime, principal, params.id, 'report.read');
      return { status: 200, body: await readActivity(runtime, principal, query, params.id) };
    },
  });
  api.route({
    method: 'get',
    path: '/audit',
    summary: 'Who did what in the workspace, oldest first',
    query: auditPage,
    answers: { 200: listOf(activityRecord) },
    handle: async ({ runtime, principal, query }) => {
      demandInWorkspace(principal, 'audit.read');
      return { status: 200, body: await readActivity(runtime, principal, query) };
    },
  });
}

async function readActivity(
  runtime: Runtime,
  principal: Principal,
  query: z.infer<typeof auditPage>,
  reportId?: string,
) {
  const { db } = runtime.database;
  const rows = await readAudit(db, principal.workspaceId, {
    limit: query.limit + 1,
    ...(query.after === undefined ? {} : { after: query.after }),
    ...(reportId === undefined ? {} : { reportId }),
  });
  const people = await loadPeople(db, principal.workspaceId);
  const shown = rows.slice(0, query.limit);
  return {
    items: shown.map((row) => ({
      seq: row.seq,
      verb: row.verb,
      actor: people.maybe(row.actorId),
      subject: { type: row.subjectType, id: row.subjectId },
      reportId: row.reportId,
      at: row.at.toISOString(),
      before: row.before,
      after: row.after,
    })),
    next: rows.length > query.limit ? String(shown.at(-1)?.seq ?? '') : null,
  };
}

interface Asked {
  readonly runtime: Runtime;
  readonly principal: Principal;
  readonly request: Request;
}

/** Who imports hears how far it is if the request has an id to tell it by; a closed connection ends the reading. */
function readingOf({ runtime, principal, request }: Asked, { id }: SourceInput | AddressInput): Reading {
  const { signal } = request;
  if (id === undefined) return { signal };
  return { signal, onStep: (at) => runtime.events.importProgressed(principal, { importId: id, at }) };
}
