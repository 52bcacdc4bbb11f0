/** Reads a PDF back with pdf.js: words with their places, annotations, links, bookmarks, structure. */
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';

export interface TextItem {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly baseline: number;
  readonly height: number;
  readonly direction: string;
}

export interface Annotation {
  readonly id: string;
  readonly kind: string;
  readonly page: number;
  readonly author: string;
  readonly contents: string;
  readonly repliesTo: string | null;
  readonly replyType: string | null;
  readonly state: string | null;
  readonly colour: readonly number[];
  readonly boxes: readonly {
    readonly left: number;
    readonly right: number;
    readonly top: number;
    readonly bottom: number;
  }[];
  readonly address: string | null;
  readonly destination: string | null;
  readonly created: string | null;
  readonly modified: string | null;
}

export interface OutlineItem {
  readonly title: string;
  readonly page: number | null;
  readonly items: readonly OutlineItem[];
}

export interface StructureNode {
  readonly role: string;
  readonly alt?: string;
  readonly children: readonly StructureNode[];
  /** How many stretches of content are its own. */
  readonly contents: number;
}

export interface ReadPdf {
  readonly pages: readonly {
    readonly items: readonly TextItem[];
    readonly structure: StructureNode | null;
  }[];
  readonly annotations: readonly Annotation[];
  readonly outline: readonly OutlineItem[];
  /** Page numbers from 1. */
  readonly destinations: ReadonlyMap<string, number>;
  readonly info: Readonly<Record<string, unknown>>;
  readonly language: string | null;
  readonly isMarked: boolean;
}

type Loose = Record<string, unknown>;
const asLoose = (value: unknown): Loose => Object(value) as Loose;
const asList = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const asText = (value: unknown): string | null => (typeof value === 'string' ? value : null);

export async function readPdf(bytes: Uint8Array): Promise<ReadPdf> {
  const task = getDocument({
    data: Uint8Array.from(bytes),
    useSystemFonts: false,
    verbosity: 0,
    standardFontDataUrl: 'node_modules/pdfjs-dist/standard_fonts/',
  });
  const pdf = await task.promise;
  try {
    const numberOf = async (target: unknown): Promise<number | null> => {
      const [reference] = asList(typeof target === 'string' ? await pdf.getDestination(target) : target);
      return reference === undefined ? null : (await pdf.getPageIndex(reference as never)) + 1;
    };
    const pages: ReadPdf['pages'][number][] = [];
    const annotations: Annotation[] = [];
    for (let number = 1; number <= pdf.numPages; number++) {
      const page = await pdf.getPage(number);
      const content = await page.getTextContent({ disableNormalization: true });
      const tree: unknown = await page.getStructTree();
      pages.push({
        items: content.items.flatMap((item) => ('str' in item && item.str !== '' ? [textItem(item)] : [])),
        structure: tree === null ? null : structureNode(tree),
      });
      for (const each of await page.getAnnotations({ intent: 'display' }))
        annotations.push(annotation(each, number));
    }
    const named = asLoose(await pdf.getDestinations());
    const destinations = new Map<string, number>();
    for (const name of Object.keys(named)) destinations.set(name, (await numberOf(named[name])) ?? 0);
    const { info } = await pdf.getMetadata();
    return {
      pages,
      annotations,
      outline: await outlineItems(asList(await pdf.getOutline()), numberOf),
      destinations,
      info: asLoose(info),
      language: asText(asLoose(info)['Language']),
      isMarked: asLoose(await pdf.getMarkInfo())['Marked'] === true,
    };
  } finally {
    await task.destroy();
  }
}

function textItem(item: {
  str: string;
  dir: string;
  width: number;
  height: number;
  transform: number[];
}): TextItem {
  const [, , , , left = 0, baseline = 0] = item.transform;
  return {
    text: item.str,
    left,
    right: left + item.width,
    baseline,
    height: item.height,
    direction: item.dir,
  };
}

function annotation(raw: unknown, page: number): Annotation {
  const each = asLoose(raw);
  const quads = Array.from(asLoose(each['quadPoints']) as unknown as ArrayLike<number>);
  const boxes = Array.from({ length: Math.floor(quads.length / 8) }, (_, i) => {
    const xs = [0, 2, 4, 6].map((at) => quads[8 * i + at] ?? 0);
    const ys = [1, 3, 5, 7].map((at) => quads[8 * i + at] ?? 0);
    return { left: Math.min(...xs), right: Math.max(...xs), top: Math.max(...ys), bottom: Math.min(...ys) };
  });
  return {
    id: String(each['id']),
    kind: String(each['subtype']),
    page,
    author: asText(asLoose(each['titleObj'])['str']) ?? '',
    contents: asText(asLoose(each['contentsObj'])['str']) ?? '',
    repliesTo: asText(each['inReplyTo']),
    replyType: asText(each['replyType']),
    state: asText(each['state']),
    colour: Array.from(asLoose(each['color']) as unknown as ArrayLike<number>),
    boxes,
    address: asText(each['unsafeUrl']) ?? asText(each['url']),
    destination: asText(each['dest']),
    created: asText(each['creationDate']),
    modified: asText(each['modificationDate']),
  };
}

async function outlineItems(
  items: readonly unknown[],
  numberOf: (target: unknown) => Promise<number | null>,
): Promise<OutlineItem[]> {
  const out: OutlineItem[] = [];
  for (const raw of items) {
    const item = asLoose(raw);
    out.push({
      title: String(item['title']),
      page: await numberOf(item['dest']),
      items: await outlineItems(asList(item['items']), numberOf),
    });
  }
  return out;
}

function structureNode(raw: unknown): StructureNode {
  const node = asLoose(raw);
  const children = asList(node['children']).map(asLoose);
  const alt = asText(node['alt']);
  return {
    role: String(node['role']),
    ...(alt !== null && { alt }),
    children: children.filter((child) => 'role' in child).map(structureNode),
    contents: children.filter((child) => child['type'] === 'content').length,
  };
}

/** The words under an annotation's quads, each quad in the reading order of its line. */
export function wordsUnder(pdf: ReadPdf, { page, boxes }: Pick<Annotation, 'page' | 'boxes'>): string {
  const items = pdf.pages[page - 1]?.items ?? [];
  const found = new Set<TextItem>();
  for (const box of boxes)
    for (const item of items) {
      const middle = (item.left + item.right) / 2;
      const isInside =
        item.baseline > box.bottom - 0.1 &&
        item.baseline < box.top &&
        middle > box.left - 0.1 &&
        middle < box.right + 0.1;
      if (isInside) found.add(item);
    }
  const lines = new Map<number, TextItem[]>();
  for (const item of found) {
    const key = Math.round(item.baseline);
    const near = [key, key - 1, key + 1].find((each) => lines.has(each)) ?? key;
    lines.set(near, [...(lines.get(near) ?? []), item]);
  }
  const ordered = [...lines].sort(([one], [other]) => other - one);
  return ordered.map(([, line]) => inReadingOrder(line)).join(' ');
}

function inReadingOrder(line: readonly TextItem[]): string {
  const isRight =
    line.filter((item) => item.direction === 'rtl').length * 2 >
    line.filter((item) => /\p{L}/u.test(item.text)).length;
  const sorted = [...line].sort((one, other) => (isRight ? other.left - one.left : one.left - other.left));
  return sorted.map((item) => item.text).join(' ');
}

/** What two readings have in common: letters without spaces and signs that only steer. */
export function bare(text: string): string {
  return text.normalize('NFKC').replace(/[\s\p{Cf}]+/gu, '');
}
