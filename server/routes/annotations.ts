/** Annotations of others, put on a report that is there. */
import { z } from 'zod';
import { AppError } from '#core/errors.ts';
import { MAX_IMPORT_BYTES } from '#core/limits.ts';
import { anchorRecord } from '#core/records.ts';
import { addAnnotations } from '#server/commands/annotations.ts';
import type { Api } from '#server/http/api.ts';
import { decodeText } from '#server/import/charset.ts';
import { annotationsBody } from './import-body.ts';

const answer = z.object({
  anchored: z.array(
    z.object({
      id: z.string(),
      index: z.int(),
      kind: z.enum(['claim', 'thread', 'suggestion']),
      claimId: z.uuid().nullable(),
      threadId: z.uuid().nullable(),
      anchor: anchorRecord.nullable(),
    }),
  ),
  unanchored: z.array(
    z.object({ id: z.string(), index: z.int(), quote: z.string().nullable(), reason: z.string() }),
  ),
  /** What of the file was left out, in sentences. */
  unreadable: z.array(z.string()),
});

export function annotationRoutes(api: Api): void {
  api.route({
    method: 'post',
    path: '/reports/{id}/annotations',
    summary:
      'Put W3C or Hypothesis annotations on a report; answers which have a place in it and which have none. With `preview=1` nothing is kept',
    query: z.strictObject({ preview: z.enum(['0', '1']).default('0') }),
    raw: {
      maxBytes: MAX_IMPORT_BYTES,
      takes: { 'application/ld+json': annotationsBody, 'application/json': annotationsBody },
    },
    problems: ['undecodable'],
    answers: { 200: answer, 201: answer },
    handle: async ({ runtime, principal, params, query, bytes }) => {
      const file = { source: readJsonText(bytes), isPreview: query.preview === '1' };
      const { answer: body, isNew } = await addAnnotations(runtime, principal, params.id, file);
      return isNew ? { status: 201, body } : { status: 200, body };
    },
  });
}

function readJsonText(bytes: Uint8Array): string {
  const decoded = decodeText(bytes);
  if (decoded === null) throw new AppError('undecodable', 'The body is not text in a known encoding');
  return decoded.text.replace(/^\ufeff/, '');
}
