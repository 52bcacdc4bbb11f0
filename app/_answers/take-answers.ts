/** Sends a file with answers to where its kind is taken, and says in one form what came of it, or would. */
import { tooLarge } from '../_import/send-source.ts';
import { RequestProblem } from '../_session/request.ts';
import { upload, type Sending } from '../_session/upload.ts';
import { answersWords as words } from '../_strings/en-answers.ts';
import { strings } from '../_strings/en.ts';

/** What found no words to stand on. */
export interface Placeless {
  readonly key: string;
  readonly quote: string | null;
  readonly author: string | null;
  /** What it says, or why it has no place. */
  readonly words: string;
}

export interface Taken {
  /** Whether anything of it is new here. */
  readonly hasNews: boolean;
  /** "4 replies added, 1 to place". */
  readonly summary: string;
  readonly placeless: readonly Placeless[];
  /** Whether those without a place were kept, as threads about the report. */
  readonly isKept: boolean;
  /** Sentences on what was not understood. */
  readonly leftOut: readonly string[];
}

/** Enough to see what a file begins with, after a byte-order mark and some blanks. */
const HEAD_BYTES = 256;

/** Only looked at: nothing of it is kept. */
const PREVIEW = '?preview=1';

/** What would come of the file. Throws a RequestProblem. */
export function lookAtAnswers(reportId: string, file: File, sending: Sending): Promise<Taken> {
  return sendAnswers(reportId, file, { ...sending, query: PREVIEW });
}

/** Throws a RequestProblem. */
export function takeAnswers(reportId: string, file: File, sending: Sending): Promise<Taken> {
  return sendAnswers(reportId, file, { ...sending, query: '' });
}

interface SendingAnswers extends Sending {
  readonly query: string;
}

async function sendAnswers(reportId: string, file: File, sending: SendingAnswers): Promise<Taken> {
  const problem = tooLarge(file);
  if (problem !== null) throw problem;
  return (await isJson(file)) ? annotations(reportId, file, sending) : returned(reportId, file, sending);
}

async function isJson(file: File): Promise<boolean> {
  const head = await file.slice(0, HEAD_BYTES).text();
  return /^[\ufeff\s]*[{[]/.test(head);
}

interface ReturnedAnswer {
  summary: string;
  repliesAdded: number;
  threadsAdded: number;
  suggestionsAdded: number;
  textsChanged: number;
  resolved: number;
  reopened: number;
  toPlace: readonly { threadId: string; quote: string; author: string; words: string }[];
  unreadable: readonly string[];
}

async function returned(reportId: string, file: File, { query, ...sending }: SendingAnswers): Promise<Taken> {
  const body = new FormData();
  body.set('file', file, file.name);
  const address = `/api/v1/reports/${reportId}/returned${query}`;
  const answer = await upload<ReturnedAnswer>(address, { body, type: null }, sending);
  const { summary, toPlace, unreadable } = answer;
  const { repliesAdded, threadsAdded, suggestionsAdded, textsChanged, resolved, reopened } = answer;
  const changes = [repliesAdded, threadsAdded, suggestionsAdded, textsChanged, resolved, reopened];
  const hasNews = changes.some((count) => count > 0);
  const placeless = toPlace.map(({ threadId, quote, author, words: said }) => ({
    key: threadId,
    quote: quote === '' ? null : quote,
    author,
    words: said,
  }));
  return { hasNews, summary, placeless, isKept: true, leftOut: unreadable };
}

interface AnnotationsAnswer {
  anchored: readonly unknown[];
  unanchored: readonly { index: number; quote: string | null; reason: string }[];
  unreadable: readonly string[];
}

async function annotations(
  reportId: string,
  file: File,
  { query, ...sending }: SendingAnswers,
): Promise<Taken> {
  const address = `/api/v1/reports/${reportId}/annotations${query}`;
  const { anchored, unanchored, unreadable } = await upload<AnnotationsAnswer>(
    address,
    { body: file, type: 'application/json' },
    sending,
  );
  const placeless = unanchored.map(({ index, quote, reason }) => ({
    key: String(index),
    quote,
    author: null,
    words: reason,
  }));
  const summary = words.onWords(anchored.length, unanchored.length);
  return { hasNews: anchored.length > 0, summary, placeless, isKept: false, leftOut: unreadable };
}

/** Why a file was refused, in words; the server's own sentence where it says more. */
export function answersSentence(error: unknown): string {
  if (!(error instanceof RequestProblem)) return strings.ui.unknownError;
  return words.problems[error.code] ?? error.message;
}
