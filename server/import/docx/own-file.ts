/**
 * Files that went out from here. They say so themselves: a bookmark is around the report's own words, apart from the
 * title before and the tables after them, and a part of ours says which comment is which of our records. A program that
 * saves the file may drop either, so each is used where it is there. What they say is a claim of the file, no more:
 * whoever takes a record by its id asks whether the report has it.
 */
import { MAX_XML_BYTES } from './limits.ts';
import type { WordPackage } from './package.ts';
import { childrenOf, elementsOf, type XmlElement } from './xml.ts';

/** See server/export/docx. */
const TEXT_BOOKMARK = 'proofdesk_text';
const NAMESPACE = 'https://proofdesk.dev/ns/docx';

export interface OwnFile {
  readonly hasTextMarked: boolean;
  readonly records: OwnRecords | null;
}

/** What the part of ours says. */
export interface OwnRecords {
  readonly report: string;
  /** Ids of our claims and comments by the keys of Word's comments, in capitals. */
  readonly byKey: ReadonlyMap<string, string>;
}

/** Null for a file of anybody else. */
export function readOwnFile(pkg: WordPackage, main: string): OwnFile | null {
  const text = pkg.archive.read(main, MAX_XML_BYTES);
  const hasTextMarked = text !== null && Buffer.from(text).includes(`w:name="${TEXT_BOOKMARK}"`);
  const records = readRecords(pkg, main);
  return hasTextMarked || records !== null ? { hasTextMarked, records } : null;
}

/** Other programs keep parts of their own beside ours, which need not be XML that is read here. */
function readRecords(pkg: WordPackage, main: string): OwnRecords | null {
  for (const { type, target, isExternal } of pkg.relationsOf(main)) {
    if (type !== 'customXml' || isExternal) continue;
    const bytes = pkg.archive.read(target, MAX_XML_BYTES);
    if (bytes === null || !Buffer.from(bytes.subarray(0, 1_000)).includes(NAMESPACE)) continue;
    const root = pkg.tree(target);
    if (root?.name !== 'pd:proofdesk') continue;
    const byKey = new Map<string, string>();
    for (const { attributes } of childrenOf(root, 'pd:comment'))
      byKey.set((attributes['key'] ?? '').toUpperCase(), (attributes['id'] ?? '').toLowerCase());
    return { report: (root.attributes['report'] ?? '').toLowerCase(), byKey };
  }
  return null;
}

/** Which blocks of the body are the report's text. Programs move the ends of a bookmark into the next paragraph. */
export class OwnText {
  #state: 'before' | 'inside' | 'after' = 'before';
  #bookmark = '';

  /** Whether the next block belongs to the text. Call it once for each, in order. */
  takes(block: XmlElement): boolean {
    if (this.#state === 'before') {
      const start = [...within(block)].find(
        ({ name, attributes }) => name === 'w:bookmarkStart' && attributes['w:name'] === TEXT_BOOKMARK,
      );
      if (start === undefined) return false;
      this.#bookmark = start.attributes['w:id'] ?? '';
      this.#state = 'inside';
    }
    if (this.#state === 'after') return false;
    let hasWords = false;
    for (const { name, attributes } of within(block)) {
      if (name === 'w:t' || name === 'w:delText' || name === 'w:drawing') hasWords = true;
      if (name !== 'w:bookmarkEnd' || attributes['w:id'] !== this.#bookmark) continue;
      this.#state = 'after';
      return hasWords;
    }
    return true;
  }
}

function* within(element: XmlElement): Generator<XmlElement> {
  yield element;
  for (const child of elementsOf(element)) yield* within(child);
}
