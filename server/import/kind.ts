/**
 * What a file is, by its bytes. Its name decides only between kinds that look alike: Markdown and plain text.
 * What cannot be imported is refused with a sentence that says what it is.
 */
import { AppError } from '#core/errors.ts';

/** Kinds of text there are readers for. */
export type TextKind = 'text' | 'markdown' | 'html' | 'json' | 'annotations';

const AS_DOCX = 'Save it as DOCX (Word, LibreOffice) and import that.';
/** What to do instead, for whatever cannot be read. */
export const ONLY =
  'Word files (DOCX), PDF, plain text, Markdown, HTML, saved pages (MHTML), annotations (JSON-LD) and Proofdesk bundles (JSON) can be imported.';

/**
 * First bytes of what is no text, in Latin-1. Those that are letters and signs alone may begin a text as well ("ID3
 * tags are…"), so they count only where a control character follows, as it does in every such file.
 */
const signatures: readonly (readonly [start: string, what: string])[] = [
  ['\x7fELF', 'a program (ELF)'],
  ['MZ', 'a Windows program'],
  ['\xcf\xfa\xed\xfe', 'a macOS program'],
  ['\xca\xfe\xba\xbe', 'a macOS or Java program'],
  ['\0asm', 'a WebAssembly program'],
  ['\x89PNG', 'an image (PNG)'],
  ['\xff\xd8\xff', 'an image (JPEG)'],
  ['GIF8', 'an image (GIF)'],
  ['RIFF', 'an image, sound or video (RIFF)'],
  ['II*\0', 'an image (TIFF)'],
  ['MM\0*', 'an image (TIFF)'],
  ['\x1f\x8b', 'a compressed file (gzip)'],
  ['BZh', 'a compressed file (bzip2)'],
  ['\xfd7zXZ', 'a compressed file (xz)'],
  ['7z\xbc\xaf', 'an archive (7z)'],
  ['Rar!', 'an archive (RAR)'],
  ['OggS', 'a sound file (Ogg)'],
  ['ID3', 'a sound file (MP3)'],
  ['SQLite format 3\0', 'a database (SQLite)'],
];

/** Those that no text has: not tabs, line ends, page breaks, escapes or the end sign of old systems. */
const CONTROLS = /[\0-\x06\x0e-\x19\x1c-\x1f]/;

/** What a PDF may be mistaken for: it is what it begins as, whatever stands in it. */
const CONTAINERS = /^(PK\x03\x04|\x89PNG|\xff\xd8\xff|\xd0\xcf\x11\xe0|\x7fELF|GIF8|\{\\rtf)/;

/** A PDF may have up to 1,024 bytes of something else before it begins; a text may talk of how one begins. */
export function isPdf(bytes: Uint8Array): boolean {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 1_024 + 5));
  if (/^\s*%PDF-/.test(head)) return true;
  if (!head.includes('%PDF-') || CONTAINERS.test(head)) return false;
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(' obj');
}

/** Whether the first bytes are those of a ZIP, as Word files are. */
export function isZip(bytes: Uint8Array): boolean {
  const [first, second, third, fourth] = bytes;
  return (
    first === 0x50 && second === 0x4b && ((third === 3 && fourth === 4) || (third === 5 && fourth === 6))
  );
}

/** Throws `unsupported_kind` for what its first bytes show to be no text. */
export function refuseBinary(bytes: Uint8Array): void {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 1024));
  if (head.startsWith('\xd0\xcf\x11\xe0')) refuseCompound(bytes);
  if (head.startsWith('{\\rtf')) refuse('a Rich Text file (RTF)', AS_DOCX);
  const hasControls = CONTROLS.test(head);
  if (hasControls && head.slice(4, 8) === 'ftyp') refuse('a video or an image (MP4 or HEIC)', ONLY);
  const found = signatures.find(
    ([start]) => head.startsWith(start) && (hasControls || !/^[\x20-\x7e]+$/.test(start)),
  );
  if (found !== undefined) refuse(found[1], ONLY);
}

/** For bytes that turn out to be no text though nothing says what they are. */
export function refuseUnknownBinary(): never {
  return refuse('not text: it holds zero bytes or many control characters', ONLY);
}

function refuse(what: string, advice: string): never {
  throw new AppError('unsupported_kind', `The file is ${what}. ${advice}`);
}

