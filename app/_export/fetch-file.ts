/**
 * An export on its way: counted as it comes, whole or not at all. A link that the browser follows would save what the
 * server answers, also a refusal; so it is fetched, and kept only when it is a file. The name is the server's, since
 * what is saved from memory has none.
 */
import { problemFrom, RequestProblem } from '../_session/request.ts';
import { exportWords as words } from '../_strings/en-export.ts';
import { countFiles } from './zip-progress.ts';

export interface FileProgress {
  of: 'reports' | 'bytes';
  done: number;
  /** Null: the server did not say. */
  all: number | null;
}

export interface ExportedFile {
  blob: Blob;
  name: string;
}

export interface Zip extends ExportedFile {
  reports: number;
}

interface Asking {
  signal: AbortSignal;
  onProgress: (progress: FileProgress) => void;
}

function nameIn({ headers }: Response): string {
  const disposition = headers.get('content-disposition') ?? '';
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition)?.[1];
  const plain = /filename="([^"]+)"/i.exec(disposition)?.[1];
  try {
    return encoded === undefined ? (plain ?? words.fileName) : decodeURIComponent(encoded);
  } catch {
    return plain ?? words.fileName;
  }
}

async function open(address: string, signal: AbortSignal): Promise<Response> {
  let answer: Response;
  try {
    answer = await fetch(address, { credentials: 'same-origin', signal });
  } catch (error) {
    if (signal.aborted) throw error;
    throw new RequestProblem('offline', 0, words.offline);
  }
  if (answer.ok) return answer;
  const body: unknown = await answer.json().catch(() => null);
  throw problemFrom(answer.status, body, answer.headers.get('retry-after'));
}

/** To look at. */
export async function fetchPage(address: string, signal: AbortSignal): Promise<string> {
  const answer = await open(address, signal);
  try {
    return await answer.text();
  } catch (error) {
    if (signal.aborted) throw error;
    throw new RequestProblem('offline', 0, words.cutOff);
  }
}

/** One report. It is made whole before the first byte leaves, so the length is known. */
export async function fetchFile(address: string, { signal, onProgress }: Asking): Promise<ExportedFile> {
  const answer = await open(address, signal);
  // What was packed for the way is shorter than what is counted here.
  const all = answer.headers.has('content-encoding') ? null : wholeNumber(answer, 'content-length');
  let done = 0;
  const chunks = await readAll(answer, signal, ({ length }) => {
    done += length;
    onProgress({ of: 'bytes', done, all });
  });
  const type = answer.headers.get('content-type') ?? '';
  return { blob: new Blob(chunks, { type }), name: nameIn(answer) };
}

/** Several. */
export async function fetchZip(address: string, { signal, onProgress }: Asking): Promise<Zip> {
  const answer = await open(address, signal);
  const all = wholeNumber(answer, 'x-reports');
  let last = 0;
  const count = countFiles((done) => {
    last = done;
    onProgress({ of: 'reports', done: all === null ? done : Math.min(done, all), all });
  });
  onProgress({ of: 'reports', done: 0, all });
  const chunks = await readAll(answer, signal, count);
  return {
    blob: new Blob(chunks, { type: 'application/zip' }),
    name: nameIn(answer),
    reports: all ?? last,
  };
}

function wholeNumber({ headers }: Response, name: string): number | null {
  const said = Number(headers.get(name) ?? Number.NaN);
  return Number.isInteger(said) ? said : null;
}

async function readAll(
  answer: Response,
  signal: AbortSignal,
  take: (chunk: Uint8Array) => void,
): Promise<Uint8Array<ArrayBuffer>[]> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  const reader = answer.body?.getReader();
  if (reader === undefined) throw new RequestProblem('offline', 0, words.cutOff);
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return chunks;
      take(value);
      chunks.push(value);
    }
  } catch (error) {
    if (signal.aborted) throw error;
    throw new RequestProblem('offline', 0, words.cutOff);
  }
}
