/** Other people's programs on our PDFs: qpdf says whether a file is sound, poppler what it reads and how it looks. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

interface Picture {
  readonly width: number;
  readonly height: number;
  /** Three bytes a pixel. */
  readonly pixels: Uint8Array;
}

/** What qpdf complains of; empty when the file is sound. */
export function complaintsOf(pdf: Uint8Array): string {
  const { status, stdout, stderr } = withFile(pdf, (file) => run('qpdf', ['--check', file]));
  const said = `${stdout.toString()}${stderr.toString()}`;
  return status === 0 && !/WARNING|error:/i.test(said) ? '' : said;
}

export function textOf(pdf: Uint8Array): string {
  return withFile(pdf, (file) => run('pdftotext', ['-enc', 'UTF-8', file, '-'])).stdout.toString('utf8');
}

/** Everything in the file, with no stream compressed. */
export function unpacked(pdf: Uint8Array): Buffer {
  return withFile(
    pdf,
    (file) =>
      run('qpdf', ['--qdf', '--object-streams=disable', '--stream-data=uncompress', file, '-']).stdout,
  );
}

export function pictureOf(pdf: Uint8Array, page: number, dotsPerInch: number): Picture {
  const ppm = withFile(
    pdf,
    (file) =>
      run('pdftoppm', ['-r', String(dotsPerInch), '-f', String(page), '-l', String(page), file]).stdout,
  );
  const head = /^P6\s+(\d+)\s+(\d+)\s+255\s/.exec(ppm.toString('latin1', 0, 40));
  if (head === null) throw new Error('pdftoppm made no picture');
  return { width: Number(head[1]), height: Number(head[2]), pixels: ppm.subarray(head[0].length) };
}

/** A page as a JPEG. */
export function jpegOf(pdf: Uint8Array): Uint8Array {
  return withFile(pdf, (file) => {
    run('pdftoppm', ['-jpeg', '-r', '20', '-singlefile', file, file]);
    return readFileSync(`${file}.jpg`);
  });
}

function run(program: string, args: readonly string[]) {
  const result = spawnSync(program, args, { maxBuffer: 512 * 1024 * 1024 });
  if (result.error !== undefined) throw result.error;
  return result;
}

function withFile<T>(pdf: Uint8Array, work: (file: string) => T): T {
  const folder = mkdtempSync(path.join(tmpdir(), 'proofdesk-pdf-'));
  try {
    const file = path.join(folder, 'report.pdf');
    writeFileSync(file, pdf);
    return work(file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
