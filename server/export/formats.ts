/**
 * Every export format that the server offers: those of core, made at once, and those that take longer, made in a
 * thread. A new one of the second kind is a line here and a line in heavy-formats.ts.
 */
import { exportFormats as lightFormats, type ExportFormat } from '#core/export/formats.ts';
import { formatInThread } from './in-thread.ts';

const office = 'application/vnd.openxmlformats-officedocument';

export const exportFormats = {
  ...lightFormats,
  docx: heavy('docx', 'Word', `${office}.wordprocessingml.document`),
  pdf: heavy('pdf', 'PDF', 'application/pdf'),
  xlsx: heavy('xlsx', 'Excel', `${office}.spreadsheetml.sheet`),
} as const satisfies Readonly<Record<string, ExportFormat>>;

export type ExportFormatName = keyof typeof exportFormats;

export function isExportFormat(name: string): name is ExportFormatName {
  return Object.hasOwn(exportFormats, name);
}

function heavy(name: Parameters<typeof formatInThread>[0], label: string, mediaType: string): ExportFormat {
  return { label, mediaType, extension: name, format: (projection) => formatInThread(name, projection) };
}
