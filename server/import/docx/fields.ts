/**
 * Fields: a code ("HYPERLINK …") and its result, apart by marks in the runs, across paragraphs and inside one
 * another. Only results are text. A field whose code is never ended by its paragraph is no field, so a broken one
 * cannot swallow the document.
 */
import { MAX_FIELD_CODE, MAX_FIELD_DEPTH } from './limits.ts';

interface Field {
  code: string;
  isInCode: boolean;
  href: string | null;
}

export class Fields {
  private readonly open: Field[] = [];
  /** Fields that were too deep to be kept: their ends are not ends of others. */
  private beyond = 0;

  /** Whether words at this place belong to a code. */
  get isInCode(): boolean {
    return this.open.some((field) => field.isInCode);
  }

  /** The address that the innermost HYPERLINK field around this place leads to. */
  get href(): string | null {
    return this.open.findLast((field) => field.href !== null)?.href ?? null;
  }

  begin(): void {
    if (this.open.length >= MAX_FIELD_DEPTH) this.beyond += 1;
    else this.open.push({ code: '', isInCode: true, href: null });
  }

  addCode(words: string): void {
    const field = this.open.at(-1);
    if (field?.isInCode === true && field.code.length < MAX_FIELD_CODE) field.code += words;
  }

  separate(): void {
    const field = this.open.at(-1);
    if (this.beyond > 0 || field === undefined || !field.isInCode) return;
    field.isInCode = false;
    field.href = hrefOfCode(field.code);
  }

  end(): void {
    if (this.beyond > 0) this.beyond -= 1;
    else this.open.pop();
  }

  /** A paragraph ended: codes do not go on in the next. */
  endParagraph(): void {
    for (const field of this.open) field.isInCode = false;
  }
}

/**
 * Where a HYPERLINK field leads; null for other fields. A place in the document itself (`\l`) is written as
 * "#place".
 */
export function hrefOfCode(code: string): string | null {
  const words = [...code.slice(0, MAX_FIELD_CODE).matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => ({
    text: quoted ?? bare ?? '',
    isSwitch: bare?.startsWith('\\') === true,
  }));
  if (words[0]?.text.toUpperCase() !== 'HYPERLINK') return null;
  let address = '';
  let place = '';
  for (let i = 1; i < words.length; i++) {
    const word = words[i];
    if (word === undefined) break;
    if (!word.isSwitch) address ||= word.text;
    else if (/^\\[lot]$/i.test(word.text)) {
      i += 1;
      if (/l$/i.test(word.text)) place = words[i]?.text ?? '';
    }
  }
  if (address === '' && place === '') return null;
  return place === '' ? address : `${address}#${place}`;
}
