/**
 * Reports as files, by format: one, or many one after the other. A report that fails never takes the others with it.
 */
import { AppError, isAppError } from '#core/errors.ts';
import type { ExportFormat } from '#core/export/formats.ts';
import type { ExportOptions } from '#core/export/options.ts';
import type { ExportProjection } from '#core/export/projection.ts';
import { toAppError } from '#server/http/problem.ts';
import type { Principal } from '#server/principal.ts';
import type { Runtime } from '#server/runtime.ts';
import { projectReport } from '#server/views/projection.ts';
import type { ArchiveEntry } from './archive.ts';
import { exportFileName } from './file-name.ts';
import { exportFormats, isExportFormat } from './formats.ts';

export const formatNames: readonly string[] = Object.keys(exportFormats);

export function formatOf(name: string): ExportFormat | null {
  return isExportFormat(name) ? exportFormats[name] : null;
}

/** What cannot be exported (deleted meanwhile, not this person's to read, too large, a fault) is named in a text at the end. */
export async function* entriesOf(
  runtime: Runtime,
  principal: Principal,
  reportIds: readonly string[],
  format: ExportFormat,
  options: ExportOptions,
): AsyncGenerator<ArchiveEntry, void, undefined> {
  const failed: string[] = [];
  for (const id of reportIds) {
    const made = await entryOf(runtime, principal, id, format, options);
    if ('failure' in made) failed.push(made.failure);
    else yield made;
  }
  if (failed.length === 0) return;
  const words = `These reports could not be exported.\n\n${failed.join('\n')}\n`;
  yield { name: 'Not exported.txt', bytes: new TextEncoder().encode(words), at: new Date(0) };
}

/** The report's file, or one line that says which report it is and why there is none. */
async function entryOf(
  runtime: Runtime,
  principal: Principal,
  id: string,
  format: ExportFormat,
  options: ExportOptions,
): Promise<ArchiveEntry | { readonly failure: string }> {
  let name = id;
  try {
    const projection = await projectReport(runtime, principal, id, options);
    name = `${projection.report.title} (${id})`;
    const { title, bytes, at } = await fileOf(runtime, projection, format);
    return { name: exportFileName(title, format.extension), bytes, at };
  } catch (error) {
    return { failure: `${name}: ${toAppError(error, runtime.log, { reportId: id }).message}` };
  }
}

interface Exported {
  readonly title: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** When the report became what it is here. */
  readonly at: Date;
}

export async function exported(
  runtime: Runtime,
  principal: Principal,
  reportId: string,
  format: ExportFormat,
  options: ExportOptions,
): Promise<Exported> {
  return fileOf(runtime, await projectReport(runtime, principal, reportId, options), format);
}

/** Throws an AppError that says to people what to do when the format fails; the cause is told to the log. */
async function fileOf(
  runtime: Runtime,
  projection: ExportProjection,
  format: ExportFormat,
): Promise<Exported> {
  const { report, exportedAt } = projection;
  try {
    const content = await format.format(projection);
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content);
    return { title: report.title, bytes, at: new Date(exportedAt) };
  } catch (error) {
    if (isAppError(error)) throw error;
    runtime.log.error({ reportId: report.id, format: format.extension, err: error }, 'an export failed');
    throw new AppError(
      'internal',
      `The report could not be written in this format (${format.label}). Another one may work; why is in the log of the server.`,
    );
  }
}
