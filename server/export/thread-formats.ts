/**
 * The formats as the exporting thread makes them: those that always are made there, and those of core for large
 * reports. Only the thread imports this: the code of the former is large.
 */
import { exportFormats as lightFormats } from '#core/export/formats.ts';
import type { ExportProjection } from '#core/export/projection.ts';
import { formatDocx } from './docx/docx.ts';
import { formatPdf } from './pdf/pdf.ts';
import { formatXlsx } from './xlsx/xlsx.ts';

export type HeavyFormatName = 'docx' | 'pdf' | 'xlsx';
export type ThreadFormatName = HeavyFormatName | keyof typeof lightFormats;

type Formatter = (projection: ExportProjection) => string | Uint8Array | Promise<Uint8Array>;

const heavyFormats: Readonly<Record<HeavyFormatName, Formatter>> = {
  docx: formatDocx,
  pdf: formatPdf,
  xlsx: formatXlsx,
};

export async function formatHere(name: ThreadFormatName, projection: ExportProjection): Promise<Uint8Array> {
  const made = await formatterOf(name)(projection);
  return typeof made === 'string' ? new TextEncoder().encode(made) : made;
}

function formatterOf(name: ThreadFormatName): Formatter {
  return name === 'docx' || name === 'pdf' || name === 'xlsx'
    ? heavyFormats[name]
    : lightFormats[name].format;
}
