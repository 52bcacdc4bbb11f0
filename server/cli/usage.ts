/** What each command needs to be told, asked before anything is opened: bad usage is bad usage, whoever holds the folder. */
import { roles, type Role } from '#core/domain/words.ts';
import { exportFormats, isExportFormat, type ExportFormatName } from '#core/export/formats.ts';
import { UsageError } from './output.ts';

export type Options = Readonly<Record<string, string | undefined>>;
type Check = (words: readonly string[], options: Options) => void;

export const checks = {
  userAdd: (words, options) => {
    none(words);
    needed(options, 'email');
    needed(options, 'name');
    roleNamed(options['role']);
  },
  tokenCreate: (words, options) => {
    none(words);
    needed(options, 'email');
  },
  importFiles: (words) => {
    if (words.length === 0) throw new UsageError('import needs one or more files: import FILE…');
  },
  exportReport: (words, options) => {
    reportNamed(words);
    formatNamed(options);
    needed(options, 'output');
  },
  inspect: (words) => void reportNamed(words),
  backup: (words) => void only(words, 'backup FILE'),
  restore: (words) => void only(words, 'restore FILE'),
  none: (words) => none(words),
} as const satisfies Record<string, Check>;

export function needed(options: Options, name: string): string {
  const value = options[name];
  if (value === undefined || value === '') throw new UsageError(`--${name} is missing`);
  return value;
}

export function only(words: readonly string[], usage: string): string {
  const [word, more] = words;
  if (word === undefined || more !== undefined) throw new UsageError(`usage: ${usage}`);
  return word;
}

function none([word]: readonly string[]): void {
  if (word !== undefined) throw new UsageError(`${word} is one word too many`);
}

export function reportNamed(words: readonly string[]): string {
  const id = only(words, 'one REPORT, by its id');
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id))
    throw new UsageError(`${id} is not the id of a report`);
  return id;
}

export function formatNamed(options: Options): ExportFormatName {
  const format = needed(options, 'format');
  if (!isExportFormat(format))
    throw new UsageError(`--format ${format} is not one of ${Object.keys(exportFormats).join(', ')}`);
  return format;
}

export function roleNamed(value = 'editor'): Role {
  const role = roles.find((one) => one === value);
  if (role === undefined) throw new UsageError(`--role ${value} is not one of ${roles.join(', ')}`);
  return role;
}
