/**
 * Bytes to a document that fits the report's schema: kind by content, words by encoding, structure by the kind's
 * reader, then the checks that hold for every kind. Pure and bounded; source.ts decides in which thread it runs.
 */
import type { Bundle } from '#core/export/bundle.ts';
import { AppError } from '#core/errors.ts';
import { MAX_IMPORT_BYTES, MAX_TEXT_LENGTH } from '#core/limits.ts';
import type { SourceKind } from '#core/domain/words.ts';
import type { SourcePageRecord } from '#core/records.ts';
import type { SourceMeta } from '#core/source-meta.ts';
import type { DocNode } from '#core/text/doc-json.ts';
import { flattenNode } from '#core/text/flatten-node.ts';
import { reportSchema } from '#core/text/schema.ts';
import { readQuotations } from './annotations/quotations.ts';
import { readAnnotations } from './annotations/read.ts';
import { imagesIn, pagesIn, readBundle } from './bundle.ts';
import { decodeText } from './charset.ts';
import { fitted } from './document.ts';
import { openWord } from './docx/open-word.ts';
import { readWord } from './docx/read-docx.ts';
import { isPdf, isZip, kindOfText, refuseBinary, refuseUnknownBinary, type TextKind } from './kind.ts';
import { readMarkdown } from './markdown.ts';
import { readPlainText } from './plain-text.ts';
import type { ReadImage, ReadNote } from './notes.ts';
import { readPdf } from './pdf/read-pdf.ts';
import { takePoints } from './points.ts';
import type { TellStep } from './steps.ts';
import { takeTitle } from './title.ts';
import { isMhtml, readMhtml } from './web/mhtml.ts';
import { readPage } from './web/page.ts';

export interface SourceInput {
  readonly bytes: Uint8Array;
  /** The file's name, if it has one. */
  readonly name: string | null;
  /** `file`: found from the bytes. The others were said by the field of the request, and the bytes are UTF-8. */
  readonly declared: 'file' | 'text' | 'markdown' | 'html' | 'annotations';
  /** The title that the person gave. */
  readonly title?: string | null;
  /** Where it was fetched from, if it was. */
  readonly address?: string | null;
  /** The encoding that the server named which it came from. */
  readonly charset?: string | null;
  /** Bytes of a page's images, by address. */
  readonly resources?: ReadonlyMap<string, Uint8Array>;
}

export interface ImportedText {
  readonly kind: SourceKind;
  /** The given title, else what the source calls itself; null when it does not (see `titleFor`). */
  readonly title: string | null;
  /** Valid for `reportSchema`. */
  readonly doc: DocNode;
  /** The plain text of `doc`. */
  readonly text: string;
  readonly meta: SourceMeta | null;
  /** What the source says about its words, in the order of the text. */
  readonly notes: readonly ReadNote[];
  /** Those that figures of `doc` name. */
  readonly images: readonly ReadImage[];
  /** Of a PDF, also one that came in a bundle: where the words of each page begin, in order. */
  readonly pages?: readonly SourcePageRecord[];
  /** Addresses of images in the text that did not come along (of a page only). */
  readonly missing?: readonly string[];
  /** Only for kind `json`. */
  readonly bundle?: Bundle;
  /** What was left out, in sentences for people. */
  readonly unreadable: readonly string[];
}

/** With a title in any case: its own, or one that was made for it. */
export interface TitledText extends ImportedText {
  readonly title: string;
}

/** `tell` hears how far it is, where that takes long: of a PDF. */
export async function readSourceHere(input: SourceInput, tell: TellStep = () => {}): Promise<ImportedText> {
  refuseTooLarge(input.bytes);
  if (input.declared === 'file' && isPdf(input.bytes)) return fromPdf(input, tell);
  const given = input.title?.trim() || null;
  if (input.declared === 'file' && isZip(input.bytes)) return fromWord(input.bytes, given);
  if (input.declared === 'file' && isMhtml(input.bytes)) return fromSavedPage(input);
  const { kind, source } =
    input.declared === 'file' ? fromFile(input) : { kind: input.declared, source: fromField(input) };
  if (kind === 'json') return fromBundle(source, given);
  if (kind === 'annotations') return fromAnnotations(source, given);
  if (kind === 'html') return fromPage(source, input, given);
  const read = kind === 'text' ? readPlainText(source) : readMarkdown(source);
  const { title, doc } = takeTitle(read.doc, given, read.title);
  return {
    kind,
    title,
    ...checked(doc),
    meta: read.meta ?? null,
    notes: [],
    images: [],
    unreadable: [...read.unreadable, ...damage(source)],
  };
}

/** A page that was saved with its images in one file. */
function fromSavedPage(input: SourceInput): ImportedText {
  const { html, charset, address, resources } = readMhtml(input.bytes);
  const decoded = decodeText(html, charset);
  if (decoded === null) return refuseUnknownBinary();
  return fromPage(normalized(decoded.text), { ...input, address, resources }, input.title?.trim() || null);
}

