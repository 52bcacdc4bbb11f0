/** What the command line prints: sentences for people, or one JSON value with `--json`. */
import { isAppError } from '#core/errors.ts';
import { isSettingError } from '#server/config.ts';

export interface Output {
  /** The result: `lines` for people, `value` for programs. */
  result(value: unknown, lines: readonly string[]): void;
}

/** Bad usage: exit code 2. The message says what is right. */
export class UsageError extends Error {
  readonly code = 'usage';
}

export function openOutput(json: boolean, write: (text: string) => void): Output {
  return {
    result: (value, lines) =>
      write(json ? `${JSON.stringify(value)}\n` : lines.map((line) => `${line}\n`).join('')),
  };
}

/** The exit code and the line for whatever was thrown; null: not expected, show it whole. */
export function failureOf(error: unknown): { exitCode: 1 | 2; line: string } | null {
  if (error instanceof UsageError || isSettingError(error)) return { exitCode: 2, line: error.message };
  if (isAppError(error)) return { exitCode: 1, line: error.message };
  const isFileError = error instanceof Error && 'syscall' in error && 'path' in error;
  return isFileError ? { exitCode: 1, line: error.message } : null;
}
