/** Short ways to read PDF files in tests, in this thread. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { readSourceHere, type ImportedText } from '#server/import/reader.ts';
import { pdfFile, type PdfPageParts, type PdfParts } from '../../../support/pdf-file.ts';

const folder = path.resolve(import.meta.dirname, '../../../fixtures/pdf');

export function fixture(name: string): Uint8Array {
  return new Uint8Array(readFileSync(path.join(folder, name)));
}

export function readPdfBytes(bytes: Uint8Array, title: string | null = null): Promise<ImportedText> {
  return readSourceHere({ bytes, name: null, declared: 'file', title });
}

export function readFixture(name: string): Promise<ImportedText> {
  return readPdfBytes(fixture(name));
}

/** Pages by what is drawn on them. */
export function readPages(...pages: (string | PdfPageParts)[]): Promise<ImportedText> {
  return readParts({ pages: pages.map((page) => (typeof page === 'string' ? { content: page } : page)) });
}

export function readParts(parts: PdfParts): Promise<ImportedText> {
  return readPdfBytes(pdfFile(parts));
}

/** Notes with the words that they stand on. */
export function notesOf({ notes, text }: ImportedText): unknown[] {
  return notes.map(({ start, end, kind, isResolved, suggestion, comments }) => ({
    words: text.slice(start, end),
    kind,
    ...(isResolved && { isResolved }),
    ...(suggestion && { suggestion }),
    said: comments.map(({ body }) => body),
  }));
}
