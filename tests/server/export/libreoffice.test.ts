/** LibreOffice opens what we write and finds in it what we wrote. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { formatDocx } from '#server/export/docx/docx.ts';
import { formatXlsx } from '#server/export/xlsx/xlsx.ts';
import { richProjection } from '#tests/core/export/rich-report.ts';
import { all, parsed, part } from '#tests/support/office-parts.ts';
import { findLibreOffice } from '../../../scripts/programs.mjs';

const OPENING_MS = 120_000;

let folder: string;
beforeAll(() => void (folder = mkdtempSync(path.join(tmpdir(), 'proofdesk-office-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function opened(name: string, bytes: Uint8Array, as: string): Promise<Uint8Array> {
  const file = path.join(folder, name);
  writeFileSync(file, bytes);
  const profile = `-env:UserInstallation=file://${path.join(folder, 'profile')}`;
  const { stderr } = await promisify(execFile)(
    findLibreOffice() ?? 'soffice',
    [profile, '--headless', '--convert-to', as, '--outdir', folder, file],
    { timeout: OPENING_MS },
  );
  try {
    return readFileSync(file.replace(/\.\w+$/, `.${as}`));
  } catch {
    throw new Error(`LibreOffice did not open ${name}: ${stderr}`);
  }
}

describe('LibreOffice', () => {
  test(
    'EX44 opens the Word document with every comment on its range, and knows which are resolved',
    async () => {
      const bytes = formatDocx(richProjection());
      const content = parsed(part(await opened('report.docx', bytes, 'odt'), 'content.xml'));
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
      const csv = await opened('report.xlsx', formatXlsx(richProjection()), 'csv');
      const text = Buffer.from(csv).toString();
      expect(text).toContain('The call lasted 75 minutes');
      expect(text).toContain(',2025-12-28 14:30:00,');
    },
    OPENING_MS,
  );
});
