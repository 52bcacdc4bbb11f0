/** A PDF that keeps its reader busy for a while: one full page after the other. */
import { pdfFile } from './pdf-file.ts';

const LINES = 60;

export function longPdf(pages: number): Uint8Array<ArrayBuffer> {
  const bytes = pdfFile({ pages: Array.from({ length: pages }, (_, i) => ({ content: fullPage(i + 1) })) });
  return new Uint8Array(bytes);
}

function fullPage(number: number): string {
  const lines = Array.from(
    { length: LINES },
    (_, i) =>
      `1 0 0 1 60 ${760 - i * 12} Tm (Page ${number} says in line ${i + 1} that the harbour opened again.) Tj`,
  );
  return `BT /F1 10 Tf ${lines.join(' ')} ET`;
}
