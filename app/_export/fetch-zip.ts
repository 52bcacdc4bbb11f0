/**
 * A zip of reports on its way: counted as it comes, whole or not at all. The name is the server's, since a file that
 * is saved from memory has none.
 */
import { problemFrom, RequestProblem } from '../_session/request.ts';
import { exportWords as words } from '../_strings/en-export.ts';
import { countFiles } from './zip-progress.ts';

export interface ZipProgress {
  done: number;
  /** Null: the server did not say. */
  all: number | null;
}

export interface Zip {
  blob: Blob;
  name: string;
  reports: number;
}

function nameIn(disposition: string | null): string {
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition ?? '')?.[1];
  const plain = /filename="([^"]+)"/i.exec(disposition ?? '')?.[1];
  try {
    return encoded === undefined ? (plain ?? words.zipName) : decodeURIComponent(encoded);
  } catch {
    return plain ?? words.zipName;
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

export async function fetchZip(
  address: string,
  { signal, onProgress }: { signal: AbortSignal; onProgress: (progress: ZipProgress) => void },
): Promise<Zip> {
  const answer = await open(address, signal);
  const said = Number(answer.headers.get('x-reports') ?? Number.NaN);
  const all = Number.isInteger(said) ? said : null;
  let last = 0;
  const count = countFiles((done) => {
    last = done;
    onProgress({ done: all === null ? done : Math.min(done, all), all });
  });
  onProgress({ done: 0, all });
  const chunks = await readAll(answer, count, signal);
  const reports = all ?? last;
  return {
    blob: new Blob(chunks, { type: 'application/zip' }),
    name: nameIn(answer.headers.get('content-disposition')),
    reports,
  };
}

async function readAll(
  answer: Response,
  take: (chunk: Uint8Array) => void,
  signal: AbortSignal,
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
