/** The body of an import: one file in a form, JSON with a text or an address, a JSON bundle, or annotations. */
import { z } from 'zod';
import * as commands from '#core/commands.ts';
import type { ErrorCode } from '#core/errors.ts';
import { bundleSchema } from '#core/export/bundle.ts';
import type { AddressInput } from '#server/commands/import-address.ts';
import type { SourceInput } from '#server/commands/reports.ts';
import type { RawBody } from '#server/http/api.ts';
import { mediaType, parseBody, parseJson } from '#server/http/input.ts';
import { holdsAnnotations } from '#server/import/annotations/read.ts';
import { formOf, importFields, MAX_FORM_BYTES, readForm } from './import-form.ts';

/** Only what tells annotations from everything else; the model's rules are in server/import/annotations. */
export const annotationsBody = z
  .union([
    z
      .looseObject({ '@context': z.unknown() })
      .describe('W3C Web Annotations as JSON-LD: one, or a collection'),
    z.looseObject({ type: z.unknown() }).describe('A W3C Web Annotation without its context'),
    z.looseObject({ uri: z.string(), user: z.string() }).describe('An annotation of the Hypothesis API'),
    z.looseObject({ rows: z.array(z.unknown()) }).describe('A page of the Hypothesis API'),
    z.looseObject({ annotations: z.array(z.unknown()) }).describe('What the Hypothesis client exports'),
    z.array(z.unknown()).describe('Several annotations of either kind'),
  ])
  .describe('Annotations of others; sent again they make nothing twice');

export const importBody = {
  maxBytes: MAX_FORM_BYTES,
  takes: {
    'multipart/form-data': formOf(importFields),
    'application/json': z.union([commands.importReport, bundleSchema, annotationsBody]),
    'application/ld+json': annotationsBody,
  },
} as const satisfies RawBody;

/** What a source is refused for. */
export const importProblems = [
  'empty_text',
  'undecodable',
  'unsupported_kind',
  'refused_content',
  'address_refused',
  'address_unreachable',
] as const satisfies readonly ErrorCode[];

export async function readImport(
  headers: Headers,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<SourceInput | AddressInput> {
  if (mediaType(headers) === 'multipart/form-data') return readForm(headers, bytes, importFields);
  const value = parseJson(headers, bytes);
  if (isBundle(value)) return { bytes, name: null, declared: 'file' };
  if (holdsAnnotations(value)) return { bytes, name: null, declared: 'annotations' };
  const input = parseBody(commands.importReport, value);
  if ('url' in input) return input;
  const options = {
    id: input.id,
    title: input.title,
    purpose: input.purpose,
    genre: input.genre,
    name: null,
  };
  if ('text' in input) return { ...options, bytes: encode(input.text), declared: 'text' };
  if ('markdown' in input) return { ...options, bytes: encode(input.markdown), declared: 'markdown' };
  return { ...options, bytes: encode(input.html), declared: 'html' };
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function isBundle(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'format' in value && value.format === 'proofdesk';
}
