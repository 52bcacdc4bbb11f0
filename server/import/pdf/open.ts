/**
 * Opens a PDF with pdf.js, as careful as it can be set: no code of the file is run, no font is loaded, no image
 * decoded, nothing is fetched. What cannot be read is refused with a sentence that says why.
 */
import { createRequire } from 'node:module';
import path from 'node:path';
import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { AppError } from '#core/errors.ts';
import { MAX_SOURCE_PAGES } from '#core/limits.ts';

export type PdfDocument = PDFDocumentProxy;
export type PdfPage = PDFPageProxy;

/** Throws `unsupported_kind` or `too_large`. */
export async function openPdf(bytes: Uint8Array): Promise<PdfDocument> {
  // Loaded only when a PDF comes: it takes 100 ms and 20 MB.
  const { getDocument, VerbosityLevel } = await import('pdfjs-dist/legacy/build/pdf.mjs');
  const folder = path.dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));
  const task = getDocument({
    // pdf.js takes the bytes for itself.
    data: bytes.slice(),
    verbosity: VerbosityLevel.ERRORS,
    cMapUrl: `${folder}/cmaps/`,
    standardFontDataUrl: `${folder}/standard_fonts/`,
    wasmUrl: `${folder}/wasm/`,
    iccUrl: `${folder}/iccs/`,
    isEvalSupported: false,
    useSystemFonts: false,
    disableFontFace: true,
    enableXfa: false,
    // Larger than this in pixels is left out, before it is decoded.
    maxImageSize: 1,
    stopAtErrors: false,
  });
  try {
    return checked(await task.promise);
  } catch (error) {
    await task.destroy();
    throw error instanceof AppError ? error : refusal(error);
  }
}

function checked(pdf: PdfDocument): PdfDocument {
  if (pdf.numPages > MAX_SOURCE_PAGES) {
    throw new AppError(
      'too_large',
      `The PDF has ${pdf.numPages.toLocaleString('en')} pages; the most that are taken are ${MAX_SOURCE_PAGES.toLocaleString('en')}. Split it.`,
    );
  }
  if (pdf.isPureXfa) throw xfaOnly();
  return pdf;
}

export function xfaOnly(): AppError {
  return new AppError(
    'unsupported_kind',
    'The PDF is a form that only Adobe programs can show (XFA): its text is not in the file as pages. Print it to a PDF there and import that.',
  );
}

function refusal(error: unknown): AppError {
  const name = error instanceof Error ? error.name : '';
  if (name === 'PasswordException') {
    return new AppError(
      'unsupported_kind',
      'The PDF is encrypted and opens only with a password. Save it without a password and import that.',
    );
  }
  return new AppError(
    'unsupported_kind',
    'The PDF is damaged: its pages cannot be found. Open it in a PDF program, save it anew and import that.',
  );
}
