/** The structure tree of a page, as programs that make accessible PDFs write it: which letters are a heading, … */
import type { PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { MAX_TAG_DEPTH } from './limits.ts';

export interface TagNode {
  readonly role: string;
  readonly children: readonly (TagNode | TagContent)[];
}

/** Marked content: the number that its operators carry. */
export interface TagContent {
  readonly content: string;
}

/** Null when the page has none. */
export async function readTags(page: PDFPageProxy): Promise<TagNode | null> {
  try {
    return nodeOf(await page.getStructTree(), 0);
  } catch {
    // A broken tree is none: the page is read by how it looks.
    return null;
  }
}

function nodeOf(value: unknown, depth: number): TagNode | null {
  if (!isRecord(value) || typeof value['role'] !== 'string' || depth > MAX_TAG_DEPTH) return null;
  const children = Array.isArray(value['children']) ? value['children'] : [];
  return {
    role: value['role'],
    children: children.flatMap((child: unknown) => contentOf(child) ?? nodeOf(child, depth + 1) ?? []),
  };
}

/** pdf.js calls content by the page's object and its number: `p12R_mc3`. */
function contentOf(value: unknown): TagContent | null {
  if (!isRecord(value) || value['type'] !== 'content' || typeof value['id'] !== 'string') return null;
  const number = /_mc(\d+)$/.exec(value['id'])?.[1];
  return number === undefined ? null : { content: number };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
