/** Why a Word file as a whole is not taken, in sentences for people. */
import { AppError } from '#core/errors.ts';

/** `why` begins with a small letter: "its end is missing". */
export function damaged(why: string): AppError {
  return new AppError(
    'unsupported_kind',
    `The file is damaged: ${why}. Open it in Word or LibreOffice, save it again, and import that.`,
  );
}

export function locked(): AppError {
  return new AppError(
    'unsupported_kind',
    'The file is locked with a password. Save it without one in Word (File, Info, Protect Document) and import that.',
  );
}

export function tooMuchUnpacked(): AppError {
  return new AppError(
    'too_large',
    'The file unpacks to far more than a report can be. Save it without large pictures and import that.',
  );
}

export function tooIntricate(what: string): AppError {
  return new AppError(
    'too_large',
    `The file is too intricate: ${what}. Save it as plain text and import that.`,
  );
}
