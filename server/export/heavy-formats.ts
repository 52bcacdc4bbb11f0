/** The formats that are made in a thread of their own. Only the thread imports this: their code is large. */
import type { ExportProjection } from '#core/export/projection.ts';
import { formatDocx } from './docx/docx.ts';
import { formatPdf } from './pdf/pdf.ts';
import { formatXlsx } from './xlsx/xlsx.ts';

type Formatter = (projection: ExportProjection) => Uint8Array | Promise<Uint8Array>;

export type HeavyFormatName = 'docx' | 'pdf' | 'xlsx';

export const heavyFormats: Readonly<Record<HeavyFormatName, Formatter>> = {
  docx: formatDocx,
  pdf: formatPdf,
  xlsx: formatXlsx,
};
