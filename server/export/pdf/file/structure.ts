/**
 * The structure of a tagged PDF: what is a heading, a list, a note, and which marked content and annotations of
 * which page belong to it, so that the file reads aloud, reflows and copies in order. Elements are made while
 * pages are drawn, in reading order, and written at the end.
 */
import type { PdfPage } from 'pdfkit';
import type { PackedDocument } from './packed-document.ts';
import { Raw, textString } from './values.ts';

export type StructureType =
  | 'Document'
  | 'Art'
  | 'Sect'
  | 'H1'
  | 'H2'
  | 'H3'
  | 'H4'
  | 'H5'
  | 'H6'
  | 'P'
  | 'L'
  | 'LI'
  | 'Lbl'
  | 'LBody'
  | 'BlockQuote'
  | 'Quote'
  | 'Code'
  | 'Table'
  | 'TR'
  | 'TH'
  | 'TD'
  | 'Figure'
  | 'Link'
  | 'Annot'
  | 'Span'
  | 'Reference'
  | 'Note';

interface Attributes {
  readonly alt?: string;
  readonly title?: string;
  readonly lang?: string;
  /** Of a table's cell. */
  readonly columnSpan?: number;
  readonly rowSpan?: number;
  readonly scope?: 'Column' | 'Row';
  /** Of a figure, in the page's points. */
  readonly box?: readonly number[];
  /** Needed of a Note, unique. */
  readonly id?: string;
  readonly isNumbered?: boolean;
}

type Kid =
  | StructureElement
  | { readonly page: PageMarks; readonly content: number }
  | { readonly page: PageMarks; readonly annotation: number };

export class StructureElement {
  readonly type: StructureType;
  readonly kids: Kid[] = [];
  readonly attributes: Attributes;
  /** The object's number, when it is being written. */
  object = 0;

  constructor(type: StructureType, parent: StructureElement | null, attributes: Attributes = {}) {
    this.type = type;
    this.attributes = attributes;
    parent?.kids.push(this);
  }
}

/** What of one page belongs to which element: by the number of the marked content. */
export class PageMarks {
  readonly page: PdfPage;
  readonly owners: StructureElement[] = [];

  constructor(page: PdfPage) {
    this.page = page;
  }

  /** The number for the next content, which is `element`'s. */
  mark(element: StructureElement): number {
    const content = this.owners.push(element) - 1;
    element.kids.push({ page: this, content });
    return content;
  }
}

/** Annotations know their element by a key of the parent tree: handed out here. */
export class Structure {
  readonly root = new StructureElement('Document', null);
  readonly #pages: PageMarks[] = [];
  readonly #annotated: StructureElement[] = [];

  addPage(page: PdfPage): PageMarks {
    const marks = new PageMarks(page);
    this.#pages.push(marks);
    return marks;
  }

  /** The annotation's StructParent; counted after the pages, so only `write` knows the numbers before. */
  own(annotation: number, element: StructureElement, page: PageMarks): number {
    element.kids.push({ page, annotation });
    return this.#annotated.push(element) - 1;
  }

  /** Pages take the even keys and annotations the odd ones, since neither knows how many the other will be. */
  static annotationKey(index: number): number {
    return 2 * index + 1;
  }

  write(document: PackedDocument): void {
    const root = document.ref({ Type: 'StructTreeRoot' });
    number(this.root, document);
    writeElement(document, this.root, root.id);
    this.#pages.forEach((marks, i) => {
      marks.page.dictionary.data['StructParents'] = 2 * i;
      marks.page.dictionary.data['Tabs'] = 'S';
    });
    const ids = collectIds(this.root).sort(([one], [other]) => (one < other ? -1 : 1));
    Object.assign(root.data, {
      K: new Raw(`[${this.root.object} 0 R]`),
      ParentTree: new Raw(`${this.#parentTree(document)} 0 R`),
      ParentTreeNextKey: 2 * Math.max(this.#pages.length, this.#annotated.length) + 2,
      ...(ids.length > 0 && { IDTree: new Raw(nameTree(ids)) }),
    });
    // pdfkit ends both when the document ends.
    document.catalog['StructTreeRoot'] = root;
    document.catalog['MarkInfo'] = document.ref({ Marked: true });
  }

  #parentTree(document: PackedDocument): number {
    const rows: string[] = [];
    for (let i = 0; i < Math.max(this.#pages.length, this.#annotated.length); i++) {
      const page = this.#pages[i];
      if (page !== undefined)
        rows.push(`${2 * i} [${page.owners.map((element) => `${element.object} 0 R`).join(' ')}]`);
      const element = this.#annotated[i];
      if (element !== undefined) rows.push(`${Structure.annotationKey(i)} ${element.object} 0 R`);
    }
    const id = document.reserve();
    document.put(id, `<< /Nums [${rows.join('\n')}] >>`);
    return id;
  }
}

