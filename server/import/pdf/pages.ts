/** Reads the pages one after the other: letters, notes, structure. Bounded over the whole document. */
import type { PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { AppError } from '#core/errors.ts';
import type { TellStep } from '../steps.ts';
import { annotationOf, type PdfAnnotation } from './annotation-data.ts';
import { isUnknown } from './characters.ts';
import { styleOf, type PdfFont } from './font-style.ts';
import { framesOf } from './frames.ts';
import type { Frame } from './glyph.ts';
import { MAX_ANNOTATIONS, MAX_GLYPHS, MAX_OPERATORS, MAX_QUADS } from './limits.ts';
import type { PdfDocument } from './open.ts';
import { readPageGlyphs, type OperatorList } from './page-glyphs.ts';
import { readTags, type TagNode } from './tag-tree.ts';
import type { LoadedFont, Matrix, Rectangle } from './text-state.ts';

export interface ReadPage {
  readonly number: number;
  /** The page's text first. */
  readonly frames: readonly Frame[];
  readonly annotations: readonly PdfAnnotation[];
  readonly tags: TagNode | null;
}

export interface ReadPages {
  readonly pages: readonly ReadPage[];
  /** Numbers of those that could not be read. */
  readonly broken: readonly number[];
  /** Letters that no one can name. */
  readonly unknown: number;
}

export async function readPages(pdf: PdfDocument, tell: TellStep): Promise<ReadPages> {
  const layers = await pdf.getOptionalContentConfig({ intent: 'any' });
  const isLayerVisible = (layer: unknown): boolean => layer === null || layers.isVisible(layer);
  const pages: ReadPage[] = [];
  const broken: number[] = [];
  const count = { glyphs: 0, operators: 0, annotations: 0, unknown: 0 };
  for (let number = 1; number <= pdf.numPages; number++) {
    tell({ step: 'page', page: number, pages: pdf.numPages });
    const page = await pageOrNull(pdf, number);
    if (page === null) {
      broken.push(number);
      continue;
    }
    const read = await readPage(page, number, isLayerVisible, count);
    page.cleanup();
    pages.push(read);
  }
  return { pages, broken, unknown: count.unknown };
}

async function pageOrNull(pdf: PdfDocument, number: number): Promise<PDFPageProxy | null> {
  try {
    return await pdf.getPage(number);
  } catch {
    // A page that the file promises and does not have; the others may be whole, and it is said.
    return null;
  }
}

interface Count {
  glyphs: number;
  operators: number;
  annotations: number;
  unknown: number;
}

async function readPage(
  page: PDFPageProxy,
  number: number,
  isLayerVisible: (layer: unknown) => boolean,
  count: Count,
): Promise<ReadPage> {
  const annotations = annotationsOf(await page.getAnnotations({ intent: 'any' }));
  const fields = new Set(annotations.filter(({ isField }) => isField).map(({ id }) => id));
  // Annotations are drawn only where there are form fields, for their values.
  const list: OperatorList = await page.getOperatorList({
    intent: 'display',
    annotationMode: fields.size > 0 ? 1 : 0,
  });
  count.operators += list.fnArray.length;
  refuseOver(count.operators, MAX_OPERATORS, 'drawing operators');
  const fonts = await fontsOf(page, list);
  const viewport = page.getViewport({ scale: 1 });
  const glyphs = readPageGlyphs(list, {
    page: number,
    view: four(page.view),
    shown: six(viewport.transform),
    font: (name) => fonts.get(name) ?? null,
    isLayerVisible,
    fields,
  });
  count.glyphs += glyphs.length;
  refuseOver(count.glyphs, MAX_GLYPHS, 'letters');
  count.annotations += annotations.length;
  refuseOver(count.annotations, MAX_ANNOTATIONS, 'notes and links');
  count.unknown += glyphs.filter(({ glyph }) => isUnknown(glyph.text)).length;
  const frames = framesOf(glyphs, viewport.width, viewport.height);
  return { number, frames, annotations, tags: await readTags(page) };
}

function annotationsOf(all: readonly unknown[]): PdfAnnotation[] {
  return all.flatMap((each) => annotationOf(each, MAX_QUADS) ?? []);
}

function refuseOver(value: number, most: number, what: string): void {
  if (value <= most) return;
  throw new AppError(
    'too_large',
    `The PDF has more than ${most.toLocaleString('en')} ${what}, the most that are taken.`,
  );
}

/** The fonts that the page's text is set in, once pdf.js has them all. */
async function fontsOf(page: PDFPageProxy, list: OperatorList): Promise<ReadonlyMap<string, LoadedFont>> {
  const names = new Set<string>();
  for (const args of list.argsArray) {
    const first = args?.[0];
    if (typeof first === 'string' && first.startsWith('g_')) names.add(first);
    else if (Array.isArray(first)) for (const name of stateFonts(first)) names.add(name);
  }
  const fonts = new Map<string, LoadedFont>();
  for (const name of names) {
    // pdf.js calls back once the font has come, at once if it is there; those listed as loaded always come.
    const font = await new Promise<PdfFont | null>((resolve) => {
      if (page.commonObjs.has(name)) resolve(page.commonObjs.get(name) as PdfFont | null);
      else page.commonObjs.get(name, (loaded: unknown) => resolve(loaded as PdfFont | null));
    });
    if (font !== null && typeof font === 'object') fonts.set(name, loaded(font));
  }
  return fonts;
}

function stateFonts(entries: readonly unknown[]): string[] {
  return entries.flatMap((entry) =>
    Array.isArray(entry) && entry[0] === 'Font' && Array.isArray(entry[1]) && typeof entry[1][0] === 'string'
      ? [entry[1][0]]
      : [],
  );
}

function loaded(font: PdfFont): LoadedFont {
  const { name, bold, black, italic, vertical, isType3Font, fontMatrix, bbox, defaultVMetrics } = font;
  return {
    name: name ?? null,
    bold: bold === true,
    black: black === true,
    italic: italic === true,
    vertical: vertical === true,
    isType3Font: isType3Font === true,
    fontMatrix: fontMatrix ?? null,
    bbox: bbox ?? null,
    defaultVMetrics: defaultVMetrics ?? null,
    style: styleOf(font),
  };
}

function four(values: readonly number[]): Rectangle {
  return [values[0] ?? 0, values[1] ?? 0, values[2] ?? 0, values[3] ?? 0];
}

function six(values: readonly unknown[]): Matrix {
  const n = (at: number): number => Number(values[at] ?? 0);
  return [n(0), n(1), n(2), n(3), n(4), n(5)];
}
