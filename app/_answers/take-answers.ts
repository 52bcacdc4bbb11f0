/** Sends a file with answers to where its kind is taken, and says in one form what came of it. */
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

/** Throws a RequestProblem. */
export async function takeAnswers(reportId: string, file: File, sending: Sending): Promise<Taken> {
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
  toPlace: readonly { threadId: string; quote: string; author: string; words: string }[];
  unreadable: readonly string[];
}

async function returned(reportId: string, file: File, sending: Sending): Promise<Taken> {
  const body = new FormData();
  body.set('file', file, file.name);
  const address = `/api/v1/reports/${reportId}/returned`;
  const { summary, toPlace, unreadable } = await upload<ReturnedAnswer>(
    address,
    { body, type: null },
    sending,
  );
  const placeless = toPlace.map(({ threadId, quote, author, words: said }) => ({
    key: threadId,
    quote: quote === '' ? null : quote,
    author,
    words: said,
  }));
  return { summary, placeless, isKept: true, leftOut: unreadable };
}

interface AnnotationsAnswer {
  anchored: readonly unknown[];
  unanchored: readonly { index: number; quote: string | null; reason: string }[];
  unreadable: readonly string[];
}

async function annotations(reportId: string, file: File, sending: Sending): Promise<Taken> {
  const address = `/api/v1/reports/${reportId}/annotations`;
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
  return { summary, placeless, isKept: false, leftOut: unreadable };
}

/** Why a file was refused, in words; the server's own sentence where it says more. */
export function answersSentence(error: unknown): string {
  if (!(error instanceof RequestProblem)) return strings.ui.unknownError;
  return words.problems[error.code] ?? error.message;
}