function fromPage(source: string, { address, resources }: SourceInput, given: string | null): ImportedText {
  const { meta, images, missing, unreadable, ...read } = readPage(source, {
    address: address ?? undefined,
    resources,
  });
  const { title, doc } = takeTitle(read.doc, given, read.title);
  return {
    kind: 'html',
    title,
    ...checked(doc),
    meta,
    notes: [],
    images,
    missing,
    unreadable: [...unreadable, ...damage(source)],
  };
}

function refuseTooLarge(bytes: Uint8Array): void {
  if (bytes.length <= MAX_IMPORT_BYTES) return;
  throw new AppError(
    'too_large',
    `The source has ${count(bytes.length)} bytes; the most that are taken are ${count(MAX_IMPORT_BYTES)}.`,
  );
}

function fromFile({ bytes, name, charset }: SourceInput): { kind: TextKind; source: string } {
  refuseBinary(bytes);
  const decoded = decodeText(bytes, charset ?? null);
  if (decoded === null || isBinary(decoded.text)) return refuseUnknownBinary();
  const source = normalized(decoded.text);
  return { kind: kindOfText(source, name), source };
}

function fromField({ bytes, declared }: SourceInput): string {
  const source = normalized(new TextDecoder('utf-8').decode(bytes));
  const at = source.indexOf('\0');
  if (at >= 0)
    throw new AppError(
      'invalid_input',
      `${declared}: holds the character U+0000 at position ${at + 1}, which no text has.`,
    );
  return source;
}

/** Says that bytes were no signs: the decoder put U+FFFD there, or somebody before it did. */
function damage(source: string): string[] {
  const broken = source.split('\ufffd').length - 1;
  if (broken === 0) return [];
  if (broken === 1) return ['One sign is damaged in the source and stands as \ufffd.'];
  return [`${count(broken)} signs are damaged in the source and stand as \ufffd.`];
}

/** One kind of line end, no byte order mark. */
function normalized(text: string): string {
  return text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n');
}

/** A text may hold a stray control character; one in two hundred is a binary file that happens to decode. */
function isBinary(text: string): boolean {
  const sample = text.slice(0, 100_000);
  const controls = sample.match(/[\u0000-\u0008\u000e-\u001a\u001c-\u001f\u007f]/g)?.length ?? 0;
  return text.includes('\0') || controls > sample.length / 200;
}

async function fromPdf({ bytes, title: given }: SourceInput, tell: TellStep): Promise<ImportedText> {
  const { doc, ...read } = await readPdf(bytes, given?.trim() || null, tell);
  return { kind: 'pdf', ...read, ...checked(doc), images: [] };
}

function fromBundle(source: string, given: string | null): ImportedText {
  const bundle = readBundle(source);
  return {
    kind: 'json',
    title: given ?? bundle.report.title,
    ...checked(bundle.doc),
    meta: bundle.report.source.meta ?? null,
    notes: [],
    images: imagesIn(bundle),
    ...(bundle.pages === undefined ? {} : { pages: pagesIn(bundle.pages, bundle.text) }),
    bundle,
    unreadable: [],
  };
}

function fromAnnotations(source: string, given: string | null): ImportedText {
  const { title, doc, notes, unreadable } = readQuotations(readAnnotations(source));
  const named = { kind: 'annotations', title: given ?? title } as const;
  return { ...named, ...checked(doc), meta: null, notes, images: [], unreadable };
}

function fromWord(bytes: Uint8Array, given: string | null): ImportedText {
  const { pkg, main } = openWord(bytes);
  const read = readWord(pkg, main);
  const titled = read.hasTitleApart
    ? { title: given ?? read.title, doc: read.doc }
    : takeTitle(read.doc, given, read.title, true);
  const { doc, offsets } = takePoints(titled.doc);
  const fit = checked(doc, read.hasComments);
  const notes = read.notes(offsets, fit.text);
  const { meta, images } = read;
  return { kind: 'docx', title: titled.title, ...fit, meta, notes, images, unreadable: read.unreadable() };
}

/** The limits on every text; throws `empty_text` or `too_large`. */
function checked(doc: DocNode, mayBeEmpty = false): { doc: DocNode; text: string } {
  const { text } = flattenNode(doc);
  if (!mayBeEmpty && !/[^\s\p{Cf}]/u.test(text))
    throw new AppError('empty_text', 'The source has no text: nothing is left without white space.');
  if (text.length > MAX_TEXT_LENGTH) {
    throw new AppError(
      'too_large',
      `The text has ${count(text.length)} characters; the most that are taken are ${count(MAX_TEXT_LENGTH)}.`,
    );
  }
  return { doc: fitted(doc, reportSchema, 'doc'), text };
}

function count(value: number): string {
  return value.toLocaleString('en');
}
