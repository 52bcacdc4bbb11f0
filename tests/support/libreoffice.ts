/** LibreOffice, as it opens a file and saves it in another kind, or in the same. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { findLibreOffice } from '../../scripts/programs.mjs';

/** Its first start makes a profile. */
export const OPENING_MS = 120_000;

/** The file, whose ending is `from`, as it is saved `as` another. */
export async function savedByLibreOffice(bytes: Uint8Array, from: string, as = from): Promise<Uint8Array> {
  const folder = mkdtempSync(path.join(tmpdir(), 'proofdesk-office-'));
  try {
    const file = path.join(folder, `report.${from}`);
    const saved = path.join(folder, 'saved');
    writeFileSync(file, bytes);
    const profile = `-env:UserInstallation=file://${path.join(folder, 'profile')}`;
    const { stderr } = await promisify(execFile)(
      findLibreOffice() ?? 'soffice',
      [profile, '--headless', '--convert-to', as, '--outdir', saved, file],
      { timeout: OPENING_MS },
    );
    return read(path.join(saved, `report.${as}`), stderr);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function read(file: string, complaint: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch {
    throw new Error(`LibreOffice did not open the file: ${complaint}`);
  }
}
