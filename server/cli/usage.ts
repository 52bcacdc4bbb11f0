/** What each command needs to be told, asked before anything is opened: bad usage is bad usage, whoever holds the folder. */
import { ZodError } from 'zod';
import { readCriteria, type ClaimCriteria } from '#core/claim-criteria.ts';
import { reportPurposes, roles, type ReportPurpose, type Role } from '#core/domain/words.ts';
import { MAX_TITLE_LENGTH } from '#core/limits.ts';
import type { ExportFormat } from '#core/export/formats.ts';
import { claimChoices, everything, type ExportOptions } from '#core/export/options.ts';
import { formatNames, formatOf } from '#server/export/report-files.ts';
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
  importFiles: (words, options) => {
    if (words.length === 0)
      throw new UsageError('import needs one or more files or web addresses: import FILE|URL…');
    if (words.length > 1 && options['title'] !== undefined)
      throw new UsageError('--title is for one file; several are called what they call themselves');
    titleNamed(options['title']);
    purposeNamed(options['purpose']);
  },
  exportReport: (words, options) => {
    reportsNamed(words, options);
    formatNamed(options);
    exportOptions(options);
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

export function formatNamed(options: Options): ExportFormat {
  const name = needed(options, 'format');
  const format = formatOf(name);
  if (format === null) throw new UsageError(`--format ${name} is not one of ${formatNames.join(', ')}`);
  return format;
}

const omissible = ['threads', 'resolved', 'evidence', 'names'] as const;

/** `--claims decided --only tag=legal,rating=false --without threads,names`. */
export function exportOptions(options: Options): ExportOptions {
  const { claims = everything.claims, only: criteria = '', without = '' } = options;
  const choice = claimChoices.find((one) => one === claims);
  if (choice === undefined)
    throw new UsageError(`--claims ${claims} is not one of ${claimChoices.join(', ')}`);
  const left = without === '' ? [] : without.split(',').map((word) => word.trim());
  const unknown = left.find((word) => !omissible.some((one) => one === word));
  if (unknown !== undefined)
    throw new UsageError(`--without ${unknown} is not one of ${omissible.join(', ')}`);
  const has = (part: (typeof omissible)[number]): boolean => !left.includes(part);
  return {
    claims: choice,
    criteria: criteriaNamed(criteria),
    threads: has('threads'),
    resolved: has('resolved'),
    evidence: has('evidence'),
    names: has('names'),
  };
}

/** A value holds what follows the first `=`; one with a comma cannot be said here. */
function criteriaNamed(words: string): ClaimCriteria {
  if (words === '') return {};
  const pairs = words.split(',').map((pair) => /^\s*(\w+)=(.*?)\s*$/u.exec(pair)?.slice(1) ?? [pair.trim()]);
  const bare = pairs.find(([, value]) => value === undefined);
  if (bare !== undefined) throw new UsageError(`--only ${bare[0]} is not NAME=VALUE`);
  try {
    return readCriteria(Object.fromEntries(pairs));
  } catch (error) {
    if (!(error instanceof ZodError)) throw error;
    throw new UsageError(
      `--only ${error.issues.map(({ path, message }) => [...path, message].join(': ')).join('; ')}`,
    );
  }
}

/** The ids of reports; none stands for all. */
export function reportsNamed(words: readonly string[], options: Options): readonly string[] {
  const isAll = options['all'] !== undefined;
  if (isAll === words.length > 0) throw new UsageError('export needs one or more reports by id, or --all');
  return words.map((word) => reportNamed([word]));
}

export function roleNamed(value = 'editor'): Role {
  const role = roles.find((one) => one === value);
  if (role === undefined) throw new UsageError(`--role ${value} is not one of ${roles.join(', ')}`);
  return role;
}

/** As the API takes it. */
export function titleNamed(value: string | undefined): string | undefined {
  const title = value?.trim();
  if (title !== undefined && (title === '' || title.length > MAX_TITLE_LENGTH))
    throw new UsageError(`--title takes 1 to ${MAX_TITLE_LENGTH} characters`);
  return title;
}

export function purposeNamed(value: string | undefined): ReportPurpose | undefined {
  if (value === undefined) return undefined;
  const purpose = reportPurposes.find((one) => one === value);
  if (purpose === undefined)
    throw new UsageError(`--purpose ${value} is not one of ${reportPurposes.join(', ')}`);
  return purpose;
}
