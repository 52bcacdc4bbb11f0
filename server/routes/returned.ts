/** A file that went out from here and comes back with answers. */
import { z } from 'zod';
import { AppError } from '#core/errors.ts';
import { MAX_IMPORT_BYTES } from '#core/limits.ts';
import { readForImport } from '#server/commands/reports.ts';
import { joinReturned, summaryOf } from '#server/commands/returned.ts';
import { demand } from '#server/commands/access.ts';
import type { Api } from '#server/http/api.ts';
import { mediaType } from '#server/http/input.ts';
import { readForm } from './reports.ts';

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

/** Boundaries and fields of a form around its file. */
const FORM_OVERHEAD = 64 * 1024;

export function returnedRoutes(api: Api): void {
  api.route({
    method: 'post',
    path: '/reports/{id}/returned',
    summary:
      'Take back an exported Word or PDF file: its answers join their threads; the same file again changes nothing',
    raw: { maxBytes: MAX_IMPORT_BYTES + FORM_OVERHEAD },
    answers: { 200: answer },
    handle: async ({ runtime, principal, params, request, bytes }) => {
      await demand(runtime, principal, params.id, 'report.import');
      if (mediaType(request.headers) !== 'multipart/form-data')
        throw new AppError('unsupported_media_type', 'content-type: send multipart/form-data with a file');
      const file = await readForm(request.headers, bytes);
      const read = await readForImport(file, { signal: request.signal });
      if (read.kind !== 'docx' && read.kind !== 'pdf') {
        throw new AppError(
          'unsupported_kind',
          'A Word or PDF file that was exported from here can be taken back; annotations have a way of their own',
        );
      }
      const joined = await joinReturned(runtime, principal, params.id, { bytes: file.bytes, read });
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