function nameTree(ids: readonly (readonly [string, number])[]): string {
  return `<< /Names [${ids.map(([id, object]) => `${textString(id)} ${object} 0 R`).join(' ')}] >>`;
}

/** Gives every element the number of its object. */
function number(top: StructureElement, document: PackedDocument): void {
  const waiting = [top];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    next.object = document.reserve();
    for (const kid of next.kids) if (kid instanceof StructureElement) waiting.push(kid);
  }
}

function collectIds(top: StructureElement): [string, number][] {
  const ids: [string, number][] = [];
  const waiting = [top];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next.attributes.id !== undefined) ids.push([next.attributes.id, next.object]);
    for (const kid of next.kids) if (kid instanceof StructureElement) waiting.push(kid);
  }
  return ids;
}

function writeElement(document: PackedDocument, top: StructureElement, parent: number): void {
  const waiting: [StructureElement, number][] = [[top, parent]];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [element, above] = next;
    const page = element.kids.find(
      (kid): kid is Exclude<Kid, StructureElement> => !(kid instanceof StructureElement),
    )?.page;
    const kids = element.kids.map((kid) => writeKid(kid, page)).join(' ');
    const shown = page === undefined ? '' : ` /Pg ${page.page.dictionary.toString()}`;
    document.put(
      element.object,
      `<< /S /${element.type} /P ${above} 0 R${shown} /K [${kids}]${attributesOf(element.attributes)} >>`,
    );
    for (const kid of element.kids.toReversed())
      if (kid instanceof StructureElement) waiting.push([kid, element.object]);
  }
}

function writeKid(kid: Kid, own: PageMarks | undefined): string {
  if (kid instanceof StructureElement) return `${kid.object} 0 R`;
  const page = kid.page.page.dictionary.toString();
  if ('annotation' in kid) return `<< /Type /OBJR /Pg ${page} /Obj ${kid.annotation} 0 R >>`;
  return kid.page === own ? String(kid.content) : `<< /Type /MCR /Pg ${page} /MCID ${kid.content} >>`;
}

function attributesOf({
  alt,
  title,
  lang,
  columnSpan,
  rowSpan,
  scope,
  box,
  id,
  isNumbered,
}: Attributes): string {
  const table = [
    columnSpan === undefined || columnSpan < 2 ? '' : `/ColSpan ${columnSpan}`,
    rowSpan === undefined || rowSpan < 2 ? '' : `/RowSpan ${rowSpan}`,
    scope === undefined ? '' : `/Scope /${scope}`,
  ].filter((part) => part !== '');
  return [
    alt === undefined ? '' : ` /Alt ${textString(alt)}`,
    title === undefined ? '' : ` /T ${textString(title)}`,
    lang === undefined ? '' : ` /Lang ${textString(lang)}`,
    id === undefined ? '' : ` /ID ${textString(id)}`,
    table.length === 0 ? '' : ` /A << /O /Table ${table.join(' ')} >>`,
    box === undefined
      ? ''
      : ` /A << /O /Layout /Placement /Block /BBox [${box.map((value) => Math.round(value * 100) / 100).join(' ')}] >>`,
    isNumbered === undefined ? '' : ` /A << /O /List /ListNumbering /${isNumbered ? 'Decimal' : 'Disc'} >>`,
  ].join('');
}
