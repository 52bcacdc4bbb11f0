/** Failures as RFC 9457 problem documents: the only place where an error becomes an answer. */
import type { z } from 'zod';
import { AppError, isAppError, problemOf, type ErrorCode } from '#core/errors.ts';
import type { Log } from '#server/log.ts';
import type { Route } from './api.ts';

export const PROBLEM_TYPE = 'application/problem+json';

export function problemResponse(error: AppError, headers: Record<string, string> = {}): Response {
  const problem = problemOf(error);
  const retryAfter = error.extra['retryAfter'];
  const more = typeof retryAfter === 'number' ? { 'Retry-After': String(retryAfter) } : {};
  return new Response(JSON.stringify(problem), {
    status: problem.status,
    headers: { 'Content-Type': PROBLEM_TYPE, 'Cache-Control': 'no-store', ...more, ...headers },
  });
}

/** What was not meant to happen is told to the log, and to the client only that it happened. */
export function toAppError(error: unknown, log: Log, what: Record<string, unknown>): AppError {
  if (isAppError(error)) return error;
  log.error({ ...what, err: error }, 'a request failed');
  return new AppError('internal', 'Something went wrong here; it is in the log of the server');
}

/** What a request to the route may be refused for: what any such request may be, and what the route names. */
export function problemsOf({
  method,
  isPublic,
  query,
  body,
  raw,
  secret,
  problems = [],
}: Route): ErrorCode[] {
  const isWrite = method !== 'get';
  const hasBody = body !== undefined || raw !== undefined;
  const codes: (ErrorCode | false)[] = [
    !isPublic && 'unauthenticated',
    'forbidden',
    'not_found',
    isWrite && 'foreign_origin',
    isWrite && 'bad_request',
    isWrite && secret !== true && 'idempotency_mismatch',
    // The same request is still being answered.
    isWrite && secret !== true && 'conflict',
    hasBody && 'too_large',
    hasBody && 'unsupported_media_type',
    (hasBody || query !== undefined) && 'invalid_input',
    ...problems,
  ];
  return [...new Set(codes.filter((code) => code !== false))];
}

/** One place in a request and what is wrong there. */
export interface FieldError {
  path: string;
  message: string;
}

/** Enough to mend a request by; one with a hundred thousand wrong fields is told of no more. */
const MAX_ERRORS = 20;
const MAX_PATH_LENGTH = 200;

export function invalidInput(all: readonly FieldError[]): AppError {
  const errors = all.slice(0, MAX_ERRORS);
  const [first] = errors;
  const place = first === undefined || first.path === '' ? '' : `${first.path}: `;
  return new AppError('invalid_input', `${place}${first?.message ?? 'not valid'}`, { errors });
}

export function fieldErrors(error: z.ZodError): FieldError[] {
  return error.issues.flatMap((issue) => flatten(issue, []));
}

type Issue = z.core.$ZodIssue;

function flatten(issue: Issue, above: readonly PropertyKey[]): FieldError[] {
  const path = [...above, ...issue.path];
  if (issue.code === 'invalid_union') {
    const branch = nearestBranch(issue.errors);
    if (branch !== null) return branch.flatMap((inner) => flatten(inner, path));
  }
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: written([...path, key]), message: 'unknown field' }));
  }
  return [{ path: written(path), message: sentence(issue) }];
}

/** Of a union, the form that was most likely meant: the one with the fewest complaints. Null: no form came near. */
function nearestBranch(branches: readonly Issue[][]): Issue[] | null {
  const near = branches.filter(
    (issues) => !issues.some((issue) => issue.code === 'invalid_type' && issue.path.length === 0),
  );
  return near.toSorted((a, b) => weight(a) - weight(b))[0] ?? null;
}

function weight(issues: readonly Issue[]): number {
  return issues.reduce(
    (sum, issue) => sum + (issue.code === 'unrecognized_keys' ? 2 * issue.keys.length : 1),
    0,
  );
}

function written(path: readonly PropertyKey[]): string {
  const whole = path.map(String).join('.');
  return whole.length > MAX_PATH_LENGTH ? `${whole.slice(0, MAX_PATH_LENGTH)}…` : whole;
}

/** Names the limit in words; zod's own sentence where it is clear. */
function sentence(issue: Issue): string {
  const unit = (origin: string, count: number | bigint): string => {
    const noun = origin === 'string' ? 'character' : origin === 'array' || origin === 'set' ? 'item' : '';
    return noun === '' ? String(count) : `${count} ${noun}${Number(count) === 1 ? '' : 's'}`;
  };
  switch (issue.code) {
    case 'too_big':
      return `must have at most ${unit(issue.origin, issue.maximum)}`.replace(
        'have ',
        issue.origin === 'number' || issue.origin === 'int' ? 'be ' : 'have ',
      );
    case 'too_small':
      return `must have at least ${unit(issue.origin, issue.minimum)}`.replace(
        'have ',
        issue.origin === 'number' || issue.origin === 'int' ? 'be ' : 'have ',
      );
    case 'invalid_value':
      return `must be one of ${issue.values.map(String).join(', ')}`;
    case 'invalid_type':
      return issue.input === undefined && /undefined/.test(issue.message)
        ? 'is missing'
        : `must be ${issue.expected}`;
    default:
      return issue.message;
  }
}
