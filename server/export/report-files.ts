/** Reports as files, by format: one, or many one after the other. */
import { AppError } from '#core/errors.ts';
import type { ExportFormat } from '#core/export/formats.ts';
import type { ExportOptions } from '#core/export/options.ts';
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

/** What cannot be exported (deleted meanwhile, or not this person's to read) is named in a text at the end. */
export async function* entriesOf(
  runtime: Runtime,
  principal: Principal,
  reportIds: readonly string[],
  format: ExportFormat,
  options: ExportOptions,
): AsyncGenerator<ArchiveEntry, void, undefined> {
  const failed: string[] = [];
  for (const id of reportIds) {
    try {
      const { title, bytes, at } = await exported(runtime, principal, id, format, options);
      yield { name: exportFileName(title, format.extension), bytes, at };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      failed.push(`${id}: ${error.message}`);
    }
  }
  if (failed.length === 0) return;
  const words = `These reports could not be exported.\n\n${failed.join('\n')}\n`;
  yield { name: 'Not exported.txt', bytes: new TextEncoder().encode(words), at: new Date(0) };
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
  const projection = await projectReport(runtime, principal, reportId, options);
  const content = await format.format(projection);
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content);
  return { title: projection.report.title, bytes, at: new Date(projection.exportedAt) };
}