/** Office files before 2007, and later ones with a password, are compound files; names in them are UTF-16. */
function refuseCompound(bytes: Uint8Array): never {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const has = (name: string): boolean => all.includes(Buffer.from(name, 'utf16le'));
  if (has('EncryptedPackage'))
    refuse('an Office file locked with a password', 'Save it without one and import that.');
  if (has('WordDocument')) refuse('an older Word file (.doc)', AS_DOCX);
  refuse('an older Office file (.doc, .xls or .ppt)', AS_DOCX);
}

/** What kind of text it is. `name` is the file's, if it has one. */
export function kindOfText(text: string, name: string | null): TextKind {
  const start = text.slice(0, 20_000).trimStart();
  const markup = afterPrologue(start);
  const extension = /\.([a-z0-9]{1,10})$/i.exec(name ?? '')?.[1]?.toLowerCase() ?? '';
  const json = kindOfJson(start);
  if (json !== null) return json;
  const isMarkdown = /^(md|markdown|mdown|mkd|mdx)$/.test(extension);
  if (/^<(!doctype\s+html|html|head|body)[\s>]/i.test(markup)) return 'html';
  if (isMarkdown) return 'markdown';
  if (
    /^<(title|meta|link|style|script|base|h[1-6]|p|div|span|section|article|main|table|ul|ol|blockquote|pre|a|b|i|em|strong|br|hr|font|center|iframe|img|svg)(\s[^<>]*)?\/?>/i.test(
      markup,
    )
  )
    return 'html';
  return extension !== 'txt' && looksLikeMarkdown(start) ? 'markdown' : 'text';
}

/** What follows an XML declaration and comments. A pattern for it could take exponential time. */
function afterPrologue(start: string): string {
  let rest = start;
  for (const [open, end] of [
    ['<?xml', '?>'],
    ...Array<[string, string]>(20).fill(['<!--', '-->']),
  ] as const) {
    const at = rest.startsWith(open) ? rest.indexOf(end) : -1;
    if (at >= 0) rest = rest.slice(at + end.length).trimStart();
  }
  return rest;
}

/** A bundle of ours, annotations of others, or null for any other text. */
function kindOfJson(start: string): 'json' | 'annotations' | null {
  if (!/^[{[]/.test(start)) return null;
  if (
    /^\{\s*"format"\s*:\s*"proofdesk"/.test(start) ||
    /"format"\s*:\s*"proofdesk"/.test(start.slice(0, 2_000))
  )
    return 'json';
  return isAnnotations(start) ? 'annotations' : null;
}

/** By what it names itself, so that one that is not valid is refused as such and not taken for a text. */
function isAnnotations(start: string): boolean {
  if (/"@?context"\s*:[^]{0,200}www\.w3\.org\/ns\/anno/.test(start)) return true;
  const isNamed = /"@?type"\s*:\s*(\[[^\]]{0,200})?"(oa:)?Annotation(Collection|Page)?"/.test(start);
  if (isNamed && /"(target|items|first|last|total|oa:hasTarget)"\s*:/.test(start)) return true;
  if (/"(rows|annotations)"\s*:\s*\[/.test(start.slice(0, 2_000)))
    return (
      /"(selector|uri|user)"\s*:/.test(start) ||
      /"export_userid"|"client_version"/.test(start.slice(0, 2_000))
    );
  return /"user"\s*:\s*"acct:/.test(start) && /"uri"\s*:/.test(start);
}

/** At least two different signs of Markdown; one alone stands in many plain texts. */
function looksLikeMarkdown(start: string): boolean {
  const signs = [
    /^#{1,6} \S/m,
    /^\s{0,3}([-*+]|\d{1,3}\.) \S/m,
    /^> \S/m,
    /\[[^\]\n]{1,200}\]\((https?:|mailto:|\/|#)[^)\s]{0,500}\)/,
    /(^|\s)(\*\*|__)\S[^*_\n]{0,200}(\*\*|__)/m,
    /^(```|~~~)/m,
    /^\|?\s*:?-{3,}:?\s*(\|\s*:?-{3,}:?\s*)+\|?\s*$/m,
  ];
  return signs.filter((sign) => sign.test(start)).length >= 2;
}
