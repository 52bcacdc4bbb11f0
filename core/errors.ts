/**
 * The one list of what can go wrong on purpose. A code is stable: clients, tests and logs rely on it.
 * Thrown anywhere, caught only at the edges (route, socket, job, command line), where it becomes an HTTP
 * status, a close code or a sentence. Recognise by `code`, never by `instanceof`: a module may be loaded twice.
 */
export const errorCodes = {
  bad_request: { status: 400, title: 'The request is malformed' },
  unauthenticated: { status: 401, title: 'Not signed in' },
  bad_credentials: { status: 401, title: 'E-mail address or password is wrong' },
  forbidden: { status: 403, title: 'Your role does not allow this' },
  own_verdict: { status: 403, title: 'You proposed this verdict yourself' },
  own_rationale: { status: 403, title: 'You wrote in the rationale of this verdict' },
  foreign_origin: { status: 403, title: 'The request comes from another site' },
  not_found: { status: 404, title: 'Not found' },
  method_not_allowed: { status: 405, title: 'The method does not fit this address' },
  conflict: { status: 409, title: 'Somebody else changed this meanwhile' },
  id_taken: { status: 409, title: 'The id is already used by something else' },
  idempotency_mismatch: { status: 409, title: 'The Idempotency-Key was used for another request' },
  email_taken: { status: 409, title: 'A member with this e-mail address exists' },
  last_owner: { status: 409, title: 'A workspace keeps at least one owner' },
  report_locked: { status: 409, title: 'The text of the report is locked' },
  has_local_edits: { status: 409, title: 'The text was edited here since the last source' },
  verdict_conflict: { status: 409, title: 'Another verdict was proposed meanwhile' },
  verdict_changed: { status: 409, title: 'The verdict or its rationale changed since you read it' },
  verdict_not_open: { status: 409, title: 'The verdict does not await a review' },
  wrong_state: { status: 409, title: 'The state does not allow this' },
  data_dir_locked: { status: 409, title: 'Another process holds the data folder' },
  too_large: { status: 413, title: 'Too large' },
  unsupported_media_type: { status: 415, title: 'The kind of content is not understood' },
  invalid_input: { status: 422, title: 'A field is not valid' },
  empty_text: { status: 422, title: 'The report has no text' },
  undecodable: { status: 422, title: 'The bytes are not text in a known encoding' },
  unsupported_kind: { status: 422, title: 'This kind of file cannot be imported' },
  anchor_not_found: { status: 422, title: 'The quotation is not in the text' },
  anchor_ambiguous: { status: 422, title: 'The quotation fits several places' },
  address_refused: { status: 422, title: 'The address is not public' },
  address_unreachable: { status: 422, title: 'The address could not be read' },
  unknown_rating: { status: 422, title: 'The rating is not on the scale' },
  refused_content: { status: 422, title: 'The change holds content that is not allowed' },
  /** Nobody hears it: the connection was closed. */
  cancelled: { status: 499, title: 'Nobody waits for the answer any more' },
  too_many_requests: { status: 429, title: 'Too many requests' },
  internal: { status: 500, title: 'Something went wrong here' },
  not_ready: { status: 503, title: 'Not ready' },
} as const;

export type ErrorCode = keyof typeof errorCodes;

/** An expected failure. `detail` is one sentence for people; `extra` are further members of the problem document. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly extra: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, detail?: string, extra: Readonly<Record<string, unknown>> = {}) {
    super(detail ?? errorCodes[code].title);
    this.name = 'AppError';
    this.code = code;
    this.extra = extra;
  }
}

export function isAppError(error: unknown): error is AppError {
  return (
    error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code in errorCodes
  );
}

/** RFC 9457 problem document. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  code: ErrorCode;
  detail: string;
  [member: string]: unknown;
}

export function problemOf(error: AppError): Problem {
  const { status, title } = errorCodes[error.code];
  return {
    ...error.extra,
    type: `urn:proofdesk:problem:${error.code}`,
    title,
    status,
    code: error.code,
    detail: error.message,
  };
}
