/**
 * A PDF to a document: bytes are weighed, pages read, furniture taken out, letters put into lines, lines into
 * blocks, and notes onto their words. Nothing here depends on the order in which a page was drawn.
 */
import { AppError } from '#core/errors.ts';
import type { SourcePageRecord } from '#core/records.ts';
import type { SourceMeta } from '#core/source-meta.ts';
import type { DocNode } from '#core/text/doc-json.ts';
import type { ReadNote } from '../notes.ts';
import { AROUND_OWN_TEXT } from '../own-file.ts';
import { takePoints } from '../points.ts';
import type { TellStep } from '../steps.ts';
import { takeTitle } from '../title.ts';
import { remarksOf, type PlacedAnnotation, type Remark } from './annotations.ts';
import { documentBlocks } from './document-blocks.ts';
import { linesOf } from './headings.ts';
import { metaOf } from './info.ts';
import { openPdf, type PdfDocument } from './open.ts';
import { joinParts, ownText } from './own-file.ts';
import { readPages, type ReadPage, type ReadPages } from './pages.ts';
import { Places as LetterPlaces, placeOf } from './places.ts';
import { weighParts } from './parts.ts';
import { lettersOf, writeDocument, type Places, type Written } from './write.ts';
import { vocabularyOf } from './words.ts';

export interface ReadPdf {
  readonly title: string | null;
  readonly doc: DocNode;
  readonly meta: SourceMeta;
  readonly notes: readonly ReadNote[];
  /** Where the words of each page begin, in order; pages without words are not in it. */
  readonly pages: readonly SourcePageRecord[];
  readonly unreadable: readonly string[];
}

/** Throws `unsupported_kind`, `too_large` or `empty_text`. */
export async function readPdf(bytes: Uint8Array, given: string | null, tell: TellStep): Promise<ReadPdf> {
  const parts = weighParts(bytes);
  const pdf = await openPdf(bytes);
  try {
    const read = await readPages(pdf, tell);
    tell({ step: 'arranging' });
    return await arranged(pdf, { parts, read, given });
  } finally {
    await pdf.loadingTask.destroy();
  }
}

type Parts = ReturnType<typeof weighParts>;

interface Found {
  readonly parts: Parts;
  readonly read: ReadPages;
  readonly given: string | null;
}

async function arranged(pdf: PdfDocument, { parts, read, given }: Found): Promise<ReadPdf> {
  const { pages, broken, unknown } = read;
  refuseWithoutText(pages, parts, pdf.numPages);
  const { meta, title: outside, isPortfolio, isOwn } = await metaOf(pdf);
  const own = isOwn ? ownText(pages) : null;
  const { blocks, unreadable } = documentBlocks(own ?? pages);
  const written = lettersOf(blocks, vocabularyOf(blocks.flatMap(linesOf)));
  const letters = new LetterPlaces(written.glyphs);
  const originOf = (id: string): string | null => parts.names.get(id) ?? null;
  const placed = placedAnnotations(pages, letters);
  const { remarks, unreadable: lost } = remarksOf(isOwn ? joinParts(placed, originOf) : placed, originOf);
  const { doc: whole } = writeDocument(written, placesOf(remarks, written, linksOf(pages, letters)));
  const { title, doc } =
    own === null ? titled(whole, given, outside) : { title: given ?? outside, doc: whole };
  const { doc: clean, offsets } = takePoints(doc);
  return {
    title,
    doc: clean,
    meta,
    notes: notesOf(remarks, offsets),
    pages: pageStarts(offsets, written),
    unreadable: [
      ...pageSentences(broken, unknown),
      ...(own === null ? unreadable : [`${AROUND_OWN_TEXT}.`]),
      ...(isPortfolio
        ? ['The file is a PDF portfolio: only its cover page is here, not the files in it.']
        : []),
      ...(parts.images > 0 ? [`Images were left out: ${parts.images}.`] : []),
      ...lost,
    ],
  };
}

/** "No text" is an answer of its own: it says what to do. */
function refuseWithoutText(pages: readonly ReadPage[], parts: Parts, count: number): void {
  const letters = pages.reduce(
    (sum, { frames }) => sum + frames.reduce((all, frame) => all + seen(frame), 0),
    0,
  );
  if (letters > 0 && (parts.images < count || letters >= 12 * count)) return;
  if (parts.isXfa && letters === 0) {
    throw new AppError(
      'unsupported_kind',
      'The PDF is a form whose text only Adobe programs can show (XFA). Print it to a PDF there and import that.',
    );
  }
  if (parts.images > 0) {
    throw new AppError(
      'unsupported_kind',
      'The PDF is a scan: its pages are images and it has no text. Run text recognition (OCR) on it and import the result.',
    );
  }
  if (letters === 0) {
    throw new AppError(
      'empty_text',
      'There is no text in this PDF: its pages are empty, or their words are drawn as shapes.',
    );
  }
}

