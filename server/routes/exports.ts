/** Exports: of one report, of several, of all. */
import { z } from 'zod';
import { AppError } from '#core/errors.ts';
import { bundleSchema } from '#core/export/bundle.ts';
import { listReportIds } from '#db/queries/reports.ts';
import { demandInWorkspace } from '#server/commands/access.ts';
import { zipStream } from '#server/export/archive.ts';
import { attachmentHeader, exportFileName, inlineHeader } from '#server/export/file-name.ts';
import { exportQuery, optionsIn } from '#server/export/options.ts';
import { exportFormats } from '#server/export/formats.ts';
import { entriesOf, exported } from '#server/export/report-files.ts';
import type { Api, RawAnswer } from '#server/http/api.ts';
import type { Principal } from '#server/principal.ts';
import type { Runtime } from '#server/runtime.ts';

/** Ids in one address: more than this is "all". */
const MAX_CHOSEN = 200;

/** An export is a document of its own: nothing in it runs, whatever a browser makes of it. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; sandbox";

const nameHeader = 'What the file is called (RFC 6266)';
/** A bundle is the only one with a schema of ours. */
const fileTypes: RawAnswer['types'] = Object.fromEntries(
  Object.entries(exportFormats).map(([name, { mediaType }]) => [
    mediaType.split(';', 1)[0] ?? '',
    name === 'json' ? bundleSchema : null,
  ]),
);

export function exportRoutes(api: Api): void {
  api.route({
    method: 'get',
    path: '/reports/{id}/export',
    summary: `The annotated report as ${Object.keys(exportFormats).join(', ')}; what is desk only is in none of them. \`inline=1\`: to be shown and not kept`,
    query: exportQuery.extend({ inline: z.enum(['0', '1']).default('0') }),
    // Where the format's own limits are met.
    problems: ['too_large'],
    answers: { 200: { types: fileTypes, headers: { 'Content-Disposition': nameHeader } } },
    handle: async ({ runtime, principal, params, query }) => {
      const format = exportFormats[query.format];
      const { title, bytes } = await exported(runtime, principal, params.id, format, optionsIn(query));
      const name = exportFileName(title, format.extension);
      return new Response(bytes, {
        headers: {
          'content-type': format.mediaType,
          'content-disposition': query.inline === '1' ? inlineHeader(name) : attachmentHeader(name),
          'content-security-policy':
            query.inline === '1' ? `${POLICY}; frame-ancestors 'self'` : `${POLICY}; frame-ancestors 'none'`,
          ...(query.inline === '1' ? { 'x-frame-options': 'SAMEORIGIN' } : {}),
        },
      });
    },
  });
  api.route({
    method: 'get',
    path: '/export',
    summary: 'Several reports (`report=ID`, repeated) or all (`all=1`) as one zip; `x-reports` says how many',
    query: exportQuery.extend({
      report: z
        .union([z.uuid(), z.array(z.uuid()).max(MAX_CHOSEN)])
        .transform((ids) => [...new Set([ids].flat())])
        .default([]),
      all: z.enum(['0', '1']).default('0'),
    }),
    problems: [],
    answers: {
      200: {
        types: { 'application/zip': null },
        headers: { 'Content-Disposition': nameHeader, 'X-Reports': 'How many reports were asked for' },
      },
    },
    handle: async ({ runtime, principal, query }) => {
      const format = exportFormats[query.format];
      const ids = await chosenReports(runtime, principal, query);
      const entries = entriesOf(runtime, principal, ids, format, optionsIn(query));
      return new Response(zipStream(entries), {
        headers: {
          'content-type': 'application/zip',
          'content-disposition': attachmentHeader(`Reports.${format.extension}.zip`),
          'x-reports': String(ids.length),
        },
      });
    },
  });
}

async function chosenReports(
  { database }: Runtime,
  principal: Principal,
  { report, all }: { readonly report: readonly string[]; readonly all: '0' | '1' },
): Promise<readonly string[]> {
  if (all === '1') {
    if (report.length > 0) throw new AppError('invalid_input', 'all: not together with report');
    demandInWorkspace(principal, 'report.export');
    return listReportIds(database.db, principal.workspaceId);
  }
  if (report.length === 0) throw new AppError('invalid_input', 'report: name at least one, or say all=1');
  return report;
}
