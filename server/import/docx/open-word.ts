/** Whether a ZIP is a Word file, by what it says its parts are; what else it is, when it is not. */
import { AppError } from '#core/errors.ts';
import { ONLY } from '../kind.ts';
import { openArchive, type Archive } from './archive.ts';
import { WordPackage } from './package.ts';
import { damaged } from './refusals.ts';

export interface OpenWord {
  readonly pkg: WordPackage;
  /** The name of the part with the text. */
  readonly main: string;
}

/** The file that names the kind of OpenDocument files and e-books is short. */
const MAX_MIMETYPE_BYTES = 1_000;

/** Throws `unsupported_kind` for anything but a Word file, `too_large` for a file past the caps. */
export function openWord(bytes: Uint8Array): OpenWord {
  const pkg = new WordPackage(openArchive(bytes));
  const main = pkg.mainPart();
  if (main === null) throw refused(pkg);
  if (!pkg.archive.has(main)) throw damaged(`its part “${main.slice(0, 80)}” with the text is missing`);
  return { pkg, main };
}

function refused(pkg: WordPackage): AppError {
  const types = pkg.contentTypes();
  const has = (word: string): boolean => types.some((type) => type.includes(word));
  const mimetype = mimetypeOf(pkg.archive);
  let what = 'an archive (ZIP)';
  if (has('spreadsheetml') || has('ms-excel')) what = 'an Excel workbook (XLSX)';
  else if (has('presentationml') || has('ms-powerpoint')) what = 'a PowerPoint presentation (PPTX)';
  else if (mimetype.includes('opendocument')) what = 'an OpenDocument file; save it as DOCX and import that';
  else if (mimetype.includes('epub')) what = 'an e-book (EPUB)';
  else if (pkg.archive.has('word/document.xml')) return damaged('its list of what its parts are is missing');
  return new AppError('unsupported_kind', `The file is ${what}. ${ONLY}`);
}

function mimetypeOf(archive: Archive): string {
  const bytes = archive.read('mimetype', MAX_MIMETYPE_BYTES);
  return bytes === null ? '' : new TextDecoder('latin1').decode(bytes);
}
