/** A file that went out from here and comes back with answers. */
import { z } from 'zod';
import { AppError } from '#core/errors.ts';
import { readForImport } from '#server/commands/reports.ts';
import { joinReturned, summaryOf } from '#server/commands/returned.ts';
import { demand } from '#server/commands/access.ts';
import type { Api } from '#server/http/api.ts';
import { formOf, MAX_FORM_BYTES, readForm } from './import-form.ts';

/** The file says it all. */
const noFields = z.strictObject({});

const answer = z.object({
  repliesAdded: z.int(),
  threadsAdded: z.int(),
  suggestionsAdded: z.int(),
  textsChanged: z.int(),
  resolved: z.int(),
  reopened: z.int(),
  toPlace: z.array(
    z.object({ threadId: z.uuid(), quote: z.string(), author: z.string(), words: z.string() }),
  ),
  alreadyThere: z.int(),
  unreadable: z.array(z.string()),
  /** The counts in words. */
  summary: z.string(),
});

export function returnedRoutes(api: Api): void {
  api.route({
    method: 'post',
    path: '/reports/{id}/returned',
    summary:
      'Take back an exported Word or PDF file: its answers join their threads; the same file again changes nothing. With `preview=1` only what would come of it is told',
    query: z.strictObject({ preview: z.enum(['0', '1']).default('0') }),
    raw: { maxBytes: MAX_FORM_BYTES, takes: { 'multipart/form-data': formOf(noFields) } },
    problems: ['empty_text', 'undecodable', 'unsupported_kind', 'refused_content'],
    answers: { 200: answer },
    handle: async ({ runtime, principal, params, query, request, bytes }) => {
      await demand(runtime, principal, params.id, 'report.import');
      const file = await readForm(request.headers, bytes, noFields);
      const read = await readForImport(file, { signal: request.signal });
      if (read.kind !== 'docx' && read.kind !== 'pdf') {
        throw new AppError(
          'unsupported_kind',
          'A Word or PDF file that was exported from here can be taken back; annotations have a way of their own',
        );
      }
      const isPreview = query.preview === '1';
      const joined = await joinReturned(runtime, principal, params.id, {
        bytes: file.bytes,
        read,
        isPreview,
      });
      return {
        status: 200,
        body: {
          ...joined,
          toPlace: [...joined.toPlace],
          unreadable: [...joined.unreadable],
          summary: summaryOf(joined),
        },
      };
    },
  });
}
