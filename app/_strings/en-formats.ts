/** What the formats of an export are called: in the dialog, and in the palette, which does not wait for it. */
import type { FormatName } from '../_export/export-choice.ts';

export const exportFormatNames: Record<FormatName, string> = {
  docx: 'Word',
  pdf: 'PDF',
  html: 'Web page',
  md: 'Markdown',
  xlsx: 'Excel table',
  csv: 'CSV table',
  claimreview: 'ClaimReview',
  webannotation: 'Web annotations',
  json: 'Everything (JSON)',
};
