/** The one table of export formats. A new one is a file that exports its `format`, and a line here. */
import { formatClaimReview } from './claimreview.ts';
import { formatCsv } from './csv.ts';
import { formatHtml } from './html.ts';
import { formatJson } from './json.ts';
import { formatMarkdown } from './markdown.ts';
import type { ExportProjection } from './projection.ts';
import { formatWebAnnotation } from './webannotation.ts';

export interface ExportFormat {
  /** What people choose it by. */
  readonly label: string;
  readonly mediaType: string;
  readonly extension: string;
  /** The whole file; the same bytes for the same projection. */
  format(projection: ExportProjection): string | Uint8Array | Promise<Uint8Array>;
}

export const exportFormats = {
  html: { label: 'Web page', mediaType: 'text/html; charset=utf-8', extension: 'html', format: formatHtml },
  md: {
    label: 'Markdown',
    mediaType: 'text/markdown; charset=utf-8',
    extension: 'md',
    format: formatMarkdown,
  },
  webannotation: {
    label: 'Web annotations',
    mediaType: 'application/ld+json',
    extension: 'jsonld',
    format: formatWebAnnotation,
  },
  claimreview: {
    label: 'Claim reviews',
    mediaType: 'application/ld+json',
    extension: 'claimreview.json',
    format: formatClaimReview,
  },
  csv: { label: 'Table (CSV)', mediaType: 'text/csv; charset=utf-8', extension: 'csv', format: formatCsv },
  json: { label: 'Everything (JSON)', mediaType: 'application/json', extension: 'json', format: formatJson },
} as const satisfies Readonly<Record<string, ExportFormat>>;

export type ExportFormatName = keyof typeof exportFormats;

export function isExportFormat(name: string): name is ExportFormatName {
  return Object.hasOwn(exportFormats, name);
}
