/**
 * Every export format that the server offers: those of core, made at once where the report is not large, and those
 * that take longer, made in a thread. A new one of the second kind is a line here and a line in thread-formats.ts.
 */
import {
  exportFormats as lightFormats,
  isExportFormat as isLight,
  type ExportFormat,
} from '#core/export/formats.ts';
import { formatInThread } from './in-thread.ts';
import { isLarge } from './projection-size.ts';
import type { HeavyFormatName } from './thread-formats.ts';

const office = 'application/vnd.openxmlformats-officedocument';

export type ExportFormatName = HeavyFormatName | keyof typeof lightFormats;

export const exportFormats: Readonly<Record<ExportFormatName, ExportFormat>> = {
  ...lightFormats,
  ...Object.fromEntries(
    Object.keys(lightFormats)
      .filter(isLight)
      .map((name) => [name, light(name)]),
  ),
  docx: heavy('docx', 'Word', `${office}.wordprocessingml.document`),
  pdf: heavy('pdf', 'PDF', 'application/pdf'),
  xlsx: heavy('xlsx', 'Excel', `${office}.spreadsheetml.sheet`),
};

export function isExportFormat(name: string): name is ExportFormatName {
  return Object.hasOwn(exportFormats, name);
}

function light(name: keyof typeof lightFormats): ExportFormat {
  const format = lightFormats[name];
  return {
    ...format,
    format: (projection) =>
      isLarge(projection) ? formatInThread(name, projection) : format.format(projection),
  };
}

function heavy(name: HeavyFormatName, label: string, mediaType: string): ExportFormat {
  return { label, mediaType, extension: name, format: (projection) => formatInThread(name, projection) };
}
