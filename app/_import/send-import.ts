/**
 * One import on its way. A file goes as multipart through XMLHttpRequest, the only way to know how far an upload
 * is; text goes as JSON. `onProgress` gets 0..1 of the sending, then null while the server reads.
 */
import { MAX_IMPORT_BYTES } from '#core/limits.ts';
import type { ReportPurpose } from '#core/domain/words.ts';
import type { ReportRecord } from '#core/records.ts';
import { problemFrom, RequestProblem } from '../_session/request.ts';
import { importStrings } from '../_strings/en-home.ts';
import { strings } from '../_strings/en.ts';

export type ImportSource =
  | { kind: 'file'; file: File }
  | { kind: 'text'; text: string }
  | { kind: 'html'; html: string };

export interface ImportOrder {
  source: ImportSource;
  title: string;
  purpose: ReportPurpose;
  onProgress: (sent: number | null) => void;
  signal: AbortSignal;
}

function bodyOf({ source, title, purpose }: ImportOrder): { body: FormData | string; type: string | null } {
  if (source.kind === 'file') {
    const form = new FormData();
    if (title !== '') form.set('title', title);
    form.set('purpose', purpose);
    form.set('file', source.file, source.file.name);
    return { body: form, type: null };
  }
  const content = source.kind === 'html' ? { html: source.html } : { text: source.text };
  return {
    body: JSON.stringify({ ...content, purpose, ...(title === '' ? {} : { title }) }),
    type: 'application/json',
  };
}

function answerOf(request: XMLHttpRequest): unknown {
  try {
    return JSON.parse(request.responseText) as unknown;
  } catch {
    return null;
  }
}

export function sendImport(order: ImportOrder): Promise<ReportRecord> {
  const { source, onProgress, signal } = order;
  if (source.kind === 'file' && source.file.size > MAX_IMPORT_BYTES) {
    const limit = Math.floor(MAX_IMPORT_BYTES / 1024 / 1024);
    return Promise.reject(new RequestProblem('too_large', 413, importStrings.tooLarge(limit)));
  }
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const { body, type } = bodyOf(order);
    request.open('POST', '/api/v1/reports');
    request.setRequestHeader('accept', 'application/json');
    if (type !== null) request.setRequestHeader('content-type', type);
    request.upload.onprogress = (event) =>
      onProgress(event.lengthComputable ? event.loaded / event.total : null);
    request.upload.onload = () => onProgress(null);
    request.onload = () => {
      const answer = answerOf(request);
      if (request.status >= 200 && request.status < 300) resolve(answer as ReportRecord);
      else reject(problemFrom(request.status, answer));
    };
    request.onerror = () => reject(new RequestProblem('offline', 0, strings.ui.serverAway));
    request.onabort = () => reject(new RequestProblem('cancelled', 0, ''));
    signal.addEventListener('abort', () => request.abort());
    request.send(body);
  });
}

/** Why an import was refused, in words; the server's own sentence where it says more. */
export function importSentence(error: unknown): string {
  if (!(error instanceof RequestProblem)) return strings.ui.unknownError;
  if (error.code === 'too_large' || error.code === 'invalid_input') return error.message;
  return importStrings.problems[error.code] ?? error.message;
}
