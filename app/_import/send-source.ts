/** One source on its way to the server, to be looked at or to be kept. Aborting stops the reading there too. */
import { MAX_IMPORT_BYTES } from '#core/limits.ts';
import type { ReportPurpose } from '#core/domain/words.ts';
import type { ReportRecord } from '#core/records.ts';
import { RequestProblem } from '../_session/request.ts';
import { upload, type Sending, type Upload } from '../_session/upload.ts';
import { importWords as words } from '../_strings/en-import.ts';
import { strings } from '../_strings/en.ts';
import type { ImportSource } from './pasted.ts';

/** What a source brings besides its text. */
export interface BroughtNotes {
  threads: number;
  claims: number;
  suggestions: number;
}

/** What was found in a source that is not kept yet. */
export interface ImportPreview {
  kind: string;
  title: string;
  wordCount: number;
  /** The first paragraphs, with line feeds between them. */
  excerpt: string;
  figures: number;
  meta: {
    byline: string | null;
    publishedAt: string | null;
    language: string | null;
    canonicalUrl: string | null;
    publisher: string | null;
  } | null;
  notes: BroughtNotes;
  /** Sentences on what was not understood. */
  unreadable: readonly string[];
}

export type ImportedReport = ReportRecord & { notes: BroughtNotes; unreadable: readonly string[] };

/** `id` is made here: sent again after a lost answer, nothing is made twice. */
export interface ImportFields {
  id: string;
  purpose: ReportPurpose;
  title?: string;
}

/** By the `id` the server tells how far it is. */
export function lookAt(source: ImportSource, id: string, sending: Sending): Promise<ImportPreview> {
  return send<ImportPreview>('/api/v1/reports/preview', source, { id }, sending);
}

const noNotes: BroughtNotes = { threads: 0, claims: 0, suggestions: 0 };

/** The answer to an import that was done before says no more than the report. */
export async function importSource(
  source: ImportSource,
  { id, purpose, title }: ImportFields,
  sending: Sending,
): Promise<ImportedReport> {
  const fields = { id, purpose, ...(title === undefined ? {} : { title }) };
  const report = await send<ReportRecord & Partial<ImportedReport>>(
    '/api/v1/reports',
    source,
    fields,
    sending,
  );
  return { ...report, notes: report.notes ?? noNotes, unreadable: report.unreadable ?? [] };
}

type Fields = Readonly<Record<string, string>>;

function bodyOf(source: ImportSource, fields: Fields): Upload {
  if (source.kind !== 'file')
    return { body: JSON.stringify({ ...contentOf(source), ...fields }), type: 'application/json' };
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  form.set('file', source.file, source.file.name);
  return { body: form, type: null };
}

function contentOf(source: Exclude<ImportSource, { kind: 'file' }>): Fields {
  if (source.kind === 'url') return { url: source.url };
  return source.kind === 'html' ? { html: source.html } : { text: source.text };
}

/** Said before anything is sent; null: it is not. */
export function tooLarge({ size }: File): RequestProblem | null {
  if (size <= MAX_IMPORT_BYTES) return null;
  const limit = Math.floor(MAX_IMPORT_BYTES / 1024 / 1024);
  return new RequestProblem('too_large', 413, words.tooLarge(limit));
}

function send<T>(address: string, source: ImportSource, fields: Fields, sending: Sending): Promise<T> {
  const problem = source.kind === 'file' ? tooLarge(source.file) : null;
  if (problem !== null) return Promise.reject(problem);
  return upload<T>(address, bodyOf(source, fields), sending);
}

/** Why a source was refused, in words; the server's own sentence where it says more. */
export function importSentence(error: unknown): string {
  if (!(error instanceof RequestProblem)) return strings.ui.unknownError;
  return words.problems[error.code] ?? error.message;
}

/** Whether sending the same again could end otherwise. */
export function mayPass(error: unknown): boolean {
  if (!(error instanceof RequestProblem)) return true;
  const { code, status } = error;
  return (
    code === 'offline' || code === 'unauthenticated' || status === 404 || status === 429 || status >= 500
  );
}
