/**
 * The form of an import: one file and what may be said of it. Its parts are counted before they are read: a reader of
 * forms makes an object of each, and a body of 20 MB has room for a hundred thousand.
 */
import { MIMEType } from 'node:util';
import { z } from 'zod';
import { reportGenres, reportPurposes } from '#core/domain/words.ts';
import { AppError } from '#core/errors.ts';
import { MAX_IMPORT_BYTES, MAX_TITLE_LENGTH } from '#core/limits.ts';
import type { SourceInput } from '#server/commands/reports.ts';
import { parse } from '#server/http/input.ts';

/** What may be said of a file that is imported. */
export const importFields = z.strictObject({
  id: z.uuid().optional(),
  title: z.string().trim().min(1).max(MAX_TITLE_LENGTH).optional(),
  purpose: z.enum(reportPurposes).optional(),
  genre: z.enum(reportGenres).optional(),
});

/** The form as the OpenAPI document describes it. */
export function formOf<T extends z.ZodRawShape>(fields: z.ZodObject<T>): z.ZodType {
  return fields.extend({ file: z.file().max(MAX_IMPORT_BYTES) });
}

/** The file, and boundaries and fields around it. */
export const MAX_FORM_BYTES = MAX_IMPORT_BYTES + 64 * 1024;
/** Every field once, the file, and a few that somebody's program adds and is told of. */
const MAX_PARTS = 16;

/** A form with one file and `allowed` fields beside it. */
export async function readForm<T extends z.ZodRawShape>(
  headers: Headers,
  bytes: Uint8Array<ArrayBuffer>,
  allowed: z.ZodObject<T>,
): Promise<SourceInput & z.output<z.ZodObject<T>>> {
  const type = headers.get('content-type') ?? '';
  refuseManyParts(type, bytes);
  const form = await new Response(bytes, { headers: { 'content-type': type } }).formData().catch(() => {
    throw new AppError('bad_request', 'The form is malformed or was cut off');
  });
  const [file, more] = form.getAll('file');
  if (!(file instanceof File))
    throw new AppError('invalid_input', 'file: a form needs one file in the field "file"');
  if (more !== undefined) throw new AppError('invalid_input', 'file: one file a request');
  if (file.size > MAX_IMPORT_BYTES) {
    throw new AppError('too_large', `file: at most ${MAX_IMPORT_BYTES} bytes, this has ${file.size}`);
  }
  const fields = Object.fromEntries([...form.entries()].filter(([name]) => name !== 'file'));
  const options = parse(allowed, fields);
  return {
    ...options,
    bytes: new Uint8Array(await file.arrayBuffer()),
    name: file.name.replaceAll(/\p{Cc}/gu, '').trim() || null,
    declared: 'file',
  };
}

function refuseManyParts(type: string, bytes: Uint8Array<ArrayBuffer>): void {
  const line = Buffer.from(`--${boundaryIn(type)}`);
  const body = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // The last one ends the form.
  for (let at = body.indexOf(line), count = 0; at >= 0; at = body.indexOf(line, at + line.length)) {
    count += 1;
    if (count > MAX_PARTS + 1)
      throw new AppError('invalid_input', `A form may have ${MAX_PARTS} parts at most`);
  }
}

function boundaryIn(type: string): string {
  try {
    // By the same rules as the reader of forms goes by.
    const boundary = new MIMEType(type).params.get('boundary');
    if (boundary !== null && boundary !== '') return boundary;
  } catch {
    // No media type; the same to whoever sent it.
  }
  throw new AppError('bad_request', 'content-type: a form needs its boundary');
}
