/**
 * `import FILE…`: each file or web address for itself, so that one that is refused stops no other and what was made is
 * always told: who runs the command again gives only what failed.
 */
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { AppError, isAppError } from '#core/errors.ts';
import { MAX_IMPORT_BYTES } from '#core/limits.ts';
import { importAddress } from '#server/commands/import-address.ts';
import { importReport } from '#server/commands/reports.ts';
import type { Principal } from '#server/principal.ts';
import type { NoteCounts } from '#server/import/preview.ts';
import { actingOwner, type Asked } from './commands.ts';
import { failureOf } from './output.ts';
import { purposeNamed, titleNamed } from './usage.ts';

/** `file` as it was given; an address is one too. */
type Outcome =
  | { file: string; id: string; title: string; notes: NoteCounts; unreadable: string[] }
  | { file: string; error: string; code: string };

export async function importFiles(asked: Asked): Promise<void> {
  const { runtime, output, words, options } = asked;
  const principal = await actingOwner(runtime, options);
  const outcomes: Outcome[] = [];
  try {
    for (const file of words) outcomes.push(await importOne(asked, principal, file));
  } finally {
    output.result(outcomes, outcomes.flatMap(linesOf));
  }
  const failed = outcomes.flatMap((one) => ('error' in one ? [`${one.file}: ${one.error}`] : []));
  if (failed.length > 0)
    throw new AppError(
      'conflict',
      `${failed.length} of ${words.length} could not be imported\n${failed.join('\n')}`,
    );
}

async function importOne(asked: Asked, principal: Principal, file: string): Promise<Outcome> {
  try {
    const { id, title, notes, unreadable } = await imported(asked, principal, file);
    return { file, id, title, notes, unreadable };
  } catch (error) {
    const failure = failureOf(error);
    if (failure === null) throw error;
    return { file, error: failure.line, code: isAppError(error) ? error.code : 'unreadable_file' };
  }
}

async function imported({ runtime, options, cwd }: Asked, principal: Principal, file: string) {
  const given = { title: titleNamed(options['title']), purpose: purposeNamed(options['purpose']) };
  if (/^https?:\/\//i.test(file)) return importAddress(runtime, principal, { ...given, url: file });
  const bytes = await bytesOf(path.resolve(cwd, file));
  return importReport(runtime, principal, { ...given, bytes, name: path.basename(file), declared: 'file' });
}

/** Asks for the size first: what is too large is not read. */
async function bytesOf(file: string): Promise<Uint8Array> {
  const about = await stat(file);
  if (about.isDirectory()) throw new AppError('unsupported_kind', 'This is a folder; name the files in it');
  if (about.size > MAX_IMPORT_BYTES) {
    const [has, most] = [about.size, MAX_IMPORT_BYTES].map((bytes) => bytes.toLocaleString('en'));
    throw new AppError('too_large', `The file has ${has} bytes; the most that are taken are ${most}`);
  }
  return readFile(file);
}

function linesOf(outcome: Outcome): string[] {
  if ('error' in outcome) return [];
  const { file, id, title, notes, unreadable } = outcome;
  const counts = Object.entries(notes).filter(([, count]) => count > 0);
  const came = counts.map(([what, count]) => `${what}: ${count}`).join(', ');
  return [
    `${file} → ${id}  ${title}`,
    ...(came === '' ? [] : [`  came along: ${came}`]),
    ...unreadable.map((sentence) => `  ${sentence}`),
  ];
}
