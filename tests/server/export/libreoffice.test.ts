/** LibreOffice opens what we write and finds in it what we wrote. */
import { describe, expect, test } from 'vitest';
import { formatDocx } from '#server/export/docx/docx.ts';
import { formatXlsx } from '#server/export/xlsx/xlsx.ts';
import { richProjection } from '#tests/core/export/rich-report.ts';
import { OPENING_MS, savedByLibreOffice } from '#tests/support/libreoffice.ts';
import { all, parsed, part } from '#tests/support/office-parts.ts';

describe('LibreOffice', () => {
  test(
    'EX44 opens the Word document with every comment on its range, and knows which are resolved',
    async () => {
      const bytes = formatDocx(richProjection());
      const content = parsed(part(await savedByLibreOffice(bytes, 'docx', 'odt'), 'content.xml'));
      const written = all(parsed(part(bytes, 'word/comments.xml')), 'w:comment').length;
      const found = all(content, 'office:annotation');
      expect(found).toHaveLength(written);
      expect(all(content, 'office:annotation-end')).toHaveLength(written);
      expect(found.filter((each) => each.attributes['loext:resolved'] === 'true')).toHaveLength(5);
    },
    OPENING_MS,
  );

  test(
    'EX44 opens the workbook',
    async () => {
      const csv = await savedByLibreOffice(formatXlsx(richProjection()), 'xlsx', 'csv');
      const text = Buffer.from(csv).toString();
      expect(text).toContain('The call lasted 75 minutes');
      expect(text).toContain(',2025-12-28 14:30:00,');
    },
    OPENING_MS,
  );
});
