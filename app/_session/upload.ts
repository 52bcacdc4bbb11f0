/**
 * Something large on its way to the server. It goes through XMLHttpRequest, the only way to know how far an upload is.
 * Answers come from our own API and are taken at their word.
 */
import { strings } from '../_strings/en.ts';
import { problemFrom, RequestProblem } from './request.ts';

/** How the sending is to be followed and stopped. */
export interface Sending {
  signal: AbortSignal;
  /** 0..1 of the sending, then null while the server works on it. */
  onProgress: (sent: number | null) => void;
}

export interface Upload {
  readonly body: FormData | Blob | string;
  /** Null: the body says it by itself. */
  readonly type: string | null;
}

/** Throws a RequestProblem; `cancelled` when the signal was aborted, which stops the server's work too. */
export function upload<T>(
  address: string,
  { body, type }: Upload,
  { signal, onProgress }: Sending,
): Promise<T> {
  if (signal.aborted) return Promise.reject(new RequestProblem('cancelled', 0, ''));
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', address);
    request.setRequestHeader('accept', 'application/json');
    if (type !== null) request.setRequestHeader('content-type', type);
    request.upload.onprogress = (event) =>
      onProgress(event.lengthComputable ? event.loaded / event.total : null);
    request.upload.onload = () => onProgress(null);
    request.onload = () => {
      const answer = answerOf(request);
      if (request.status >= 200 && request.status < 300) resolve(answer as T);
      else reject(problemFrom(request.status, answer));
    };
    request.onerror = () => reject(new RequestProblem('offline', 0, strings.ui.serverAway));
    request.onabort = () => reject(new RequestProblem('cancelled', 0, ''));
    signal.addEventListener('abort', () => request.abort(), { once: true });
    request.send(body);
  });
}

function answerOf(request: XMLHttpRequest): unknown {
  try {
    return JSON.parse(request.responseText) as unknown;
  } catch {
    return null;
  }
}
