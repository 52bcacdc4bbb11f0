/** Makes PDF files of hand, as small as they can be: what a test writes in is what stands in the file. */
export type PdfObject = string | Uint8Array;

export interface PdfPageParts {
  readonly content?: PdfObject;
  /** Annotations: the inside of their dictionaries. Object numbers are those that `annotationNumber` tells. */
  readonly annotations?: readonly string[];
  readonly media?: string;
  /** More of the page's dictionary. */
  readonly more?: string;
}

export interface PdfParts {
  readonly pages: readonly PdfPageParts[];
  readonly catalog?: string;
  /** More objects, by number; from 1,000 on. */
  readonly objects?: Readonly<Record<number, PdfObject>>;
  readonly info?: string;
  readonly resources?: string;
}

const FONTS = ['Helvetica', 'Helvetica-Bold', 'Helvetica-Oblique', 'Courier'];

const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0) & 255);

/** The number of the object of a page's annotation, both counted from 0. */
export function annotationNumber(page: number, at: number): number {
  return 100_000 + page * 1_000 + at;
}

export function joinBytes(parts: readonly PdfObject[]): Uint8Array {
  const all = parts.map((part) => (typeof part === 'string' ? latin1(part) : part));
  const whole = new Uint8Array(all.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of all) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export function stream(content: PdfObject, more = ''): Uint8Array {
  const bytes = typeof content === 'string' ? latin1(content) : content;
  return joinBytes([`<< ${more} /Length ${bytes.length} >>\nstream\n`, bytes, '\nendstream']);
}

/** Fonts F1 plain, F2 bold, F3 italic, F4 of fixed width. */
export function pdfFile({
  pages,
  catalog = '',
  objects = {},
  info = '',
  resources = '',
}: PdfParts): Uint8Array {
  const all = new Map<number, PdfObject>();
  const kids = pages.map((_, i) => `${100 + i * 2} 0 R`).join(' ');
  all.set(1, `<< /Type /Catalog /Pages 2 0 R ${catalog} >>`);
  all.set(2, `<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`);
  all.set(3, `<< ${info} >>`);
  FONTS.forEach((name, i) =>
    all.set(11 + i, `<< /Type /Font /Subtype /Type1 /BaseFont /${name} /Encoding /WinAnsiEncoding >>`),
  );
  const fonts = FONTS.map((_, i) => `/F${i + 1} ${11 + i} 0 R`).join(' ');
  pages.forEach(({ content = '', annotations = [], media = '0 0 612 792', more = '' }, i) => {
    const notes = annotations.map((_, at) => `${annotationNumber(i, at)} 0 R`).join(' ');
    all.set(
      100 + i * 2,
      `<< /Type /Page /Parent 2 0 R /MediaBox [${media}] /Contents ${101 + i * 2} 0 R /Annots [${notes}] /Resources << /Font << ${fonts} /F9 1000 0 R >> ${resources} >> ${more} >>`,
    );
    all.set(101 + i * 2, content instanceof Uint8Array && isStream(content) ? content : stream(content));
    annotations.forEach((inside, at) => all.set(annotationNumber(i, at), `<< /Type /Annot ${inside} >>`));
  });
  for (const [number, object] of Object.entries(objects)) all.set(Number(number), object);
  return written(all);
}

function isStream(bytes: Uint8Array): boolean {
  return bytes[0] === 0x3c && bytes[1] === 0x3c;
}

function written(objects: ReadonlyMap<number, PdfObject>): Uint8Array {
  const parts: PdfObject[] = ['%PDF-1.7\n'];
  let length = 9;
  const table: string[] = [];
  const add = (part: PdfObject): void => {
    parts.push(part);
    length += part.length;
  };
  for (const [number, object] of objects) {
    table.push(`${number} 1\n${String(length).padStart(10, '0')} 00000 n \n`);
    add(`${number} 0 obj\n`);
    add(object);
    add('\nendobj\n');
  }
  const start = length;
  add(`xref\n0 1\n0000000000 65535 f \n${table.join('')}`);
  add(
    `trailer\n<< /Size ${Math.max(...objects.keys()) + 1} /Root 1 0 R /Info 3 0 R >>\nstartxref\n${start}\n%%EOF\n`,
  );
  return joinBytes(parts);
}

/** Operators that write words at a place; y counts from the sheet's lower edge. */
export function at(x: number, y: number, words: string, size = 12, font = 'F1'): string {
  return `BT /${font} ${size} Tf ${x} ${y} Td (${words.replace(/[\\()]/g, '\\$&')}) Tj ET\n`;
}

/** Lines under each other. */
export function lines(
  x: number,
  y: number,
  all: readonly string[],
  size = 12,
  font = 'F1',
  step = size * 1.2,
): string {
  return all.map((words, i) => at(x, y - i * step, words, size, font)).join('');
}