function seen({ glyphs }: ReadPage['frames'][number]): number {
  return glyphs.reduce((sum, { text }) => sum + (text.trim() === '' ? 0 : 1), 0);
}

function placedAnnotations(pages: readonly ReadPage[], letters: LetterPlaces): PlacedAnnotation[] {
  return pages.flatMap(({ annotations, number }) =>
    annotations
      .filter(({ type }) => type !== 'Link' && type !== 'Popup' && type !== 'Widget')
      .map((annotation) => ({ annotation, place: placeOf(annotation, number, letters) })),
  );
}

function linksOf(pages: readonly ReadPage[], letters: LetterPlaces): Map<number, string> {
  const links = new Map<number, string>();
  for (const { annotations, number } of pages) {
    for (const { url, quads, rect } of annotations) {
      if (url === null) continue;
      for (const at of letters.indices(number, quads.length > 0 ? quads : [rect])) links.set(at, url);
    }
  }
  return links;
}

/** Points by letters: `s3` and `e3` around the third note's words, `p7` where page 7 begins. */
function placesOf(remarks: readonly Remark[], { glyphs }: Written, links: Map<number, string>): Places {
  const before = new Map<number, string[]>();
  const after = new Map<number, string[]>();
  const put = (map: Map<number, string[]>, at: number, name: string): void => {
    map.set(at, [...(map.get(at) ?? []), name]);
  };
  remarks.forEach(({ place, isPoint }, i) => {
    put(before, place.first, `s${i}`);
    if (isPoint) put(before, place.first, `e${i}`);
    else put(after, place.last, `e${i}`);
  });
  let page = 0;
  glyphs.forEach((glyph, at) => {
    if (glyph.page <= page || glyph.text === ' ') return;
    page = glyph.page;
    put(before, at, `p${page}`);
  });
  // Spaces between the words of one link are part of it.
  glyphs.forEach(({ text }, at) => {
    const href = links.get(at - 1);
    if (text === ' ' && href !== undefined && links.get(at + 1) === href) links.set(at, href);
  });
  return { before, after, links };
}

/** A first heading becomes the title, but stays in the text when notes stand on it. */
function titled(
  doc: DocNode,
  given: string | null,
  outside: string | null,
): { title: string | null; doc: DocNode } {
  const taken = takeTitle(doc, given, outside);
  const first = taken.doc === doc ? undefined : doc.content?.[0];
  const hasNotes = first?.content?.some((node) => /^[se]/.test(String(node.attrs?.['name'] ?? ''))) === true;
  return hasNotes ? { title: taken.title, doc } : taken;
}

function notesOf(remarks: readonly Remark[], offsets: ReadonlyMap<string, number>): ReadNote[] {
  return remarks
    .map(({ note }, i) => {
      const start = offsets.get(`s${i}`) ?? 0;
      return { ...note, start, end: Math.max(start, offsets.get(`e${i}`) ?? start) };
    })
    .sort((a, b) => a.start - b.start || a.end - b.end);
}

/** The page that the title was taken from begins with the text. */
function pageStarts(offsets: ReadonlyMap<string, number>, { glyphs }: Written): SourcePageRecord[] {
  const starts = [...offsets].flatMap(([name, start]) =>
    name.startsWith('p') ? [{ page: Number(name.slice(1)), start }] : [],
  );
  const first = glyphs.find(({ text }) => text !== ' ')?.page ?? 1;
  const isFirstLost = !starts.some(({ page }) => page === first) && !starts.some(({ start }) => start === 0);
  return [...(isFirstLost ? [{ page: first, start: 0 }] : []), ...starts].sort((a, b) => a.page - b.page);
}

function pageSentences(broken: readonly number[], unknown: number): string[] {
  const result: string[] = [];
  if (broken.length > 0)
    result.push(`Pages that are damaged in the file were left out: ${broken.join(', ')}.`);
  if (unknown > 0)
    result.push(
      `Letters that the file does not name are shown as they are: ${unknown.toLocaleString('en')}.`,
    );
  return result;
}
